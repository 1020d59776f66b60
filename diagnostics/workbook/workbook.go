// Package workbook writes what the program knows as Excel workbooks: the
// protected needs analysis for a meeting, and the raw answers for those who
// may hold them.
//
// Cells are real numbers, dates and texts; nothing is ever written as a
// formula. It refuses to open a hidden cell: it sees only what package
// analysis left in it. It never writes names, nor stay_status.
package workbook

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"

	"solidaren/diagnostics"
	"solidaren/diagnostics/analysis"
)

// Options of a workbook.
type Options struct {
	Lang        string    // "fr" (default) or "en": sheet names, headers, labels
	GeneratedAt time.Time // written on the first sheet, in its own time zone
	// Labels gives the words of a code; nil is diagnostics.Label. A caller with a
	// directory of actions looks there for the list "action".
	Labels func(list, code, lang string) string
}

// WriteNeeds writes the needs analysis. Codes: the context's error when it is
// cancelled, that of w, internal.
func WriteNeeds(ctx context.Context, w io.Writer, a *analysis.Needs, o Options) error {
	b := newBook(o)
	defer b.close()
	n := needsBook{book: b, needs: a}
	b.footer = n.footer()
	sheets := n.sheets()
	for _, s := range sheets {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("workbook: write needs: %w", err)
		}
		if err := b.add(s); err != nil {
			return fmt.Errorf("workbook: sheet %s: %w", s.name, err)
		}
	}
	return b.write(ctx, w, n.title())
}

// book is one workbook being written.
type book struct {
	Options
	file   *excelize.File
	styles map[look]int
	sheets int
	rows   map[string]func(io.Writer) error // long sheets: what writes their rows
	shared sharedTexts                      // of long sheets
	footer string
}

func newBook(o Options) *book {
	if o.Labels == nil {
		o.Labels = diagnostics.Label
	}
	return &book{
		Options: o, file: excelize.NewFile(), styles: map[look]int{},
		rows: map[string]func(io.Writer) error{}, shared: sharedTexts{numbers: map[string]int{}},
	}
}

func (b *book) close() { _ = b.file.Close() } // nothing of it is on disk

// write finishes the workbook and sends it to w.
func (b *book) write(ctx context.Context, w io.Writer, title string) error {
	b.file.SetActiveSheet(0)
	at := b.GeneratedAt.UTC().Format(time.RFC3339)
	err := b.file.SetDocProps(&excelize.DocProperties{
		Title: title, Creator: "SolidaRen", LastModifiedBy: "SolidaRen", Created: at, Modified: at,
		Language: b.t("fr-FR", "en-GB"),
	})
	if err != nil {
		return fmt.Errorf("workbook: properties: %w", err)
	}
	b.shared.before = len(b.file.SharedStrings.SI) // every cell of the library is set
	a := newArchive(&stopWriter{ctx, w}, b.rows, &b.shared)
	defer a.running.Wait()
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return a }) // straight to w, not to a buffer
	if err := b.file.Write(io.Discard); err != nil {
		return fmt.Errorf("workbook: write: %w", err)
	}
	if a.err != nil {
		return fmt.Errorf("workbook: write: %w", a.err)
	}
	return nil
}

// stopWriter stops a long write when its context ends.
type stopWriter struct {
	ctx context.Context
	w   io.Writer
}

func (s *stopWriter) Write(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.w.Write(p)
}

// t picks the words of the workbook's language.
func (b *book) t(fr, en string) string { return diagnostics.Text{FR: fr, EN: en}.In(b.Lang) }

// label gives the words of a code, also of none and of all.
func (b *book) label(list, code string) string {
	switch code {
	case "":
		return b.t("Non précisé", "Not stated")
	case analysis.All:
		return b.t("Ensemble", "All")
	}
	return b.Labels(list, code, b.Lang)
}
