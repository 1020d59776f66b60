package form

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model/form"
	"solidaren/ui/words"
)

// Help shows what helps with the question at the cursor: what the form says
// about it, and a calendar or the map of the districts where it takes one.
func (v *View) Help() {
	if item, ok := v.m.Item(v.m.Cursor()); ok {
		v.helpWith(item)
	}
}

// onCalendar are the inputs that take a day from a calendar.
var onCalendar = []form.Input{form.Date, form.Month, form.Moment}

func (v *View) helpWith(item form.Item) {
	if v.options.Modals == nil {
		return
	}
	text := kit.ProseText()
	switch {
	case item.Guidance != "":
		text.Set(prose(item.Guidance, ""))
	case item.Hint != "":
		text.Set(prose(item.Hint, ""))
	}
	switch {
	case item.OnMap:
		v.showMap(item, text)
	case slices.Contains(onCalendar, item.Input):
		v.showCalendar(item, text)
	case text.Words() == "":
		v.status(words.T("form.notice.no_help"))
	default:
		v.options.Modals.Show(kit.Dialog{
			Title: plain(item.Label), Content: kit.VStack(look.Gap, text),
			Buttons: []kit.Action{{Text: words.T("kit.close"), Default: true}},
		})
	}
}

func (v *View) showCalendar(item form.Item, text *kit.Prose) {
	v.m.Leave(item.Ref) // what is typed is a day already
	calendar := kit.NewCalendar(v.m.Day(item.Ref), v.m.Today(), func(day time.Time) {
		v.options.Modals.Dismiss()
		v.m.SetDay(item.Ref, day)
	})
	v.options.Modals.Show(kit.Dialog{
		Title: plain(item.Label), Under: calendar.Month, First: calendar,
		Content: helped(text, calendar, words.T("form.calendar.hint")),
		Buttons: []kit.Action{{Text: words.T("kit.close")}},
	})
}

func (v *View) showMap(item form.Item, text *kit.Prose) {
	chosen := ""
	if len(item.Chosen) > 0 {
		chosen = item.Chosen[0]
	}
	var rows [][]kit.Tile
	for _, row := range item.DistrictRows() {
		var tiles []kit.Tile
		for _, o := range row {
			tiles = append(tiles, kit.Tile{Value: o.Value, Name: words.District(o.Value), Label: o.Label})
		}
		rows = append(rows, tiles)
	}
	tiles := kit.NewDistrictMap(rows, chosen, func(value string) {
		v.options.Modals.Dismiss()
		v.m.Answer(item.Ref, value)
		v.advance(item.Ref, item.Layout.Quick)
	})
	v.options.Modals.Show(kit.Dialog{
		Title: plain(item.Label), First: tiles, Wide: true,
		Content: helped(text, tiles, words.T("form.map.hint")),
		Buttons: []kit.Action{{Text: words.T("kit.close")}},
	})
}

// helped is what a day or a district is chosen from, below what the form says
// about it.
func helped(text *kit.Prose, choice fyne.CanvasObject, keys string) fyne.CanvasObject {
	if text.Words() == "" {
		text.Hide()
	}
	return kit.VStack(look.Gap, text, choice, kit.Caption(keys))
}
