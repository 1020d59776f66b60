package form

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"solidaren/ui/kit"
	"solidaren/ui/model/form"
	"solidaren/ui/words"
)

// rowCard is one row of a repeat: its answers in short, a way to open it, and a
// way to take it away.
type rowCard struct {
	item   form.Item
	open   *kit.Button
	remove *kit.Button
	whole  *fyne.Container
}

func newRowCard(v *View, item form.Item) *rowCard {
	c := &rowCard{item: item}
	c.open = kit.NewButton("", func() { v.m.EnterRow(c.item.Ref) })
	c.open.Leading = true
	c.remove = kit.NewButton(words.T("form.row.remove"), func() { v.m.RemoveRow(c.item.Ref) })
	v.attach(c.open, &c.item)
	v.attach(c.remove, &c.item)
	var right fyne.CanvasObject
	if !item.Fixed {
		right = c.remove
	}
	c.whole = container.NewBorder(nil, nil, nil, right, c.open)
	return c
}

func (c *rowCard) object() fyne.CanvasObject { return c.whole }

func (c *rowCard) focus() fyne.Focusable { return c.open }

func (c *rowCard) fits(item form.Item) bool {
	return item.Kind == form.Row && !item.New && item.Fixed == c.item.Fixed
}

func (c *rowCard) update(item form.Item) {
	c.item = item
	mark := "▸ "
	if item.Open {
		mark = "▾ "
	}
	number := strconv.Itoa(item.Index) + "."
	if item.Fixed {
		number = words.T("form.row.of", item.Index, item.Count)
	}
	c.open.SetText(mark + number + " " + item.Label)
	c.open.SetCurrent(item.Open)
}

// addCard is where a repeat grows whose next row cannot be shown before it is
// there, by Space or a tap. Enter leaves the repeat, as it goes on everywhere.
type addCard struct {
	item   form.Item
	button *kit.Button
}

func newAddCard(v *View, item form.Item) *addCard {
	c := &addCard{item: item}
	c.button = kit.NewButton("", func() { v.m.AddRow(c.item.Ref) }).WithKey(words.T("key.space"))
	c.button.Leading = true
	c.button.EnterLeaves = true
	v.attach(c.button, &c.item)
	return c
}

func (c *addCard) object() fyne.CanvasObject { return c.button }

func (c *addCard) focus() fyne.Focusable { return c.button }

func (c *addCard) fits(item form.Item) bool { return item.Kind == form.Add }

func (c *addCard) update(item form.Item) {
	c.item = item
	c.button.SetText("+ " + words.T("form.row.add", plain(item.Called())))
}

// pageCard is a repeat inside a row, which opens as a page of its own.
type pageCard struct {
	item   form.Item
	button *kit.Button
}

func newPageCard(v *View, item form.Item) *pageCard {
	c := &pageCard{item: item}
	c.button = kit.NewButton("", func() { v.m.OpenPage(c.item.Ref) }).WithKey(words.T("key.enter"))
	c.button.Leading = true
	v.attach(c.button, &c.item)
	return c
}

func (c *pageCard) object() fyne.CanvasObject { return c.button }

func (c *pageCard) focus() fyne.Focusable { return c.button }

func (c *pageCard) fits(item form.Item) bool { return item.Kind == form.Page }

func (c *pageCard) update(item form.Item) {
	c.item = item
	c.button.SetText("▸ " + plain(item.Called()) + " · " + item.Text)
}

// attach lets a button of a row take part in moving between questions.
func (v *View) attach(b *kit.Button, item *form.Item) {
	b.OnFocus = func(focused bool) {
		if focused {
			v.m.Enter(item.Ref)
		}
	}
	b.OnKey = func(event *fyne.KeyEvent) bool { return v.key(*item, event) }
}
