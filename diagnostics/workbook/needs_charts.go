package workbook

import (
	"cmp"
	"slices"

	"github.com/xuri/excelize/v2"

	"solidaren/diagnostics/analysis"
)

// Charts read a table under them, which holds shown cells only: a hidden one
// is left out, since a chart would draw its "s" as a zero.

// chartTable is the block of cells behind one chart.
type chartTable struct {
	title string
	head  []string
	rows  [][]any
	draw  func(block) (*excelize.Chart, []*excelize.Chart)
}

// block is where the table of a chart stands.
type block struct {
	sheet      string
	head, rows int // row of its headers, number of rows below
}

// column is the reference of the values of a column, counted from 0.
func (b block) column(col int) string { return b.ref(col, b.head+1) + ":" + b.cell(col, b.head+b.rows) }

// name is the reference of the header of a column.
func (b block) name(col int) string { return b.ref(col, b.head) }

func (b block) ref(col, row int) string { return quoted(b.sheet) + "!" + b.cell(col, row) }

func (b block) cell(col, row int) string { return "$" + string(rune('A'+col)) + "$" + itoa(row) }

// Size of a chart, in pixels and in rows of the sheet.
const (
	chartWidth  = 1120
	chartHeight = 520
	chartRows   = 33
)

// charts is the sheet of charts: the pictures first, their tables below.
func (n needsBook) charts() sheet {
	s := sheet{
		name:  n.t("01_Graphiques", "01_Charts"),
		title: n.t("Graphiques", "Charts"),
		intro: []string{n.t(
			"Les cases protégées n'y sont pas dessinées. Les nombres de chaque graphique sont sous les graphiques.",
			"Protected cells are not drawn. The numbers of each chart are below the charts.")},
		columns: []column{
			{"", 36, text},
			{"", 15, whole},
			{"", 15, whole},
			{"", 15, whole},
			{"", 15, whole},
			{"", 15, whole},
			{"", 15, whole},
			{"", 15, whole},
		},
	}
	s.after = func(b *book, s sheet) error { return b.drawCharts(s, n.chartTables()) }
	return s
}

// chartTables are the tables that have something to draw.
func (n needsBook) chartTables() []chartTable {
	all := []chartTable{n.domainBars(), n.coverageBars(), n.effortColumns()}
	return slices.DeleteFunc(all, func(t chartTable) bool { return len(t.rows) == 0 })
}

// domainBars are the needs of each domain, the most frequent on top.
func (n needsBook) domainBars() chartTable {
	t := chartTable{
		title: n.t("Besoins observés par domaine", "Needs observed by domain"),
		head:  []string{n.t("Domaine", "Domain"), n.t("Besoins observés", "Needs observed")},
		draw:  drawBars,
	}
	for _, l := range n.needs.ByDomain {
		if l.Domain != analysis.All && l.Total.Rows.State == analysis.Shown && l.Total.Rows.Value > 0 {
			t.rows = append(t.rows, []any{n.label("need_domain", l.Domain), l.Total.Rows})
		}
	}
	slices.SortStableFunc(t.rows, func(a, b []any) int {
		return cmp.Compare(b[1].(analysis.Cell).Value, a[1].(analysis.Cell).Value)
	})
	return t
}

// coverageBars are covered, partly and not covered as parts of 100 %, for the
// whole, the themes and the domains of which all three are shown.
func (n needsBook) coverageBars() chartTable {
	t := chartTable{
		title: n.t("Couverture des besoins, quand elle est connue", "Coverage of needs, where it is known"),
		head: []string{
			n.t("Domaine", "Domain"), n.t("Couvert", "Covered"), n.t("En partie", "Partly"),
			n.t("Non couvert", "Not covered"),
		},
		draw: drawStackedBars,
	}
	for _, l := range n.needs.Coverage {
		if l.Uncovered.Rate.State == analysis.Shown {
			t.rows = append(t.rows, []any{n.lineName(l.Key), l.Yes, l.Partial, l.No})
		}
	}
	return t
}

// lineName names a line of needs where its theme does not stand beside it.
func (n needsBook) lineName(k analysis.Key) string {
	cells, _ := n.keyCells(k)
	if k.Domain == analysis.All && k.Theme != analysis.All {
		return n.t("Thème : ", "Theme: ") + cells[0].(string)
	}
	return cells[1].(string)
}

// effortColumns are encounters and diagnostics by month, and the line of
// diagnostics to one encounter.
func (n needsBook) effortColumns() chartTable {
	t := chartTable{
		title: n.t("Effort : rencontres, diagnostics", "Effort: encounters, diagnostics"),
		head: []string{
			n.t("Mois", "Month"), n.t("Rencontres", "Encounters"), n.t("Diagnostics", "Diagnostics"),
			n.t("Diagnostics par rencontre", "Diagnostics per encounter"),
		},
		draw: drawColumnsAndLine,
	}
	for _, l := range n.needs.Effort {
		if !l.Whole {
			t.rows = append(t.rows, []any{
				as{l.Start(), month},
				drawn(l.Encounters.Rows, whole),
				drawn(l.Diagnostics, whole), drawn(l.PerEncounter, quotient),
			})
		}
	}
	return t
}

// drawn leaves a cell without a number empty, which a chart shows as a gap.
func drawn(c analysis.Cell, f format) any {
	if c.State != analysis.Shown {
		return ""
	}
	return as{c, f}
}

// drawCharts writes the charts under the headers, then the tables.
func (b *book) drawCharts(s sheet, tables []chartTable) error {
	row := s.headRow() + 1 + len(tables)*chartRows
	for i, t := range tables {
		head := row + 1
		if err := b.putChartTable(s, t, row); err != nil {
			return err
		}
		row = head + len(t.rows) + 2
		chart, more := t.draw(block{sheet: s.name, head: head, rows: len(t.rows)})
		chart.Title = excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{
			Text: t.title,
			Font: &excelize.Font{Bold: true, Size: 13, Color: ink},
		}}}
		chart.Dimension = excelize.ChartDimension{Width: chartWidth, Height: chartHeight}
		chart.VaryColors = new(bool) // one colour a series
		chart.Format.OffsetY = 4     // its frame would be drawn on the page before, too
		at := "A" + itoa(s.headRow()+1+i*chartRows)
		if err := b.file.AddChart(s.name, at, chart, more...); err != nil {
			return err
		}
		next := "A" + itoa(s.headRow()+1+(i+1)*chartRows) // a page for each
		if err := b.file.InsertPageBreak(s.name, next); err != nil {
			return err
		}
	}
	return b.file.SetSheetDimension(s.name, "A1:H"+itoa(row))
}

func (b *book) putChartTable(s sheet, t chartTable, row int) error {
	if err := b.put(s.name, row, 1, t.title, look{weight: note}); err != nil {
		return err
	}
	if err := b.file.SetRowHeight(s.name, row+1, 34); err != nil {
		return err
	}
	for j, words := range t.head {
		if err := b.put(s.name, row+1, j+1, words, look{format: s.columns[j].format, weight: header}); err != nil {
			return err
		}
	}
	for i, cells := range t.rows {
		for j, value := range cells {
			if value == "" {
				continue
			}
			if err := b.put(s.name, row+2+i, j+1, value, look{format: s.columns[j].format}); err != nil {
				return err
			}
		}
	}
	return nil
}

// Colours of the series: told apart in grey and by the colour-blind.
const (
	seriesDark  = "1F4E5F"
	seriesMid   = "E0A030"
	seriesLight = "9CCBD6"
	seriesLine  = "9B1C1C"
)

func series(b block, col int, colour string) excelize.ChartSeries {
	return excelize.ChartSeries{Name: b.name(col), Categories: b.column(0), Values: b.column(col), Fill: fill(colour)}
}

// Chart fonts are set: the library's default grey fails 4.5:1.
var (
	axisFont = excelize.Font{Size: 10, Color: ink}
	below    = excelize.ChartLegend{Position: "bottom", Font: &excelize.Font{Size: 10, Color: ink}}
)

func gap(percent uint) *uint { return &percent }

func drawBars(b block) (*excelize.Chart, []*excelize.Chart) {
	return &excelize.Chart{
		Type: excelize.Bar, Series: []excelize.ChartSeries{series(b, 1, seriesDark)}, GapWidth: gap(40),
		Legend:   excelize.ChartLegend{Position: "none"},
		XAxis:    excelize.ChartAxis{ReverseOrder: true, Font: axisFont},
		YAxis:    excelize.ChartAxis{MajorGridLines: true, Font: axisFont},
		PlotArea: excelize.ChartPlotArea{ShowVal: true},
	}, nil
}

func drawStackedBars(b block) (*excelize.Chart, []*excelize.Chart) {
	return &excelize.Chart{
		Type: excelize.BarPercentStacked, GapWidth: gap(40), Legend: below,
		Series: []excelize.ChartSeries{series(b, 1, seriesLight), series(b, 2, seriesMid), series(b, 3, seriesDark)},
		XAxis:  excelize.ChartAxis{ReverseOrder: true, Font: axisFont},
		YAxis:  excelize.ChartAxis{MajorGridLines: true, Font: axisFont},
	}, nil
}

func drawColumnsAndLine(b block) (*excelize.Chart, []*excelize.Chart) {
	line := series(b, 3, seriesLine)
	line.Line = excelize.LineOptions{Width: 2, Fill: fill(seriesLine)}
	line.Marker = excelize.ChartMarker{Symbol: "circle", Size: 6, Fill: fill(seriesLine)}
	columns := &excelize.Chart{
		Type: excelize.Col, GapWidth: gap(60), ShowBlanksAs: "gap", Legend: below,
		Series: []excelize.ChartSeries{series(b, 1, seriesDark), series(b, 2, seriesLight)},
		XAxis:  excelize.ChartAxis{Font: axisFont, Alignment: excelize.Alignment{TextRotation: -60}, NumFmt: excelize.ChartNumFmt{SourceLinked: true}},
		YAxis:  excelize.ChartAxis{MajorGridLines: true, Font: axisFont},
	}
	rates := &excelize.Chart{
		Type: excelize.Line, Series: []excelize.ChartSeries{line}, ShowBlanksAs: "gap",
		YAxis: excelize.ChartAxis{Secondary: true, Font: axisFont, Minimum: new(float64)},
	}
	return columns, []*excelize.Chart{rates}
}
