package xform

import (
	"fmt"
	"strings"
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
func (e *FormError) Error() string {
	var b strings.Builder
	for _, part := range []string{e.Path, e.Attr} {
		if part != "" {
			b.WriteString(part + ": ")
		}
	}
	b.WriteString(e.EN)
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
