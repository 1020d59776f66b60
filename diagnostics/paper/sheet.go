package paper

import (
	"fmt"
	"io"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"solidaren/diagnostics"
)

// Sheet is something to print: a title and parts of short lines. What hangs on a
// wall tells of nobody; what tells of somebody says in its foot how it is kept.
type Sheet struct {
	Title, Lead string
	Foot        string // of each page, "" for none; its number follows
	Lang        string // "fr" or "en"
	Made        time.Time
	Sections    []Section
}

// Write writes the sheet as PDF. Errors: internal.
func (s Sheet) Write(w io.Writer) error {
	pdf := document(s.Title, s.Lang, s.Made)
	if s.Foot != "" {
		footed(pdf, func(page int) string { return fmt.Sprintf("%s — %d", s.Foot, page) })
	}
	pdf.AddPage()
	heading(pdf, s.Title, s.Lead)
	for _, part := range s.Sections {
		part.write(pdf, s.Lang)
	}
	return output(pdf, w)
}

// footed writes a line at the foot of each page.
func footed(pdf *fpdf.Fpdf, line func(page int) string) {
	pdf.SetFooterFunc(func() {
		pdf.SetY(-14)
		pdf.SetFont(dossierFont, "", 9)
		pdf.CellFormat(inner, 6, line(pdf.PageNo()), "", 0, "C", false, 0, "")
	})
}

// heading is the title of a document and what it is about.
func heading(pdf *fpdf.Fpdf, title, lead string) {
	pdf.SetFont(dossierFont, "B", 24)
	pdf.CellFormat(inner, 12, title, "", 1, "L", false, 0, "")
	pdf.Ln(2)
	pdf.SetFont(dossierFont, "", 11)
	pdf.MultiCell(inner, 5.6, lead, "", "L", false)
}

func output(pdf *fpdf.Fpdf, w io.Writer) error {
	if err := pdf.Output(w); err != nil {
		return diagnostics.E("paper.Write", diagnostics.CodeInternal,
			"Le document n'a pas pu être écrit.", "The document could not be written.", err)
	}
	return nil
}
