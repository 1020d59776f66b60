package questionnaires

import (
	"fyne.io/fyne/v2"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// proposed is what was found in a file, and what giving it to the team would
// change.
func (s *Screen) proposed() fyne.CanvasObject {
	p := s.model.Proposed
	s.report = p.Report(words.Language(), func(d model.DraftMove) string { return words.Date(d.UpdatedAt.Local()) })
	banner, buttons := s.verdict(p)
	return s.reported(p.File.Name, banner, buttons...)
}

// verdict says whether the form can be given, and what can be done.
func (s *Screen) verdict(p *model.Proposed) (*kit.Banner, []fyne.CanvasObject) {
	back := kit.NewButton(words.T("forms.back"), s.back)
	if s.model.Err != nil {
		return kit.NewBanner(kit.Fault, diagnostics.Sentence(s.model.Err, words.Language())), []fyne.CanvasObject{back}
	}
	if !p.OK() {
		again := kit.NewButton(words.T("forms.again"), func() { s.model.Propose(s.model.Path) }).As(kit.Primary)
		said := words.T("forms.refused", len(p.Verdict.Errors)+len(p.Verdict.Forbidden))
		if n := len(p.Verdict.Forbidden); n > 0 {
			said += " " + words.T("forms.refused.forbidden", n)
		}
		return kit.NewBanner(kit.Fault, said), []fyne.CanvasObject{again, back}
	}
	preview := kit.NewButton(words.T("forms.preview"), func() { s.preview() })
	if p.Already {
		return kit.NewBanner(kit.Info, words.T("forms.already", p.Form.Version())), []fyne.CanvasObject{preview, back}
	}
	said := words.T("forms.new", p.Form.Title(), p.Form.Version())
	if !p.New {
		kept, renamed, aside := p.Moves()
		said = words.T("forms.next", p.Form.Title(), p.Form.Version(), version(p.Before))
		if len(p.Drafts) > 0 {
			said += " " + words.T("forms.next.drafts", len(p.Drafts), kept, renamed, aside)
		}
	}
	give := kit.NewButton(words.T("forms.give"), s.model.Give).As(kit.Primary).WithKey(s.window.Keys("finish"))
	return kit.NewBanner(kit.Success, said), []fyne.CanvasObject{give, preview, back}
}

// comparison is how a version differs from the one before it.
func (s *Screen) comparison() fyne.CanvasObject {
	v := s.model.Rows[s.compared]
	lines, err := s.model.Compare(s.compared)
	s.report = lines
	back := kit.NewButton(words.T("forms.back"), s.back)
	banner := kit.NewBanner(kit.Info, words.T("forms.compared", len(lines)))
	switch {
	case err != nil:
		banner = kit.NewBanner(kit.Warning, diagnostics.Sentence(err, words.Language()))
	case s.model.Before(s.compared) == nil:
		banner = kit.NewBanner(kit.Info, words.T("forms.first"))
	}
	title := page.Joined(page.FormName(s.model.Forms, v.FormID), words.T("forms.version", version(v.Version.Version)))
	return s.reported(title, banner, back)
}

// reported is a list of what a report says, and all of its highlighted line
// beside it.
func (s *Screen) reported(title string, banner *kit.Banner, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	s.lines = page.NewRows("", kit.ListOptions{ // the banner says that there is nothing
		Length: func() int { return len(s.report) },
		Line: func(i int) kit.Line {
			l := s.report[i]
			line := kit.Line{Title: l.Title, Detail: l.Text, Side: l.Kind, Mark: l.Mark}
			if l.Tone == model.Wrong {
				line.Importance = kit.Danger
			}
			return line
		},
		OnHighlight: s.read,
	})
	s.lines.OnKey = func(event *fyne.KeyEvent) bool {
		if event.Name != fyne.KeyEscape {
			return false
		}
		s.back()
		return true
	}
	s.what, s.whole = kit.Subheading(""), kit.Text("")
	s.read(0)
	s.front = s.lines.List
	if len(s.report) == 0 {
		s.front = buttons[len(buttons)-1].(*kit.Button) // Enter gives nothing away
	}
	body := page.Beside(0.5, s.lines.Object, page.Column(s.what, s.whole))
	return page.New(title, page.Footed(page.Flow(buttons...), page.Above(kit.VStack(look.Gap, banner), body)))
}

// read shows all of a line.
func (s *Screen) read(i int) {
	if i >= len(s.report) {
		s.what.Set("")
		s.whole.Set("")
		return
	}
	s.what.Set(page.Joined(s.report[i].Title, s.report[i].Kind))
	s.whole.Set(s.report[i].Text)
}
