package model

import (
	"context"
	"maps"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

// IdentityFields are the optional fields of a person's card, in the order in
// which they are shown. All are sealed before they leave the laptop.
func IdentityFields() []string {
	return []string{
		"identity.handle", "identity.names", "identity.birth_date",
		"identity.phone", "identity.email", "identity.exact_place",
	}
}

// Event is one line of what is known of a person over time.
type Event struct {
	ID, Type, When, What string
	Opens                string // id of the finished record to open, "" if none
	Replaced             bool   // it was corrected, or taken back
}

// Person shows one person's card and timeline. What is typed on the card is
// saved by itself.
type Person struct {
	Screen
	OnUndoable func(sentence string, undo func()) // something was done that can be taken back
	ID         string
	Card       diagnostics.Record
	Events     []Event
	SavedAt    time.Time        // of the last change written, zero if none
	Invalid    map[string]error // by field: why it is not saved
	Same       []SameLine       // other cards of the person
	Asking     bool             // for which purpose the file is opened: nothing of it is shown before
	Hidden     bool             // the person objects: what is known is not shown
	Summary    PersonSummary
	Kind       string // of the events that are listed, "" for all

	all     []Event
	purpose string // code of diagnostics.ListPurpose, "" if none was given

	Shut error // why an archived file is not shown, nil if it is

	shown bool // the access log knows that the card was opened
	dirty diagnostics.Values
	save  *Autosave[diagnostics.Values]
	load  Command
	said  Command // a link or a restriction is being written
}

// NewPerson makes the screen of one person.
func NewPerson(d *Desk, id string) *Person {
	return &Person{Screen: Screen{Desk: d}, ID: id, dirty: diagnostics.Values{}, Invalid: map[string]error{}}
}

// cardPause gathers what is typed on a card into one change.
const cardPause = 800 * time.Millisecond

// Open starts the screen.
func (m *Person) Open() {
	m.Screen.Open()
	m.save = autosave(m.Desk, cardPause, func(ctx context.Context, set diagnostics.Values) error {
		_, err := m.Notebook.Update(ctx, m.ID, set)
		return err
	}, m.written)
}

// Close leaves the screen; what was typed is still written.
func (m *Person) Close() {
	m.Screen.Close()
	leave(m.Desk, m.save)
}

// personRead is what is read of a person.
type personRead struct {
	card   diagnostics.Record
	events []diagnostics.Record
	same   []store.SameCard
	gone   map[string]bool // ids of events that count no more
	until  time.Time
	asking bool // a purpose comes first
}

// readPerson reads card and timeline. Of a file that is opened for a purpose,
// without one, it gives the code and no more.
func (d *Desk) readPerson(ctx context.Context, id string, shown bool, o store.Opening) (personRead, error) {
	card, err := d.Notebook.Get(ctx, id)
	if err == nil && o.Purpose == "" && (o.Role == diagnostics.RoleCoordinator || card.Archived()) {
		known := diagnostics.Values{"code": card.Get("code"), diagnostics.ArchiveUntil: card.Get(diagnostics.ArchiveUntil)}
		return personRead{card: diagnostics.Record{ID: card.ID, Type: card.Type, Fields: known}, asking: true}, nil
	}
	if err == nil && (!shown || card.Archived()) {
		card, err = d.Notebook.OpenCard(ctx, id, o)
	}
	if err != nil {
		return personRead{}, err
	}
	same, err := d.Notebook.SameCards(ctx, id)
	if err != nil {
		return personRead{}, err
	}
	events, err := d.Notebook.PersonTimeline(ctx, id)
	if err != nil {
		return personRead{}, err
	}
	gone, err := d.Notebook.Superseded(ctx, id)
	if err != nil {
		return personRead{}, err
	}
	until, err := d.Notebook.KeptUntil(ctx, id)
	return personRead{card: card, events: events, same: same, gone: gone, until: until}, err
}

// Load reads card and timeline.
func (m *Person) Load() {
	id, shown, opening := m.ID, m.shown, store.Opening{Role: m.Role(), Purpose: m.purpose}
	Run(m.scope, &m.load, func(ctx context.Context) (personRead, error) {
		return m.readPerson(ctx, id, shown, opening)
	}, func(r personRead, err error) {
		if m.shut(err) || m.failed("person", err) {
			return
		}
		if m.Asking = r.asking; m.Asking {
			m.Card, m.all, m.Same, m.Summary = r.card, nil, nil, PersonSummary{}
			m.narrow()
			m.changed()
			return
		}
		m.opens()
		typed := maps.Clone(m.dirty)
		for field := range m.Invalid {
			typed[field] = m.Card.Get(field)
		}
		m.shown, m.Card, m.all, m.Same = true, r.card, m.events(r.events, r.gone), m.sameLines(r.same)
		m.Summary = m.summary(r)
		if m.Hidden = objects(r.card, r.same); m.Hidden {
			m.all, m.Summary = nil, PersonSummary{Until: m.Summary.Until}
		}
		m.narrow()
		for field, value := range typed {
			m.Card.Fields[field] = value
		}
		m.changed()
	})
}

// opens takes note that the file was opened: lists may name the person now.
func (m *Person) opens() {
	if m.purpose == "" {
		return
	}
	if m.opened == nil {
		m.opened = map[string]bool{}
	}
	m.opened[m.ID] = true
}

// shut takes note of why an archived file stays shut, and reports whether it does.
func (m *Person) shut(err error) bool {
	m.Shut = nil
	code := diagnostics.Code(err)
	if code != diagnostics.CodeForbidden && code != diagnostics.CodeInvalid {
		return false
	}
	m.Shut, m.purpose = err, ""
	m.Asking = m.Asking || code == diagnostics.CodeInvalid // archived under another card
	m.changed()
	return true
}

// RevealPurposes are those for which a coordinator, or whoever opens an archived
// file, may see it, and for which what is about persons may be printed.
func RevealPurposes() []string { return []string{"support", "right", "handover", "correct"} }

// Reveal shows the file for a purpose, which the access log takes.
func (m *Person) Reveal(purpose string) {
	m.purpose = purpose
	m.Load()
}

// Set changes a field of the card; it is written a moment later.
func (m *Person) Set(field, value string) {
	if m.Card.Get(field) == value || m.Shut != nil {
		return
	}
	if m.Card.Fields == nil {
		m.Card.Fields = diagnostics.Values{}
	}
	m.Card.Fields[field] = value
	probe := diagnostics.Record{Type: diagnostics.TypePerson, Fields: diagnostics.Values{field: value}}
	err := probe.Validate()
	if err == nil {
		err = checkBirth(field, value, m.Clock())
	}
	if err != nil {
		m.Invalid[field] = err
		delete(m.dirty, field)
		m.changed()
		return
	}
	if m.Invalid[field] != nil {
		delete(m.Invalid, field)
		m.changed()
	}
	m.dirty[field] = value
	m.save.Save(maps.Clone(m.dirty))
}

// written hears that the changes are on the disk.
func (m *Person) written(set diagnostics.Values, err error) {
	if m.failed("person save", err) {
		return
	}
	for field, value := range set {
		if m.dirty[field] == value {
			delete(m.dirty, field)
		}
	}
	m.SavedAt = m.Clock()
	m.saved()
	m.changed()
}

// situation says a situation in a few words: where the nights are spent, or
// what a card said on its day.
func (d *Desk) situation(r diagnostics.Record) string {
	var parts []string
	for _, field := range []string{"night_place", "since_band", "age_band", "gender"} {
		if code := r.Get(field); code != "" && code != diagnostics.DontKnow && code != diagnostics.NotToSay {
			parts = append(parts, d.valueText(r.Type, field, r.Get(field)))
		}
	}
	if len(parts) == 0 { // nothing but that it was not known, or not said
		return d.Label("night_place", r.Get("night_place"))
	}
	return joined(parts...)
}

// codeFields are the fields that tell what an event was, by type of record.
var codeFields = map[string]struct{ field, list string }{
	diagnostics.TypeDiagnostic: {"form_id", ""},
	diagnostics.TypeEncounter:  {"contact_kind", "contact_kind"},
	diagnostics.TypePlace:      {"usage", "usage"},
	diagnostics.TypeNeed:       {"domain", "need_domain"},
	diagnostics.TypeRight:      {"right", "right"},
	diagnostics.TypeStrength:   {"kind", "strength"},
	diagnostics.TypeReferral:   {"to", "action"},
	diagnostics.TypeConsent:    {"purpose", "voice"},
	diagnostics.TypeRequest:    {"kind", diagnostics.ListRequest},
	// Its field is named by the screen.
	diagnostics.TypeRectification: {"field", ""},
	diagnostics.TypeResolution:    {"field", ""},
}

// events writes the timeline. What was observed in a record that was corrected
// or taken back is not shown twice: the record itself is, marked.
func (d *Desk) events(records []diagnostics.Record, gone map[string]bool) []Event {
	events := make([]Event, 0, len(records))
	for _, r := range records {
		if gone[r.Get("diagnostic")] || gone[r.ID] && r.Type != diagnostics.TypeDiagnostic {
			continue
		}
		event := Event{ID: r.ID, Type: r.Type, When: When(r.Time("at"), d.Clock(), d.Lang()), Opens: r.Get("diagnostic")}
		if what, ok := codeFields[r.Type]; ok {
			event.What = d.Label(what.list, r.Get(what.field))
		}
		if r.Type == diagnostics.TypeFollowUp {
			event.What = joined(r.Get("what"), Day(r.Time("due_on")))
		}
		if r.Type == diagnostics.TypeRequest {
			event.When = Day(r.Time("received_on"))
		}
		if r.Type == diagnostics.TypeMember {
			if r.Get("mistake") == "yes" {
				continue
			}
			event.When, event.What = Day(r.Time("from")), joined(d.Label(diagnostics.ListMemberRole, r.Get("role")), span(r))
		}
		if r.Type == diagnostics.TypeDiagnostic {
			event.Opens, event.Replaced = r.ID, gone[r.ID]
		}
		if r.Type == diagnostics.TypeSituation {
			event.What = d.situation(r)
		}
		events = append(events, event)
	}
	return events
}
