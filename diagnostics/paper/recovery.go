// Package paper makes what is printed: the recovery sheet of a notebook, one
// page of A4 as PDF. It opens nothing and keeps nothing: what it writes goes to
// its caller, and it puts no name, no address and no place on the page.
package paper

import (
	"fmt"
	"io"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"solidaren/diagnostics"
)

// Recovery is the sheet that opens a notebook without its passphrase.
type Recovery struct {
	Groups  []string // the code, eight groups of four characters
	Symbol  string   // name of the notebook's symbol in the sheet's language, "" for none
	Drawing []byte   // its picture (SVG of lines), nil for none
	Made    time.Time
	Lang    string // "fr" or "en"
}

var (
	recoveryTitle = diagnostics.Text{FR: "Fiche de secours", EN: "Recovery sheet"}
	recoveryLead  = diagnostics.Text{
		FR: "Ce code ouvre votre carnet SolidaRen quand la phrase de passe est perdue.",
		EN: "This code opens your SolidaRen notebook when the passphrase is lost.",
	}
	recoverySymbol = diagnostics.Text{FR: "Carnet « %s », fiche du %s", EN: "Notebook “%s”, sheet of %s"}
	recoveryDate   = diagnostics.Text{FR: "Fiche du %s", EN: "Sheet of %s"}
	recoveryDay    = diagnostics.Text{FR: "02/01/2006", EN: "2 January 2006"}
	recoveryPhone  = diagnostics.Text{FR: "Coordination, à remplir à la main :", EN: "Coordinator, to be filled in by hand:"}
	recoveryFoot   = diagnostics.Text{
		FR: "Ni O, ni I, ni 0, ni 1. Majuscules ou minuscules, avec ou sans tirets : c'est pareil.",
		EN: "No O, no I, no 0, no 1. Capital or small letters, with or without hyphens: all the same.",
	}
)

// recoveryLines are what one must know of the sheet: a head and what follows.
var recoveryLines = []struct{ head, text diagnostics.Text }{
	{diagnostics.Text{FR: "Ce qu'elle ouvre", EN: "What it opens"}, diagnostics.Text{
		FR: "Tout ce carnet, sur l'ordinateur où il se trouve ou sur une copie. Sans l'ordinateur, elle n'ouvre rien.",
		EN: "This whole notebook, on the computer where it is or on a copy. Without the computer it opens nothing.",
	}},
	{diagnostics.Text{FR: "Où la garder", EN: "Where to keep it"}, diagnostics.Text{
		FR: "Dans deux enveloppes fermées, à deux endroits. Jamais avec l'ordinateur, jamais en photo, jamais par courriel.",
		EN: "In two sealed envelopes, in two places. Never with the computer, never as a photo, never by e-mail.",
	}},
	{diagnostics.Text{FR: "Comment s'en servir", EN: "How to use it"}, diagnostics.Text{
		FR: "Sur l'écran verrouillé : « Phrase oubliée ? ». Tapez les huit groupes, puis choisissez une nouvelle phrase de passe.",
		EN: "On the locked screen: “Passphrase forgotten?”. Type the eight groups, then choose a new passphrase.",
	}},
	{diagnostics.Text{FR: "Qui appeler", EN: "Whom to call"}, diagnostics.Text{
		FR: "La coordination de votre équipe. Elle ne peut pas ouvrir le carnet à votre place, et ne demandera jamais ce code.",
		EN: "The coordinator of your team. They cannot open the notebook for you, and will never ask for this code.",
	}},
	{diagnostics.Text{FR: "Si la fiche est perdue", EN: "If the sheet is lost"}, diagnostics.Text{
		FR: "Faites changer la clé du carnet et imprimer une nouvelle fiche (solidarenctl vault rotate) : celle-ci n'ouvrira plus rien.",
		EN: "Have the key of the notebook changed and a new sheet printed (solidarenctl vault rotate): this one will open nothing any more.",
	}},
}

// Measures of the page, in millimetres.
const (
	pageWidth = 210.0
	margin    = 20.0
	inner     = pageWidth - 2*margin
)

// Write writes the sheet as PDF. Errors: internal.
func (r Recovery) Write(w io.Writer) error {
	pdf := fpdf.New("P", "mm", "A4", "")
	tr := pdf.UnicodeTranslatorFromDescriptor("cp1252")
	in := func(t diagnostics.Text) string { return tr(t.In(r.Lang)) }
	pdf.SetTitle(recoveryTitle.In(r.Lang), true)
	pdf.SetLang(r.Lang)
	pdf.SetCreationDate(r.Made)
	pdf.SetModificationDate(r.Made)
	pdf.SetCatalogSort(true)
	pdf.SetMargins(margin, margin, margin)
	pdf.SetAutoPageBreak(false, 0)
	pdf.AddPage()

	r.symbol(pdf)
	pdf.SetXY(margin, margin)
	pdf.SetFont("Helvetica", "B", 28)
	pdf.CellFormat(inner-30, 13, in(recoveryTitle), "", 2, "L", false, 0, "")
	pdf.SetFont("Helvetica", "", 12)
	pdf.CellFormat(inner-30, 7, tr(r.subtitle()), "", 2, "L", false, 0, "")
	pdf.SetY(51)
	pdf.SetFont("Helvetica", "", 12.5)
	pdf.MultiCell(inner, 7, in(recoveryLead), "", "L", false)

	r.code(pdf)
	pdf.SetXY(margin, 139)
	pdf.SetFont("Helvetica", "", 10)
	pdf.MultiCell(inner, 5, in(recoveryFoot), "", "C", false)

	pdf.SetXY(margin, 156)
	for _, line := range recoveryLines {
		pdf.SetFont("Helvetica", "B", 12)
		pdf.CellFormat(inner, 6, in(line.head), "", 2, "L", false, 0, "")
		pdf.SetFont("Helvetica", "", 12)
		pdf.MultiCell(inner, 5.6, in(line.text), "", "L", false)
		pdf.SetXY(margin, pdf.GetY()+2.4)
	}
	pdf.SetY(266)
	pdf.SetFont("Helvetica", "B", 12)
	label := in(recoveryPhone)
	pdf.CellFormat(pdf.GetStringWidth(label)+4, 8, label, "", 0, "L", false, 0, "")
	pdf.SetLineWidth(0.3)
	pdf.Line(pdf.GetX(), pdf.GetY()+7, pageWidth-margin, pdf.GetY()+7)
	if err := pdf.Output(w); err != nil {
		return diagnostics.E("paper.Recovery", diagnostics.CodeInternal,
			"La fiche de secours n'a pas pu être écrite.", "The recovery sheet could not be written.", err)
	}
	return nil
}

func (r Recovery) subtitle() string {
	day := r.Made.Format(recoveryDay.In(r.Lang))
	if r.Symbol == "" {
		return fmt.Sprintf(recoveryDate.In(r.Lang), day)
	}
	return fmt.Sprintf(recoverySymbol.In(r.Lang), r.Symbol, day)
}

// symbol draws the notebook's symbol in the corner. A drawing that cannot be
// read leaves the name alone.
func (r Recovery) symbol(pdf *fpdf.Fpdf) {
	drawing, err := fpdf.SVGBasicParse(r.Drawing)
	if len(r.Drawing) == 0 || err != nil {
		return
	}
	pdf.SetLineWidth(1.4)
	pdf.SetLineCapStyle("round")
	pdf.SetLineJoinStyle("round")
	pdf.SetXY(pageWidth-margin-24, margin)
	pdf.SVGBasicWrite(&drawing, 24/drawing.Wd)
}

// code draws the groups in two columns of boxes, read from left to right, each
// with its number.
func (r Recovery) code(pdf *fpdf.Fpdf) {
	const top, columns, height, gap = 66.0, 4, 31.0, 4.0
	width := (inner - gap*(columns-1)) / columns
	pdf.SetLineWidth(0.5)
	for i, group := range r.Groups {
		x := margin + float64(i%columns)*(width+gap)
		y := top + float64(i/columns)*(height+gap)
		pdf.RoundedRect(x, y, width, height, 2, "1234", "D")
		pdf.SetFont("Helvetica", "", 10)
		pdf.SetXY(x, y+2)
		pdf.CellFormat(width, 5, fmt.Sprint(i+1), "", 0, "C", false, 0, "")
		pdf.SetFont("Courier", "B", 30)
		pdf.SetXY(x, y+10)
		pdf.CellFormat(width, 14, strings.ToUpper(group), "", 0, "C", false, 0, "")
	}
}
