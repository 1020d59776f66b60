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

// Setting is the place of a setting's value: where its column is missing, that of
// the sheet.
func (w *Workbook) Setting(name string) Cell {
	sheet := w.sheet(sheetSettings)
	if sheet == nil || len(sheet.Rows) == 0 {
		return Cell{Sheet: sheetSettings}
	}
	for i, header := range sheet.Rows[0].Cells {
		if !strings.EqualFold(strings.TrimSpace(header), name) {
			continue
		}
		cell := Cell{Sheet: sheet.Name, Row: sheet.Rows[0].Number + 1, Column: letters(i)}
		if len(sheet.Rows) > 1 {
			cell.Row = sheet.Rows[1].Number
		}
		return cell
	}
	return Cell{Sheet: sheet.Name}
}

// Find is the first cell of the survey that holds a text, such as the name of a
// file; that of the sheet where none does.
func (w *Workbook) Find(text string) Cell {
	sheet := w.sheet(sheetSurvey)
	if sheet == nil {
		return Cell{}
	}
	for _, row := range sheet.Rows {
		for i, cell := range row.Cells {
			if strings.Contains(cell, text) {
				return Cell{Sheet: sheet.Name, Row: row.Number, Column: letters(i)}
			}
		}
	}
	return Cell{Sheet: sheet.Name}
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
	return Read(path, f)
}

// Read reads a questionnaire as ReadFile does; the name tells what it is.
// Errors: invalid.
func Read(name string, r io.Reader) (*Workbook, error) {
	switch ext := strings.ToLower(filepath.Ext(name)); ext {
	case ".xlsx", ".xlsm", ".xls":
		return ReadXLSX(r)
	case ".csv":
		return ReadCSV(r)
	case ".md":
		text, err := io.ReadAll(io.LimitReader(r, maxWorkbook))
		if err != nil {
			return nil, fileError(name, err)
		}
		return ReadMarkdown(string(text))
	default:
		return nil, unreadable(fmt.Errorf("extension %q", ext))
	}
}
