package xlsform

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Workbook is a questionnaire as its author wrote it: sheets of rows of cells.
type Workbook struct{ Sheets []Sheet }

// Sheet is one sheet; its first row holds the column headers.
type Sheet struct {
	Name string
	Rows []Row
}

// Row is one row of a sheet. Number is the row number that Excel shows, from 1.
type Row struct {
	Number int
	Cells  []string
}

// Cell is a place in a workbook. Row is 0 where the whole sheet is meant, and
// Column (the letters that Excel shows) is empty where the whole row is.
type Cell struct {
	Sheet  string
	Row    int
	Column string
}

// String gives the place as Excel writes it: "survey!C5".
func (c Cell) String() string {
	switch {
	case c.Sheet == "":
		return ""
	case c.Row == 0:
		return c.Sheet
	default:
		return c.Sheet + "!" + c.Column + strconv.Itoa(c.Row)
	}
}

// letters gives the letters of a column counted from 0: A, B … Z, AA.
func letters(column int) string {
	var out []byte
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		out = append([]byte{byte('A' + (n-1)%26)}, out...)
	}
	return string(out)
}

// sheet finds a sheet by its name, whatever the case. The only sheet of a
// workbook is its survey, whatever its name.
func (w *Workbook) sheet(name string) *Sheet {
	for i := range w.Sheets {
		if strings.EqualFold(strings.TrimSpace(w.Sheets[i].Name), name) {
			return &w.Sheets[i]
		}
	}
	if name == sheetSurvey && len(w.Sheets) == 1 {
		return &w.Sheets[0]
	}
	return nil
}

// ReadFile reads a questionnaire from a file, by its extension: .xlsx (or
// .xlsm), .md or .csv; .xls is told to be too old. Errors: invalid (another extension, or not a readable
// workbook), not_found.
func ReadFile(path string) (*Workbook, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fileError(path, err)
	}
	defer f.Close()
	switch ext := strings.ToLower(filepath.Ext(path)); ext {
	case ".xlsx", ".xlsm", ".xls":
		return ReadXLSX(f)
	case ".csv":
		return ReadCSV(f)
	case ".md":
		text, err := io.ReadAll(io.LimitReader(f, maxWorkbook))
		if err != nil {
			return nil, fileError(path, err)
		}
		return ReadMarkdown(string(text))
	default:
		return nil, unreadable(fmt.Errorf("extension %q", ext))
	}
}
