package model

import (
	"context"
	"fmt"
	"os"

	"solidaren/diagnostics"
	"solidaren/diagnostics/directory"
	"solidaren/diagnostics/directory/table"
)

// ImportPlan is what an import of a file would do, for the question before it.
type ImportPlan struct {
	Plan   directory.Plan
	Issues []table.Issue
	Failed bool // the file has to be put right first

	back directory.Plan // takes it back
}

// PlanImport reads a file and hands over what its import would do.
func (m *Directory) PlanImport(path string, done func(ImportPlan, error)) {
	today, by := m.Clock().Local(), m.Member.Team()
	Run(m.scope, &m.change, func(ctx context.Context) (ImportPlan, error) {
		file, err := readLimited(ctx, path)
		if err != nil {
			return ImportPlan{}, err
		}
		read, err := table.Read(file)
		if err != nil {
			return ImportPlan{}, err
		}
		cards, err := m.Notebook.Directory(ctx)
		plan := directory.Compare(cards, read.Cards, today, by)
		back := directory.Undo(cards, plan)
		back.Update = append(back.Update, directory.Unmake(plan).Update...)
		return ImportPlan{plan, read.Issues, read.Refused(), back}, err
	}, func(plan ImportPlan, err error) {
		if err == nil || !cancelled(err) {
			done(plan, err)
		}
	})
}

// StopImport stops the reading of a file, or its import.
func (m *Directory) StopImport() { m.change.Cancel() }

// Import does what was planned, all of it or nothing, and hands over what takes
// it back.
func (m *Directory) Import(p ImportPlan, done func(undo func())) {
	Run(m.scope, &m.change, m.planned(p.Plan), func(read *directory.Directory, err error) {
		if m.failed("directory import", err) {
			return
		}
		m.useDirectory(read)
		m.saved()
		m.find()
		done(func() { m.takeBackPlan(p.back) })
	})
}

func readLimited(ctx context.Context, path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err == nil && info.Size() > table.MaxBytes {
		return nil, diagnostics.E("model.Directory.PlanImport", diagnostics.CodeTooLarge,
			fmt.Sprintf("Ce fichier dépasse %d Mo.", table.MaxBytes>>20), fmt.Sprintf("This file is over %d MB.", table.MaxBytes>>20), nil)
	}
	if err != nil {
		return nil, diagnostics.E("model.Directory.PlanImport", diagnostics.CodeNotFound,
			"Ce fichier ne se lit pas. Vérifiez son chemin.", "This file cannot be read. Check its path.", err)
	}
	return readFile(ctx, path)
}
