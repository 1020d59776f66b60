package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	look "solidaren/ui/kit/theme"
	"solidaren/ui/words"
)

// Field is an input with its label above, a hint, and an error line below whose
// place is kept, so that nothing jumps when an error comes or goes.
type Field struct {
	widget.BaseWidget
	Input   fyne.CanvasObject
	label   *Label
	hint    *Label
	fault   *Label
	content *fyne.Container
}

// NewField makes a field round an input.
func NewField(label string, input fyne.CanvasObject) *Field {
	f := &Field{Input: input, label: Strong(label), hint: Muted(""), fault: FaultLine()}
	f.hint.Hide()
	f.content = VStack(look.RingWidth, f.label, f.hint, input, f.fault)
	f.ExtendBaseWidget(f)
	return f
}

// FaultLine is a line for an error, which keeps its place while it is empty.
func FaultLine() *Label {
	l := newLabel(" ", theme.SizeNameCaptionText, theme.ColorNameError, true, Wrap)
	return l
}

// Hint explains the field under its label.
func (f *Field) Hint(text string) *Field {
	f.hint.Set(text)
	f.hint.Show()
	return f
}

// Required says beside the label that the field is needed.
func (f *Field) Required() *Field {
	f.label.Set(f.label.Text + " (" + words.T("kit.required") + ")")
	return f
}

// SetError shows what is wrong, or nothing.
func (f *Field) SetError(sentence string) {
	ShowFault(f.fault, sentence)
	f.content.Refresh()
}

// SetWarning shows what looks wrong, and may stay, or nothing.
func (f *Field) SetWarning(sentence string) {
	if sentence == "" {
		f.SetError("")
		return
	}
	ShowWarning(f.fault, sentence)
	f.content.Refresh()
}

// ShowFault writes an error into a fault line: the word, then the sentence.
func ShowFault(line *Label, sentence string) {
	line.Color = theme.ColorNameError
	if sentence == "" {
		line.Set(" ")
		return
	}
	line.Set("! " + words.T("kit.labelled", words.T("kit.error"), sentence))
}

// ShowWarning writes what looks wrong, and may stay, into a fault line.
func ShowWarning(line *Label, sentence string) {
	line.Color = theme.ColorNameWarning
	line.Set("! " + words.T("kit.labelled", words.T("kit.warning"), sentence))
}

// Held is the content.
func (f *Field) Held() fyne.CanvasObject { return f.content }

// CreateRenderer shows the parts under each other.
func (f *Field) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.content) }
