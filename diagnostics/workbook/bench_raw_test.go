//go:build unix

package workbook_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"solidaren/diagnostics"
	"solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/vault"
	"solidaren/diagnostics/workbook"
	"solidaren/sync/teamkey"
)

// The wide form is what an interview is in a workbook: 40 filled cells a row,
// of which 22 labels from a pool of 400, 11 whole numbers, 4 dates, 2 texts of
// 77 characters and an id.
const (
	wideLabels = 21 // and the district
	wideInts   = 11
	wideDates  = 3 // and the date of the record
	wideTexts  = 2
	widePool   = 400
	wideCells  = 7 + wideLabels + wideInts + wideDates + wideTexts // 2 of them empty, person and version filled
)

var wideForm = func() workbook.Form {
	f := workbook.Form{ID: "wide", Title: "Wide", Root: "/data"}
	var choices []workbook.Choice
	for i := range widePool {
		choices = append(choices, workbook.Choice{Value: "c" + strconv.Itoa(i), Label: wideLabel(i)})
	}
	add := func(name string, n int, kind, control string, choices []workbook.Choice) {
		for i := range n {
			path := fmt.Sprintf("/data/%s/q%s%d", name, name, i)
			f.Questions = append(f.Questions, workbook.Question{Path: path, Label: name + strconv.Itoa(i), Type: kind, Control: control, Choices: choices})
		}
	}
	add("l", wideLabels, "string", "select1", choices)
	add("i", wideInts, "int", "input", nil)
	add("d", wideDates, "date", "input", nil)
	add("t", wideTexts, "string", "input", nil)
	return f
}()

func wideLabel(i int) string { return fmt.Sprintf("label %06d", i) }

const wideText = "Je voudrais une douche le week-end, et un endroit au sec pour mes affaires %03d"

// wideRow draws row i: as the notebook holds it, and as the cells that are
// expected of it.
func wideRow(i int) (diagnostics.AnswerRow, []any) {
	d := rand.New(rand.NewPCG(1, uint64(i)))
	at := madeOn.AddDate(0, 0, -d.IntN(700))
	row := diagnostics.AnswerRow{
		ID: fmt.Sprintf("0197c6f2-0800-72b6-a6e1-%012d", i), At: at, District: fmt.Sprintf("q%02d", 1+d.IntN(12)),
		PersonCode: fmt.Sprintf("ABCD-%03d", d.IntN(1000)), Version: "1",
	}
	cells := []any{row.ID, at, diagnostics.Label("district", row.District, "fr"), row.PersonCode, row.Version, nil, nil}
	var answers, texts bytes.Buffer
	member := func(b *bytes.Buffer, name string, i int, value string, cell any) {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(b, `"q%s%d":%q`, name, i, value)
		cells = append(cells, cell)
	}
	answers.WriteString(`{"l":{`)
	for i := range wideLabels {
		c := d.IntN(widePool)
		member(&answers, "l", i, "c"+strconv.Itoa(c), wideLabel(c))
	}
	answers.WriteString(`},"i":{`)
	for i := range wideInts {
		n := d.IntN(1000)
		member(&answers, "i", i, strconv.Itoa(n), n)
	}
	answers.WriteString(`},"d":{`)
	for i := range wideDates {
		day := time.Date(2024, 7, 1+d.IntN(700), 0, 0, 0, 0, time.UTC)
		member(&answers, "d", i, day.Format(time.DateOnly), day)
	}
	answers.WriteString(`}}`)
	texts.WriteString(`{"t":{`)
	for i := range wideTexts {
		text := fmt.Sprintf(wideText, d.IntN(1000))
		member(&texts, "t", i, text, text)
	}
	texts.WriteString(`}}`)
	content := texts.Bytes()
	row.Answers, row.Texts = answers.Bytes(), func() ([]byte, error) { return content, nil }
	return row, cells
}

func wideRows(n int) (answerRows, [][]any) {
	rows, cells := make([]diagnostics.AnswerRow, n), make([][]any, n)
	for i := range n {
		rows[i], cells[i] = wideRow(i)
	}
	return answerRows{wideForm.ID: rows}, cells
}

func wideOptions() workbook.RawOptions {
	return workbook.RawOptions{
		Options: workbook.Options{Lang: "fr", GeneratedAt: madeOn}, Period: period, Forms: []workbook.Form{wideForm}, Texts: true,
	}
}

// streamWide writes the same cells with the library's stream writer, as it
// comes.
func streamWide(tb testing.TB, w io.Writer, cells func(int) []any, n int) {
	tb.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		tb.Fatal(err)
	}
	s, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		tb.Fatal(err)
	}
	line := make([]any, wideCells)
	for i := range n {
		for j, v := range cells(i) {
			if _, ok := v.(time.Time); ok {
				v = excelize.Cell{StyleID: day, Value: v}
			}
			line[j] = v
		}
		at, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := s.SetRow(at, line); err != nil {
			tb.Fatal(err)
		}
	}
	if err := s.Flush(); err != nil {
		tb.Fatal(err)
	}
	if err := f.Write(w); err != nil {
		tb.Fatal(err)
	}
}

type counter int64

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }

// wideSource draws its rows when they are asked for, so that they take no
// memory.
type wideSource int

func (n wideSource) Answers(_ context.Context, _ string, _ diagnostics.Period, fn func(diagnostics.AnswerRow) error) error {
	for i := range int(n) {
		row, _ := wideRow(i)
		if err := fn(row); err != nil {
			return err
		}
	}
	return nil
}

func (n wideSource) CountAnswers(context.Context, string, diagnostics.Period) (int, bool, error) {
	return int(n), false, nil
}

// sameCells reads a raw workbook back and compares every cell of its rows.
func sameCells(tb testing.TB, book []byte, cells func(int) []any, n int) {
	tb.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.Rows(wideForm.ID)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	rows.Next() // the headers
	for i := range n {
		if !rows.Next() {
			tb.Fatalf("%d rows, want %d", i, n)
		}
		got, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			tb.Fatal(err)
		}
		want := cells(i)
		if len(got) != len(want) {
			tb.Fatalf("row %d has %d cells, want %d", i, len(got), len(want))
		}
		for j := range want {
			if w := rawValue(want[j]); got[j] != w {
				tb.Fatalf("row %d, cell %d: %q, want %q", i, j, got[j], w)
			}
		}
	}
	if rows.Next() {
		tb.Fatal("more rows than there should be")
	}
}

// rawValue is a cell as the file holds it.
func rawValue(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case time.Time:
		days := v.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, v.Location())).Hours() / 24
		return strconv.FormatFloat(days, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

func wideBook(tb testing.TB, src workbook.AnswerSource) []byte {
	tb.Helper()
	var book bytes.Buffer
	if err := workbook.WriteRaw(tb.Context(), &book, src, wideOptions()); err != nil {
		tb.Fatal(err)
	}
	return book.Bytes()
}

func TestRawCellByCell(t *testing.T) {
	const n = 1500 // some megabytes: several blocks of the archive
	src, cells := wideRows(n)
	sameCells(t, wideBook(t, src), func(i int) []any { return cells[i] }, n)
}

// BenchmarkRawExport writes 100,000 rows of 40 filled cells, held in memory, as
// raw answers and with the library's stream writer, turn by turn. It checks
// every cell once, and reports wall time, processor time and size as ratios.
func BenchmarkRawExport(b *testing.B) {
	const n = 100_000
	src, cells := wideRows(n)
	at := func(i int) []any { return cells[i] }
	sameCells(b, wideBook(b, src), at, n)
	var raw, stream, rawCPU, streamCPU time.Duration
	var rawSize, streamSize counter
	for b.Loop() {
		rawSize, streamSize = 0, 0
		start := processorTime(b)
		raw += timed(func() {
			if err := workbook.WriteRaw(b.Context(), &rawSize, src, wideOptions()); err != nil {
				b.Fatal(err)
			}
		})
		middle := processorTime(b)
		stream += timed(func() { streamWide(b, &streamSize, at, n) })
		rawCPU, streamCPU = rawCPU+middle-start, streamCPU+processorTime(b)-middle
	}
	b.ReportMetric(raw.Seconds()/stream.Seconds(), "raw/stream")
	b.ReportMetric(rawCPU.Seconds()/streamCPU.Seconds(), "cpu/stream")
	b.ReportMetric(float64(rawSize)/float64(streamSize), "size/stream")
	b.ReportMetric(stream.Seconds()/float64(b.N), "stream-s/op")
}

// processorTime is what this process has used so far.
func processorTime(tb testing.TB) time.Duration {
	tb.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkRawFromNotebook exports the same rows from a notebook, against the
// library's stream writer with the rows in memory.
func BenchmarkRawFromNotebook(b *testing.B) {
	const n = 100_000
	src, cells := wideRows(n)
	nb := filled(b, src[wideForm.ID])
	o := wideOptions()
	o.Period = diagnostics.Period{From: madeOn.AddDate(-3, 0, 0), To: madeOn}
	var raw, stream time.Duration
	for b.Loop() {
		raw += timed(func() {
			var size counter
			if err := workbook.WriteRaw(b.Context(), &size, nb, o); err != nil {
				b.Fatal(err)
			}
			if size < 10_000_000 {
				b.Fatalf("a workbook of %d bytes does not hold the rows", size)
			}
		})
		stream += timed(func() { streamWide(b, new(counter), func(i int) []any { return cells[i] }, n) })
	}
	b.ReportMetric(raw.Seconds()/stream.Seconds(), "notebook/stream")
	b.ReportMetric(stream.Seconds()/float64(b.N), "stream-s/op")
}

// filled is a notebook with a diagnostic for each row.
func filled(b *testing.B, rows []diagnostics.AnswerRow) *store.Notebook {
	b.Helper()
	v, err := vault.Create(b.TempDir(), diagnosticstest.Passphrase)
	if err != nil {
		b.Fatal(err)
	}
	nb, err := store.Open(b.Context(), v, store.Options{Clock: func() time.Time { return madeOn }})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = nb.Close() })
	keys, err := teamkey.NewKeyring()
	if err != nil {
		b.Fatal(err)
	}
	nb.UseSealer(keys)
	for page := range slices.Chunk(rows, 1000) {
		subs := make([]diagnostics.Submission, len(page))
		for i, row := range page {
			texts, _ := row.Texts()
			subs[i].Diagnostic = diagnostics.Record{ID: diagnostics.NewID(), Type: diagnostics.TypeDiagnostic, Fields: diagnostics.Values{
				"form_id": wideForm.ID, "form_version": row.Version, "lang": "fr", "subject": "person", "district": row.District,
				"at": diagnostics.FormatTime(row.At), "completed_at": diagnostics.FormatTime(row.At), "author_device": "laptop-1",
				"answers": string(row.Answers), "texts": string(texts), "team": "nord",
			}}
		}
		if err := nb.FinishAll(b.Context(), subs); err != nil {
			b.Fatal(err)
		}
	}
	return nb
}

// BenchmarkRawMemory exports drawn rows in processes of their own and reports
// how much memory each took at most: raw answers as a ratio to the library's
// stream writer, and ten times the rows as a ratio to the rows.
func BenchmarkRawMemory(b *testing.B) {
	const n = 100_000
	for b.Loop() {
		stream, raw, tenfold := peak(b, "stream", n), peak(b, "raw", n), peak(b, "raw", 10*n)
		b.ReportMetric(raw/stream, "peak/stream")
		b.ReportMetric(tenfold/raw, "1M/100k")
		b.ReportMetric(raw, "MiB")
	}
}

// peak runs this test program for one export.
func peak(b *testing.B, what string, rows int) float64 {
	b.Helper()
	c := exec.CommandContext(b.Context(), os.Args[0], "-test.run", "^TestExportForPeak$", "-test.count=1")
	c.Env = append(os.Environ(), "EXPORT_FOR_PEAK="+what, "EXPORT_ROWS="+strconv.Itoa(rows))
	if out, err := c.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return float64(c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) / 1024 // kilobytes on Linux
}

// TestExportForPeak is what BenchmarkRawMemory runs; alone it exports a few
// rows both ways.
func TestExportForPeak(t *testing.T) {
	what, n := os.Getenv("EXPORT_FOR_PEAK"), 100
	if what != "" {
		n, _ = strconv.Atoi(os.Getenv("EXPORT_ROWS"))
	}
	var raw, stream counter
	if what != "stream" {
		if err := workbook.WriteRaw(t.Context(), &raw, wideSource(n), wideOptions()); err != nil || raw == 0 {
			t.Fatalf("%d bytes, %v", raw, err)
		}
	}
	if what != "raw" {
		streamWide(t, &stream, func(i int) []any { _, cells := wideRow(i); return cells }, n)
		if stream == 0 {
			t.Error("nothing was written")
		}
	}
}
