package xform

import (
	"fmt"
	"strings"

	"solidaren/diagnostics"
)

// FormError is one thing that is wrong in a form: at which node, in which
// attribute, in which expression.
type FormError struct {
	Path string // of the node; "" for the form as a whole
	Attr string // relevant, calculate, constraint…; "" for the node itself
	Expr string
	FR   string
	EN   string
	Err  error
}

// Error is one line for a technical reader.
func (e *FormError) Error() string { return e.line(e.EN) }

// line is the place, the sentence and the expression.
func (e *FormError) line(sentence string) string {
	var b strings.Builder
	for _, part := range []string{e.Path, e.Attr} {
		if part != "" {
			b.WriteString(part + ": ")
		}
	}
	b.WriteString(sentence)
	if e.Expr != "" {
		fmt.Fprintf(&b, " (%s)", e.Expr)
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *FormError) Unwrap() error { return e.Err }

// Errors are all reasons why a form is refused.
type Errors []*FormError

// Error lists the reasons, one a line.
func (l Errors) Error() string {
	lines := make([]string, len(l))
	for i, e := range l {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the reasons.
func (l Errors) Unwrap() []error {
	list := make([]error, len(l))
	for i, e := range l {
		list[i] = e
	}
	return list
}

// As makes the refusal one error of the program, of code invalid, whose
// sentence lists the reasons.
func (l Errors) As(target any) bool {
	to, ok := target.(**diagnostics.Error)
	if !ok {
		return false
	}
	fr, en := make([]string, len(l)), make([]string, len(l))
	for i, e := range l {
		fr[i], en[i] = e.line(e.FR), e.line(e.EN)
	}
	*to = diagnostics.E("xform.Parse", diagnostics.CodeInvalid,
		"Formulaire refusé : "+strings.Join(fr, "\n"), "Form refused: "+strings.Join(en, "\n"), nil)
	return true
}
