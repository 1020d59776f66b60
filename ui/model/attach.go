package model

import (
	"context"

	"solidaren/diagnostics"
)

// attachments keeps the files of a form in the notebook, with its draft; a
// correction sees those of the record that it corrects. It is called on the
// goroutine of the screen.
type attachments struct {
	entry *Entry
	sizes map[string]int64
}

// Size gives the bytes of a file that is attached.
func (a *attachments) Size(name string) (int64, bool) {
	size, ok := a.sizes[name]
	return size, ok
}

// Content gives a file that is attached. Errors: not_found, internal.
func (a *attachments) Content(name string) ([]byte, error) {
	return a.entry.Notebook.Attachment(context.Background(), name, a.entry.Draft.ID, a.entry.Draft.Corrects)
}

// Keep writes a file into the notebook. A file makes the draft, as an answer
// does.
func (a *attachments) Keep(name string, content []byte, done func(string, error)) {
	m := a.entry
	if m.Draft.ID == "" {
		m.Draft.ID = diagnostics.NewID()
	}
	draft := m.Draft.ID
	Run(m.scope, new(Command), func(ctx context.Context) (string, error) {
		return m.Notebook.Attach(ctx, draft, name, content)
	}, func(kept string, err error) {
		if err == nil {
			a.sizes[kept] = int64(len(content))
		}
		done(kept, err)
	})
}

// attached knows the files that a draft, or the record that it corrects, has
// already.
func (m *Entry) attached(ctx context.Context, draft, corrects string) (*attachments, error) {
	all, err := m.Notebook.Attachments(ctx, draft, corrects)
	a := &attachments{entry: m, sizes: map[string]int64{}}
	for _, file := range all {
		a.sizes[file.Name] = file.Size
	}
	return a, err
}
