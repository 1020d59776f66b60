package model

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/directory"
	"solidaren/ui/words"
)

// DirectoryLine is one action in the list, its texts ready.
type DirectoryLine struct {
	Code, Name, Actor string
	Detail            string // open or closed, how fresh, district, animals, actor
	Saturation        string // code
	Side              string // saturation in words
}

// DirectoryFilter is what is asked beside words.
type DirectoryFilter struct {
	OpenNow, Animals       bool
	District, Public, Need string // codes, "" for any
}

// Directory finds who does what while one types, and lets a team put a line
// right.
type Directory struct {
	Screen
	Query  string
	Filter DirectoryFilter

	all          *directory.Directory
	found        []int // entries that are listed
	load, change Command
}

// NewDirectory makes the screen.
func NewDirectory(d *Desk) *Directory {
	return &Directory{Screen: Screen{Desk: d}, all: &directory.Directory{}, change: Command{kept: "stopped.directory"}}
}

// Load reads the directory again.
func (m *Directory) Load() {
	m.find() // what is known already
	Run(m.scope, &m.load, func(ctx context.Context) (*directory.Directory, error) {
		return ReadDirectory(ctx, m.Notebook)
	}, func(read *directory.Directory, err error) {
		if !m.failed("directory", err) {
			m.useDirectory(read)
			m.find()
		}
	})
}

// Writes reports whether the holder of the notebook may put a line right: whoever
// keeps records may.
func (m *Directory) Writes() bool { return m.Role() == "" || m.Role().HoldsKey() }

// Search looks for words. It needs no pause: all is in memory.
func (m *Directory) Search(text string) {
	m.Query = text
	m.find()
}

// Narrow sets the filters.
func (m *Directory) Narrow(f DirectoryFilter) {
	m.Filter = f
	m.find()
}

func (m *Directory) find() {
	d, now := m.Directory(), m.Clock().Local()
	f := directory.Filter{
		Text: m.Query, District: m.Filter.District, Public: m.Filter.Public, Need: m.Filter.Need, Animals: m.Filter.Animals,
	}
	if m.Filter.OpenNow {
		f.OpenAt = now
	}
	m.all, m.found = d, d.Search(f, 0)
	m.changed()
}

// Len is how many actions are listed.
func (m *Directory) Len() int { return len(m.found) }

// Whole is how many there are.
func (m *Directory) Whole() int { return len(m.all.Entries) }

// Row writes one line. Only those in view are ever written: the search follows
// each key through thousands.
func (m *Directory) Row(i int) DirectoryLine { return m.directoryLine(m.entry(i), m.Clock().Local()) }

func (m *Directory) entry(i int) directory.Entry { return m.all.Entries[m.found[i]] }

func (d *Desk) directoryLine(e directory.Entry, now time.Time) DirectoryLine {
	animals := ""
	if e.Action.Get("animals") == "yes" {
		animals = words.T("directory.animals")
	}
	return DirectoryLine{
		Code: e.Action.Get("code"), Name: d.actionName(e), Actor: e.Actor.Get("name"),
		Detail:     joined(openText(e, now), Fresh(e.CheckedOn(), now), d.quarters(e), animals, e.Actor.Get("name")),
		Saturation: e.Action.Get("saturation"),
		Side:       d.Label("saturation", e.Action.Get("saturation")),
	}
}

func (d *Desk) actionName(e directory.Entry) string {
	return diagnostics.Text{FR: e.Action.Get("name"), EN: e.Action.Get("name_en")}.In(d.Lang())
}

// mostQuarters is how many districts a line names.
const mostQuarters = 2

func (d *Desk) quarters(e directory.Entry) string {
	names := e.List("districts")
	for i, code := range names {
		names[i] = d.Label("district", code)
	}
	if len(names) > mostQuarters {
		return words.T("directory.districts", len(names))
	}
	return strings.Join(names, ", ")
}

// openText says whether it is open, and until or from when.
func openText(e directory.Entry, now time.Time) string {
	open, known, change := e.Open(now)
	switch {
	case !known, e.Action.Get("saturation") == directory.Closed: // which is said already
		return ""
	case open && change.IsZero():
		return words.T("directory.open.always")
	case open:
		return words.T("directory.open.until", words.Clock(change))
	case change.IsZero():
		return words.T("directory.closed")
	case sameDay(change, now):
		return words.T("directory.opens.at", words.Clock(change))
	default:
		return words.T("directory.opens.on", words.DayName(change), words.Clock(change))
	}
}

// Fresh says in words how long ago something was checked.
func Fresh(day, now time.Time) string {
	if day.IsZero() {
		return words.T("fresh.never")
	}
	days := int(dateOf(now).Sub(dateOf(day)).Hours() / 24)
	switch {
	case days <= 0:
		return words.T("fresh.today")
	case days == 1:
		return words.T("fresh.yesterday")
	case days < 14:
		return words.T("fresh.days", days)
	case days < 60:
		return words.T("fresh.weeks", days/7)
	case days < 730:
		return words.T("fresh.months", days/30)
	default:
		return words.T("fresh.years", days/365)
	}
}

// dateOf leaves the day.
func dateOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// Select gives the number of the row of an action; with a code that the filters
// hide they are lifted. -1: it is not in the directory.
func (m *Directory) Select(code string) int {
	at := func() int {
		return slices.IndexFunc(m.found, func(at int) bool { return m.all.Entries[at].Action.Get("code") == code })
	}
	if at() < 0 {
		m.Query, m.Filter = "", DirectoryFilter{}
		m.find()
	}
	return at()
}

// Sheet is all that the directory says of an action and its actor.
type Sheet struct {
	Title, Actor string
	Lines        []Line   // labels and what stands there
	Phone, Hours string   // the hours without what is open now
	Others       []string // the actor's other actions, with what is known of them
}

// Sheet gives the sheet of a row.
func (m *Directory) Sheet(i int) Sheet {
	if i < 0 || i >= len(m.found) {
		return Sheet{}
	}
	e, now := m.entry(i), m.Clock().Local()
	s := Sheet{Title: m.actionName(e), Actor: e.Actor.Get("name"), Phone: e.Get("phone"), Hours: showHours(e.Get("opening_hours"))}
	add := func(label, text string) {
		if text != "" {
			s.Lines = append(s.Lines, Line{Label: words.T(label), Answer: text})
		}
	}
	add("field.saturation", joined(m.Label("saturation", e.Action.Get("saturation")), m.checked(e, now)))
	add("field.remark", e.Action.Get("remark"))
	add("field.phone", s.Phone)
	add("field.opening_hours", joined(openText(e, now), s.Hours))
	add("field.address", joined(e.Get("address"), m.quarters(e)))
	add("field.needs", m.labels("need_domain", e.List("needs")))
	publics := m.labels("public", e.List("publics"))
	add("field.publics_of", cmp.Or(publics, words.T("directory.everybody")))
	add("field.animals", cmp.Or(m.Label("yn", e.Action.Get("animals")), words.T("directory.unknown")))
	add("field.fees", e.Action.Get("fees"))
	add("field.conditions", e.Action.Get("conditions"))
	add("field.capacity", e.Action.Get("capacity"))
	add("field.phase", m.Label("phase", e.Action.Get("phase")))
	add("field.description", e.Action.Get("description"))
	add("field.actor", joined(e.Actor.Get("name"), m.Label(diagnostics.ListActorKind, e.Actor.Get("kind"))))
	add("field.about", e.Actor.Get("description"))
	add("field.email", e.Actor.Get("email"))
	add("field.site", e.Actor.Get("site"))
	for _, other := range m.Directory().Of(e.Actor.ID) {
		if other.Action.ID != e.Action.ID {
			s.Others = append(s.Others, joined(m.actionName(other), m.Label("saturation", other.Action.Get("saturation"))))
		}
	}
	return s
}

// checked says when and by whom the line was last seen to be true.
func (m *Directory) checked(e directory.Entry, now time.Time) string {
	fresh := Fresh(e.CheckedOn(), now)
	if by := e.Action.Get("checked_by"); by != "" && !e.CheckedOn().IsZero() {
		return words.T("fresh.by", fresh, by)
	}
	return fresh
}

func (d *Desk) labels(list string, codes []string) string {
	texts := make([]string, len(codes))
	for i, code := range codes {
		texts[i] = d.Label(list, code)
	}
	return strings.Join(texts, " · ")
}

// hourWords write OpenStreetMap's days the way a reader of French does.
var hourWords = strings.NewReplacer("Mo", "lun", "Tu", "mar", "We", "mer", "Th", "jeu", "Fr", "ven", "Sa", "sam", "Su", "dim",
	"PH off", "fermé les jours fériés", "off", "fermé", ",", ", ", ";", " ;")

var hourWordsEN = strings.NewReplacer("Mo", "Mon", "Tu", "Tue", "We", "Wed", "Th", "Thu", "Fr", "Fri", "Sa", "Sat", "Su", "Sun",
	"PH off", "closed on public holidays", "off", "closed", ",", ", ")

func showHours(text string) string {
	switch {
	case text == "24/7":
		return words.T("directory.always")
	case words.Language() == "en":
		return hourWordsEN.Replace(text)
	default:
		return hourWords.Replace(text)
	}
}

// Card is the card of a row's action.
func (m *Directory) Card(i int) diagnostics.Record {
	if i < 0 || i >= len(m.found) {
		return diagnostics.Record{}
	}
	return m.entry(i).Action
}

// Get gives a field of a row, or what its actor says in its place.
func (m *Directory) Get(i int, field string) string { return m.entry(i).Get(field) }

// Correct puts fields of a row right, dated and signed by the team, and hands
// over what takes that back. No field: all of it still holds.
func (m *Directory) Correct(i int, set diagnostics.Values, done func(undo func())) {
	old := m.Card(i)
	if old.ID == "" {
		return
	}
	for field, value := range set {
		set[field] = strings.TrimSpace(value)
	}
	set = directory.Correct(old, set, m.Clock().Local(), m.Member.Team())
	back := diagnostics.Values{}
	for field := range set {
		back[field] = old.Get(field)
	}
	m.write(old.ID, set, func() { done(func() { m.write(old.ID, back, func() {}) }) })
}

func (m *Directory) write(id string, set diagnostics.Values, done func()) {
	Run(m.scope, &m.change, func(ctx context.Context) (*directory.Directory, error) {
		if _, err := m.Notebook.Update(ctx, id, set); err != nil {
			return nil, err
		}
		return ReadDirectory(ctx, m.Notebook)
	}, func(read *directory.Directory, err error) {
		if m.failed("directory correct", err) {
			return
		}
		m.useDirectory(read)
		m.saved()
		m.find()
		done()
	})
}
