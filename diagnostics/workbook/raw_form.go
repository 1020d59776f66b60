package workbook

import (
	"slices"
	"strings"

	"solidaren/diagnostics"
)

// Form is what the raw export must know of a questionnaire.
type Form struct {
	ID, Title string
	Root      string   // path of the root element, "/data"
	Repeats   []string // paths of the repeats, outer ones before those in them
	Questions []Question
}

// Question is one question of a form, in the language of the export.
type Question struct {
	Path     string // without positions, "/data/e_needs/en_domain"
	Label    string
	Type     string // bind type: string, int, decimal, date, dateTime…
	Control  string // select1, select, input…; "" for a calculation
	Observes string // targets of the answer, separated by spaces
	Repeat   string // path of the nearest repeat around it, "" if none
	Choices  []Choice
	Was      []string // paths that it had in earlier versions, below the same repeat
	Version  string   // the last version that asks it, "" for the one in use
}

// Choice is one choice of a question.
type Choice struct{ Value, Label string }

// keys are the steps from the root, or from a repeat, to a path below it.
func keys(path, from string) []string {
	return strings.Split(strings.TrimPrefix(path, from+"/"), "/")
}

// never are the targets that no export holds (DOMAIN.md L6, §2.1); the
// person's code has its own column.
var never = []string{"situation.stay_status", "note.private", "person.code"}

// mayLeave reports whether the answers to a question may be written, free
// texts only if they were asked for.
func (q Question) mayLeave(texts bool) bool {
	if q.Control == "upload" || slices.Contains([]string{"geopoint", "geotrace", "geoshape", "binary"}, q.bareType()) {
		return false
	}
	for _, target := range strings.Fields(q.Observes) {
		if slices.Contains(never, target) || strings.HasPrefix(target, diagnostics.IdentityPrefix) {
			return false
		}
	}
	return texts || !q.isText()
}

// isText reports whether the answer may hold words: what was typed, and a
// calculation unless it gives the codes of a list.
func (q Question) isText() bool {
	if q.bareType() != "string" {
		return false
	}
	return q.Control == "input" || q.Control == "" && observedList(q.Observes) == ""
}

// bareType is the type without its prefix.
func (q Question) bareType() string { return q.Type[strings.LastIndex(q.Type, ":")+1:] }

// format is how the answers are written.
func (q Question) format() format {
	switch q.bareType() {
	case "int", "integer":
		return whole
	case "decimal":
		return general
	case "date":
		return date
	case "dateTime":
		return moment
	}
	return text
}
