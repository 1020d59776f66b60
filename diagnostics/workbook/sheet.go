package workbook

import (
	"io"
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"solidaren/diagnostics/analysis"
)

// sheet is one sheet with a table: title, unit and notes above, one row of
// headers, then the rows. No cell is merged, so that the table can be sorted,
// filtered and read by other programs.
type sheet struct {
	name    string
	title   string
	intro   []string // unit first, then notes: one row each
	columns []column
	rows    []row
	freeze  int                   // leading columns that stay in view
	filter  bool                  // filter buttons on the header
	bare    bool                  // the headers are the first row, for other programs
	long    func(io.Writer) error // writes further rows straight into the file
	after   func(b *book, s sheet) error
}

type column struct {
	head   string
	width  float64 // in characters
	format format
}

// row holds one value a column: string, time.Time, int, analysis.Cell, shaded, as
// or link.
type row struct {
	weight weight
	cells  []any
}

// shaded is a cell on a ground that is darker for a higher class, 0 to 4.
type shaded struct {
	analysis.Cell
	class int
}

// as is a value with a format of its own, in a column of another.
type as struct {
	value  any
	format format
}

// link is a text that leads to another sheet.
type link struct{ sheet string }

// headRow is the row of the headers, counted from 1.
func (s sheet) headRow() int {
	if s.bare {
		return 1
	}
	return len(s.intro) + 3
}

// hasHead is false for a sheet of pictures.
func (s sheet) hasHead() bool { return s.columns[0].head != "" }

func (s sheet) lastRow() int { return s.headRow() + len(s.rows) }

// add writes a sheet behind those already there.
func (b *book) add(s sheet) error {
	if b.sheets == 0 {
		if err := b.file.SetSheetName("Sheet1", s.name); err != nil {
			return err
		}
	} else if _, err := b.file.NewSheet(s.name); err != nil {
		return err
	}
	b.sheets++
	for _, step := range []func(sheet) error{b.above, b.head, b.body, b.frame, b.page} {
		if err := step(s); err != nil {
			return err
		}
	}
	if s.long != nil {
		b.rows["xl/worksheets/sheet"+itoa(b.sheets)+".xml"] = s.long
	}
	if s.after != nil {
		return s.after(b, s)
	}
	return nil
}

// above writes title and notes.
func (b *book) above(s sheet) error {
	if s.bare {
		return nil
	}
	if err := b.put(s.name, 1, 1, s.title, look{weight: title}); err != nil {
		return err
	}
	for i, line := range s.intro {
		if err := b.put(s.name, i+2, 1, line, look{weight: note}); err != nil {
			return err
		}
	}
	return b.file.SetRowHeight(s.name, 1, 26)
}

// head writes the headers and sets the widths.
func (b *book) head(s sheet) error {
	lines := 1.0
	for i, c := range s.columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := b.file.SetColWidth(s.name, name, name, c.width); err != nil {
			return err
		}
		if !s.hasHead() {
			continue
		}
		if err := b.put(s.name, s.headRow(), i+1, c.head, look{format: c.format, weight: header}); err != nil {
			return err
		}
		lines = math.Max(lines, wrapped(c.head, c.width/1.2))
	}
	return b.file.SetRowHeight(s.name, s.headRow(), 4+15*lines)
}

// body writes the rows, and gives those with long texts the height that these
// need: Excel does not do it when it opens a file.
func (b *book) body(s sheet) error {
	for i, r := range s.rows {
		at := s.headRow() + 1 + i
		lines := 1.0
		for j, value := range r.cells {
			col := s.columns[j]
			if err := b.put(s.name, at, j+1, value, look{format: col.format, weight: r.weight}); err != nil {
				return err
			}
			if words, ok := value.(string); ok && col.format == text {
				lines = math.Max(lines, wrapped(words, col.width))
			}
		}
		if lines > 1 {
			if err := b.file.SetRowHeight(s.name, at, 2+15*lines); err != nil {
				return err
			}
		}
	}
	return nil
}

// wrapped estimates the lines that a text takes in a column of a width in
// characters, broken between words.
func wrapped(text string, width float64) float64 {
	lines := 0
	for _, line := range strings.Split(text, "\n") {
		lines++
		used := 0
		for _, word := range strings.Fields(line) {
			length := utf8.RuneCountInString(word)
			if used > 0 && float64(used+1+length) > width {
				lines, used = lines+1, 0
			}
			used += 1 + length
		}
	}
	return float64(lines)
}

// put writes one value with its style.
func (b *book) put(sheet string, row, col int, value any, l look) error {
	at, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return err
	}
	switch v := value.(type) {
	case string:
		err = b.file.SetCellStr(sheet, at, v)
	case as:
		l.format = v.format
		return b.put(sheet, row, col, v.value, l)
	case link:
		l.format = hyperlink
		err = b.link(sheet, at, v)
	case time.Time:
		err = b.file.SetCellValue(sheet, at, v)
	case int:
		err = b.file.SetCellInt(sheet, at, int64(v))
	case shaded:
		l.class = v.class
		return b.put(sheet, row, col, v.Cell, l)
	case analysis.Cell:
		err = b.putCell(sheet, at, v, &l)
	}
	if err != nil {
		return err
	}
	style, err := b.style(l)
	if err != nil {
		return err
	}
	return b.file.SetCellStyle(sheet, at, at, style)
}

// Signs of cells without a number (DOMAIN.md D12).
const (
	signHidden = "s"
	signNoBase = "–"
)

func (b *book) putCell(sheet, at string, c analysis.Cell, l *look) error {
	switch c.State {
	case analysis.Shown:
		return b.file.SetCellFloat(sheet, at, c.Value, -1, 64)
	case analysis.NoBase:
		l.format = sign
		return b.file.SetCellStr(sheet, at, signNoBase)
	default:
		l.format = sign
		return b.file.SetCellStr(sheet, at, signHidden)
	}
}

func (b *book) link(sheet, at string, to link) error {
	if err := b.file.SetCellStr(sheet, at, to.sheet); err != nil {
		return err
	}
	return b.file.SetCellHyperLink(sheet, at, quoted(to.sheet)+"!A1", "Location")
}

// quoted is a sheet's name as references write it.
func quoted(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'" }

// frame freezes the headers and the first columns, and sets filter and
// dimension.
func (b *book) frame(s sheet) error {
	last, err := excelize.CoordinatesToCellName(max(1, len(s.columns)), max(1, s.lastRow()))
	if err != nil {
		return err
	}
	dimension := "A1:" + last
	if s.long != nil {
		dimension = "" // not known before the rows are read; programs then read them all
	}
	if err := b.file.SetSheetDimension(s.name, dimension); err != nil {
		return err
	}
	if !s.hasHead() {
		return nil
	}
	corner, err := excelize.CoordinatesToCellName(s.freeze+1, s.headRow()+1)
	if err != nil {
		return err
	}
	pane := "bottomLeft"
	if s.freeze > 0 {
		pane = "bottomRight"
	}
	err = b.file.SetPanes(s.name, &excelize.Panes{
		Freeze: true, XSplit: s.freeze, YSplit: s.headRow(), TopLeftCell: corner, ActivePane: pane,
		Selection: []excelize.Selection{{SQRef: corner, ActiveCell: corner, Pane: pane}},
	})
	if err != nil || !s.filter {
		return err
	}
	first, err := excelize.CoordinatesToCellName(1, s.headRow())
	if err != nil {
		return err
	}
	return b.file.AutoFilter(s.name, first+":"+last, nil)
}

// paperA4 is the number of the paper size in the file format.
const paperA4 = 9

// page sets the printing: landscape, headers on each page, as wide as one page
// unless it is a sheet for other programs, of a hundred columns.
func (b *book) page(s sheet) error {
	size, landscape, one, any := paperA4, "landscape", 1, 0
	fit := !s.bare
	if err := b.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{
		Size: &size, Orientation: &landscape, FitToWidth: &one, FitToHeight: &any,
	}); err != nil {
		return err
	}
	if err := b.file.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	margin, side := .6, .4
	if err := b.file.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &margin, Bottom: &margin,
	}); err != nil {
		return err
	}
	if err := b.file.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{
		OddFooter: "&L" + strings.ReplaceAll(b.footer, "&", "&&") + "&R&A – &P/&N",
	}); err != nil {
		return err
	}
	if !s.hasHead() {
		return nil
	}
	head := s.headRow()
	rows := quoted(s.name) + "!$" + itoa(head) + ":$" + itoa(head)
	return b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: rows, Scope: s.name})
}
