package xform

import (
	"time"

	"github.com/google/uuid"
)

const isoMillis = "2006-01-02T15:04:05.000-07:00"

// preload fills what the device knows at the beginning of a record.
func (s *Session) preload() {
	for _, d := range s.form.defs {
		if value, ok := s.preloaded(d); ok {
			s.everyInstance(d, func(n *inode) { n.typed, n.value = value, value })
		}
	}
	if n := s.instanceID(); n != nil && n.value == "" {
		n.typed = newInstanceID()
		n.value = n.typed
	}
}

func newInstanceID() string { return "uuid:" + uuid.NewString() }

// preloaded is the value of a preload at the beginning.
func (s *Session) preloaded(d *def) (string, bool) {
	b := &d.bind
	now := s.now()
	switch b.preload + " " + b.preloadParams {
	case "uid ":
		return newInstanceID(), true
	case "date today":
		return now.Format(time.DateOnly), true
	case "timestamp start":
		return now.Format(isoMillis), true
	case "property deviceid":
		return s.options.DeviceID, s.options.DeviceID != ""
	}
	if b.preload == "string" {
		return b.preloadParams, true
	}
	return "", false
}

// stampEnd fills the time of the end.
func (s *Session) stampEnd() {
	for _, d := range s.form.defs {
		if d.bind.preload == "timestamp" && d.bind.preloadParams == "end" {
			end := s.now().Format(isoMillis)
			s.everyInstance(d, func(n *inode) { s.put(n, end) })
		}
	}
}

// instanceID is the node meta/instanceID; nil if the form has none.
func (s *Session) instanceID() *inode { return s.meta("instanceID") }

func (s *Session) meta(name string) *inode {
	for _, block := range s.form.root.child("", "meta", false) {
		for _, d := range block.child("", name, false) {
			return s.tree.root.kids[block.slot].kids[d.slot]
		}
	}
	return nil
}

// deprecate gives a correction its own id, and notes the one that it replaces.
func (s *Session) deprecate() {
	id := s.instanceID()
	if id == nil {
		return
	}
	if old := s.meta("deprecatedID"); old != nil {
		old.typed, old.value = id.value, id.value
	}
	id.typed = newInstanceID()
	id.value = id.typed
}
