package paper

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"solidaren/diagnostics"
)

// Dossier is what a person who asks for their data is given: everything that is
// known of them, to be read by the person (PDF) and by a machine (JSON).
type Dossier struct {
	Code     string // of the person: the document bears no name on its cover
	Made     time.Time
	Lang     string // "fr" or "en"
	Officer  string // how the data protection officer is reached, "" if it is not known
	Sections []Section
	Data     Data
}

// Section is one part of the document.
type Section struct {
	Title   string
	Intro   string // what the part is about
	Entries []DossierEntry
}

// DossierEntry is one thing that was noted, "" Title if it needs none.
type DossierEntry struct {
	Title string
	Lines []DossierLine
}

// DossierLine is one answer in words.
type DossierLine struct{ Label, Text string }

// Data is the same in a shape for machines.
type Data struct {
	Made       time.Time      `json:"made"`
	Person     DataRecord     `json:"person"`
	Records    []DataRecord   `json:"records"`
	History    []DataChange   `json:"history"`
	Recipients []DataReceiver `json:"recipients"`
	KeptUntil  string         `json:"kept_until"`
}

// DataRecord is one record with its fields as they are kept.
type DataRecord struct {
	ID     string             `json:"id"`
	Type   string             `json:"type"`
	Fields diagnostics.Values `json:"fields"`
	Sealed []string           `json:"unreadable,omitempty"` // fields whose key is not on this laptop
}

// DataChange is one change of a card that this laptop made.
type DataChange struct {
	At     time.Time `json:"at"`
	Record string    `json:"record"`
	Field  string    `json:"field"`
	Value  string    `json:"value"`
}

// DataReceiver is who holds the data or was told of them.
type DataReceiver struct {
	Kind string `json:"kind"` // laptop, server, partner
	Name string `json:"name"`
	Role string `json:"role,omitempty"`
}

// WriteJSON writes the machine's shape. Errors: internal.
func (d Dossier) WriteJSON(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(d.Data)
}

var (
	dossierTitle = diagnostics.Text{FR: "Vos données", EN: "Your data"}
	dossierLead  = diagnostics.Text{
		FR: "Voici tout ce que l'équipe a noté à votre sujet dans SolidaRen, le %s. Votre code : %s. Vous pouvez demander à corriger, à effacer, à limiter l'usage, ou vous opposer : dites-le à l'équipe, cela ne change rien à l'aide que vous recevez. Vous pouvez aussi vous adresser à la CNIL (www.cnil.fr).",
		EN: "This is all that the team wrote down about you in SolidaRen, on %s. Your code: %s. You may ask to have it put right, erased or used less, or object: tell the team, it changes nothing of the help that you get. You may also turn to the data protection authority, CNIL (www.cnil.fr).",
	}
	dossierOfficer = diagnostics.Text{
		FR: "Le délégué à la protection des données de l'organisme répond à vos questions : %s.",
		EN: "The organisation's data protection officer answers your questions: %s.",
	}
	dossierPage  = diagnostics.Text{FR: "Document remis à la personne seule — page %d", EN: "For the person alone — page %d"}
	dossierEmpty = diagnostics.Text{FR: "Rien n'est noté ici.", EN: "Nothing is written here."}
)

// Fonts with the letters of Latin, Greek and Cyrillic names.
const dossierFont = "go"

// Write writes the document as PDF. Errors: internal.
func (d Dossier) Write(w io.Writer) error {
	pdf := document(dossierTitle.In(d.Lang), d.Lang, d.Made)
	footed(pdf, func(page int) string { return fmt.Sprintf(dossierPage.In(d.Lang), page) })
	pdf.AddPage()
	lead := fmt.Sprintf(dossierLead.In(d.Lang), d.Made.Format(recoveryDay.In(d.Lang)), d.Code)
	if d.Officer != "" {
		lead += "\n" + fmt.Sprintf(dossierOfficer.In(d.Lang), d.Officer)
	}
	heading(pdf, dossierTitle.In(d.Lang), lead)
	for _, s := range d.Sections {
		s.write(pdf, d.Lang)
	}
	return output(pdf, w)
}

// document begins an A4 document that is the same for the same contents.
func document(title, lang string, made time.Time) *fpdf.Fpdf {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.AddUTF8FontFromBytes(dossierFont, "", goregular.TTF)
	pdf.AddUTF8FontFromBytes(dossierFont, "B", gobold.TTF)
	pdf.SetTitle(title, true)
	pdf.SetLang(lang)
	pdf.SetCreationDate(made)
	pdf.SetModificationDate(made)
	pdf.SetCatalogSort(true)
	pdf.SetMargins(margin, margin, margin)
	pdf.SetAutoPageBreak(true, margin)
	return pdf
}

// Room that a title and its first lines take, in millimetres: less than that at
// the foot of a page begins the next one.
const titleRoom = 30

func room(pdf *fpdf.Fpdf, needed float64) {
	_, height := pdf.GetPageSize()
	if pdf.GetY()+needed > height-margin {
		pdf.AddPage()
	}
}

func (s Section) write(pdf *fpdf.Fpdf, lang string) {
	pdf.Ln(6)
	room(pdf, titleRoom)
	pdf.SetFont(dossierFont, "B", 15)
	pdf.MultiCell(inner, 8, s.Title, "", "L", false)
	pdf.SetLineWidth(0.3)
	pdf.Line(margin, pdf.GetY(), pageWidth-margin, pdf.GetY())
	pdf.Ln(2)
	pdf.SetFont(dossierFont, "", 11)
	if s.Intro != "" {
		pdf.MultiCell(inner, 5.6, s.Intro, "", "L", false)
		pdf.Ln(1)
	}
	if len(s.Entries) == 0 {
		pdf.MultiCell(inner, 5.6, dossierEmpty.In(lang), "", "L", false)
	}
	for _, e := range s.Entries {
		e.write(pdf)
	}
}

// labelWidth is the room for the name of a line, in millimetres.
const labelWidth = 62

func (e DossierEntry) write(pdf *fpdf.Fpdf) {
	room(pdf, titleRoom/2)
	if e.Title != "" {
		pdf.Ln(1.5)
		pdf.SetFont(dossierFont, "B", 11)
		pdf.MultiCell(inner, 6, e.Title, "", "L", false)
	}
	for _, line := range e.Lines {
		pdf.SetFont(dossierFont, "", 11)
		if line.Label == "" {
			pdf.MultiCell(inner, 5.6, line.Text, "", "L", false)
			continue
		}
		lines := max(len(pdf.SplitText(line.Label, labelWidth-3)), 1)
		room(pdf, float64(min(lines, 20))*5.6)
		page, y := pdf.PageNo(), pdf.GetY()
		pdf.SetTextColor(70, 70, 70)
		pdf.MultiCell(labelWidth-3, 5.6, line.Label, "", "L", false)
		below := pdf.GetY()
		pdf.SetTextColor(0, 0, 0)
		pdf.SetXY(margin+labelWidth, y)
		pdf.SetLeftMargin(margin + labelWidth)
		pdf.MultiCell(inner-labelWidth, 5.6, line.Text, "", "L", false)
		pdf.SetLeftMargin(margin)
		if pdf.PageNo() == page && pdf.GetY() < below {
			pdf.SetY(below)
		}
		pdf.SetX(margin)
	}
}
