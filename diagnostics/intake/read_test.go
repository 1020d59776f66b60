package intake_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	"solidaren/diagnostics/intake"
	"solidaren/diagnostics/xform"
)

const (
	knownCode = "ABCD-EFC" // of the person that the tests know
	knownID   = "person-known"
	homeID    = "household-known"
)

// fixed is a context whose ids count from 1 and that knows one person.
func fixed(change ...func(*intake.Context)) intake.Context {
	n := 0
	c := intake.Context{
		Now: now, Device: "laptop-1", Team: "Nord", Tour: "tour-1",
		NewID:      func() string { n++; return fmt.Sprintf("id-%d", n) },
		FindPerson: func(code string) (string, bool) { return knownID, code == knownCode },
		Card: func(id string) (diagnostics.Record, bool) {
			return diagnostics.Record{ID: id, Type: diagnostics.TypePerson, Fields: diagnostics.Values{
				"household": homeID, "last_contact_on": "2026-03-04", "age_band": "a25", "publics": "very_low",
			}}, id == knownID
		},
	}
	for _, f := range change {
		f(&c)
	}
	return c
}

func read(t *testing.T, s *xform.Session, c intake.Context) diagnostics.Submission {
	t.Helper()
	sub, err := intake.Read(s, c)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range sub.All() {
		if err := r.Validate(); err != nil {
			t.Errorf("%s: %v", r.Type, err)
		}
	}
	return sub
}

// fields gives the named fields of every record of a type, "a=1 b=2" each.
func fields(sub diagnostics.Submission, recordType string, names ...string) []string {
	var out []string
	for _, r := range sub.All() {
		if r.Type != recordType {
			continue
		}
		var parts []string
		for _, name := range names {
			if v := r.Get(name); v != "" {
				parts = append(parts, name+"="+v)
			}
		}
		out = append(out, strings.Join(parts, " "))
	}
	return out
}

func TestReadRecords(t *testing.T) {
	met := [][2]string{{"/data/at", "2026-03-05T22:30:00.000+01:00"}, {"/data/district", "q01"}, {"/data/contact", "talk"}}
	with := func(more ...[2]string) [][2]string { return append(slices.Clone(met), more...) }
	tests := []struct {
		name    string
		form    func(*testing.T) *xform.Form
		answers [][2]string
		context func(*intake.Context)
		want    map[string][]string // "type: fields" to the records' fields
	}{
		{
			"anonymous: no person, its household stays on the encounter", street,
			with([2]string{"/data/n", "3"}, [2]string{"/data/age", "a40"}, [2]string{"/data/household", "cse"}), nil,
			map[string][]string{
				"person: code":    nil,
				"household: type": nil,
				"encounter: kind at district contact_kind persons anonymous_count household_type tour team person": {
					"kind=maraude at=2026-03-05T21:30:00Z district=q01 contact_kind=talk persons=3 anonymous_count=3 household_type=cse tour=tour-1 team=Nord",
				},
				"diagnostic: subject encounter at district team": {"subject=household encounter=id-2 at=2026-03-05T21:30:00Z district=q01 team=Nord"},
			},
		},
		{
			"a choice of needs makes one record each, with what goes for all", street,
			with([2]string{"/data/needs", "food hygiene"}, [2]string{"/data/urgency", "days"}, [2]string{"/data/words", "une douche"}), nil,
			map[string][]string{"need: domain urgency own_words encounter district": {
				"domain=food urgency=days own_words=une douche encounter=id-2 district=q01",
				"domain=hygiene urgency=days own_words=une douche encounter=id-2 district=q01",
			}},
		},
		{
			"referrals share one answer", street,
			with([2]string{"/data/orient", "a1 a2"}, [2]string{"/data/answer", "accepts"}), nil,
			map[string][]string{"referral: to answer": {"to=a1 answer=accepts", "to=a2 answer=accepts"}},
		},
		{
			"a way out of a question observes nothing", street, with([2]string{"/data/strengths", "rf"}), nil,
			map[string][]string{"strength: kind": nil},
		},
		{
			"a known person's card is changed, not made", street,
			with([2]string{"/data/link", "known"}, [2]string{"/data/code", "abcd efc"}, [2]string{"/data/age", "a40"}, [2]string{"/data/n", "2"}), nil,
			map[string][]string{
				"person: code age_band first_contact_on last_contact_on household": {"code=" + knownCode + " age_band=a40 last_contact_on=2026-03-05 household=" + homeID},
				"encounter: person household anonymous_count":                      {"person=" + knownID + " household=" + homeID + " anonymous_count=1"},
			},
		},
		{
			"not knowing does not wipe out what was known", street,
			with([2]string{"/data/link", "known"}, [2]string{"/data/code", knownCode}, [2]string{"/data/age", "dk"}), nil,
			map[string][]string{"person: age_band": {""}},
		},
		{
			"what is deduced of the publics is added to what was said, and holds for the needs", street,
			with([2]string{"/data/link", "known"}, [2]string{"/data/code", knownCode}, [2]string{"/data/night", "tent"}, [2]string{"/data/needs", "food"}), nil,
			map[string][]string{"person: publics": {"publics=very_low errance"}, "need: publics": {"publics=very_low errance"}, "diagnostic: publics": {"publics=very_low errance"}},
		},
		{
			"what is answered of the publics takes the place of what was said", talk,
			[][2]string{{"/data/code", knownCode}, {"/data/public", "far"}},
			nil,
			map[string][]string{"person: publics": {"publics=far"}, "diagnostic: publics": {"publics=far"}},
		},
		{
			"a correction moves no date of contact", street,
			with([2]string{"/data/link", "known"}, [2]string{"/data/code", knownCode}), func(c *intake.Context) { c.Corrects = "old" },
			map[string][]string{"person: last_contact_on": {""}, "diagnostic: corrects": {"corrects=old"}},
		},
		{
			"an older contact does not move the date back", street,
			[][2]string{{"/data/at", "2026-03-01T10:00:00"}, {"/data/contact", "short"}, {"/data/link", "known"}, {"/data/code", knownCode}},
			nil,
			map[string][]string{"person: last_contact_on": {""}},
		},
		{
			"a greeting that was refused is no contact", street,
			[][2]string{{"/data/at", "2026-03-05T22:30:00"}, {"/data/contact", "refused"}, {"/data/code", knownCode}},
			nil,
			map[string][]string{"person: last_contact_on": {""}},
		},
		{
			"a new person gets a card", street,
			with([2]string{"/data/link", "new"}, [2]string{"/data/code", "ABCD-EFC"}, [2]string{"/data/night", "tent"}, [2]string{"/data/handle", "Loulou"}),
			func(c *intake.Context) { c.FindPerson = nil },
			map[string][]string{
				"person: code publics identity.handle first_contact_on last_contact_on": {
					"code=ABCD-EFC publics=errance identity.handle=Loulou first_contact_on=2026-03-05 last_contact_on=2026-03-05",
				},
				"diagnostic: publics subject":   {"publics=errance subject=person"},
				"situation: night_place person": {"night_place=tent person=id-3"},
			},
		},
		{
			"the link anon leaves the code aside", street, with([2]string{"/data/link", "anon"}, [2]string{"/data/code", knownCode}), nil,
			map[string][]string{"person: code": nil, "diagnostic: subject": {"subject=anonymous_group"}},
		},
		{
			"without information given nobody is identified", street,
			with([2]string{"/data/info", "not_possible"}, [2]string{"/data/link", "known"}, [2]string{"/data/code", knownCode}), nil,
			map[string][]string{"person: code": nil, "encounter: info_given person": {"info_given=not_possible"}},
		},
		{
			"a signal and a date to come back", street, with([2]string{"/data/signal", "la laverie a fermé"}, [2]string{"/data/again", "2026-03-12"}), nil,
			map[string][]string{"note: signal": {"signal=la laverie a fermé"}, "followup: due_on status": {"due_on=2026-03-12 status=todo"}},
		},
		{
			"a repeat makes one record an instance, the inner answer before the outer", talk,
			[][2]string{
				{"/data/date", "2026-03-02"},
				{"/data/b/urgency", "later"},
				{"/data/b/needs[1]/domain", "food"},
				{"/data/b/needs[1]/words", "un repas"},
				{"/data/b/needs", "+"},
				{"/data/b/needs[2]/domain", "work"},
				{"/data/b/needs[2]/urg", "weeks"},
			},
			nil,
			map[string][]string{
				"need: domain own_words urgency": {"domain=food own_words=un repas urgency=later", "domain=work urgency=weeks"},
				"encounter: kind at persons":     {"kind=interview at=2026-03-02T11:00:00Z persons=1"},
			},
		},
		{
			"an instance without its key observes nothing", talk,
			[][2]string{{"/data/rights[1]/status", "has"}},
			nil,
			map[string][]string{"right: right status": nil},
		},
		{
			"each wish to take part is a consent, none is not", talk,
			[][2]string{{"/data/voice", "quote meet"}},
			nil,
			map[string][]string{"consent: purpose": {"purpose=quote", "purpose=meet"}},
		},
		{
			"a household card goes with an identified person", talk,
			[][2]string{
				{"/data/code", knownCode}, {"/data/b/type", "fse"}, {"/data/b/minors", "2"},
			},
			nil,
			map[string][]string{"household: type minors": {"type=fse minors=2"}, "encounter: household household_type minors": {"household=" + homeID + " household_type=fse minors=2"}},
		},
		{
			"synthetic data say so on every record", talk,
			[][2]string{{"/data/b/needs[1]/domain", "food"}, {"/data/code", knownCode}},
			func(c *intake.Context) { c.Demo = true },
			map[string][]string{"need: demo": {"demo=yes"}, "diagnostic: demo": {"demo=yes"}, "encounter: demo": {"demo=yes"}, "person: demo": {"demo=yes"}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := fixed()
			if tt.context != nil {
				tt.context(&c)
			}
			sub := read(t, open(t, tt.form(t), tt.answers...), c)
			for what, want := range tt.want {
				recordType, names, _ := strings.Cut(what, ": ")
				if diff := cmp.Diff(want, fields(sub, recordType, strings.Fields(names)...)); diff != "" {
					t.Errorf("%s (-want +got):\n%s", what, diff)
				}
			}
		})
	}
}

// Whoever sleeps is counted and nothing else, whatever the form asked.
// TestReadOrphans: answers of a draft for which a newer version of the form has
// no place are archived with its diagnostic, sealed as words are.
func TestReadOrphans(t *testing.T) {
	const older = `<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><model><instance><data id="visit" version="1"><kept/><gone/></data></instance></model></h:head>
<h:body><input ref="/data/kept"><label>Gardée</label></input><input ref="/data/gone"><label>Retirée</label></input></h:body></h:html>`
	newer := strings.NewReplacer(`version="1"`, `version="2"`, "<gone/>", "", `<input ref="/data/gone"><label>Retirée</label></input>`, "").Replace(older)
	forms := make([]*xform.Form, 2)
	for i, source := range []string{older, newer} {
		var err error
		if forms[i], err = xform.Parse(strings.NewReader(source), xform.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	s, err := forms[0].NewSession(xform.SessionOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, ref := range []string{"/data/kept", "/data/gone"} {
		if _, err := s.Set(ref, "mots de "+ref); err != nil {
			t.Fatal(err)
		}
	}
	state, err := s.Save()
	if err != nil {
		t.Fatal(err)
	}
	if s, err = forms[1].Restore(state, xform.SessionOptions{Former: forms[0]}); err != nil {
		t.Fatal(err)
	}
	sub := read(t, s, fixed())
	got, err := intake.Orphans(sub.Diagnostic)
	if err != nil {
		t.Fatal(err)
	}
	want := []xform.Orphan{{Ref: "/data/gone", Label: "Retirée", Value: "mots de /data/gone", Version: "1"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("archived: %s", diff)
	}
	if entity, _ := diagnostics.LookupEntity(diagnostics.TypeDiagnostic); !sealed(entity, "orphans") {
		t.Error("what is archived is not sealed")
	}
}

func sealed(entity diagnostics.Entity, name string) bool {
	f, ok := entity.Field(name)
	return ok && f.Sealed
}

func TestReadAsleep(t *testing.T) {
	s := open(t, street(t), [2]string{"/data/at", "2026-03-05T22:30:00"}, [2]string{"/data/district", "q01"},
		[2]string{"/data/contact", "asleep"}, [2]string{"/data/n", "1"}, [2]string{"/data/code", knownCode},
		[2]string{"/data/handle", "Loulou"}, [2]string{"/data/night", "tent"}, [2]string{"/data/needs", "shelter"})
	sub := read(t, s, fixed())
	var types []string
	for _, r := range sub.All() {
		types = append(types, r.Type)
	}
	if diff := cmp.Diff([]string{"diagnostic", "encounter"}, types); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
	for _, secret := range []string{knownCode, "Loulou", "tent", "errance", "shelter"} {
		for _, text := range []string{sub.Diagnostic.Get("answers"), sub.Diagnostic.Get("texts"), string(sub.XML)} {
			if strings.Contains(text, ">"+secret) || strings.Contains(text, `"`+secret) {
				t.Errorf("%q is kept: %s", secret, text)
			}
		}
	}
	if got := sub.Records[0].Get("persons"); got != "1" {
		t.Errorf("persons = %q, want 1", got)
	}
}

// A place has no encounter: it is looked at, nobody is met.
func TestReadTerritory(t *testing.T) {
	form := newForm(t, "place",
		q{name: "at", kind: "dateTime", observes: "encounter.at"},
		q{name: "district", kind: "one", observes: "encounter.district"},
		q{name: "kind", kind: "one", observes: "encounter.place_kind"},
		q{name: "tents", kind: "int", observes: "territory.tents"})
	sub := read(t, open(t, form, [2]string{"/data/at", "2026-03-05T10:00:00+01:00"}, [2]string{"/data/district", "q11"},
		[2]string{"/data/kind", "park"}, [2]string{"/data/tents", "4"}), fixed())
	want := []diagnostics.Record{{ID: "id-2", Type: "territory", Fields: diagnostics.Values{
		"tents": "4", "place_kind": "park", "district": "q11", "at": "2026-03-05T09:00:00Z", "team": "Nord", "tour": "tour-1", "diagnostic": "id-1",
	}}}
	if diff := cmp.Diff(want, sub.Records); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
	if got := sub.Diagnostic.Get("subject"); got != "territory" {
		t.Errorf("subject = %q, want territory", got)
	}
}

// A form about the outing itself changes the tour's card.
func TestReadTour(t *testing.T) {
	form := newForm(t, "outing",
		q{name: "team", kind: "text", observes: "tour.team"},
		q{name: "staff", kind: "int", observes: "tour.staff"},
		q{name: "contact", kind: "one", observes: "encounter.contact_kind"})
	sub := read(t, open(t, form, [2]string{"/data/team", "Sud"}, [2]string{"/data/staff", "3"}, [2]string{"/data/contact", "seen"}), fixed())
	if diff := cmp.Diff([]string{"team=Sud staff=3"}, fields(sub, "tour", "team", "staff")); diff != "" {
		t.Errorf("tour (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"team=Sud tour=tour-1"}, fields(sub, "encounter", "team", "tour")); diff != "" {
		t.Errorf("encounter (-want +got):\n%s", diff)
	}
}

func TestReadRefuses(t *testing.T) {
	tests := []struct {
		name    string
		answers [][2]string
		field   string
	}{
		{"a new code whose check character does not fit", [][2]string{{"/data/link", "new"}, {"/data/code", "ABCD-EF2"}}, "person.code"},
		{"a social security number in free text", [][2]string{{"/data/needs", "rights"}, {"/data/words", "mon numéro est 1 85 05 35 238 015 12"}}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := intake.Read(open(t, street(t), tt.answers...), fixed())
			if diagnostics.Code(err) != diagnostics.CodeInvalid {
				t.Fatalf("error %v, want invalid", err)
			}
			for _, a := range tt.answers {
				if strings.Contains(err.Error(), a[1]) {
					t.Errorf("the error repeats what was typed: %v", err)
				}
			}
		})
	}
}
