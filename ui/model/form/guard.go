package form

import (
	"net/mail"
	"net/url"
	"regexp"
	"strings"

	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
	"solidaren/ui/words"
)

// isFreeText reports whether a question takes words of the writer's own.
func isFreeText(n xform.Node) bool {
	if n.Kind != xform.KindQuestion || n.Control == "" {
		return false
	}
	input := inputOf(n)
	return input == Line || input == Notes
}

// forbidden says what no answer may hold: a social security number (DOMAIN.md
// L4), a number that its scale has not. It keeps the form from being finished.
func forbidden(n xform.Node) string {
	if off := offScale(n); off != "" {
		return off
	}
	if n.Relevant && n.Value != "" && isFreeText(n) && diagnostics.HoldsNIR(n.Value) {
		return words.T("form.guard.nir")
	}
	return ""
}

// sensitivityAttr is what a form says of how sensitive an answer is.
const sensitivityAttr = "sr:sensitivity"

// doubts are what an answer about a person should not hold, though it may.
var doubts = map[diagnostics.Guard]string{
	diagnostics.GuardPhone:   "form.guard.phone",
	diagnostics.GuardEmail:   "form.guard.email",
	diagnostics.GuardAddress: "form.guard.address",
}

// doubt says what looks wrong about an answer once its field was left. It never
// keeps a form from being finished.
func (m *Model) doubt(n xform.Node) string {
	if n.Value == "" || m.typing.ref == n.Ref {
		return ""
	}
	if key := misshapen(n); key != "" {
		return words.T(key)
	}
	if !isFreeText(n) || m.isIdentity(n.Path) || !strings.HasPrefix(n.Attrs[sensitivityAttr], "S") || n.Attrs[sensitivityAttr] < "S2" {
		return ""
	}
	for _, g := range diagnostics.Guards(n.Value) {
		if key, ok := doubts[g]; ok {
			return words.T(key)
		}
	}
	return ""
}

var figures = regexp.MustCompile(`^[\d\s.,+-]*$`)

// misshapen checks the forms that an appearance asks for, and that places are on
// the globe.
func misshapen(n xform.Node) string {
	switch input := inputOf(n); {
	case input == Line && hasAppearance(n, "numbers") && !figures.MatchString(n.Value):
		return "form.warn.numbers"
	case input == Line && hasAppearance(n, "url") && !isAddress(n.Value):
		return "form.warn.url"
	case input == Line && hasAppearance(n, "email") && !isMail(n.Value):
		return "form.warn.email"
	case (input == Place || input == Trace) && !onGlobe(n.Value):
		return "form.warn.place"
	}
	return ""
}

func isAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Scheme != "" && u.Host != ""
}

func isMail(text string) bool {
	a, err := mail.ParseAddress(text)
	return err == nil && a.Address == text
}

// guarded lists the answers that may not stay, as problems of the form.
func (m *Model) guarded() []xform.Problem {
	var list []xform.Problem
	for _, n := range m.seen.nodes {
		if sentence := forbidden(n); sentence != "" {
			list = append(list, xform.Problem{Ref: n.Ref, Label: n.Label, Message: sentence, Code: xform.ProblemConstraint})
		}
	}
	return list
}
