package model

import (
	"context"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

// archivedFor is how long a file is archived, unless another day is typed.
const archivedFor = 1

// ArchiveUntil is the day that is proposed for the end of an archive.
func (m *Rights) ArchiveUntil() time.Time { return m.Clock().Local().AddDate(archivedFor, 0, 0) }

// Archive says until when a file is kept, why, and who may open it then: a code
// of diagnostics.ListArchiveRights. Without an end it is kept no longer than
// others.
type Archive struct {
	Until          time.Time
	Reason, Rights string
}

// Archive keeps a person's file longer, for a reason and for those alone who may
// open it then, or takes it out of the archive. It hands over what takes that
// back.
func (m *Rights) Archive(person string, a Archive, done func(undo func())) {
	if m.Busy() {
		return
	}
	var before Archive
	order := store.Archive{Until: a.Until, Reason: a.Reason, Rights: a.Rights, Role: m.Role()}
	written := false
	m.do(func(ctx context.Context) (string, error) {
		card, err := m.Notebook.Get(ctx, person)
		if err != nil {
			return "", err
		}
		before.Until, before.Reason = card.Time(diagnostics.ArchiveUntil), card.Get(diagnostics.ArchiveReason)
		before.Rights = card.Get(diagnostics.ArchiveRights)
		err = m.Notebook.Archive(ctx, person, order)
		written = err == nil
		return "", err
	})
	m.after = func() {
		if written {
			done(func() { m.Archive(person, before, func(func()) {}) })
		}
	}
}
