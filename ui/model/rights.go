package model

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/sync/wire"
)

// RequestRow is one thing that a person asks, texts ready.
type RequestRow struct {
	ID, Person, Code string
	Kind             string // code of diagnostics.ListRequest
	KindText, Due    string
	Days             int    // until it must be answered
	Answer           string // in words, "" while it is open
	Extended         bool
}

// DueRow is one file that is about to be erased.
type DueRow struct {
	ID, Code, Last, On string
	Days               int
	Archived           bool
}

// Rights answers what persons ask about their data, and shows what is erased
// when (DOMAIN.md L1, L12 to L15).
type Rights struct {
	Screen
	Requests []RequestRow
	Due      []DueRow
	// Unconfirmed names the computers that may still hold somebody who was erased,
	// as the server said it last.
	Unconfirmed []string
	Done        string // the document that was written last
	Err         error  // why the last command did nothing

	load, act Command
	after     func() // what follows the present command
}

// NewRights makes the screen.
func NewRights(d *Desk) *Rights {
	return &Rights{Screen: Screen{Desk: d}, act: Command{kept: "stopped.rights"}}
}

// Load reads requests and files.
func (m *Rights) Load() {
	type read struct {
		requests []RequestRow
		due      []DueRow
		waiting  []string
	}
	lang, now := m.Lang(), m.Clock()
	Run(m.scope, &m.load, func(ctx context.Context) (read, error) {
		requests, err := m.requestRows(ctx, lang, now)
		if err != nil {
			return read{}, err
		}
		due, err := m.Notebook.Due(ctx, now.AddDate(0, 0, diagnostics.WarningDays))
		if err != nil {
			return read{}, err
		}
		waiting, err := m.unconfirmed(ctx)
		return read{requests, dueRows(due, now), waiting}, err
	}, func(r read, err error) {
		if m.failed("rights", err) {
			return
		}
		m.Requests, m.Due, m.Unconfirmed = r.requests, r.due, r.waiting
		m.changed()
	})
}

func (d *Desk) requestRows(ctx context.Context, lang string, now time.Time) ([]RequestRow, error) {
	all, err := d.Notebook.Requests(ctx)
	if err != nil {
		return nil, err
	}
	rows := make([]RequestRow, len(all))
	for i, r := range all {
		due := diagnostics.DueOn(r)
		rows[i] = RequestRow{
			ID: r.ID, Person: r.Get("person"), Kind: r.Get("kind"), KindText: Label(diagnostics.ListRequest, r.Get("kind"), lang),
			Due: Day(due), Days: DaysLeft(due, now), Extended: r.Get("extended_to") != "",
		}
		if r.Get("closed_on") != "" {
			rows[i].Answer = Label(diagnostics.ListRequestAnswer, r.Get("answer"), lang)
		}
		card, err := d.Notebook.Get(ctx, r.Get("person"))
		if err != nil && diagnostics.Code(err) != diagnostics.CodeNotFound {
			return nil, err
		}
		rows[i].Code = card.Get("code")
	}
	return rows, nil
}

// unconfirmed gives the names of the computers, each once.
func (d *Desk) unconfirmed(ctx context.Context) ([]string, error) {
	erased, err := d.Notebook.Unconfirmed(ctx)
	var names []string
	for _, e := range erased {
		names = append(names, e.Devices...)
	}
	slices.Sort(names)
	return slices.Compact(names), err
}

func dueRows(due []store.Due, now time.Time) []DueRow {
	rows := make([]DueRow, len(due))
	for i, d := range due {
		rows[i] = DueRow{ID: d.ID, Code: d.Code, On: Day(d.On), Days: DaysLeft(d.On, now), Archived: d.Archived}
		if !d.LastContact.IsZero() {
			rows[i].Last = Day(d.LastContact)
		}
	}
	return rows
}

// Busy reports whether a command runs.
func (m *Rights) Busy() bool { return m.act.Running() }

// Cancel stops it; nothing of it stays.
func (m *Rights) Cancel() { m.act.Cancel() }

// do runs a command and reads everything again.
func (m *Rights) do(work func(context.Context) (string, error)) {
	if m.Busy() {
		return
	}
	m.Err, m.Done, m.after = nil, "", nil
	Run(m.scope, &m.act, work, func(done string, err error) {
		m.Done = done
		if !cancelled(err) {
			m.Err = err
		}
		m.saved()
		m.Load()
		m.changed()
		if then := m.after; then != nil {
			m.after = nil
			then()
		}
	})
	m.changed()
}

// Ask writes down what the person with a code asks, and how it was made sure
// who asks.
func (m *Rights) Ask(code, kind, identity string) {
	code = strings.TrimSpace(code)
	m.do(func(ctx context.Context) (string, error) {
		if kind == "" || identity == "" {
			return "", diagnostics.E("model.Rights.Ask", diagnostics.CodeInvalid,
				"Dites ce que la personne demande, et comment son identité a été vérifiée.",
				"Say what the person asks, and how their identity was checked.", nil)
		}
		card, err := m.Notebook.PersonByCode(ctx, code)
		if diagnostics.Code(err) == diagnostics.CodeNotFound {
			return "", diagnostics.E("model.Rights.Ask", diagnostics.CodeNotFound,
				"Personne n'a ce code dans ce carnet.", "Nobody has this code in this notebook.", nil)
		}
		if err != nil {
			return "", err
		}
		_, err = m.Notebook.Create(ctx, diagnostics.Record{Type: diagnostics.TypeRequest, Fields: diagnostics.Values{
			"person": card.ID, "kind": kind, "identity_checked": identity, "team": m.Member.Team(),
		}})
		return "", err
	})
}

// Extend gives a request two more months, with a reason.
func (m *Rights) Extend(id, why string) {
	m.do(func(ctx context.Context) (string, error) { return "", m.Notebook.Extend(ctx, id, why) })
}

// Answer closes a request.
func (m *Rights) Answer(id, answer string) {
	today := m.Clock().Format(time.DateOnly)
	m.do(func(ctx context.Context) (string, error) {
		_, err := m.Notebook.Update(ctx, id, diagnostics.Values{"answer": answer, "closed_on": today})
		return "", err
	})
}

// Access writes what is known of a person, as a document and as JSON beside it,
// into the home folder; the name of the file is the code.
func (m *Rights) Access(row RequestRow) {
	lang := m.Lang()
	home, err := os.UserHomeDir()
	if err != nil {
		home = "."
	}
	file := filepath.Join(home, "donnees-"+row.Code+".pdf")
	m.do(func(ctx context.Context) (string, error) {
		dossier, err := m.Dossier(ctx, row.Person, lang)
		if err != nil {
			return "", err
		}
		if err := WriteFile(file, dossier.Write); err != nil {
			return "", err
		}
		return file, WriteFile(strings.TrimSuffix(file, ".pdf")+".json", func(w io.Writer) error { return dossier.WriteJSON(w) })
	})
}

// Erase erases the person of a request that somebody else wrote down.
func (m *Rights) Erase(row RequestRow) {
	role := m.Role()
	m.do(func(ctx context.Context) (string, error) {
		_, err := m.Notebook.Erase(ctx, store.Erasure{Person: row.Person, Why: wire.EraseRequest, Request: row.ID, Role: role})
		return "", err
	})
}
