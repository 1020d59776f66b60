// Package assets holds what the programs carry with them: questionnaires, code
// lists, translations and icons. It reads nothing from outside and interprets
// nothing: a questionnaire is handed out as the workbook that it is.
package assets

import (
	"embed"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

//go:embed forms/*.xlsx lists/*.csv directory/*.xlsx
var files embed.FS

// FormIDs lists the questionnaires of this program, in the order in which a
// worker meets them.
func FormIDs() []string {
	return []string{"maraude", "entretien", "nuit_solidarite", "lieu"}
}

// Form gives the workbook (.xlsx) of a questionnaire by its form id.
func Form(id string) ([]byte, bool) {
	b, err := files.ReadFile("forms/" + id + ".xlsx")
	return b, err == nil
}

// List opens a file that questionnaires take choices from, such as
// "actions.csv". The error wraps fs.ErrNotExist where there is none.
func List(name string) (io.ReadCloser, error) {
	if strings.Contains(name, "/") {
		return nil, fmt.Errorf("assets: list %q: %w", name, fs.ErrNotExist)
	}
	return files.Open("lists/" + name)
}

// ExampleDirectory is the workbook of an invented directory of actors and
// actions: the example of the import, and what the demo shows. Its names are
// made up and its numbers belong to nobody (those kept for fiction).
func ExampleDirectory() []byte {
	b, err := files.ReadFile("directory/annuaire-exemple.xlsx")
	if err != nil {
		panic("assets: " + err.Error()) // it is part of the program
	}
	return b
}
