package neverask

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"solidaren/diagnostics/xlsform"
)

// maxGatedList is the greatest length of the list of a question that is
// allowed under a condition: three values and the ways not to answer.
const maxGatedList = 5

// Check finds what the form must not ask, each once a question or list, at the
// cell that says it. The sentences name the article that forbids it; the code
// of an issue is the rule's id.
func (l *List) Check(asked []xlsform.Asked) []xlsform.Issue {
	c := checker{aboutPersons: aboutPersons(asked), lengths: map[string]int{}}
	for _, a := range asked {
		if a.Path == "" {
			c.lengths[a.List]++
		}
	}
	for _, a := range asked {
		if a.Path != "" {
			c.question(l.rules, a)
		}
	}
	for _, choices := range byList(asked) {
		c.choices(l.rules, choices)
	}
	return c.issues
}

// notPersons are the records that are not about persons, by the first part of
// a target.
var notPersons = []string{"place", "territory", "tour", "note"}

// aboutPersons reports whether the form is about persons: it is, unless its
// answers mean other things alone.
func aboutPersons(asked []xlsform.Asked) bool {
	said := false
	for _, a := range asked {
		for _, target := range strings.Fields(a.Observes) {
			said = true
			if record, _, _ := strings.Cut(target, "."); !slices.Contains(notPersons, record) {
				return true
			}
		}
	}
	return !said
}

// byList gives the choices of each list, in the order of the lists.
func byList(asked []xlsform.Asked) [][]xlsform.Asked {
	var out [][]xlsform.Asked
	places := map[string]int{}
	for _, a := range asked {
		if a.Path != "" {
			continue
		}
		i, known := places[a.List]
		if !known {
			i = len(out)
			places[a.List] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], a)
	}
	return out
}

type checker struct {
	aboutPersons bool
	lengths      map[string]int // of the choice lists
	issues       []xlsform.Issue
}

// fail adds an issue, one a rule and row.
func (c *checker) fail(r rule, path string, t xlsform.Text) {
	for _, i := range c.issues {
		if i.Code == r.id && i.Row == t.At.Row && i.Sheet == t.At.Sheet && i.Row > 0 {
			return
		}
	}
	said := excerpt(t.Value)
	if t.At.Sheet == "" && path != "" {
		said = path + " : " + said
	}
	c.issues = append(c.issues, xlsform.Issue{
		Sheet: t.At.Sheet, Row: t.At.Row, Column: t.At.Column, Code: r.id,
		Message:   fmt.Sprintf("« %s » : %s (%s)", said, r.message.FR, r.article.FR),
		MessageEN: fmt.Sprintf("“%s”: %s (%s)", said, r.message.EN, r.article.EN),
	})
}

func (c *checker) question(rules []rule, a xlsform.Asked) {
	for _, r := range rules {
		if r.least > 1 || len(r.types) > 0 && !slices.Contains(r.types, shown(a)) || c.gated(r, a) {
			continue
		}
		if len(r.words) > 0 {
			if t, found := r.in(a); found {
				c.fail(r, a.Path, t)
			}
		} else if c.aboutPersons {
			c.fail(r, a.Path, nameOf(a))
		}
	}
}

// shown is the type of the question; a drawing or signature shows nobody.
func shown(a xlsform.Asked) string {
	for _, word := range strings.Fields(a.Appearance) {
		if a.Type == "photo" && (word == "draw" || word == "signature") {
			return word
		}
	}
	return a.Type
}

// gated reports whether the rule lets the question pass: it means what the rule
// allows, is asked under a condition, and its list is short.
func (c *checker) gated(r rule, a xlsform.Asked) bool {
	return r.allowed != "" && a.Observes == r.allowed && a.Relevant != "" && a.List != "" && c.lengths[a.List] <= maxGatedList
}

// nameOf is the cell of the name of a question.
func nameOf(a xlsform.Asked) xlsform.Text {
	for _, t := range a.Texts {
		if t.Kind == xlsform.TextName {
			return t
		}
	}
	return xlsform.Text{Kind: xlsform.TextName, Value: a.Type}
}

// in finds the words of the rule in a row. A technical name alone does not
// count where the label says something innocent.
func (r rule) in(a xlsform.Asked) (xlsform.Text, bool) {
	var byName *xlsform.Text
	innocent := false
	for i, t := range a.Texts {
		found, looksLike := find(wordsOf(a, t), r.words, r.except)
		if found && t.Kind != xlsform.TextName {
			return t, true
		}
		if found {
			byName = &a.Texts[i]
		}
		innocent = innocent || looksLike && t.Kind == xlsform.TextLabel
	}
	if byName == nil || innocent {
		return xlsform.Text{}, false
	}
	return *byName, true
}

// markup are references and tags in a label, which say nothing.
var markup = regexp.MustCompile(`\$\{[^}]*\}|<[^>]*>`)

// wordsOf gives the words to look at. A note explains, as a hint does.
func wordsOf(a xlsform.Asked, t xlsform.Text) []string {
	text := markup.ReplaceAllString(t.Value, " ")
	switch {
	case t.Kind == xlsform.TextName:
		return splitName(text)
	case t.Kind == xlsform.TextHint || a.Type == "note":
		return split(advice(text))
	default:
		return split(text)
	}
}

// choices looks at one list: each of its choices, and how many of them speak
// of the same thing.
func (c *checker) choices(rules []rule, list []xlsform.Asked) {
	for _, r := range rules {
		if len(r.types) > 0 {
			continue
		}
		var first xlsform.Text
		n := 0
		for _, choice := range list {
			t, found := r.in(choice)
			if !found {
				continue
			}
			if n == 0 {
				first = t
			}
			n++
		}
		if n >= r.least {
			c.fail(r, list[0].List, first)
		}
	}
}

// maxExcerpt bounds what a message repeats of a form, in characters.
const maxExcerpt = 60

func excerpt(text string) string {
	if r := []rune(text); len(r) > maxExcerpt {
		return string(r[:maxExcerpt]) + "…"
	}
	return text
}
