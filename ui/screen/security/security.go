// Package security is the screen about the notebook's safety: its recovery
// sheet, its passphrase, its copies, the check of its file, its data key. It
// shows a recovery code only while the sheet is being made.
package security

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	"solidaren/ui/kit/sheet"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// Window is what the screen asks of the window.
type Window interface {
	Confirm(kit.Question)
	// Rotate closes the notebook, gives it another data key and opens it again.
	Rotate(passphrase string)
	// Open hands a file to the program of the system that shows it.
	Open(file string) error
}

// topics are what the list offers. Where nobody may touch the keys (the demo),
// the check of the file is all.
func (s *Screen) topics() []string {
	if s.model.Keys == nil {
		return []string{"check"}
	}
	return []string{"sheet", "phrase", "copy", "check", "key"}
}

// build makes the detail of a topic; what can be done is the last part of it.
func (s *Screen) build(name string) []fyne.CanvasObject {
	switch name {
	case "sheet":
		return s.sheet()
	case "phrase":
		return s.phrase()
	case "copy":
		return s.copies()
	case "key":
		return s.key()
	default:
		return s.check()
	}
}

// labels of the topics, and what they are good for.
var (
	labels = map[string]string{
		"sheet": "security.sheet", "phrase": "security.phrase", "copy": "security.copy", "check": "security.check", "key": "security.key",
	}
	reasons = map[string]string{
		"sheet": "security.sheet.why", "phrase": "security.phrase.why", "copy": "security.copy.why", "check": "security.check.why", "key": "security.key.why",
	}
)

// Screen shows a model.Security.
type Screen struct {
	model  *model.Security
	window Window

	object    fyne.CanvasObject
	list      *page.Rows
	detail    *fyne.Container
	result    *kit.Banner
	progress  *kit.Progress
	shown     shown
	first     fyne.Focusable // of the detail
	inside    bool           // the writer is in the detail: what takes its place gets the focus
	sheetView sheet.View
	copyTo    string // where the copy was written to last
}

// shown is what the detail was built for.
type shown struct {
	topic          int
	code           string
	printed        string
	copied         string
	unproved, busy bool
}

// New makes the screen.
func New(m *model.Security, w Window) *Screen {
	s := &Screen{model: m, window: w, copyTo: copyFolder()}
	s.sheetView = sheet.View{Model: m, Open: w.Open, Failed: func(sentence string) {
		s.result.Set(kit.Fault, sentence)
		s.result.Show()
	}}
	m.OnChange = s.refresh
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("nav.security") }

// Close forgets the code and stops what can be stopped.
func (s *Screen) Close() { s.model.Close() }

// Leave takes the code off the screen.
func (s *Screen) Leave() {
	if s.model.Code != "" {
		s.model.Hide()
	}
}

// Load reads how things are.
func (s *Screen) Load() { s.model.Load() }

// Focus goes to the list.
func (s *Screen) Focus() {
	s.inside = false
	kit.Focus(s.list.List)
}

// ShowCode shows the sheet of a code that was made with a new data key.
func (s *Screen) ShowCode(code string) { s.model.Show(code) }

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.list = page.NewRows("", kit.ListOptions{
		Length:      func() int { return len(s.topics()) },
		Line:        s.line,
		OnOpen:      func(int) { s.enter() },
		OnHighlight: func(int) { s.refresh() },
	}).Like(s.list)
	s.detail = container.NewStack()
	s.result, s.progress = kit.NewBanner(kit.Success, ""), kit.NewProgress(s.model.Cancel)
	s.shown = shown{topic: -1}
	s.object = page.New(words.T("nav.security"), page.Beside(0.36, s.list.Object, s.detail))
	s.refresh()
}

func (s *Screen) line(i int) kit.Line {
	name := s.topics()[i]
	l := kit.Line{Title: words.T(labels[name]), Mark: "●"}
	switch {
	case name == "sheet" && !s.model.Keys.HasSheet():
		l.Detail, l.Mark = words.T("security.sheet.none"), "!"
	case name == "sheet" && s.model.Unproved:
		l.Detail, l.Mark = words.T("security.sheet.unproved"), "!"
	case name == "sheet":
		l.Detail = words.T("security.sheet.there")
	case name == "copy" && s.model.Copied.IsZero():
		l.Detail, l.Mark = words.T("security.copy.none"), "!"
	case name == "copy":
		l.Detail = words.T("security.copy.last", model.When(s.model.Copied, s.model.Clock(), s.model.Lang()))
	case name == "check" && !s.model.Checked.IsZero():
		l.Detail = words.T("security.check.last", model.When(s.model.Checked, s.model.Clock(), s.model.Lang()))
	case name == "phrase" && s.model.Keys.Peppered():
		l.Detail = words.T("security.phrase.peppered")
	default:
		l.Mark = ""
	}
	return l
}

// enter goes to the first field or button of the detail.
func (s *Screen) enter() {
	s.inside = true
	if s.first != nil {
		kit.Focus(s.first)
	}
}

func (s *Screen) refresh() {
	s.list.Refresh()
	m := s.model
	now := shown{s.list.Highlighted(), m.Code, m.Printed, m.CopiedTo, m.Unproved, m.Running()}
	if now != s.shown {
		s.inside = s.inside && s.shown.topic == now.topic
		s.shown = now
		s.show()
		if s.inside {
			s.enter()
		}
	}
	s.tell()
}

// tell shows what runs, or how it went.
func (s *Screen) tell() {
	m := s.model
	switch {
	case m.Running():
		done, total := m.Progress()
		s.progress.Set(words.T(running[m.Text]), done, total)
	case m.Err != nil:
		s.result.Set(kit.Fault, diagnostics.Sentence(m.Err, words.Language()))
	case m.Done != "":
		s.result.Set(kit.Success, words.T(went[m.Done], m.Args...))
	}
	for o, on := range map[fyne.CanvasObject]bool{s.progress: m.Running(), s.result: !m.Running() && (m.Err != nil || m.Done != "")} {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
	s.detail.Refresh()
}

// show builds the detail of the topic that is highlighted.
func (s *Screen) show() {
	names := s.topics()
	name := names[min(s.shown.topic, len(names)-1)]
	s.first = nil
	rows := []fyne.CanvasObject{kit.Text(words.T(reasons[name])), s.progress, s.result}
	if !s.shown.busy {
		rows = append(rows, s.build(name)...)
	}
	foot := kit.VStack(look.Gap)
	if !s.shown.busy {
		foot.Objects = rows[len(rows)-1:] // what can be done
		rows = rows[:len(rows)-1]
	}
	s.detail.Objects = []fyne.CanvasObject{page.Titled(words.T(labels[name]), page.Footed(foot, page.Column(rows...)))}
	s.detail.Refresh()
}

// button is one whose key is Enter; the first one of a detail is where it begins.
func (s *Screen) button(label string, importance kit.Importance, do func()) *kit.Button {
	b := kit.NewButton(label, do).As(importance)
	s.begin(b)
	return b
}

func (s *Screen) begin(f fyne.Focusable) {
	if s.first == nil {
		s.first = f
	}
}

// secret is a field for a passphrase.
func (s *Screen) secret(next fyne.Focusable, done func()) *kit.Entry {
	e := kit.NewPassword("")
	e.OnSubmitted = func(string) {
		if next != nil {
			kit.Focus(next)
			return
		}
		done()
	}
	return e
}
