package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"solidaren/cmd/internal/cli"
	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
	"solidaren/diagnostics/intake"
	"solidaren/diagnostics/xform"
	"solidaren/ui/model"
)

type recordCommand struct {
	Form     string `arg:"" name:"FORM" help:"${form_file}"`
	Answers  string `arg:"" name:"ANSWERS.json" help:"${answers}"`
	Team     string `help:"${team}"`
	Corrects string `placeholder:"ID" help:"${corrects}"`
}

// recorded tells what one diagnostic became.
type recorded struct {
	Diagnostic string         `json:"diagnostic"`
	Person     string         `json:"person,omitempty"` // id
	Records    map[string]int `json:"records"`          // by type
	total      int
}

func (r recorded) text(w io.Writer, lang string) {
	said := diagnostics.Text{FR: "Diagnostic %s enregistré, avec %d fiche(s)\n", EN: "Diagnostic %s saved, with %d record(s)\n"}
	fmt.Fprintf(w, said.In(lang), r.Diagnostic, r.total)
}

// Run reads a form in a file and the answers before it opens the notebook, so that a
// mistake in them costs no waiting.
func (c recordCommand) Run(e *env) error {
	var file *model.FormFile
	if isFile(c.Form) {
		var err error
		if file, err = openForTeam(c.Form); err != nil {
			return err
		}
	}
	answers, err := cli.ReadFile(c.Answers, e.in, maxScript)
	if err != nil {
		return err
	}
	return e.withNotebook(func(nb *notebook.Opened) error {
		form, err := c.form(e, nb, file)
		if err != nil {
			return err
		}
		sub, err := c.read(e, nb, form, answers)
		if err != nil {
			return err
		}
		if err := nb.Store.Finish(e.ctx, "", sub); err != nil {
			return err
		}
		out := recorded{Diagnostic: sub.Diagnostic.ID, Person: sub.Diagnostic.Get("person"), Records: map[string]int{}, total: len(sub.Records)}
		for _, r := range sub.Records {
			out.Records[r.Type]++
		}
		return e.print(out)
	})
}

// form is the one in the file, with the actions of the notebook's directory where
// it has one, or, without a file, the notebook's.
func (c recordCommand) form(e *env, nb *notebook.Opened, file *model.FormFile) (*xform.Form, error) {
	if file == nil {
		return formOf(e, nb, c.Form)
	}
	read, err := model.ReadDirectory(e.ctx, nb.Store)
	if err != nil {
		return nil, err
	}
	return file.Offering(model.OfferedActions(read)).Open()
}

// read fills a session with the answers, ends it and reads what it observed.
func (c recordCommand) read(e *env, nb *notebook.Opened, form *xform.Form, answers []byte) (diagnostics.Submission, error) {
	none := diagnostics.Submission{}
	last, err := nb.Store.LastSaved(e.ctx, form.ID())
	if err != nil {
		return none, err
	}
	session, err := form.NewSession(xform.SessionOptions{LastSaved: last, DeviceID: nb.Member.DeviceID(), Language: formLanguage(form, e.Lang)})
	if err != nil {
		return none, err
	}
	if _, err = intake.Fill(session, answers); err != nil {
		return none, err
	}
	problems, err := session.Finish()
	if err != nil {
		return none, err
	}
	if len(problems) > 0 {
		return none, unfinished(problems)
	}
	context := intake.Context{
		Now: time.Now(), Device: nb.Member.DeviceID(), Team: c.Team, Corrects: c.Corrects, EntryMode: "after_visit", Lang: e.Lang,
		FindPerson: func(code string) (string, bool) {
			card, err := nb.Store.PersonByCode(e.ctx, code)
			return card.ID, err == nil
		},
		Card: func(id string) (diagnostics.Record, bool) {
			card, err := nb.Store.Get(e.ctx, id)
			return card, err == nil
		},
	}
	if tour, err := nb.Store.CurrentTour(e.ctx); err == nil {
		context.Tour = tour.ID
		if context.Team == "" {
			context.Team = tour.Get("team")
		}
	}
	return intake.Read(session, context)
}

// formLanguage is the form's language that fits the command's, "" for its
// default.
func formLanguage(form *xform.Form, lang string) string {
	for _, name := range form.Languages() {
		if strings.HasSuffix(name, "("+lang+")") {
			return name
		}
	}
	return ""
}

// unfinished tells what is still missing or wrong, the first question in full.
func unfinished(problems []xform.Problem) error {
	first := fmt.Sprintf("%s: %s", problems[0].Ref, problems[0].Message)
	fr, en := "Le diagnostic n'est pas complet. "+first, "The diagnostic is not complete. "+first
	if more := len(problems) - 1; more > 0 {
		fr, en = fr+fmt.Sprintf(" (et %d autre(s) question(s))", more), en+fmt.Sprintf(" (and %d more question(s))", more)
	}
	err := diagnostics.E("solidarenctl.record", diagnostics.CodeInvalid, fr, en, nil)
	err.Field = problems[0].Ref
	return err
}
