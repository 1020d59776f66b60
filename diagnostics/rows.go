package diagnostics

import (
	"slices"
	"time"
)

// Period is a span of days, both included, in the time zone of its bounds.
type Period struct{ From, To time.Time }

// Contains reports whether t falls on one of the period's days.
func (p Period) Contains(t time.Time) bool {
	return !t.Before(p.From) && t.Before(p.To.AddDate(0, 0, 1))
}

// The rows below are what the needs analysis reads: current facts only (a
// corrected diagnostic and what it observed are left out), labels not yet put,
// no name and no free text.

// NeedRow is one need observed (DOMAIN.md §1 besoin observé).
type NeedRow struct {
	At        time.Time
	Domain    string
	District  string
	Team      string
	Person    string // person id, "" if anonymous
	Household string // household id or, for an anonymous encounter, the encounter id
	Publics   []string
	Urgency   string
	Covered   string // yes, partial, no, dk, "" if not asked
	WhyNot    []string
	New       bool
	OwnWords  bool // own words were written
	Demo      bool
}

// EncounterRow is one encounter.
type EncounterRow struct {
	At       time.Time
	Kind     string // maraude, interview, drop_in…
	Contact  string // contact_kind, "" for an interview
	District string
	Team     string
	Tour     string
	Person   string
	Persons  int // people met, anonymous ones included
	Demo     bool
}

// TourRow is one outing.
type TourRow struct {
	Start, End time.Time
	Team       string
	Sectors    []string
	Staff      int
	Demo       bool
}

// DiagnosticRow is one finished diagnostic.
type DiagnosticRow struct {
	At       time.Time
	Form     string
	Subject  string
	District string
	Team     string
	Person   string
	Publics  []string
	Demo     bool
}

// ReferralRow is one referral.
type ReferralRow struct {
	At       time.Time
	To       string // action code
	Answer   string
	Why      []string
	District string
	Team     string
	Person   string
	Demo     bool
}

// PersonRow is one line of the list of persons: ready texts, names opened. Of a
// person who objects only the code is filled in.
type PersonRow struct {
	ID, Code, Handle, Names string
	AgeBand, Gender         string
	District                string // of the last encounter
	LastContact             time.Time
	Restrictions            []string // NoResearch, NoShare, Objection
	SameAs                  string   // code of the card by which this person goes, "" if it is this one
	Traits                  []Trait  // of a search: what agrees with it
}

// Objects reports whether the person refuses that their data are used.
func (p PersonRow) Objects() bool { return slices.Contains(p.Restrictions, Objection) }

// Trait is something that a person has in common with what is searched. It says
// that something agrees and how closely, and nothing of who the person is.
type Trait struct {
	Kind TraitKind
	Near bool // not to the letter: a slip, a sound, a diminutive, a date off by a digit
}

// TraitKind names a trait.
type TraitKind string

// The traits, in the order in which they are told.
const (
	TraitCode     TraitKind = "code"
	TraitHandle   TraitKind = "handle"
	TraitNames    TraitKind = "names"
	TraitBirth    TraitKind = "birth_date"
	TraitPhone    TraitKind = "phone"
	TraitEmail    TraitKind = "email"
	TraitAnimal   TraitKind = "animal"
	TraitDistrict TraitKind = "district"
	TraitTeam     TraitKind = "team"
)

// Traits lists the traits.
func Traits() []TraitKind {
	return []TraitKind{TraitCode, TraitHandle, TraitNames, TraitBirth, TraitPhone, TraitEmail, TraitAnimal, TraitDistrict, TraitTeam}
}

// AnswerRow is one finished diagnostic with its answers, for the raw export.
type AnswerRow struct {
	ID         string // diagnostic id
	At         time.Time
	District   string
	PersonCode string // "" if anonymous
	Version    string // of the form
	Answers    []byte // nested JSON: question → text, group → object, repeat → array of objects
	// Texts opens the sealed answers of the free text questions, in the shape of
	// Answers; nil where there are none.
	Texts func() ([]byte, error)
	Demo  bool
}
