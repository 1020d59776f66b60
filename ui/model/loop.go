package model

import (
	"bytes"
	"context"
	"slices"
	"time"

	"solidaren/diagnostics/xform"
	"solidaren/ui/model/form"
)

// continued are the answers after which a record has more to ask though nothing
// is missing: who talked has needs to tell.
var continued = map[string]string{"encounter.contact_kind": "talk"}

// stripTargets are what a record on an outing shows above its questions instead
// of asking: place and hour come from the outing.
func stripTargets() []string { return slices.Concat(whenTargets, whereTargets) }

// Strip gives the questions that stand above the others, as refs.
func (m *Entry) Strip() []string {
	var refs []string
	for _, ref := range questions(m.Session, stripTargets()) {
		refs = append(refs, ref)
	}
	slices.Sort(refs)
	return refs
}

// PlaceQuestions are the questions that say where one is, the wider place first.
func (m *Entry) PlaceQuestions() []xform.Node {
	var nodes []xform.Node
	found := questions(m.Session, whereTargets)
	for _, target := range whereTargets {
		if node, ok := m.Session.Node(found[target]); ok {
			nodes = append(nodes, node)
		}
	}
	return nodes
}

// PlaceText says where one is, "" if that is not known.
func (m *Entry) PlaceText() string {
	var parts []string
	for _, node := range m.PlaceQuestions() {
		parts = append(parts, choiceText(node))
	}
	return joined(parts...)
}

// hourQuestion asks when it was, "" if nothing does.
func (m *Entry) hourQuestion() string {
	for _, ref := range questions(m.Session, whenTargets) {
		return ref
	}
	return ""
}

// Hour is when it was.
func (m *Entry) Hour() time.Time {
	node, _ := m.Session.Node(m.hourQuestion())
	t, err := time.Parse(time.RFC3339Nano, node.Value)
	if err != nil {
		return time.Time{}
	}
	return t.Local()
}

// SetHour puts the hour that the worker gives.
func (m *Entry) SetHour(f *form.Model, at time.Time) {
	m.hourSet = true
	f.Fill(m.hourQuestion(), hourValue(at))
}

// StampHour gives a record that is filled on the spot the hour of its first
// answer, which state holds. It reports whether it did, and thereby saved.
func (m *Entry) StampHour(f *form.Model, state []byte) bool {
	if m.Outing == nil || m.Begun() || m.hourSet || bytes.Equal(state, m.unanswered) || m.hourQuestion() == "" {
		return false
	}
	m.SetHour(f, m.Clock().Local())
	return true
}

// hourValue writes a time as a form keeps it.
func hourValue(at time.Time) string { return at.Format("2006-01-02T15:04:05.000-07:00") }

// Begun reports whether something was answered: a blank record on the screen
// has no hour yet, its hour is that of the first answer.
func (m *Entry) Begun() bool { return m.Draft.ID != "" }

// FollowClock keeps the hour of a blank record at the present one.
func (m *Entry) FollowClock() {
	if m.Outing == nil || m.Session == nil || m.Begun() || m.hourSet {
		return
	}
	ref := m.hourQuestion()
	if ref == "" {
		return
	}
	if _, err := m.Session.Set(ref, hourValue(m.Clock().Local())); err != nil {
		return
	}
	if state, err := m.Session.Save(); err == nil {
		m.unanswered = state
	}
}

// Ends reports whether Enter at the cursor ends the record: nothing is missing,
// and either nothing more is asked, or the first screen is done and the contact
// was no conversation.
func (m *Entry) Ends(f *form.Model) bool {
	if m.Outing == nil {
		return false
	}
	lastHere, last := f.Last() // what is being typed is an answer from here on
	return (last || lastHere && f.Current() == 0 && !m.goesOn()) && len(m.Session.Validate()) == 0
}

func (m *Entry) goesOn() bool {
	for target, ref := range questions(m.Session, []string{"encounter.contact_kind"}) {
		if node, ok := m.Session.Node(ref); ok && node.Value == continued[target] {
			return true
		}
	}
	return false
}

// Recount reads again what was written on the outing, once a record of it was
// taken back.
func (m *Entry) Recount(done func()) {
	if m.Outing == nil {
		return
	}
	if m.Sealed() { // nothing to read: what is known is in memory
		known := m.sealed.sealing.outing
		m.Outing = &known
		done()
		return
	}
	formID := m.FormID
	Run(m.scope, &m.recount, func(ctx context.Context) (Outing, error) { return m.outing(ctx, formID) }, func(o Outing, err error) {
		if m.failed("outing", err) {
			return
		}
		m.Outing = &o
		done()
	})
}

// Withdraw takes a finished record back, and tells done how that went.
func (d *Desk) Withdraw(id string, done func(error)) {
	var command Command
	Run(d.scope, &command, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, d.Notebook.Withdraw(ctx, id)
	}, func(_ struct{}, err error) {
		if err == nil {
			d.saved()
		}
		done(err)
	})
}
