package main

import (
	"fmt"
	"io"
	"path/filepath"
	"time"

	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
	"solidaren/ui/model"
	uiwords "solidaren/ui/words"
)

// desk is what the models of the window need of an open notebook, without one.
func (e *env) desk(nb *notebook.Opened) *model.Desk {
	return &model.Desk{
		Notebook: nb.Store, Member: nb.Member, Forms: model.NewCatalogue().With(e.ctx, nb.Store), Clock: time.Now,
		Lang: func() string { return e.Lang },
	}
}

type formImport struct {
	File   string `arg:"" name:"FILE" help:"${form_import_file}"`
	DryRun bool   `name:"dry-run" help:"${form_dry_run}"`
}

// givenForm tells what giving a questionnaire to the team has changed.
type givenForm struct {
	verdict
	Form    string        `json:"form,omitempty"`
	Version string        `json:"version,omitempty"`
	Before  string        `json:"before,omitempty"` // version in use until now
	Given   bool          `json:"given"`            // it is the team's now
	Already bool          `json:"already,omitempty"`
	Changes *changes      `json:"changes,omitempty"`
	Drafts  []draftChange `json:"drafts,omitempty"`
}

// changes are the questions that differ from the version before, by their paths.
type changes struct {
	Added   []string          `json:"added"`
	Removed []string          `json:"removed"`
	Renamed map[string]string `json:"renamed"` // from → to
	Changed map[string]any    `json:"changed"` // path → what
}

// draftChange says what becomes of a draft's answers.
type draftChange struct {
	ID      string `json:"id"`
	From    string `json:"from"`
	Kept    int    `json:"kept"`
	Renamed int    `json:"renamed"`
	Aside   int    `json:"aside"`
}

// Run judges the file as the window does and, where nothing is wrong, gives it to
// the team.
func (c formImport) Run(e *env) error {
	content, err := model.ReadTeamForm(e.ctx, c.File)
	if err != nil {
		return err
	}
	return e.withNotebook(func(nb *notebook.Opened) error {
		desk := e.desk(nb)
		p, err := desk.Propose(e.ctx, filepath.Base(c.File), content)
		if err != nil {
			return err
		}
		out := givenOf(p, e.Lang)
		if p.OK() && !c.DryRun {
			if err := desk.Give(e.ctx, p); err != nil {
				return err
			}
			out.Given = !p.Already
		}
		if err := e.print(out); err != nil {
			return err
		}
		if !e.JSON {
			tell(e.err, append(out.Errors, out.Warnings...))
		}
		if !p.OK() {
			return refusedImport()
		}
		return nil
	})
}

func refusedImport() error {
	return diagnostics.E("solidarenctl.import", diagnostics.CodeInvalid,
		"Questionnaire refusé. Rien n'est importé.", "Form refused. Nothing was givenForm.", nil)
}

func givenOf(p *model.Proposed, lang string) givenForm {
	out := givenForm{verdict: verdictOf(p.Verdict, lang)}
	if !p.OK() {
		return out
	}
	out.Form, out.Version, out.Before = p.Form.ID(), p.Form.Version(), p.Before
	if out.Already = p.Already; !p.New && !p.Already {
		out.Changes = changesOf(p.Changes)
	}
	for _, d := range p.Drafts {
		out.Drafts = append(out.Drafts, draftChange{d.ID, d.From, d.Kept, d.Renamed, d.Aside})
	}
	return out
}

func changesOf(c xform.Comparison) *changes {
	out := &changes{Added: []string{}, Removed: []string{}, Renamed: map[string]string{}, Changed: map[string]any{}}
	for _, q := range c.Added {
		out.Added = append(out.Added, q.Path)
	}
	for _, q := range c.Removed {
		out.Removed = append(out.Removed, q.Path)
	}
	for _, q := range c.Renamed {
		out.Renamed[q.From] = q.Path
	}
	for _, q := range c.Changed {
		out.Changed[q.Path] = q.What
	}
	return out
}

func (i givenForm) text(w io.Writer, lang string) {
	say := func(fr, en string, args ...any) {
		fmt.Fprintf(w, diagnostics.Text{FR: fr, EN: en}.In(lang)+"\n", args...)
	}
	switch {
	case !i.OK:
		return // told on standard error
	case i.Already:
		say("Rien à faire : %s, version %s, est déjà en usage.", "Nothing to do: %s, version %s, is in use already.", i.Form, i.Version)
	case i.Given:
		say("Questionnaire donné à l'équipe : %s, version %s.", "Form given to the team: %s, version %s.", i.Form, i.Version)
	default:
		say("Questionnaire accepté, pas importé : %s, version %s.", "Form accepted, not givenForm: %s, version %s.", i.Form, i.Version)
	}
	if c := i.Changes; c != nil {
		say("Par rapport à la version %s : %d question(s) ajoutée(s), %d retirée(s), %d renommée(s), %d modifiée(s).",
			"Compared to version %s: %d question(s) added, %d removed, %d renamed, %d changed.",
			i.Before, len(c.Added), len(c.Removed), len(c.Renamed), len(c.Changed))
	}
	for _, d := range i.Drafts {
		say("Brouillon %s : %d réponse(s) gardée(s), %d qui suivent leur question, %d mise(s) de côté.",
			"Draft %s: %d answer(s) kept, %d that follow their question, %d set aside.", d.ID, d.Kept, d.Renamed, d.Aside)
	}
}

type formList struct{}

// listed is a version of a questionnaire in the notebook.
type listed struct {
	Form     string `json:"form"`
	Version  string `json:"version"`
	Title    string `json:"title"`
	Received bool   `json:"received"` // false: it comes with the program
	InUse    bool   `json:"in_use"`
	Records  int    `json:"records"`
	Unsent   int    `json:"unsent"`
	Drafts   int    `json:"drafts"`
	Error    string `json:"error,omitempty"` // why it cannot be used here
}

type formsListed struct {
	Forms []listed `json:"forms"`
}

func (l formsListed) text(w io.Writer, lang string) {
	for _, f := range l.Forms {
		mark := ""
		if f.InUse {
			mark = diagnostics.Text{FR: "en usage", EN: "in use"}.In(lang)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t%d\t%s\n", f.Form, f.Version, f.Title, mark, f.Records, f.Drafts, f.Error)
	}
}

func (formList) Run(e *env) error {
	uiwords.Use(e.Lang)
	return e.withNotebook(func(nb *notebook.Opened) error {
		all, err := e.desk(nb).AllVersions(e.ctx)
		if err != nil {
			return err
		}
		out := formsListed{Forms: []listed{}}
		for _, v := range all {
			one := listed{
				Form: v.FormID, Version: v.Version.Version, Title: v.Title, Received: v.Record != "", InUse: v.InUse,
				Records: v.Use.Records, Unsent: v.Use.Unsent, Drafts: v.Use.Drafts,
			}
			if v.Err != nil {
				one.Error = diagnostics.Sentence(v.Err, e.Lang)
			}
			out.Forms = append(out.Forms, one)
		}
		return e.print(out)
	})
}
