package xlsform

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"solidaren/diagnostics"
)

// maxWorkbook bounds what a workbook may hold once unpacked, in bytes: a
// questionnaire is far smaller, and a hostile file must not fill the memory.
const maxWorkbook = 64 << 20

// ReadXLSX reads a questionnaire from an Excel workbook. Errors: invalid when
// it is none, or a broken one.
func ReadXLSX(r io.Reader) (*Workbook, error) {
	start := make([]byte, len(oldWorkbook))
	n, _ := io.ReadFull(r, start) // a short file is told by the next reader
	if n == len(start) && string(start) == oldWorkbook {
		return nil, tooOld()
	}
	f, err := excelize.OpenReader(io.MultiReader(bytes.NewReader(start[:n]), io.LimitReader(r, maxWorkbook)), excelize.Options{
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
			seen := value
			if i < len(shown) && j < len(shown[i]) {
				seen = shown[i][j]
			}
			row.Cells[j] = strings.ReplaceAll(typedValue(f, name, i, j, value, seen), "\u00a0", " ")
		}
		s.Rows = append(s.Rows, row)
	}
	return s, nil
}

// wholeNumber is a whole number as a spreadsheet may store it.
var wholeNumber = regexp.MustCompile(`^-?\d+\.0+$`)

// typedValue gives the text of a cell: a truth value as TRUE or FALSE, a date
// or time in ISO 8601, any other number as it is stored (its format is
// decoration), a whole one without a point.
func typedValue(f *excelize.File, sheet string, row, column int, raw, shown string) string {
	switch {
	case wholeNumber.MatchString(raw):
		cell, _ := excelize.CoordinatesToCellName(column+1, row+1) // numbers from 1 are always valid
		if kind, err := f.GetCellType(sheet, cell); err == nil && kind == excelize.CellTypeSharedString {
			return raw
		}
		whole, _, _ := strings.Cut(raw, ".")
		return whole
	case raw == shown:
		return raw
	case shown == "TRUE" || shown == "FALSE":
		return shown
	default:
		return timeValue(raw, shown)
	}
}

// epoch is day 0 of Excel's calendar, which has a 29 February 1900: the days
// before that one are one off, and no questionnaire holds them.
var epoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// timeValue gives a date or time cell in ISO 8601, and any other number as it
// is stored.
func timeValue(raw, shown string) string {
	serial, err := strconv.ParseFloat(raw, 64)
	if err != nil || !strings.ContainsAny(shown, "/:-") || strings.HasPrefix(shown, "-") {
		return raw
	}
	days := math.Floor(serial)
	at := epoch.AddDate(0, 0, int(days)).Add(time.Duration(math.Round((serial-days)*86_400_000)) * time.Millisecond)
	switch {
	case serial < 1:
		return at.Format("15:04:05")
	case serial == math.Trunc(serial):
		return at.Format("2006-01-02")
	case at.Nanosecond() != 0:
		return at.Format("2006-01-02 15:04:05.000000")
	default:
		return at.Format("2006-01-02 15:04:05")
	}
}

// oldWorkbook begins a file of Excel 97 to 2003, and one that is locked by a
// password.
const oldWorkbook = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

func tooOld() error {
	return diagnostics.E("xlsform.Read", diagnostics.CodeInvalid,
		"Ce classeur vient d'une ancienne version d'Excel (.xls) ou porte un mot de passe. Retirez le mot de passe et enregistrez-le au format .xlsx.",
		"This workbook comes from an old version of Excel (.xls) or has a password. Remove the password and save it as .xlsx.", nil)
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
