package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
	"solidaren/diagnostics/likeness/likenesstest"
	"solidaren/diagnostics/vault"
	"solidaren/sync/wire"
)

// speedPeople is how many persons the notebook has whose speed is measured:
// 2,000, which are made in seconds, or 100,000 in SOLIDAREN_TORTURE.
func speedPeople() int {
	if os.Getenv("SOLIDAREN_TORTURE") != "" {
		return 100_000
	}
	return 2_000
}

// quiet is how long nothing changes when a screen is whole: more than the pause
// that a search makes while one types, less than a second of the clock.
const quiet = 400 * time.Millisecond

// underived is longer than a key is derived, during which the lock screen waits.
const underived = 4 * time.Second

// TestSpeed measures what a worker waits for, on the real program with a
// notebook of many persons: U1 of the window against an empty Fyne window in
// the same run, G7 of unlocking, G9 of keys, screens and searches. Times are
// printed beside their targets, and never asserted: what is asserted is that
// each key did something.
func TestSpeed(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a screen and some minutes")
	}
	d := quietDesktop(t)
	bin := t.TempDir() // the program as those who work have it, whose thread nobody watches
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", bin+"/", ".", "./testdata/empty").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	program, empty := filepath.Join(bin, "solidaren"), filepath.Join(bin, "empty")
	folder := filepath.Join(t.TempDir(), "ville")
	begin := time.Now()
	people := speedPeople()
	fill(t, folder, people)
	t.Logf("%d persons received and indexed in %.0f s", people, time.Since(begin).Seconds())
	f := d.frames()

	var alone, locked, opening, unlocking []time.Duration
	var a *app
	for round := range 6 {
		var other *app
		_, shown := f.after(func() { other = d.launch(empty) }, another, quiet)
		other.kill()
		f.settle(quiet)
		_, lock := f.after(func() { a = d.launch(program, "--vault", folder, "--lang", "fr") }, another, quiet)
		a.title("Verrouillé")
		a.text(passphrase)
		a.still()
		_, today := f.after(func() { f.press("Return") }, another, underived)
		a.title("Aujourd'hui")
		if round > 0 { // the first one warms
			alone, locked, opening = append(alone, shown), append(locked, lock), append(opening, today)
			unlocking = append(unlocking, f.unlock(folder))
		}
		if round < 5 {
			a.quit()
			f.settle(quiet)
		}
	}
	half := func(of []time.Duration) time.Duration { return share(of, 0.5) }
	ready := half(locked) + half(opening) - half(unlocking)
	over := func(d time.Duration) float64 { return float64(d) / float64(half(alone)) }
	t.Logf("U1 window ready with %d persons / an empty Fyne window: %.2f (must 1.5, aim 1.2), to the lock screen %.2f: (%d to the lock screen + %d from Enter to today - %d of key derivation) / %d ms",
		people, over(ready), over(half(locked)), half(locked).Milliseconds(), half(opening).Milliseconds(), half(unlocking).Milliseconds(), half(alone).Milliseconds())
	t.Logf("G7 unlock, Enter to today: %.2f s (goal 1.5 s), of which %.2f s derive the key", half(opening).Seconds(), half(unlocking).Seconds())
	f.screens()
	f.search(a, people)
	f.list(a)
	a.shot("speed")
	a.quit()
}

// unlock is how long the passphrase alone takes, here.
func (f *frames) unlock(folder string) time.Duration {
	begin := time.Now()
	v, err := vault.Open(folder, passphrase)
	took := time.Since(begin)
	if err != nil {
		f.t.Fatal(err)
	}
	v.Close()
	return took
}

// tell prints times beside a target.
func (f *frames) tell(what string, times []time.Duration, target string) {
	f.t.Logf("G9 %-44s p50 %3d, p95 %3d ms of %d (target %s)", what, share(times, 0.5).Milliseconds(), share(times, 0.95).Milliseconds(), len(times), target)
}

// screens goes round the screens by their keys.
func (f *frames) screens() {
	f.t.Helper()
	var first, whole []time.Duration
	for range 3 {
		for _, key := range []string{"4", "5", "6", "9", "0", "3", "2", "1"} {
			drawn, all := f.after(func() { f.press("ctrl+" + key) }, caret, quiet)
			first, whole = append(first, drawn), append(whole, all)
		}
	}
	f.tell("change of screen, first drawn", first, "≤150 ms")
	f.tell("change of screen, whole", whole, "≤150 ms")
}

// search types names into the search of persons.
func (f *frames) search(a *app, people int) {
	f.t.Helper()
	f.after(func() { f.press("ctrl+4") }, caret, quiet)
	a.title("Personnes")
	var paint, found []time.Duration
	for range 3 {
		for _, letter := range "martin" {
			drawn, all := f.after(func() { f.press(string(letter)) }, caret, quiet)
			paint = append(paint, drawn)
			if all > drawn {
				found = append(found, all)
			}
		}
		f.after(func() {
			f.press("ctrl+a")
			f.press("BackSpace")
		}, caret, quiet)
	}
	f.tell("key to paint, a letter", paint, "p95 ≤50 ms")
	f.tell(fmt.Sprintf("search in %d, after the key; it waits 200", people), found, "<100 ms behind the wait")
}

// list walks down the list of all persons.
func (f *frames) list(a *app) {
	f.t.Helper()
	f.after(func() { f.press("Down") }, caret, quiet)
	a.shot("list")
	var paint []time.Duration
	for range 60 {
		drawn, _ := f.after(func() { f.press("Down") }, caret, 50*time.Millisecond)
		paint = append(paint, drawn)
	}
	f.tell("key to paint, an arrow in the list", paint, "p95 ≤50 ms")
	paint = nil
	for _, key := range []string{"End", "Home", "End", "Prior", "Prior", "Home", "Next", "Next"} {
		_, all := f.after(func() { f.press(key) }, caret, quiet)
		paint = append(paint, all)
	}
	f.tell("from end to end of the list, whole", paint, "none")
}

// fill makes a notebook with people, as a first pull does.
func fill(t *testing.T, folder string, people int) {
	t.Helper()
	nb, err := notebook.Create(t.Context(), folder, passphrase, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = nb.Close() }()
	all := likenesstest.People(1, people)
	const page = 2000
	for from := 0; from < people; from += page {
		var records []wire.Record
		for i, p := range all[from:min(from+page, people)] {
			fields := map[string][]wire.Value{}
			for name, text := range map[string]string{
				"code": diagnostics.NewPersonCode(nil), "identity.handle": p.Handle, "identity.names": p.Names, "identity.birth_date": p.Birth,
				"last_contact_on": time.Now().AddDate(0, 0, -i%700).Format(time.DateOnly), "gender": "m", "age_band": "a40",
			} {
				raw, err := json.Marshal(text)
				if err != nil {
					t.Fatal(err)
				}
				fields[name] = []wire.Value{{V: raw, Dev: "ancre", Ver: 1, Op: "op", At: time.Now()}}
			}
			records = append(records, wire.Record{ID: diagnostics.NewID(), Ver: 1, Type: diagnostics.TypePerson, Kind: wire.OpSet, Fields: fields})
		}
		if _, err := nb.Store.ApplyReply(t.Context(), wire.SyncReply{
			Epoch: "e", Changes: map[string][]wire.Record{"nord": records}, Cursors: map[string]int64{"nord": int64(from + 1)},
		}); err != nil {
			t.Fatal(err)
		}
	}
}
