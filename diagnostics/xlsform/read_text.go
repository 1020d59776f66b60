package xlsform

import (
	"encoding/csv"
	"io"
	"regexp"
	"strings"
)

// ReadMarkdown reads a questionnaire written as a markdown table: a line with
// a first cell begins the sheet of that name, the next one holds its headers.
func ReadMarkdown(s string) (*Workbook, error) {
	var rows [][]string
	for line := range strings.Lines(s) {
		if cells, ok := markdownCells(line); ok {
			rows = append(rows, cells)
		}
	}
	return &Workbook{Sheets: sheetsOf(rows)}, nil
}

var rulerLine = regexp.MustCompile(`^[|\-: ]*-[|\-: ]*$`)

// markdownCells splits "| a | b \| c |" into its cells; a ruler (|---|---|) and
// a line outside a table have none.
func markdownCells(line string) ([]string, bool) {
	line = strings.TrimSpace(line)
	if len(line) < 2 || line[0] != '|' || rulerLine.MatchString(line) {
		return nil, false
	}
	line = strings.TrimPrefix(line, "|")
	if strings.HasSuffix(line, "|") && !strings.HasSuffix(line, `\|`) {
		line = line[:len(line)-1]
	}
	var cells []string
	var cell strings.Builder
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '\\' && i+1 < len(line) && line[i+1] == '|':
			cell.WriteByte('|')
			i++
		case line[i] == '|':
			cells = append(cells, strings.TrimSpace(cell.String()))
			cell.Reset()
		default:
			cell.WriteByte(line[i])
		}
	}
	return append(cells, strings.TrimSpace(cell.String())), true
}

// ReadCSV reads a questionnaire from one csv file in the layout of
// ReadMarkdown: the first column names the sheet. Errors: invalid when the
// file is not csv.
func ReadCSV(r io.Reader) (*Workbook, error) {
	reader := csv.NewReader(io.LimitReader(r, maxWorkbook))
	reader.FieldsPerRecord = -1
	reader.LazyQuotes = true
	rows, err := reader.ReadAll()
	if err != nil {
		return nil, unreadable(err)
	}
	for _, row := range rows {
		for i := range row {
			row[i] = strings.TrimSpace(strings.TrimPrefix(row[i], "\ufeff"))
		}
	}
	return &Workbook{Sheets: sheetsOf(rows)}, nil
}

// sheetsOf groups rows under the sheet that their first cell names. Rows with
// no cell are left out of the numbering, since these notations have no row
// numbers to show.
func sheetsOf(rows [][]string) []Sheet {
	var sheets []Sheet
	for _, row := range rows {
		if len(row) > 0 && row[0] != "" {
			sheets = append(sheets, Sheet{Name: row[0]})
		}
		if len(sheets) == 0 || blank(row[min(1, len(row)):]) {
			continue
		}
		s := &sheets[len(sheets)-1]
		s.Rows = append(s.Rows, Row{Number: len(s.Rows) + 1, Cells: row[1:]})
	}
	return sheets
}

func blank(cells []string) bool {
	for _, c := range cells {
		if c != "" {
			return false
		}
	}
	return true
}
