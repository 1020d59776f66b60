package ui

import (
	"solidaren/diagnostics"
	"solidaren/ui/model"
	"solidaren/ui/screen/tries"
	"solidaren/ui/screen/welcome"
	"solidaren/ui/words"
)

// Offer lets the demo be tried on this computer. A computer without a notebook
// is welcomed.
func (s *Shell) Offer(trial model.Trial) {
	s.trial = trial
	s.room.Close()
	s.showFront()
}

// showFront is the window without an open notebook: the lock, or the welcome
// where there is no notebook to unlock.
func (s *Shell) showFront() {
	there, _ := s.vault.Symbols()
	if s.trial == nil || len(there) > 0 || s.vault.Exists() {
		s.showLock()
		return
	}
	s.showWelcome()
}

// showWelcome asks what to begin with.
func (s *Shell) showWelcome() *model.Welcome {
	m := model.NewWelcome(s.ctx, s.dispatcher, s.trial)
	m.OnOpen, m.OnJoin, m.OnAlone = s.openDemo, s.joinWith, s.beginAlone
	s.frame()
	s.enter(welcome.New(m, s.settings, s), "")
	return m
}

// joinWith makes a notebook that then joins the team of an invite.
func (s *Shell) joinWith(invite string) {
	s.room.Close()
	s.invite = invite
	s.showLock()
}

func (s *Shell) beginAlone() {
	s.room.Close()
	s.showLock()
}

// inDemo reports whether the open notebook is the demo.
func (s *Shell) inDemo() bool { return s.desk != nil && s.desk.Member.Rehearsal() }

// demoRoles are the roles that the demo shows, in the order of their keys.
var demoRoles = []diagnostics.Role{
	diagnostics.RoleSocialWorker, diagnostics.RoleWorker, diagnostics.RoleCoordinator, diagnostics.RoleResearcher, diagnostics.RoleAdmin,
}

// openDemo shows the demo, as a social worker first, who sees most of it.
func (s *Shell) openDemo(desk *model.Desk) {
	desk.ActAs = demoRoles[0]
	s.open(desk)
}

// playAs shows the demo as somebody of a role sees it.
func (s *Shell) playAs(role diagnostics.Role) {
	s.closeRooms()
	s.desk.ActAs = role
	s.room, s.history, s.undo = nil, nil, nil
	s.fixed, s.left, s.again, s.stale = map[string]room{}, map[room]spot{}, map[room]func(){}, map[room]bool{}
	s.frame()
	s.Go(s.home())
}

// startDemo leaves the open notebook, if any, and opens the demo where it was
// left. While it is being written nothing begins it a second time.
func (s *Shell) startDemo() {
	if w, ok := s.room.(*welcome.Screen); !ok || !w.Busy() {
		s.toWelcome().Try()
	}
}

// restartDemo throws the demo away and begins it anew.
func (s *Shell) restartDemo() { s.toWelcome().Again() }

// eraseDemo throws the demo away.
func (s *Shell) eraseDemo() {
	s.shut()
	if err := s.trial.Discard(s.ctx); err != nil {
		s.Fail("demo", err)
	}
	s.showFront()
}

// toWelcome goes to the welcome, whose demo can be opened.
func (s *Shell) toWelcome() *model.Welcome {
	if s.desk == nil {
		s.room.Close()
	}
	s.shut()
	return s.showWelcome()
}

// showTries proposes what to do in the demo.
func (s *Shell) showTries() {
	s.visit(tries.New(heard(s, model.NewTries(s.desk)), s), "")
}

// StartTry goes where something can be tried, as somebody who may do it.
func (s *Shell) StartTry(id string) {
	role, where := diagnostics.RoleSocialWorker, roomTour
	switch id {
	case model.TryDecide:
		where = roomDecide
	case model.TryFollow:
		where = roomFollows
	case model.TryExport:
		role, where = diagnostics.RoleCoordinator, roomExport
	}
	s.desk.StartTry(id, func() {
		if s.desk.Role() != role {
			s.playAs(role)
		}
		s.Go(where)
	})
}

// tried says that a try is done, with how many keys.
func (s *Shell) tried(keys, budget int) { s.Say(words.T("tries.counted", keys, budget)) }
