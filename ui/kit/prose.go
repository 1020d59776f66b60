package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	look "solidaren/ui/kit/theme"
)

// Span is a stretch of text in one style.
type Span struct {
	Text         string
	Bold, Italic bool
	Muted        bool
}

// Paragraph is a line of prose; one with a mark, "•" or "1.", is indented.
type Paragraph struct {
	Mark  string
	Spans []Span
}

// Prose is text with emphasis and lists, which wraps to its width and knows its
// height for it, as Label does.
type Prose struct {
	widget.BaseWidget
	TextSize fyne.ThemeSizeName
	Color    fyne.ThemeColorName
	Bold     bool // all of it

	paragraphs []Paragraph
	laid       laidProse
}

// laidProse is how prose is laid out, and all that this depends on: a window
// asks for it many times over, and measuring text takes longest.
type laidProse struct {
	there        bool
	size, width  float32
	bold         bool
	pieces       []piece
	line, height float32
}

var _ fyne.Accessible = (*Prose)(nil)

// NewProse makes prose in a size and colour of the theme.
func NewProse(size fyne.ThemeSizeName, color fyne.ThemeColorName, bold bool) *Prose {
	p := &Prose{TextSize: size, Color: color, Bold: bold}
	p.ExtendBaseWidget(p)
	return p
}

// ProseText is running text with emphasis.
func ProseText() *Prose { return NewProse(theme.SizeNameText, theme.ColorNameForeground, false) }

// ProseHint is a hint with emphasis.
func ProseHint() *Prose { return NewProse(theme.SizeNameText, look.Muted, false) }

// ProseLabel is the label of a question.
func ProseLabel() *Prose { return NewProse(look.Question, theme.ColorNameForeground, true) }

// Set changes the text.
func (p *Prose) Set(paragraphs []Paragraph) {
	p.paragraphs, p.laid = paragraphs, laidProse{}
	p.Refresh()
}

// Words is the text without its emphasis.
func (p *Prose) Words() string {
	var lines []string
	for _, paragraph := range p.paragraphs {
		var b strings.Builder
		if paragraph.Mark != "" {
			b.WriteString(paragraph.Mark + " ")
		}
		for _, s := range paragraph.Spans {
			b.WriteString(s.Text)
		}
		lines = append(lines, b.String())
	}
	return strings.Join(lines, "\n")
}

// AccessibilityLabel is the text.
func (p *Prose) AccessibilityLabel() string { return p.Words() }

// AccessibilityRole is text.
func (p *Prose) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func (p *Prose) style(s Span) fyne.TextStyle {
	return fyne.TextStyle{Bold: p.Bold || s.Bold, Italic: s.Italic}
}

func (p *Prose) measure(text string, style fyne.TextStyle) fyne.Size {
	return fyne.MeasureText(text, theme.Size(p.TextSize), style)
}

func (p *Prose) lineHeight() float32 { return p.measure("Éy", fyne.TextStyle{Bold: p.Bold}).Height }

// piece is what is drawn at once: words of one style on one line.
type piece struct {
	text  string
	style fyne.TextStyle
	muted bool
	at    fyne.Position
	width float32
}

// layout lays the prose out, if anything changed since the last time.
func (p *Prose) layout() laidProse {
	size, width := theme.Size(p.TextSize), p.Size().Width
	if last := p.laid; last.there && last.size == size && last.width == width && last.bold == p.Bold {
		return last
	}
	pieces, height := p.lay(width)
	p.laid = laidProse{true, size, width, p.Bold, pieces, p.lineHeight(), height}
	return p.laid
}

// lay places the words for a width, 0 for any; it gives the height as well.
func (p *Prose) lay(width float32) (pieces []piece, height float32) {
	line := p.lineHeight()
	for _, paragraph := range p.paragraphs {
		left := float32(0)
		if paragraph.Mark != "" {
			mark := piece{text: paragraph.Mark, style: fyne.TextStyle{Bold: p.Bold}, at: fyne.NewPos(0, height)}
			mark.width = p.measure(mark.text, mark.style).Width
			pieces = append(pieces, mark)
			left = max(mark.width+p.measure(" ", mark.style).Width, line*0.9)
		}
		at := fyne.NewPos(left, height)
		for _, s := range paragraph.Spans {
			at = p.flow(&pieces, s, at, left, width)
		}
		height = at.Y + line
	}
	return pieces, height
}

// flow places the words of a span from a point on, and gives the point behind.
func (p *Prose) flow(pieces *[]piece, s Span, at fyne.Position, left, width float32) fyne.Position {
	style := p.style(s)
	space := p.measure(" ", style).Width
	for i, word := range strings.Split(s.Text, " ") {
		if i > 0 {
			at.X += space
		}
		if word == "" {
			continue
		}
		wide := p.measure(word, style).Width
		if width > 0 && at.X > left && at.X+wide > width {
			at = fyne.NewPos(left, at.Y+p.lineHeight())
		}
		for width > 0 && at.X+wide > width && len([]rune(word)) > 1 {
			head := fitting(word, max(width-at.X, 1), func(t string) fyne.Size { return p.measure(t, style) })
			if head >= len(word) {
				break
			}
			*pieces = append(*pieces, piece{word[:head], style, s.Muted, at, wide})
			at = fyne.NewPos(left, at.Y+p.lineHeight())
			word = word[head:]
			wide = p.measure(word, style).Width
		}
		*pieces = append(*pieces, piece{word, style, s.Muted, at, wide})
		at.X += wide
	}
	return at
}

// CreateRenderer draws one canvas text a word.
func (p *Prose) CreateRenderer() fyne.WidgetRenderer {
	r := &proseRenderer{prose: p}
	r.update()
	return r
}

type proseRenderer struct {
	prose *Prose
	texts []fyne.CanvasObject
}

func (r *proseRenderer) update() {
	p := r.prose
	laid := p.layout()
	pieces := laid.pieces
	for len(r.texts) < len(pieces) {
		r.texts = append(r.texts, canvas.NewText("", nil))
	}
	r.texts = r.texts[:len(pieces)]
	for i, one := range pieces {
		text := r.texts[i].(*canvas.Text)
		text.Text, text.TextSize, text.TextStyle = one.text, laid.size, one.style
		text.Color = theme.Color(p.Color)
		if one.muted {
			text.Color = theme.Color(look.Muted)
		}
		text.Move(one.at)
		text.Resize(fyne.NewSize(one.width, laid.line))
	}
}

func (r *proseRenderer) Layout(fyne.Size) { r.update() }

// MinSize is right for the width that the prose has now; a narrow place breaks
// words before it asks for more.
func (r *proseRenderer) MinSize() fyne.Size {
	if len(r.prose.paragraphs) == 0 {
		return fyne.Size{}
	}
	return fyne.NewSize(0, r.prose.layout().height)
}

func (r *proseRenderer) Refresh() {
	r.update()
	for _, text := range r.texts {
		text.Refresh()
	}
}

func (r *proseRenderer) Objects() []fyne.CanvasObject { return r.texts }

func (r *proseRenderer) Destroy() {}
