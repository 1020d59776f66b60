package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model/form"
)

// textCard is a note, a heading, or a line that says something.
type textCard struct {
	text    *kit.Prose
	kind    form.Kind
	picture *picture
	media   *media
	inset   *fyne.Container
}

func newText(v *View, text *kit.Prose, kind form.Kind) *textCard {
	c := &textCard{text: text, kind: kind, picture: newPicture(v), media: newMedia(v)}
	c.inset = kit.Inset(look.RingWidth, kit.VStack(look.RingWidth, text, c.picture, c.media.label))
	return c
}

func (c *textCard) object() fyne.CanvasObject { return c.inset }

func (c *textCard) focus() fyne.Focusable { return nil }

func (c *textCard) fits(item form.Item) bool {
	return item.Kind == c.kind && (item.Kind != form.Row || item.New)
}

func (c *textCard) update(item form.Item) {
	c.text.Set(prose(item.Label, item.Lent))
	c.picture.show(item.Image)
	c.media.show(item)
}

// alertCard is a note about danger.
type alertCard struct{ banner *kit.Banner }

func (c *alertCard) object() fyne.CanvasObject { return c.banner }

func (c *alertCard) focus() fyne.Focusable { return nil }

func (c *alertCard) fits(item form.Item) bool { return item.Kind == form.Alert }

func (c *alertCard) update(item form.Item) { c.banner.Set(kit.Warning, plain(item.Called())) }

// headCard shows the words of the answers above the rows of a table.
type headCard struct {
	inset *fyne.Container
}

func (c *headCard) object() fyne.CanvasObject { return c.inset }

func (c *headCard) focus() fyne.Focusable { return nil }

func (c *headCard) fits(item form.Item) bool { return item.Kind == form.Head }

func (c *headCard) update(item form.Item) {
	labels := make([]string, len(item.Choices))
	for i, o := range item.Choices {
		labels[i] = plain(o.Called())
	}
	title := kit.ProseLabel()
	title.Set(prose(item.Label, item.Lent))
	c.inset.Layout = &cardInset{depth: item.Depth}
	c.inset.Objects = []fyne.CanvasObject{kit.TableLine(title, kit.HeadLine(labels))}
	c.inset.Refresh()
}

// cardInset is the room that the card of a question has on its left and right.
type cardInset struct{ depth int }

func (l *cardInset) left() float32 {
	return float32(l.depth)*theme.Size(look.Section) + cardPadding
}

// Layout stands the content where that of a question stands.
func (l *cardInset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(l.left(), 0))
		o.Resize(size.SubtractWidthHeight(l.left()+cardPadding, 0))
	}
}

// MinSize adds the room.
func (l *cardInset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size.AddWidthHeight(l.left()+cardPadding, 0)
}

// talkedCard asks whether the section was talked about.
type talkedCard struct {
	item   form.Item
	label  *kit.Label
	choice *kit.Choice
	whole  *fyne.Container
}

func newTalkedCard(v *View) *talkedCard {
	c := &talkedCard{label: kit.Strong("").Whole()}
	c.choice = kit.NewChoice(kit.ChoiceOptions{Stand: kit.Packed, OnAnswer: func(selected []string, _ bool) {
		if len(selected) == 1 && selected[0] == form.NotDiscussed {
			v.m.NotTalked()
			return
		}
		v.m.Talk()
	}})
	c.choice.OnFocus = func(focused bool) {
		if focused {
			v.m.Enter(c.item.Ref)
		}
	}
	c.choice.OnKey = func(event *fyne.KeyEvent) bool { return v.key(c.item, event) }
	c.whole = kit.Inset(look.RingWidth, container.NewBorder(nil, nil, kit.HStack(look.CardPadding, c.label, kit.Room()), nil, c.choice))
	return c
}

func (c *talkedCard) object() fyne.CanvasObject { return c.whole }

func (c *talkedCard) focus() fyne.Focusable { return c.choice }

func (c *talkedCard) fits(item form.Item) bool { return item.Kind == form.Talked }

func (c *talkedCard) update(item form.Item) {
	c.item = item
	c.label.Set(item.Label)
	c.choice.Update(kitOptions(nil, item.Choices), item.Chosen)
}
