package ui

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/uitest"
)

// keyedRooms are the rooms whose help is looked at: every place, and those that
// no place leads to.
func keyedRooms() map[string]func(*office) {
	all := map[string]func(*office){
		"maraude":   func(o *office) { o.StartForm("maraude") },
		"person":    func(o *office) { o.OpenPerson(o.known(nadia)) },
		"rectify":   func(o *office) { o.Rectify(o.known(nadia)) },
		"household": func(o *office) { o.showHousehold(o.homeOfNadia()) },
		"action": func(o *office) {
			o.Go(roomDirectory)
			o.settle()
			o.EditAction(o.desk.Directory().Entries[0].Action.Get("code"))
		},
		"record": func(o *office) { o.OpenRecord(o.finished()[0].ID) },
		"setup":  (*office).OpenSetup,
	}
	for _, p := range places {
		all[p.name] = func(o *office) {
			defer func() {
				if p.name == roomDirectory { // X takes a filter off
					o.settle()
					o.press("Down", "q", "1")
				}
			}()
			if r := o.fixed[p.name]; r != nil { // as it is on the first visit
				if r == o.room {
					o.OpenSetup()
				}
				o.history = slices.DeleteFunc(o.history, func(old room) bool { return old == r })
				delete(o.fixed, p.name)
				o.drop(r)
			}
			o.Go(p.name)
		}
	}
	return all
}

// local tells whether a command has its place in some rooms only.
func local(c command) bool {
	return slices.Contains([]where{inMaker, inRoom, inLoop, inPerson, inHinted, onPaper}, c.where)
}

// told are the keys that the help of the room in front lists because of this
// room: what changes most comes last.
func (o *office) told() [][]string {
	var all [][]string
	for _, b := range slices.Concat(o.general()[len(kit.General):], o.own()) {
		all = append(all, b.Keys)
	}
	for _, m := range o.menus() {
		for _, c := range m.commands {
			if c.keys != "" && local(c) && o.can(c.where) && o.offers(c) {
				all = append(all, []string{c.keys})
			}
		}
	}
	order := func(keys []string) int { return slices.Index([]string{"Enter", "Delete", "Ctrl+Enter"}, keys[0]) }
	slices.SortStableFunc(all, func(a, b []string) int { return order(a) - order(b) })
	return all
}

// scene is what can be seen of the window.
func (o *office) scene() string {
	c := o.window.Canvas()
	return fmt.Sprintf("%s %p %p %v\n%s", o.window.Title(), c.Focused(), c.Overlays().Top(), *o.settings, test.RenderToMarkup(c))
}

// acts tells whether one of some keys does something with the focus somewhere in
// the room.
func (o *office) acts(keys []string) bool {
	for range len(o.glance().stops) + 1 {
		for _, key := range keys {
			if o.typing() && len(key) == 1 {
				continue
			}
			before := o.scene()
			o.press(key)
			if o.desk == nil || o.scene() != before {
				return true
			}
		}
		o.press("Tab")
	}
	return false
}

// typing tells whether a field has the focus, which takes letters and digits.
func (o *office) typing() bool {
	switch o.window.Canvas().Focused().(type) {
	case *kit.Entry:
		return true
	}
	return false
}

// TestNoKeyOfTheHelpIsDead: each key that the help of a room lists as this
// room's does something there, with the focus in one place of it at least; and
// where answers with digits stand, the help says so.
func TestNoKeyOfTheHelpIsDead(t *testing.T) {
	pressed := 0
	o := furnished(t)
	rooms := keyedRooms()
	for _, name := range slices.Sorted(maps.Keys(rooms)) {
		show := rooms[name]
		fresh := func() {
			if o.desk == nil {
				o.unlock()
			}
			show(o)
			o.settle()
		}
		fresh()
		chosen := slices.ContainsFunc(o.told(), func(keys []string) bool { return keys[0] == "1" })
		if has := o.hasAnswers(); has != chosen {
			t.Errorf("%s: answers with digits: %v, the help lists them: %v", name, has, chosen)
		}
		for _, keys := range o.told() {
			fresh()
			pressed++
			if !o.acts(keys) {
				t.Errorf("%s: %v is listed and does nothing", name, keys)
			}
			o.clear()
		}
	}
	t.Logf("%d keys pressed", pressed)
	for _, b := range kit.General {
		o.clear()
		o.Go(roomDecide)
		o.settle()
		if !o.acts(b.Keys) {
			t.Errorf("%v is listed everywhere and does nothing in a list", b.Keys)
		}
	}
	o.clear()
}

// hasAnswers tells whether something on the screen is chosen by its digit.
func (o *office) hasAnswers() bool {
	found := false
	uitest.Walk(o.window.Canvas(), func(x uitest.Object) {
		if c, ok := x.CanvasObject.(*kit.Choice); ok && slices.ContainsFunc(c.Options, func(option kit.Option) bool { return option.Key == "1" }) {
			found = true
		}
	})
	return found
}

// TestKeysOfEveryRole: what a role may not do stands in no help of it, and its
// keys do nothing; a place is called the same in rail, menu and palette.
func TestKeysOfEveryRole(t *testing.T) {
	o := furnished(t)
	for _, role := range append(diagnostics.Roles(), diagnostics.RoleVolunteer) {
		o.as(role)
		for _, listed := range o.paletteCommands() {
			if item := o.rail.items[listed.ID]; item != nil && item.Name != listed.Title {
				t.Errorf("%s: %q in the rail is %q in the palette", role, item.Name, listed.Title)
			}
		}
		for _, m := range menus() {
			for _, c := range m.commands {
				if c.keys == "" || o.offers(c) {
					continue
				}
				before := o.window.Title()
				o.press(c.keys)
				if o.window.Title() != before || o.modals.Open() {
					t.Errorf("%s: %s does %s, which is not theirs", role, c.keys, c.id)
				}
				for _, line := range slices.Concat(o.here(), o.everywhere()) {
					if line.Keys == showKeys(c.keys) {
						t.Errorf("%s: the help lists %s", role, c.keys)
					}
				}
				for _, listed := range o.paletteCommands() {
					if listed.ID == c.id {
						t.Errorf("%s: the palette offers %s", role, c.id)
					}
				}
			}
		}
	}
}
