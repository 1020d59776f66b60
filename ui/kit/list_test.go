package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/uitest"
)

func TestListByKeyboard(t *testing.T) {
	titles := []string{"a", "b", "c"}
	var opened []int
	list := kit.NewList(kit.ListOptions{
		Length: func() int { return len(titles) }, Line: func(i int) kit.Line { return kit.Line{Title: titles[i]} },
		OnOpen: func(i int) { opened = append(opened, i) },
	})
	w, keys := show(t, list)
	w.Canvas().Focus(list)
	keys.Press("Down", "Enter", "Down", "Down", "Space", "Home", "Enter", "Enter")
	if diff := cmp.Diff([]int{1, 2, 0, 0}, opened); diff != "" {
		t.Error(diff)
	}
	keys.Press("End")
	titles = titles[:1]
	list.Refresh()
	keys.Press("Enter")
	if opened[len(opened)-1] != 0 {
		t.Errorf("opened line %d of a list of one", opened[len(opened)-1])
	}
}

func TestSearchSelect(t *testing.T) {
	options := []kit.Option{{Value: "1", Label: "Épicerie solidaire"}, {Value: "2", Label: "Accueil de jour"}, {Value: "3", Label: "Épicerie du Blosne"}}
	t.Run("one", func(t *testing.T) {
		var got []kit.Option
		search := kit.NewSearchSelect(kit.SearchOptions{Options: options, OnAnswer: func(selected []kit.Option, _ bool) { got = selected }})
		w, keys := show(t, search)
		w.Canvas().Focus(search.Entry)
		keys.Type("epic blo")
		keys.Press("Enter")
		if diff := cmp.Diff(options[2:], got); diff != "" || search.Entry.Text != "Épicerie du Blosne" {
			t.Errorf("%s: %q", diff, search.Entry.Text)
		}
		keys.Press("Down", "Down", "Enter")
		if diff := cmp.Diff(options[1:2], got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a digit key matches nothing", func(t *testing.T) {
		search := kit.NewSearchSelect(kit.SearchOptions{Options: options, OnAnswer: func(selected []kit.Option, _ bool) { t.Errorf("chose %v", selected) }})
		w, keys := show(t, search)
		w.Canvas().Focus(search.Entry)
		keys.Press("1", "Enter")
	})
	t.Run("down on the last match", func(t *testing.T) {
		var got []kit.Option
		search := kit.NewSearchSelect(kit.SearchOptions{Options: options, OnAnswer: func(selected []kit.Option, _ bool) { got = selected }})
		search.OnKey = func(event *fyne.KeyEvent) bool {
			t.Errorf("%s left the field", event.Name)
			return true
		}
		w, keys := show(t, search)
		w.Canvas().Focus(search.Entry)
		keys.Type("blosne")
		keys.Press("Down", "Down", "Enter")
		if diff := cmp.Diff(options[2:], got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("several", func(t *testing.T) {
		var got []kit.Option
		search := kit.NewSearchSelect(kit.SearchOptions{Options: options, Multiple: true, OnAnswer: func(selected []kit.Option, _ bool) { got = selected }})
		w, keys := show(t, search)
		w.Canvas().Focus(search.Entry)
		keys.Type("acc")
		keys.Press("Enter", "Down", "Enter")
		if diff := cmp.Diff([]kit.Option{options[1], options[0]}, got); diff != "" {
			t.Error(diff)
		}
		keys.Press("Backspace")
		if diff := cmp.Diff(options[1:2], got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("by mouse", func(t *testing.T) {
		var got []kit.Option
		search := kit.NewSearchSelect(kit.SearchOptions{Options: options, OnAnswer: func(selected []kit.Option, _ bool) { got = selected }})
		w, keys := show(t, search)
		w.Canvas().Focus(search.Entry)
		keys.Type("acc")
		press(w, lines(search)[0])
		if diff := cmp.Diff(options[1:2], got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestScrollRevealsTheFocus(t *testing.T) {
	var fields []fyne.CanvasObject
	for range 30 {
		fields = append(fields, kit.NewEntry(""))
	}
	scroll := kit.NewScroll(kit.VStack(look.Gap, fields...))
	w, keys := show(t, scroll)
	for range fields {
		keys.Press("Tab")
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(w.Canvas().Focused().(fyne.CanvasObject))
		if at.Y < 0 || at.Y+40 > w.Canvas().Size().Height {
			t.Fatalf("focus is at %v, out of view", at)
		}
	}
	if scroll.Offset() == 0 {
		t.Error("nothing scrolled")
	}
}

func TestLongListByMouseAndArrows(t *testing.T) {
	var options []kit.Option
	for i := range 20 {
		options = append(options, kit.Option{Value: string(rune('a' + i)), Label: "Lieu " + string(rune('a'+i))})
	}
	var got []kit.Option
	search := kit.NewSearchSelect(kit.SearchOptions{Options: options, OnAnswer: func(selected []kit.Option, _ bool) { got = selected }})
	scroll := kit.NewScroll(search)
	search.OnGrow = scroll.Refresh
	w, keys := show(t, scroll)
	w.Resize(fyne.NewSize(400, 200))
	w.Canvas().Focus(search.Entry)
	for range 11 {
		keys.Press("Down")
	}
	if line := lines(search)[7]; fyne.CurrentApp().Driver().AbsolutePositionForObject(line).Y+line.Size().Height > 200 {
		t.Error("the line that the arrows went to is below the edge")
	}
	w.Resize(fyne.NewSize(400, 600))
	keys.Press("Enter")
	if diff := cmp.Diff(options[10:11], got); diff != "" {
		t.Errorf("by arrows: %s", diff)
	}
	keys.Press("Delete")
	search.Entry.SetText("lieu")
	more := lines(search)[8]
	press(w, more)
	press(w, lines(search)[0])
	if diff := cmp.Diff(options[8:9], got); diff != "" {
		t.Errorf("by mouse: %s", diff)
	}
}

// TestLongLinesOfASearch: what was found is read whole, on as many lines as it
// needs, though as many were found before that needed one.
func TestLongLinesOfASearch(t *testing.T) {
	const long = "Bourg-l'Évesque, La Touche, Moulin du Comte et ce qui les entoure"
	var options []kit.Option
	for i := range 9 {
		n := string(rune('1' + i))
		options = append(options, kit.Option{Value: n, Label: "Centre " + n}, kit.Option{Value: "b" + n, Label: "Bréquigny " + n})
	}
	options[1].Label = long
	search := kit.NewSearchSelect(kit.SearchOptions{Options: options})
	w, keys := show(t, kit.NewScroll(search))
	w.Resize(fyne.NewSize(300, 600))
	w.Canvas().Focus(search.Entry)
	keys.Type("c")
	search.Entry.SetText("b")
	for _, text := range uitest.Texts(w.Canvas()) {
		if how := text.Cut(); how != "" {
			t.Errorf("%q: %s", text.Text.Text, how)
		}
	}
	found := lines(search)
	if len(found) != 9 || found[0].Size().Height <= found[1].Size().Height {
		t.Fatalf("%d lines, the long one %v high", len(found), found[0].Size().Height)
	}
	for i, line := range found[1:] {
		before, driver := found[i], fyne.CurrentApp().Driver()
		top, end := driver.AbsolutePositionForObject(line).Y, driver.AbsolutePositionForObject(before).Y+before.Size().Height
		if top < end {
			t.Errorf("line %d begins at %v, that before it ends at %v", i+1, top, end)
		}
	}
}

// lines are the lines of a search that a press picks.
func lines(search *kit.SearchSelect) []fyne.CanvasObject {
	var found []fyne.CanvasObject
	for _, o := range test.LaidOutObjects(search) {
		_, pressed := o.(desktop.Mouseable)
		_, hovered := o.(desktop.Hoverable)
		if pressed && hovered && o.Visible() {
			found = append(found, o)
		}
	}
	return found
}
