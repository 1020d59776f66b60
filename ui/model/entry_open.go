package model

import (
	"cmp"
	"context"

	"solidaren/diagnostics/intake"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/xform"
)

func (m *Entry) opening(ctx context.Context, draft store.Draft, formID, lang string) (*opening, error) {
	switch {
	case m.sealed != nil:
		return m.sealed.blank(m, formID, lang)
	case m.Resumed:
		return m.resume(ctx, draft.ID)
	case draft.Corrects != "":
		return m.correct(ctx, draft.Corrects, lang)
	default:
		return m.blank(ctx, formID, lang)
	}
}

// opening is a session and the draft that it writes.
type opening struct {
	session  *xform.Session
	draft    store.Draft
	previous func(ref string) (string, bool)
	moved    *Moved
	outing   *Outing
	files    *attachments
}

// previousAnswers reads the answers of a submission; nil where there is none
// that can be read, which is no reason not to open a blank form.
func previousAnswers(form *xform.Form, submission []byte, o xform.SessionOptions) func(ref string) (string, bool) {
	if len(submission) == 0 {
		return nil
	}
	before, err := form.Edit(submission, o)
	if err != nil {
		return nil
	}
	return func(ref string) (string, bool) {
		node, ok := before.Node(ref)
		return node.Value, ok && node.Relevant
	}
}

// Moved says what becomes of the answers of a draft in a newer version of its
// form, for the writer to look at before going on.
type Moved struct {
	From, To string // versions
	Kept     int
	Renamed  []string // labels of questions that have another name or place
	Aside    []Line   // answers that the form has no place for; they stay with the record
}

func movedOf(m xform.Migration) *Moved {
	out := &Moved{From: m.From, To: m.To, Kept: len(m.Kept)}
	for _, r := range m.Renamed {
		out.Renamed = append(out.Renamed, cmp.Or(r.Label, r.Ref))
	}
	for _, o := range m.Orphans {
		out.Aside = append(out.Aside, Line{Label: QuestionName(o), Answer: o.Value})
	}
	return out
}

func (d *Desk) options(form *xform.Form, lang string, last []byte) xform.SessionOptions {
	o := xform.SessionOptions{Now: d.Clock, Language: FormLanguage(form, lang), LastSaved: last}
	if d.Member != nil { // the notebook is open
		o.DeviceID = d.Member.DeviceID()
	}
	return o
}

func (m *Entry) blank(ctx context.Context, formID, lang string) (*opening, error) {
	form, err := m.Forms.Form(formID)
	if err != nil {
		return nil, err
	}
	o := &opening{draft: store.Draft{FormID: formID, FormVersion: form.Version()}}
	last, err := m.Notebook.LastSaved(ctx, formID)
	if err != nil {
		return nil, err
	}
	outing, err := m.outing(ctx, formID)
	if err != nil {
		return nil, err
	}
	if formID == formCount && outing.Tour.ID != "" {
		if last, err = outing.countedBefore(form); err != nil {
			return nil, err
		}
	}
	o.previous = previousAnswers(form, last, m.options(form, lang, nil))
	if o.session, err = form.NewSession(m.options(form, lang, last)); err != nil {
		return nil, err
	}
	if Loops(formID) || formID == formPlace {
		outing.begin(o.session)
	}
	if Loops(formID) {
		o.outing = &outing
	}
	return o, nil
}

func (m *Entry) resume(ctx context.Context, id string) (*opening, error) {
	draft, err := m.Notebook.Draft(ctx, id)
	if err != nil {
		return nil, err
	}
	form, err := m.Forms.Form(draft.FormID)
	if err != nil {
		return nil, err
	}
	// In the language that the draft was left in.
	o := m.options(form, "", nil)
	if draft.FormVersion == form.Version() {
		session, err := form.Restore(draft.State, o)
		return &opening{session: session, draft: draft}, err
	}
	o.Former = m.Forms.At(draft.FormID, draft.FormVersion)
	session, migration, err := form.Migrate(draft.State, o)
	return &opening{session: session, draft: draft, moved: movedOf(migration)}, err
}

func (m *Entry) correct(ctx context.Context, id, lang string) (*opening, error) {
	record, err := m.finished(ctx, id)
	if err != nil {
		return nil, err
	}
	form, err := m.Forms.Form(record.Get("form_id"))
	if err != nil {
		return nil, err
	}
	session, migration, err := m.answered(record, form, lang)
	if err != nil {
		return nil, err
	}
	o := &opening{session: session, draft: store.Draft{
		FormID: form.ID(), FormVersion: form.Version(), Corrects: id,
		Person: record.Get("person"),
	}}
	if archived, err := intake.Orphans(record); err != nil || len(migration.Renamed) > 0 || len(migration.Orphans) > len(archived) {
		o.moved = movedOf(migration)
	}
	return o, nil
}
