package diagnostics

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Safeguards are what the law asks for before real persons are written down
// (DOMAIN.md L8): a data protection impact assessment that was made, and a data
// protection officer who can be reached.
type Safeguards struct {
	Impact  string // reference of the assessment
	Officer string // how the officer is reached
}

// Complete reports whether nothing is missing: until then a notebook is for
// trying out.
func (s Safeguards) Complete() bool { return s.Impact != "" && s.Officer != "" }

// maxSafeguard is how long each of them may be, in characters.
const maxSafeguard = 200

// Tidy gives them without what surrounds them. Errors: invalid (too long).
func (s Safeguards) Tidy() (Safeguards, error) {
	s.Impact, s.Officer = strings.TrimSpace(s.Impact), strings.TrimSpace(s.Officer)
	for _, text := range []string{s.Impact, s.Officer} {
		if utf8.RuneCountInString(text) > maxSafeguard {
			return s, E("diagnostics.Safeguards", CodeInvalid,
				fmt.Sprintf("Pas plus de %d caractères : une référence, un contact.", maxSafeguard),
				fmt.Sprintf("No more than %d characters: a reference, a contact.", maxSafeguard), nil)
		}
	}
	return s, nil
}
