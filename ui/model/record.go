package model

import (
	"cmp"
	"context"
	"encoding/json"
	"strings"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/intake"
	"solidaren/diagnostics/xform"
	"solidaren/ui/model/form"
	"solidaren/ui/words"
)

// Line is one line of a record that is read: a heading (no answer) or a
// question and its answer, in words.
type Line struct {
	Heading       bool
	Level         int // of a heading: 0 for a section, deeper inside it
	Label, Answer string
}

// Record shows one finished record, to be read or corrected.
type Record struct {
	Screen
	ID       string
	Finished diagnostics.Record
	Lines    []Line
	When     string
	Place    string
	Corrects string // id of the record that this one corrects
	Readable bool   // the form is known here
	Awaited  bool   // some of its words are sealed with a key that has not come yet
	shown    bool   // the access log knows that the record was opened
	load     Command
}

// NewRecord makes the screen of one record.
func NewRecord(d *Desk, id string) *Record { return &Record{Screen: Screen{Desk: d}, ID: id} }

// Correctable reports whether a correction can take up all that the record says.
func (m *Record) Correctable() bool { return m.Readable && !m.Awaited }

// Load reads the record.
func (m *Record) Load() {
	lang, id := m.Lang(), m.ID
	type read struct {
		record   diagnostics.Record
		lines    []Line
		readable bool
	}
	shown := m.shown
	Run(m.scope, &m.load, func(ctx context.Context) (read, error) {
		record, err := m.finished(ctx, id)
		if err == nil && !shown {
			err = m.Notebook.Log(ctx, diagnostics.Access{Action: diagnostics.ActionRead, Target: id})
		}
		if err != nil {
			return read{}, err
		}
		session, err := m.read(record, lang)
		if err != nil {
			orphans, _ := intake.Orphans(record) // sealed, or unreadable: the record itself is there all the same
			return read{record, append(rawLines(record), asideLines(orphans)...), false}, nil
		}
		return read{record, append(lines(session), asideLines(session.Orphans())...), true}, nil
	}, func(r read, err error) {
		if m.failed("record", err) {
			return
		}
		m.shown = true
		m.Finished, m.Lines, m.Readable, m.Awaited = r.record, r.lines, r.readable, len(r.record.Sealed) > 0
		m.When = When(r.record.Time("at"), m.Clock(), m.Lang())
		m.Place = m.Label("district", r.record.Get("district"))
		m.Corrects = r.record.Get("corrects")
		m.changed()
	})
}

// finished gives a finished record with its working note, as long as that is
// kept, among its texts. Errors: not_found, corrupt, internal.
func (d *Desk) finished(ctx context.Context, id string) (diagnostics.Record, error) {
	record, err := d.Notebook.Get(ctx, id)
	if err != nil {
		return record, err
	}
	form, err := d.written(record)
	if err != nil {
		return record, nil // its answers are shown by their names
	}
	question := intake.NoteQuestion(form)
	if question == "" {
		return record, nil
	}
	observed, err := d.Notebook.Children(ctx, id)
	if err != nil {
		return record, err
	}
	for _, r := range observed {
		if note := r.Get("private"); r.Type == diagnostics.TypeNote && note != "" {
			return withText(record, question, note)
		}
	}
	return record, nil
}

// withText adds a text to those of a record.
func withText(record diagnostics.Record, question, text string) (diagnostics.Record, error) {
	one, err := json.Marshal(map[string]string{question: text})
	if err != nil {
		return record, err
	}
	texts, err := merge(record.Get("texts"), string(one))
	record.Fields["texts"] = string(texts)
	return record, err
}

// answered puts the answers of a finished record into a session of a version of
// its form. What that does not ask stands among the session's orphans, with those of
// the record. Errors: corrupt, invalid.
func (d *Desk) answered(record diagnostics.Record, form *xform.Form, lang string) (*xform.Session, xform.Migration, error) {
	filed, err := filed(record)
	if err != nil {
		return nil, xform.Migration{}, err
	}
	former := d.Forms.At(form.ID(), filed.Version)
	if former == nil {
		former = form
	}
	return form.Refill(filed, xform.SessionOptions{Now: d.Clock, Language: FormLanguage(form, lang), Former: former})
}

// written finds the form that a record was finished in: its own version, or,
// where that is not here, the one in use. Errors: not_found, invalid.
func (d *Desk) written(record diagnostics.Record) (*xform.Form, error) {
	id := record.Get("form_id")
	if form := d.Forms.At(id, record.Get("form_version")); form != nil {
		return form, nil
	}
	return d.Forms.Form(id)
}

// read opens a finished record to be read. Errors: as written and answered.
func (d *Desk) read(record diagnostics.Record, lang string) (*xform.Session, error) {
	form, err := d.written(record)
	if err != nil {
		return nil, err
	}
	session, _, err := d.answered(record, form, lang)
	return session, err
}

// filed reads what a finished record holds of its form. Errors: corrupt.
func filed(record diagnostics.Record) (out xform.Filed, err error) {
	out.Version = record.Get("form_version")
	if out.Answers, err = merge(record.Get("answers"), record.Get("texts")); err != nil {
		return out, err
	}
	if out.Orphans, err = intake.Orphans(record); err != nil {
		return out, err
	}
	if unsaid := record.Get("unsaid"); unsaid != "" {
		if err = json.Unmarshal([]byte(unsaid), &out.Reasons); err != nil {
			return out, unreadable(err)
		}
	}
	return out, nil
}

func unreadable(cause error) error {
	return diagnostics.E("model.Record", diagnostics.CodeCorrupt,
		"Les réponses de cette fiche ne se lisent pas.", "The answers of this record cannot be read.", cause)
}

// FormLanguage is the language of a form that fits the window's ("fr" or
// "en"): the one whose name ends with "(fr)"; "" leaves the form's own default.
func FormLanguage(form *xform.Form, lang string) string {
	for _, name := range form.Languages() {
		if strings.HasSuffix(name, "("+lang+")") || name == lang {
			return name
		}
	}
	return ""
}

// merge lays the free texts of a record over its coded answers.
func merge(answers, texts string) ([]byte, error) {
	var whole any
	for _, part := range []string{answers, texts} {
		if part == "" {
			continue
		}
		var tree any
		if err := json.Unmarshal([]byte(part), &tree); err != nil {
			return nil, unreadable(err)
		}
		whole = overlay(whole, tree)
	}
	if whole == nil {
		whole = map[string]any{}
	}
	return json.Marshal(whole)
}

func overlay(below, above any) any {
	switch a := above.(type) {
	case map[string]any:
		b, ok := below.(map[string]any)
		if !ok {
			return above
		}
		for name, value := range a {
			b[name] = overlay(b[name], value)
		}
		return b
	case []any:
		b, ok := below.([]any)
		if !ok {
			return above
		}
		for i, value := range a {
			if i < len(b) {
				b[i] = overlay(b[i], value)
			} else {
				b = append(b, value)
			}
		}
		return b
	default:
		return above
	}
}

// lines writes the answered questions of a session in the form's order, each
// under the headings that lead to it.
func lines(s *xform.Session) []Line {
	var out, pending []Line
	for _, node := range s.Nodes() {
		if !node.Relevant {
			continue
		}
		switch node.Kind {
		case "group", "repeat":
			for len(pending) > 0 && pending[len(pending)-1].Level >= node.Depth {
				pending = pending[:len(pending)-1]
			}
			if node.Label != "" {
				pending = append(pending, Line{Heading: true, Level: node.Depth, Label: node.Label})
			}
		case "question":
			if node.Value == "" && node.Reason == "" || node.Label == "" {
				continue
			}
			out = append(out, pending...)
			pending = pending[:0]
			out = append(out, Line{Label: node.Label, Answer: answerText(node)})
		}
	}
	return out
}

// asideLines shows the answers that the form has no place for.
func asideLines(orphans []xform.Orphan) []Line {
	if len(orphans) == 0 {
		return nil
	}
	out := []Line{{Heading: true, Label: words.T("record.aside")}}
	for _, o := range orphans {
		out = append(out, Line{Label: QuestionName(o), Answer: o.Value})
	}
	return out
}

// QuestionName is what a question that the form no longer has was called: its
// label, or its name.
func QuestionName(o xform.Orphan) string {
	return cmp.Or(o.Label, o.Ref[strings.LastIndex(o.Ref, "/")+1:])
}

// answerText says an answer in words: the labels of what was chosen, dates in
// local form.
func answerText(node xform.Node) string {
	if node.Reason != "" {
		return form.ReasonWords(node.Reason)
	}
	if len(node.Choices) > 0 {
		return choiceText(node)
	}
	switch node.Type {
	case "date":
		if t, err := time.Parse(time.DateOnly, node.Value); err == nil {
			return Day(t)
		}
	case "dateTime":
		if t, err := time.Parse(time.RFC3339Nano, node.Value); err == nil {
			return Day(t.Local()) + " " + t.Local().Format("15:04")
		}
	}
	return node.Value
}

func choiceText(node xform.Node) string {
	codes := []string{node.Value}
	if node.Control == "select" || node.Control == "rank" {
		codes = strings.Fields(node.Value)
	}
	for i, code := range codes {
		for _, choice := range node.Choices {
			if choice.Value == code {
				codes[i] = choice.Label
			}
		}
	}
	return strings.Join(codes, " · ")
}

// rawLines shows a record whose form is not known here by the names of its
// questions.
func rawLines(record diagnostics.Record) []Line {
	var out []Line
	all, err := merge(record.Get("answers"), record.Get("texts"))
	if err != nil {
		return nil
	}
	var tree any
	_ = json.Unmarshal(all, &tree) // merge wrote it
	walkAnswers("", tree, func(name, value string) { out = append(out, Line{Label: name, Answer: value}) })
	return out
}
