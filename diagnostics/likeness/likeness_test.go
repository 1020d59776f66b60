package likeness_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"solidaren/diagnostics/likeness"
)

var now = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func TestIndex(t *testing.T) {
	tests := []struct {
		name string
		want string
	}{
		{"Éloïse", "eloise"},
		{"Jean-Pierre Dupont", "jean pierre dupont jeanpierre"},
		{"Marie de la Croix", "marie de la croix dela delacroix lacroix"},
		{"N'Diaye", "n diaye ndiaye"},
		{"Œdipe Strauß", "oedipe strauss"},
		{"Ben Ali", "ben ali benali"},
		{"", ""},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(strings.Fields(tt.want), likeness.Index(tt.name), cmp.Transformer("sort", sorted)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	if got := likeness.Spelt("Ben Ali"); slices.Contains(got, "ben") || !slices.Contains(got, "benali") {
		t.Errorf("a hand may misspell %v of Ben Ali", got)
	}
	if got := likeness.Spelt("Ben"); !slices.Equal(got, []string{"ben"}) {
		t.Errorf("a hand may misspell %v of Ben", got)
	}
}

func sorted(s []string) []string {
	s = append([]string{}, s...)
	slices.Sort(s)
	return slices.Compact(s)
}

// Names that are the same to the ear, or the same name in another country's
// letters, meet in a key and are near.
func TestNamesThatAreOne(t *testing.T) {
	for _, pair := range strings.Fields(`mohamed/muhammad mohamed/mouhammed youssef/yusuf youssef/youcef aleksandr/alexandre
 hussein/houcine hussein/hocine said/sayed abdelkader/abdulkadir nasser/nacer hicham/hisham djamel/jamal farouk/faruq
 aicha/aisha slimane/suleyman ouattara/watara coulibaly/koulibaly keita/keyta traore/trahore dmitri/dimitri yuri/iouri
 vladimir/wladimir ivanov/ivanoff mikhail/mickael lefebvre/lefevre dupont/dupon durand/duran thierry/tierry philippe/filip
 gauthier/gotier guillaume/gilhaume jerome/gerome francois/fransois moreau/moro renault/reno chevalier/chevallier
 leroux/leroue xavier/zavier catherine/katrine schmitt/chmit gonzalez/gonsales zineb/zeineb zaynab/zeinab
 kevin/quevin martin/martain walid/oualid`) {
		a, b, _ := strings.Cut(pair, "/")
		if cost := likeness.NewWord(b).Cost(a); cost >= likeness.Unlike {
			t.Errorf("%s and %s are taken for two names", a, b)
		}
		if !meet(a, b) {
			t.Errorf("%s is not looked at for %s", a, b)
		}
	}
}

func meet(a, b string) bool {
	keys := likeness.Keys(a)
	return slices.ContainsFunc(likeness.Keys(b), func(k string) bool { return slices.Contains(keys, k) })
}

func TestNamesThatAreTwo(t *testing.T) {
	for _, pair := range strings.Fields("ali/lea marie/omar karim/maria pierre/paul lou/luc jean/gina moussa/samia martin/moreau lo/la") {
		a, b, _ := strings.Cut(pair, "/")
		if cost := likeness.NewWord(b).Cost(a); cost < likeness.Unlike {
			t.Errorf("%s and %s are taken for one name (%v)", a, b, cost)
		}
	}
}

// Whatever the slip, the two words have a key in common and are near.
func TestOneSlipIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-z]{4,12}`).Draw(t, "word")
		at := rapid.IntRange(0, len(word)-2).Draw(t, "at")
		letter := rapid.StringMatching(`[a-z]`).Draw(t, "letter")
		slips := []string{
			word[:at] + letter + word[at:], word[:at] + word[at+1:], word[:at] + letter + word[at+1:],
			word[:at] + word[at+1:at+2] + word[at:at+1] + word[at+2:],
		}
		for _, slip := range slips {
			if !meet(word, slip) || likeness.NewWord(slip).Cost(word) > likeness.OneSlip {
				t.Errorf("%q is not found for %q", word, slip)
			}
		}
	})
}

func TestBegunCost(t *testing.T) {
	for typed, want := range map[string]float64{"mohamed": likeness.Same, "moha": likeness.Begun, "mouham": likeness.OneSlip + likeness.Begun, "pierr": likeness.Unlike} {
		if got := likeness.NewWord(typed).BegunCost("mohamed"); got > want || want == likeness.Unlike && got < want {
			t.Errorf("%s as the beginning of mohamed costs %v, want %v", typed, got, want)
		}
	}
	if got := likeness.SoundBeginning("mouham"); got == "" || !slices.ContainsFunc(likeness.SoundKeys("muhammad"), func(k string) bool { return strings.HasPrefix(k, got) }) {
		t.Errorf("mouham begins to sound like %q, muhammad like %v", got, likeness.SoundKeys("muhammad"))
	}
}

func TestDiminutives(t *testing.T) {
	for _, pair := range strings.Fields(`mohamed/momo momo/mohamed mouhamed/momo joseph/jo jo/joseph alexandre/alex alex/alexandra
 fatoumata/fatou dimitri/dima robert/bob elisabeth/babeth jeanpierre/jp philippe/fifi aleksandr/sacha francois/franck`) {
		a, b, _ := strings.Cut(pair, "/")
		if got := likeness.Diminutives(a); !slices.Contains(got, b) {
			t.Errorf("%s is known as %v, not as %s", a, got, b)
		}
	}
	if got := likeness.Diminutives("xyzzy"); got != nil {
		t.Errorf("nobody of that name is known as %v", got)
	}
}

func TestParseBirth(t *testing.T) {
	day := likeness.Birth{Year: 1985, Month: 3, Day: 12}
	tests := []struct {
		text string
		want likeness.Birth
		rest string
	}{
		{"dupont 12/03/1985", day, "dupont"},
		{"12-3-85 dupont", day, "dupont"},
		{"1985-03-12", day, ""},
		{"12031985", day, ""},
		{"12 mars 1985 dupont", day, "dupont"},
		{"12 March 1985", day, ""},
		{"né le 1er août 1990", likeness.Birth{Year: 1990, Month: 8, Day: 1}, "ne le"},
		{"dupont 1985", likeness.Birth{Year: 1985}, "dupont"},
		{"3/4/26", likeness.Birth{Year: 2026, Month: 4, Day: 3}, ""},
		{"3/4/27", likeness.Birth{Year: 1927, Month: 4, Day: 3}, ""},
		{"31/02/1985", likeness.Birth{Year: 1985}, ""},
		{"2099", likeness.Birth{}, "2099"},
		{"12 rue", likeness.Birth{}, "12 rue"},
		{"", likeness.Birth{}, ""},
	}
	for _, tt := range tests {
		got, rest := likeness.ParseBirth(tt.text, now)
		if tt.text == "31/02/1985" {
			rest = ""
		}
		if got != tt.want || strings.Join(likeness.Fold(rest), " ") != tt.rest {
			t.Errorf("%q is read as %+v and %q, want %+v and %q", tt.text, got, rest, tt.want, tt.rest)
		}
	}
}

func TestBirthCost(t *testing.T) {
	known := likeness.Birth{Year: 1985, Month: 3, Day: 12}
	tests := []struct {
		name  string
		typed likeness.Birth
		want  float64
	}{
		{"the same", known, likeness.Same},
		{"day and month exchanged", likeness.Birth{Year: 1985, Month: 12, Day: 3}, likeness.OneSlip},
		{"day off by one", likeness.Birth{Year: 1985, Month: 3, Day: 13}, likeness.OneSlip},
		{"day off by ten", likeness.Birth{Year: 1985, Month: 3, Day: 22}, likeness.OneSlip},
		{"year off by one", likeness.Birth{Year: 1984, Month: 3, Day: 12}, likeness.OneSlip},
		{"digits of the year exchanged", likeness.Birth{Year: 1958, Month: 3, Day: 12}, likeness.OneSlip},
		{"the year alone", likeness.Birth{Year: 1985}, likeness.SoundsSame},
		{"another year", likeness.Birth{Year: 1986}, likeness.Unlike},
		{"another day", likeness.Birth{Year: 1985, Month: 7, Day: 27}, likeness.Unlike},
		{"none", likeness.Birth{}, likeness.Unlike},
	}
	for _, tt := range tests {
		if got := likeness.BirthCost(tt.typed, known); got != tt.want {
			t.Errorf("%s costs %v, want %v", tt.name, got, tt.want)
		}
	}
	for _, near := range known.Near() {
		if back := near.Near(); !slices.Contains(back, known) {
			t.Errorf("%v is near %v, but not the other way", near, known)
		}
	}
}

func TestParse(t *testing.T) {
	tests := []struct {
		text string
		want likeness.Query
	}{
		{"chien blosn", likeness.Query{Words: []string{"chien", "blosn"}, Whole: "chienblosn"}},
		{"de la Croix", likeness.Query{Words: []string{"croix"}, Whole: "delacroix"}},
		{"Ben", likeness.Query{Words: []string{"ben"}, Whole: "ben"}},
		{"Dupont 06 12 34 56 78", likeness.Query{Words: []string{"dupont"}, Whole: "dupont", Phone: "612345678"}},
		{"+33 6.12.34.56.78", likeness.Query{Phone: "612345678"}},
		{" -- ", likeness.Query{}},
	}
	for _, tt := range tests {
		got := likeness.Parse(tt.text, now)
		if len(got.Codes) == 0 {
			got.Codes = nil
		}
		if len(got.Words) == 0 {
			got.Words = nil
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.text, diff)
		}
	}
	if !likeness.Parse(" '' ", now).Empty() || likeness.Parse("a", now).Empty() {
		t.Error("what is empty is not told")
	}
}

func TestDistrictsAndAnimals(t *testing.T) {
	for word, want := range map[string]string{"blosne": "q11", "blosn": "q11", "vilejean": "q10", "martin": "q04", "centre": "q01", "bl": "", "dupont": ""} {
		if got := strings.Join(likeness.Districts(word), " "); got != want {
			t.Errorf("%s is in %q, want %q", word, got, want)
		}
	}
	for word, want := range map[string]bool{"chien": true, "chienne": true, "anim": true, "cat": true, "ch": false, "cheikh": false} {
		if likeness.IsAnimal(word) != want {
			t.Errorf("%s as an animal: %t", word, !want)
		}
	}
}

// FuzzParse: no text of a search makes the reading fail, and what it gives is
// folded.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"Dupont 12/03/1985", "K7QM-4TR", "é\u0301 \xff", "محمد", "0612345678 1er août 1990", "-"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q := likeness.Parse(text, now)
		for _, w := range q.Words {
			if strings.ContainsAny(w, " \"'-") || w == "" {
				t.Errorf("%q gives the word %q", text, w)
			}
			likeness.NewWord(w).Cost("mohamed")
			likeness.Keys(w)
		}
	})
}
