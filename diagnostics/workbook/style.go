package workbook

import (
	"strconv"

	"github.com/xuri/excelize/v2"
)

// format says how a value is written.
type format uint8

const (
	text format = iota
	whole
	decimal
	quotient
	general // as many decimals as there are
	percent
	signedPercent
	figure // a whole number that stands in a column of texts
	month
	date
	moment
	sign // a cell without a number
	hyperlink
)

func (f format) isNumber() bool { return f >= whole && f <= signedPercent }

// weight says what a row is.
type weight uint8

const (
	plain weight = iota
	group        // a theme, of which the next rows are the domains
	total
	header
	title
	note
	alert // what nobody may miss
	dense // a cell of a long sheet: no rule, no wrapping
)

// look is a style: looks are made once and kept.
type look struct {
	format format
	weight weight
	class  int // ground of a heat map, 0 none
}

// Colours: dark enough for 4.5:1 on their grounds, also printed grey.
const (
	ink       = "1F2937"
	faint     = "4B5563"
	rule      = "C7CDD6"
	headFill  = "1F4E5F"
	groupFill = "E3ECEF"
	alertInk  = "9B1C1C"
	linkInk   = "1D4ED8"
)

// heat are the grounds of the classes 1 to 4 of a heat map.
var heat = []string{"", "EAF3F5", "CBE3E9", "9CCBD6", "62AEBF"}

func itoa(n int) string { return strconv.Itoa(n) }

// style gives the number of a look's style in the workbook.
func (b *book) style(l look) (int, error) {
	if id, ok := b.styles[l]; ok {
		return id, nil
	}
	id, err := b.file.NewStyle(b.describe(l))
	if err != nil {
		return 0, err
	}
	b.styles[l] = id
	return id, nil
}

func (b *book) describe(l look) *excelize.Style {
	s := &excelize.Style{
		Font:      &excelize.Font{Size: 11, Family: "Calibri", Color: ink},
		Alignment: &excelize.Alignment{Vertical: "top"},
	}
	switch l.weight {
	case title:
		s.Font.Size, s.Font.Bold = 16, true
		return s
	case note:
		s.Font.Color = faint
		return s
	case alert:
		s.Font.Bold, s.Font.Color = true, alertInk
	case header:
		s.Font.Bold, s.Font.Color = true, "FFFFFF"
		s.Fill = fill(headFill)
		s.Alignment = &excelize.Alignment{Vertical: "center", Horizontal: "left", WrapText: true}
		if l.format.isNumber() {
			s.Alignment.Horizontal, s.Alignment.Indent = "right", 1
		}
	case group, total:
		s.Font.Bold = true
		s.Fill = fill(groupFill)
	}
	b.describeFormat(s, l)
	if l.weight == dense {
		s.Alignment.WrapText = false
		return s
	}
	s.Border = []excelize.Border{{Type: "bottom", Color: rule, Style: 1}}
	if l.class > 0 {
		s.Fill = fill(heat[l.class])
	}
	return s
}

func (b *book) describeFormat(s *excelize.Style, l look) {
	switch l.format {
	case text:
		s.Alignment.WrapText, s.Alignment.Horizontal, s.Alignment.Indent = true, "left", 1
		s.NumFmt = 49 // text: what looks like a formula or a number stays a text when it is edited
	case sign:
		s.Alignment.Horizontal, s.Alignment.Indent = "right", 1
		s.Font.Color, s.Font.Italic = faint, true
	case hyperlink:
		s.Alignment.Horizontal, s.Alignment.Indent = "left", 1
		s.Font.Color, s.Font.Underline = linkInk, "single"
	case figure, month, date, moment:
		s.Alignment.Horizontal, s.Alignment.Indent = "left", 1
	}
	if l.format.isNumber() && l.weight != dense { // away from the words of the next column
		s.Alignment.Horizontal, s.Alignment.Indent = "right", 1
	}
	if code := b.numberFormat(l.format); code != "" {
		s.CustomNumFmt = &code
	}
}

// numberFormat is the format code of a number or date; months are named in the
// language of the workbook, whatever that of the reader's Excel.
func (b *book) numberFormat(f format) string {
	switch f {
	case whole, figure:
		return "#,##0"
	case decimal:
		return "#,##0.0"
	case quotient:
		return "0.00"
	case percent:
		return b.t(`0.0\ %`, "0.0%")
	case signedPercent:
		return b.t(`+0\ %;-0\ %;0\ %`, "+0%;-0%;0%")
	case month:
		return b.t("[$-40C]mmm yyyy", "[$-809]mmm yyyy")
	case date:
		return b.t("dd/mm/yyyy", "[$-809]d mmm yyyy")
	case moment:
		return b.t("dd/mm/yyyy hh:mm", "[$-809]d mmm yyyy hh:mm")
	}
	return ""
}

func fill(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}
