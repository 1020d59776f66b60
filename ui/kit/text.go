package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	look "solidaren/ui/kit/theme"
)

// Fit says what a Label does with a text that is longer than its place.
type Fit int

// The ways to fit a text into its place.
const (
	Wrap     Fit = iota // goes on in the next line
	Ellipsis            // ends in "…"
	Full                // takes the place that it needs
)

// Label is a text without a frame, in a colour and size of the theme. Unlike
// widget.Label it has no padding of its own, and it knows its height for a
// width, so that it can stand in cards and rows.
type Label struct {
	widget.BaseWidget
	Text     string
	TextSize fyne.ThemeSizeName
	Color    fyne.ThemeColorName
	Bold     bool
	Fit      Fit

	laid laid
}

// laid is how a label is laid out, and all that it depends on: a window asks for
// it many times over, and measuring text takes longest.
type laid struct {
	of     laying
	pieces []run
	least  fyne.Size
}

// laying is what a layout depends on.
type laying struct {
	text        string
	size, width float32
	bold        bool
	fit         Fit
}

// run is a part of a line that is drawn at once.
type run struct {
	text string
	at   fyne.Position
	size fyne.Size
}

var _ fyne.Accessible = (*Label)(nil)

func newLabel(text string, size fyne.ThemeSizeName, color fyne.ThemeColorName, bold bool, fit Fit) *Label {
	l := &Label{Text: text, TextSize: size, Color: color, Bold: bold, Fit: fit}
	l.ExtendBaseWidget(l)
	return l
}

// Heading is the title of a screen.
func Heading(text string) *Label {
	return newLabel(text, theme.SizeNameHeadingText, theme.ColorNameForeground, true, Wrap)
}

// Subheading is the title of a part of a screen.
func Subheading(text string) *Label {
	return newLabel(text, theme.SizeNameSubHeadingText, theme.ColorNameForeground, true, Wrap)
}

// QuestionLabel is the label of a question.
func QuestionLabel(text string) *Label {
	return newLabel(text, look.Question, theme.ColorNameForeground, true, Wrap)
}

// QuestionNumber stands before the label of a question, on the same line.
func QuestionNumber(text string) *Label {
	return newLabel(text, look.Question, look.Muted, false, Wrap)
}

// Text is running text.
func Text(text string) *Label {
	return newLabel(text, theme.SizeNameText, theme.ColorNameForeground, false, Wrap)
}

// Strong is running text that matters.
func Strong(text string) *Label {
	return newLabel(text, theme.SizeNameText, theme.ColorNameForeground, true, Wrap)
}

// Muted is a hint.
func Muted(text string) *Label {
	return newLabel(text, theme.SizeNameText, look.Muted, false, Wrap)
}

// Caption is small text, such as a status.
func Caption(text string) *Label {
	return newLabel(text, theme.SizeNameCaptionText, look.Muted, false, Wrap)
}

// OneLine keeps the text on one line and ends it in "…" where it is too long.
func (l *Label) OneLine() *Label {
	l.Fit = Ellipsis
	return l
}

// Whole keeps the text on one line and takes the place that it needs.
func (l *Label) Whole() *Label {
	l.Fit = Full
	return l
}

// Set changes the text.
func (l *Label) Set(text string) {
	if l.Text != text {
		l.Text = text
		l.Refresh()
	}
}

// Natural is the width of the text on one line.
func (l *Label) Natural() float32 { return l.measure(l.Text).Width }

// AccessibilityLabel is the text.
func (l *Label) AccessibilityLabel() string { return l.Text }

// AccessibilityRole is text.
func (l *Label) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func (l *Label) style() fyne.TextStyle { return fyne.TextStyle{Bold: l.Bold} }

// measure is the size of a line as it is drawn: piece by piece.
func (l *Label) measure(text string) fyne.Size {
	line := fyne.Size{}
	for i, piece := range pieces(text) {
		if i > 0 {
			line.Width += fyne.MeasureText(" ", theme.Size(l.TextSize), l.style()).Width
		}
		size := fyne.MeasureText(piece, theme.Size(l.TextSize), l.style())
		line = fyne.NewSize(line.Width+size.Width, max(line.Height, size.Height))
	}
	return line
}

// layout lays the text out, if anything changed since the last time.
func (l *Label) layout() laid {
	now := laying{l.Text, theme.Size(l.TextSize), l.Size().Width, l.Bold, l.Fit}
	if l.laid.of == now && l.laid.least.Height > 0 {
		return l.laid
	}
	lines := l.lines(now.width)
	height, space := l.lineHeight(), l.measure(" ").Width
	l.laid = laid{of: now, least: fyne.NewSize(0, height*float32(max(len(lines), 1)))}
	for i, line := range lines {
		at := fyne.NewPos(0, float32(i)*height)
		for _, text := range pieces(line) {
			p := run{text, at, fyne.NewSize(l.measure(text).Width, height)}
			at.X += p.size.Width + space
			l.laid.pieces = append(l.laid.pieces, p)
		}
		if l.Fit == Full {
			l.laid.least.Width = max(l.laid.least.Width, l.measure(line).Width)
		}
	}
	return l.laid
}

// lines lays the text out for a width; 0 means that it is not known yet.
func (l *Label) lines(width float32) []string {
	switch {
	case l.Text == "":
		return nil
	case l.Fit == Full || width <= 0:
		return strings.Split(l.Text, "\n")
	case l.Fit == Ellipsis:
		return []string{ellipsis(strings.ReplaceAll(l.Text, "\n", " "), width, l.measure)}
	default:
		return wrap(l.Text, width, l.measure)
	}
}

// CreateRenderer draws one canvas text a line.
func (l *Label) CreateRenderer() fyne.WidgetRenderer {
	r := &labelRenderer{label: l}
	r.update()
	return r
}

type labelRenderer struct {
	label *Label
	texts []fyne.CanvasObject
}

// update remakes the lines.
func (r *labelRenderer) update() {
	l := r.label
	laid := l.layout()
	for len(r.texts) < len(laid.pieces) {
		r.texts = append(r.texts, canvas.NewText("", nil))
	}
	r.texts = r.texts[:len(laid.pieces)]
	for i, p := range laid.pieces {
		text := r.texts[i].(*canvas.Text)
		text.Text, text.TextSize, text.TextStyle = p.text, laid.of.size, l.style()
		text.Color = theme.Color(l.Color)
		text.Move(p.at)
		text.Resize(p.size)
	}
}

// pieces cuts a line after each symbol that a space follows. Fyne takes a symbol
// that its font lacks from another font, and shapes the space after it in that
// font too, which may not have one and then shows a box (seen in 2.8.1).
func pieces(line string) []string {
	var cut []string
	start := 0
	symbol := false
	for i, r := range line {
		if r == ' ' && symbol {
			cut = append(cut, line[start:i])
			start = i + 1
		}
		symbol = r >= 0x2190 && r < 0x2C00
	}
	return append(cut, line[start:])
}

func (l *Label) lineHeight() float32 { return l.measure("Éy").Height }

func (r *labelRenderer) Layout(fyne.Size) { r.update() }

func (r *labelRenderer) MinSize() fyne.Size {
	if r.label.Text == "" {
		return fyne.Size{}
	}
	return r.label.layout().least
}

func (r *labelRenderer) Refresh() {
	r.update()
	for _, text := range r.texts {
		text.Refresh()
	}
}

func (r *labelRenderer) Objects() []fyne.CanvasObject { return r.texts }

func (r *labelRenderer) Destroy() {}

// wrap breaks text into lines that are not wider than width, at spaces where it
// can.
func wrap(text string, width float32, measure func(string) fyne.Size) []string {
	var lines []string
	for _, paragraph := range strings.Split(text, "\n") {
		line := ""
		for _, word := range unbroken(paragraph) {
			longer := word
			if line != "" {
				longer = line + " " + word
			}
			if line != "" && measure(longer).Width > width {
				lines = append(lines, line)
				longer = word
			}
			for measure(longer).Width > width && len([]rune(longer)) > 1 {
				head := fitting(longer, width, measure)
				lines = append(lines, longer[:head])
				longer = longer[head:]
			}
			line = longer
		}
		lines = append(lines, line)
	}
	return lines
}

// unbroken cuts a paragraph at the spaces where a line may end. In French a space
// stands inside quotation marks and before high punctuation: none of them begins
// or ends a line alone.
func unbroken(paragraph string) []string {
	var words []string
	for _, word := range strings.Split(paragraph, " ") {
		last := len(words) - 1
		if last >= 0 && (strings.HasSuffix(words[last], "«") || strings.HasPrefix(word, "»") || punctuation[word]) {
			words[last] += " " + word
			continue
		}
		words = append(words, word)
	}
	return words
}

// punctuation is what a space goes before.
var punctuation = map[string]bool{":": true, ";": true, "?": true, "!": true, "%": true, "%.": true, "%,": true}

// fitting is the number of bytes of text that fit into width, at least one rune.
func fitting(text string, width float32, measure func(string) fyne.Size) int {
	end := 0
	for i, r := range text {
		next := i + len(string(r))
		if end > 0 && measure(text[:next]).Width > width {
			break
		}
		end = next
	}
	return end
}

func ellipsis(text string, width float32, measure func(string) fyne.Size) string {
	if measure(text).Width <= width {
		return text
	}
	return strings.TrimRight(text[:fitting(text, width-measure("…").Width, measure)], " ") + "…"
}
