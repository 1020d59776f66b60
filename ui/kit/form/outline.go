package form

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model/form"
	"solidaren/ui/words"
)

// outline lists the sections with how far each is.
type outline struct {
	v        *View
	sections []form.Section
	list     *kit.List
	object   *fyne.Container
}

func newOutline(v *View) *outline {
	o := &outline{v: v, sections: v.m.Sections()}
	o.list = o.newList(v.m.Show)
	o.object = kit.Inset(look.Gap, o.list)
	return o
}

// newList lists the sections; Enter, or the first letter of its title, opens one.
func (o *outline) newList(open func(int)) *kit.List {
	list := kit.NewList(kit.ListOptions{
		Length: func() int { return len(o.sections) },
		Line:   o.line,
		OnOpen: open,
	})
	list.OnRune = func(r rune) bool {
		i := o.beginsWith(string(r))
		if i >= 0 {
			open(i)
		}
		return i >= 0
	}
	return list
}

// beginsWith finds the section whose title begins with a letter, -1 for none.
func (o *outline) beginsWith(letter string) int {
	return slices.IndexFunc(o.sections, func(s form.Section) bool {
		return s.State != form.Unseen && strings.HasPrefix(kit.Fold(s.Name()), kit.Fold(letter))
	})
}

// dialogLines is how many sections a dialog shows at once.
const dialogLines = 7

// ask shows the sections in a dialog.
func (o *outline) ask(modals *kit.Modals) {
	list := o.newList(func(i int) {
		modals.Dismiss()
		o.v.m.Show(i)
	})
	list.Highlight(o.v.m.Current())
	modals.Show(kit.Dialog{
		Title: o.v.title(), Content: kit.Lines(min(len(o.sections), dialogLines), list), First: list,
		Buttons: []kit.Action{{Text: words.T("kit.close"), Default: true}},
	})
}

func (o *outline) show() {
	o.sections = o.v.m.Sections()
	o.list.Refresh()
}

// marks are the states of sections, each with its words.
var marks = map[form.State]struct{ mark, key string }{
	form.Empty:  {"○", "form.state.empty"},
	form.Begun:  {"◐", "form.state.begun"},
	form.Enough: {"◐", "form.state.enough"},
	form.Done:   {"✓", "form.state.done"},
	form.Faulty: {"!", "form.state.faulty"},
	form.Unseen: {"–", "form.state.unseen"},
	form.Silent: {"–", "form.state.silent"},
}

func (o *outline) line(i int) kit.Line { return SectionLine(o.sections[i], i == o.v.m.Current()) }

// SectionLine shows how far a section is; current marks the one on screen.
func SectionLine(s form.Section, current bool) kit.Line {
	state := marks[s.State]
	line := kit.Line{Title: s.Name(), Detail: words.T(state.key), Mark: state.mark, Current: current}
	if s.Asked > 0 {
		line.Side = strconv.Itoa(s.Answered) + "/" + strconv.Itoa(s.Asked)
	}
	switch s.State {
	case form.Faulty:
		line.Importance = kit.Danger
		line.Detail = words.T("form.faults", s.Faults)
	case form.Done:
		line.Importance = kit.Primary
	}
	return line
}
