package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/screen/entry"
	"solidaren/ui/screen/sending"
	"solidaren/ui/screen/tour"
	"solidaren/ui/words"
)

// heard makes the window show the errors of a model.
func heard[M interface {
	Failing(func(op string, err error))
}](s *Shell, m M) M {
	m.Failing(s.Fail)
	return m
}

// Go brings a place to the front, if the role may go there.
func (s *Shell) Go(name string) {
	p, ok := lookupPlace(name)
	if !ok || !permitted(p.roles, s.role()) {
		return
	}
	r := s.fixed[name]
	if r == nil {
		r = p.build(s)
		s.fixed[name] = r
	}
	s.visit(r, name)
}

// visit brings a room to the front; the one before is behind Back.
func (s *Shell) visit(r room, name string) {
	if r == s.room {
		r.Load()
		r.Focus()
		return
	}
	if s.room != nil {
		s.leave()
		s.history = append(s.history, s.room)
	}
	s.history = slices.DeleteFunc(s.history, func(old room) bool { return old == r })
	for len(s.history) > memory {
		s.dismiss(s.history[0])
		s.history = slices.Delete(s.history, 0, 1) // which holds it no more, either
	}
	s.enter(r, name)
}

// memory is how many rooms the way back leads through.
const memory = 12

// enter puts a room in front, with the focus where it was left.
func (s *Shell) enter(r room, name string) {
	if r.Object() == nil || s.stale[r] {
		delete(s.stale, r)
		delete(s.left, r)
		r.Build()
	}
	s.room, s.name = r, name
	if _, record := r.(*entry.Screen); record && s.desk != nil {
		s.desk.BeginRecord()
	}
	s.dress()
	s.place()
	r.Load()
	s.refocus()
}

// refocus gives the focus to what had it when the room in front was left, or
// to where the room begins.
func (s *Shell) refocus() {
	left, c := s.left[s.room], s.window.Canvas()
	s.scroll.ScrollTo(left.offset)
	if left.focus == nil {
		s.room.Focus()
		return
	}
	kit.Return(c, left.focus)
	if c.Focused() != left.focus {
		s.room.Focus()
	}
}

// place shows the room in front in its frame.
func (s *Shell) place() {
	s.middle.Objects = []fyne.CanvasObject{s.room.Object()}
	if banner := s.remind(); banner != nil {
		s.middle.Objects = []fyne.CanvasObject{kit.Framed(banner, s.room.Object(), kit.VStack(look.Gap))}
	}
	s.middle.Refresh()
	s.scroll.Refresh()
	s.know()
	s.Retitle()
	if s.rail != nil {
		s.rail.show(s.name, s.status.model)
	}
}

// Retitle follows a room that knows more of itself than before: its title, its
// commands, its targets.
func (s *Shell) Retitle() {
	title := "SolidaRen – "
	if s.inDemo() {
		title += words.T("demo.mark") + " – "
	}
	s.window.SetTitle(title + s.room.Title())
	s.dress()
	s.enable()
}

// know lets the canvas find the widgets of a new room before they are painted:
// until then Fyne 2.8.1 knows no canvas for them, and they could not take the
// focus.
func (s *Shell) know() {
	if c, ok := s.window.Canvas().(interface{ EnsureMinSize() bool }); ok {
		c.EnsureMinSize()
	}
}

func (s *Shell) leave() {
	if focused := s.window.Canvas().Focused(); focused != nil && focused != fyne.Focusable(s.ahead) && !s.rail.has(focused) {
		s.left[s.room] = spot{focused, s.scroll.Offset()}
	}
	if l, ok := s.room.(leaver); ok {
		l.Leave()
	}
}

// Back returns to the room before. A room that the rail does not lead to is
// closed.
func (s *Shell) Back() {
	if len(s.history) == 0 {
		return
	}
	gone := s.room
	last := len(s.history) - 1
	before := s.history[last]
	s.history = slices.Delete(s.history, last, last+1)
	s.leave()
	s.dismiss(gone)
	s.enter(before, s.nameOf(before))
}

// dismiss closes a room that nothing leads to any more.
func (s *Shell) dismiss(r room) {
	if s.nameOf(r) == "" {
		s.drop(r)
	}
}

func (s *Shell) nameOf(r room) string {
	for name, fixed := range s.fixed {
		if fixed == r {
			return name
		}
	}
	return ""
}

// allRooms lists every room that lives.
func (s *Shell) allRooms() []room {
	all := slices.Clone(s.history)
	for _, r := range s.fixed {
		if !slices.Contains(all, r) {
			all = append(all, r)
		}
	}
	if s.room != nil && !slices.Contains(all, s.room) {
		all = append(all, s.room)
	}
	return all
}

// StartForm opens a blank record.
func (s *Shell) StartForm(id string) {
	s.visitAgain(entry.New(heard(s, model.NewEntry(s.desk, id)), s), func() { s.StartForm(id) })
	s.holdForForm()
}

// holdForForm keeps what is typed until the form in front is read: it is meant
// for its questions.
func (s *Shell) holdForForm() {
	if s.form() == nil {
		s.Hold()
	}
}

// startRecord opens a blank record of what the outing fills again and again.
func (s *Shell) startRecord() {
	if s.role() == diagnostics.RoleVolunteer && s.status.model.TourKind == "" {
		s.Go(roomTour) // they count, and do nothing else
		return
	}
	s.StartForm(model.LoopForm(s.status.model.TourKind))
}

// startCount opens a blank record of the night of counting that is out, or asks
// for its start.
func (s *Shell) startCount() {
	if s.status.model.TourKind == model.TourCount {
		s.startRecord()
		return
	}
	s.Go(roomTour)
	if t, ok := s.room.(*tour.Screen); ok {
		t.Prepare(model.TourCount)
	}
}

// Correct opens the correction of a finished record.
func (s *Shell) Correct(recordID string) { s.edit(model.CorrectEntry(s.desk, recordID)) }

// Resume goes on with a draft, in the room that holds it already if there is
// one: two rooms over one draft would overwrite each other.
func (s *Shell) Resume(draftID string) {
	for _, r := range s.history {
		if e, ok := r.(*entry.Screen); ok && e.DraftID() == draftID {
			s.visit(r, "")
			return
		}
	}
	s.edit(model.ResumeEntry(s.desk, draftID))
}

func (s *Shell) edit(m *model.Entry) {
	s.visit(entry.New(heard(s, m), s), "")
	s.holdForForm()
}

// Finished leaves a form whose records are in the notebook. A form of an outing
// is followed by the next blank one.
func (s *Shell) Finished(done *entry.Screen, formID string, record model.Finished, correction bool) {
	said := words.T("entry.finished", words.Clock(s.desk.Clock()))
	s.undo = nil
	if record.Undoable {
		s.Undoable(said, func() { s.withdraw(record.ID) })
	} else {
		s.Say(said)
	}
	switch {
	case s.room != done: // another room came to the front meanwhile
		s.forget(done)
	case correction || !model.Loops(formID):
		s.Back()
	default:
		s.forget(done)
		s.StartForm(formID)
	}
}

// withdraw takes a finished record back.
func (s *Shell) withdraw(id string) {
	s.desk.Withdraw(id, func(err error) {
		if err != nil {
			s.Fail("withdraw", err)
			return
		}
		s.Say(words.T("entry.withdrawn"))
		if e, ok := s.room.(*entry.Screen); ok {
			e.Recount()
		} else {
			s.room.Load()
		}
	})
}

// Drafts shows what was written on this outing, and the drafts elsewhere.
func (s *Shell) Drafts() {
	if s.loop() != nil {
		s.Go(roomTour)
		return
	}
	s.Go(roomInterviews)
}

// forget closes a room and takes it out of the way back.
func (s *Shell) forget(r room) {
	s.history = slices.DeleteFunc(s.history, func(old room) bool { return old == r })
	if s.room == r {
		s.room = nil
	}
	s.drop(r)
}

// drop closes a room and keeps nothing of it: what it showed of a person goes
// from memory with it.
func (s *Shell) drop(r room) {
	delete(s.left, r)
	delete(s.again, r)
	delete(s.stale, r)
	r.Close()
}

// visitAgain brings a room to the front that unlocking can open again.
func (s *Shell) visitAgain(r room, again func()) {
	s.again[r] = again
	s.visit(r, "")
}

// Send opens the sending room, and starts where the laptop has joined a team.
func (s *Shell) Send() {
	s.Go(roomSending)
	if s.desk.Member.ServerURL() != "" {
		s.room.(confirmer).Confirm()
	}
}

// join goes to the sending room, which joins the team that the invite is for.
func (s *Shell) join() {
	invite := s.invite
	s.invite = ""
	s.Go(roomSending)
	s.room.(*sending.Screen).Join(invite)
}
