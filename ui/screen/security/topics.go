package security

import (
	"os"
	"path/filepath"
	"runtime"

	"fyne.io/fyne/v2"

	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	"solidaren/ui/words"
)

// running and went are the words of the model's keys.
var (
	running = map[string]string{
		"security.sheet.making": "security.sheet.making", "security.sheet.printing": "security.sheet.printing",
		"security.sheet.proving": "security.sheet.proving", "security.phrase.changing": "security.phrase.changing",
		"security.copy.writing": "security.copy.writing", "security.copy.opening": "security.copy.opening",
		"security.check.running": "security.check.running",
	}
	went = map[string]string{
		"security.sheet.printed": "security.sheet.printed", "security.sheet.proved": "security.sheet.proved",
		"security.phrase.changed": "security.phrase.changed", "security.copy.written": "security.copy.written",
		"security.copy.opens": "security.copy.opens", "security.check.sound": "security.check.sound",
	}
)

// sheet makes the recovery sheet, and has it proved.
func (s *Screen) sheet() []fyne.CanvasObject {
	switch m := s.model; {
	case m.Code != "":
		return s.shownSheet(s.sheetView.Fresh())
	case m.Unproved:
		return s.shownSheet(s.sheetView.Proof())
	case m.Keys.HasSheet():
		s.sheetView.Forget()
		return []fyne.CanvasObject{page.Flow(s.button(words.T("security.sheet.again"), kit.Plain, func() {
			s.window.Confirm(kit.Question{
				Title: words.T("security.sheet.again"), Text: words.T("security.sheet.again.text"),
				Yes: words.T("security.sheet.make"), Then: m.MakeSheet,
			})
		}))}
	default:
		return []fyne.CanvasObject{page.Flow(s.button(words.T("security.sheet.make"), kit.Primary, m.MakeSheet))}
	}
}

// shownSheet begins where the rows of the sheet do.
func (s *Screen) shownSheet(rows []fyne.CanvasObject) []fyne.CanvasObject {
	s.begin(s.sheetView.First)
	return rows
}

// phrase changes the passphrase.
func (s *Screen) phrase() []fyne.CanvasObject {
	var present, next, again *kit.Entry
	pepper := s.model.Keys.Peppered()
	change := func() { s.model.Change(present.Text, next.Text, again.Text, pepper) }
	again = s.secret(nil, change)
	next = s.secret(again, nil)
	present = s.secret(next, nil)
	s.begin(present)
	return []fyne.CanvasObject{
		page.Field(words.T("security.phrase.present"), "", present),
		page.Field(words.T("security.phrase.next"), words.T("lock.phrase.rule"), next),
		page.Field(words.T("lock.phrase.again"), "", again),
		kit.NewCheck(words.T("security.phrase.pepper"), pepper, func(on bool) { pepper = on }),
		kit.Caption(words.T("security.phrase.pepper.why")),
		page.Flow(kit.NewButton(words.T("security.phrase.change"), change).As(kit.Primary)),
	}
}

// copies writes a copy of the notebook, and tries one.
func (s *Screen) copies() []fyne.CanvasObject {
	folder := kit.NewEntry("")
	folder.Put(s.copyTo)
	write := func() { s.copyTo = folder.Text; s.model.Backup(folder.Text) }
	folder.OnSubmitted = func(string) { write() }
	s.begin(folder)
	tried := kit.NewEntry("")
	tried.Put(s.model.CopiedTo)
	var phrase *kit.Entry
	try := func() { s.model.Rehearse(tried.Text, phrase.Text) }
	phrase = s.secret(nil, try)
	tried.OnSubmitted = func(string) { kit.Focus(phrase) }
	return []fyne.CanvasObject{
		page.Field(words.T("security.copy.folder"), words.T("security.copy.folder.hint"), folder),
		kit.Subheading(words.T("security.copy.drill")), kit.Text(words.T("security.copy.drill.why")),
		page.Field(words.T("security.copy.tried"), "", tried),
		page.Field(words.T("lock.phrase"), "", phrase),
		page.Flow(kit.NewButton(words.T("security.copy.write"), write).As(kit.Primary), kit.NewButton(words.T("security.copy.try"), try)),
	}
}

// check reads the whole notebook.
func (s *Screen) check() []fyne.CanvasObject {
	return []fyne.CanvasObject{page.Flow(s.button(words.T("security.check.start"), kit.Primary, s.model.Check))}
}

// key gives the notebook another data key.
func (s *Screen) key() []fyne.CanvasObject {
	var phrase *kit.Entry
	rotate := func() {
		typed := phrase.Text
		s.window.Confirm(kit.Question{
			Title: words.T("security.key.title"), Text: words.T("security.key.text"),
			Yes: words.T("security.key.start"), Then: func() { s.window.Rotate(typed) },
		})
	}
	phrase = s.secret(nil, rotate)
	s.begin(phrase)
	return []fyne.CanvasObject{
		page.Field(words.T("lock.phrase"), "", phrase),
		page.Flow(kit.NewButton(words.T("security.key.start"), rotate)),
	}
}

// copyFolder is the first stick that is plugged in, or the worker's own folder.
func copyFolder() string {
	for _, pattern := range []string{"/run/media/*/*", "/media/*/*", "/Volumes/*"} {
		found, _ := filepath.Glob(pattern)
		for _, dir := range found {
			if info, err := os.Stat(dir); err == nil && info.IsDir() && runtime.GOOS != "windows" {
				return dir
			}
		}
	}
	home, _ := os.UserHomeDir()
	return filepath.Join(home, "solidaren-copies")
}
