package workbook_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"solidaren/diagnostics"
	"solidaren/diagnostics/analysis"
	"solidaren/diagnostics/analysis/analysistest"
	"solidaren/diagnostics/workbook"
)

var update = flag.Bool("update", false, "write the golden files anew")

var (
	period = diagnostics.Period{From: time.Date(2026, 1, 15, 0, 0, 0, 0, time.UTC), To: time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)}
	madeOn = time.Date(2026, 7, 2, 9, 30, 0, 0, time.UTC)
)

func seeded(t testing.TB, encounters int, demo bool) *analysis.Needs {
	t.Helper()
	rows := analysistest.Seeded(analysistest.Options{Period: period, Encounters: encounters, Seed: 1, Demo: demo})
	return computed(t, rows)
}

func computed(t testing.TB, rows *analysistest.Rows) *analysis.Needs {
	t.Helper()
	a, err := analysis.Compute(t.Context(), rows, analysis.Query{Period: period, Audience: diagnostics.AudiencePlenary}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func written(t testing.TB, a *analysis.Needs, o workbook.Options) []byte {
	t.Helper()
	o.GeneratedAt = madeOn
	var buf bytes.Buffer
	if err := workbook.WriteNeeds(t.Context(), &buf, a, o); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func opened(t testing.TB, file []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// parts gives the parts of a file by name.
func parts(t testing.TB, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, entry := range z.File {
		r, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[entry.Name] = string(content)
	}
	return all
}

// extract writes every cell of a workbook as text, as the file holds it.
func extract(t *testing.T, f *excelize.File) string {
	t.Helper()
	var b strings.Builder
	for _, name := range f.GetSheetList() {
		fmt.Fprintf(&b, "== %s\n", name)
		rows, err := f.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, cells := range rows {
			line := strings.Join(cells, " | ")
			b.WriteString(strings.TrimRight(strings.ReplaceAll(line, "\n", "⏎"), " ") + "\n")
		}
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (run with -update if this is meant):\n%s", name, diff)
	}
}

func TestNeedsWorkbook(t *testing.T) {
	for _, lang := range []string{"fr", "en"} {
		t.Run(lang, func(t *testing.T) {
			f := opened(t, written(t, seeded(t, 700, true), workbook.Options{Lang: lang}))
			golden(t, "needs_"+lang+".golden", extract(t, f))
		})
	}
}

func TestEmptyPeriodIsAWorkbookOfZeros(t *testing.T) {
	f := opened(t, written(t, computed(t, &analysistest.Rows{}), workbook.Options{}))
	if got := cellOf(t, f, "04_Besoins_thème_période", "Tous", "Total\nbes."); got != "0" {
		t.Errorf("all needs of an empty period: %q", got)
	}
	if strings.Contains(extract(t, f), "DÉMO") {
		t.Error("a workbook without synthetic rows says DÉMO")
	}
}

// cellOf is the value at the row that begins with first and under a header.
func cellOf(t *testing.T, f *excelize.File, sheet, first, head string) string {
	t.Helper()
	at := find(t, f, sheet, first, head)
	value, err := f.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func find(t *testing.T, f *excelize.File, sheet, first, head string) string {
	t.Helper()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	col := -1
	for i, cells := range rows {
		for j, value := range cells {
			if value == head {
				col = j
			}
		}
		if col >= 0 && len(cells) > 0 && cells[0] == first {
			at, _ := excelize.CoordinatesToCellName(col+1, i+1)
			return at
		}
	}
	t.Fatalf("%s: no row %q under %q", sheet, first, head)
	return ""
}

func TestCellsHaveRealTypes(t *testing.T) {
	f := opened(t, written(t, seeded(t, 700, false), workbook.Options{}))
	for _, c := range []struct{ sheet, first, head, want, shown string }{
		{"02_Effort", "46054", "Mois", "46054", "févr. 2026"}, // 1 February 2026
		{"00_Lisez-moi", "Période, du", "Contenu", "46037", "15/01/2026"},
		{"00_Lisez-moi", "Produit le", "Contenu", "46205.395833333336", "02/07/2026 09:30"},
		{"00_Lisez-moi", "Seuil", "Contenu", "11", "11"},
	} {
		at := find(t, f, c.sheet, c.first, c.head)
		if kind, _ := f.GetCellType(c.sheet, at); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
			t.Errorf("%s!%s: type %v, want a number", c.sheet, at, kind)
		}
		raw, _ := f.GetCellValue(c.sheet, at, excelize.Options{RawCellValue: true})
		shown, _ := f.GetCellValue(c.sheet, at)
		if raw != c.want || shown != c.shown {
			t.Errorf("%s!%s: %q shown as %q, want %q as %q", c.sheet, at, raw, shown, c.want, c.shown)
		}
	}
	at := find(t, f, "07_Couverture", "Tous", "Taux non couvert")
	if shown, _ := f.GetCellValue("07_Couverture", at); !strings.Contains(shown, "%") {
		t.Errorf("a rate is shown as %q", shown)
	}
}

func TestHiddenCellsAreTextsAndStayOutOfCharts(t *testing.T) {
	file := written(t, seeded(t, 700, false), workbook.Options{})
	f := opened(t, file)
	hidden := 0
	for _, sheet := range f.GetSheetList() {
		rows, _ := f.GetRows(sheet)
		for i, cells := range rows {
			for j, value := range cells {
				if value != "s" {
					continue
				}
				hidden++
				at, _ := excelize.CoordinatesToCellName(j+1, i+1)
				if kind, _ := f.GetCellType(sheet, at); kind != excelize.CellTypeSharedString && kind != excelize.CellTypeInlineString {
					t.Errorf("%s!%s: a hidden cell of type %v", sheet, at, kind)
				}
				if sheet == "01_Graphiques" {
					t.Errorf("%s: a chart would draw the hidden cell %s as zero", sheet, at)
				}
			}
		}
	}
	if hidden < 50 {
		t.Errorf("only %d hidden cells: the test does not test", hidden)
	}
	charts := 0
	for name, content := range parts(t, file) {
		if !strings.HasPrefix(name, "xl/charts/chart") {
			continue
		}
		charts++
		if strings.Contains(content, "<pt ") {
			t.Errorf("%s keeps a copy of its values", name)
		}
		if !strings.Contains(content, "&#39;01_Graphiques&#39;!") && !strings.Contains(content, "'01_Graphiques'!") {
			t.Errorf("%s reads another sheet than that of the charts", name)
		}
	}
	if charts != 3 {
		t.Errorf("%d charts, want 3", charts)
	}
}

func TestPrintingAndPanes(t *testing.T) {
	f := opened(t, written(t, seeded(t, 700, false), workbook.Options{}))
	titles := map[string]string{}
	for _, d := range f.GetDefinedName() {
		if d.Name == "_xlnm.Print_Titles" {
			titles[d.Scope] = d.RefersTo
		}
	}
	for _, sheet := range f.GetSheetList() {
		layout, err := f.GetPageLayout(sheet)
		if err != nil || *layout.Orientation != "landscape" || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 {
			t.Errorf("%s: page %+v %v", sheet, layout, err)
		}
		if props, _ := f.GetSheetProps(sheet); props.FitToPage == nil || !*props.FitToPage {
			t.Errorf("%s does not fit to a page", sheet)
		}
		if dimension, _ := f.GetSheetDimension(sheet); !strings.Contains(dimension, ":") {
			t.Errorf("%s: dimension %q", sheet, dimension)
		}
		if sheet == "01_Graphiques" {
			continue
		}
		panes, err := f.GetPanes(sheet)
		if err != nil || !panes.Freeze || panes.YSplit < 3 {
			t.Errorf("%s: panes %+v %v", sheet, panes, err)
		}
		want := fmt.Sprintf("'%s'!$%d:$%d", sheet, panes.YSplit, panes.YSplit)
		if titles[sheet] != want {
			t.Errorf("%s: repeats %q on each page, want %q", sheet, titles[sheet], want)
		}
	}
}

func TestTextsAreNeverFormulas(t *testing.T) {
	rows := analysistest.Seeded(analysistest.Options{Period: period, Encounters: 300, Seed: 1})
	for i := range rows.Referral {
		rows.Referral[i].To = []string{"=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)"}[i%4]
	}
	bad := func(list, code, lang string) string {
		if list == "need_domain" {
			return "=HYPERLINK(\"http://x\")"
		}
		return diagnostics.Label(list, code, lang)
	}
	file := written(t, computed(t, rows), workbook.Options{Labels: bad})
	for name, content := range parts(t, file) {
		if strings.HasPrefix(name, "xl/worksheets/") && strings.Contains(content, "<f>") {
			t.Errorf("%s holds a formula", name)
		}
	}
	f := opened(t, file)
	at := find(t, f, "13_Orientations", "=1+1", "Destination")
	if formula, _ := f.GetCellFormula("13_Orientations", at); formula != "" {
		t.Errorf("a code became the formula %q", formula)
	}
}

func TestLabelsOfACallersDirectory(t *testing.T) {
	labels := func(list, code, lang string) string {
		if list == "action" && code == "action0" {
			return "Accueil de jour Puzzle"
		}
		return diagnostics.Label(list, code, lang)
	}
	f := opened(t, written(t, seeded(t, 700, false), workbook.Options{Labels: labels}))
	find(t, f, "13_Orientations", "Accueil de jour Puzzle", "Destination")
	find(t, f, "13_Orientations", "action4", "Destination")
}

func TestWriteIsCancelled(t *testing.T) {
	a := seeded(t, 100, false)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := workbook.WriteNeeds(ctx, io.Discard, a, workbook.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: %v", err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	defer cancel()
	w := writerFunc(func(p []byte) (int, error) { cancel(); return len(p), nil })
	if err := workbook.WriteNeeds(ctx, w, a, workbook.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled while writing: %v", err)
	}
}

func TestFullDiskIsReported(t *testing.T) {
	full := errors.New("no space left")
	a := seeded(t, 100, false)
	left := 5000
	w := writerFunc(func(p []byte) (int, error) {
		if left -= len(p); left < 0 {
			return 0, full
		}
		return len(p), nil
	})
	if err := workbook.WriteNeeds(t.Context(), w, a, workbook.Options{}); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }
