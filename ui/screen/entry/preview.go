package entry

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/words"
)

// preview says what becomes of the draft's answers in the new version of its
// form. Nothing is written before the writer goes on.
func (s *Screen) preview() fyne.CanvasObject {
	m := s.model.Moved
	s.goOn = kit.NewButton(words.T("entry.moved_go_on"), s.agree).As(kit.Primary)
	later := kit.NewButton(words.T("entry.moved_later"), s.window.Back)
	rows := []fyne.CanvasObject{
		kit.NewBanner(kit.Info, words.T("entry.moved_why", version(m.From), version(m.To))),
		kit.Text(words.T("entry.moved_kept", m.Kept)),
	}
	if len(m.Renamed) > 0 {
		rows = append(rows, kit.Subheading(words.T("entry.moved_renamed", len(m.Renamed))), kit.Text(strings.Join(m.Renamed, "\n")))
	}
	if len(m.Aside) > 0 {
		rows = append(rows, kit.Subheading(words.T("entry.moved_aside", len(m.Aside))), kit.Muted(words.T("entry.moved_aside_why")))
		for _, line := range m.Aside {
			rows = append(rows, container.NewGridWithColumns(2, kit.Muted(line.Label), kit.Text(line.Answer)))
		}
	}
	return page.New(s.Title(), page.Column(kit.VStack(look.Gap, rows...)), s.goOn, later)
}

// version names a version of a form, which may have none.
func version(v string) string {
	if v == "" {
		return words.T("entry.moved_no_version")
	}
	return v
}

// agree goes on with the draft in the new version.
func (s *Screen) agree() {
	s.agreed = true
	s.Build()
}
