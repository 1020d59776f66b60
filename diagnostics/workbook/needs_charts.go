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
	draw  func(t chartTable, ref func(col int) string) (*excelize.Chart, []*excelize.Chart)
}

// Size of a chart, in pixels and in rows of the sheet.
const (
	chartWidth  = 1120
	chartHeight = 440
	chartRows   = 24
)

// charts is the sheet of charts: the pictures first, their tables below.
func (n needsBook) charts() sheet {
	s := sheet{
		name:  n.t("01_Graphiques", "01_Charts"),
		title: n.t("Graphiques", "Charts"),
		intro: []string{n.t(
			"Les cases protégées n'y sont pas dessinées. Les nombres de chaque graphique sont sous les graphiques.",
			"Protected cells are not drawn. The numbers of each chart are below the charts.")},
		columns: []column{{"", 36, text}, {"", 15, whole}, {"", 15, whole}, {"", 15, whole}, {"", 15, whole},
			{"", 15, whole}, {"", 15, whole}, {"", 15, whole}},
	}
	s.after = func(b *book, s sheet) error { return b.drawCharts(s, n.chartTables()) }
	return s
}

func (n needsBook) chartTables() []chartTable {
	return []chartTable{n.domainBars(), n.coverageBars(), n.effortColumns()}
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
// domains of which all three are shown.
func (n needsBook) coverageBars() chartTable {
	t := chartTable{
		title: n.t("Couverture des besoins, quand elle est connue", "Coverage of needs, where it is known"),
		head: []string{n.t("Domaine", "Domain"), n.t("Couvert", "Covered"), n.t("En partie", "Partly"),
			n.t("Non couvert", "Not covered")},
		draw: drawStackedBars,
	}
	for _, l := range n.needs.Coverage {
		if l.Domain != analysis.All && l.Uncovered.Rate.State == analysis.Shown {
			t.rows = append(t.rows, []any{n.label("need_domain", l.Domain), l.Yes, l.Partial, l.No})
		}
	}
	return t
}

// effortColumns are encounters and diagnostics by month, and the line of
// diagnostics to one encounter.
func (n needsBook) effortColumns() chartTable {
	t := chartTable{
		title: n.t("Effort : rencontres, diagnostics", "Effort: encounters, diagnostics"),
		head: []string{n.t("Mois", "Month"), n.t("Rencontres", "Encounters"), n.t("Diagnostics", "Diagnostics"),
			n.t("Diagnostics par rencontre", "Diagnostics per encounter")},
		draw: drawColumnsAndLine,
	}
	for _, l := range n.needs.Effort {
		if !l.Whole {
			t.rows = append(t.rows, []any{as{l.Start(), month}, drawn(l.Encounters.Rows, whole),
				drawn(l.Diagnostics, whole), drawn(l.PerEncounter, decimal)})
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
		if len(t.rows) == 0 {
			continue
		}
		head := row + 1
		if err := b.putChartTable(s, t, row); err != nil {
			return err
		}
		row = head + len(t.rows) + 2
		ref := func(col int) string {
			letter, _ := excelize.ColumnNumberToName(col + 1)
			return quoted(s.name) + "!$" + letter + "$" + itoa(head+1) + ":$" + letter + "$" + itoa(head+len(t.rows))
		}
		chart, more := t.draw(t, ref)
		chart.Title = excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: t.title,
			Font: &excelize.Font{Bold: true, Size: 13, Color: ink}}}}
		chart.Legend = excelize.ChartLegend{Position: "bottom"}
		chart.Dimension = excelize.ChartDimension{Width: chartWidth, Height: chartHeight}
		at := "A" + itoa(s.headRow()+1+i*chartRows)
		if err := b.file.AddChart(s.name, at, chart, more...); err != nil {
			return err
		}
	}
	return b.file.SetSheetDimension(s.name, "A1:H"+itoa(row))
}

func (b *book) putChartTable(s sheet, t chartTable, row int) error {
	if err := b.put(s.name, row, 1, t.title, look{weight: note}); err != nil {
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

func series(t chartTable, ref func(int) string, col int, colour string) excelize.ChartSeries {
	return excelize.ChartSeries{Name: t.head[col], Categories: ref(0), Values: ref(col), Fill: fill(colour)}
}

func drawBars(t chartTable, ref func(int) string) (*excelize.Chart, []*excelize.Chart) {
	gap := uint(40)
	return &excelize.Chart{
		Type: excelize.Bar, Series: []excelize.ChartSeries{series(t, ref, 1, seriesDark)}, GapWidth: &gap,
		XAxis: excelize.ChartAxis{ReverseOrder: true}, YAxis: excelize.ChartAxis{MajorGridLines: true},
		PlotArea: excelize.ChartPlotArea{ShowVal: true},
	}, nil
}

func drawStackedBars(t chartTable, ref func(int) string) (*excelize.Chart, []*excelize.Chart) {
	gap := uint(40)
	return &excelize.Chart{
		Type: excelize.BarPercentStacked, GapWidth: &gap,
		Series: []excelize.ChartSeries{series(t, ref, 1, seriesLight), series(t, ref, 2, seriesMid), series(t, ref, 3, seriesDark)},
		XAxis:  excelize.ChartAxis{ReverseOrder: true}, YAxis: excelize.ChartAxis{MajorGridLines: true},
	}, nil
}

func drawColumnsAndLine(t chartTable, ref func(int) string) (*excelize.Chart, []*excelize.Chart) {
	line := series(t, ref, 3, seriesLine)
	line.Line = excelize.LineOptions{Width: 2}
	line.Marker = excelize.ChartMarker{Symbol: "circle", Size: 6, Fill: fill(seriesLine)}
	gap := uint(60)
	return &excelize.Chart{
			Type: excelize.Col, GapWidth: &gap, ShowBlanksAs: "gap",
			Series: []excelize.ChartSeries{series(t, ref, 1, seriesDark), series(t, ref, 2, seriesLight)},
			YAxis:  excelize.ChartAxis{MajorGridLines: true},
		}, []*excelize.Chart{{
			Type: excelize.Line, Series: []excelize.ChartSeries{line}, ShowBlanksAs: "gap",
			YAxis: excelize.ChartAxis{Secondary: true},
		}}
}
