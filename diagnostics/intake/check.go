package intake

import (
	"fmt"
	"slices"
	"strings"

	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
)

// Issue is one thing that is wrong with what a form says its answers mean:
// the question's path, its attribute, and a sentence in both languages.
type Issue struct {
	Path   string
	Attr   string
	FR, EN string
}

// claim is a question that observes a target.
type claim struct {
	question xform.Question
	target   target
}

// Check finds the targets that a form gets wrong: unknown ones, two questions
// on one field where one is meant, a type that does not fit, a place from which
// no record can be made. Issues come in the order of the questions.
func Check(f *xform.Form) []Issue {
	c := checker{}
	for _, q := range f.Questions() {
		for _, text := range strings.Fields(q.Attrs[Attr]) {
			c.claim(q, text)
		}
	}
	for _, k := range c.claims {
		c.anchored(k)
	}
	order := map[string]int{}
	for i, q := range f.Questions() {
		order[q.Path] = i
	}
	slices.SortStableFunc(c.issues, func(a, b Issue) int { return order[a.Path] - order[b.Path] })
	return c.issues
}

type checker struct {
	claims []claim
	issues []Issue
}

func (c *checker) fail(q xform.Question, fr, en string, args ...any) {
	c.issues = append(c.issues, Issue{
		Path: q.Path, Attr: q.Attrs[Attr],
		FR: fmt.Sprintf(fr, args...), EN: fmt.Sprintf(en, args...),
	})
}

// claim checks one target of one question against the data model and against
// the questions before it.
func (c *checker) claim(q xform.Question, text string) {
	t, ok := lookup(text)
	if !ok {
		c.fail(q, "« %s » n'existe pas : une cible s'écrit fiche.champ, par exemple need.domain.",
			"%q does not exist: a target is written record.field, for example need.domain.", text)
		return
	}
	if !shapeOf(q).fits(t) {
		c.fail(q, "Une question de ce type (%s) ne peut pas remplir « %s » (%s).",
			"A question of this type (%s) cannot fill %q (%s).", describe(q), text, t.field.Type)
		return
	}
	if q.Repeat != "" && slices.Contains(single, t.entity.Type) {
		c.fail(q, "« %s » ne peut pas être demandé dans une répétition : une fiche n'en a qu'un.",
			"%q cannot be asked in a repeat: a record has only one.", text)
		return
	}
	for _, k := range c.claims {
		if k.question.Repeat == q.Repeat && k.target.is(t.entity.Type, t.field.Name) && t.field.Type != diagnostics.TypeCodes {
			c.fail(q, "« %s » est déjà rempli par la question « %s ».",
				"%q is already filled by the question %q.", text, k.question.Name)
			return
		}
	}
	c.claims = append(c.claims, claim{q, t})
}

// anchored checks that a record can be made from where the question stands:
// the field that makes one record (need.domain) is asked at its level or in a
// repeat below.
func (c *checker) anchored(k claim) {
	entity := k.target.entity
	if entity.Key == "" || k.target.isKey() {
		return
	}
	for _, other := range c.claims {
		if other.target.entity.Type == entity.Type && other.target.isKey() && encloses(k.question.Repeat, other.question.Repeat) {
			return
		}
	}
	c.fail(k.question, "« %s » reste sans fiche : aucune question ne remplit « %s » à ce niveau.",
		"%q makes no record: no question fills %q at this level.", k.target, entity.Type+"."+entity.Key)
}

// describe names a question's type as its author wrote it, more or less.
func describe(q xform.Question) string {
	switch s := shapeOf(q); {
	case s == oneCode:
		return "select_one"
	case s == manyCode:
		return "select_multiple"
	case s == noShape && q.Control != "":
		return q.Control
	case s == noShape:
		return string(q.Kind)
	case s == "string":
		return "text"
	default:
		return string(s)
	}
}

// encloses reports whether the outer scope (the path of a repeat or of one of
// its instances, "" for the whole form) holds the inner one or is it.
func encloses(outer, inner string) bool {
	return outer == "" || outer == inner || strings.HasPrefix(inner, outer+"/")
}
