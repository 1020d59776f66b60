package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	look "solidaren/ui/kit/theme"
)

// Found is one line under a Finder: what it is, something about it, its keys.
// One that cannot be taken now is dim and says why in its detail.
type Found struct {
	Title, Detail, Keys string
	Dim                 bool
}

// Finder is a field over a few lines: typing narrows them down, the arrows move
// a cursor that goes round, Enter takes its line. The field keeps the focus.
type Finder struct {
	widget.BaseWidget
	Entry  *Entry
	OnTake func(i int)

	found   []Found
	cursor  int
	rows    []*finderRow
	none    *Label
	content *fyne.Container
}

// NewFinder makes one with room for some lines; none is what it says without
// any, typed hears of the text.
func NewFinder(lines int, placeholder, none string, typed func(text string)) *Finder {
	f := &Finder{Entry: NewEntry(placeholder), none: Muted(none)}
	f.Entry.OnChanged = typed
	f.Entry.OnKey = f.key
	f.Entry.OnSubmitted = func(string) { f.take(f.cursor) }
	f.content = VStack(look.RingWidth, f.Entry)
	for i := range lines {
		row := newFinderRow(func() { f.take(i) })
		f.rows = append(f.rows, row)
		f.content.Add(row)
	}
	f.content.Add(f.none)
	f.Fill(nil)
	f.ExtendBaseWidget(f)
	return f
}

// Lines is how many lines there is room for.
func (f *Finder) Lines() int { return len(f.rows) }

// Fill lists other lines, with the cursor on the first. Lines without a text
// keep their place, so that nothing jumps.
func (f *Finder) Fill(found []Found) {
	f.found, f.cursor = found[:min(len(found), len(f.rows))], 0
	f.none.Hidden = len(found) > 0
	f.mark()
}

func (f *Finder) mark() {
	for i, row := range f.rows {
		row.Found, row.current = Found{}, false
		if i < len(f.found) {
			row.Found, row.current = f.found[i], i == f.cursor
		}
		row.Refresh()
	}
	f.none.Refresh()
}

func (f *Finder) key(event *fyne.KeyEvent) bool {
	count := len(f.found)
	switch {
	case count == 0:
		return false
	case event.Name == fyne.KeyDown:
		f.cursor = (f.cursor + 1) % count
	case event.Name == fyne.KeyUp:
		f.cursor = (f.cursor + count - 1) % count
	default:
		return false
	}
	f.mark()
	return true
}

func (f *Finder) take(i int) {
	if i < len(f.found) && !f.found[i].Dim {
		f.OnTake(i)
	}
}

// Held is the content.
func (f *Finder) Held() fyne.CanvasObject { return f.content }

// CreateRenderer shows the field over the lines.
func (f *Finder) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.content) }

// finderRow is one line, which a tap takes.
type finderRow struct {
	widget.BaseWidget
	hover
	Found
	current bool
	tapped  func()
}

var (
	_ fyne.Tappable     = (*finderRow)(nil)
	_ fyne.Accessible   = (*finderRow)(nil)
	_ desktop.Hoverable = (*finderRow)(nil)
)

func newFinderRow(tapped func()) *finderRow {
	r := &finderRow{tapped: tapped}
	r.changed = r.Refresh
	r.ExtendBaseWidget(r)
	return r
}

// AccessibilityLabel is what the line says.
func (r *finderRow) AccessibilityLabel() string { return r.Title + " " + r.Detail + " " + r.Keys }

// AccessibilityRole is button.
func (r *finderRow) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped takes the line.
func (r *finderRow) Tapped(*fyne.PointEvent) { r.tapped() }

// CreateRenderer draws ground, texts, keycap and ring.
func (r *finderRow) CreateRenderer() fyne.WidgetRenderer {
	renderer := &finderRowRenderer{
		row: r, ground: canvas.NewRectangle(nil), ring: newRing(), cap: newKeycap(""),
		title: Text("").OneLine(), detail: Caption("").OneLine(),
	}
	renderer.Refresh()
	return renderer
}

type finderRowRenderer struct {
	row           *finderRow
	ground, ring  *canvas.Rectangle
	title, detail *Label
	cap           keycap
}

func (r *finderRowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.title, r.detail, r.cap.rect, r.cap.text, r.ring}
}

func (r *finderRowRenderer) Destroy() {}

func (r *finderRowRenderer) MinSize() fyne.Size {
	return fyne.NewSize(200, FinderLine())
}

// FinderLine is how high a line under a Finder is.
func FinderLine() float32 { return max(2.3*theme.TextSize(), theme.Size(look.Target)) }

// Layout gives the title the width that it needs, and its detail the rest.
func (r *finderRowRenderer) Layout(size fyne.Size) {
	gap := theme.Size(look.Gap)
	r.ground.Resize(size)
	r.ring.Resize(size)
	room := size.Width - 2*gap
	if r.row.Keys != "" {
		width := r.cap.size().Width
		r.cap.place(size.Width-gap-width, 0, size.Height)
		room -= width + gap
	}
	title := r.title.measure(r.title.Text)
	width := min(title.Width+1, room)
	r.title.Move(fyne.NewPos(gap, (size.Height-title.Height)/2))
	r.title.Resize(fyne.NewSize(width, title.Height))
	detail := r.detail.lineHeight()
	r.detail.Move(fyne.NewPos(2*gap+width, (size.Height-detail)/2))
	r.detail.Resize(fyne.NewSize(max(0, room-width-gap), detail))
}

func (r *finderRowRenderer) Refresh() {
	row := r.row
	fill := look.Raised
	switch {
	case row.current:
		fill = theme.ColorNameSelection
	case row.hovered && row.Title != "":
		fill = theme.ColorNameHover
	}
	r.ground.FillColor, r.ground.CornerRadius = theme.Color(fill), theme.Size(theme.SizeNameSelectionRadius)
	r.title.Text, r.detail.Text, r.cap.text.Text = row.Title, row.Detail, row.Keys
	r.title.Color = theme.ColorNameForeground
	if row.Dim {
		r.title.Color = theme.ColorNameDisabled
	}
	r.cap.update(false)
	updateRing(r.ring, row.current)
	r.Layout(row.Size())
	r.title.Refresh()
	r.detail.Refresh()
	canvas.Refresh(row)
}
