package form_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/ui/model/form"
)

const scaleForm = `
| survey |
| | type | name | label::Français (fr) | label::English (en) | parameters | appearance |
| | range | q | Q | Q | start=0 end=10 step=2 tick_interval=4 placeholder=4 tick_labelset=l | |
| | range | bare | B | B | start=0 end=1 step=0.25 | no-ticks |
| choices |
| | list_name | name | label::Français (fr) | label::English (en) |
| | l | 8 | Bien | Well |
| | l | 0 | Mal | |
| settings |
| | default_language |
| | Français (fr) |
`

// A scale has the marks, the words and the place of the thumb that its form
// says; its value is told in words.
func TestScale(t *testing.T) {
	p := openForm(t, scaleForm, form.Options{})
	q := p.item(t, "/data/q")
	if diff := cmp.Diff(form.Scale{Max: 10, Step: 2, Interval: 4, Waits: 4, Placed: true}, q.Scale); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]form.Mark{{Value: 0, Label: "Mal"}, {Value: 8, Label: "Bien"}}, q.Marks); diff != "" {
		t.Error(diff)
	}
	bare := p.item(t, "/data/bare")
	if diff := cmp.Diff(form.Scale{Max: 1, Step: 0.25}, bare.Scale); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]form.Mark{{Value: 0, Label: "0"}, {Value: 1, Label: "1"}}, bare.Marks); diff != "" {
		t.Error(diff)
	}
	if err := p.SetLanguage("English (en)"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]form.Mark{{Value: 0, Label: "Mal (fr)"}, {Value: 8, Label: "Well"}}, p.item(t, "/data/q").Marks); diff != "" {
		t.Error(diff)
	}
	p.Bump("/data/q", 1)
	for _, step := range []struct {
		by         int
		text, echo string
	}{{0, "4", "4, de 0 à 10"}, {2, "8", "Well – 8, de 0 à 10"}, {5, "10", "10, de 0 à 10"}} {
		p.Bump("/data/q", step.by)
		if q := p.item(t, "/data/q"); q.Text != step.text || q.Echo != step.echo {
			t.Errorf("got %q %q, want %q %q", q.Text, q.Echo, step.text, step.echo)
		}
	}
}

// What a scale has not stays as it was typed, is told, and blocks finishing.
func TestOffScale(t *testing.T) {
	for _, c := range []struct{ ref, typed, want string }{
		{"/data/q", "12", "Ce nombre n'est pas sur l'échelle. Choisissez de 0 à 10, de 2 en 2."},
		{"/data/q", "3", "Ce nombre n'est pas sur l'échelle. Choisissez de 0 à 10, de 2 en 2."},
		{"/data/q", "8", ""},
		{"/data/bare", "0,5", ""},
		{"/data/bare", "0,6", "Ce nombre n'est pas sur l'échelle. Choisissez de 0 à 1, de 0,25 en 0,25."},
	} {
		p := openForm(t, scaleForm, form.Options{})
		p.Type(c.ref, c.typed)
		p.Leave(c.ref)
		item := p.item(t, c.ref)
		if item.Text != c.typed || item.Error != c.want {
			t.Errorf("%s %s: got %q, %q", c.ref, c.typed, item.Text, item.Error)
		}
		problems, err := p.Finish()
		if err != nil || (len(problems) > 0) != (c.want != "") {
			t.Errorf("%s %s: %v, %v", c.ref, c.typed, problems, err)
		}
	}
}

// Of a long list of which little is left, each answer that is left has a key.
func TestKeysOfALongListFiltered(t *testing.T) {
	rows := ""
	for i := range 60 {
		region := "a"
		if i >= 50 {
			region = "b"
		}
		rows += "| | town | t" + form.Number(float64(i)) + " | T" + form.Number(float64(i)) + " | " + region + " |\n"
	}
	p := openForm(t, `
| survey |
| | type | name | label | choice_filter |
| | select_one region | r | R | |
| | select_one town | q | Q | region = ${r} |
| choices |
| | list_name | name | label | region |
| | region | a | A | |
| | region | b | B | |
`+rows, form.Options{})
	p.Answer("/data/r", "b")
	keys := ""
	for _, o := range p.item(t, "/data/q").Choices {
		keys += o.Key
	}
	if keys != "1234567890" {
		t.Errorf("got %q", keys)
	}
}
