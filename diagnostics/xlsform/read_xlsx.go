package xlsform

import (
	"errors"
	"io"
	"io/fs"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"solidaren/diagnostics"
)

// maxWorkbook bounds what a workbook may hold once unpacked, in bytes: a
// questionnaire is far smaller, and a hostile file must not fill the memory.
const maxWorkbook = 64 << 20

// ReadXLSX reads a questionnaire from an Excel workbook. Errors: invalid when
// it is none, or a broken one.
func ReadXLSX(r io.Reader) (*Workbook, error) {
	f, err := excelize.OpenReader(io.LimitReader(r, maxWorkbook), excelize.Options{
		UnzipSizeLimit: maxWorkbook, UnzipXMLSizeLimit: maxWorkbook,
	})
	if err != nil {
		return nil, unreadable(err)
	}
	defer f.Close()
	w := &Workbook{}
	for _, name := range f.GetSheetList() {
		sheet, err := readSheet(f, name)
		if err != nil {
			return nil, unreadable(err)
		}
		w.Sheets = append(w.Sheets, sheet)
	}
	return w, nil
}

func readSheet(f *excelize.File, name string) (Sheet, error) {
	raw, err := f.GetRows(name, excelize.Options{RawCellValue: true})
	if err != nil {
		return Sheet{}, err
	}
	shown, err := f.GetRows(name)
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{Name: name}
	for i, cells := range raw {
		row := Row{Number: i + 1, Cells: make([]string, len(cells))}
		for j, value := range cells {
			row.Cells[j] = value
			if i < len(shown) && j < len(shown[i]) && shown[i][j] != value {
				row.Cells[j] = typedValue(value, shown[i][j])
			}
		}
		s.Rows = append(s.Rows, row)
	}
	return s, nil
}

// typedValue gives the text of a cell that Excel shows otherwise than it stores
// it: a truth value as TRUE or FALSE, a date or time in ISO 8601, any other
// number as it is stored (its format is decoration).
func typedValue(raw, shown string) string {
	if shown == "TRUE" || shown == "FALSE" {
		return shown
	}
	serial, err := strconv.ParseFloat(raw, 64)
	if err != nil || !strings.ContainsAny(shown, "/:-") || strings.HasPrefix(shown, "-") {
		return raw
	}
	at, err := excelize.ExcelDateToTime(serial, false)
	switch {
	case err != nil:
		return raw
	case serial < 1:
		return at.Format("15:04:05")
	case serial == float64(int64(serial)):
		return at.Format("2006-01-02")
	default:
		return at.Format("2006-01-02 15:04:05")
	}
}

func unreadable(err error) error {
	return diagnostics.E("xlsform.Read", diagnostics.CodeInvalid,
		"Ce fichier n'est pas un classeur lisible. Enregistrez le questionnaire au format .xlsx, .md ou .csv.",
		"This file is not a readable workbook. Save the questionnaire as .xlsx, .md or .csv.", err)
}

func fileError(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		e := diagnostics.E("xlsform.Read", diagnostics.CodeNotFound,
			"Ce fichier est introuvable.", "This file was not found.", err)
		e.Field = path
		return e
	}
	return unreadable(err)
}
