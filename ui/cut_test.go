package ui

import (
	"strings"
	"testing"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/model"
	"solidaren/ui/uitest"
	"solidaren/ui/words"
)

// opens reports whether the text stands in a line of a list: Enter shows all of
// it.
func opens(t uitest.Text) bool {
	list, ok := uitest.In[*kit.List](t.Object)
	return ok && list.Opens()
}

// TestNoTextIsCut looks at every text of every picture: none is cut, none is
// written over another, in both languages and the sizes of text and window that
// the program is made for.
func TestNoTextIsCut(t *testing.T) {
	var looks []framed
	for _, language := range words.Languages {
		looks = append(looks,
			framed{language, model.PaletteLight, 1, least, 1}, framed{language, model.PaletteLight, 1.5, least, 1.5},
			framed{language, model.PaletteLight, 2, least, 1}, framed{language, model.PaletteLight, 1, laptop, 1},
			framed{language, model.PaletteLight, 2, laptop, 1.5})
	}
	hang(t, looks, func(t *testing.T, o *office, p picture, l framed) {
		texts := uitest.Texts(o.window.Canvas())
		for i, text := range texts {
			if how := text.Cut(); how != "" && !(opens(text) && strings.HasSuffix(text.Text.Text, "…")) {
				t.Errorf("%s %s: %q: %s", p.name, l, text.Text.Text, how)
			}
			for _, other := range texts[:i] {
				if text.Over(other) {
					t.Errorf("%s %s: %q is written over %q", p.name, l, text.Text.Text, other.Text.Text)
				}
			}
		}
	})
}

// TestRoomsAreLegibleAtOnce: what a room learns after it was built makes room
// for itself, though nobody touches the window.
func TestRoomsAreLegibleAtOnce(t *testing.T) {
	o := furnished(t)
	for _, p := range places {
		o.Go(p.name)
		o.settle()
		o.legible(p.name)
	}
	for name, show := range map[string]func(){
		"person": func() { o.OpenPerson(o.nadia) }, "rectify": func() { o.Rectify(o.nadia) },
		"record": func() { o.OpenRecord(o.finished()[0].ID) }, "household": func() {
			o.showHousehold(o.add(diagnostics.TypeHousehold, diagnostics.Values{"adults": "1"}))
		},
	} {
		show()
		o.settle()
		o.legible(name)
	}
}
