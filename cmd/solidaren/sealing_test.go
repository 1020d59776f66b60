package main

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"solidaren/diagnostics/vault"
)

// waitFor waits until something is so: a bound against hanging, not a claim of
// speed. It gives how long it took.
func (a *app) waitFor(what string, so func() bool) time.Duration {
	a.t.Helper()
	begin := time.Now()
	for !so() {
		if time.Since(begin) > wait {
			a.shot("stuck")
			a.t.Fatalf("%s: not within %v", what, wait)
		}
		time.Sleep(10 * time.Millisecond)
	}
	return time.Since(begin)
}

// TestLidOpenToFirstAnswer is G6: the lid was closed over an open notebook; two
// keys after it is opened again the first answer is sealed on the disk.
func TestLidOpenToFirstAnswer(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a screen and a minute")
	}
	d := newDesktop(t)
	p := buildPrograms(t)
	folder := filepath.Join(t.TempDir(), "nuit")
	p.ctl(folder, "vault", "create")
	begin := time.Now()
	a := d.start(p.path("solidaren"), "--vault", folder, "--lang", "fr")
	a.title("Verrouillé")
	t.Logf("G6 start to lock screen: %.1f s", time.Since(begin).Seconds())
	a.unlock()
	a.keys("ctrl+m", "ctrl+l", "a")
	a.digits("1")
	a.digits("4")
	a.keys("Return") // the place of the night
	a.settle()

	a.signal(syscall.SIGSTOP)
	time.Sleep(32 * time.Second) // more than the gap by which the clock tells sleep
	a.signal(syscall.SIGCONT)
	begin = time.Now()
	a.title("Verrouillé")
	if vault.CountCaptured(folder) != 0 {
		t.Fatal("something is sealed already")
	}
	a.keysDown("Return", digit["4"])
	a.waitFor("the first answer", func() bool { return vault.CountCaptured(folder) == 1 })
	t.Logf("G6 lid open to first answer on the disk: 2 keys, %.1f s (goal 3 s)", time.Since(begin).Seconds())
	a.shot("sealed")
	a.keys("Return")
	a.still()
	a.quit()

	a = d.start(p.path("solidaren"), "--vault", folder, "--lang", "fr")
	a.shot("locked-again")
	a.unlock()
	a.yesTheyAreMine()
	a.quit()
	if rows := night(t, opened(t, folder)); len(rows) != 2 || !rows[0].Asleep || rows[0].District != "q11" {
		t.Fatalf("the night has %+v", rows)
	}
}

// yesTheyAreMine answers whose the sealed entries are.
func (a *app) yesTheyAreMine() {
	a.t.Helper()
	a.still()
	a.shot("whose")
	a.keys("shift+Tab", "shift+Tab", "Return")
	a.settle()
}

// TestKilledWhileSealing kills the program again and again while records are
// written before the locked notebook. What the window had acknowledged is there
// afterwards, and nothing of it can be read in the folder before the opening.
func TestKilledWhileSealing(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a screen and two minutes")
	}
	d := newDesktop(t)
	p := buildPrograms(t)
	folder := filepath.Join(t.TempDir(), "nuit")
	p.ctl(folder, "vault", "create")
	a := d.start(p.path("solidaren"), "--vault", folder, "--lang", "fr")
	a.unlock()
	a.keys("ctrl+m", "ctrl+l", "a")
	a.digits("1")
	a.digits("4")
	a.keys("Return") // where the notebook was last
	a.settle()
	a.quit()

	const rounds, marker = 8, "quokkazebre"
	dice := rand.New(rand.NewPCG(1, 2))
	acknowledged := 0
	for round := range rounds {
		a := d.start(p.path("solidaren"), "--vault", folder, "--lang", "fr")
		a.title("Verrouillé")
		a.still()
		a.keys("Return")
		for range 2 {
			a.digits("4")
			a.keys("Return")
			acknowledged++ // the picture is still: the next blank record is there
		}
		if round == 0 {
			a.shot("acknowledged")
		}
		if count := vault.CountCaptured(folder); count < acknowledged {
			t.Fatalf("round %d: %d sealed, %d acknowledged", round, count, acknowledged)
		}
		a.keysDown(digit["1"], "Return", digit["1"], digit["1"], "Next", digit["1"], digit["2"], "Return")
		a.tool("xdotool", "type", "--delay", "15", marker)
		time.Sleep(time.Duration(dice.IntN(300)) * time.Millisecond)
		a.kill()
		if count := vault.CountCaptured(folder); count < acknowledged {
			t.Fatalf("round %d, killed: %d sealed, %d acknowledged", round, count, acknowledged)
		}
		acknowledged = vault.CountCaptured(folder) // the one that was cut is a record, too
		nowhere(t, folder, marker)
	}
	a = d.start(p.path("solidaren"), "--vault", folder, "--lang", "fr")
	a.unlock()
	nowhere(t, folder, marker)
	a.yesTheyAreMine()
	a.quit()
	nowhere(t, folder, marker)
	nb := opened(t, folder)
	rows := night(t, nb)
	drafts, err := nb.Store.Drafts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1+2*rounds || len(rows)-1+len(drafts) != acknowledged {
		t.Errorf("%d records and %d drafts, want %d records and %d in all", len(rows), len(drafts), 1+2*rounds, 1+acknowledged)
	}
	whole := 0
	for _, draft := range drafts {
		if bytes.Contains(append(draft.State, draft.Cursor...), []byte(marker[:len(marker)-1])) {
			whole++
		}
	}
	t.Logf("%d rounds: %d acknowledged records, none lost; %d of %d cut drafts hold all that was typed but a key", rounds, 2*rounds, whole, len(drafts))
}

// nowhere: no file of the folder holds what was typed.
func nowhere(t *testing.T, folder, marker string) {
	t.Helper()
	files := 0
	err := filepath.Walk(folder, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		files++
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte(marker)) || bytes.Contains(content, wide(marker)) {
			t.Errorf("%s holds what was typed", filepath.Base(path))
		}
		return err
	})
	if err != nil || files < 4 {
		t.Fatalf("%d files, %v", files, err)
	}
}

// wide is a text in UTF-16.
func wide(text string) []byte {
	var b []byte
	for _, c := range []byte(text) {
		b = append(b, c, 0)
	}
	return b
}
