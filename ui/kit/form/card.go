package form

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model/form"
	"solidaren/ui/words"
)

// card is one item on screen.
type card interface {
	object() fyne.CanvasObject
	focus() fyne.Focusable // nil: it cannot have the focus
	fits(form.Item) bool   // the card can show this item
	update(form.Item)
}

func (v *View) newCard(item form.Item) card {
	switch item.Kind {
	case form.Note:
		return newText(kit.Text(""), item.Kind)
	case form.Heading:
		return newText(kit.Subheading(""), item.Kind)
	case form.Alert:
		return &alertCard{kit.NewBanner(kit.Warning, "")}
	case form.Row:
		return newRowCard(v, item)
	case form.Add:
		return newAddCard(v, item)
	}
	return newQuestion(v, item)
}

// question is the card of a question: number, label, hint, field, and a line for
// an error whose place is kept.
type question struct {
	widget.BaseWidget
	v    *View
	item form.Item

	number, label, need, hint *kit.Label
	echo, fault               *kit.Label
	field                     field
	ground, bar               *canvas.Rectangle
	content                   *fyne.Container
	focused                   bool
}

func newQuestion(v *View, item form.Item) *question {
	q := &question{
		v: v, item: item,
		number: kit.QuestionNumber("").Whole(), label: kit.QuestionLabel(""), need: kit.Caption("").Whole(), hint: kit.Muted(""),
		echo: kit.Caption(""), fault: kit.FaultLine(),
		ground: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil),
	}
	q.hint.Hide()
	q.field = newField(q, item)
	title := container.NewBorder(nil, nil, q.number, q.need, q.label)
	q.content = kit.VStack(look.RingWidth, title, q.hint, kit.VStack(look.RingWidth, kit.Room(), q.field.object()), q.fault)
	q.ExtendBaseWidget(q)
	return q
}

func (q *question) object() fyne.CanvasObject { return q }

func (q *question) focus() fyne.Focusable { return q.field.focus() }

func (q *question) fits(item form.Item) bool {
	return item.Kind == form.Question && item.Input == q.item.Input
}

func (q *question) update(item form.Item) {
	q.item = item
	q.number.Set(strconv.Itoa(item.Number) + "  ")
	q.label.Set(plain(item.Label))
	q.need.Set("")
	if item.Required && item.Text == "" && len(item.Chosen) == 0 {
		q.need.Set(words.T("kit.required"))
	}
	q.hint.Set(plain(item.Hint))
	q.hint.Hidden = item.Hint == ""
	q.echo.Set(item.Echo)
	kit.ShowFault(q.fault, item.Error)
	q.field.update(item)
	q.Refresh()
}

// plain takes the marks of emphasis out of a label.
func plain(text string) string { return strings.NewReplacer("**", "", "__", "").Replace(text) }

// focusChanged follows the focus of the field.
func (q *question) focusChanged(focused bool) {
	q.focused = focused
	q.Refresh()
	if focused {
		q.v.entered(q)
	}
}

// AccessibilityLabel is the question with its answer and its error.
func (q *question) AccessibilityLabel() string {
	return strings.TrimSpace(q.item.Label + " " + q.item.Text + " " + q.item.Error)
}

// AccessibilityRole is container.
func (q *question) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer draws the ground, the bar of the focused card and the content.
func (q *question) CreateRenderer() fyne.WidgetRenderer {
	r := &questionRenderer{q}
	r.Refresh()
	return r
}

type questionRenderer struct{ q *question }

// cardPadding stands between the edge of a card and its content; below it, the
// place that is kept for an error is room enough.
const (
	cardPadding = 12
	cardFoot    = 2
)

func (r *questionRenderer) MinSize() fyne.Size {
	return r.q.content.MinSize().AddWidthHeight(2*cardPadding, cardPadding+cardFoot)
}

func (r *questionRenderer) Layout(size fyne.Size) {
	indent := float32(r.q.item.Depth) * theme.Size(look.Section)
	r.q.ground.Move(fyne.NewPos(indent, 0))
	r.q.ground.Resize(size.SubtractWidthHeight(indent, 0))
	r.q.bar.Move(fyne.NewPos(indent, 0))
	r.q.bar.Resize(fyne.NewSize(4, size.Height))
	r.q.content.Move(fyne.NewPos(indent+cardPadding, cardPadding))
	r.q.content.Resize(size.SubtractWidthHeight(indent+2*cardPadding, cardPadding+cardFoot))
}

func (r *questionRenderer) Refresh() {
	q := r.q
	q.ground.FillColor, q.ground.StrokeColor = theme.Color(theme.ColorNameInputBackground), theme.Color(theme.ColorNameSeparator)
	q.ground.StrokeWidth, q.ground.CornerRadius = 1, theme.Size(theme.SizeNameCardRadius)
	q.bar.FillColor = theme.Color(look.Ring)
	if q.item.Error != "" && !q.focused {
		q.bar.FillColor = theme.Color(theme.ColorNameError)
	}
	q.bar.Hidden = !q.focused && q.item.Error == ""
	q.content.Refresh()
	canvas.Refresh(q)
}

func (r *questionRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.q.ground, r.q.bar, r.q.content}
}

func (r *questionRenderer) Destroy() {}

// textCard is a note or a heading.
type textCard struct {
	label *kit.Label
	kind  form.Kind
	inset *fyne.Container
}

func newText(label *kit.Label, kind form.Kind) *textCard {
	return &textCard{label, kind, kit.Inset(look.RingWidth, label)}
}

func (c *textCard) object() fyne.CanvasObject { return c.inset }

func (c *textCard) focus() fyne.Focusable { return nil }

func (c *textCard) fits(item form.Item) bool { return item.Kind == c.kind }

func (c *textCard) update(item form.Item) { c.label.Set(plain(item.Label)) }

// alertCard is a note about danger.
type alertCard struct{ banner *kit.Banner }

func (c *alertCard) object() fyne.CanvasObject { return c.banner }

func (c *alertCard) focus() fyne.Focusable { return nil }

func (c *alertCard) fits(item form.Item) bool { return item.Kind == form.Alert }

func (c *alertCard) update(item form.Item) { c.banner.Set(kit.Warning, plain(item.Label)) }
