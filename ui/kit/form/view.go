// Package form shows a form that is being filled in: an outline, the questions
// of one section, what blocks finishing, and what is saved. It is a view over
// ui/model/form, which decides everything; the view turns keys and taps into its
// commands, keeps the focus where the worker is, and never moves it because a
// question came or went.
package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model/form"
	"solidaren/ui/words"
)

// Options are what a form tells the screen that it stands on.
type Options struct {
	Title    string                // what workers call the form; "": its own title
	OnFinish func()                // nothing blocks: the answers are ready
	OnKeep   func()                // leave, and keep the draft
	OnStatus func(sentence string) // something for the status bar
	OnEnter  func() bool           // Enter, before it goes on; true: it has done something else
	Modals   *kit.Modals           // for help; nil: no help
}

// View is a form on screen.
type View struct {
	widget.BaseWidget
	m       *form.Model
	options Options

	header     *header
	outline    *outline
	alerts     *fyne.Container
	alertPlace *fyne.Container
	summary    *summary
	list       *fyne.Container
	scroll     *kit.Scroll
	foot       *fyne.Container
	body       *fyne.Container
	cards      map[string]card
	folder     string                   // where the last attached file was
	pictures   map[string]fyne.Resource // by reference; nil: it cannot be shown
	atEnd      string                   // the question at which it was told that the form ends, and its answer
}

// leastQuestion is the height that the questions keep beside all that stands over
// and under them, in sizes of text: a card with its field.
const leastQuestion = 8

// New shows a form.
func New(m *form.Model, o Options) *View {
	v := &View{m: m, options: o, cards: map[string]card{}, pictures: map[string]fyne.Resource{}}
	v.header = newHeader(v)
	v.outline = newOutline(v)
	v.summary = newSummary(v)
	v.alerts = kit.VStack(look.Gap)
	v.alertPlace = kit.Inset(look.Gap, v.alerts)
	v.alertPlace.Hide()
	v.list = kit.VStack(look.Gap)
	v.scroll = kit.NewScroll(kit.Inset(look.Gap, v.list)).AtLeast(leastQuestion)
	v.foot = v.newFoot()
	top := kit.Inset(look.Gap, kit.VStack(look.Gap, v.header.object, v.summary.object))
	// An alert comes below the questions, so that it moves none of them.
	section := kit.Framed(top, kit.Bounded(v.scroll, v.leave), v.alertPlace)
	v.body = kit.Framed(kit.VStack(look.Gap), container.New(&bodyLayout{}, v.outline.object, section), v.foot)
	m.OnChange = v.change
	m.OnNotice = v.status
	v.ExtendBaseWidget(v)
	v.change(form.ChangeItems | form.ChangeSection | form.ChangeSaved)
	return v
}

// Held is the content.
func (v *View) Held() fyne.CanvasObject { return v.body }

// CreateRenderer shows the outline beside the section.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.body) }

// Focus puts the focus on the question at the cursor.
func (v *View) Focus() {
	c, ok := v.cards[v.m.Cursor()]
	if !ok || c.focus() == nil {
		return
	}
	v.scroll.Reveal(c.object().Position().Y, c.object().Size().Height)
	kit.Focus(c.focus()) // the field counts more than its card, where only one fits
}

// Tick tells the form that time has passed: of a write that lasts it says so.
func (v *View) Tick() {
	if v.m.SavesSlowly() != v.header.slow {
		v.header.showSaved()
	}
}

// Where names the question at the cursor by its section and its number; "" where
// there is none.
func (v *View) Where() string { return v.m.Where() }

// Close saves what is being typed and lets go of the model.
func (v *View) Close() {
	v.m.Flush()
	v.m.OnChange, v.m.OnNotice = nil, nil
}

func (v *View) status(sentence string) {
	if v.options.OnStatus != nil {
		v.options.OnStatus(sentence)
	}
}

// change shows again what the model says has changed.
func (v *View) change(what form.Change) {
	if what&form.ChangeSaved != 0 {
		v.header.showSaved()
	}
	if what&form.ChangeProblems != 0 {
		v.summary.show(v.m.Problems())
	}
	if what&(form.ChangeItems|form.ChangeSection) != 0 {
		v.showItems(what&form.ChangeSection != 0)
		v.header.show()
		v.outline.show()
	}
	if what&form.ChangeCursor != 0 {
		v.Focus()
	}
}

// showItems makes the cards of the section. Cards of questions that stay are
// kept, with their focus and caret; if cards above the focused one come or go,
// the scroll follows, so that nothing moves under the worker's eyes.
func (v *View) showItems(otherSection bool) {
	anchor := v.cards[v.m.Cursor()]
	before := v.place(anchor)
	items := v.m.Items()
	kept := make(map[string]card, len(items))
	objects := make([]fyne.CanvasObject, 0, len(items))
	var alerts []fyne.CanvasObject
	for _, item := range items {
		c, ok := v.cards[item.Ref]
		if !ok || !c.fits(item) {
			c = v.newCard(item)
		}
		c.update(item)
		kept[item.Ref] = c
		if item.Kind == form.Alert {
			alerts = append(alerts, c.object())
		} else {
			objects = append(objects, c.object())
		}
	}
	v.cards = kept
	v.list.Objects = objects
	v.showAlerts(alerts)
	v.scroll.Refresh()
	switch {
	case otherSection:
		v.scroll.ScrollTo(0)
	case anchor != nil && kept[v.m.Cursor()] == anchor:
		v.scroll.ScrollTo(v.scroll.Offset() + v.place(anchor) - before)
	}
}

// place is where the worker's eyes are in the list: at what has the focus in a
// card, whose question may become a line shorter above it, else at the card.
func (v *View) place(c card) float32 {
	if c == nil {
		return 0
	}
	object, driver := c.object(), fyne.CurrentApp().Driver()
	top := object.Position().Y
	canvas := driver.CanvasForObject(object)
	if canvas == nil {
		return top
	}
	focused, ok := canvas.Focused().(fyne.CanvasObject)
	if !ok {
		return top
	}
	inside := driver.AbsolutePositionForObject(focused).Y - driver.AbsolutePositionForObject(object).Y
	if inside < 0 || inside > object.Size().Height {
		return top
	}
	return top + inside
}

func (v *View) showAlerts(alerts []fyne.CanvasObject) {
	if len(alerts) == len(v.alerts.Objects) {
		return
	}
	v.alerts.Objects = alerts
	v.alertPlace.Hidden = len(alerts) == 0
	v.body.Refresh()
}

// grown lays the section out again after a card has changed its height.
func (v *View) grown() { v.scroll.Refresh() }

// newFoot holds the moves between sections and the end of the form. It lies under
// the outline as well, so that its sentence has room on one line.
func (v *View) newFoot() *fyne.Container {
	previous := kit.NewButton(words.T("form.previous"), v.PreviousSection).WithKey(words.T("key.page_up"))
	next := kit.NewButton(words.T("form.next"), v.NextSection).WithKey(words.T("key.page_down"))
	finish := kit.NewButton(words.T("form.finish"), v.Finish).WithKey(words.T("key.ctrl_enter")).As(kit.Primary)
	told := "form.advance"
	if !v.m.AutoAdvance() {
		told = "form.advance.off"
	}
	return kit.Inset(look.Gap, container.New(&footLayout{}, kit.Caption(words.T(told)), kit.Flow(previous, next, finish)))
}

// footLayout puts the buttons right of the sentence, or under it where it would
// need a second line.
type footLayout struct{ width float32 }

// split is the width of the buttons on one line, each with a gap before it, and
// whether the sentence has room beside them.
func (l *footLayout) split(objects []fyne.CanvasObject) (buttons float32, beside bool) {
	gap := theme.Size(look.Gap)
	for _, b := range objects[1].(*fyne.Container).Objects {
		buttons += b.MinSize().Width + gap
	}
	return buttons, objects[0].(*kit.Label).Natural()+buttons < l.width
}

// Layout places them.
func (l *footLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	gap := theme.Size(look.Gap)
	hint, moves := objects[0], objects[1]
	buttons, beside := l.split(objects)
	if beside {
		hint.Move(fyne.NewPos(0, (size.Height-hint.MinSize().Height)/2))
		hint.Resize(fyne.NewSize(size.Width-buttons, hint.MinSize().Height))
		moves.Move(fyne.NewPos(size.Width-buttons+gap, 0))
		moves.Resize(fyne.NewSize(buttons, size.Height))
		return
	}
	hint.Resize(fyne.NewSize(size.Width, hint.MinSize().Height))
	top := hint.MinSize().Height
	hint.Resize(fyne.NewSize(size.Width, top))
	hint.Move(fyne.Position{})
	moves.Move(fyne.NewPos(0, top+gap))
	moves.Resize(fyne.NewSize(size.Width, max(0, size.Height-top-gap)))
}

// MinSize is right for the width that the foot has now.
func (l *footLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := objects[1].MinSize()
	if _, beside := l.split(objects); !beside && l.width > 0 {
		least.Height += objects[0].MinSize().Height + theme.Size(look.Gap)
	}
	return least
}

// outlineWidth is the width of the outline at the designed size of text; where
// the window is narrower than narrow, there is none.
const (
	outlineWidth = 250
	narrow       = 900
)

// scaled follows the size of text that the worker chose.
func scaled(width float32) float32 { return width * theme.TextSize() / 16 }

// bodyLayout puts the outline left of the section, if there is room.
type bodyLayout struct{}

// Layout gives the outline its width and the section the rest.
func (bodyLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	outline, section := objects[0], objects[1]
	width := scaled(outlineWidth)
	if size.Width < scaled(narrow) {
		outline.Hide()
		section.Move(fyne.Position{})
		section.Resize(size)
		return
	}
	outline.Show()
	outline.Move(fyne.Position{})
	outline.Resize(fyne.NewSize(width, size.Height))
	section.Move(fyne.NewPos(width, 0))
	section.Resize(size.SubtractWidthHeight(width, 0))
}

// MinSize is that of the section.
func (bodyLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[1].MinSize() }
