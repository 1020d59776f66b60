package form_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/ui/model/form"
)

// sheetOf is a form of one question.
func sheetOf(kind, appearance, parameters string) string {
	return fmt.Sprintf(`
| survey |
| | type | name | label | appearance | parameters |
| | %s | q | Q | %s | %s |
| choices |
| | list_name | name | label |
| | l | a | A |
| | l | b | B |
`, kind, appearance, parameters)
}

// Every type and appearance has its input (UX.md §3.2).
func TestInputs(t *testing.T) {
	for _, c := range []struct {
		kind, appearance, parameters string
		want                         form.Input
	}{
		{"text", "", "", form.Line},
		{"text", "multiline", "", form.Notes},
		{"text", "", "rows=4", form.Notes},
		{"text", "numbers", "", form.Line},
		{"integer", "", "", form.Integer},
		{"integer", "counter", "", form.Integer},
		{"integer", "thousands-sep", "", form.Integer},
		{"decimal", "", "", form.Decimal},
		{"decimal", "bearing", "", form.Decimal},
		{"range", "", "start=0 end=10 step=1", form.Range},
		{"range", "picker", "start=0 end=10 step=1", form.Range},
		{"range", "vertical", "start=0 end=10 step=1", form.Range},
		{"range", "rating", "start=1 end=5 step=1", form.Choice},
		{"range", "rating", "start=0 end=100 step=1", form.Range},
		{"select_one l", "", "", form.Choice},
		{"select_one l", "quick", "", form.Choice},
		{"select_one l", "columns-2", "", form.Choice},
		{"select_one l", "likert", "", form.Choice},
		{"select_one l", "map", "", form.Choice},
		{"select_one l", "image-map", "", form.Choice},
		{"select_one l", "minimal", "", form.Search},
		{"select_one l", "autocomplete", "", form.Search},
		{"select_multiple l", "", "", form.Choices},
		{"select_multiple l", "minimal", "", form.SearchMany},
		{"rank l", "", "", form.Rank},
		{"acknowledge", "", "", form.Tick},
		{"trigger", "", "", form.Tick},
		{"date", "", "", form.Date},
		{"date", "no-calendar", "", form.Date},
		{"date", "month-year", "", form.Month},
		{"date", "year", "", form.Year},
		{"time", "", "", form.Clock},
		{"dateTime", "", "", form.Moment},
		{"geopoint", "", "", form.Place},
		{"geopoint", "placement-map", "", form.Place},
		{"geotrace", "", "", form.Trace},
		{"geoshape", "", "", form.Trace},
		{"image", "", "", form.File},
		{"image", "annotate", "", form.Drawing},
		{"image", "draw", "", form.Drawing},
		{"image", "signature", "", form.Drawing},
		{"audio", "", "", form.File},
		{"video", "", "", form.File},
		{"file", "", "", form.File},
		{"barcode", "", "", form.Line},
	} {
		t.Run(c.kind+" "+c.appearance, func(t *testing.T) {
			p := openForm(t, sheetOf(c.kind, c.appearance, c.parameters), form.Options{})
			if item := p.item(t, "/data/q"); item.Input != c.want {
				t.Errorf("got %s, want %s", item.Input, c.want)
			}
		})
	}
}

// Nothing that a form knows of itself is asked or filled with a name.
func TestWhatNobodyTypes(t *testing.T) {
	var rows strings.Builder
	for i, kind := range strings.Fields("start end today deviceid username phonenumber email audit background-audio hidden") {
		name := fmt.Sprintf("q%d", i)
		if kind == "audit" {
			name = "audit"
		}
		fmt.Fprintf(&rows, "| | %s | %s | | |\n", kind, name)
	}
	p := openForm(t, "| survey |\n| | type | name | label | calculation |\n| | text | shown | S | |\n| | calculate | sum | | 1 + 1 |\n"+rows.String(), form.Options{})
	p.wantShape(t, "question S line")
	for i := 4; i < 7; i++ { // username, phonenumber, email
		if node, ok := p.Session().Node(fmt.Sprintf("/data/q%d", i)); !ok || node.Value != "" {
			t.Errorf("%s is filled with %q", node.Name, node.Value)
		}
	}
}

func TestLayouts(t *testing.T) {
	for appearance, want := range map[string]form.Layout{
		"":                   {},
		"columns":            {},
		"columns-3":          {Columns: 3},
		"quickcompact-2":     {Columns: 2, Quick: true},
		"quick":              {Quick: true},
		"columns-pack":       {Pack: true},
		"horizontal-compact": {Pack: true},
		"vertical":           {Columns: 1},
		"likert":             {Line: true},
		"list-nolabel":       {Line: true, Bare: true},
		"label":              {Line: true},
	} {
		p := openForm(t, sheetOf("select_one l", appearance, ""), form.Options{})
		if diff := cmp.Diff(want, p.Items()[0].Layout); diff != "" {
			t.Errorf("%s: %s", appearance, diff)
		}
	}
}

// A number goes up and down by its step, and stays on its scale.
func TestBump(t *testing.T) {
	for _, c := range []struct {
		kind, parameters, text string
		by                     int
		want                   string
	}{
		{"integer", "", "", 1, "1"},
		{"integer", "", "3", -1, "2"},
		{"integer", "", "trois", 1, "trois"},
		{"decimal", "", "1,5", 1, "2,5"},
		{"range", "start=0 end=10 step=2", "", 1, "0"},
		{"range", "start=0 end=10 step=2", "", -1, "10"},
		{"range", "start=0 end=10 step=2", "10", 1, "10"},
		{"range", "start=0 end=1 step=0.1", "0,2", 1, "0,3"},
		{"range", "start=10 end=0 step=-1", "4", 1, "5"},
	} {
		t.Run(c.kind+c.text, func(t *testing.T) {
			p := openForm(t, sheetOf(c.kind, "", c.parameters), form.Options{})
			p.Type("/data/q", c.text)
			p.Bump("/data/q", c.by)
			p.Leave("/data/q")
			if got := p.item(t, "/data/q").Text; got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestRating(t *testing.T) {
	p := openForm(t, sheetOf("range", "rating", "start=1 end=5 step=1"), form.Options{})
	item := p.item(t, "/data/q")
	if len(item.Choices) != 5 || item.Choices[4] != (form.Option{Value: "5", Label: "5", Key: "5"}) || !item.Layout.Stars {
		t.Fatalf("got %+v", item)
	}
	p.Answer("/data/q", "4")
	if item := p.item(t, "/data/q"); item.Chosen[0] != "4" {
		t.Errorf("got %+v", item)
	}
}

func TestTyped(t *testing.T) {
	for _, c := range []struct{ kind, appearance, typed, value, text, echo string }{
		{"date", "", "12/3", "2026-03-12", "12/03/2026", "jeudi 12 mars 2026"},
		{"date", "month-year", "3/2025", "2025-03-01", "03/2025", "mars 2025"},
		{"date", "month-year", "3", "2026-03-01", "03/2026", "mars 2026"},
		{"date", "year", "2019", "2019-01-01", "2019", ""},
		{"date", "year", "a", "2026-01-01", "2026", ""},
		{"integer", "thousands-sep", "12 345", "12345", "12\u202f345", ""},
		{"integer", "thousands-sep", "-1234567", "-1234567", "-1\u202f234\u202f567", ""},
		{"decimal", "", "1,5", "1.5", "1,5", ""},
		{"geopoint", "", "48,117 -1,677", "48.117 -1.677 0 0", "48,117 -1,677", ""},
		{"geopoint", "", "48.117, -1.677", "48.117 -1.677 0 0", "48,117 -1,677", ""},
		{"geopoint", "", "48.117,-1.677", "48.117 -1.677 0 0", "48,117 -1,677", ""},
		{"geopoint", "", "48.1 -1.6 30 5", "48.1 -1.6 30 5", "48,1 -1,6 30 5", ""},
		{"geopoint", "", "48,117n 1,677o", "48.117 -1.677 0 0", "48,117 -1,677", ""},
		{"geopoint", "", "48.117 N 1.677 W", "48.117 -1.677 0 0", "48,117 -1,677", ""},
		{"geopoint", "", "33,9 s 18,4 e", "-33.9 18.4 0 0", "-33,9 18,4", ""},
		{"geopoint", "", "N O", "N O", "N O", ""},
		{"geopoint", "", "là-bas", "là-bas", "là-bas", ""},
		{"geotrace", "", "48 -1\n49 -2\n", "48 -1 0 0; 49 -2 0 0", "48 -1\n49 -2", "2 points"},
		{"geoshape", "", "48 -1; 49 -2; 48 -2", "48 -1 0 0; 49 -2 0 0; 48 -2 0 0; 48 -1 0 0", "48 -1\n49 -2\n48 -2\n48 -1", "4 points"},
		{"barcode", "", "3017620422003", "3017620422003", "3017620422003", ""},
	} {
		t.Run(c.kind+c.appearance+c.typed, func(t *testing.T) {
			p := openForm(t, sheetOf(c.kind, c.appearance, ""), form.Options{})
			p.Type("/data/q", c.typed)
			p.Leave("/data/q")
			item := p.item(t, "/data/q")
			node, _ := p.Session().Node("/data/q")
			if node.Value != c.value || item.Text != c.text || item.Echo != c.echo {
				t.Errorf("value %q, text %q, echo %q", node.Value, item.Text, item.Echo)
			}
			p.Type("/data/q", item.Text) // what stands in the field means the same
			p.Leave("/data/q")
			if again, _ := p.Session().Node("/data/q"); again.Value != c.value {
				t.Errorf("the text in the field means %q", again.Value)
			}
		})
	}
}

// A table: its head has no number and no cursor, its rows are questions.
func TestTable(t *testing.T) {
	p := openForm(t, `
| survey |
| | type | name | label | appearance |
| | begin_group | g | Semaine | table-list |
| | select_one l | x | Repas | |
| | select_one l | y | Douche | |
| | end_group | | | |
| choices |
| | list_name | name | label |
| | l | a | A |
| | l | b | B |
`, form.Options{})
	p.wantShape(t, "heading Semaine", "head ", "question Repas choice", "question Douche choice")
	if item := p.item(t, "/data/g/x"); item.Number != 1 || !item.Layout.Bare || p.Cursor() != item.Ref {
		t.Errorf("got %+v, cursor %s", item, p.Cursor())
	}
	if s := p.Sections()[0]; s.Asked != 2 {
		t.Errorf("%d questions", s.Asked)
	}
}

func TestOtherIsAskedInTheWindowsLanguage(t *testing.T) {
	p := openForm(t, sheetOf("select_one l or_other", "", ""), form.Options{})
	item := p.item(t, "/data/q")
	if last := item.Choices[len(item.Choices)-1]; last.Label != "Autre" || last.Key != "3" {
		t.Errorf("got %+v", last)
	}
	p.Answer("/data/q", "other")
	if item := p.item(t, "/data/q_other"); item.Label != "Précisez" {
		t.Errorf("got %q", item.Label)
	}
	p.Next()
	if p.Cursor() != "/data/q_other" {
		t.Errorf("cursor at %s", p.Cursor())
	}
}

// What the screen does not know is a line of text, and is told at import.
func TestForeignParts(t *testing.T) {
	p := openForm(t, `
| survey |
| | type | name | label | appearance |
| | text | a | A | sparkles |
| | text | b | B | ex:org.example.app(p='a b') |
| | select_one l | c | C | columns-3 quick |
| | select_one l | d | D | search('x', 'contains', 'n', ${a}) |
| | date | e | E | ethiopian |
| | barcode | f | F | |
| choices |
| | list_name | name | label |
| | l | a | A |
`, form.Options{})
	var told []string
	for _, f := range form.ForeignParts(p.Session().Form()) {
		told = append(told, f.Path+" "+f.Sentence.FR)
	}
	want := []string{
		"/data/a Apparence inconnue : « sparkles ». La question se présente simplement.",
		"/data/e Apparence inconnue : « ethiopian ». La question se présente simplement.",
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Error(diff)
	}
	for ref, remark := range map[string]string{"/data/a": "", "/data/b": "téléphone", "/data/e": "grégorien", "/data/f": "lecteur USB"} {
		if got := p.item(t, ref).Remark; !strings.Contains(got, remark) || remark == "" && got != "" {
			t.Errorf("%s: %q", ref, got)
		}
	}
}

func TestLentWordsAndLanguages(t *testing.T) {
	p := openForm(t, `
| survey |
| | type | name | label::Français (fr) | label::English (en) | label::العربية (ar) | hint::Français (fr) | hint::English (en) |
| | text | a | Mots | Words | كلمات | Aide | Help |
| | text | b | Reste | | | Seule aide | |
| | select_one l | c | Choix | Choice | | | |
| choices |
| | list_name | name | label::Français (fr) | label::English (en) |
| | l | x | Oui | Yes |
| | l | y | Peut-être | |
| settings |
| | default_language |
| | Français (fr) |
`, form.Options{})
	if err := p.SetLanguage("English (en)"); err != nil {
		t.Fatal(err)
	}
	if a, b := p.item(t, "/data/a"), p.item(t, "/data/b"); a.Lent != "" || b.Label != "Reste" || b.Lent != "fr" {
		t.Errorf("lent %q and %q %q", a.Lent, b.Label, b.Lent)
	} else if a.LentHint != "" || b.Hint != "Seule aide" || b.LentHint != "fr" {
		t.Errorf("hints lent %q and %q %q", a.LentHint, b.Hint, b.LentHint)
	}
	c := p.item(t, "/data/c")
	if got := []string{c.Choices[0].Called(), c.Choices[1].Called()}; !slices.Equal(got, []string{"Yes", "Peut-être (fr)"}) {
		t.Errorf("choices are called %q", got)
	}
	if err := p.SetLanguage("العربية (ar)"); err == nil || p.Language() != "English (en)" || p.item(t, "/data/a").Label != "Words" {
		t.Errorf("a language that cannot be drawn: %v, now %s", err, p.Language())
	}
	if err := p.NextLanguage(); err != nil || p.Language() != "Français (fr)" {
		t.Errorf("%v, now %s", err, p.Language())
	}
	if c := p.item(t, "/data/c"); c.Choices[1].Called() != "Peut-être" {
		t.Errorf("in its own language a choice is called %q", c.Choices[1].Called())
	}
}

func TestGuards(t *testing.T) {
	const sheets = `
| survey |
| | type | name | label | appearance | bind::sr:sensitivity | bind::sr:observes |
| | text | free | Mots | multiline | S3 | |
| | text | plain | Mots | | | |
| | text | phone | Téléphone | | S3 | identity.phone |
| | text | site | Site | url | | |
| | text | mail | Courriel | email | | |
| | text | figure | Chiffres | numbers | | |
| | geopoint | at | Lieu | | | |
| settings |
| | form_id | namespaces |
| | f | sr="https://solidaren.fr/xforms" |
`
	const nir = "1 84 12 76 451 089 46"
	for _, c := range []struct{ name, text, fault, doubt string }{
		{"free", "il dort rue de Nantes", "", ""},
		{"free", "il dort au 3 rue de Nantes", "", "quartier"},
		{"free", "le joindre au 06 12 34 56 78", "", "téléphone"},
		{"free", "amal@exemple.fr", "", "électronique"},
		{"free", "carte " + nir, "sécurité sociale", ""},
		{"plain", "06 12 34 56 78", "", ""},
		{"plain", nir, "sécurité sociale", ""},
		{"phone", "06 12 34 56 78", "", ""},
		{"site", "exemple", "", "https"},
		{"site", "https://exemple.fr/a", "", ""},
		{"mail", "amal", "", "nom@"},
		{"mail", "amal@exemple.fr", "", ""},
		{"figure", "12 a", "", "chiffres"},
		{"figure", "12 34", "", ""},
		{"at", "95 0", "", "latitude"},
		{"at", "48 -1", "", ""},
	} {
		t.Run(c.name+c.text, func(t *testing.T) {
			p := openForm(t, sheets, form.Options{})
			ref := "/data/" + c.name
			p.Type(ref, c.text)
			if item := p.item(t, ref); item.Error+item.Warning != "" {
				t.Errorf("%q %q while typing", item.Error, item.Warning)
			}
			p.Leave(ref)
			item := p.item(t, ref)
			if !contains(item.Error, c.fault) || !contains(item.Warning, c.doubt) {
				t.Errorf("error %q, warning %q", item.Error, item.Warning)
			}
			problems, err := p.Finish()
			if err != nil || len(problems) > 0 != (c.fault != "") {
				t.Errorf("problems %v, error %v", problems, err)
			}
			for _, problem := range problems {
				if problem.Message != item.Error || strings.Contains(problem.Message, "84") {
					t.Errorf("the summary says %q", problem.Message)
				}
			}
		})
	}
}

// contains reports whether part is in text; none means an empty text.
func contains(text, part string) bool {
	if part == "" {
		return text == ""
	}
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}
