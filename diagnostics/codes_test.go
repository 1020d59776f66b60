package diagnostics

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEveryListOfTheDataModelExists(t *testing.T) {
	for _, e := range Entities() {
		for _, f := range e.Fields {
			if f.List == "" {
				continue
			}
			if l, ok := LookupList(f.List); !ok || (len(l.Codes) == 0 && l.External == "") {
				t.Errorf("%s.%s: no code list %q", e.Type, f.Name, f.List)
			}
		}
	}
}

func TestListsAreWellFormed(t *testing.T) {
	shape := regexp.MustCompile(`^[a-zA-Z0-9_]+$`)
	seen := map[string]bool{}
	for _, l := range Lists() {
		if seen[l.Name] {
			t.Errorf("list %s stands twice", l.Name)
		}
		seen[l.Name] = true
		codes := map[string]bool{}
		for _, c := range l.Codes {
			if !shape.MatchString(c.Code) || c.FR == "" || c.EN == "" || codes[c.Code] {
				t.Errorf("%s: code %q is badly shaped, without words or there twice", l.Name, c.Code)
			}
			codes[c.Code] = true
		}
		if codes[DontKnow] != codes[NotToSay] {
			t.Errorf("%s has one of the two ways out only", l.Name)
		}
	}
}

// TestListsAreThoseOfTheDomain compares the code lists of the questionnaires,
// and the others of DOMAIN.md §2.3, with the reference, testdata/lists.tsv:
// codes, their order, their words in both languages, and what is said of them
// (theme and service of a need, ETHOS class of a place, kind of a right).
// Records hold these codes: one that changes its meaning changes what was
// written with it.
func TestListsAreThoseOfTheDomain(t *testing.T) {
	content, err := os.ReadFile("testdata/lists.tsv")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(strings.TrimRight(string(content), "\n"), "\n")[1:]
	reference := map[string]bool{}
	for _, line := range want {
		list, _, _ := strings.Cut(line, "\t")
		reference[list] = true
	}
	var got []string
	for _, l := range Lists() {
		if !reference[l.Name] {
			continue // lists of other records
		}
		for _, c := range l.Codes {
			more := strings.Join(strings.Fields(strings.Join([]string{c.Theme, c.Service, c.ETHOS, c.Kind}, " ")), " ")
			got = append(got, strings.Join([]string{l.Name, c.Code, c.FR, c.EN, more}, "\t"))
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("lists (-domain +program):\n%s", diff)
	}
}

func TestLabel(t *testing.T) {
	for _, c := range []struct{ name, list, code, lang, want string }{
		{"French", "need_domain", "hygiene", "fr", "Hygiène, laverie, toilettes"},
		{"English", "need_domain", "hygiene", "en", "Hygiene"},
		{"French is the default", "public", "errance", "", "En errance"},
		{"region of a language", "covered", "partial", "en-GB", "Partly"},
		{"way out", "covered", "dk", "en", "Don't know"},
		{"same code in another list", "call115", "never", "fr", "Jamais"},
		{"unknown code", "need_domain", "new_one", "fr", "new_one"},
		{"unknown list", "nothing", "x", "fr", "x"},
		{"directory of another place", "action", "a12", "fr", "a12"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Label(c.list, c.code, c.lang); got != c.want {
				t.Errorf("Label(%q, %q, %q) = %q, want %q", c.list, c.code, c.lang, got, c.want)
			}
		})
	}
}

func TestWaysOut(t *testing.T) {
	withDR := "public household_type age_band gender night_place since_band trigger covered nontakeup_reason right right_status income_band call115 strength yn freq"
	want := map[string]bool{}
	for _, name := range regexp.MustCompile(`\S+`).FindAllString(withDR, -1) {
		want[name] = true
	}
	for _, l := range Lists() {
		if _, has := FindCode(l.Name, DontKnow); has != want[l.Name] {
			t.Errorf("%s: way out present %v, want %v", l.Name, has, want[l.Name])
		}
	}
}

func TestAttributesOfCodes(t *testing.T) {
	for _, c := range Codes("need_domain") {
		if (c.Theme == "") != (c.Code == OtherCode) {
			t.Errorf("need domain %s: theme %q", c.Code, c.Theme)
		}
		if _, ok := FindCode("theme", c.Theme); c.Theme != "" && !ok {
			t.Errorf("need domain %s: unknown theme %q", c.Code, c.Theme)
		}
	}
	for _, c := range Codes("right") {
		way := c.Code == DontKnow || c.Code == NotToSay
		if (c.Kind == "income" || c.Kind == "service") == way {
			t.Errorf("right %s: kind %q", c.Code, c.Kind)
		}
	}
	for code, want := range map[string]string{"street": "EL1", "squat": "EL5", "third": "EL6", "home": ""} {
		if c, ok := FindCode("night_place", code); !ok || c.ETHOS != want {
			t.Errorf("night place %s: class %q, want %q", code, c.ETHOS, want)
		}
	}
	if c, _ := FindCode("need_domain", "rights"); c.Service != "difficultes-administratives-ou-juridiques" {
		t.Errorf("rights: data·inclusion prefix %q", c.Service)
	}
}

func TestCodesCannotBeChangedByACaller(t *testing.T) {
	Codes("yn")[0].FR = "changed"
	if got := Label("yn", "yes", "fr"); got != "Oui" || Codes("yn")[0].FR != "Oui" {
		t.Errorf("a caller changed the list: %q", got)
	}
}
