package workbook_test

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"solidaren/diagnostics"
	"solidaren/diagnostics/analysis"
	"solidaren/diagnostics/analysis/analysistest"
	"solidaren/diagnostics/workbook"
)

// needForm is the raw export of needs observed: one row a need.
var needForm = workbook.Form{ID: "needs", Title: "Needs", Root: "/data", Questions: []workbook.Question{
	{Path: "/data/domain", Label: "Domain", Type: "string", Control: "select1", Observes: "need.domain"},
	{Path: "/data/team", Label: "Team", Type: "string"},
	{Path: "/data/household", Label: "Household", Type: "string"},
	{Path: "/data/publics", Label: "Publics", Type: "string", Control: "select", Observes: "need.publics"},
	{Path: "/data/urgency", Label: "Urgency", Type: "string", Control: "select1", Observes: "need.urgency"},
	{Path: "/data/covered", Label: "Covered", Type: "string", Control: "select1", Observes: "need.covered"},
	{Path: "/data/why", Label: "Why not", Type: "string", Control: "select", Observes: "need.why_not_covered"},
}}

func needAnswers(rows []diagnostics.NeedRow) answerRows {
	all := make([]diagnostics.AnswerRow, len(rows))
	for i, r := range rows {
		answers, _ := json.Marshal(map[string]string{
			"domain": r.Domain, "team": r.Team, "household": r.Household,
			"publics": strings.Join(r.Publics, " "), "urgency": r.Urgency, "covered": r.Covered, "why": strings.Join(r.WhyNot, " "),
		})
		all[i] = diagnostics.AnswerRow{
			ID: fmt.Sprintf("need %07d", i), At: r.At, District: r.District,
			PersonCode: r.Person, Version: "1", Answers: answers,
		}
	}
	return answerRows{"needs": all}
}

// streamed writes the cells of the raw export with the library's own stream
// writer, from rows of ready labels in memory.
func streamed(b *testing.B, cells [][]any) {
	b.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	style, err := f.NewStyle(&excelize.Style{NumFmt: 22})
	if err != nil {
		b.Fatal(err)
	}
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	for i, row := range cells {
		row[1] = excelize.Cell{StyleID: style, Value: row[1]}
		at, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := w.SetRow(at, row); err != nil {
			b.Fatal(err)
		}
		row[1] = row[1].(excelize.Cell).Value
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Write(io.Discard); err != nil {
		b.Fatal(err)
	}
}

func readyCells(rows []diagnostics.NeedRow) [][]any {
	labels := func(list string, codes []string) string {
		words := make([]string, len(codes))
		for i, c := range codes {
			words[i] = diagnostics.Label(list, c, "fr")
		}
		return strings.Join(words, " ; ")
	}
	cells := make([][]any, len(rows))
	for i, r := range rows {
		cells[i] = []any{
			fmt.Sprintf("need %07d", i), r.At, labels("district", []string{r.District}), r.Person, "1", nil, nil,
			labels("need_domain", []string{r.Domain}), r.Team, r.Household, labels("public", r.Publics),
			labels("urgency", []string{r.Urgency}), labels("covered", []string{r.Covered}), labels("why_not", r.WhyNot),
		}
	}
	return cells
}

// BenchmarkNeedsExport exports 100,000 needs observed three ways in one run:
// the needs analysis (tables and workbook), the needs as raw rows, and the
// same raw rows by excelize's stream writer, rows ready in memory. It reports
// the first two as ratios to the third.
func BenchmarkNeedsExport(b *testing.B) {
	rows := analysistest.Seeded(analysistest.Options{Period: period, Encounters: 72_000, Seed: 1})
	if len(rows.Need) < 100_000 {
		b.Fatalf("only %d needs", len(rows.Need))
	}
	rows.Need = rows.Need[:100_000]
	answers, cells := needAnswers(rows.Need), readyCells(rows.Need)
	o := workbook.Options{Lang: "fr", GeneratedAt: madeOn}
	var table, raw, stream time.Duration
	for b.Loop() {
		table += timed(func() {
			a, err := analysis.Compute(b.Context(), rows, analysis.Query{Period: period, Audience: diagnostics.AudiencePlenary}, nil)
			if err != nil {
				b.Fatal(err)
			}
			if err := workbook.WriteNeeds(b.Context(), io.Discard, a, o); err != nil {
				b.Fatal(err)
			}
		})
		raw += timed(func() {
			err := workbook.WriteRaw(b.Context(), io.Discard, answers, workbook.RawOptions{Options: o, Period: period, Forms: []workbook.Form{needForm}})
			if err != nil {
				b.Fatal(err)
			}
		})
		stream += timed(func() { streamed(b, cells) })
	}
	b.ReportMetric(table.Seconds()/stream.Seconds(), "analysis/stream")
	b.ReportMetric(raw.Seconds()/stream.Seconds(), "raw/stream")
	b.ReportMetric(stream.Seconds()/float64(b.N), "stream-s/op")
}

func timed(f func()) time.Duration {
	start := time.Now()
	f()
	return time.Since(start)
}
