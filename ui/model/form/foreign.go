package form

import (
	"regexp"
	"slices"
	"strings"

	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
	"solidaren/ui/words"
)

// Foreign is something in a form that this program shows in a plainer way than
// its author meant.
type Foreign struct {
	Path     string
	Sentence diagnostics.Text
}

// knownTypes are the types of answers that have an input of their own.
var knownTypes = strings.Fields("string int integer long decimal double float date dateTime time boolean geopoint geotrace geoshape barcode binary rank select select1 anyURI")

// knownAppearances are the appearances that mean something here, or that need
// not: they choose between things that are one here.
var knownAppearances = strings.Fields(`multiline numbers url email counter thousands-sep bearing picker rating vertical
	no-ticks columns columns-pack quick quickcompact compact horizontal horizontal-compact minimal autocomplete search
	likert label list-nolabel list table-list map image-map no-calendar month-year year maps placement-map annotate draw
	signature new new-front new-rear selfie front textfield textarea masked field-list alert no-buttons hidden-answer
	hide-input read-only gregorian intent talk streaming dropdown new-page bottom-align`)

// otherCalendars are the calendars that dates are not written in here.
var otherCalendars = strings.Fields("ethiopian coptic islamic bikram-sambat myanmar persian buddhist")

var (
	numberedAppearance = regexp.MustCompile(`^(columns|compact|quickcompact|w)-?\d+$`)
	deviceAppearance   = regexp.MustCompile(`^(ex:|printer:|intent:|search\(|app:)`)
)

// ForeignParts lists the questions of a form whose type, appearance or device
// is unknown here, for whoever brings the form in. Nothing of them is lost: they
// are answered by typing.
func ForeignParts(f *xform.Form) []Foreign {
	var all []Foreign
	for _, q := range f.Questions() {
		if q.Control == "" {
			continue
		}
		if unknownType(q.Type) != "" {
			all = append(all, Foreign{q.Path, words.Text("form.foreign.type", q.Type)})
		}
		for _, word := range strings.Fields(appearanceOutsideArguments(q.Appearance)) {
			if !knowsAppearance(word) {
				all = append(all, Foreign{q.Path, words.Text("form.foreign.appearance", word)})
			}
		}
	}
	return all
}

func unknownType(name string) string {
	if name == "" || slices.Contains(knownTypes, name) {
		return ""
	}
	return words.T("form.foreign.type", name)
}

// appearanceOutsideArguments takes away what stands in parentheses.
func appearanceOutsideArguments(appearance string) string {
	return regexp.MustCompile(`\([^()]*(\([^()]*\)[^()]*)*\)`).ReplaceAllString(appearance, "(")
}

func knowsAppearance(word string) bool {
	return slices.Contains(knownAppearances, word) || numberedAppearance.MatchString(word) || deviceAppearance.MatchString(word)
}

// remark is what a worker should know about a question that was made for
// another device.
func remark(n xform.Node) string {
	switch {
	case n.Control == "" || n.Kind != xform.KindQuestion:
		return ""
	case n.Type == "barcode":
		return words.T("form.remark.barcode")
	case deviceAppearance.MatchString(n.Appearance) && !strings.HasPrefix(n.Appearance, "search("):
		return words.T("form.remark.phone")
	case slices.ContainsFunc(appearances(n), func(w string) bool { return slices.Contains(otherCalendars, w) }):
		return words.T("form.remark.calendar")
	}
	return unknownType(n.Type)
}
