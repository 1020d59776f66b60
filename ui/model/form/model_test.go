package form_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"solidaren/ui/model/form"
	"solidaren/ui/model/form/formtest"
)

const questionnaire = `
| survey |
|        | type                 | name    | label::Français (fr) | label::English (en) | required | relevant             | constraint | constraint_message::Français (fr) | constraint_message::English (en) | appearance | hint::Français (fr) | hint::English (en) |
|        | begin_group          | a       | A. Début             | A. Start            |          |                      |            |                                   |                                  |            |                     |                    |
|        | select_one kind      | contact | Contact              | Contact             | yes      |                      |            |                                   |                                  |            |                     |                    |
|        | integer              | n       | Combien              | How many            | yes      |                      | . <= 50    | 50 au plus.                       | 50 at most.                      |            |                     |                    |
|        | text                 | words   | Dans ses mots        | Own words           |          | ${contact} = 'talk'  |            |                                   |                                  | multiline  | Pas de nom          | No name            |
|        | note                 | danger  | Appeler le 15        | Call 15             |          | ${n} > 10            |            |                                   |                                  | alert      |                     |                    |
|        | end_group            |         |                      |                     |          |                      |            |                                   |                                  |            |                     |                    |
|        | begin_group          | b       | B. Besoins           | B. Needs            |          |                      |            |                                   |                                  |            |                     |                    |
|        | begin_repeat         | needs   | Besoin               | Need                |          |                      |            |                                   |                                  |            |                     |                    |
|        | select_one kind      | domain  | Domaine              | Domain              | yes      |                      |            |                                   |                                  |            |                     |                    |
|        | text                 | said    | Paroles              | Said                |          |                      |            |                                   |                                  |            |                     |                    |
|        | end_repeat           |         |                      |                     |          |                      |            |                                   |                                  |            |                     |                    |
|        | date                 | again   | Revoir le            | See again on        |          |                      |            |                                   |                                  |            |                     |                    |
|        | end_group            |         |                      |                     |          |                      |            |                                   |                                  |            |                     |                    |
|        | begin_group          | c       | C. Parole            | C. Talk             |          | ${contact} = 'talk'  |            |                                   |                                  |            |                     |                    |
|        | select_multiple kind | more    | Autres               | Others              |          |                      |            |                                   |                                  |            |                     |                    |
|        | end_group            |         |                      |                     |          |                      |            |                                   |                                  |            |                     |                    |
| choices |
|         | list_name | name | label::Français (fr)    | label::English (en)  |
|         | kind      | talk | Échange                 | Talk                 |
|         | kind      | seen | Présence                | Seen                 |
|         | kind      | dk   | Ne sait pas             | Does not know        |
|         | kind      | rf   | Ne souhaite pas répondre | Prefers not to say   |
| settings |
|          | form_id | form_title | default_language |
|          | test    | Essai      | Français (fr)    |
`

// opened is a form on screen with what it tells.
type opened struct {
	*form.Model
	changes form.Change
	notices []string
	saves   int
	state   []byte
	cursor  string
}

func open(t *testing.T, o form.Options) *opened {
	t.Helper()
	p := &opened{}
	o.Now, o.Location = func() time.Time { return formtest.Now.UTC() }, formtest.Now.Location()
	o.Save = func(state []byte, cursor string) { p.saves++; p.state, p.cursor = state, cursor }
	p.Model = form.New(formtest.Session(t, formtest.Compile(t, questionnaire)), o)
	p.OnChange = func(c form.Change) { p.changes |= c }
	p.OnNotice = func(s string) { p.notices = append(p.notices, s) }
	return p
}

// shape is the section on screen, one line an item.
func (p *opened) shape() []string {
	var lines []string
	for _, item := range p.Items() {
		line := string(item.Kind) + " " + item.Label
		if item.Kind == form.Question {
			line += " " + string(item.Input)
		}
		lines = append(lines, line)
	}
	return lines
}

func (p *opened) item(t *testing.T, ref string) form.Item {
	t.Helper()
	item, ok := p.Item(ref)
	if !ok {
		t.Fatalf("%s is not on screen: %v", ref, p.shape())
	}
	return item
}

func TestSectionOnScreen(t *testing.T) {
	p := open(t, form.Options{})
	want := []string{"question Contact choice", "question Combien integer"}
	if diff := cmp.Diff(want, p.shape()); diff != "" {
		t.Error(diff)
	}
	if p.Cursor() != "/data/a/contact" {
		t.Errorf("cursor at %s", p.Cursor())
	}
	item := p.item(t, "/data/a/contact")
	wantChoices := []form.Option{
		{Value: "talk", Label: "Échange", Key: "1"},
		{Value: "seen", Label: "Présence", Key: "2"},
		{Value: "dk", Label: "Ne sait pas", Key: "N"},
		{Value: "rf", Label: "Ne souhaite pas répondre", Key: "R"},
	}
	if diff := cmp.Diff(wantChoices, item.Choices); diff != "" {
		t.Error(diff)
	}
	if !item.Required || item.Number != 1 || item.Error != "" {
		t.Errorf("got %+v", item)
	}
}

func TestOutline(t *testing.T) {
	p := open(t, form.Options{})
	var got []string
	for _, s := range p.Sections() {
		got = append(got, s.Title+" "+string(s.State))
	}
	if diff := cmp.Diff([]string{"A. Début empty", "B. Besoins empty", "C. Parole unseen"}, got); diff != "" {
		t.Error(diff)
	}
	p.Answer("/data/a/contact", "talk")
	if s := p.Sections(); s[0].State != form.Begun || s[2].State != form.Empty || s[0].Answered != 1 || s[0].Asked != 3 {
		t.Errorf("got %+v", s)
	}
	p.Answer("/data/a/n", "2")
	if s := p.Sections(); s[0].State != form.Enough {
		t.Errorf("got %+v", s[0])
	}
	p.Answer("/data/a/words", "rien")
	if s := p.Sections(); s[0].State != form.Done {
		t.Errorf("got %+v", s[0])
	}
}

func TestRelevanceKeepsTheCursor(t *testing.T) {
	p := open(t, form.Options{})
	p.Answer("/data/a/contact", "talk")
	p.Enter("/data/a/words")
	p.Type("/data/a/words", "Il dort mal")
	p.Leave("/data/a/words")
	p.Enter("/data/a/contact")
	p.Answer("/data/a/contact", "seen")
	if p.Cursor() != "/data/a/contact" {
		t.Errorf("cursor went to %s", p.Cursor())
	}
	if _, ok := p.Item("/data/a/words"); ok {
		t.Error("an irrelevant question is shown")
	}
	if len(p.notices) != 1 || !strings.Contains(p.notices[0], "brouillon") {
		t.Errorf("notices %q", p.notices)
	}
	p.Answer("/data/a/contact", "talk")
	if got := p.item(t, "/data/a/words").Text; got != "Il dort mal" {
		t.Errorf("the hidden answer came back as %q", got)
	}
}

func TestErrorShowsOnLeaving(t *testing.T) {
	p := open(t, form.Options{})
	p.Enter("/data/a/n")
	p.Type("/data/a/n", "500")
	if got := p.item(t, "/data/a/n").Error; got != "" {
		t.Errorf("error %q while typing", got)
	}
	p.Leave("/data/a/n")
	item := p.item(t, "/data/a/n")
	if item.Error != "50 au plus." || item.Text != "500" {
		t.Errorf("got %q, text %q", item.Error, item.Text)
	}
	p.Type("/data/a/n", "douze")
	p.Leave("/data/a/n")
	if item := p.item(t, "/data/a/n"); item.Error == "" || item.Text != "douze" {
		t.Errorf("got %q, text %q", item.Error, item.Text)
	}
	p.Type("/data/a/n", "12")
	p.Leave("/data/a/n")
	if item := p.item(t, "/data/a/n"); item.Error != "" {
		t.Errorf("got %q for a good answer", item.Error)
	}
	if got := p.shape(); got[len(got)-1] != "alert Appeler le 15" {
		t.Errorf("no alert in %q", got)
	}
}

func TestFinishGathersProblems(t *testing.T) {
	p := open(t, form.Options{})
	p.Answer("/data/a/contact", "seen")
	p.Show(1)
	problems, err := p.Finish()
	if err != nil {
		t.Fatal(err)
	}
	var refs []string
	for _, problem := range problems {
		refs = append(refs, problem.Ref)
	}
	if len(refs) == 0 || refs[0] != "/data/a/n" {
		t.Fatalf("problems at %q", refs)
	}
	if !p.GoTo(refs[0]) || p.Current() != 0 || p.Cursor() != "/data/a/n" {
		t.Errorf("section %d, cursor %s", p.Current(), p.Cursor())
	}
	if item := p.item(t, "/data/a/n"); item.Error != problems[0].Message {
		t.Errorf("the field says %q, the summary %q", item.Error, problems[0].Message)
	}
	p.Type("/data/a/n", "2")
	p.Leave("/data/a/n")
	if len(p.Problems()) != len(problems)-1 {
		t.Errorf("%d problems are left of %d", len(p.Problems()), len(problems))
	}
	for _, problem := range p.Problems() {
		p.Answer(problem.Ref, "talk")
	}
	if left, err := p.Finish(); err != nil || len(left) != 0 {
		t.Errorf("still %+v", left)
	}
}

func TestNextAndBack(t *testing.T) {
	p := open(t, form.Options{})
	var seen []string
	for {
		seen = append(seen, strings.TrimPrefix(p.Cursor(), "/data/"))
		if !p.Next() {
			break
		}
	}
	want := []string{"a/contact", "a/n", "b/needs[1]/domain", "b/again"}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Error(diff)
	}
	p.Answer("/data/b/again", "2026-12-01")
	p.GoTo("/data/a/contact")
	p.Answer("/data/a/contact", "seen")
	p.GoTo("/data/a/n")
	for _, want := range []string{"/data/a/contact", "/data/b/again"} {
		if p.Back(); p.Cursor() != want {
			t.Errorf("back at %s, want %s", p.Cursor(), want)
		}
	}
}

func TestNextRequiredGoesRound(t *testing.T) {
	p := open(t, form.Options{})
	p.GoTo("/data/b/again")
	p.Type("/data/b/needs[1]/domain", "talk")
	p.Clear("/data/b/needs[1]/domain")
	p.GoTo("/data/b/again")
	for _, want := range []string{"/data/a/contact", "/data/a/n", "/data/a/contact"} {
		if !p.NextRequired() || p.Cursor() != want {
			t.Fatalf("at %s, want %s", p.Cursor(), want)
		}
	}
	p.Answer("/data/a/contact", "seen")
	p.Answer("/data/a/n", "1")
	if p.NextRequired() {
		t.Errorf("at %s, though nothing is missing", p.Cursor())
	}
}

func TestRows(t *testing.T) {
	p := open(t, form.Options{})
	p.Show(1)
	p.Answer("/data/b/needs[1]/domain", "talk")
	p.Type("/data/b/needs[1]/said", "une douche")
	p.AddRow("/data/b/needs")
	want := []string{"heading Besoin", "row Échange · une douche", "row (vide)", "question Domaine choice", "question Paroles line", "row Nouvelle ligne : Besoin", "question Domaine choice", "question Revoir le date"}
	if diff := cmp.Diff(want, p.shape()); diff != "" {
		t.Error(diff)
	}
	if p.Cursor() != "/data/b/needs[2]/domain" || p.RowAtCursor() != "/data/b/needs[2]" {
		t.Errorf("cursor at %s", p.Cursor())
	}
	p.Answer("/data/b/needs[2]/domain", "seen")
	p.EnterRow("/data/b/needs[1]")
	if p.Cursor() != "/data/b/needs[1]/domain" {
		t.Errorf("cursor at %s", p.Cursor())
	}
	p.RemoveRow("/data/b/needs[1]")
	want = []string{"heading Besoin", "row Présence", "row Nouvelle ligne : Besoin", "question Domaine choice", "question Revoir le date"}
	if diff := cmp.Diff(want, p.shape()); diff != "" {
		t.Error(diff)
	}
}

func TestRefuseAndDontKnow(t *testing.T) {
	p := open(t, form.Options{})
	if !p.Refuse() || p.item(t, "/data/a/contact").Chosen[0] != "rf" {
		t.Error("no refusal")
	}
	if !p.DontKnow() || p.item(t, "/data/a/contact").Chosen[0] != "dk" {
		t.Error("no dk")
	}
	p.Enter("/data/a/n")
	if !p.Refuse() {
		t.Error("a number cannot be refused")
	}
	if item := p.item(t, "/data/a/n"); item.Reason != form.Refused || item.Status != "ne souhaite pas répondre" || item.Text != "" {
		t.Errorf("got %+v", item)
	}
}

func TestLanguageSwitchKeepsEverything(t *testing.T) {
	p := open(t, form.Options{})
	p.Answer("/data/a/contact", "talk")
	p.Enter("/data/a/words")
	p.Type("/data/a/words", "à suivre")
	if err := p.NextLanguage(); err != nil {
		t.Fatal(err)
	}
	item := p.item(t, "/data/a/words")
	if item.Label != "Own words" || item.Hint != "No name" || item.Text != "à suivre" || p.Cursor() != "/data/a/words" {
		t.Errorf("got %+v at %s", item, p.Cursor())
	}
	if p.Sections()[0].Title != "A. Start" || p.Language() != "English (en)" {
		t.Errorf("outline %+v, language %s", p.Sections()[0], p.Language())
	}
	if p.SetLanguage("Breizh") == nil {
		t.Error("an unknown language was taken")
	}
}

func TestCountedRepeatGrowsByItsCountAlone(t *testing.T) {
	m := form.New(formtest.Session(t, formtest.Compile(t, `
| survey |
|        | type         | name | label | repeat_count | default |
|        | integer      | n    | n     |              | 2       |
|        | begin_repeat | r    | r     | ${n}         |         |
|        | text         | q    | q     |              |         |
|        | end_repeat   |      |       |              |         |
`)), form.Options{})
	said := ""
	m.OnNotice = func(s string) { said = s }
	m.GoTo("/data/r[1]/q")
	rows := 0
	for _, item := range m.Items() {
		if item.Kind == form.Add {
			t.Error("it offers to add a row")
		}
		if item.Kind == form.Row {
			rows++
		}
	}
	if rows != 2 {
		t.Errorf("%d rows", rows)
	}
	if m.AddRow("/data/r"); said == "" {
		t.Error("the refusal is not told")
	}
}

func TestEchoOfADate(t *testing.T) {
	p := open(t, form.Options{})
	p.Show(1)
	p.Type("/data/b/again", "+7")
	p.Leave("/data/b/again")
	if item := p.item(t, "/data/b/again"); item.Text != "01/12/2026" || item.Echo != "mardi 1er décembre 2026" {
		t.Errorf("got %q, %q", item.Text, item.Echo)
	}
}
