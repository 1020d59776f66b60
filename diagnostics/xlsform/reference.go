package xlsform

import (
	"regexp"
	"strings"
)

var (
	reference     = regexp.MustCompile(`\$\{(last-saved#)?(` + ncName + `)\}`)
	soleReference = regexp.MustCompile(`^\$\{(last-saved#)?(` + ncName + `)\}$`)
	openReference = regexp.MustCompile(`\$\{`)
)

func refersTo(s string) bool { return reference.MatchString(s) }

// view says from where and how references are looked at.
type view struct {
	from    *element // nil: absolute paths only
	current bool     // inside the predicate of a secondary instance
	outer   bool     // from outside the repeat that holds from's own instance
}

// expand writes an expression with paths in place of its references.
func (c *compiler) expand(expr string, v view) string {
	return replaceReferences(expr, func(start, end int, lastSaved bool, name string) string {
		target := c.find(name)
		if target == nil {
			return expr[start:end] // told by checkReferences
		}
		if lastSaved {
			return " instance('__last-saved')" + target.path() + " "
		}
		w := v
		w.current = v.current || inInstancePredicate(expr, start)
		if v.from != nil && !inIndexedRepeat(expr, start) {
			if p := relative(target, w); p != "" {
				return " " + p + " "
			}
		}
		return " " + target.path() + " "
	})
}

func replaceReferences(s string, with func(start, end int, lastSaved bool, name string) string) string {
	var b strings.Builder
	at := 0
	for _, m := range reference.FindAllStringSubmatchIndex(s, -1) {
		b.WriteString(s[at:m[0]])
		b.WriteString(with(m[0], m[1], m[2] >= 0, s[m[4]:m[5]]))
		at = m[1]
	}
	b.WriteString(s[at:])
	return b.String()
}

// relative gives the path from one element to another inside a repeat that
// holds both; "" where there is none, and an absolute path is meant.
func relative(target *element, v view) string {
	shared := sharedRepeat(target, v.from)
	if shared == nil {
		return ""
	}
	common := commonAncestor(target, v.from)
	if v.outer && target.repeatAround() == shared {
		common = shared.parent
	}
	var path []string
	for e := v.from; e != common; e = e.parent {
		path = append(path, "..")
	}
	var down []string
	for e := target; e != common; e = e.parent {
		down = append([]string{e.name}, down...)
	}
	prefix := ""
	if v.current {
		prefix = "current()/"
	}
	return prefix + strings.Join(append(path, down...), "/")
}

// sharedRepeat is the nearest repeat that strictly holds both elements.
func sharedRepeat(a, b *element) *element {
	for r := a.repeatAround(); r != nil; r = r.repeatAround() {
		for s := b.repeatAround(); s != nil; s = s.repeatAround() {
			if r == s {
				return r
			}
		}
	}
	return nil
}

// commonAncestor is the nearest element that strictly holds both.
func commonAncestor(a, b *element) *element {
	for p := a.parent; p != nil; p = p.parent {
		for q := b.parent; q != nil; q = q.parent {
			if p == q {
				return p
			}
		}
	}
	return nil
}

// inInstancePredicate reports whether the place lies in the brackets of a path
// into a secondary instance, where the context is an item of that instance.
func inInstancePredicate(expr string, at int) bool {
	instance := strings.Index(expr, "instance(")
	if instance < 0 || instance > at {
		return false
	}
	depth := 0
	for _, r := range expr[instance:at] {
		switch r {
		case '[':
			depth++
		case ']':
			depth--
		}
	}
	return depth > 0
}

// inIndexedRepeat reports whether the place is an argument of indexed-repeat
// that names nodes: its first one and each repeat, not the numbers.
func inIndexedRepeat(expr string, at int) bool {
	const name = "indexed-repeat("
	start := strings.LastIndex(expr[:at], name)
	if start < 0 {
		return false
	}
	depth, arg := 1, 0
	for _, r := range expr[start+len(name) : at] {
		switch r {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case ',':
			if depth == 1 {
				arg++
			}
		}
		if depth == 0 {
			return false
		}
	}
	return arg == 0 || arg%2 == 1
}

// checkReferences sees that every reference of every row names one question.
func (c *compiler) checkReferences() {
	for _, rec := range c.records {
		for _, f := range rec.fields {
			c.checkReferencesOf(rec, f)
		}
	}
}

func (c *compiler) checkReferencesOf(rec *record, f field) {
	at := Cell{rec.sheet, rec.row, letters(f.index)}
	found := reference.FindAllStringSubmatch(f.value, -1)
	if len(openReference.FindAllString(f.value, -1)) != len(found) {
		c.fail(at, "bad_reference", f.header)
	}
	for _, m := range found {
		switch n := len(c.byName[m[2]]); {
		case n == 0:
			c.fail(at, "missing_reference", f.header, m[2], orNone(suggest(m[2], keys(c.byName))))
		case n > 1:
			c.fail(at, "ambiguous_reference", f.header, m[2])
		}
	}
}
