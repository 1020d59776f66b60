package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/screen/entry"
	"solidaren/ui/screen/lock"
	"solidaren/ui/screen/sealed"
	"solidaren/ui/words"
)

// sealing is the window while records are written without opening the notebook:
// one form, over and over, and nothing else. It shows the present record and
// the totals; the record before it can be taken back.
type sealing struct {
	*Shell
	model  *model.Sealing
	formID string // of the record in front

	top, bottom fyne.CanvasObject
	forms       map[string]*kit.Button
	said, count *kit.Label
	undone      *kit.Link
	until       time.Time // when what was said goes away
}

var _ entry.Window = (*sealing)(nil)

// startSealing opens the recorder of the notebook that the lock screen means.
func (s *Shell) startSealing() error {
	dir := s.vault.Folder()
	desk := &model.Desk{Dispatcher: s.dispatcher, Forms: s.forms, Clock: s.clock, Lang: words.Language}
	m, err := model.OpenSealing(s.ctx, desk, dir, s.offered[dir])
	if err != nil {
		return err
	}
	s.room.Close()
	s.room = nil
	s.sealing = &sealing{Shell: s, model: m}
	desk.Wrote = s.sealing.counted
	s.frame()
	s.sealing.start(m.Forms()[0])
	s.watching()
	return nil
}

// stopSealing goes back to the lock screen; the record in front stays as it is.
func (s *Shell) stopSealing() {
	for s.modals.Open() {
		s.modals.Dismiss()
	}
	s.endSealing()
	s.showLock()
}

func (s *Shell) endSealing() {
	if s.sealing == nil {
		return
	}
	s.room.Close()
	if err := s.sealing.model.Close(closing); err != nil {
		s.Fail("sealing", err)
	}
	s.sealing, s.room, s.undo = nil, nil, nil
	kit.OnActivity(func() {})
}

// start opens a blank record of a form. The one in front stays as it is.
func (w *sealing) start(formID string) {
	before := w.room
	w.formID = formID
	w.enter(entry.New(heard(w.Shell, w.model.Entry(formID)), w), "")
	if before != nil {
		before.Close()
	}
	if w.form() == nil {
		w.Hold() // until the form is read
	}
	for id, button := range w.forms {
		button.SetCurrent(id == formID)
	}
}

// frame is what stands round the record.
func (w *sealing) frame(room fyne.CanvasObject) fyne.CanvasObject {
	w.forms = map[string]*kit.Button{}
	var buttons []fyne.CanvasObject
	for _, id := range w.model.Forms() {
		w.forms[id] = kit.NewButton(words.T(sealedNames[id]), func() { w.start(id) })
		w.forms[id].SetCurrent(id == w.formID)
		buttons = append(buttons, w.forms[id])
	}
	buttons = append(buttons, kit.NewButton(words.T("sealing.leave"), w.stopSealing).WithKey(w.Keys("lock")))
	w.top = kit.Inset(look.Gap, page.Flow(append([]fyne.CanvasObject{kit.High(kit.Subheading(words.T("sealing.title")).Whole())}, buttons...)...))
	w.said, w.count = kit.Caption("").Whole(), kit.Caption("").Whole()
	w.undone = kit.NewLink(w.undoLast)
	w.bottom = container.NewVBox(widget.NewSeparator(), kit.Inset(look.Gap,
		page.Flow(w.said, kit.HStack(look.Section, w.undone, w.count))))
	w.counted()
	w.Say("")
	return container.NewStack(container.NewBorder(w.top, w.bottom, nil, nil, room), w.ahead)
}

// sealedNames are the words of the forms that can be filled.
var sealedNames = map[string]string{"maraude": "sealing.maraude", "nuit_solidarite": "sealing.count", "lieu": "sealing.place"}

// counted tells how many records wait, and where they can be read.
func (w *sealing) counted() { w.count.Set(words.T("sealing.wait", w.model.Count())) }

// Finished seals a record and opens the next blank one.
func (w *sealing) Finished(_ *entry.Screen, formID string, _ model.Finished, _ bool) {
	w.counted()
	w.Undoable(words.T("sealing.sealed"), w.withdraw)
	if !model.Loops(formID) {
		formID = w.model.Forms()[0]
	}
	w.start(formID)
}

// withdraw takes the last record back.
func (w *sealing) withdraw() {
	if err := w.model.Withdraw(); err != nil {
		w.Fail("withdraw", err)
		return
	}
	w.counted()
	if e, ok := w.room.(*entry.Screen); ok {
		e.Recount()
	}
	w.Say(words.T("sealing.withdrawn"))
}

// Back leaves the record as it is, sealed like the others, for a blank one.
func (w *sealing) Back() {
	w.Say(words.T("sealing.kept"))
	w.start(w.formID)
}

// Drafts shows nothing: what is sealed cannot be read.
func (w *sealing) Drafts() { w.Say(words.T("sealing.unread")) }

// Undoable says what was done and offers to take it back.
func (w *sealing) Undoable(sentence string, undo func()) {
	w.undo = undo
	w.enable()
	w.say(sentence, words.T("status.undo", w.Keys("undo")))
}

// Say puts a sentence below the record, for a while.
func (w *sealing) Say(sentence string) { w.say(sentence, "") }

func (w *sealing) say(sentence, undo string) {
	w.said.Set(sentence)
	w.said.Hidden, w.undone.Hidden = sentence == "", undo == ""
	w.undone.Set(undo)
	w.until = w.clock().Add(saying)
	w.bottom.Refresh()
}

// tick lets what was said go away. What was done last can still be taken back.
func (w *sealing) tick() {
	if w.said.Text != "" && w.clock().After(w.until) {
		w.Say("")
	}
}

// seal records without opening the notebook, from the menu.
func (s *Shell) seal() {
	if l, ok := s.room.(*lock.Screen); ok {
		l.Record()
	}
}

// askSealed asks whose the records are that were written before the locked
// notebook. Esc leaves the question for later: they stay as they are.
func (s *Shell) askSealed() {
	found := s.desk.Notebook.Captured()
	if found.Forged {
		s.Fail("sealing", diagnostics.E("ui.askSealed", diagnostics.CodeCorrupt,
			"Le carnet a été modifié hors de l'application. Rien n'a été effacé. Prévenez la coordination.",
			"The notebook was changed outside the app. Nothing was erased. Tell the coordinator.", nil))
	}
	m := heard(s, model.NewSealed(s.desk))
	m.Open()
	m.OnTaken = func(t model.Taken) { s.Say(sealed.TakenText(t)) }
	m.OnChange = func() {
		if m.Busy {
			return
		}
		m.OnChange = nil
		n := len(m.Waiting)
		if n == 0 {
			if found.Unread > 0 {
				s.Say(words.T("sealed.unread", found.Unread))
			}
			return
		}
		s.modals.Show(kit.Dialog{
			Title: words.T("sealed.ask", n), Content: kit.Text(words.T("sealed.ask.why")),
			Buttons: []kit.Action{
				{Text: words.T("sealed.yes"), Do: m.TakeAll},
				{Text: words.T("sealed.no"), Do: m.HoldAll},
				{Text: words.T("sealed.look"), Do: func() { s.Go(roomSealed) }, Default: true},
			},
		})
	}
	m.Load()
}
