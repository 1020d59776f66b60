package directory

import (
	"path/filepath"

	"fyne.io/fyne/v2"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// holds is the answer that changes nothing but the date.
const holds = "holds"

// onCorrect asks what is true of the line under the highlight. One key says how
// full it is and saves, with what was typed beside it.
func (s *Screen) onCorrect() {
	i := s.shown
	card := s.model.Card(i)
	if card.ID == "" || !s.model.Writes() {
		return
	}
	options := make([]kit.Option, 0, 6)
	for _, code := range diagnostics.Codes("saturation") {
		options = append(options, kit.Option{Value: code.Code, Label: code.In(words.Language())})
	}
	options = append(options, kit.Option{Value: holds, Label: words.T("directory.holds")})
	fields := []string{"remark", "phone", "opening_hours", "conditions"}
	entries := map[string]*kit.Entry{}
	body := []fyne.CanvasObject{kit.Muted(words.T("directory.correct.how"))}
	save := func(saturation string) {
		set := diagnostics.Values{}
		for field, entry := range entries {
			if entry.Text != s.model.Get(i, field) {
				set[field] = entry.Text
			}
		}
		if saturation != "" && saturation != holds {
			set["saturation"] = saturation
		}
		s.model.Correct(i, set, func(undo func()) {
			s.window.Undoable(words.T("directory.corrected", words.Clock(s.model.Clock().Local())), undo)
		})
	}
	choice := kit.NewChoice(kit.ChoiceOptions{Options: page.Keyed(options...), Columns: 3, OnAnswer: func(chosen []string, _ bool) {
		s.window.Modals().Dismiss()
		save(chosen[0])
	}})
	body = append(body, choice)
	for _, field := range fields {
		entry := kit.NewEntry("")
		entry.Put(s.model.Get(i, field))
		entry.Limit = 300
		entry.OnSubmitted = func(string) {
			s.window.Modals().Dismiss()
			save("")
		}
		entries[field] = entry
		body = append(body, page.Field(words.T("field."+field), "", entry))
	}
	s.window.Modals().Show(kit.Dialog{
		Title: card.Get("name"), First: choice, Wide: true, Content: kit.VStack(look.Gap, body...),
		Buttons: []kit.Action{{Text: words.T("kit.cancel")}, {Text: words.T("directory.save"), Default: true, Do: func() { save("") }}},
	})
}

// onEdit shows the card of the line under the highlight, field by field.
func (s *Screen) onEdit() {
	if code := s.model.Card(s.shown).Get("code"); code != "" && s.model.Writes() {
		s.window.EditAction(code)
	}
}

// Makes reports whether the role may add an action.
func (s *Screen) Makes() bool { return s.model.Writes() }

// Make asks for the name of a new action and of its actor, which may be known.
func (s *Screen) Make() {
	if s.model.Writes() {
		s.askNew("", "", "")
	}
}

// askNew asks, once more where something was missing.
func (s *Screen) askNew(named, by, problem string) {
	name := kit.NewEntry("")
	name.Limit = 120
	name.Put(named)
	var options []kit.Option
	for _, actor := range s.model.Actors() {
		options = append(options, kit.Option{Value: actor, Label: actor})
	}
	actor := kit.NewSearchSelect(kit.SearchOptions{Options: options})
	actor.Entry.Put(by)
	name.OnSubmitted = func(string) { kit.Focus(actor.Entry) }
	create := func() {
		who := actor.Entry.Text
		if len(actor.Selected) > 0 && who == actor.Selected[0].Label {
			who = actor.Selected[0].Value
		}
		s.model.NewAction(name.Text, who, func(code string, undo func(), err error) {
			if err != nil {
				s.askNew(name.Text, who, diagnostics.Sentence(err, words.Language()))
				return
			}
			s.window.EditAction(code)
			s.window.Undoable(words.T("directory.new.done"), undo)
		})
	}
	submit := func() {
		s.window.Modals().Dismiss()
		create()
	}
	actor.OnAnswer = func(chosen []kit.Option, byKey bool) {
		if byKey && len(chosen) > 0 {
			submit()
		}
	}
	actor.OnGrow = s.window.Modals().Fit
	actor.OnKey = func(key *fyne.KeyEvent) bool {
		enter := key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter
		if enter {
			submit()
		}
		return enter
	}
	fault := kit.FaultLine()
	if problem != "" {
		kit.ShowFault(fault, problem)
	}
	s.window.Modals().Show(kit.Dialog{
		Title: words.T("directory.new"), First: name, Wide: true,
		Content: kit.VStack(look.Gap, page.Field(words.T("directory.new.name"), "", name),
			page.Field(words.T("field.actor"), words.T("directory.new.actor"), actor), fault),
		Buttons: []kit.Action{{Text: words.T("kit.cancel")}, {Text: words.T("directory.new.do"), Default: true, Do: create}},
	})
}

// onImport asks for a file, tells what it would change, and does it.
func (s *Screen) onImport() {
	folder := kit.NewFolder(s.folder, []string{".xlsx", ".csv"}, func(path string) {
		s.window.Modals().Dismiss()
		s.folder = filepath.Dir(path)
		s.Import(path)
	})
	s.window.Modals().Show(kit.Dialog{
		Title: words.T("directory.import.file"), First: folder.Entry, Wide: true,
		Content: kit.VStack(look.Gap, kit.Muted(words.T("directory.import.how")), folder),
		Buttons: []kit.Action{{Text: words.T("kit.cancel"), Default: true}},
	})
}

// Import reads a file and asks before it changes anything.
func (s *Screen) Import(path string) { s.model.PlanImport(path, s.planned) }

// mostTold is how many issues of a file are shown.
const mostTold = 12

// planned tells what an import would do before it is done.
func (s *Screen) planned(p model.ImportPlan, err error) {
	modals := s.window.Modals()
	if err != nil {
		modals.ShowError("directory import", err)
		return
	}
	var told []fyne.CanvasObject
	for i, issue := range p.Issues {
		if i == mostTold {
			told = append(told, kit.Muted(words.T("directory.more", len(p.Issues)-i)))
			break
		}
		told = append(told, kit.Text(issue.Where()+" · "+issue.Msg.In(words.Language())))
	}
	if p.Failed {
		modals.Show(kit.Dialog{
			Title: words.T("directory.import.refused"), Content: kit.VStack(look.Gap, told...), Wide: true,
			Buttons: []kit.Action{{Text: words.T("kit.close"), Default: true}},
		})
		return
	}
	plan := p.Plan
	text := words.T("directory.import.plan", len(plan.Create), len(plan.Update), plan.Same)
	if len(plan.Create)+len(plan.Update) == 0 {
		text = words.T("directory.import.none")
	}
	body := append([]fyne.CanvasObject{kit.Text(text)}, told...)
	if len(plan.Missing) > 0 {
		body = append(body, kit.Muted(words.T("directory.import.stay", len(plan.Missing))))
	}
	buttons := []kit.Action{{Text: words.T("kit.cancel")}, {Text: words.T("directory.import"), Default: true, Do: func() {
		s.model.Import(p, func(undo func()) { s.window.Undoable(words.T("directory.import.done"), undo) })
	}}}
	if len(plan.Create)+len(plan.Update) == 0 {
		buttons = []kit.Action{{Text: words.T("kit.close"), Default: true}}
	}
	modals.Show(kit.Dialog{Title: words.T("nav.directory"), Content: kit.VStack(look.Gap, body...), Wide: true, Buttons: buttons})
}
