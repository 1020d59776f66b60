// Package demo fills a notebook with two years of made-up field work: persons
// and households met again and again, refusals, sleepers, outings of several
// teams, interviews, places, a Nuit de la solidarité, two versions of a form,
// handles and words written wrongly, a count mistyped and corrected, and one
// need that emerges in one district.
//
// Everything goes through the forms as what a worker types does, and every
// record carries the synthetic mark. The same seed gives the same records. It
// imitates no real person, and its frequencies are measured nowhere.
package demo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"time"
	_ "time/tzdata" // the demo's hours do not depend on the machine

	"solidaren/diagnostics"
	"solidaren/diagnostics/intake"
	"solidaren/diagnostics/xform"
)

// zone is where the demo takes place.
var zone = func() *time.Location {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		panic("demo: " + err.Error()) // the zones are part of the program
	}
	return paris
}()

// Notebook is where the records go.
type Notebook interface {
	// FinishAll saves submissions in one transaction. Errors: conflict (one of
	// them is there already), internal.
	FinishAll(ctx context.Context, subs []diagnostics.Submission) error
}

// Options say what to draw.
type Options struct {
	Persons int       // cards to make, at least 1
	Seed    uint64    // the same seed draws the same
	Until   time.Time // last day; the zero time is LastDay
	Years   int       // how long it lasts; 0 is two
}

// LastDay is the day on which the demo ends if none is named.
var LastDay = time.Date(2026, time.June, 30, 0, 0, 0, 0, time.UTC)

// Summary tells what was made.
type Summary struct {
	Persons     int            `json:"persons"`
	Diagnostics map[string]int `json:"diagnostics"` // by form
	Records     map[string]int `json:"records"`     // by type, cards once
	Corrected   int            `json:"corrected"`   // diagnostics that another one stands for: counted nowhere else
	From        string         `json:"from"`
	Until       string         `json:"until"`
	Seed        uint64         `json:"seed"`
}

// batch is how many submissions are saved in one transaction.
const batch = 200

// Progress is told how many of the planned diagnostics are saved.
type Progress func(saved, planned int)

// Fill draws the records and saves them. Errors: invalid (no person asked
// for), conflict (the notebook holds this demo already), those of the notebook,
// and the context's.
func Fill(ctx context.Context, nb Notebook, o Options, progress Progress) (Summary, error) {
	summary, _, err := fill(ctx, nb, o, progress)
	return summary, err
}

func fill(ctx context.Context, nb Notebook, o Options, progress Progress) (Summary, *scribe, error) {
	if o.Persons < 1 {
		return Summary{}, nil, diagnostics.E("demo.Fill", diagnostics.CodeInvalid,
			"Il faut au moins une personne.", "At least one person is needed.", nil)
	}
	if o.Until.IsZero() {
		o.Until = LastDay
	}
	if o.Years == 0 {
		o.Years = years
	}
	a := plan(o)
	s, err := newScribe(a)
	if err != nil {
		return Summary{}, nil, err
	}
	if err := s.all(ctx, nb, progress); err != nil {
		return Summary{}, nil, err
	}
	s.summary.Persons, s.summary.Seed = o.Persons, o.Seed
	s.summary.From, s.summary.Until = a.from.Format(time.DateOnly), a.until.Format(time.DateOnly)
	return s.summary, s, nil
}

// all writes every event, and saves a batch while it writes the next one.
func (s *scribe) all(ctx context.Context, nb Notebook, progress Progress) error {
	events := s.agenda.events
	written, saved := 0, make(chan error, 1)
	saved <- nil
	save := func(subs []diagnostics.Submission, upTo int) error {
		err := <-saved
		if err != nil {
			saved <- nil
			return err
		}
		if progress != nil && written > 0 {
			progress(written, len(events))
		}
		written = upTo
		go func() { saved <- nb.FinishAll(ctx, subs) }()
		return nil
	}
	fail := func(err error) error {
		return errors.Join(err, <-saved) // nothing is being saved any more
	}
	var subs []diagnostics.Submission
	for i, e := range events {
		more, err := s.write(e)
		if err != nil {
			return fail(fmt.Errorf("demo: %s at %s: %w", e.kind, e.at.Format(time.RFC3339), err))
		}
		if subs = append(subs, more...); len(subs) >= batch || i == len(events)-1 {
			if err := save(subs, i+1); err != nil {
				return fail(held(err))
			}
			subs = nil
		}
	}
	if err := <-saved; err != nil {
		return held(err)
	}
	if progress != nil && written > 0 {
		progress(written, len(events))
	}
	return nil
}

// held says what it means that the notebook holds these records.
func held(err error) error {
	if diagnostics.Code(err) != diagnostics.CodeConflict {
		return err
	}
	return diagnostics.E("demo.Fill", diagnostics.CodeConflict,
		"Ce carnet contient déjà cette démonstration. Prenez une autre graine.",
		"This notebook holds this demo already. Take another seed.", err)
}

// scribe records events, as the teams' laptops would.
type scribe struct {
	agenda  *agenda
	forms   map[kind]*xform.Form
	revised *xform.Form // version 2 of `maraude`
	actions []string    // codes of the directory

	ids     map[string]string             // of persons by code
	cards   map[string]diagnostics.Record // as they stand
	tours   map[string]string             // ids by team and day
	summary Summary
}

func newScribe(a *agenda) (*scribe, error) {
	s := &scribe{
		agenda: a, forms: map[kind]*xform.Form{}, ids: map[string]string{}, cards: map[string]diagnostics.Record{},
		tours: map[string]string{}, summary: Summary{Diagnostics: map[string]int{}, Records: map[string]int{}},
	}
	var err error
	for _, k := range []kind{street, talk, place, count} {
		if s.forms[k], err = load(k, nil); err != nil {
			return nil, err
		}
	}
	if s.revised, err = load(street, revise); err != nil {
		return nil, err
	}
	s.actions, err = offered(s.forms[street])
	return s, err
}

// versionTwo is how long before the end the second version of `maraude` came.
const versionTwo = 6 // months

func (s *scribe) form(e event) *xform.Form {
	if e.kind == street && e.at.After(s.agenda.until.AddDate(0, -versionTwo, 0)) {
		return s.revised
	}
	return s.forms[e.kind]
}

// write fills the form of an event: once, or twice where the first record was
// mistyped and the second one corrects it.
func (s *scribe) write(e event) ([]diagnostics.Submission, error) {
	done, mode := e.at.Add(time.Duration(e.dice.between(2, 5))*time.Minute), "live"
	if e.kind == talk {
		done, mode = e.at.Add(time.Duration(e.dice.between(1, 30))*time.Hour), "after_visit"
	}
	form, answers := s.form(e), e.sheet(s.actions, s.agenda.until)
	if form == s.revised {
		delete(answers, dropped)
	}
	e.slips.misspell(answers)
	tour, outing := s.tour(e)
	with := intake.Context{Now: done, Tour: tour, EntryMode: mode}
	var subs []diagnostics.Submission
	if wrong := e.doubled(answers); wrong != nil {
		first, err := s.record(e, form, wrong, with)
		if err != nil {
			return nil, err
		}
		s.discount(e, first)
		subs = append(subs, first)
		with.Corrects, with.Now = first.Diagnostic.ID, done.Add(time.Duration(e.slips.between(1, correctedIn))*time.Minute)
	}
	sub, err := s.record(e, form, answers, with)
	if err != nil {
		return nil, err
	}
	subs = append(subs, sub)
	subs[0].Records = append(outing, subs[0].Records...)
	for _, r := range outing {
		s.keep(r)
	}
	return subs, nil
}

// record fills the form with the answers of an event, reads what it observed,
// and keeps it.
func (s *scribe) record(e event, form *xform.Form, answers sheet, with intake.Context) (diagnostics.Submission, error) {
	none := diagnostics.Submission{}
	session, err := form.NewSession(xform.SessionOptions{
		Now: func() time.Time { return with.Now }, Location: zone, LastSaved: e.operation(), Seed: e.at.Unix(),
	})
	if err != nil {
		return none, err
	}
	content, err := json.Marshal(answers)
	if err != nil {
		return none, err
	}
	if _, err = intake.Fill(session, content); err != nil {
		return none, err
	}
	problems, err := session.Finish()
	if err != nil {
		return none, err
	}
	if len(problems) > 0 {
		return none, fmt.Errorf("%s: %s", problems[0].Ref, problems[0].Message)
	}
	with.Device, with.Team, with.Demo = "demo-"+e.team.name, e.team.name, true
	with.FindPerson = func(code string) (string, bool) { id, ok := s.ids[code]; return id, ok }
	with.Card = func(id string) (diagnostics.Record, bool) { card, ok := s.cards[id]; return card, ok }
	with.NewID = func() string { return e.dice.id(with.Now) }
	sub, err := intake.Read(session, with)
	if err == nil {
		s.remember(e, sub)
	}
	return sub, err
}

// tour gives the id of the outing that a street event belongs to, with its
// card if the outing is new.
func (s *scribe) tour(e event) (string, []diagnostics.Record) {
	if e.kind != street && e.kind != place {
		return "", nil
	}
	key := e.team.name + e.at.Format(time.DateOnly)
	if id, ok := s.tours[key]; ok {
		return id, nil
	}
	s.tours[key] = e.dice.id(e.at)
	return s.tours[key], []diagnostics.Record{e.outing(s.tours[key])}
}

// remember keeps the cards as the notebook will have them, writes the handle on
// a new person's card as its team does, and counts.
func (s *scribe) remember(e event, sub diagnostics.Submission) {
	s.summary.Diagnostics[string(e.kind)]++
	for _, r := range sub.Records {
		if r.Type == diagnostics.TypeFollowUp {
			e.carryOut(r, s.agenda.until)
		}
		if _, known := s.cards[r.ID]; r.Type == diagnostics.TypePerson && !known {
			s.ids[r.Get("code")] = r.ID
			e.person.met = true
			if e.dice.chance(0.9) {
				r.Fields["identity.handle"] = e.person.handle
			}
		}
		s.keep(r)
	}
}

// discount takes back what was counted of a submission that is corrected.
func (s *scribe) discount(e event, sub diagnostics.Submission) {
	s.summary.Diagnostics[string(e.kind)]--
	s.summary.Corrected++
	for _, r := range sub.Records {
		if entity, _ := diagnostics.LookupEntity(r.Type); entity.Kind == diagnostics.Fact {
			s.summary.Records[r.Type]--
		}
	}
}

// keep counts a record, and puts what it says of a card together with what was
// known.
func (s *scribe) keep(r diagnostics.Record) {
	card, known := s.cards[r.ID]
	if !known {
		s.summary.Records[r.Type]++
		card = diagnostics.Record{ID: r.ID, Type: r.Type, Fields: diagnostics.Values{}}
	}
	if entity, _ := diagnostics.LookupEntity(r.Type); entity.Kind == diagnostics.Card {
		maps.Copy(card.Fields, r.Fields)
		s.cards[r.ID] = card
	}
}
