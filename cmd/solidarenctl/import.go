package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"solidaren/cmd/internal/cli"
	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
	"solidaren/diagnostics/directory"
	"solidaren/diagnostics/directory/table"
)

type importCommands struct {
	Directory importDirectory `cmd:"" help:"${import_directory}"`
}

type importDirectory struct {
	File   string `arg:"" name:"FILE" help:"${directory_file}"`
	DryRun bool   `help:"${dry_run}"`
	Source string `help:"${source}"`
}

// imported tells what an import did, or would do.
type imported struct {
	DryRun  bool          `json:"dry_run"`
	Created int           `json:"created"`
	Updated int           `json:"updated"`
	Same    int           `json:"unchanged"`
	Missing []string      `json:"not_in_file"` // actions of the notebook, which stay
	Issues  []importIssue `json:"warnings"`
}

type importIssue struct {
	Where   string `json:"where"`
	Message string `json:"message"`
}

func (r imported) text(w io.Writer, lang string) {
	for _, i := range r.Issues {
		fmt.Fprintf(w, "%s: %s\n", i.Where, i.Message)
	}
	said := diagnostics.Text{
		FR: "%d fiche(s) ajoutée(s), %d mise(s) à jour, %d sans changement\n",
		EN: "%d card(s) added, %d updated, %d unchanged\n",
	}
	if r.DryRun {
		said = diagnostics.Text{
			FR: "Essai, rien n'est écrit : %d ligne(s) à ajouter, %d à mettre à jour, %d sans changement\n",
			EN: "Dry run, nothing is written: %d listing(s) to add, %d to update, %d unchanged\n",
		}
	}
	fmt.Fprintf(w, said.In(lang), r.Created, r.Updated, r.Same)
	if len(r.Missing) > 0 {
		said = diagnostics.Text{
			FR: "%d action(s) du carnet ne sont pas dans le fichier, elles restent : %s\n",
			EN: "%d action(s) of the notebook are not in the file, they stay: %s\n",
		}
		names := r.Missing
		if len(names) > mostNames {
			names = append(names[:mostNames:mostNames], "…")
		}
		fmt.Fprintf(w, said.In(lang), len(r.Missing), strings.Join(names, " · "))
	}
}

// mostNames is how many names are told without --json.
const mostNames = 8

// Run reads the file before it opens the notebook. A file with a mistake is
// refused whole, with all its mistakes.
func (c importDirectory) Run(e *env) error {
	file, err := cli.ReadFile(c.File, e.in, table.MaxBytes)
	if err != nil {
		return err
	}
	read, err := table.Read(file)
	if err != nil {
		return err
	}
	issues := []importIssue{}
	for _, i := range read.Issues {
		if i.Warning == read.Refused() {
			continue // a file that is refused is put right first
		}
		issues = append(issues, importIssue{i.Where(), i.Msg.In(e.Lang)})
	}
	if read.Refused() {
		return e.refuse(issues)
	}
	return e.withNotebook(func(nb *notebook.Opened) error {
		cards, err := nb.Store.Directory(e.ctx)
		if err != nil {
			return err
		}
		if c.Source == "" {
			c.Source = nb.Member.Team()
		}
		plan := directory.Compare(cards, read.Cards, time.Now(), c.Source)
		if !c.DryRun {
			if err := nb.Store.ImportDirectory(e.ctx, plan); err != nil {
				return err
			}
		}
		missing := plan.Missing
		if missing == nil {
			missing = []string{}
		}
		return e.print(imported{c.DryRun, len(plan.Create), len(plan.Update), plan.Same, missing, issues})
	})
}

// refuse tells all that is wrong in a file.
func (e *env) refuse(issues []importIssue) error {
	if e.JSON {
		if err := writeJSON(e.out, map[string]any{"errors": issues}); err != nil {
			return err
		}
		return errTold
	}
	for _, i := range issues {
		fmt.Fprintf(e.err, "%s: %s\n", i.Where, i.Message)
	}
	return errTold
}
