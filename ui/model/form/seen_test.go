package form_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/assets"
	"solidaren/ui/model/form"
	"solidaren/ui/model/form/formtest"
)

// TestOutlineFollows: what the outline counts of each section, kept up to date
// by what each step changes, equals counting everything again.
func TestOutlineFollows(t *testing.T) {
	for _, id := range assets.FormIDs() {
		t.Run(id, func(t *testing.T) {
			random := rand.New(rand.NewPCG(3, 7))
			m := form.New(formtest.Session(t, formtest.Shipped(t, id)), form.Options{})
			for i := range 150 {
				step := randomMove(m, random)
				if i == 100 {
					if _, err := m.Finish(); err != nil {
						t.Fatal(err)
					}
				}
				kept := m.Sections()
				if diff := cmp.Diff(m.Recount(), kept); diff != "" {
					t.Fatalf("after %s, counted again (-), kept (+): %s", step, diff)
				}
			}
		})
	}
}

// randomMove does something that a worker could do.
func randomMove(m *form.Model, random *rand.Rand) string {
	items := m.Items()
	if len(items) == 0 {
		m.NextSection()
		return "next section"
	}
	item := items[random.IntN(len(items))]
	m.GoTo(item.Ref)
	switch random.IntN(12) {
	case 0:
		m.NextSection()
		return "next section"
	case 1:
		m.Refuse()
		return "refused " + item.Ref
	case 2:
		m.Undo()
		return "undone"
	case 3:
		m.NotTalked()
		return "not talked"
	}
	switch {
	case item.Kind == form.Add:
		m.AddRow(item.Ref)
	case item.Kind == form.Row && !item.New:
		m.RemoveRow(item.Ref)
	case len(item.Choices) > 0 && item.Kind == form.Question:
		m.Answer(item.Ref, item.Choices[random.IntN(len(item.Choices))].Value)
	case item.Kind == form.Question:
		m.Type(item.Ref, []string{"3", "x", "12/11", ""}[random.IntN(4)])
		if random.IntN(2) == 0 {
			m.Leave(item.Ref)
		}
	}
	return string(item.Kind) + " " + item.Ref
}
