package main

import (
	"fmt"
	"io"
	"time"

	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

type searchCommand struct {
	Text  string `arg:"" name:"TEXT" help:"${search_text}"`
	Limit int    `default:"20" help:"${limit}"`
}

// found are the persons that look like what was asked, the closest first.
type found struct {
	Persons []foundPerson `json:"persons"`
}

type foundPerson struct {
	ID          string  `json:"id"`
	Code        string  `json:"code"`
	Handle      string  `json:"handle,omitempty"`
	Names       string  `json:"names,omitempty"`
	AgeBand     string  `json:"age_band,omitempty"`
	Gender      string  `json:"gender,omitempty"`
	District    string  `json:"district,omitempty"`
	LastContact string  `json:"last_contact_on,omitempty"`
	Score       float64 `json:"score"`
}

func (f found) text(w io.Writer, lang string) {
	for _, p := range f.Persons {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", p.Code, p.Handle, p.Names, diagnostics.Label("age_band", p.AgeBand, lang),
			diagnostics.Label("district", p.District, lang), p.LastContact)
	}
	if len(f.Persons) == 0 {
		fmt.Fprintln(w, diagnostics.Text{FR: "Personne ne ressemble à cela.", EN: "Nobody looks like that."}.In(lang))
	}
}

// Run searches; no match is an answer, not an error.
func (c searchCommand) Run(e *env) error {
	return e.withNotebook(func(nb *notebook.Opened) error {
		if err := nb.Store.Log(e.ctx, diagnostics.Access{Action: diagnostics.ActionSearch}); err != nil {
			return err
		}
		rows, err := nb.Store.Persons(e.ctx, store.PersonFilter{Text: c.Text, Limit: c.Limit})
		if err != nil {
			return err
		}
		out := found{Persons: []foundPerson{}}
		for _, r := range rows {
			p := foundPerson{
				ID: r.ID, Code: r.Code, Handle: r.Handle, Names: r.Names, AgeBand: r.AgeBand, Gender: r.Gender,
				District: r.District, Score: r.Score,
			}
			if !r.LastContact.IsZero() {
				p.LastContact = r.LastContact.Format(time.DateOnly)
			}
			out.Persons = append(out.Persons, p)
		}
		return e.print(out)
	})
}
