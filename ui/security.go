package ui

import (
	"context"
	"net/url"
	"path/filepath"
	"sync"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/screen/security"
	"solidaren/ui/words"
)

// Open hands a file to the program of the system that shows it.
func (s *Shell) Open(file string) error {
	return s.app.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(file)})
}

// Rotate closes the notebook, gives it another data key and opens it again. It
// cannot be stopped: the whole file is sealed anew, and takes the place of the
// former one only when it is whole.
func (s *Shell) Rotate(passphrase string) {
	rotator, ok := s.vault.(model.Rotator)
	if !ok {
		return
	}
	s.shut()
	delete(s.offered, s.vault.Folder()) // it belongs to the key before
	wait := newWaiting(words.T("security.key.running"))
	s.frame()
	s.enter(wait, "")
	var done, whole atomic.Int64
	type opened struct {
		desk *model.Desk
		code string
	}
	scope := model.NewScope(s.ctx, s.dispatcher, &wait.workers)
	model.RunSampled(scope, new(model.Command), func(ctx context.Context) (o opened, err error) {
		o.desk, o.code, err = rotator.Rotate(ctx, passphrase, func(written, total int64) {
			done.Store(written)
			whole.Store(total)
		})
		return o, err
	}, func() { wait.progress.Set(words.T("security.key.running"), done.Load(), whole.Load()) },
		func(o opened, err error) {
			if err != nil {
				s.room = nil
				s.showLock()
				s.Fail("rotate", err)
				return
			}
			s.open(o.desk)
			s.Go(roomSecurity)
			if room, ok := s.room.(*security.Screen); ok {
				room.ShowCode(o.code)
			}
		})
}

// rescued tells what was taken out of a damaged notebook.
func (s *Shell) rescued(r model.Rescued) {
	next := words.T("rescue.member")
	if !r.Member {
		next = words.T("rescue.alone")
	}
	s.modals.Show(kit.Dialog{
		Title: words.T("rescue.done"),
		Content: kit.Text(words.T("rescue.counts", r.Ops, r.Drafts, r.Lost) + "\n" +
			words.T("rescue.where", r.Folder) + "\n" + next),
		Buttons: []kit.Action{{Text: words.T("kit.close"), Default: true}},
	})
}

// remind says on the first room what of the making of the notebook is left: a
// recovery sheet that was proved to be written down, the passphrase once more.
func (s *Shell) remind() fyne.CanvasObject {
	if s.setupLeft == (model.Left{}) || s.name != roomToday {
		return nil
	}
	text, do := words.T("security.remind"), words.T("security.remind.do")
	if !s.setupLeft.Sheet {
		text, do = words.T("setup.remind"), words.T("setup.remind.do")
	}
	return kit.Inset(look.Gap, kit.NewBanner(kit.Warning, text, kit.NewButton(do, s.OpenSetup)))
}

// OpenSecurity goes to the safety of the notebook.
func (s *Shell) OpenSecurity() { s.Go(roomSecurity) }

// checkSetup finds out whether to remind.
func (s *Shell) checkSetup() {
	s.desk.SetupLeft(func(left model.Left) {
		if changed := left != s.setupLeft; changed {
			if s.setupLeft = left; s.room != nil && s.name == roomToday {
				focused := s.window.Canvas().Focused()
				s.place()
				kit.Return(s.window.Canvas(), focused)
			}
		}
	})
}

// waiting is the window while the notebook is closed for work on its file.
type waiting struct {
	workers  sync.WaitGroup
	object   fyne.CanvasObject
	progress *kit.Progress
	text     string
}

func newWaiting(text string) *waiting { return &waiting{text: text} }

// Object is what the window shows.
func (w *waiting) Object() fyne.CanvasObject { return w.object }

// Title of the window meanwhile.
func (w *waiting) Title() string { return words.T("security.key") }

// Build makes the widgets.
func (w *waiting) Build() {
	w.progress = kit.NewProgress(nil)
	w.progress.Set(w.text, 0, 0)
	w.object = page.Centred(kit.Heading(words.T("security.key")), kit.Text(words.T("security.key.wait")), container.NewStack(w.progress))
}

// Load has nothing to read.
func (w *waiting) Load() {}

// Focus has no field.
func (w *waiting) Focus() {}

// Close has nothing to end: the work goes on to its end.
func (w *waiting) Close() {}

// Wait returns when the work is over.
func (w *waiting) Wait() { w.workers.Wait() }
