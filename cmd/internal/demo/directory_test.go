package demo_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"solidaren/cmd/internal/demo"
	"solidaren/diagnostics"
	"solidaren/diagnostics/directory"
)

func TestDirectory(t *testing.T) {
	o := demo.Options{Seed: 7, Until: time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC)}
	cards, err := demo.Directory(o)
	if err != nil {
		t.Fatal(err)
	}
	again, err := demo.Directory(o)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(cards, again); diff != "" {
		t.Errorf("the same seed draws another directory:\n%s", diff)
	}
	for _, card := range cards {
		if on := card.Time("checked_on"); on.After(o.Until) || card.Get("demo") != "yes" {
			t.Errorf("%s: checked on %s, demo %q", card.Get("code"), card.Get("checked_on"), card.Get("demo"))
		}
	}
	plan := directory.Compare(nil, cards, o.Until, "nord")
	d := directory.New(plan.Create)
	if len(d.Actors) != 40 || len(d.Entries) < 50 {
		t.Errorf("%d actors, %d actions", len(d.Actors), len(d.Entries))
	}
	news := d.News(o.Until.AddDate(0, 0, -7))
	if len(news) != 1 || news[0].Action.Get("saturation") != directory.Closed {
		t.Errorf("news: %d", len(news))
	}
	for _, e := range d.Entries {
		if e.Actor.ID == "" {
			t.Errorf("%s is nobody's", e.Action.Get("name"))
		}
		for _, f := range []string{"needs", "districts"} {
			for _, code := range e.List(f) {
				if list := map[string]string{"needs": "need_domain", "districts": "district"}[f]; diagnostics.Label(list, code, "fr") == code {
					t.Errorf("%s: unknown code %s", e.Action.Get("name"), code)
				}
			}
		}
	}
}
