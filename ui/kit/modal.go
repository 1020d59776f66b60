package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"solidaren/diagnostics"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/words"
)

// Modals shows what must be answered before the work goes on, one at a time in
// a window. Esc dismisses, Enter does the default, which is never what cannot be
// undone; the focus returns to where it was.
type Modals struct {
	window  fyne.Window
	waiting []Dialog
	close   func() // the dialog on screen, nil: none
	fit     func() // gives it the room that its content needs now
}

// Action is a button of a dialog. Every action closes the dialog first.
type Action struct {
	Text            string
	Do              func() // nil: only close
	Default, Danger bool
}

// Dialog is one thing to show.
type Dialog struct {
	Title     string
	Under     fyne.CanvasObject // stays below the title while the content scrolls; nil: nothing
	Content   fyne.CanvasObject
	Buttons   []Action
	First     fyne.Focusable // has the focus at first; nil: the default button
	OnDismiss func()         // Esc
	Wide      bool
}

// Question asks before something is done.
type Question struct {
	Title, Text, Yes, No string // Yes is the verb of what is done
	Danger               bool
	Then                 func()
}

// NewModals makes the dialogs of a window.
func NewModals(window fyne.Window) *Modals { return &Modals{window: window} }

// Open reports whether a dialog is on screen: menu commands ask first.
func (m *Modals) Open() bool { return m.close != nil }

// Dismiss closes the dialog on screen as Esc does.
func (m *Modals) Dismiss() {
	if m.close != nil {
		m.close()
	}
}

// Fit gives the dialog on screen the room that its content needs now, after
// something in it has grown. It never becomes lower by that: a button that is
// pressed would be gone from under the mouse.
func (m *Modals) Fit() {
	if m.Open() {
		m.fit()
	}
}

// Confirm asks. The safe choice has the focus.
func (m *Modals) Confirm(q Question) {
	no := q.No
	if no == "" {
		no = words.T("kit.cancel")
	}
	m.Show(Dialog{Title: q.Title, Content: Text(q.Text), Buttons: []Action{
		{Text: no, Default: true},
		{Text: q.Yes, Do: q.Then, Danger: q.Danger},
	}})
}

// ShowError shows err: the sentence for its code, what can be done, the details
// for whoever helps, and a button that copies them. op says what was tried.
func (m *Modals) ShowError(op string, err error) {
	if err == nil {
		return
	}
	details := op + ": " + err.Error()
	sentence := diagnostics.Sentence(err, words.Language())
	body := VStack(look.Gap, Text(sentence))
	if advice := words.T(hints[diagnostics.Code(err)]); !strings.Contains(sentence, advice) {
		body.Add(Muted(advice))
	}
	body.Add(Caption(details))
	m.Show(Dialog{Title: words.T("kit.error.title"), Content: body, Buttons: []Action{
		{Text: words.T("kit.close"), Default: true},
		{Text: words.T("kit.copy"), Do: func() { fyne.CurrentApp().Clipboard().SetContent(details) }},
	}})
}

// hints say what can be done about an error of each code.
var hints = map[diagnostics.ErrorCode]string{
	diagnostics.CodeInvalid:      "err.invalid",
	diagnostics.CodeNotFound:     "err.not_found",
	diagnostics.CodeConflict:     "err.conflict",
	diagnostics.CodeUnauthorized: "err.unauthorized",
	diagnostics.CodeForbidden:    "err.forbidden",
	diagnostics.CodeOffline:      "err.offline",
	diagnostics.CodeTimeout:      "err.timeout",
	diagnostics.CodeTooLarge:     "err.too_large",
	diagnostics.CodeCorrupt:      "err.corrupt",
	diagnostics.CodeInternal:     "err.internal",
}

// Show puts a dialog on screen, or behind those that wait.
func (m *Modals) Show(d Dialog) {
	if m.Open() {
		m.waiting = append(m.waiting, d)
		return
	}
	m.show(d)
}

func (m *Modals) show(d Dialog) {
	c := m.window.Canvas()
	before, typedKey, typedRune := c.Focused(), c.OnTypedKey(), c.OnTypedRune()
	var overlay *fyne.Container
	done := false
	dismiss := func() {
		if done {
			return
		}
		done = true
		c.Overlays().Remove(overlay)
		c.SetOnTypedKey(typedKey)
		c.SetOnTypedRune(typedRune)
		m.close = nil
		if before != nil {
			Return(c, before)
		}
	}
	buttons, standard := m.buttons(d, dismiss)
	m.close = func() {
		dismiss()
		if d.OnDismiss != nil {
			d.OnDismiss()
		}
		m.next()
	}
	layout := &modalLayout{wide: d.Wide}
	overlay = container.New(layout, newVeil(), dialogBox(d, buttons))
	c.SetOnTypedKey(func(event *fyne.KeyEvent) {
		switch {
		case event.Name == fyne.KeyEscape:
			m.close()
		case isEnter(event.Name) && standard != nil:
			standard.press()
		}
	})
	c.SetOnTypedRune(nil)
	m.fit = func() {
		layout.floor, layout.text = overlay.Objects[1].Size().Height, theme.TextSize()
		overlay.Refresh()
	}
	overlay.Resize(c.Size())
	c.Overlays().Add(overlay)
	switch {
	case d.First != nil:
		c.Focus(d.First)
	case standard != nil:
		c.Focus(standard)
	}
}

// buttons makes the dialog's buttons; standard is the one that Enter presses.
func (m *Modals) buttons(d Dialog, dismiss func()) (objects []fyne.CanvasObject, standard *Button) {
	for _, action := range d.Buttons {
		b := NewButton(action.Text, func() {
			dismiss()
			if action.Do != nil {
				action.Do()
			}
			m.next()
		})
		switch {
		case action.Danger:
			b.As(Danger)
		case action.Default:
			b.As(Primary)
			standard = b
		}
		objects = append(objects, b)
	}
	return objects, standard
}

func (m *Modals) next() {
	if m.Open() || len(m.waiting) == 0 {
		return
	}
	d := m.waiting[0]
	m.waiting = m.waiting[1:]
	m.show(d)
}

func dialogBox(d Dialog, buttons []fyne.CanvasObject) fyne.CanvasObject {
	ground := newPanel()
	ground.fill, ground.border = look.Raised, theme.ColorNameInputBorder
	layout := &dialogLayout{content: d.Content}
	content := container.New(&layout.bar, d.Content)
	head := VStack(look.Gap, Subheading(d.Title))
	if d.Under != nil {
		head.Add(d.Under)
	}
	body := container.New(layout, head, NewReader(content), Flow(buttons...))
	return container.NewStack(ground, Inset(look.Section, body))
}

// dialogLayout puts a title over the content over the buttons. Where the window
// is too low for all of the content, it scrolls.
type dialogLayout struct {
	content fyne.CanvasObject
	bar     beside // of the content
}

// beside leaves room for the scroll bar at the right of a content.
type beside struct{ room float32 }

// MinSize is that of the content.
func (*beside) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Layout gives the content what the bar leaves.
func (c *beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(size.Width-c.room, size.Height))
}

// Layout places title, content and buttons.
func (l *dialogLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	title, scroll, buttons := objects[0], objects[1], objects[2]
	gap := theme.Size(look.CardPadding)
	title.Resize(fyne.NewSize(size.Width, title.MinSize().Height))
	head := title.MinSize().Height
	title.Resize(fyne.NewSize(size.Width, head))
	buttons.Resize(fyne.NewSize(size.Width, buttons.MinSize().Height))
	foot := buttons.MinSize().Height
	end := size.Height
	if foot > 0 {
		buttons.Resize(fyne.NewSize(size.Width, foot))
		buttons.Move(fyne.NewPos(0, size.Height-foot))
		end -= foot + gap
	}
	room := max(0, end-head-gap)
	l.bar.room = 0
	if l.content.MinSize().Height > room {
		l.bar.room = gap // the bar stands in the margin, beside the content
	}
	scroll.Move(fyne.NewPos(0, head+gap))
	scroll.Resize(fyne.NewSize(size.Width+l.bar.room, room))
}

// MinSize has room for all of the content.
func (l *dialogLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	title, content, buttons := objects[0].MinSize(), l.content.MinSize(), objects[2].MinSize()
	gap := theme.Size(look.CardPadding)
	size := fyne.NewSize(max(title.Width, content.Width, buttons.Width), title.Height+gap+content.Height)
	if buttons.Height > 0 {
		size.Height += gap + buttons.Height
	}
	return size
}

// newVeil dims what lies behind a dialog and keeps the mouse from it.
func newVeil() *veil {
	v := &veil{}
	rect := canvas.NewRectangle(nil)
	v.paint(v, func() { rect.FillColor = theme.Color(theme.ColorNameShadow) }, rect)
	return v
}

type veil struct{ painted }

// Tapped does nothing: a tap beside a dialog must not lose what is in it.
func (*veil) Tapped(*fyne.PointEvent) {}

// modalLayout fills the window with the veil and centres the dialog over it.
type modalLayout struct {
	wide  bool
	floor float32   // what the dialog is not lower than,
	text  float32   // at this size of text
	size  fyne.Size // and of the window
}

// dialogEms and wideEms are the widths of dialogs, in sizes of text: a line holds
// as many words in any of them.
const (
	dialogEms = 35
	wideEms   = 54
)

// Layout gives the dialog a readable width and the height that this needs.
func (l *modalLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	width := dialogEms * theme.TextSize()
	if l.wide {
		width = wideEms * theme.TextSize()
	}
	width = min(width, size.Width-48)
	if size != l.size || theme.TextSize() != l.text {
		l.floor, l.size = 0, size
	}
	box := objects[1]
	for range 2 { // the height of wrapped text is known once it has its width
		box.Resize(fyne.NewSize(width, min(max(box.MinSize().Height, l.floor), size.Height-48)))
	}
	box.Move(fyne.NewPos((size.Width-width)/2, (size.Height-box.Size().Height)/2))
}

// MinSize is that of the dialog.
func (l *modalLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[1].MinSize() }
