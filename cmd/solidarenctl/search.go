package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

type searchCommand struct {
	Text  string `arg:"" name:"TEXT" help:"${search_text}"`
	Limit int    `default:"20" help:"${limit}"`
}

// found are the persons that look like what was asked, the closest first. What
// they have in common with it is told; who they are, a person decides.
type found struct {
	Persons []foundPerson `json:"persons"`
}

type foundPerson struct {
	ID          string `json:"id"`
	Code        string `json:"code"`
	Handle      string `json:"handle,omitempty"`
	Names       string `json:"names,omitempty"`
	AgeBand     string `json:"age_band,omitempty"`
	Gender      string `json:"gender,omitempty"`
	District    string `json:"district,omitempty"`
	LastContact string `json:"last_contact_on,omitempty"`
	// Traits name what agrees; those of Near not to the letter.
	Traits       []diagnostics.TraitKind `json:"traits"`
	Near         []diagnostics.TraitKind `json:"near,omitempty"`
	SameAs       string                  `json:"same_as,omitempty"` // code of the card by which the person goes
	Restrictions []string                `json:"restrictions,omitempty"`
}

// traitNames say what agrees.
var traitNames = map[diagnostics.TraitKind]diagnostics.Text{
	diagnostics.TraitCode:     {FR: "code", EN: "code"},
	diagnostics.TraitHandle:   {FR: "prénom d'usage", EN: "usual name"},
	diagnostics.TraitNames:    {FR: "nom", EN: "name"},
	diagnostics.TraitBirth:    {FR: "date de naissance", EN: "birth date"},
	diagnostics.TraitPhone:    {FR: "téléphone", EN: "phone"},
	diagnostics.TraitEmail:    {FR: "courriel", EN: "e-mail"},
	diagnostics.TraitAnimal:   {FR: "animal", EN: "animal"},
	diagnostics.TraitDistrict: {FR: "quartier", EN: "district"},
	diagnostics.TraitTeam:     {FR: "équipe", EN: "team"},
}

// traits tells in words what agrees: "2 traits communs : nom, quartier".
func (p foundPerson) traits(lang string) string {
	var names []string
	for _, t := range p.Traits {
		names = append(names, traitNames[t].In(lang))
	}
	if len(names) == 0 {
		return ""
	}
	text := diagnostics.Text{FR: "%d trait%s commun%[2]s : %[3]s", EN: "%d trait%s in common: %[3]s"}.In(lang)
	plural := ""
	if len(names) > 1 {
		plural = "s"
	}
	return fmt.Sprintf(text, len(names), plural, strings.Join(names, ", "))
}

func (f found) text(w io.Writer, lang string) {
	for _, p := range f.Persons {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", p.Code, p.Handle, p.Names, diagnostics.Label("age_band", p.AgeBand, lang),
			diagnostics.Label("district", p.District, lang), p.LastContact, p.traits(lang))
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
				District: r.District, Traits: []diagnostics.TraitKind{}, SameAs: r.SameAs, Restrictions: r.Restrictions,
			}
			for _, t := range r.Traits {
				p.Traits = append(p.Traits, t.Kind)
				if t.Near {
					p.Near = append(p.Near, t.Kind)
				}
			}
			if !r.LastContact.IsZero() {
				p.LastContact = r.LastContact.Format(time.DateOnly)
			}
			out.Persons = append(out.Persons, p)
		}
		return e.print(out)
	})
}
