package xform

import (
	"encoding/csv"
	"io"
	"strconv"
	"time"
)

// Event is one thing that happened while a form was filled, of those that ODK
// logs. It never holds an answer.
type Event struct {
	Name string    `json:"event"`
	Ref  string    `json:"node,omitempty"`
	At   time.Time `json:"at"`
}

// Names of events.
const (
	EventStart    = "form start"
	EventResume   = "form resume"
	EventQuestion = "question"
	EventAdd      = "add repeat"
	EventRemove   = "delete repeat"
	EventFinish   = "form finalize"
)

// maxEvents bounds the log of a session; later events are not kept.
const maxEvents = 20_000

// auditFile is the name that the submission gives for the log.
const auditFile = "audit.csv"

// Audit lists what happened so far, for a form that asks for it by meta/audit;
// nothing for any other. The log is saved with the session.
func (s *Session) Audit() []Event { return append([]Event(nil), s.audit...) }

// WriteAudit writes the log as ODK does: event, node and time in milliseconds
// since 1970.
func (s *Session) WriteAudit(w io.Writer) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"event", "node", "start", "end"}) // Error tells
	for _, e := range s.audit {
		_ = out.Write([]string{e.Name, e.Ref, strconv.FormatInt(e.At.UnixMilli(), 10), ""})
	}
	out.Flush()
	return out.Error()
}

// note logs an event. Answers to the same question in a row are one event.
func (s *Session) note(name, ref string) {
	if s.meta("audit") == nil || len(s.audit) >= maxEvents {
		return
	}
	if n := len(s.audit); n > 0 && s.audit[n-1].Name == name && s.audit[n-1].Ref == ref {
		return
	}
	s.audit = append(s.audit, Event{Name: name, Ref: ref, At: s.now().UTC()})
}
