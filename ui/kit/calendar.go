package kit

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	look "solidaren/ui/kit/theme"
	"solidaren/ui/words"
)

// Calendar shows a month to choose a day from. The arrows go by days and weeks,
// PgUp and PgDn by months, Home to today; Enter, Space or a tap choose.
type Calendar struct {
	widget.BaseWidget
	Keys
	Month *Label // and year; to be shown where it stays while the days scroll

	day, today time.Time // midnight, UTC: days, not moments
	picked     func(day time.Time)
	hovered    int
}

var (
	_ fyne.Focusable    = (*Calendar)(nil)
	_ fyne.Tappable     = (*Calendar)(nil)
	_ fyne.Accessible   = (*Calendar)(nil)
	_ desktop.Keyable   = (*Calendar)(nil)
	_ desktop.Hoverable = (*Calendar)(nil)
)

// NewCalendar shows the month of a day, which is highlighted; today has a mark.
func NewCalendar(day, today time.Time, picked func(day time.Time)) *Calendar {
	c := &Calendar{day: civil(day), today: civil(today), picked: picked, hovered: -1, Month: Strong(words.Month(day))}
	c.bind(c, func(fyne.KeyName) { c.picked(c.day) })
	c.ExtendBaseWidget(c)
	return c
}

func civil(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// Day is the highlighted day.
func (c *Calendar) Day() time.Time { return c.day }

// AccessibilityLabel is the highlighted day in words.
func (c *Calendar) AccessibilityLabel() string { return words.Weekday(c.day) }

// AccessibilityRole is container.
func (c *Calendar) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// TypedKey moves the highlight or chooses.
func (c *Calendar) TypedKey(event *fyne.KeyEvent) {
	days := map[fyne.KeyName]int{fyne.KeyLeft: -1, fyne.KeyRight: 1, fyne.KeyUp: -7, fyne.KeyDown: 7}
	switch name := event.Name; {
	case held == name:
	case days[name] != 0:
		c.show(c.day.AddDate(0, 0, days[name]))
	case name == fyne.KeyPageUp:
		c.show(sameDay(c.day, -1))
	case name == fyne.KeyPageDown:
		c.show(sameDay(c.day, 1))
	case name == fyne.KeyHome:
		c.show(c.today)
	case isEnter(name):
		hold(name)
		c.picked(c.day)
	case name == fyne.KeySpace:
		c.wait(name)
	default:
		c.pass(event)
	}
}

// sameDay is the same day of another month, or its last one.
func sameDay(day time.Time, months int) time.Time {
	first := time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, months, 0)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(day.Day(), last)-1)
}

func (c *Calendar) show(day time.Time) {
	c.day = day
	c.Month.Set(words.Month(day))
	c.Refresh()
	revealInScroll(c)
}

// part is the week of the highlighted day: a large text leaves no room for all.
func (c *Calendar) part() (top, height float32) {
	cell := c.cell()
	days := int(c.day.Sub(c.first()).Hours()) / 24
	return c.head() + float32(days/week)*cell.Height, cell.Height
}

// rows of days that a month may need, and days of a week.
const (
	calendarRows = 6
	week         = 7
)

// first is the day at the top left: the Monday before the first of the month.
func (c *Calendar) first() time.Time {
	month := time.Date(c.day.Year(), c.day.Month(), 1, 0, 0, 0, 0, time.UTC)
	return month.AddDate(0, 0, -(int(month.Weekday())+6)%week)
}

// cellAt is the day at a point, -1 for none.
func (c *Calendar) cellAt(p fyne.Position) int {
	cell := c.cell()
	column, row := int(p.X/cell.Width), int((p.Y-c.head())/cell.Height)
	if column < 0 || column >= week || p.Y < c.head() || row >= calendarRows {
		return -1
	}
	return row*week + column
}

// cell is the place of a day.
func (c *Calendar) cell() fyne.Size {
	size := c.Size()
	return fyne.NewSize(size.Width/week, (size.Height-c.head())/calendarRows)
}

// head is the height of the names of the days.
func (c *Calendar) head() float32 { return Caption("").lineHeight() + theme.Size(look.Gap) }

// Tapped chooses the day that was tapped.
func (c *Calendar) Tapped(event *fyne.PointEvent) {
	Focus(c)
	if i := c.cellAt(event.Position); i >= 0 {
		c.show(c.first().AddDate(0, 0, i))
		c.picked(c.day)
	}
}

// MouseIn shows which day a tap would choose.
func (c *Calendar) MouseIn(event *desktop.MouseEvent) { c.MouseMoved(event) }

// MouseMoved shows which day a tap would choose.
func (c *Calendar) MouseMoved(event *desktop.MouseEvent) { c.hover(c.cellAt(event.Position)) }

// MouseOut ends what MouseIn began.
func (c *Calendar) MouseOut() { c.hover(-1) }

func (c *Calendar) hover(i int) {
	if c.hovered != i {
		c.hovered = i
		c.Refresh()
	}
}

// CreateRenderer draws the names of the days and six weeks.
func (c *Calendar) CreateRenderer() fyne.WidgetRenderer {
	r := &calendarRenderer{c: c}
	for range week {
		r.names = append(r.names, &canvas.Text{Alignment: fyne.TextAlignCenter})
	}
	for range calendarRows * week {
		r.grounds = append(r.grounds, canvas.NewRectangle(nil))
		r.days = append(r.days, &canvas.Text{Alignment: fyne.TextAlignCenter})
	}
	r.Refresh()
	return r
}

type calendarRenderer struct {
	c           *Calendar
	names, days []*canvas.Text
	grounds     []*canvas.Rectangle
}

func (r *calendarRenderer) MinSize() fyne.Size {
	line := measureLabel("30")
	day := fyne.NewSize(line.Width, line.Height).AddWidthHeight(8, 4).Max(fyne.NewSquareSize(theme.Size(look.Finger)))
	return fyne.NewSize(week*day.Width, r.c.head()+calendarRows*day.Height)
}

func (r *calendarRenderer) Layout(fyne.Size) {
	cell := r.c.cell()
	put := func(text *canvas.Text, at fyne.Position, size fyne.Size) {
		height := text.MinSize().Height
		text.Move(at.AddXY(0, (size.Height-height)/2))
		text.Resize(fyne.NewSize(size.Width, height))
	}
	for i, name := range r.names {
		put(name, fyne.NewPos(float32(i)*cell.Width, 0), fyne.NewSize(cell.Width, r.c.head()))
	}
	for i, day := range r.days {
		at := fyne.NewPos(float32(i%week)*cell.Width, r.c.head()+float32(i/week)*cell.Height)
		r.grounds[i].Move(at.AddXY(2, 2))
		r.grounds[i].Resize(cell.SubtractWidthHeight(4, 4))
		put(day, at, cell)
	}
}

func (r *calendarRenderer) Refresh() {
	c := r.c
	first := c.first()
	for i, name := range r.names {
		name.Text, name.TextSize = words.DayShort(first.AddDate(0, 0, i)), theme.Size(theme.SizeNameCaptionText)
		name.Color = theme.Color(look.Muted)
	}
	for i, text := range r.days {
		r.paint(i, text, first.AddDate(0, 0, i))
	}
	r.Layout(c.Size())
	canvas.Refresh(c)
}

// paint shows one day: the highlighted one filled, today bold with a border.
func (r *calendarRenderer) paint(i int, text *canvas.Text, day time.Time) {
	c, ground := r.c, r.grounds[i]
	text.Text, text.TextSize = strconv.Itoa(day.Day()), theme.Size(theme.SizeNameText)
	text.TextStyle = fyne.TextStyle{Bold: day.Equal(c.day) || day.Equal(c.today)}
	text.Color = theme.Color(theme.ColorNameForeground)
	if day.Month() != c.day.Month() {
		text.Color = theme.Color(theme.ColorNamePlaceHolder)
	}
	ground.CornerRadius = theme.Size(theme.SizeNameInputRadius)
	ground.FillColor, ground.StrokeColor, ground.StrokeWidth = theme.Color(look.Raised), theme.Color(theme.ColorNameSeparator), 0
	if day.Equal(c.today) {
		ground.StrokeColor, ground.StrokeWidth = theme.Color(theme.ColorNameInputBorder), 2
	}
	if i == c.hovered {
		ground.FillColor = theme.Color(theme.ColorNameHover)
	}
	if day.Equal(c.day) {
		ground.FillColor = theme.Color(theme.ColorNamePrimary)
		text.Color = theme.Color(theme.ColorNameForegroundOnPrimary)
		if c.focused {
			ground.StrokeColor, ground.StrokeWidth = theme.Color(look.Ring), theme.Size(look.RingWidth)
		}
	}
}

func (r *calendarRenderer) Objects() []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for _, name := range r.names {
		objects = append(objects, name)
	}
	for i := range r.days {
		objects = append(objects, r.grounds[i], r.days[i])
	}
	return objects
}

func (r *calendarRenderer) Destroy() {}
