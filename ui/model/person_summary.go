package model

import (
	"encoding/json"
	"slices"
	"strings"

	"solidaren/diagnostics"
	"solidaren/ui/words"
)

// PersonSummary is what a sheet says at its head: what the person wishes first,
// what may be shared with whom, and until when the file is kept. It counts what
// was noted, and weighs none of it.
type PersonSummary struct {
	Wish, WishOn string   // in the person's words, "" if nobody wrote them down
	Shares       []string // whom the person agreed to, with the day
	Refuses      bool     // the person refuses any sharing
	Research     bool     // the person agreed to be contacted by research
	Until        string   // the day from which the file is kept no longer
	Counts       []EventCount
}

// EventCount is how many events of a type the timeline holds.
type EventCount struct {
	Type string
	N    int
}

// countedTypes are the types of events that are counted, in their order.
var countedTypes = []string{
	diagnostics.TypeSituation, diagnostics.TypeNeed, diagnostics.TypeRight, diagnostics.TypeFollowUp, diagnostics.TypeReferral,
	diagnostics.TypeStrength, diagnostics.TypeEncounter, diagnostics.TypeDiagnostic, diagnostics.TypeConsent,
}

// wishQuestion asks in interviews what the person wishes first.
const wishQuestion = "e_request"

func (m *Person) summary(r personRead) PersonSummary {
	s := PersonSummary{
		Until: Day(r.until), Refuses: r.card.Get(diagnostics.NoShare) == "yes",
	}
	asked := false
	for _, e := range r.events { // newest first
		if r.gone[e.ID] || r.gone[e.Get("diagnostic")] {
			continue
		}
		switch e.Type {
		case diagnostics.TypeDiagnostic:
			if wish := firstWish(e); wish != "" && s.Wish == "" {
				s.Wish, s.WishOn = wish, Day(e.Time("at").Local())
			}
		case diagnostics.TypeReferral:
			if e.Get("share") == "yes" {
				s.Shares = append(s.Shares, words.T("sheet.share.on", m.Label("action", e.Get("to")), Day(e.Time("at").Local())))
			}
		case diagnostics.TypeConsent:
			if e.Get("purpose") == "research" && !asked { // what was said last counts
				asked, s.Research = true, e.Get("given") != "no"
			}
		}
	}
	s.Research = s.Research && r.card.Get(diagnostics.NoResearch) != "yes"
	s.Counts = m.counts()
	return s
}

// counts tells how many events there are of each type that is counted.
func (m *Person) counts() (counts []EventCount) {
	for _, t := range countedTypes {
		n := 0
		for _, e := range m.all {
			if e.Type == t && !e.Replaced {
				n++
			}
		}
		if n > 0 {
			counts = append(counts, EventCount{t, n})
		}
	}
	return counts
}

// firstWish is what the person wished first, as an interview has it, or what
// they wish for later.
func firstWish(diagnostic diagnostics.Record) string {
	var tree any
	if json.Unmarshal([]byte(diagnostic.Get("texts")), &tree) != nil {
		return diagnostic.Get("wish")
	}
	wish := diagnostic.Get("wish")
	walkAnswers("", tree, func(name, value string) {
		if name == wishQuestion || strings.HasSuffix(name, " / "+wishQuestion) {
			wish = value
		}
	})
	return wish
}

// Narrow lists the events of one type alone, "" for all.
func (m *Person) Narrow(eventType string) {
	m.Kind = eventType
	m.narrow()
	m.changed()
}

func (m *Person) narrow() {
	m.Events = slices.DeleteFunc(slices.Clone(m.all), func(e Event) bool { return m.Kind != "" && e.Type != m.Kind })
}
