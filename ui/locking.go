package ui

import (
	"time"

	"solidaren/ui/kit"
	"solidaren/ui/model"
	"solidaren/ui/screen/entry"
)

// returning is the way back to where one was when the notebook was locked. It
// holds ids, and nothing of what stands in a record.
type returning struct {
	device string // the notebook that it belongs to
	room   func()
	draft  string // the form that was being filled, "" for none
	caret  kit.Caret
	typing bool // a field had the focus
}

// watching begins to watch over a notebook that was opened.
func (s *Shell) watching() {
	s.watch = model.NewWatch(s.clock, func() time.Duration { return s.settings.Idle })
	kit.OnActivity(s.watch.Touch)
}

// leftAlone locks a notebook, or leaves a sealed entry, that nobody has touched
// for long, or whose computer slept.
func (s *Shell) leftAlone() {
	if s.desk == nil && s.sealing == nil || s.inDemo() || !s.watch.Tick() {
		return
	}
	for s.modals.Open() {
		s.modals.Dismiss()
	}
	s.Lock()
}

// whereabouts tells how to come back to the room in front. It is asked before
// the rooms are closed.
func (s *Shell) whereabouts() returning {
	r := returning{device: s.desk.Member.DeviceID(), room: s.again[s.room]}
	r.caret, r.typing = kit.CaretOf(s.window.Canvas())
	if name := s.name; name != "" {
		r.room = func() { s.Go(name) }
	}
	return r
}

// comeBack goes to where one was when the same notebook was locked.
func (s *Shell) comeBack() bool {
	r := s.returns
	s.returns = returning{}
	switch {
	case r.device != s.desk.Member.DeviceID():
		return false
	case r.draft != "":
		s.Resume(r.draft)
		if e, ok := s.room.(*entry.Screen); ok && r.typing {
			e.PutCaret(s.window.Canvas(), r.caret)
		}
	case r.room != nil:
		r.room()
	default:
		return false
	}
	return true
}
