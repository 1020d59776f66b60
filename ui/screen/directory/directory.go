// Package directory is "who does what": actions found as one types, narrowed
// down by letters, the sheet of the one under the highlight beside them, and a
// key that puts a line right.
package directory

import (
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// Window is what the screen asks of the window.
type Window interface {
	Modals() *kit.Modals
	Say(sentence string)
	Undoable(sentence string, undo func())
	EditAction(code string)     // shows its card, field by field
	Keys(command string) string // the shortcut of a command, as it is shown
}

// Screen shows a model.Directory.
type Screen struct {
	model  *model.Directory
	window Window

	object  fyne.CanvasObject
	query   *kit.Entry
	filters map[rune]*kit.Button
	count   *kit.Label
	list    *page.Rows
	sheet   *fyne.Container
	scroll  fyne.CanvasObject
	copy    *kit.Button
	correct *kit.Button
	edit    *kit.Button
	acts    fyne.CanvasObject // these three
	shown   int               // row whose sheet is shown
	wanted  string            // code of the action to show once it is read
	folder  string            // where the last file was imported from
}

// New makes the screen.
func New(m *model.Directory, w Window) *Screen {
	s := &Screen{model: m, window: w}
	m.OnChange = s.refresh
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("nav.directory") }

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() { s.model.Load() }

// Focus goes to the search, or to the action that was asked for.
func (s *Screen) Focus() {
	if s.wanted != "" {
		kit.Focus(s.list.List)
		return
	}
	kit.Focus(s.query)
}

// Len is how many actions are listed.
func (s *Screen) Len() int { return s.model.Len() }

// Show puts the sheet of an action in front.
func (s *Screen) Show(code string) {
	s.wanted = code
	s.refresh()
	kit.Focus(s.list.List)
}

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.query = kit.NewEntry(words.T("directory.search"))
	s.query.Put(s.model.Query)
	s.query.OnChanged = s.model.Search
	s.query.OnSubmitted = func(string) { s.toList() }
	s.query.OnKey = func(key *fyne.KeyEvent) bool { return key.Name == fyne.KeyDown && s.toList() }
	s.list = page.NewRows("", kit.ListOptions{
		Length:      func() int { return s.model.Len() },
		Line:        s.line,
		OnOpen:      func(int) { s.onCorrect() },
		OnHighlight: func(int) { s.showSheet() },
	}).Like(s.list)
	s.list.OnRune = s.Bindings().Rune
	s.count = kit.Caption("")
	s.copy = kit.NewButton(words.T("directory.copy"), s.onCopy).WithKey("C")
	s.correct = kit.NewButton(words.T("directory.correct"), s.onCorrect).WithKey(words.T("keyname.enter"))
	s.edit = kit.NewButton(words.T("directory.edit"), s.onEdit).WithKey("M")
	for _, b := range []*kit.Button{s.copy, s.correct, s.edit} {
		b.OnRune = s.Bindings().Rune
	}
	s.sheet = kit.VStack(look.Gap)
	s.scroll = page.Reading(s.sheet)
	left := container.NewBorder(s.count, nil, nil, nil, s.list.Object)
	of, actions := []fyne.CanvasObject{s.copy}, []fyne.CanvasObject{}
	if s.model.Writes() {
		of = append(of, s.correct, s.edit)
		actions = append(actions, kit.NewButton(words.T("directory.new"), s.Make).WithKey(s.window.Keys("new")),
			kit.NewButton(words.T("directory.import"), s.onImport))
	}
	s.acts = page.Flow(of...)
	sheet := page.Footed(s.acts, s.scroll)
	s.object = page.New(words.T("nav.directory"),
		page.Above(kit.VStack(look.Gap, s.query, s.filterLine()), page.Beside(0.56, left, sheet)), actions...)
	s.refresh()
}

// filterLine are the filters, each with its letter.
func (s *Screen) filterLine() fyne.CanvasObject {
	s.filters = map[rune]*kit.Button{}
	var all []fyne.CanvasObject
	for _, letter := range letters {
		b := kit.NewButton("", func() { s.letter(letter) }).WithKey(string(letter))
		b.OnRune = s.Bindings().Rune
		s.filters[letter] = b
		all = append(all, b)
	}
	return page.Flow(all...)
}

// Letters of the filters. X lifts them all.
const (
	letterOpen     = 'O'
	letterDistrict = 'Q'
	letterNeed     = 'B'
	letterPublic   = 'P'
	letterAnimals  = 'A'
	letterClear    = 'X'
)

var letters = []rune{letterOpen, letterDistrict, letterNeed, letterPublic, letterAnimals, letterClear}

// Bindings are the letters of the list: the filters, and what is done with a
// sheet.
func (s *Screen) Bindings() kit.Bindings {
	all := kit.Bindings{{Keys: []string{"C"}, Label: "directory.copy", Do: func(string) bool { return s.letter('C') }}}
	if s.model.Writes() {
		all = append(all, kit.Binding{Keys: []string{"M"}, Label: "directory.edit", Do: func(string) bool {
			s.onEdit()
			return true
		}})
	}
	for _, letter := range letters {
		all = append(all, kit.Binding{Keys: []string{string(letter)}, Label: filterNames[letter], Do: func(string) bool { return s.letter(letter) }})
	}
	return all
}

// filterNames are the words of the filters.
var filterNames = map[rune]string{
	letterOpen: "directory.filter.open", letterDistrict: "directory.filter.district", letterNeed: "directory.filter.need",
	letterPublic: "directory.filter.public", letterAnimals: "directory.filter.animals", letterClear: "directory.filter.clear",
}

// letter narrows the list down, or copies the number.
func (s *Screen) letter(r rune) bool {
	f := s.model.Filter
	switch unicode.ToUpper(r) {
	case letterOpen:
		f.OpenNow = !f.OpenNow
	case letterAnimals:
		f.Animals = !f.Animals
	case letterClear:
		f = model.DirectoryFilter{}
		s.query.Put("")
		s.model.Query = ""
	case letterDistrict:
		s.choose("directory.filter.district", "district", f.District, func(code string) { s.model.Filter.District = code })
		return true
	case letterPublic:
		s.choose("directory.filter.public", "public", f.Public, func(code string) { s.model.Filter.Public = code })
		return true
	case letterNeed:
		s.choose("directory.filter.need", "need_domain", f.Need, func(code string) { s.model.Filter.Need = code })
		return true
	case 'C':
		s.onCopy()
		return true
	default:
		return false
	}
	s.model.Narrow(f)
	return true
}

// choose asks for one code of a list, or for any: the one that is chosen already
// lifts the filter.
func (s *Screen) choose(title, list, now string, set func(code string)) {
	var options []kit.Option
	for _, code := range diagnostics.Codes(list) {
		if code.Code != diagnostics.DontKnow && code.Code != diagnostics.NotToSay && code.Code != "none" {
			options = append(options, kit.Option{Value: code.Code, Label: code.In(words.Language())})
		}
	}
	var selected []string
	if now != "" {
		selected = []string{now}
	}
	choice := kit.NewChoice(kit.ChoiceOptions{Options: page.Keyed(options...), Selected: selected, Columns: 2, OnAnswer: func(chosen []string, _ bool) {
		s.window.Modals().Dismiss()
		set("")
		if len(chosen) > 0 && chosen[0] != now {
			set(chosen[0])
		}
		s.model.Narrow(s.model.Filter)
	}})
	buttons := []kit.Action{{Text: words.T("kit.close"), Default: true}}
	if now != "" {
		buttons = append(buttons, kit.Action{Text: words.T("directory.filter.clear"), Do: func() {
			set("")
			s.model.Narrow(s.model.Filter)
		}})
	}
	s.window.Modals().Show(kit.Dialog{Title: words.T(title), First: choice, Wide: true, Buttons: buttons, Content: choice})
}

// toList goes down into what was found.
func (s *Screen) toList() bool {
	if s.model.Len() == 0 {
		return false
	}
	kit.Focus(s.list.List)
	return true
}

// marks of how full something is; the words stand beside them.
var marks = map[string]string{"ok": "○", "tense": "◐", "full": "●", "closed": "×"}

func (s *Screen) line(i int) kit.Line {
	row := s.model.Row(i)
	line := kit.Line{Title: row.Name, Detail: row.Detail, Side: row.Side, Mark: marks[row.Saturation]}
	if row.Saturation == "closed" || row.Saturation == "full" {
		line.Importance = kit.Danger
	}
	return line
}

func (s *Screen) refresh() {
	if s.object == nil {
		return
	}
	s.list.Say(words.T("directory.none"))
	switch {
	case s.model.Whole() > 0:
	case s.model.Writes():
		s.list.Say(words.T("directory.empty"))
	default:
		s.list.Say(words.T("directory.empty.read"))
	}
	if s.wanted != "" && s.model.Whole() > 0 {
		if i := s.model.Select(s.wanted); i >= 0 {
			s.wanted = ""
			s.query.Put(s.model.Query)
			s.list.List.Refresh()
			s.list.List.Highlight(i)
		}
	}
	s.list.Refresh()
	s.count.Set(words.T("directory.count", s.model.Len(), s.model.Whole()))
	s.showFilters()
	s.showSheet()
}

func (s *Screen) showFilters() {
	f := s.model.Filter
	named := func(label, list, code string) string {
		if code == "" {
			return words.T(label)
		}
		return words.T("kit.labelled", words.T(label), s.model.Label(list, code))
	}
	for letter, text := range map[rune]string{
		letterOpen: words.T("directory.filter.open"), letterAnimals: words.T("directory.filter.animals"),
		letterDistrict: named("directory.filter.district", "district", f.District),
		letterNeed:     named("directory.filter.need", "need_domain", f.Need),
		letterPublic:   named("directory.filter.public", "public", f.Public),
		letterClear:    words.T("directory.filter.clear"),
	} {
		on := map[rune]bool{
			letterOpen: f.OpenNow, letterAnimals: f.Animals, letterDistrict: f.District != "",
			letterNeed: f.Need != "", letterPublic: f.Public != "",
		}[letter]
		if on {
			text = "✓ " + text
		}
		b := s.filters[letter]
		b.Current = on
		b.SetText(text)
	}
	all := s.filters[letterClear]
	if hidden := f == (model.DirectoryFilter{}) && s.model.Query == ""; hidden != all.Hidden {
		all.Hidden = hidden
		s.object.Refresh() // the filters may need another line now
	}
}

// showSheet shows the action under the highlight.
func (s *Screen) showSheet() {
	s.shown = s.list.Highlighted()
	sheet := s.model.Sheet(s.shown)
	var rows []fyne.CanvasObject
	if sheet.Title != "" {
		rows = append(rows, kit.Subheading(sheet.Title), kit.Strong(sheet.Actor), widget.NewSeparator())
	}
	for _, line := range sheet.Lines {
		rows = append(rows, page.Beside(0.36, kit.Muted(line.Label), kit.Text(line.Answer)))
	}
	if len(sheet.Others) > 0 {
		rows = append(rows, widget.NewSeparator(), kit.Muted(words.T("directory.others")))
		for _, other := range sheet.Others {
			rows = append(rows, kit.Text("· "+other))
		}
	}
	s.sheet.Objects = rows
	s.sheet.Refresh()
	s.scroll.Refresh()
	enable(s.copy, sheet.Phone != "")
	if none := sheet.Title == ""; none == s.acts.Visible() {
		if none {
			s.acts.Hide()
		} else {
			s.acts.Show()
		}
		s.object.Refresh()
	}
}

func enable(b *kit.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// onCopy puts the number where any program can paste it from.
func (s *Screen) onCopy() {
	if phone := s.model.Sheet(s.shown).Phone; phone != "" {
		fyne.CurrentApp().Clipboard().SetContent(phone)
		s.window.Say(words.T("directory.copied", phone))
	}
}
