package model

import (
	"context"
	"slices"

	"solidaren/diagnostics/store"
)

// Sealed are the records that were written before the locked notebook, by
// whoever stood there: its holder says whose they are.
type Sealed struct {
	Screen
	Waiting []DraftRow // nobody has said yet
	Apart   []DraftRow // somebody else's
	Found   store.Captured
	Busy    bool

	OnTaken func(Taken)

	drafts     []store.SealedDraft
	load, take Command
}

// Taken tells what became of sealed records that are the holder's.
type Taken struct {
	Finished int // records of the tour now
	Drafts   int // that have something left to answer
}

// NewSealed makes the screen.
func NewSealed(d *Desk) *Sealed { return &Sealed{Screen: Screen{Desk: d}} }

// Load reads them.
func (m *Sealed) Load() {
	m.Found = m.Notebook.Captured()
	Run(m.scope, &m.load, m.Notebook.Sealed, func(read []store.SealedDraft, err error) {
		if m.failed("sealed", err) {
			return
		}
		m.drafts, m.Waiting, m.Apart = read, nil, nil
		for _, d := range read {
			row := m.draftRows([]store.Draft{d.Draft})[0]
			if d.Apart {
				m.Apart = append(m.Apart, row)
			} else {
				m.Waiting = append(m.Waiting, row)
			}
		}
		m.changed()
	})
}

// Rows are all of them, those that wait first.
func (m *Sealed) Rows() []DraftRow { return slices.Concat(m.Waiting, m.Apart) }

// TakeAll says of those that nobody has spoken for: they are the holder's.
func (m *Sealed) TakeAll() {
	m.answer(func(d store.SealedDraft) bool { return !d.Apart }, m.Desk.takeSealed)
}

// HoldAll says that they are somebody else's.
func (m *Sealed) HoldAll() {
	m.answer(func(d store.SealedDraft) bool { return !d.Apart }, m.holdSealed)
}

// Take says that one is the holder's.
func (m *Sealed) Take(id string) {
	m.answer(func(d store.SealedDraft) bool { return d.ID == id }, m.Desk.takeSealed)
}

// Hold says that one is somebody else's.
func (m *Sealed) Hold(id string) {
	m.answer(func(d store.SealedDraft) bool { return d.ID == id }, m.holdSealed)
}

func (m *Sealed) answer(which func(store.SealedDraft) bool, work func(context.Context, []store.SealedDraft) (Taken, error)) {
	var drafts []store.SealedDraft
	for _, d := range m.drafts {
		if which(d) {
			drafts = append(drafts, d)
		}
	}
	if m.Busy || len(drafts) == 0 {
		return
	}
	m.Busy = true
	m.changed()
	Run(m.scope, &m.take, func(ctx context.Context) (Taken, error) { return work(ctx, drafts) }, func(taken Taken, err error) {
		m.Busy = false
		m.Load()
		if m.failed("sealed", err) {
			return
		}
		m.saved()
		if taken != (Taken{}) && m.OnTaken != nil {
			m.OnTaken(taken)
		}
	})
}

func (m *Sealed) holdSealed(ctx context.Context, drafts []store.SealedDraft) (Taken, error) {
	return Taken{}, m.Notebook.HoldSealed(ctx, ids(drafts))
}

func ids(drafts []store.SealedDraft) (all []string) {
	for _, d := range drafts {
		all = append(all, d.ID)
	}
	return all
}

// takeSealed makes records that were written before the locked notebook the
// holder's. First all become drafts; those that the writer had finished, and to
// which nothing is missing, become records of the tour. One that does not stays a
// draft: nothing is lost on the way.
func (d *Desk) takeSealed(ctx context.Context, drafts []store.SealedDraft) (Taken, error) {
	var done Taken
	if err := d.Notebook.TakeSealed(ctx, ids(drafts)); err != nil {
		return done, err
	}
	for _, draft := range drafts {
		finished := false
		if draft.Ended {
			var err error
			if finished, err = d.finishSealed(ctx, draft.ID); err != nil && ctx.Err() != nil {
				return done, err
			}
		}
		if finished {
			done.Finished++
		} else {
			done.Drafts++
		}
	}
	return done, nil
}

// finishSealed reports whether a draft has become a record.
func (d *Desk) finishSealed(ctx context.Context, id string) (bool, error) {
	draft, err := d.Notebook.Draft(ctx, id) // its writer may have looked at it since
	if err != nil {
		return false, err
	}
	form := d.Forms.At(draft.FormID, draft.FormVersion)
	if form == nil { // not that version: its writer looks at it
		return false, nil
	}
	session, err := form.Restore(draft.State, d.options(form, "", nil))
	if err != nil || len(session.Validate()) > 0 {
		return false, err
	}
	_, err = d.record(ctx, form, draft)
	return err == nil, err
}
