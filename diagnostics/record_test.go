package diagnostics_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
)

func TestHoldsNIR(t *testing.T) {
	tests := []struct {
		text string
		want bool
	}{
		{"185057800608436", true},
		{"1850578006084", true},
		{"1 85 05 78 006 084 36", true},
		{"1 85 05 78 006 084", true},
		{"son numéro : 2.69.05.49.588.157.80.", true},
		{"1-85-05-78-006-084", true},
		{"1\u00a085\u00a005\u00a078\u00a0006\u00a0084", true},
		{"1\u202f85\u202f05 78 006 084", true},
		{"né en Corse 1 85 05 2A 006 084", true},
		{"2 85 05 2b 006 084", true},
		{"mois inconnu 1 85 42 78 006 084", true},
		{"a1850578006084b", true},
		{"1\n85 05 78\n006 084", true},
		{"1/85/05/78/006/084", true},
		{"1_85_05_78_006_084_36", true},
		{"clé fausse 1 85 05 78 006 084 99", true},
		{"1 850 578 006 084 91", true},
		{"185 0578 00608 491", true},
		{"١ ٨٥ ٠٥ ٧٨ ٠٠٦ ٠٨٤", true},
		{"１８５０５７８００６０８４", true},
		{"numéro provisoire 7 85 05 78 006 084 82", true},
		{"deux nombres 12 et 1 85 05 78 006 084", true},
		{"7 85 05 78 006 084 12", false},
		{"48.1172661 -1.677792612345", false},
		{"uuid:0190b7a1-7b3c-7185-a9b1-185057800608", false},
		{"2026-03-02T12:00:00.000+01:00", false},
		{"", false},
		{"06 12 34 56 78", false},
		{"+33 6 12 34 56 78", false},
		{"3 85 05 78 006 084", false},
		{"1 85 13 78 006 084", false},
		{"1 85 00 78 006 084", false},
		{"185057800608", false},
		{"11850578006084", false},
		{"18505780060843612", false},
		{"SIRET 123 456 789 00012", false},
		{"35000 Rennes, le 12/03/2026", false},
		{"1 850 578 006 084", false},
	}
	for _, tt := range tests {
		if got := diagnostics.HoldsNIR(tt.text); got != tt.want {
			t.Errorf("%q: %t, want %t", tt.text, got, tt.want)
		}
	}
}

func TestValidate(t *testing.T) {
	const number = "1 85 05 78 006 084 36"
	of := func(recordType, field, value string) diagnostics.Record {
		return diagnostics.Record{Type: recordType, Fields: diagnostics.Values{field: value}}
	}
	tests := []struct {
		name  string
		r     diagnostics.Record
		field string // at fault, "" if the record is good
	}{
		{"empty", diagnostics.Record{Type: diagnostics.TypePerson}, ""},
		{"unknown type", diagnostics.Record{Type: "secret"}, "secret"},
		{"unknown field", of("person", "nir", ""), "person.nir"},
		{"empty value", of("encounter", "persons", ""), ""},
		{"whole number", of("encounter", "persons", "3"), ""},
		{"not a whole number", of("encounter", "persons", "3.5"), "encounter.persons"},
		{"code", of("need", "domain", "food"), ""},
		{"two codes where one is meant", of("need", "domain", "food rights"), "need.domain"},
		{"codes", of("need", "why_not_covered", "full far"), ""},
		{"date", of("person", "last_contact_on", "2026-02-28"), ""},
		{"no such date", of("person", "last_contact_on", "2026-02-30"), "person.last_contact_on"},
		{"time", of("encounter", "at", "2026-03-02T22:15:00+01:00"), ""},
		{"time without its zone", of("encounter", "at", "2026-03-02T22:15:00"), "encounter.at"},
		{"object", of("diagnostic", "answers", `{"a":{"b":"1"}}`), ""},
		{"not an object", of("diagnostic", "answers", `["a"]`), "diagnostic.answers"},
		{"nothing as object", of("diagnostic", "answers", `null`), "diagnostic.answers"},
		{"NIR in a name", of("person", "identity.names", number), "person.identity.names"},
		{"NIR in words", of("need", "own_words", "son numéro est "+number), "need.own_words"},
		{"NIR in the texts of a form", of("diagnostic", "texts", `{"a":"`+number+`"}`), "diagnostic.texts"},
		{"NIR in a plain text", of("count", "sector", number), "count.sector"},
		{"NIR in a code", of("followup", "status", "185057800608436"), "followup.status"},
		{"NIR in codes", of("need", "tags", "1850578006084"), "need.tags"},
		{"NIR in a number", of("encounter", "persons", "1850578006084"), "encounter.persons"},
		{"NIR in answers", of("diagnostic", "answers", `{"a":["b",{"c":"`+number+`"}]}`), "diagnostic.answers"},
		{"NIR in an answer that is a number", of("diagnostic", "answers", `{"a":1850578006084}`), "diagnostic.answers"},
		{"ids and places in answers", of("diagnostic", "answers", `{"id":"uuid:0190b7a1-7b3c-7185-a9b1-185057800608","at":"48.11 -1.677792612345 0 0"}`), ""},
		{"an id that looks like one", of("diagnostic", "author_device", "0190b7a1-7b3c-7185-0578-006084999999"), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.r.Validate()
			if tt.field == "" {
				if err != nil {
					t.Errorf("refused: %v", err)
				}
				return
			}
			fault, ok := err.(*diagnostics.Error)
			if !ok || fault.Code != diagnostics.CodeInvalid || fault.Field != tt.field || fault.Msg.FR == "" || fault.Msg.EN == "" {
				t.Fatalf("error %#v, want invalid at %s in both languages", err, tt.field)
			}
			for _, value := range tt.r.Fields {
				if len(value) > 4 && strings.Contains(err.Error()+fault.Msg.FR, value) {
					t.Errorf("the error holds the value: %v", err)
				}
			}
		})
	}
}

func TestRecordReads(t *testing.T) {
	r := diagnostics.Record{Fields: diagnostics.Values{
		"n": "12", "x": "a lot", "list": " full  far ",
		"at": "2026-03-02T22:15:00+01:00", "on": "2026-03-02",
	}}
	if r.Get("n") != "12" || r.Get("none") != "" || r.Int("n") != 12 || r.Int("x") != 0 || r.Int("none") != 0 {
		t.Errorf("texts and numbers of %v", r.Fields)
	}
	if diff := cmp.Diff([]string{"full", "far"}, r.List("list")); diff != "" || len(r.List("none")) != 0 {
		t.Errorf("list (-want +got):\n%s", diff)
	}
	at := time.Date(2026, 3, 2, 21, 15, 0, 0, time.UTC)
	if !r.Time("at").Equal(at) || r.Time("at").Location() != time.UTC || !r.Time("on").Equal(at.Truncate(24*time.Hour)) || !r.Time("x").IsZero() {
		t.Errorf("times %v, %v, %v", r.Time("at"), r.Time("on"), r.Time("x"))
	}
	if got := diagnostics.FormatTime(at.In(time.FixedZone("", 3600))); got != "2026-03-02T21:15:00Z" {
		t.Errorf("written as %s", got)
	}
	s := diagnostics.Submission{Diagnostic: diagnostics.Record{ID: "d"}, Records: []diagnostics.Record{{ID: "a"}, {ID: "b"}}}
	var ids []string
	for _, r := range s.All() {
		ids = append(ids, r.ID)
	}
	if diff := cmp.Diff([]string{"d", "a", "b"}, ids); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

func TestPeriodContains(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	// Summer time begins on the 29th: the day has 23 hours.
	p := diagnostics.Period{From: time.Date(2026, 3, 29, 0, 0, 0, 0, paris), To: time.Date(2026, 3, 29, 0, 0, 0, 0, paris)}
	for at, want := range map[string]bool{"2026-03-28T22:59:59Z": false, "2026-03-28T23:00:00Z": true, "2026-03-29T21:59:59Z": true, "2026-03-29T22:00:00Z": false} {
		moment, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if p.Contains(moment) != want {
			t.Errorf("%s: %t, want %t", at, !want, want)
		}
	}
}

func TestAudiencesAndRoles(t *testing.T) {
	for audience, want := range map[diagnostics.Audience]int{"plenary": 11, "restricted": 5, "group": 5, "": 11, "public": 11} {
		if got := audience.Threshold(); got != want {
			t.Errorf("threshold of %q: %d, want %d", audience, got, want)
		}
		if known := audience == "plenary" || audience == "restricted" || audience == "group"; audience.Valid() != known {
			t.Errorf("audience %q: valid %t", audience, audience.Valid())
		}
	}
	holders := map[diagnostics.Role]bool{"worker": true, "social_worker": true, "coordinator": true, "researcher": false, "admin": false}
	for _, role := range diagnostics.Roles() {
		want, known := holders[role]
		if !known || role.HoldsKey() != want || !role.Valid() {
			t.Errorf("role %q: holds the key %t", role, role.HoldsKey())
		}
	}
	if diagnostics.Role("boss").Valid() || diagnostics.Role("boss").HoldsKey() || len(diagnostics.Roles()) != len(holders) {
		t.Error("an unknown role counts")
	}
}
