package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/sync/wire"
)

// The keystroke-level model (UX.md §1): seconds of a key at a desk and in
// gloves, and of a thought.
const (
	keyOffice = 0.28
	keyGloves = 0.75
	thought   = 1.35
)

// budget is a goal of UX.md §1: what is typed, how many keys it may take, and
// what the model says of its seconds.
type budget struct {
	goal, what string
	// keys are as xdotool and a French keyboard have them; digits are those of
	// the row. "·" is a thought before a key, "%" the next of the texts, whose
	// characters are no keys of the budget but take the model's time.
	keys     string
	most     int
	thoughts int
	perKey   float64
	seconds  float64 // the goal
	texts    []string
}

// signs of a script that are no key.
const aThought, aText = "·", "%"

// count is the number of keys that are pressed: Ctrl is one.
func (b budget) count() int {
	n := 0
	for _, chord := range strings.Fields(b.keys) {
		if chord != aThought && chord != aText {
			n += 1 + strings.Count(chord, "+")
		}
	}
	return n
}

// model is what the keystroke-level model says, in seconds.
func (b budget) model() float64 {
	typed := utf8.RuneCountInString(strings.Join(b.texts, ""))
	return float64(b.count()+typed)*b.perKey + float64(b.thoughts+strings.Count(b.keys, aThought))*thought
}

// press types it, holds its keys against the budget, and prints the model's
// seconds beside the goal.
func (b budget) press(a *app) {
	a.t.Helper()
	if n := b.count(); n > b.most {
		a.t.Errorf("%s (%s): %d keys, at most %d", b.goal, b.what, n, b.most)
	}
	var names []string
	texts := b.texts
	for _, name := range strings.Fields(b.keys) {
		switch name {
		case aThought:
		case aText:
			a.keysDown(names...)
			a.text(texts[0])
			names, texts = nil, texts[1:]
		default:
			names = append(names, frenchKey(name))
		}
	}
	a.keys(names...)
	a.t.Logf("%s %-34s %3d keys of %3d, %5.1f s by the model, goal %3.0f s", b.goal, b.what, b.count(), b.most, b.model(), b.seconds)
}

// frenchKey is a chord as xdotool wants it: digits by the keys of the row.
func frenchKey(name string) string {
	chord := strings.Split(name, "+")
	if row, ok := digit[chord[len(chord)-1]]; ok {
		chord[len(chord)-1] = row
	}
	return strings.Join(chord, "+")
}

// TestBudgets presses what the goals promise, on the real program with real key
// events of a French keyboard, and reads the notebook afterwards. Keys are
// counted and held to the budget; seconds are printed only.
func TestBudgets(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a screen and a minute")
	}
	d := newDesktop(t)
	p := buildPrograms(t)
	folder := filepath.Join(t.TempDir(), "nuit")
	card := withConflict(t, folder)

	a := d.start(p.path("solidaren"), "--vault", folder, "--lang", "fr")
	a.unlock()
	a.keys("ctrl+" + digit["9"])
	a.title("À décider")
	a.still()
	budget{"G13", "different answers are decided", "Down 2 Return", 3, 1, keyOffice, 10, nil}.press(a)
	a.shot("decided")

	a.keys("ctrl+" + digit["2"])
	a.title("Maraude")
	a.still()
	a.text("Maraude nord")
	a.keys("Return")
	a.keys("a", "Return")
	a.digits("3", "1")
	a.keys("Return")
	a.still()
	budget{"G2", "sleepers at another place", "ctrl+l a 1 4 3 Return", 7, 2, keyGloves, 10, nil}.press(a)
	budget{"G1", "a sleeper at the same place", "4 Return", 4, 1, keyGloves, 10, nil}.press(a)
	budget{"G1", "twelve sleepers at the same place", "4 1 2 Return", 4, 2, keyGloves, 10, nil}.press(a)
	a.shot("outing")
	a.settle()
	a.quit()

	nb := opened(t, folder)
	rows := night(t, nb)
	for i, want := range []int{12, 1, 3} {
		if i >= len(rows) || rows[i].Persons != want || rows[i].District != "q11" || rows[i].PlaceKind != "street" || !rows[i].Asleep {
			t.Fatalf("record %d of the night: want %d asleep in q11, street; the night has %+v", i, want, rows)
		}
	}
	got, err := nb.Store.Get(t.Context(), card)
	if err != nil || got.Get("age_band") != "a25" || len(got.Conflict) > 0 {
		t.Errorf("the card holds %+v, %v", got, err)
	}
	if history, err := nb.Store.Resolutions(t.Context(), card); err != nil || len(history) != 1 || history[0].Get("set_aside") == "" {
		t.Errorf("the history keeps %v, %v", history, err)
	}
}

// TestCountBudget is G5: the Nuit de la Solidarité, asleep and in full.
func TestCountBudget(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a screen and a minute")
	}
	d := newDesktop(t)
	p := buildPrograms(t)
	folder := filepath.Join(t.TempDir(), "comptage")
	p.ctl(folder, "vault", "create")
	a := d.start(p.path("solidaren"), "--vault", folder, "--lang", "fr")
	a.unlock()
	a.startCount()
	for range 2 {
		budget{"G5", "counted asleep", "1 Return 1 Return", 4, 2, keyGloves, 10, nil}.press(a)
	}
	a.settle()
	a.quit()
	rows := night(t, opened(t, folder))
	if len(rows) != 2 || rows[0].Persons != 1 || !rows[0].Asleep || !rows[1].Asleep {
		t.Fatalf("the night has %+v", rows)
	}
}

// settle gives the last record the time to be written, and the window the time to
// show it.
func (a *app) settle() {
	time.Sleep(5 * time.Second)
	a.still()
}

func opened(t *testing.T, folder string) *notebook.Opened {
	t.Helper()
	nb, err := notebook.Open(t.Context(), folder, passphrase, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = nb.Close() })
	return nb
}

func night(t *testing.T, nb *notebook.Opened) []store.NightRow {
	t.Helper()
	rows, err := nb.Store.Night(t.Context(), "", time.Now().Add(-time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// withConflict makes a notebook with a card about which two computers said
// different things, and gives the card's id.
func withConflict(t *testing.T, folder string) string {
	t.Helper()
	nb, err := notebook.Create(t.Context(), folder, passphrase, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = nb.Close() }()
	value := func(text, device string, ver int64, ago time.Duration) wire.Value {
		raw, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		return wire.Value{V: raw, Dev: device, At: time.Now().Add(-ago), Ver: ver, Op: diagnostics.NewID()}
	}
	id := diagnostics.NewID()
	state := wire.Record{ID: id, Seq: 1, Ver: 2, Type: diagnostics.TypePerson, Kind: wire.OpSet, Fields: map[string][]wire.Value{
		"age_band": {value("a25", "feuille", 1, 2*time.Hour), value("a40", "ancre", 2, time.Hour)},
	}}
	if _, err := nb.Store.ApplyReply(t.Context(), wire.SyncReply{
		Epoch: "e", Changes: map[string][]wire.Record{"nord": {state}},
		Cursors: map[string]int64{"nord": 1},
	}); err != nil {
		t.Fatal(err)
	}
	return id
}
