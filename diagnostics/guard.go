package diagnostics

import "regexp"

// Guard names what a free text about a person should not hold.
type Guard string

// What a text is looked through for. A social security number is refused
// everywhere; the others have their place on the person's card, sealed, and are
// only pointed out.
const (
	GuardNIR     Guard = "nir"
	GuardPhone   Guard = "phone"
	GuardEmail   Guard = "email"
	GuardAddress Guard = "address"
)

// Shapes of what is pointed out.
var (
	phoneShape   = regexp.MustCompile(`(?:\+33|\b0033|\b0)[\s.\-]?(?:\(0\)[\s.\-]?)?[1-9](?:[\s.\-]?[0-9]{2}){4}\b`)
	emailShape   = regexp.MustCompile(`(?i)\b[a-z0-9._%+\-]+@[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.[a-z]{2,}\b`)
	addressShape = regexp.MustCompile(`(?i)\b[0-9]{1,4}\s*(?:bis|ter|quater)?\s*,?\s*(?:rue|avenue|av\.|boulevard|bd|impasse|all[ée]e|place|quai|chemin|route|square|cours|passage|ruelle|venelle|mail|r[ée]sidence)\s+\pL`)
)

// FindPhone gives where the first French phone number of a text stands, nil if
// there is none.
func FindPhone(text string) []int { return phoneShape.FindStringIndex(text) }

// Guards gives what a text holds that does not belong there, the gravest first;
// nil if nothing.
func Guards(text string) []Guard {
	var found []Guard
	if HoldsNIR(text) {
		found = append(found, GuardNIR)
	}
	for _, g := range []struct {
		guard Guard
		shape *regexp.Regexp
	}{{GuardPhone, phoneShape}, {GuardEmail, emailShape}, {GuardAddress, addressShape}} {
		if g.shape.MatchString(text) {
			found = append(found, g.guard)
		}
	}
	return found
}
