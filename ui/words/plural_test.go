package words

import (
	"regexp"
	"strings"
	"testing"
)

// many are the texts whose number is always more than one.
var many = map[string]bool{
	"access.withheld":  true, // the least size of a team
	"rights.no_due":    true, // sixty days
	"form.notice.full": true, // the most that a field takes
	"ago.days":         true, // yesterday has words of its own, and a week
	"fresh.days":       true,
	"fresh.weeks":      true, // of thirteen days at least
	"fresh.months":     true, // of sixty days at least
	"fresh.years":      true, // of two years at least
}

// TestWhatIsCountedHasBothForms: a text that counts something has a form for one
// of it, in both languages: nobody reads "1 nouvelles fiches".
func TestWhatIsCountedHasBothForms(t *testing.T) {
	plural := map[string]*regexp.Regexp{
		"fr": regexp.MustCompile(`\{\d\} (?:nouvelles |autres )?\pL{2,}[sx]\b`),
		"en": regexp.MustCompile(`\{\d\} (?:new |more |unsent )?\pL{3,}s\b`),
	}
	verbs := regexp.MustCompile(`\{\d\} (?:sous|dans|sans|après|près|vers|plus|has)\b`)
	for language, book := range books {
		for key, e := range book.entries {
			found := plural[language].FindString(e.other)
			if found != "" && e.one == "" && !many[key] && !verbs.MatchString(found) {
				t.Errorf("%s in %s counts (%q) and has no form for one", key, language, found)
			}
			if e.one != "" && found != "" && !verbs.MatchString(found) && strings.Contains(e.one, found) {
				t.Errorf("%s in %s: the form for one is of many: %q", key, language, e.one)
			}
		}
	}
}

func TestTheFirstNumberDecides(t *testing.T) {
	Use("fr")
	for n, want := range map[int]string{0: "Secteur S04 : 0 nouvelle fiche", 1: "Secteur S04 : 1 nouvelle fiche", 2: "Secteur S04 : 2 nouvelles fiches"} {
		if got := T("sectors.taken", "S04", n, 9); got[:len(want)] != want {
			t.Errorf("%d: %q", n, got)
		}
	}
}
