// Package intake turns a finished Session of a form into a Diagnostic and the
// records that it observed, and answers written in JSON into a Session. It is
// the only reader of the column bind::sr:observes: what an answer means is said
// by the form, never guessed from the name of a question.
//
// Answers for which a newer version of the form had no place are kept with the
// diagnostic, sealed as words are. It refuses to keep anything personal of someone who was asleep (DOMAIN.md
// L26), to put a person's code on what was said without information given
// (L10), and to save a record that the data model does not know. It stores
// nothing itself.
package intake

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
)

// Context is what a submission needs to know beside its answers.
type Context struct {
	Now       time.Time // completion; its zone reads days and hours
	Device    string    // id of the author's device
	Team      string    // outreach team of the encounter
	Tour      string    // id of the tour that the encounter belongs to
	Corrects  string    // id of the diagnostic that this one corrects
	EntryMode string    // live, after_visit or paper
	Lang      string    // "fr" or "en"; the session's language if empty
	Demo      bool      // marks every record as synthetic

	// FindPerson gives the id of the person with that code, if the notebook
	// knows one. nil knows nobody.
	FindPerson func(code string) (id string, ok bool)
	// Card gives a card as it stands, so that a household is found again and a
	// date of last contact never goes back. nil knows no card.
	Card func(id string) (card diagnostics.Record, ok bool)
	// NewID makes the ids; nil is diagnostics.NewID.
	NewID func() string
}

// Read makes the submission of a finished session. Answers of someone asleep
// that a form should not have asked are cleared in the session first. Errors:
// invalid (a person's code that is mistyped, a value that the data model
// refuses), naming the field and never its value.
func Read(s *xform.Session, c Context) (diagnostics.Submission, error) {
	if c.Now.IsZero() {
		c.Now = time.Now()
	}
	if c.NewID == nil {
		c.NewID = diagnostics.NewID
	}
	seen := hush(s, observe(s, c.Now.Location()), c.Now.Location())
	r := &reader{Context: c, seen: seen, form: s.Form()}
	if err := r.cards(); err != nil {
		return diagnostics.Submission{}, err
	}
	r.facts()
	sub := diagnostics.Submission{Records: r.records}
	var err error
	if sub.Diagnostic, err = r.diagnostic(s); err != nil {
		return diagnostics.Submission{}, err
	}
	if sub.XML, err = s.Submission(); err != nil {
		return diagnostics.Submission{}, err
	}
	for _, record := range sub.All() {
		if err := record.Validate(); err != nil {
			return diagnostics.Submission{}, err
		}
	}
	return sub, nil
}

// reader builds the records of one submission.
type reader struct {
	Context
	seen    observations
	form    *xform.Form
	records []diagnostics.Record

	diagnosticID, encounter, person, household string // ids, "" if there is none
	at, district, publics                      string // shared by every fact
}

// cards sets what every record shares, then makes the encounter and the cards.
func (r *reader) cards() error {
	r.diagnosticID = r.NewID()
	r.at = r.shared("at", diagnostics.FormatTime(r.Now))
	r.district = r.shared("district", "")
	r.publics = r.seen.first(diagnostics.TypePerson, "publics")
	r.tour()
	if r.meets() {
		r.encounter = r.NewID()
	}
	if err := r.personCard(); err != nil {
		return err
	}
	if r.encounter != "" {
		r.add(diagnostics.TypeEncounter, r.encounter, r.encounterFields())
	}
	return nil
}

// shared is the first answer to a field that several types have, in the order
// in which they say where and when.
func (r *reader) shared(field, otherwise string) string {
	for _, recordType := range []string{diagnostics.TypeEncounter, diagnostics.TypeCount, diagnostics.TypeTerritory, diagnostics.TypeDiagnostic} {
		if value := r.seen.first(recordType, field); value != "" {
			return value
		}
	}
	return otherwise
}

// meets reports whether the form tells of an encounter: every form does, but
// those that look at a place or count.
func (r *reader) meets() bool {
	looks := false
	for _, q := range r.form.Questions() {
		for _, t := range targets(q.Attrs) {
			if t.meets() {
				return true
			}
			looks = looks || t.entity.Type == diagnostics.TypeTerritory || t.entity.Type == diagnostics.TypeCount
		}
	}
	return !looks
}

// meets reports whether a question with this target is asked of an encounter,
// not of a place.
func (t target) meets() bool {
	return t.entity.Type == diagnostics.TypePerson || t.entity.Type == diagnostics.TypeEncounter &&
		slices.Contains([]string{"kind", "contact_kind", "persons"}, t.field.Name)
}

// tour updates the present tour, or makes one, from a form that asks for it.
func (r *reader) tour() {
	values := r.seen.of(diagnostics.TypeTour).values("")
	if len(values) == 0 {
		return
	}
	if r.Tour == "" {
		r.Tour = r.NewID()
	}
	if team := values["team"]; team != "" {
		r.Team = team
	}
	r.add(diagnostics.TypeTour, r.Tour, values)
}

// encounterFields are the encounter's answers and what follows from them.
func (r *reader) encounterFields() diagnostics.Values {
	v := r.seen.of(diagnostics.TypeEncounter).values("")
	household := r.seen.of(diagnostics.TypeHousehold).values("")
	put(v, "kind", v["kind"], r.kind())
	put(v, "persons", v["persons"], "1")
	v["diagnostic"], v["tour"], v["team"] = r.diagnosticID, r.Tour, r.Team
	v["at"], v["district"], v["entry_mode"] = r.at, r.district, r.EntryMode
	v["person"], v["household"] = r.person, r.household
	v["household_type"], v["minors"] = household["type"], household["minors"]
	anonymous, _ := strconv.Atoi(v["persons"])
	if r.person != "" && anonymous > 0 {
		anonymous--
	}
	v["anonymous_count"] = strconv.Itoa(anonymous)
	return v
}

// kind of an encounter where no question says it: contact on the street is
// told by its kind of contact, a talk is an interview.
func (r *reader) kind() string {
	for _, q := range r.form.Questions() {
		for _, t := range targets(q.Attrs) {
			if t.is(diagnostics.TypeEncounter, "contact_kind") {
				return "maraude"
			}
		}
	}
	return "interview"
}

// made are the fields that a record starts with, whatever was answered.
var made = map[string]diagnostics.Values{
	diagnostics.TypeFollowUp: {"status": "todo"},
}

// facts makes the records that were observed, type by type.
func (r *reader) facts() {
	for _, entity := range diagnostics.Entities() {
		if slices.Contains(single, entity.Type) {
			continue
		}
		for _, values := range r.seen.records(entity) {
			for name, value := range r.common(entity) {
				put(values, name, values[name], value)
			}
			r.add(entity.Type, r.NewID(), values)
		}
	}
}

// common are the fields that a record of the type shares with the diagnostic.
func (r *reader) common(entity diagnostics.Entity) diagnostics.Values {
	out := diagnostics.Values{}
	for name, value := range map[string]string{
		"diagnostic": r.diagnosticID, "encounter": r.encounter, "person": r.person, "tour": r.Tour,
		"district": r.district, "at": r.at, "team": r.Team, "publics": r.publics,
		"place_kind": r.seen.first(diagnostics.TypeEncounter, "place_kind"),
	} {
		if _, ok := entity.Field(name); ok {
			out[name] = value
		}
	}
	for name, value := range made[entity.Type] {
		out[name] = value
	}
	return out
}

// diagnostic is the record of the session itself.
func (r *reader) diagnostic(s *xform.Session) (diagnostics.Record, error) {
	answers, texts, err := Answers(s)
	if err != nil {
		return diagnostics.Record{}, err
	}
	v := r.seen.of(diagnostics.TypeDiagnostic).values("")
	for name, value := range map[string]string{
		"form_id": r.form.ID(), "form_version": r.form.Version(), "lang": r.language(s), "subject": r.subject(),
		"person": r.person, "encounter": r.encounter, "tour": r.Tour, "team": r.Team, "at": r.at, "district": r.district,
		"completed_at": diagnostics.FormatTime(r.Now), "answers": string(answers), "texts": string(texts),
		"corrects": r.Corrects, "author_device": r.Device,
	} {
		v[name] = value
	}
	if reasons := s.Reasons(); len(reasons) > 0 && !asleep(r.seen) {
		unsaid, err := json.Marshal(reasons)
		if err != nil {
			return diagnostics.Record{}, err
		}
		v["unsaid"] = string(unsaid)
	}
	put(v, "publics", v["publics"], r.publics)
	if orphans := s.Orphans(); len(orphans) > 0 {
		kept, err := json.Marshal(archive{orphans})
		if err != nil {
			return diagnostics.Record{}, err
		}
		v["orphans"] = string(kept)
	}
	return r.record(diagnostics.TypeDiagnostic, r.diagnosticID, v), nil
}

// archive is the field of a diagnostic that holds what its form has no place for.
type archive struct {
	Answers []xform.Orphan `json:"answers"`
}

// Orphans reads the answers that were archived with a diagnostic because a newer
// version of its form had no place for them. Errors: corrupt.
func Orphans(diagnostic diagnostics.Record) ([]xform.Orphan, error) {
	var kept archive
	text := diagnostic.Get("orphans")
	if text == "" {
		return nil, nil
	}
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return nil, diagnostics.E("intake.Orphans", diagnostics.CodeCorrupt,
			"Les réponses mises de côté ne se lisent pas.", "The answers set aside cannot be read.", err)
	}
	return kept.Answers, nil
}

// together are the household types that are several persons who live as one.
var together = []string{"hse", "fse", "cs", "cse"}

// subject says whom or what the diagnostic is about.
func (r *reader) subject() string {
	switch {
	case r.person != "":
		return "person"
	case r.encounter == "" && len(r.seen.of(diagnostics.TypeCount)) == 0:
		return "territory"
	case slices.Contains(together, r.seen.first(diagnostics.TypeHousehold, "type")):
		return "household"
	default:
		return "anonymous_group"
	}
}

// language is "fr" or "en": the context's, else the one in the parentheses of
// the session's ("English (en)").
func (r *reader) language(s *xform.Session) string {
	if r.Lang != "" {
		return r.Lang
	}
	_, code, ok := strings.Cut(s.Language(), "(")
	if !ok {
		return "fr"
	}
	return strings.TrimSuffix(code, ")")
}

func (r *reader) add(recordType, id string, v diagnostics.Values) {
	r.records = append(r.records, r.record(recordType, id, v))
}

// record makes a record of the fields that hold something.
func (r *reader) record(recordType, id string, v diagnostics.Values) diagnostics.Record {
	fields := diagnostics.Values{}
	for name, value := range v {
		put(fields, name, value, "")
	}
	if r.Demo {
		fields["demo"] = "yes"
	}
	return diagnostics.Record{ID: id, Type: recordType, Fields: fields}
}

// put sets a field to the first of the two values that is not empty.
func put(v diagnostics.Values, name, value, otherwise string) {
	if value == "" {
		value = otherwise
	}
	if value != "" {
		v[name] = value
	}
}
