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
		return newText(v, kit.ProseText(), item.Kind)
	case form.Heading:
		return newText(v, kit.NewProse(theme.SizeNameSubHeadingText, theme.ColorNameForeground, true), item.Kind)
	case form.Idle:
		return newText(v, kit.ProseHint(), item.Kind)
	case form.Alert:
		return &alertCard{kit.NewBanner(kit.Warning, "")}
	case form.Head:
		return &headCard{inset: container.New(&cardInset{})}
	case form.Talked:
		return newTalkedCard(v)
	case form.Row:
		if item.New {
			return newText(v, kit.ProseHint(), item.Kind)
		}
		return newRowCard(v, item)
	case form.Add:
		return newAddCard(v, item)
	case form.Page:
		return newPageCard(v, item)
	}
	return newQuestion(v, item)
}

// question is the card of a question: number, label, picture, hint, field, and a
// line for an error whose place is kept.
type question struct {
	widget.BaseWidget
	v    *View
	item form.Item

	number, need, remark *kit.Label
	echo, fault, count   *kit.Label
	label, hint          *kit.Prose
	picture              *picture
	media                *media
	field                field
	ground, bar          *canvas.Rectangle
	content              *fyne.Container
	focused              bool
}

func newQuestion(v *View, item form.Item) *question {
	q := &question{
		v: v, item: item,
		number: kit.QuestionNumber("").Whole(), label: kit.ProseLabel(), need: kit.Caption("").Whole(), hint: kit.ProseHint(),
		remark: kit.Caption(""), echo: kit.Caption(""), fault: kit.FaultLine(), count: kit.Caption("").Whole(),
		picture: newPicture(v), media: newMedia(v), ground: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil),
	}
	q.hint.Hide()
	q.remark.Hide()
	q.field = newField(q, item)
	title := container.NewBorder(nil, nil, q.number, q.need, q.label)
	foot := container.NewBorder(nil, nil, nil, q.count, q.fault)
	answers := kit.VStack(look.RingWidth, kit.Room(), q.field.object())
	switch {
	case item.Layout.Bare:
		q.content = kit.VStack(look.RingWidth, kit.TableLine(title, q.field.object()), q.hint, q.media.label, foot)
	case item.Beside:
		q.content = kit.VStack(look.RingWidth, title, q.hint, container.New(&besideLayout{}, answers, q.picture), q.media.label, q.remark, foot)
	default:
		q.content = kit.VStack(look.RingWidth, title, q.hint, q.picture, q.media.label, answers, q.remark, foot)
	}
	q.ExtendBaseWidget(q)
	return q
}

func (q *question) object() fyne.CanvasObject { return q }

func (q *question) focus() fyne.Focusable { return q.field.focus() }

func (q *question) fits(item form.Item) bool {
	return item.Kind == form.Question && item.Input == q.item.Input && item.Layout == q.item.Layout
}

func (q *question) update(item form.Item) {
	q.item = item
	q.number.Set(strconv.Itoa(item.Number) + "  ")
	q.label.Set(prose(item.Label, item.Lent))
	q.need.Set(item.Status)
	if item.Required && !item.Answered() {
		q.need.Set(words.T("kit.required"))
	}
	q.hint.Set(prose(item.Hint, item.LentHint))
	q.hint.Hidden = item.Hint == ""
	q.remark.Set(item.Remark)
	q.remark.Hidden = item.Remark == ""
	q.picture.show(item.Image)
	q.media.show(item)
	q.echo.Set(item.Echo)
	showFault(q.fault, item)
	q.counted(item.Text)
	q.field.update(item)
	q.Refresh()
}

// showFault writes what is wrong, else what looks wrong.
func showFault(line *kit.Label, item form.Item) {
	if item.Error == "" && item.Warning != "" {
		kit.ShowWarning(line, item.Warning)
		return
	}
	kit.ShowFault(line, item.Error)
}

// nearEnd is how many characters before the end of a long note its length shows.
const nearEnd = 500

// counted shows how long a text is, where its length has a limit, and how many
// answers were chosen, where their number has one.
func (q *question) counted(text string) {
	if q.item.Most > 0 && (q.item.Input == form.Choices || q.item.Input == form.SearchMany) {
		q.count.Set(words.T("form.most", len(q.item.Chosen), q.item.Most))
		return
	}
	limit, length := q.item.Limit, len([]rune(text))
	if limit == 0 && q.item.Input == form.Notes && length > kit.NotesLimit-nearEnd {
		limit = kit.NotesLimit
	}
	if limit == 0 || q.item.Input != form.Line && q.item.Input != form.Notes {
		q.count.Set("")
		return
	}
	q.count.Set(words.T("form.count", length, limit))
}

// prose gives the words of a form their emphasis, and names the language that
// they are lent from.
func prose(text, lent string) []kit.Paragraph {
	if text == "" {
		return nil
	}
	var out []kit.Paragraph
	for _, p := range form.Markup(text) {
		one := kit.Paragraph{Mark: p.Mark}
		for _, s := range p.Spans {
			one.Spans = append(one.Spans, kit.Span{Text: s.Text, Bold: s.Bold, Italic: s.Italic})
		}
		out = append(out, one)
	}
	if lent != "" {
		last := &out[len(out)-1]
		last.Spans = append(last.Spans, kit.Span{Text: " (" + lent + ")", Muted: true})
	}
	return out
}

// plain is a label on one line, without its emphasis.
func plain(text string) string { return strings.ReplaceAll(form.Plain(text), "\n", " ") }

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
	return strings.TrimSpace(strings.Join([]string{plain(q.item.Label), q.item.Text, q.item.Status, q.item.Error, q.item.Warning}, " "))
}

// AccessibilityRole is container.
func (q *question) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// Held is the content.
func (q *question) Held() fyne.CanvasObject { return q.content }

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
