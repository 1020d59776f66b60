package form

import (
	"slices"
	"strings"
	"sync/atomic"

	"solidaren/diagnostics/intake"
	"solidaren/diagnostics/xform"
)

// pageSize is the most questions that a section shows, unless a single group or
// repeat holds more.
const pageSize = 15

// plan divides a form into sections, once, by its design: answers do not move a
// question into another section.
type plan struct {
	sections []section
	of       map[string]int  // path of a node → its section
	number   map[string]int  // path of a question → its number in the form
	order    map[string]int  // path of a node → its place in the form
	repeats  bool            // the form has some
	talks    map[string]bool // paths of the groups that ask whether they were talked about
}

// section is one screen of the form: a top-level group, or questions that
// belong to none.
type section struct {
	path string // of the group; "" for questions without one
	part int    // 1… for a group that is too long for one screen, else 0
}

// planned is a form with what was worked out of it.
type planned struct {
	form    *xform.Form
	plan    plan
	targets map[string]string
}

// lastPlanned is the form that was opened last: on an outing and at a desk, the
// next record is of the same form.
var lastPlanned atomic.Pointer[planned]

func planOf(f *xform.Form) *planned {
	if p := lastPlanned.Load(); p != nil && p.form == f {
		return p
	}
	p := &planned{form: f, plan: newPlan(f), targets: intake.Targets(f)}
	lastPlanned.Store(p)
	return p
}

func newPlan(f *xform.Form) plan {
	questions := f.Questions()
	n := len(questions)
	p := plan{of: make(map[string]int, n), number: make(map[string]int, n), order: make(map[string]int, n), talks: map[string]bool{}}
	for i, q := range questions {
		p.order[q.Path] = i
		p.repeats = p.repeats || q.Kind == xform.KindRepeat
		if q.Kind == xform.KindGroup && slices.Contains(strings.Fields(q.Appearance), talkWord) {
			p.talks[q.Path] = true
		}
		if q.Kind == xform.KindQuestion && q.Control != "" && !isHead(q.Control, q.Appearance) {
			p.number[q.Path] = len(p.number) + 1
		}
	}
	for _, block := range blocks(f.Root(), questions) {
		p.add(block)
	}
	if len(p.sections) == 0 {
		p.sections = []section{{}} // a form that asks nobody anything
	}
	return p
}

// block is a child of the root with all that is in it.
type block struct {
	path  string
	group bool
	all   []xform.Question
}

func blocks(root string, questions []xform.Question) []block {
	var found []block
	for _, q := range questions {
		path := q.Path
		if end := strings.IndexByte(path[len(root)+1:], '/'); end >= 0 {
			path = path[:len(root)+1+end]
		}
		if len(found) == 0 || found[len(found)-1].path != path {
			found = append(found, block{path: path, group: q.Kind == xform.KindGroup || q.Kind == xform.KindRepeat})
		}
		last := &found[len(found)-1]
		last.all = append(last.all, q)
	}
	return found
}

// asked counts the questions and notes that a block shows.
func asked(all []xform.Question) int {
	n := 0
	for _, q := range all {
		if q.Kind == xform.KindNote || q.Kind == xform.KindQuestion && q.Control != "" {
			n++
		}
	}
	return n
}

func (p *plan) add(b block) {
	if asked(b.all) == 0 {
		return
	}
	if !b.group {
		p.addLoose(b)
		return
	}
	if b.all[0].Kind == xform.KindGroup && asked(b.all) > pageSize {
		p.addParts(b)
		return
	}
	p.sections = append(p.sections, section{path: b.path})
	p.place(b.all)
}

// addLoose puts a question that is in no group behind those before it.
func (p *plan) addLoose(b block) {
	last := len(p.sections) - 1
	if last < 0 || p.sections[last].path != "" || p.size(last) >= pageSize {
		p.sections = append(p.sections, section{})
	}
	p.place(b.all)
}

// addParts divides a long group between its children.
func (p *plan) addParts(b block) {
	children := blocks(b.path, b.all[1:])
	part, size := 0, pageSize
	for _, child := range children {
		n := asked(child.all)
		if size+n > pageSize && n > 0 {
			part++
			size = 0
			p.sections = append(p.sections, section{path: b.path, part: part})
			if part == 1 {
				p.place(b.all[:1])
			}
		}
		size += n
		p.place(child.all)
	}
	if part == 1 { // one child is the whole group
		p.sections[len(p.sections)-1].part = 0
	}
}

func (p *plan) place(all []xform.Question) {
	for _, q := range all {
		p.of[q.Path] = len(p.sections) - 1
	}
}

func (p *plan) size(section int) int {
	n := 0
	for path, of := range p.of {
		if of == section && p.number[path] > 0 {
			n++
		}
	}
	return n
}

// rowOf gives the innermost row of a repeat that a ref lies in: "/data/r[2]" for
// "/data/r[2]/q"; "" for none.
func rowOf(ref string) string {
	end := strings.LastIndexByte(ref, ']')
	return ref[:end+1]
}

// repeatOf gives the repeat and the number of a row: "/data/r" and "2" for
// "/data/r[2]".
func repeatOf(row string) (repeat, index string) {
	start := strings.LastIndexByte(row, '[')
	if start < 0 {
		return "", ""
	}
	return row[:start], strings.TrimSuffix(row[start+1:], "]")
}

// rowsOf lists the rows that a ref lies in, the outermost first.
func rowsOf(ref string) []string {
	var rows []string
	for row := rowOf(ref); row != ""; {
		rows = append(rows, row)
		repeat, _ := repeatOf(row)
		row = rowOf(repeat)
	}
	slices.Reverse(rows)
	return rows
}
