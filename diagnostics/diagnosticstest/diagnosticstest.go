// Package diagnosticstest makes records for tests: synthetic people, whole and
// valid, each with an id of its own. A test changes what it is about and leaves
// the rest. Nothing but tests may import it.
package diagnosticstest

import (
	"encoding/json"
	"maps"
	"testing"
	"time"

	"solidaren/diagnostics"
)

// Noon is when everything happens unless a test says otherwise.
var Noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// Passphrase opens the vaults of tests.
const Passphrase = "un deux trois quatre cinq"

// Clock stands still at Noon.
func Clock() time.Time { return Noon }

// Person is a person's card with a code and a handle.
func Person(t testing.TB, change ...func(diagnostics.Values)) diagnostics.Record {
	return record(t, diagnostics.TypePerson, diagnostics.Values{
		"code": diagnostics.NewPersonCode(nil), "identity.handle": "Loulou", "age_band": "a40", "gender": "m",
		"first_contact_on": "2026-03-02", "last_contact_on": "2026-03-02",
	}, change)
}

// Tour is an open tour of two people.
func Tour(t testing.TB, change ...func(diagnostics.Values)) diagnostics.Record {
	return record(t, diagnostics.TypeTour, diagnostics.Values{
		"kind": "maraude", "team": "nord", "start": diagnostics.FormatTime(Noon.Add(-time.Hour)), "sectors": "q01 q02", "staff": "2",
	}, change)
}

// Need is a need that nothing observed yet; Maraude links it.
func Need(t testing.TB, domain string, change ...func(diagnostics.Values)) diagnostics.Record {
	return record(t, diagnostics.TypeNeed, diagnostics.Values{
		"domain": domain, "urgency": "weeks", "covered": "no", "why_not_covered": "no_offer full",
		"own_words": "Je voudrais un endroit calme.",
	}, change)
}

// Maraude is what a finished street form becomes: its diagnostic, an encounter,
// and the records given, all about one person ("" for nobody known).
func Maraude(t testing.TB, person string, records ...diagnostics.Record) diagnostics.Submission {
	t.Helper()
	shared := diagnostics.Values{"district": "q01", "at": diagnostics.FormatTime(Noon), "team": "nord", "person": person}
	diagnostic := record(t, diagnostics.TypeDiagnostic, diagnostics.Values{
		"form_id": "maraude", "form_version": "2026030100", "lang": "fr", "subject": "person",
		"completed_at": diagnostics.FormatTime(Noon.Add(3 * time.Minute)), "author_device": "laptop-1",
		"answers": object(map[string]any{"district": "q01", "contact": "talk", "needs": "food"}),
		"texts":   object(map[string]any{"own_words": "Je voudrais un endroit calme."}),
	}, nil)
	encounter := record(t, diagnostics.TypeEncounter, diagnostics.Values{
		"kind": "maraude", "place_kind": "street", "contact_kind": "talk", "persons": "1",
	}, nil)
	sub := diagnostics.Submission{
		Diagnostic: diagnostic, Records: []diagnostics.Record{encounter},
		XML: []byte("<data id=\"maraude\"><district>q01</district></data>"),
	}
	diagnostic.Fields["encounter"] = encounter.ID
	maps.Copy(diagnostic.Fields, shared)
	for _, r := range append(records, encounter) {
		if entity, _ := diagnostics.LookupEntity(r.Type); entity.Kind == diagnostics.Card {
			sub.Records = append(sub.Records, r)
			continue
		}
		maps.Copy(r.Fields, shared)
		r.Fields["diagnostic"] = diagnostic.ID
		if r.ID != encounter.ID {
			r.Fields["encounter"] = encounter.ID
			sub.Records = append(sub.Records, r)
		}
	}
	for _, r := range sub.All() {
		check(t, r)
	}
	return sub
}

// Correction makes a submission that stands in the place of another one.
func Correction(t testing.TB, of diagnostics.Submission, records ...diagnostics.Record) diagnostics.Submission {
	t.Helper()
	sub := Maraude(t, of.Diagnostic.Get("person"), records...)
	sub.Diagnostic.Fields["corrects"] = of.Diagnostic.ID
	return sub
}

func record(t testing.TB, recordType string, fields diagnostics.Values, change []func(diagnostics.Values)) diagnostics.Record {
	t.Helper()
	for _, f := range change {
		f(fields)
	}
	r := diagnostics.Record{ID: diagnostics.NewID(), Type: recordType, Fields: fields}
	check(t, r)
	return r
}

func check(t testing.TB, r diagnostics.Record) {
	t.Helper()
	if err := r.Validate(); err != nil {
		t.Fatalf("factory of %s: %v", r.Type, err)
	}
}

func object(m map[string]any) string {
	b, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	return string(b)
}
