package intake_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics/intake"
)

func TestCheck(t *testing.T) {
	domain := q{name: "d", kind: "one", observes: "need.domain"}
	tests := []struct {
		name      string
		questions []q
		want      []string // paths at fault
	}{
		{"a form without targets", []q{{name: "a", kind: "text"}}, nil},
		{"unknown type of record", []q{{name: "a", kind: "text", observes: "ned.domain"}}, []string{"/data/a"}},
		{"unknown field", []q{{name: "a", kind: "text", observes: "need.domian"}}, []string{"/data/a"}},
		{"a field that the program sets", []q{{name: "a", kind: "date", observes: "person.last_contact_on"}}, []string{"/data/a"}},
		{"a reference to another record", []q{{name: "a", kind: "text", observes: "encounter.person"}}, []string{"/data/a"}},
		{"two questions on one field", []q{
			{name: "a", kind: "one", observes: "encounter.district"}, {name: "b", kind: "one", observes: "encounter.district"},
		}, []string{"/data/b"}},
		{"two questions on one list of codes", []q{
			{name: "a", kind: "many", observes: "person.publics"}, {name: "b", kind: "calculate", observes: "person.publics", calculate: "'errance'"},
		}, nil},
		{"one field at two levels", []q{domain, {name: "u", kind: "one", observes: "need.urgency"}, {name: "r", kind: "repeat", kids: []q{
			domain, {name: "u2", kind: "one", observes: "need.urgency"},
		}}}, nil},
		{"text on a number", []q{{name: "a", kind: "text", observes: "encounter.persons"}}, []string{"/data/a"}},
		{"text on a code", []q{{name: "a", kind: "text", observes: "encounter.district"}}, []string{"/data/a"}},
		{"several choices where one is meant", []q{{name: "a", kind: "many", observes: "encounter.district"}}, []string{"/data/a"}},
		{"several choices that make a record each", []q{{name: "a", kind: "many", observes: "need.domain"}}, nil},
		{"a decimal on a whole number", []q{{name: "a", kind: "decimal", observes: "encounter.persons"}}, []string{"/data/a"}},
		{"a date on a moment", []q{{name: "a", kind: "date", observes: "encounter.at"}}, nil},
		{"an acknowledgement", []q{{name: "a", kind: "trigger", observes: "diagnostic.reread"}}, []string{"/data/a"}},
		{"a person in a repeat", []q{{name: "r", kind: "repeat", kids: []q{{name: "a", kind: "one", observes: "person.age_band"}}}}, []string{"/data/r/a"}},
		{"words of a need that no question names", []q{{name: "a", kind: "text", observes: "need.own_words"}}, []string{"/data/a"}},
		{"words deeper than their need", []q{domain, {name: "r", kind: "repeat", kids: []q{{name: "a", kind: "text", observes: "need.own_words"}}}}, []string{"/data/r/a"}},
		{"two targets of one question", []q{{name: "a", kind: "one", observes: "person.age_band count.age"}}, nil},
		{"who the person is", []q{{name: "a", kind: "one", observes: "person.link"}}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, issue := range intake.Check(newForm(t, "f", tt.questions...)) {
				got = append(got, issue.Path)
				if issue.FR == "" || issue.EN == "" || issue.Attr == "" {
					t.Errorf("issue without its sentence or attribute: %+v", issue)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("paths (-want +got):\n%s", diff)
			}
		})
	}
}
