package person

import (
	"fyne.io/fyne/v2"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// sameAs is the part of the card that tells of other cards of the person.
func (s *Screen) sameAs() []fyne.CanvasObject {
	s.same = kit.VStack(look.Gap)
	pick := kit.NewButton(words.T("sheet.same.pick"), func() { s.window.PickPerson(s.model.SameAs) })
	return []fyne.CanvasObject{
		kit.Subheading(words.T("sheet.same")), kit.Muted(words.T("sheet.same.hint")), s.same, kit.HStack(look.Gap, pick),
	}
}

// refreshSame shows the other cards, each with what opens it and what takes the
// link back.
func (s *Screen) refreshSame() {
	s.same.Objects = nil
	for _, c := range s.model.Same {
		buttons := []fyne.CanvasObject{kit.NewButton(words.T("sheet.same.open"), func() { s.window.OpenPerson(c.ID) })}
		if c.Link != "" {
			buttons = append(buttons, kit.NewButton(words.T("sheet.same.undo"), func() { s.model.Apart(c.Link) }))
		}
		s.same.Add(kit.VStack(look.RingWidth, kit.Text(page.Joined(c.Code, c.Handle, c.Names, c.Traits, c.Place)), page.Flow(buttons...)))
	}
	s.same.Refresh()
}

// restrictions is the part of the card that tells what the person restricts.
func (s *Screen) restrictions() []fyne.CanvasObject {
	s.limits = map[string]*kit.Check{}
	rows := []fyne.CanvasObject{kit.Subheading(words.T("sheet.limits"))}
	for _, field := range model.Restrictions() {
		s.limits[field] = kit.NewCheck(page.FieldName(diagnostics.TypePerson, field), false, func(on bool) { s.model.Restrict(field, on) })
		rows = append(rows, s.limits[field])
	}
	return rows
}
