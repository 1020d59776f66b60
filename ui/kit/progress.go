package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	look "solidaren/ui/kit/theme"
	"solidaren/ui/words"
)

// Progress shows how far long work is, in words and as a bar, and lets the
// worker stop it.
type Progress struct {
	widget.BaseWidget
	Cancel  *Button
	text    *Label
	bar     *progressBar
	content *fyne.Container
}

// NewProgress makes one; without onCancel there is no button.
func NewProgress(onCancel func()) *Progress {
	p := &Progress{text: Text(""), bar: newProgressBar()}
	right := fyne.CanvasObject(nil)
	if onCancel != nil {
		p.Cancel = NewButton(words.T("kit.cancel"), onCancel)
		right = p.Cancel
	}
	p.content = container.NewBorder(nil, nil, nil, right, Inset(look.RingWidth, VStack(look.Gap, p.text, p.bar)))
	p.ExtendBaseWidget(p)
	return p
}

// Set tells how much is done. A total of 0 means that it is not known: no bar.
func (p *Progress) Set(text string, done, total int64) {
	p.text.Set(text)
	if total <= 0 {
		p.bar.Hide()
		return
	}
	p.bar.Show()
	p.bar.part = min(float32(done)/float32(total), 1)
	p.bar.Refresh()
}

// Finish shows the last word; nothing is left to cancel.
func (p *Progress) Finish(text string) {
	p.text.Set(text)
	p.bar.Hide()
	if p.Cancel != nil {
		p.Cancel.Hide()
	}
}

// Held is the content.
func (p *Progress) Held() fyne.CanvasObject { return p.content }

// CreateRenderer shows the parts.
func (p *Progress) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.content) }

type progressBar struct {
	widget.BaseWidget
	part float32 // 0 to 1
}

func newProgressBar() *progressBar {
	b := &progressBar{}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer draws the bar over its track.
func (b *progressBar) CreateRenderer() fyne.WidgetRenderer {
	r := &barRenderer{b, canvas.NewRectangle(nil), canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type barRenderer struct {
	bar         *progressBar
	track, done *canvas.Rectangle
}

func (r *barRenderer) MinSize() fyne.Size { return fyne.NewSize(120, 12) }

func (r *barRenderer) Layout(size fyne.Size) {
	r.track.Resize(size)
	r.done.Resize(fyne.NewSize(size.Width*r.bar.part, size.Height))
}

func (r *barRenderer) Refresh() {
	r.track.FillColor, r.track.StrokeColor = theme.Color(theme.ColorNameInputBackground), theme.Color(theme.ColorNameInputBorder)
	r.track.StrokeWidth, r.track.CornerRadius, r.done.CornerRadius = 1, 4, 4
	r.done.FillColor = theme.Color(theme.ColorNamePrimary)
	r.Layout(r.bar.Size())
	canvas.Refresh(r.bar)
}

func (r *barRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.track, r.done} }

func (r *barRenderer) Destroy() {}
