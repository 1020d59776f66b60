package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	look "solidaren/ui/kit/theme"
	"solidaren/ui/model/find"
	"solidaren/ui/words"
)

// SearchOptions describe a SearchSelect. Either Options are all there is, or
// Find gives what a text matches.
type SearchOptions struct {
	Placeholder string
	Options     []Option
	Find        func(text string) []Option
	Selected    []Option
	Multiple    bool
	// OnAnswer hears of every change; byKey tells a choice by keyboard from a tap.
	OnAnswer func(selected []Option, byKey bool)
}

// shownResults is how many matches are listed at once; typing narrows them down,
// the arrows and a tap on the last line go through them.
const shownResults = 8

// SearchSelect chooses from a long list: type some letters, go down, Enter.
type SearchSelect struct {
	widget.BaseWidget
	SearchOptions
	Entry   *Entry
	OnKey   func(*fyne.KeyEvent) bool // a key that the search did not use; true: taken
	OnFocus func(focused bool)
	OnGrow  func() // the height may have changed

	folded  []string // labels of the options as they are compared; nil: not needed yet
	found   []Option
	cursor  int  // highlighted match, -1: none
	first   int  // first match that is listed
	paging  bool // a press on the last line: the list stays, though the field has lost the focus
	results *fyne.Container
	more    *pickLine
	none    *Label
	chosen  *fyne.Container
	content *fyne.Container
}

// NewSearchSelect makes a search field.
func NewSearchSelect(o SearchOptions) *SearchSelect {
	s := &SearchSelect{SearchOptions: o, cursor: -1}
	s.Entry = NewEntry(o.Placeholder)
	s.Entry.SelectAll = true
	s.Entry.OnChanged = func(string) { s.search() }
	s.Entry.OnKey = s.key
	s.Entry.OnFocus = s.focus
	s.results = VStack(look.RingWidth)
	s.more = newPickLine("", "", func() { s.paging = true })
	s.more.tapped = s.nextPage
	s.more.Hide()
	s.none = Caption(words.T("kit.search.none"))
	s.none.Hide()
	s.chosen = VStack(look.RingWidth)
	s.content = VStack(look.RingWidth, s.Entry, s.results, s.more, s.none, s.chosen)
	s.showChosen()
	s.ExtendBaseWidget(s)
	return s
}

// Held is the content.
func (s *SearchSelect) Held() fyne.CanvasObject { return s.content }

// CreateRenderer shows the field, what matches and what is chosen.
func (s *SearchSelect) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(s.content)
}

// Update shows other options or another selection, without calling OnAnswer.
func (s *SearchSelect) Update(options, selected []Option) {
	if slices.Equal(s.Options, options) && slices.Equal(s.Selected, selected) {
		return
	}
	if !slices.Equal(s.Options, options) {
		s.folded = nil
	}
	s.Options, s.Selected = options, selected
	s.showChosen()
	if s.Entry.Keys.focused {
		s.search()
	}
}

// SetFound gives the matches of a Find that comes later.
func (s *SearchSelect) SetFound(found []Option) {
	s.found, s.cursor, s.first = found, -1, 0
	if len(found) > 0 && s.typing() {
		s.cursor = 0 // Enter takes the first match
	}
	s.showResults()
}

func (s *SearchSelect) focus(focused bool) {
	if s.OnFocus != nil {
		defer s.OnFocus(focused)
	}
	if s.paging {
		return
	}
	if focused {
		s.search()
		return
	}
	s.SetFound(nil)
	if s.Entry.Text == "" && !s.Multiple && len(s.Selected) > 0 {
		s.answer(nil, false)
	}
	s.showChosen()
}

// search lists what matches the text. The label of what is chosen is no search:
// it lists the beginning of the list.
func (s *SearchSelect) search() {
	text := s.Entry.Text
	if !s.Multiple && len(s.Selected) > 0 && text == s.Selected[0].Label {
		text = ""
	}
	if s.Find != nil {
		s.SetFound(s.Find(text))
		return
	}
	wanted := strings.Fields(Fold(text))
	nonsense := len(wanted) == 0 && strings.TrimSpace(text) != "" // & of a digit key is no search
	if len(s.folded) != len(s.Options) {
		s.folded = make([]string, len(s.Options))
		for i, o := range s.Options {
			s.folded[i] = Fold(o.Label)
		}
	}
	var found []Option
	for i, o := range s.Options {
		if !nonsense && matches(s.folded[i], wanted) {
			found = append(found, o)
		}
	}
	s.SetFound(found)
}

// matches reports whether each wanted word begins a word of the label.
func matches(label string, wanted []string) bool {
	for _, w := range wanted {
		if !strings.HasPrefix(label, w) && !strings.Contains(label, " "+w) {
			return false
		}
	}
	return true
}

// Fold makes texts comparable for a search: lower case, no accents, one space
// for whatever is no letter or digit.
func Fold(text string) string { return strings.Join(find.Words(text), " ") }

func (s *SearchSelect) key(event *fyne.KeyEvent) bool {
	if event.Name == fyne.KeyDown && len(s.found) == 0 {
		s.search()
	}
	last := len(s.found) - 1
	switch {
	case event.Name == fyne.KeyDown && last >= 0:
		s.cursor = min(s.cursor+1, last) // the last match keeps the arrow: Enter takes it
	case event.Name == fyne.KeyUp && s.cursor >= 0:
		s.cursor--
	case isEnter(event.Name) && s.cursor >= 0:
		s.pick(s.found[s.cursor], true)
		return true
	case event.Name == fyne.KeyBackspace && s.Multiple && len(s.Selected) > 0:
		s.answer(s.Selected[:len(s.Selected)-1], true)
		return true
	default:
		return s.unused(event)
	}
	s.showResults()
	revealInScroll(s)
	return true
}

// part is the highlighted match, or the field: a long list ends below its scroll.
func (s *SearchSelect) part() (top, height float32) {
	if at := s.cursor - s.first; s.cursor >= 0 && at < len(s.results.Objects) {
		line := s.results.Objects[at]
		return s.results.Position().Y + line.Position().Y, line.Size().Height
	}
	return 0, s.Entry.Size().Height
}

// listed is the height of what is listed for the moment.
func (s *SearchSelect) listed() float32 {
	height := s.results.Size().Height
	for _, o := range []fyne.CanvasObject{s.more, s.none} {
		if o.Visible() {
			height += o.Size().Height + theme.Size(look.RingWidth)
		}
	}
	return height
}

// unused offers the key to whoever holds the widget.
func (s *SearchSelect) unused(event *fyne.KeyEvent) bool { return s.OnKey != nil && s.OnKey(event) }

func (s *SearchSelect) typing() bool {
	return s.Entry.Text != "" && (s.Multiple || len(s.Selected) == 0 || s.Entry.Text != s.Selected[0].Label)
}

func (s *SearchSelect) pick(o Option, byKey bool) {
	if !s.Multiple {
		s.SetFound(nil)
		s.answer([]Option{o}, byKey)
		return
	}
	chosen := slices.DeleteFunc(slices.Clone(s.Selected), func(c Option) bool { return c.Value == o.Value })
	if len(chosen) == len(s.Selected) {
		chosen = append(chosen, o)
	}
	s.Entry.Put("")
	s.answer(chosen, byKey)
	s.search()
}

func (s *SearchSelect) answer(selected []Option, byKey bool) {
	s.Selected = selected
	s.showChosen()
	if s.OnAnswer != nil {
		s.OnAnswer(selected, byKey)
	}
}

// showChosen writes the answer: in the field, or below it where there can be
// several.
func (s *SearchSelect) showChosen() {
	if !s.Multiple {
		text := ""
		if len(s.Selected) > 0 {
			text = s.Selected[0].Label
		}
		s.Entry.Put(text)
		return
	}
	lines := make([]fyne.CanvasObject, len(s.Selected))
	for i, o := range s.Selected {
		lines[i] = newPickLine(o.Label, words.T("kit.search.remove"), func() { s.pick(o, false) })
	}
	s.chosen.Objects = lines
	s.grow()
}

// showResults lists the matches round the highlighted one.
func (s *SearchSelect) showResults() {
	if s.cursor >= s.first+shownResults {
		s.first = s.cursor - shownResults + 1
	} else if s.cursor >= 0 && s.cursor < s.first {
		s.first = s.cursor
	}
	shown := s.found[s.first:min(s.first+shownResults, len(s.found))]
	lines := make([]fyne.CanvasObject, len(shown))
	for i, o := range shown {
		line := newPickLine(o.Label, "", func() { s.pick(o, false) })
		line.current = s.first+i == s.cursor
		lines[i] = line
	}
	s.results.Objects = lines
	s.more.Hidden = len(s.found) <= shownResults
	s.more.text = words.T("kit.search.more", len(s.found)-len(shown))
	s.none.Hidden = len(s.found) > 0 || !s.Entry.Keys.focused || !s.typing()
	s.more.Refresh()
	s.grow()
}

// nextPage lists the matches after those listed, round again after the last.
func (s *SearchSelect) nextPage() {
	s.first += shownResults
	if s.first >= len(s.found) {
		s.first = 0
	}
	s.cursor = -1
	s.showResults()
	Focus(s.Entry)
	s.paging = false
}

// grow lays the widget out again and tells whoever holds it that its height may
// have changed.
func (s *SearchSelect) grow() {
	s.content.Refresh()
	if s.OnGrow != nil {
		s.OnGrow()
	}
}
