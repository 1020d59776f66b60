package demo_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"solidaren/cmd/internal/demo"
	"solidaren/diagnostics"
)

// shelf keeps what it is given, in order.
type shelf struct{ subs []diagnostics.Submission }

func (s *shelf) FinishAll(_ context.Context, subs []diagnostics.Submission) error {
	s.subs = append(s.subs, subs...)
	return nil
}

func (s *shelf) records() []diagnostics.Record {
	var all []diagnostics.Record
	for _, sub := range s.subs {
		all = append(all, sub.All()...)
	}
	return all
}

// digest is a fingerprint of every record, whatever it holds.
func (s *shelf) digest(t *testing.T) string {
	t.Helper()
	h := sha256.New()
	for _, r := range s.records() {
		b, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		h.Write(b)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func fill(t *testing.T, o demo.Options) (*shelf, demo.Summary) {
	t.Helper()
	s := &shelf{}
	summary, err := demo.Fill(t.Context(), s, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s, summary
}

func TestReproducible(t *testing.T) {
	first, _ := fill(t, demo.Options{Persons: 25, Seed: 7})
	again, _ := fill(t, demo.Options{Persons: 25, Seed: 7})
	other, _ := fill(t, demo.Options{Persons: 25, Seed: 8})
	if first.digest(t) != again.digest(t) {
		t.Error("the same seed gives other records")
	}
	if first.digest(t) == other.digest(t) {
		t.Error("another seed gives the same records")
	}
}

// What the demo promises is there: every record valid and marked, cards as many
// as asked for, and each kind of thing that an analysis has to cope with.
func TestContents(t *testing.T) {
	until := time.Date(2025, time.December, 31, 0, 0, 0, 0, time.UTC)
	s, summary := fill(t, demo.Options{Persons: 120, Seed: 1, Until: until})
	seen := map[string]int{}
	ids := map[string]string{}
	for _, r := range s.records() {
		if err := r.Validate(); err != nil {
			t.Fatalf("%s: %v", r.Type, err)
		}
		if r.Get("demo") != "yes" {
			t.Fatalf("a %s without the synthetic mark", r.Type)
		}
		entity, _ := diagnostics.LookupEntity(r.Type)
		if _, twice := ids[r.ID]; twice && entity.Kind == diagnostics.Fact {
			t.Fatalf("two facts of type %s have one id", r.Type)
		}
		ids[r.ID] = r.Type
		for _, name := range []string{"contact_kind", "form_id", "form_version", "kind", "covered"} {
			if v := r.Get(name); v != "" {
				seen[r.Type+"."+name+"="+v]++
			}
		}
		for _, name := range []string{"own_words", "identity.handle", "corrects", "answer"} {
			if r.Get(name) != "" {
				seen[r.Type+"."+name]++
			}
		}
		if at := r.Time("at"); at.After(until.AddDate(0, 0, 3)) || !at.IsZero() && at.Before(until.AddDate(-2, 0, -1)) {
			t.Errorf("a %s at %s", r.Type, at)
		}
	}
	for _, what := range []string{
		"encounter.contact_kind=talk", "encounter.contact_kind=refused", "encounter.contact_kind=asleep",
		"encounter.contact_kind=short", "encounter.kind=interview",
		"diagnostic.form_id=lieu", "diagnostic.form_id=nuit_solidarite", "diagnostic.form_id=entretien",
		"diagnostic.form_version=1", "diagnostic.form_version=2",
		"need.own_words", "need.covered=no", "person.identity.handle", "referral.answer", "diagnostic.corrects",
	} {
		if seen[what] == 0 {
			t.Errorf("no %s", what)
		}
	}
	if got := summary.Records[diagnostics.TypePerson]; got != 120 {
		t.Errorf("%d persons, want 120", got)
	}
	if summary.Records[diagnostics.TypeHousehold] == 0 || summary.Records[diagnostics.TypeRight] == 0 || summary.Records[diagnostics.TypeTour] == 0 {
		t.Errorf("records: %v", summary.Records)
	}
	if summary.Until != "2025-12-31" || summary.From != "2024-01-01" {
		t.Errorf("from %s until %s", summary.From, summary.Until)
	}
}

// Persons and their households are met again, by several teams; some are
// written down twice under handles that differ by a slip.
func TestPersonsAreMetAgain(t *testing.T) {
	s, _ := fill(t, demo.Options{Persons: 150, Seed: 1})
	met, households, handles, teams := map[string]int{}, map[string]bool{}, map[string]string{}, map[string]bool{}
	for _, r := range s.records() {
		switch r.Type {
		case diagnostics.TypeEncounter:
			if p := r.Get("person"); p != "" {
				met[p]++
			}
			teams[r.Get("team")] = true
		case diagnostics.TypeHousehold:
			households[r.ID] = true
		case diagnostics.TypePerson:
			if h := r.Get("identity.handle"); h != "" {
				handles[r.ID] = h
			}
		}
	}
	again := 0
	for _, n := range met {
		if n > 1 {
			again++
		}
	}
	if len(met) != 150 || again < 75 || len(households) < 75 || len(teams) < 4 {
		t.Errorf("%d persons, %d of them met again, %d households, %d teams", len(met), again, len(households), len(teams))
	}
	slips := 0
	known := slices.Sorted(maps.Values(handles))
	for _, h := range slices.Compact(slices.Clone(known)) {
		for _, other := range known {
			if h < other && distance(h, other) <= 2 && len([]rune(h)) > 4 {
				slips++
			}
		}
	}
	if slips == 0 {
		t.Errorf("no handle is another one written wrongly: %q", known)
	}
}

// distance is the number of letters to change, put in or leave out between two
// words.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i, c := range x {
		before := row[0]
		row[0] = i + 1
		for j, d := range y {
			change := before
			if c != d {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}

// A mistyped number of people is put right by a correction of the same moment,
// about the same person, and words are misspelt here and there.
func TestTypingErrors(t *testing.T) {
	s, summary := fill(t, demo.Options{Persons: 150, Seed: 1})
	persons := func(sub diagnostics.Submission) string {
		for _, r := range sub.Records {
			if r.Type == diagnostics.TypeEncounter {
				return r.Get("persons")
			}
		}
		return ""
	}
	subs, corrections := map[string]diagnostics.Submission{}, 0
	said := map[string]int{}
	for _, sub := range s.subs {
		subs[sub.Diagnostic.ID] = sub
		if id := sub.Diagnostic.Get("corrects"); id != "" {
			first, ok := subs[id]
			corrections++
			if !ok || persons(first) != "11" || persons(sub) != "1" || !first.Diagnostic.Time("at").Equal(sub.Diagnostic.Time("at")) ||
				first.Diagnostic.Get("person") != sub.Diagnostic.Get("person") {
				t.Errorf("%+v corrects %+v", sub.Diagnostic, first.Diagnostic)
			}
		}
		for _, r := range sub.Records {
			if words := r.Get("own_words"); r.Type == diagnostics.TypeNeed && words != "" {
				said[words]++
			}
		}
	}
	rare := 0
	for words, n := range said {
		for other, m := range said {
			if n == 1 && m > 3 && distance(words, other) == 1 {
				rare++
			}
		}
	}
	if corrections < 3 || rare < 3 {
		t.Errorf("%d corrections, %d texts with a slip", corrections, rare)
	}
	current := 0
	for _, n := range summary.Diagnostics {
		current += n
	}
	if summary.Corrected != corrections || current != len(s.subs)-corrections {
		t.Errorf("of %d diagnostics, %d of them corrected, the summary counts %d and %d", len(s.subs), corrections, current, summary.Corrected)
	}
}

// One need emerges: in one district, hygiene is said far more often in the last
// quarter than in the quarters before, by more than one team.
func TestPlantedNeed(t *testing.T) {
	s, _ := fill(t, demo.Options{Persons: 400, Seed: 1})
	end := demo.LastDay.AddDate(0, -3, 1)
	share := func(district string, late bool) float64 {
		hygiene, all := 0, 0
		for _, r := range s.records() {
			if r.Type == diagnostics.TypeNeed && r.Get("district") == district && r.Time("at").After(end) == late {
				all++
				if r.Get("domain") == "hygiene" {
					hygiene++
				}
			}
		}
		return float64(hygiene) / float64(max(all, 1))
	}
	if before, after := share("q11", false), share("q11", true); after < 2*before {
		t.Errorf("share of hygiene in q11: %.2f before, %.2f in the last quarter", before, after)
	}
	if before, after := share("q01", false), share("q01", true); after > 2*before {
		t.Errorf("share of hygiene in q01: %.2f before, %.2f in the last quarter: it should not emerge there", before, after)
	}
	var teams []string
	for _, r := range s.records() {
		if r.Type == diagnostics.TypeNeed && r.Get("domain") == "hygiene" && r.Get("district") == "q11" && r.Time("at").After(end) &&
			!slices.Contains(teams, r.Get("team")) {
			teams = append(teams, r.Get("team"))
		}
	}
	if len(teams) < 2 {
		t.Errorf("said to %s alone", strings.Join(teams, ", "))
	}
}

func TestNobody(t *testing.T) {
	_, err := demo.Fill(t.Context(), &shelf{}, demo.Options{}, nil)
	if diagnostics.Code(err) != diagnostics.CodeInvalid {
		t.Errorf("error %v, want invalid", err)
	}
}
