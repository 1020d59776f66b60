package model

import (
	"context"
	"path/filepath"
	"strings"

	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
	"solidaren/ui/words"
)

// Questionnaires shows which forms the team has, and gives it others: judged
// first, with what they would change, before anything is written.
type Questionnaires struct {
	Screen
	Rows     []UsedVersion
	Proposed *Proposed // what is looked at, nil: the list
	Path     string    // of the file that was read last, as it was given
	Given    string    // what was given last, in words
	Err      error     // why a file could not be read, or not be given

	load, read, give Command
}

// NewQuestionnaires makes the screen.
func NewQuestionnaires(d *Desk) *Questionnaires {
	return &Questionnaires{Screen: Screen{Desk: d}, read: Command{kept: "stopped.form"}}
}

// Load reads the list again.
func (m *Questionnaires) Load() {
	Run(m.scope, &m.load, m.AllVersions, func(rows []UsedVersion, err error) {
		if m.failed("forms", err) {
			return
		}
		m.Rows = rows
		m.changed()
	})
}

// Reading reports whether a file is being judged.
func (m *Questionnaires) Reading() bool { return m.read.Running() }

// Stop ends the judging of a file.
func (m *Questionnaires) Stop() { m.read.Cancel() }

// Propose reads the file of a questionnaire and judges it. A path may be pasted
// with quotation marks round it, as file managers copy it.
func (m *Questionnaires) Propose(path string) {
	path = strings.Trim(strings.TrimSpace(path), `"'`)
	path = strings.TrimPrefix(path, "file://")
	m.Path, m.Err, m.Given = path, nil, ""
	if path == "" {
		m.Err = diagnostics.E("model.Questionnaires", diagnostics.CodeInvalid,
			"Indiquez d'abord le fichier du questionnaire.", "Name the file of the form first.", nil)
		m.changed()
		return
	}
	Run(m.scope, &m.read, func(ctx context.Context) (*Proposed, error) {
		content, err := ReadTeamForm(ctx, path)
		if err != nil {
			return nil, err
		}
		return m.Desk.Propose(ctx, filepath.Base(path), content)
	}, func(p *Proposed, err error) {
		if m.Proposed, m.Err = p, err; err != nil {
			m.Proposed = nil
		}
		if cancelled(err) {
			m.Err = nil
		}
		m.changed()
	})
	m.changed()
}

// Leave goes back to the list; nothing was written.
func (m *Questionnaires) Leave() {
	m.read.Cancel()
	m.Proposed, m.Err = nil, nil
	m.changed()
}

// Give makes the proposed questionnaire the team's.
func (m *Questionnaires) Give() {
	p := m.Proposed
	if p == nil || !p.OK() || m.give.Running() {
		return
	}
	m.Err = nil
	Run(m.scope, &m.give, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, m.Desk.Give(ctx, p)
	}, func(_ struct{}, err error) {
		if m.Err = err; err == nil {
			m.Proposed = nil
			m.Given = words.T("forms.given", p.Form.Title(), p.Form.Version())
			m.saved()
			m.Load()
		}
		m.changed()
	})
}

// Preview is a blank form to be looked at. Nothing of it is kept.
type Preview struct {
	Title   string
	Session *xform.Session
	Clock   diagnostics.Clock
}

// Preview opens the form that is proposed, or else that of a row of the list,
// blank; nil where there is none. Errors: not_found, invalid.
func (m *Questionnaires) Preview(row int) (*Preview, error) {
	var form *xform.Form
	var err error
	switch {
	case m.Proposed != nil:
		form = m.Proposed.Form
	case row < len(m.Rows):
		form, err = m.Rows[row].Open()
	}
	if err != nil || form == nil {
		return nil, err
	}
	session, err := form.NewSession(xform.SessionOptions{Now: m.Clock, Language: FormLanguage(form, m.Lang())})
	return &Preview{Title: form.Title(), Session: session, Clock: m.Clock}, err
}

// Open gives the form of a version, to be looked at. Errors: not_found, invalid.
func (v Version) Open() (*xform.Form, error) {
	if v.open == nil {
		return nil, v.Err
	}
	return v.open()
}

// Before gives the version that a row of the list came after, nil if it is the
// first that is here.
func (m *Questionnaires) Before(row int) *xform.Form {
	for _, older := range m.Rows[row+1:] {
		if older.FormID != m.Rows[row].FormID {
			return nil
		}
		if form, err := older.Open(); err == nil {
			return form
		}
	}
	return nil
}

// Compare says how a row of the list differs from the version before it.
func (m *Questionnaires) Compare(row int) ([]ReportLine, error) {
	form, err := m.Rows[row].Open()
	before := m.Before(row)
	if err != nil || before == nil {
		return nil, err
	}
	changes, err := form.Compare(before, FormLanguage(form, m.Lang()))
	return changeLines(changes), err
}
