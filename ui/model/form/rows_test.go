package form_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/ui/model/form"
	"solidaren/ui/model/form/formtest"
)

const nested = `
| survey |
| | type | name | label | required | relevant | repeat_count |
| | begin_group | g | G | | | |
| | text | first | Premier | | | |
| | begin_repeat | needs | Besoin | | | |
| | text | what | Quoi | yes | | |
| | begin_repeat | steps | Suite | | | |
| | text | step | Étape | | | |
| | begin_repeat | calls | Appel | | | |
| | text | who | Qui | | | |
| | end_repeat | | | | | |
| | end_repeat | | | | | |
| | text | after | Ensuite | | | |
| | end_repeat | | | | | |
| | begin_repeat | kids | Enfant | | ${first} = 'oui' | 2 |
| | text | age | Âge | | | |
| | end_repeat | | | | | |
| | text | last | Dernier | | | |
| | end_group | | | | | |
`

func openForm(t *testing.T, sheets string, o form.Options) *opened {
	t.Helper()
	p := &opened{}
	o.Now, o.Location = formtest.Now.UTC, formtest.Now.Location()
	o.Save = func(state []byte, cursor string) { p.saves++; p.state, p.cursor = state, cursor }
	p.Model = form.New(formtest.Session(t, formtest.Compile(t, sheets)), o)
	p.OnChange = func(c form.Change) { p.changes |= c }
	p.OnNotice = func(s string) { p.notices = append(p.notices, s) }
	return p
}

func (p *opened) wantShape(t *testing.T, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, p.shape()); diff != "" {
		t.Fatal(diff)
	}
}

// The empty row behind the others is made by answering its first question, and
// left by going on.
func TestTrailingRow(t *testing.T) {
	p := openForm(t, nested, form.Options{})
	p.wantShape(t, "question Premier line", "heading Besoin", "row Nouvelle ligne : Besoin", "question Quoi line",
		"idle Enfant : non concerné", "question Dernier line")
	p.Next()
	p.Next()
	if p.Cursor() != "/data/g/last" {
		t.Fatalf("Enter in an empty row leads to %s", p.Cursor())
	}
	p.Previous()
	p.Type("/data/g/needs[1]/what", "un toit")
	if node, ok := p.Session().Node("/data/g/needs[1]"); ok {
		t.Errorf("typing alone made the row %+v", node)
	}
	p.Next()
	p.wantShape(t, "question Premier line", "heading Besoin", "row un toit", "question Quoi line", "page Suite", "question Ensuite line",
		"row Nouvelle ligne : Besoin", "question Quoi line", "idle Enfant : non concerné", "question Dernier line")
	if p.Cursor() != "/data/g/needs[1]/steps" {
		t.Errorf("cursor at %s", p.Cursor())
	}
	p.Next()
	p.Next()
	if p.Cursor() != "/data/g/needs[2]/what" {
		t.Errorf("cursor at %s", p.Cursor())
	}
	p.wantShape(t, "question Premier line", "heading Besoin", "row un toit",
		"row Nouvelle ligne : Besoin", "question Quoi line", "idle Enfant : non concerné", "question Dernier line")
	p.Type("/data/g/needs[2]/what", "   ")
	p.Next()
	if node, _ := p.Session().Node("/data/g/needs"); node.Count != 1 {
		t.Errorf("spaces made a row: %d", node.Count)
	}
	if problems, err := p.Finish(); err != nil || len(problems) > 0 {
		t.Errorf("an empty row blocks: %v", problems)
	}
}

// What is typed into the empty row comes back with the draft.
func TestTrailingRowIsResumed(t *testing.T) {
	p := openForm(t, nested, form.Options{})
	p.Type("/data/g/needs[1]/what", "un to")
	again := form.New(formtest.Restore(t, formtest.Compile(t, nested), p.state), form.Options{Cursor: p.cursor})
	item, ok := again.Item("/data/g/needs[1]/what")
	if !ok || item.Text != "un to" || again.Cursor() != item.Ref {
		t.Fatalf("got %+v at %s", item, again.Cursor())
	}
	again.Flush()
	if node, _ := again.Session().Node("/data/g/needs[1]/what"); node.Value != "un to" {
		t.Errorf("the answer is %q", node.Value)
	}
}

// A repeat in a row has a page of its own, with the way back.
func TestNestedRepeatIsAPage(t *testing.T) {
	p := openForm(t, nested, form.Options{})
	p.Answer("/data/g/needs[1]/what", "un toit")
	if got := p.item(t, "/data/g/needs[1]/steps").Text; got != "0 ligne" {
		t.Errorf("the page is announced by %q", got)
	}
	p.OpenPage("/data/g/needs[1]/steps")
	p.wantShape(t, "heading Suite", "row Nouvelle ligne : Suite", "question Étape line")
	p.Answer("/data/g/needs[1]/steps[1]/step", "appeler")
	p.Next()
	p.OpenPage(p.Cursor())
	if diff := cmp.Diff([]string{"Besoin", "1. un toit", "Suite", "1. appeler", "Appel"}, p.Breadcrumb()); diff != "" {
		t.Error(diff)
	}
	p.Answer("/data/g/needs[1]/steps[1]/calls[1]/who", "le 115")
	if !p.LeavePage() || p.Cursor() != "/data/g/needs[1]/steps[1]/calls" {
		t.Fatalf("back at %s", p.Cursor())
	}
	p.Next()
	if p.Cursor() != "/data/g/needs[1]/steps[2]/step" {
		t.Fatalf("at %s", p.Cursor())
	}
	p.Next() // empty: on to what follows the page
	if p.Cursor() != "/data/g/needs[1]/after" || p.Breadcrumb() != nil {
		t.Errorf("at %s, under %v", p.Cursor(), p.Breadcrumb())
	}
	if p.LeavePage() {
		t.Error("left a page without one")
	}
	if !p.GoTo("/data/g/needs[1]/steps[1]/calls[1]/who") || len(p.Breadcrumb()) != 5 {
		t.Errorf("at %s, under %v", p.Cursor(), p.Breadcrumb())
	}
}

func TestFixedRowsAndRelevance(t *testing.T) {
	p := openForm(t, nested, form.Options{})
	p.Answer("/data/g/first", "oui")
	shape := strings.Join(p.shape(), ", ")
	if !strings.HasSuffix(shape, "heading Enfant, row (vide), question Âge line, row (vide), question Dernier line") {
		t.Errorf("got %s", shape)
	}
	if item := p.item(t, "/data/g/kids[2]"); !item.Fixed || item.Index != 2 || item.Count != 2 {
		t.Errorf("got %+v", item)
	}
	p.place(t, "/data/g/kids[1]")
	if !p.StepRow("/data/g/kids[1]", 1) || p.Cursor() != "/data/g/kids[2]" || p.StepRow("/data/g/kids[2]", 1) {
		t.Errorf("cursor at %s", p.Cursor())
	}
}

func (p *opened) place(t *testing.T, ref string) {
	t.Helper()
	p.Enter(ref)
	if p.Cursor() != ref {
		t.Fatalf("cursor at %s", p.Cursor())
	}
}

// Removing rows leaves the cursor where something can be typed.
func TestRemoveRowKeepsACursor(t *testing.T) {
	p := openForm(t, nested, form.Options{})
	for _, ref := range []string{"/data/g/needs[1]/what", "/data/g/needs[2]/what", "/data/g/needs[3]/what"} {
		p.Answer(ref, ref)
	}
	for range 3 {
		p.GoTo("/data/g/needs[1]/what")
		p.RemoveRow("/data/g/needs[1]")
		if item, ok := p.Item(p.Cursor()); !ok || !item.Focusable() {
			t.Fatalf("the cursor is at %q", p.Cursor())
		}
	}
	if p.Cursor() != "/data/g/needs[1]/what" {
		t.Errorf("the cursor is at %s", p.Cursor())
	}
	p.RemoveRow("/data/g/needs[1]") // the empty one is no row
	for range 3 {
		if !p.Undo() {
			t.Fatal("a removed row is gone for good")
		}
	}
	if node, _ := p.Session().Node("/data/g/needs"); node.Count != 3 {
		t.Errorf("%d rows after undoing", node.Count)
	}
}

// A default in a row does not make it an answered one; a second visit finds the
// rows that were answered.
func TestRowsWithDefaults(t *testing.T) {
	const sheets = `
| survey |
| | type | name | label | default |
| | begin_repeat | r | R | |
| | text | a | A | |
| | integer | b | B | 7 |
| | end_repeat | | | |
`
	p := openForm(t, sheets, form.Options{})
	p.wantShape(t, "heading R", "row Nouvelle ligne : R", "question A line")
	p.Answer("/data/r[1]/a", "x")
	p.wantShape(t, "heading R", "row x · 7", "question A line", "question B integer", "row Nouvelle ligne : R", "question A line")
	again := form.New(formtest.Restore(t, formtest.Compile(t, sheets), p.state), form.Options{})
	if node, _ := again.Session().Node("/data/r"); node.Count != 1 {
		t.Errorf("%d rows", node.Count)
	}
}
