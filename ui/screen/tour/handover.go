package tour

import (
	"fyne.io/fyne/v2"

	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/words"
)

// onHandOver asks where the sealed file shall be written, and writes it.
func (s *Screen) onHandOver() {
	path := kit.NewEntry("")
	path.Put(s.model.HandoverFile())
	write := func() { s.HandOver(path.Text) }
	path.OnSubmitted = func(string) {
		s.window.Modals().Dismiss()
		write()
	}
	s.window.Modals().Show(kit.Dialog{
		Title: words.T("tour.handover"), First: path, Wide: true,
		Content: kit.VStack(look.Gap, kit.Text(words.T("tour.handover.how")), page.Field(words.T("tour.handover.file"), "", path)),
		Buttons: []kit.Action{{Text: words.T("kit.cancel")}, {Text: words.T("tour.handover"), Default: true, Do: write}},
	})
}

// HandOver writes the file, and says how much it holds.
func (s *Screen) HandOver(path string) {
	s.model.HandOver(path, func(records int, err error) {
		if err != nil {
			s.window.Modals().ShowError("handover", err)
			return
		}
		told := []fyne.CanvasObject{kit.Text(words.T("tour.handover.done", records, path))}
		if n := len(s.model.Drafts); n > 0 {
			told = append(told, kit.NewBanner(kit.Warning, words.T("tour.handover.drafts", n)))
		}
		s.window.Modals().Show(kit.Dialog{
			Title: words.T("tour.handover"), Content: kit.VStack(look.Gap, told...),
			Buttons: []kit.Action{{Text: words.T("kit.close"), Default: true}},
		})
	})
}
