package main

import (
	"fmt"
	"io"
	"time"

	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

type rightsRetention struct {
	Days  int  `default:"60" help:"${rights_days}"`
	Erase bool `help:"${rights_now}"`
}

// due are the files at the end of their time.
type due struct {
	Due []dueFile `json:"due"`
}

type dueFile struct {
	ID          string `json:"id"`
	Code        string `json:"code"`
	LastContact string `json:"last_contact_on,omitempty"`
	On          string `json:"erased_on"`
	Archived    bool   `json:"archived,omitempty"`
}

func (d due) text(w io.Writer, lang string) {
	for _, f := range d.Due {
		fmt.Fprintf(w, "%s\t%s\t%s\n", f.Code, f.LastContact, f.On)
	}
	if len(d.Due) == 0 {
		fmt.Fprintln(w, diagnostics.Text{FR: "Aucun dossier n'arrive au bout de sa durée.", EN: "No file reaches the end of its time."}.In(lang))
	}
}

// Run shows what is due, or erases it.
func (c rightsRetention) Run(e *env) error {
	return e.withNotebook(func(nb *notebook.Opened) error {
		if c.Erase {
			persons, notes, err := nb.Store.EraseDue(e.ctx, role(nb))
			if err != nil {
				return err
			}
			return e.print(erased{Persons: persons, Records: persons, Notes: notes})
		}
		files, err := nb.Store.Due(e.ctx, time.Now().AddDate(0, 0, c.Days))
		if err != nil {
			return err
		}
		out := due{Due: []dueFile{}}
		for _, f := range files {
			one := dueFile{ID: f.ID, Code: f.Code, On: f.On.Format(time.DateOnly), Archived: f.Archived}
			if !f.LastContact.IsZero() {
				one.LastContact = f.LastContact.Format(time.DateOnly)
			}
			out.Due = append(out.Due, one)
		}
		return e.print(out)
	})
}

type rightsArchive struct {
	Person string `arg:"" name:"PERSON" help:"${rights_person}"`
	Until  string `placeholder:"YYYY-MM-DD" help:"${rights_until}"`
	Why    string `help:"${rights_why}"`
	Who    string `default:"coordination" enum:"coordination,dpo" help:"${rights_who}"`
}

// archived tells until when a file is kept.
type archived struct {
	Person string `json:"person"`
	Until  string `json:"kept_until"`
}

func (a archived) text(w io.Writer, lang string) {
	fmt.Fprintf(w, diagnostics.Text{FR: "Gardé jusqu'au %s.\n", EN: "Kept until %s.\n"}.In(lang), a.Until)
}

// Run archives a file, or takes it out of the archive.
func (c rightsArchive) Run(e *env) error {
	order := store.Archive{Reason: c.Why, Rights: c.Who}
	if c.Until != "" {
		var err error
		if order.Until, err = day("--until", c.Until, nil); err != nil {
			return err
		}
	}
	return e.withNotebook(func(nb *notebook.Opened) error {
		card, err := e.person(nb, c.Person)
		if err != nil {
			return err
		}
		order.Role = role(nb)
		if err := nb.Store.Archive(e.ctx, card.ID, order); err != nil {
			return err
		}
		if card, err = nb.Store.Get(e.ctx, card.ID); err != nil {
			return err
		}
		return e.print(archived{Person: card.ID, Until: diagnostics.KeptUntil(card).Format(time.DateOnly)})
	})
}

type rightsLog struct {
	Limit int `default:"50" help:"${limit}"`
}

// accessLog is the log of this notebook, newest first.
type accessLog struct {
	Verified bool          `json:"verified"`
	Entries  []accessEntry `json:"entries"`
}

type accessEntry struct {
	N       int64     `json:"n"`
	At      time.Time `json:"at"`
	Action  string    `json:"action"`
	Target  string    `json:"target,omitempty"`
	Purpose string    `json:"purpose,omitempty"`
	Count   int       `json:"count,omitempty"`
}

func (l accessLog) text(w io.Writer, lang string) {
	for _, a := range l.Entries {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\n", a.N, a.At.Local().Format("2006-01-02 15:04"),
			diagnostics.Label(diagnostics.ListAction, a.Action, lang), diagnostics.Label(diagnostics.ListPurpose, a.Purpose, lang), a.Target)
	}
}

// Run shows the log after it was verified.
func (c rightsLog) Run(e *env) error {
	return e.withNotebook(func(nb *notebook.Opened) error {
		if err := nb.Store.VerifyAccesses(e.ctx); err != nil {
			return err
		}
		read, err := nb.Store.Accesses(e.ctx, store.AccessFilter{Limit: c.Limit})
		if err != nil {
			return err
		}
		out := accessLog{Verified: true, Entries: []accessEntry{}}
		for _, a := range read {
			out.Entries = append(out.Entries, accessEntry{a.N, a.At, string(a.Action), a.Target, a.Purpose, a.Count})
		}
		return e.print(out)
	})
}
