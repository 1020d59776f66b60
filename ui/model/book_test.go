package model_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"solidaren/assets"
)

// bookEdit changes a questionnaire of the program as a coordinator does in Excel.
type bookEdit struct {
	*excelize.File
	t *testing.T
}

func editForm(t *testing.T, form string) bookEdit {
	t.Helper()
	content, _ := assets.Form(form)
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return bookEdit{f, t}
}

// row finds the row (from 1) in which some of the first cells are as given.
func (b bookEdit) row(sheet string, cells ...string) int {
	b.t.Helper()
	rows, err := b.GetRows(sheet)
	if err != nil {
		b.t.Fatal(err)
	}
	for i, row := range rows {
		if len(row) >= len(cells) && !slices.ContainsFunc(cells, func(c string) bool { return !slices.Contains(row[:min(3, len(row))], c) }) {
			return i + 1
		}
	}
	b.t.Fatalf("sheet %s has no row %v", sheet, cells)
	return 0
}

func (b bookEdit) set(sheet string, row int, column, value string) {
	b.t.Helper()
	headers, err := b.GetRows(sheet)
	if err != nil {
		b.t.Fatal(err)
	}
	at := slices.Index(headers[0], column)
	if at < 0 {
		at = len(headers[0])
		b.put(sheet, 1, at, column)
	}
	b.put(sheet, row, at, value)
}

func (b bookEdit) put(sheet string, row, column int, value string) {
	b.t.Helper()
	cell, err := excelize.CoordinatesToCellName(column+1, row)
	if err == nil {
		err = b.SetCellStr(sheet, cell, value)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b bookEdit) remove(sheet string, cells ...string) {
	b.t.Helper()
	if err := b.RemoveRow(sheet, b.row(sheet, cells...)); err != nil {
		b.t.Fatal(err)
	}
}

func (b bookEdit) rename(name, to string) {
	row := b.row("survey", name)
	b.set("survey", row, "bind::sr:was", name)
	b.set("survey", row, "name", to)
}

// add puts a question before another.
func (b bookEdit) add(before, kind, name, label string) {
	b.t.Helper()
	row := b.row("survey", before)
	if err := b.InsertRows("survey", row, 1); err != nil {
		b.t.Fatal(err)
	}
	for column, value := range map[string]string{"type": kind, "name": name, "label::Français (fr)": label, "label::English (en)": label} {
		b.set("survey", row, column, value)
	}
}

// save writes the workbook as a version.
func (b bookEdit) save(version string) string {
	b.t.Helper()
	b.set("settings", 2, "version", version)
	path := filepath.Join(b.t.TempDir(), "questionnaire.xlsx")
	if err := b.SaveAs(path); err != nil {
		b.t.Fatal(err)
	}
	return path
}
