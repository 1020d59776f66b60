package model

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/intake"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/xform"
	"solidaren/ui/model/form"
)

// Entry is one form being filled: a new record, a draft that is resumed, or the
// correction of a finished record. It saves the draft from the first answer on
// and turns it into records at the end.
type Entry struct {
	Screen
	FormID  string
	Session *xform.Session // nil until loaded
	Cursor  string         // where the writer was, "" at the beginning
	Resumed bool           // an earlier draft goes on
	Moved   *Moved         // the form has changed since the draft was begun; nil: it has not
	Draft   store.Draft
	Outing  *Outing  // of a record that is filled on the spot, one after another; nil for others
	Done    Finished // once it is finished

	// Previous gives the answer that a question had in the record before; nil: no
	// record was made with this form on this computer, or it is not a new one.
	Previous func(ref string) (string, bool)
	Files    form.Files // what is attached to answers; nil until loaded

	OnLoad   func()      // the session is there
	OnSaved  func(error) // a write of the draft has ended
	OnFinish func()      // the records are in the notebook

	closed       bool                   // nobody sees it any more
	sealed       *sealedRecord          // of a record that is written while the notebook is locked; nil: it is open
	hourSet      bool                   // the worker gave the hour
	typist       *typist                // each keystroke, into the typing journal
	save         *Autosave[store.Draft] // each answer, into the database
	kept         int64                  // newest revision that save was given
	unanswered   []byte                 // the state of a form in which nothing was answered yet
	load, finish Command
	recount      Command
}

// NewEntry makes a blank record of a form.
func NewEntry(d *Desk, formID string) *Entry {
	return &Entry{Screen: Screen{Desk: d}, FormID: formID}
}

// ResumeEntry goes on with a draft.
func ResumeEntry(d *Desk, draftID string) *Entry {
	return &Entry{Screen: Screen{Desk: d}, Resumed: true, Draft: store.Draft{ID: draftID}}
}

// CorrectEntry opens a finished record as a draft of its correction: a new
// fact that stands in its place, while both stay readable.
func CorrectEntry(d *Desk, recordID string) *Entry {
	return &Entry{Screen: Screen{Desk: d}, Draft: store.Draft{Corrects: recordID}}
}

// Open starts the screen.
func (m *Entry) Open() {
	m.Screen.Open()
	told := func(err error) {
		if m.OnSaved != nil {
			m.OnSaved(err)
		}
	}
	write, journal := m.Notebook.SaveDraft, journal(m.Notebook)
	if m.sealed != nil { // there is no database to write to
		write, journal = func(context.Context, store.Draft) error { return nil }, m.sealed
		m.sealed.number = m.sealed.sealing.recording.NewRecord()
	}
	m.save = autosave(m.Desk, 0, write, func(_ store.Draft, err error) { told(err) })
	m.typist = typistOf(m.Desk, journal, func(err error) {
		m.wrote(err)
		told(err)
	})
}

// Close leaves the form; its draft stays, and what is being finished goes on.
func (m *Entry) Close() {
	if m.closed = true; !m.Finishing() {
		m.Screen.Close()
	}
	m.Keep()
	leave(m.Desk, m.typist)
	leave(m.Desk, m.save)
}

// Keep brings the draft in the database up to what is typed, when another
// screen comes to the front.
func (m *Entry) Keep() {
	if m.sealed == nil && m.Draft.ID != "" && m.kept < m.Draft.Revision {
		m.kept = m.Draft.Revision
		m.save.Save(m.Draft)
	}
}

// Load makes the session. It may be called once.
func (m *Entry) Load() {
	draft, formID, lang := m.Draft, m.FormID, m.Lang()
	Run(m.scope, &m.load, func(ctx context.Context) (*opening, error) {
		o, err := m.opening(ctx, draft, formID, lang)
		if err == nil && m.sealed == nil {
			o.files, err = m.attached(ctx, o.draft.ID, o.draft.Corrects)
		}
		return o, err
	}, func(o *opening, err error) {
		if m.failed("entry", err) {
			return
		}
		m.Session, m.Draft, m.FormID, m.Cursor = o.session, o.draft, o.draft.FormID, o.draft.Cursor
		m.Outing = o.outing
		m.Previous, m.Moved = o.previous, o.moved
		if o.files != nil {
			m.Files = o.files
		}
		m.Blank()
		if m.OnLoad != nil {
			m.OnLoad()
		}
	})
}

// Finished tells of a record that has been written.
type Finished struct {
	ID       string
	Undoable bool // nothing but facts was written: it can be taken back
}

// longJournal is the length, in bytes, from which a text that is being typed
// goes into the database, too, which empties the journal.
const longJournal = 1 << 20

// Blank takes the form as it is now for one in which nothing was answered. The
// screen says so once more when it has taken away the rows that hold nothing.
func (m *Entry) Blank() {
	if m.Resumed {
		return
	}
	state, err := m.Session.Save()
	if !m.failed("entry", err) {
		m.unanswered = state
	}
}

// Save keeps the state of the form; it returns at once. The first answer, or the
// first key of one that is typed, makes the draft: merely looking at a form leaves
// nothing behind. A keystroke goes to the typing journal, an answer to the
// database as well.
func (m *Entry) Save(state []byte, cursor string, answers int) {
	typed := strings.Contains(cursor, "\n") // behind the question, what stands in its field
	if m.Draft.ID == "" && bytes.Equal(state, m.unanswered) && !typed {
		return
	}
	if m.Draft.ID == "" {
		m.Draft.ID = diagnostics.NewID()
	}
	whole := !bytes.Equal(state, m.Draft.State)
	m.Draft.State, m.Draft.Cursor, m.Draft.Answered, m.Draft.UpdatedAt = state, cursor, answers, m.Clock()
	m.Draft.FormVersion = m.Session.Form().Version() // until now, of a draft that was brought over, the former one
	m.Draft.Revision++
	m.typist.Save(m.Draft, whole)
	if m.sealed == nil && (whole || m.Notebook.JournalSize() > longJournal) {
		m.Keep()
	}
}

// Finishing reports whether the records are just being written.
func (m *Entry) Finishing() bool { return m.finish.Running() }

// Finish turns the session, which holds no problem any more, into records.
func (m *Entry) Finish() {
	if m.Finishing() {
		return
	}
	state, err := m.Session.Save()
	if m.failed("entry finish", err) {
		return
	}
	if m.sealed != nil && m.Draft.ID == "" {
		m.Draft.ID = diagnostics.NewID()
	}
	draft := m.Draft
	form := m.Session.Form()
	draft.State, draft.FormVersion = state, form.Version()
	m.typist.Close()
	m.save.Close()
	Run(m.scope, &m.finish, func(ctx context.Context) (Finished, error) {
		// Locking and leaving wait for it.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTimeout)
		defer cancel()
		m.save.Flush(ctx)
		if m.sealed != nil {
			m.typist.Flush(ctx)
			return Finished{draft.ID, true}, m.sealed.end(draft)
		}
		done, err := m.record(ctx, form, draft)
		if err != nil && draft.ID != "" {
			kept := draft
			kept.Revision++
			err = errors.Join(err, m.Notebook.SaveDraft(ctx, kept)) // what waited was dropped
		}
		return done, err
	}, func(done Finished, err error) {
		if m.closed {
			defer m.Screen.Close()
		}
		if m.failed("entry finish", err) {
			m.typist.Reopen()
			m.save.Reopen()
			m.Draft.State = nil // what waited was dropped
			m.Save(state, draft.Cursor, draft.Answered)
			return
		}
		m.Done = done
		if m.sealed != nil {
			m.sealed.keep(m)
		}
		m.saved()
		if m.OnFinish != nil && !m.closed {
			m.OnFinish()
		}
	})
}

// record turns a draft into records.
func (d *Desk) record(ctx context.Context, form *xform.Form, draft store.Draft) (Finished, error) {
	session, err := form.Restore(draft.State, d.options(form, "", nil)) // in the language that it was filled in
	if err != nil {
		return Finished{}, err
	}
	sub, err := d.submission(ctx, session, draft)
	if err != nil {
		return Finished{}, err
	}
	return Finished{sub.Diagnostic.ID, onlyFacts(sub)}, d.Notebook.Finish(ctx, draft.ID, sub)
}

// onlyFacts reports whether a submission changes no card.
func onlyFacts(sub diagnostics.Submission) bool {
	return !slices.ContainsFunc(sub.All(), func(r diagnostics.Record) bool {
		entity, _ := diagnostics.LookupEntity(r.Type)
		return entity.Kind != diagnostics.Fact
	})
}

// submission turns a session, which holds no problem, into what is saved.
func (d *Desk) submission(ctx context.Context, s *xform.Session, draft store.Draft) (diagnostics.Submission, error) {
	tour, err := d.Notebook.CurrentTour(ctx)
	if err != nil && diagnostics.Code(err) != diagnostics.CodeNotFound {
		return diagnostics.Submission{}, err
	}
	var failure error
	sub, err := intake.Read(s, intake.Context{
		Now: d.Clock().In(time.Local), Device: d.Member.DeviceID(), Team: d.Team(tour), Tour: tour.ID,
		Corrects: draft.Corrects, EntryMode: entryMode(tour),
		FindPerson: func(code string) (string, bool) {
			person, err := d.Notebook.PersonByCode(ctx, code)
			if err != nil && diagnostics.Code(err) != diagnostics.CodeNotFound {
				failure = err
			}
			return person.ID, err == nil
		},
		Card: func(id string) (diagnostics.Record, bool) {
			card, err := d.Notebook.Get(ctx, id)
			return card, err == nil
		},
	})
	if err == nil {
		err = failure
	}
	return sub, err
}

// entryMode: what is written while a team is out is written on the spot.
func entryMode(tour diagnostics.Record) string {
	if tour.ID != "" {
		return "live"
	}
	return "after_visit"
}

// Question finds the question, relevant now, that the form itself binds to a
// target such as "person.code"; "" if it asks none.
func (m *Entry) Question(target string) (ref string) {
	for _, node := range m.Session.Nodes() {
		if !node.Relevant {
			continue
		}
		for name, targets := range node.Attrs {
			if strings.HasSuffix(name, ":observes") && slices.Contains(strings.Fields(targets), target) {
				return node.Ref
			}
		}
	}
	return ""
}
