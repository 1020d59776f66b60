package workbook

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

// place is a step on the way to the answers of a form, by the names of groups,
// repeats and questions.
type place struct {
	under    map[string]*place
	question bool // the form has a question here
	column   int  // of the sheet, -1 if it has none for it
	step     bool // a repeat on the way to the sheet's rows
	last     bool // the repeat of which each instance is a row
}

func newPlace() *place { return &place{column: -1} }

// reach gives the place behind keys, which is made if it is not there.
func (p *place) reach(keys []string) *place {
	for _, key := range keys {
		next := p.under[key]
		if next == nil {
			next = newPlace()
			if p.under == nil {
				p.under = map[string]*place{}
			}
			p.under[key] = next
		}
		p = next
	}
	return p
}

// child is the place of a member, nil where the form has none.
func (p *place) child(name string) *place {
	if p == nil {
		return nil
	}
	return p.under[name]
}

// line is one row of a sheet: the numbers of the instances around it, and an
// answer a column.
type line struct {
	at      []int
	answers []string
}

// lines reads the answers of a record straight into the rows of a sheet:
// nothing is built that is not written.
type lines struct {
	root    *place
	columns int
	whole   bool // a record is a row
	level   int  // repeats around a row
	rows    []line
	unknown int // answers whose question this version of the form does not have

	text   string
	i      int
	depth  int
	astray int // lists around that the form does not have
}

// deepest is how deep answers may lie.
const deepest = 1000

// linesOf prepares a sheet: a row a record, or a row an instance of a repeat.
func linesOf(f Form, repeat string, columns []rawColumn) *lines {
	l := &lines{root: newPlace(), columns: len(columns), whole: repeat == "", level: f.depth(repeat)}
	for _, q := range f.Questions {
		l.root.reach(keys(q.Path, f.Root)).question = true
		for _, was := range q.Was {
			l.root.reach(keys(was, f.Root)).question = true
		}
	}
	from, start := l.root, f.Root
	if repeat != "" {
		start = repeat
	}
	for _, step := range f.steps(repeat) {
		from = from.reach(step)
		from.step = true
	}
	from.last = !l.whole
	for i, c := range columns {
		from.reach(c.keys).column = i
		for _, was := range c.Was {
			from.reach(keys(was, start)).column = i
		}
	}
	return l
}

// reset forgets the record before. The row of a sheet without a repeat is
// always there.
func (l *lines) reset() {
	l.rows, l.unknown = l.rows[:0], 0
	if l.whole {
		l.row(nil)
	}
}

// row finds the row of an instance. Rows are kept in the order of instances,
// in which answers come.
func (l *lines) row(at []int) *line {
	n, there := len(l.rows), false
	if n > 0 && slices.Compare(l.rows[n-1].at, at) >= 0 {
		n, there = slices.BinarySearchFunc(l.rows, at, func(r line, at []int) int { return slices.Compare(r.at, at) })
	}
	if there {
		return &l.rows[n]
	}
	fresh := line{answers: make([]string, l.columns)}
	if n == len(l.rows) && n < cap(l.rows) { // one of a record before, used again
		if old := l.rows[:n+1][n]; old.answers != nil {
			clear(old.answers)
			fresh.answers = old.answers
		}
	}
	fresh.at = slices.Clone(at)
	l.rows = slices.Insert(l.rows, n, fresh)
	return &l.rows[n]
}

var errAnswers = errors.New("workbook: answers that are no JSON")

// read takes in the answers of a record, or its free texts.
func (l *lines) read(content []byte) error {
	l.text, l.i, l.depth, l.astray = string(content), 0, 0, 0
	if l.next() != '{' {
		return errAnswers
	}
	var row *line
	if l.whole {
		row = &l.rows[0]
	}
	if err := l.value(l.root, row, nil); err != nil {
		return err
	}
	if l.next(); l.i < len(l.text) {
		return errAnswers
	}
	return nil
}

// next skips blanks and tells what comes, 0 at the end.
func (l *lines) next() byte {
	for ; l.i < len(l.text); l.i++ {
		switch c := l.text[l.i]; c {
		case ' ', '\t', '\n', '\r':
		default:
			return c
		}
	}
	return 0
}

// value reads what stands at a place, for a row or, outside of those, for
// none.
func (l *lines) value(p *place, row *line, at []int) error {
	switch l.next() {
	case '{':
		return l.members('}', func(int) error { return l.member(p, row, at) })
	case '[':
		return l.members(']', func(n int) error { return l.instance(p, at, n) })
	case '"':
		answer, err := l.string()
		if err != nil {
			return err
		}
		if p != nil && p.column >= 0 && row != nil {
			row.answers[p.column] = answer
		}
	default:
		if err := l.literal(); err != nil {
			return err
		}
	}
	if p == nil || !p.question {
		l.unknown++
	}
	return nil
}

// members reads what stands between two brackets, one by one.
func (l *lines) members(end byte, read func(n int) error) error {
	l.i++
	if l.depth++; l.depth > deepest {
		return errAnswers
	}
	defer func() { l.depth-- }()
	if l.next() == end {
		l.i++
		return nil
	}
	for n := 1; ; n++ {
		if err := read(n); err != nil {
			return err
		}
		switch l.next() {
		case ',':
			l.i++
		case end:
			l.i++
			return nil
		default:
			return errAnswers
		}
	}
}

func (l *lines) member(p *place, row *line, at []int) error {
	if l.next() != '"' {
		return errAnswers
	}
	name, err := l.string()
	if err != nil {
		return err
	}
	if l.next() != ':' {
		return errAnswers
	}
	l.i++
	return l.value(p.child(name), row, at)
}

func (l *lines) instance(p *place, at []int, n int) error {
	if p == nil || !p.step { // the form repeats nothing here
		l.astray++
		defer func() { l.astray-- }()
		return l.value(p, nil, at)
	}
	at = append(at[:len(at):len(at)], n)
	var row *line
	if p.last && len(at) == l.level && l.astray == 0 {
		row = l.row(at)
	}
	return l.value(p, row, at)
}

// string reads a text, a part of what was read wherever it can be.
func (l *lines) string() (string, error) {
	from, plain := l.i, true
	for l.i++; l.i < len(l.text); l.i++ {
		switch c := l.text[l.i]; {
		case c == '"':
			l.i++
			if plain {
				return l.text[from+1 : l.i-1], nil
			}
			var s string
			err := json.Unmarshal([]byte(l.text[from:l.i]), &s)
			return s, err
		case c == '\\':
			l.i++
			plain = false
		case c < ' ':
			return "", errAnswers
		}
	}
	return "", errAnswers
}

// literal passes over a number, true, false or null, which no answer is.
func (l *lines) literal() error {
	from := l.i
	end := strings.IndexAny(l.text[from:], ",]} \t\r\n")
	if end < 0 {
		end = len(l.text) - from
	}
	l.i = from + end
	if !json.Valid([]byte(l.text[from:l.i])) {
		return errAnswers
	}
	return nil
}
