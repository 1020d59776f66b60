package model

import (
	"context"
	"errors"
	"time"

	"solidaren/diagnostics/store"
	"solidaren/ui/model/form"
)

// DraftSheet is a draft with how far each of its sections is.
type DraftSheet struct {
	DraftRow
	Sections []form.Section // nil if its form cannot be read here
	Aside    bool
}

// Interviews is the queue of drafts: what is begun and not finished, and what
// was set aside.
type Interviews struct {
	Screen
	Sheets []DraftSheet // those in the queue first
	Loaded bool         // what there is was read

	known map[string]sheetOf
	load  Command
}

// sheetOf remembers what was worked out for one state of a draft.
type sheetOf struct {
	at    time.Time
	lang  string
	order int
	DraftSheet
}

// NewInterviews makes the queue.
func NewInterviews(d *Desk) *Interviews {
	return &Interviews{Screen: Screen{Desk: d}, known: map[string]sheetOf{}}
}

// Load reads the queue again. What was worked out before is kept.
func (m *Interviews) Load() {
	known, lang := m.known, m.Lang()
	Run(m.scope, &m.load, func(ctx context.Context) (map[string]sheetOf, error) {
		queue, err1 := m.Notebook.Drafts(ctx)
		aside, err2 := m.Notebook.AsideDrafts(ctx)
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		all := append(queue, aside...)
		read := m.sheets(all, known, lang)
		for order, d := range all {
			s := read[d.ID]
			s.Aside, s.order = order >= len(queue), order
			read[d.ID] = s
		}
		return read, nil
	}, func(read map[string]sheetOf, err error) {
		if m.failed("interviews", err) {
			return
		}
		m.known, m.Loaded = read, true
		m.Sheets = make([]DraftSheet, len(read))
		for _, s := range read {
			m.Sheets[s.order] = s.DraftSheet
		}
		m.changed()
	})
}

// sheets works out how far drafts are. What was worked out before is kept.
func (d *Desk) sheets(drafts []store.Draft, known map[string]sheetOf, lang string) map[string]sheetOf {
	read := make(map[string]sheetOf, len(drafts))
	for _, draft := range drafts {
		s, ok := known[draft.ID]
		if !ok || !s.at.Equal(draft.UpdatedAt) || s.lang != lang {
			s = sheetOf{at: draft.UpdatedAt, lang: lang, DraftSheet: d.sheet(draft, lang)}
		}
		s.DraftRow.When = When(draft.UpdatedAt, d.Clock(), lang)
		read[draft.ID] = s
	}
	return read
}

// sheet works out how far a draft is, from its state.
func (d *Desk) sheet(draft store.Draft, lang string) DraftSheet {
	s := DraftSheet{DraftRow: d.draftRows([]store.Draft{draft})[0]}
	f := d.Forms.At(draft.FormID, draft.FormVersion)
	if f == nil {
		return s
	}
	session, err := f.Restore(draft.State, d.options(f, lang, nil))
	if err != nil {
		return s
	}
	filled := form.New(session, form.Options{Now: d.Clock, Cursor: draft.Cursor})
	s.Sections, s.Where = filled.Sections(), filled.Where()
	for _, ref := range questions(session, []string{"person.code"}) {
		if node, ok := session.Node(ref); ok {
			s.Code = node.Value
		}
	}
	answered, asked := 0, 0
	for _, section := range s.Sections {
		answered, asked = answered+section.Answered, asked+section.Asked
	}
	if asked > 0 {
		s.Percent = 100 * answered / asked
	}
	return s
}

// SetAside takes a draft out of the queue; it is kept for 30 days. done hears
// when that is written.
func (m *Interviews) SetAside(id string, done func()) { m.move(m.Notebook.SetAside, id, done) }

// TakeUp puts a draft back into the queue.
func (m *Interviews) TakeUp(id string, done func()) { m.move(m.Notebook.TakeUp, id, done) }

func (m *Interviews) move(to func(context.Context, string) error, id string, done func()) {
	var command Command
	Run(m.scope, &command, func(ctx context.Context) (struct{}, error) { return struct{}{}, to(ctx, id) },
		func(_ struct{}, err error) {
			if !m.failed("draft", err) {
				m.saved()
				m.Load()
				done()
			}
		})
}
