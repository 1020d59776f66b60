package main

import (
	"fmt"
	"io"
	"time"

	"solidaren/cmd/internal/cli"
	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/sync/wire"
	"solidaren/ui/model"
)

type rightsCommands struct {
	Access    rightsAccess    `cmd:"" help:"${rights_access}"`
	Request   rightsRequest   `cmd:"" help:"${rights_request}"`
	List      rightsList      `cmd:"" help:"${rights_list}"`
	Extend    rightsExtend    `cmd:"" help:"${rights_extend}"`
	Close     rightsClose     `cmd:"" help:"${rights_close}"`
	Erase     rightsErase     `cmd:"" help:"${rights_erase}"`
	Retention rightsRetention `cmd:"" help:"${rights_retention}"`
	Archive   rightsArchive   `cmd:"" help:"${rights_archive}"`
	Log       rightsLog       `cmd:"" help:"${rights_log}"`
}

// person finds a person by code or id.
func (e *env) person(nb *notebook.Opened, text string) (diagnostics.Record, error) {
	card, err := nb.Store.PersonByCode(e.ctx, text)
	if diagnostics.Code(err) != diagnostics.CodeNotFound {
		return card, err
	}
	card, err = nb.Store.Get(e.ctx, text)
	if err == nil && card.Type != diagnostics.TypePerson || diagnostics.Code(err) == diagnostics.CodeNotFound {
		err = diagnostics.E("solidarenctl.person", diagnostics.CodeNotFound,
			"Personne n'a ce code dans ce carnet.", "Nobody has this code in this notebook.", nil)
	}
	return card, err
}

func role(nb *notebook.Opened) diagnostics.Role { return diagnostics.Role(nb.Member.Role()) }

type rightsAccess struct {
	Person  string `arg:"" name:"PERSON" help:"${rights_person}"`
	Out     string `required:"" placeholder:"FILE.pdf" help:"${rights_pdf}"`
	JSONOut string `name:"json-out" placeholder:"FILE.json" help:"${rights_json}"`
}

// handed tells of a document that was written.
type handed struct {
	Out     string `json:"out"`
	JSONOut string `json:"json_out,omitempty"`
	Records int    `json:"records"`
}

func (h handed) text(w io.Writer, lang string) {
	fmt.Fprintf(w, diagnostics.Text{FR: "Document écrit : %s (%d fiches). À remettre à la personne elle-même.\n", EN: "Document written: %s (%d records). Give it to the person, and to no one else.\n"}.In(lang), h.Out, h.Records)
}

// Run writes the document in the language of the command.
func (c rightsAccess) Run(e *env) error {
	return e.withNotebook(func(nb *notebook.Opened) error {
		card, err := e.person(nb, c.Person)
		if err != nil {
			return err
		}
		desk := &model.Desk{Notebook: nb.Store, Member: nb.Member, Forms: model.NewCatalogue().With(e.ctx, nb.Store), Clock: time.Now, Lang: func() string { return e.Lang }}
		dossier, err := desk.Dossier(e.ctx, card.ID, e.Lang)
		if err != nil {
			return err
		}
		if err := model.WriteFile(c.Out, dossier.Write); err != nil {
			return err
		}
		if c.JSONOut != "" {
			if err := model.WriteFile(c.JSONOut, dossier.WriteJSON); err != nil {
				return err
			}
		}
		return e.print(handed{Out: c.Out, JSONOut: c.JSONOut, Records: len(dossier.Data.Records)})
	})
}

// requested is a request as it is told.
type requested struct {
	ID       string `json:"id"`
	Person   string `json:"person"`
	Kind     string `json:"kind"`
	Received string `json:"received_on"`
	Due      string `json:"due_on"`
	Days     int    `json:"days_left"`
	Closed   string `json:"closed_on,omitempty"`
	Answer   string `json:"answer,omitempty"`
}

func tellRequest(r diagnostics.Record) requested {
	due := diagnostics.DueOn(r)
	return requested{
		ID: r.ID, Person: r.Get("person"), Kind: r.Get("kind"), Received: r.Get("received_on"),
		Due: due.Format(time.DateOnly), Days: model.DaysLeft(due, time.Now()), Closed: r.Get("closed_on"), Answer: r.Get("answer"),
	}
}

func (r requested) text(w io.Writer, lang string) {
	kind := diagnostics.Label(diagnostics.ListRequest, r.Kind, lang)
	if r.Closed != "" {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", r.ID, kind, r.Closed, diagnostics.Label(diagnostics.ListRequestAnswer, r.Answer, lang))
		return
	}
	fmt.Fprintf(w, diagnostics.Text{FR: "%s\t%s\tà répondre avant le %s (%d jours)\n", EN: "%s\t%s\tto be answered by %s (%d days)\n"}.In(lang), r.ID, kind, r.Due, r.Days)
}

type rightsRequest struct {
	Person   string `arg:"" name:"PERSON" help:"${rights_person}"`
	Kind     string `required:"" enum:"access,rectify,erase,restrict,object" help:"${rights_kind}"`
	Identity string `required:"" enum:"code,known,third,document" help:"${rights_identity}"`
	Received string `placeholder:"YYYY-MM-DD" help:"${rights_received}"`
}

// Run writes down a request.
func (c rightsRequest) Run(e *env) error {
	if c.Received != "" {
		if _, err := day("--received", c.Received, nil); err != nil {
			return err
		}
	}
	return e.withNotebook(func(nb *notebook.Opened) error {
		card, err := e.person(nb, c.Person)
		if err != nil {
			return err
		}
		made, err := nb.Store.Create(e.ctx, diagnostics.Record{Type: diagnostics.TypeRequest, Fields: diagnostics.Values{
			"person": card.ID, "kind": c.Kind, "identity_checked": c.Identity, "received_on": c.Received, "team": nb.Member.Team(),
		}})
		if err != nil {
			return err
		}
		return e.print(tellRequest(made))
	})
}

type rightsList struct{}

// requests are all of a notebook.
type requests struct {
	Requests []requested `json:"requests"`
}

func (r requests) text(w io.Writer, lang string) {
	for _, one := range r.Requests {
		one.text(w, lang)
	}
	if len(r.Requests) == 0 {
		fmt.Fprintln(w, diagnostics.Text{FR: "Aucune demande.", EN: "No request."}.In(lang))
	}
}

// Run lists the requests, the most urgent first.
func (rightsList) Run(e *env) error {
	return e.withNotebook(func(nb *notebook.Opened) error {
		all, err := nb.Store.Requests(e.ctx)
		if err != nil {
			return err
		}
		out := requests{Requests: []requested{}}
		for _, r := range all {
			out.Requests = append(out.Requests, tellRequest(r))
		}
		return e.print(out)
	})
}

type rightsExtend struct {
	Request string `arg:"" name:"REQUEST" help:"${rights_number}"`
	Why     string `required:"" help:"${rights_why}"`
}

// Run gives more time.
func (c rightsExtend) Run(e *env) error {
	return e.withNotebook(func(nb *notebook.Opened) error {
		if err := nb.Store.Extend(e.ctx, c.Request, c.Why); err != nil {
			return err
		}
		return e.tellRequest(nb, c.Request)
	})
}

func (e *env) tellRequest(nb *notebook.Opened, id string) error {
	r, err := nb.Store.Get(e.ctx, id)
	if err != nil {
		return err
	}
	return e.print(tellRequest(r))
}

type rightsClose struct {
	Request string `arg:"" name:"REQUEST" help:"${rights_number}"`
	Answer  string `required:"" enum:"done,partial,refused,withdrawn" help:"${rights_answer}"`
}

// Run writes down the answer.
func (c rightsClose) Run(e *env) error {
	return e.withNotebook(func(nb *notebook.Opened) error {
		set := diagnostics.Values{"answer": c.Answer, "closed_on": time.Now().Format(time.DateOnly)}
		r, err := nb.Store.Get(e.ctx, c.Request)
		if err == nil && r.Type != diagnostics.TypeRequest {
			err = cli.NewMisuse("Ce numéro n'est pas celui d'une demande.", "This id is not that of a request.")
		}
		if err != nil {
			return err
		}
		if _, err := nb.Store.Update(e.ctx, c.Request, set); err != nil {
			return err
		}
		return e.tellRequest(nb, c.Request)
	})
}

type rightsErase struct {
	Person  string `arg:"" name:"PERSON" help:"${rights_person}"`
	Request string `required:"" help:"${rights_number}"`
}

// erased tells how much is gone.
type erased struct {
	Persons int `json:"persons"`
	Records int `json:"records"`
	Notes   int `json:"notes"`
}

func (x erased) text(w io.Writer, lang string) {
	fmt.Fprintf(w, diagnostics.Text{
		FR: "Effacé : %d personne(s), %d fiche(s), %d note(s) de travail. Les autres postes suivent au prochain envoi.\n",
		EN: "Erased: %d person(s), %d record(s), %d working note(s). The other computers follow when they next send.\n",
	}.In(lang), x.Persons, x.Records, x.Notes)
}

// Run erases a person.
func (c rightsErase) Run(e *env) error {
	return e.withNotebook(func(nb *notebook.Opened) error {
		card, err := e.person(nb, c.Person)
		if err != nil {
			return err
		}
		count, err := nb.Store.Erase(e.ctx, store.Erasure{Person: card.ID, Why: wire.EraseRequest, Request: c.Request, Role: role(nb)})
		if err != nil {
			return err
		}
		return e.print(erased{Persons: 1, Records: count})
	})
}
