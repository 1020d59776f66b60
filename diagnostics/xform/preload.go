package xform

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

const isoMillis = "2006-01-02T15:04:05.000-07:00"

// preload fills what the device knows at the beginning of a record.
func (s *Session) preload() {
	s.tree.root.each(s.preset)
	if n := s.instanceID(); n != nil && n.value == "" {
		n.hold(newInstanceID())
	}
}

func newInstanceID() string { return "uuid:" + uuid.NewString() }

// preset fills one node of a new record or of a new instance.
func (s *Session) preset(n *inode) {
	if n.def.bind.preload == "" {
		return
	}
	if value, ok := s.preloaded(&n.def.bind); ok {
		n.hold(value)
	}
}

// preloaded is the value of a preload at the beginning.
func (s *Session) preloaded(b *bind) (string, bool) {
	switch b.preload {
	case "uid":
		return newInstanceID(), true
	case "date":
		return s.now().Format(time.DateOnly), b.preloadParams == "today"
	case "timestamp":
		return s.now().Format(isoMillis), b.preloadParams == "start"
	case "property":
		value := s.property(b.preloadParams)
		return value, value != ""
	case "string":
		return b.preloadParams, true
	}
	return "", false
}

// preloads are the kinds of preload, each with the parameters that it takes
// here; none listed: any.
var preloads = map[string][]string{
	"uid": nil, "property": nil, "string": nil, "date": {"today"}, "timestamp": {"start", "end"},
}

// checkPreload warns of a preload that fills nothing.
func (p *parser) checkPreload(d *def) {
	b := &d.bind
	takes, known := preloads[b.preload]
	if b.preload == "" || known && (takes == nil || slices.Contains(takes, b.preloadParams)) {
		return
	}
	what := strings.TrimSpace(b.preload + " " + b.preloadParams)
	p.warn(d.path, "jr:preload", "« "+what+" » ne remplit rien ici", what+" fills nothing here")
}

// stampEnd fills what is known only at the end: the time, and that there is a
// log.
func (s *Session) stampEnd() {
	if n := s.meta("audit"); n != nil {
		s.put(n, auditFile)
	}
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
