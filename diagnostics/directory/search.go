package directory

import (
	"slices"
	"strings"
	"time"

	"solidaren/diagnostics/likeness"
)

// Filter says what is looked for; what is zero does not matter.
type Filter struct {
	Text     string // words, each found at the beginning of a word, long ones inside one too
	District string // what is there, or comes everywhere
	Public   string // what is for them, or for everybody
	Need     string // code of need_domain
	Animals  bool   // what takes animals in
	OpenAt   time.Time
}

// everywhere are the districts that are no place: outside, and on the move.
var everywhere = []string{"q00", "q99"}

// inside is from how many letters a word is found inside another.
const inside = 4

// Search gives the numbers of the entries that fit, at most limit (0: all).
// Those whose own name begins with what was typed come first, all others by
// their names.
func (d *Directory) Search(f Filter, limit int) []int {
	words := likeness.Fold(f.Text)
	for i, w := range words {
		if len(w) < inside {
			words[i] = " " + w
		}
	}
	var first, rest []int
	for i := range d.Entries {
		e := &d.Entries[i]
		if !e.has(words) || !e.fits(f) {
			continue
		}
		if len(words) > 0 && strings.HasPrefix(e.sort, " "+strings.TrimSpace(words[0])) {
			first = append(first, i)
		} else {
			rest = append(rest, i)
		}
	}
	found := slices.Concat(first, rest)
	if limit > 0 && len(found) > limit {
		found = found[:limit]
	}
	return found
}

// has reports whether every word is in the entry's text.
func (e *Entry) has(words []string) bool {
	for _, w := range words {
		if !strings.Contains(e.text, w) {
			return false
		}
	}
	return true
}

func (e *Entry) fits(f Filter) bool {
	switch {
	case f.District != "" && !e.serves(f.District):
		return false
	case f.Public != "" && e.Get("publics") != "" && !slices.Contains(e.List("publics"), f.Public):
		return false
	case f.Need != "" && !slices.Contains(e.List("needs"), f.Need):
		return false
	case f.Animals && e.Action.Get("animals") != "yes":
		return false
	case !f.OpenAt.IsZero():
		open, _, _ := e.Open(f.OpenAt)
		return open
	}
	return true
}

// serves reports whether somebody of a district is in the right place.
func (e *Entry) serves(district string) bool {
	districts := e.List("districts")
	return len(districts) == 0 || slices.ContainsFunc(districts, func(code string) bool {
		return code == district || slices.Contains(everywhere, code)
	})
}
