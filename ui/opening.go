package ui

import (
	"time"

	"solidaren/ui/kit"
	"solidaren/ui/model"
	"solidaren/ui/screen/entry"
	"solidaren/ui/screen/lock"
	"solidaren/ui/screen/setup"
	"solidaren/ui/words"
)

// settling is how long the work of the day waits after an opening: it asks the
// same database as the first room.
const settling = 3 * time.Second

// closing is how long the window waits for the disk before it closes.
const closing = 5 * time.Second

// showLock is the window without a notebook.
func (s *Shell) showLock() {
	m := model.NewLock(s.ctx, s.dispatcher, s.vault)
	m.OnOpen, m.OnCreate, m.Seal, m.OnRescue = s.open, s.openNew, s.startSealing, s.rescued
	s.frame()
	s.enter(lock.New(m, s.settings, s.folder, s.keysOf), "")
}

// openNew shows a notebook that was just made.
func (s *Shell) openNew(desk *model.Desk) {
	s.fresh = true
	s.open(desk)
	s.fresh = false
}

// beginSetup begins with what follows the making of a notebook.
func (s *Shell) beginSetup() {
	m := heard(s, model.NewSetup(s.desk))
	s.visit(setup.New(m, s), "")
	m.Begin(s.invite)
}

// OpenSetup goes on with what is left of it.
func (s *Shell) OpenSetup() { s.visit(setup.New(heard(s, model.NewSetup(s.desk)), s), "") }

// EndSetup goes on to the team whose invite was given, or to work.
func (s *Shell) EndSetup() {
	s.checkSetup()
	if s.invite != "" {
		s.join()
		return
	}
	s.Go(s.home())
}

// open shows the notebook that was unlocked.
func (s *Shell) open(desk *model.Desk) {
	s.room.Close()
	s.desk, s.room = desk, nil
	s.fixed, s.history, s.left, s.again = map[string]room{}, nil, map[room]spot{}, map[room]func(){}
	desk.Saved, desk.Wrote, desk.Slow = s.saved, s.wrote, s.slow
	desk.Stopped = func(kept string) { s.Say(words.T(kept)) }
	desk.TryDone = s.tried
	kit.OnPress(desk.Pressed)
	desk.Open(s.ctx)
	desk.Offer()
	s.watchSafeguards()
	s.frame()
	switch {
	case s.fresh && desk.Keys != nil:
		s.beginSetup()
	case s.invite != "":
		s.join()
	case !s.comeBack():
		s.Go(s.home())
	}
	s.watching()
	s.care = model.NewCare(desk)
	s.care.OnChange = s.tellCare
	s.care.Failing(s.Fail)
	s.care.Open()
	s.calm = s.clock().Add(settling)
	s.askSealed()
	s.checkSetup()
}

// Lock closes the notebook. What was being typed is a draft already, and
// unlocking comes back to it.
func (s *Shell) Lock() {
	switch {
	case s.sealing != nil:
		s.stopSealing()
		return
	case s.inDemo():
		s.shut()
		s.showFront()
		return
	}
	returns, front := s.whereabouts(), s.room
	e, ok := front.(*entry.Screen)
	finishing := ok && e.Finishing()
	s.shut()
	if ok && !finishing {
		returns.draft = e.DraftID() // known once what was being typed is an answer
	}
	s.returns = returns
	s.showLock()
}

// shut closes all rooms and the notebook.
func (s *Shell) shut() {
	if s.desk == nil {
		return
	}
	s.closeRooms()
	s.status.close()
	s.care.Close()
	if err := s.desk.Close(closing); err != nil {
		s.Fail("lock", err)
	}
	if offered := s.desk.Offered(); offered != nil {
		s.offered[s.vault.Folder()] = offered
	}
	s.desk, s.room, s.fixed, s.history, s.left, s.status, s.rail, s.undo = nil, nil, nil, nil, nil, nil, nil, nil
	s.care, s.again, s.stale, s.safeguards, s.trying, s.enterLaw = nil, nil, map[room]bool{}, nil, nil, nil
	kit.OnActivity(func() {})
	kit.OnPress(func() {})
}

func (s *Shell) closeRooms() {
	for _, r := range s.allRooms() {
		r.Close()
	}
}

// Quit closes the window and asks nothing: what was typed is saved.
func (s *Shell) Quit() {
	s.endSealing()
	s.shut()
	s.window.SetCloseIntercept(nil)
	s.window.Close()
}
