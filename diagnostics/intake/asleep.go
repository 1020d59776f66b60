package intake

import (
	"slices"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
)

// impersonal are the fields that may be kept of someone who was asleep
// (DOMAIN.md L26, "ne pas réveiller"): where, when and how many, nothing about
// whom. A type that is not listed makes no record.
var impersonal = map[string][]string{
	diagnostics.TypeEncounter:  {"at", "kind", "district", "place_kind", "contact_kind", "persons", "anonymous_count", "duration_min"},
	diagnostics.TypeCount:      {"at", "district", "team", "op", "sector", "place", "case", "seen", "closed", "asleep"},
	diagnostics.TypeDiagnostic: {"at", "district", "response"},
	diagnostics.TypeTerritory:  {"at", "district", "place_kind", "tents", "people_seen", "police", "atmosphere", "mediation"},
	diagnostics.TypeTour:       {"team", "sectors", "staff", "weather"},
}

func (t target) impersonal() bool {
	return slices.Contains(impersonal[t.entity.Type], t.field.Name)
}

// asleep reports whether the session tells of someone who was asleep.
func asleep(seen observations) bool {
	return seen.first(diagnostics.TypeEncounter, "contact_kind") == "asleep" || seen.first(diagnostics.TypeCount, "asleep") == "yes"
}

// hush leaves the observations as they are unless someone was asleep. Then it
// clears the session's personal answers, so that neither the records nor the
// answers nor the submission hold them, and observes again.
func hush(s *xform.Session, seen observations, zone *time.Location) observations {
	if !asleep(seen) {
		return seen
	}
	for _, x := range seen {
		if !x.target.impersonal() {
			_, _ = s.Set(x.ref, "") // a calculation refuses; it follows what it is calculated from
		}
	}
	return slices.DeleteFunc(observe(s, zone), func(x observation) bool { return !x.target.impersonal() })
}
