package store_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/vault"
	"solidaren/sync/wire"
)

const (
	erasingVariable = "STORE_TEST_ERASE"
	erasedPerson    = "STORE_TEST_ERASED"
)

// erasing is the second program of TestErasureIsKilled.
func erasing(dir string) {
	check := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	v, err := vault.Open(dir, dt.Passphrase)
	check(err)
	n, err := store.Open(context.Background(), v, store.Options{})
	check(err)
	fmt.Println("begins")
	_, err = n.Erase(context.Background(), erasure(os.Getenv(erasedPerson)))
	check(err)
	fmt.Println("erased")
	check(n.Close())
	os.Exit(0)
}

// erasure is one of a laptop without a team, which has asked for it itself.
func erasure(person string) store.Erasure {
	return store.Erasure{Person: person, Why: wire.EraseRequest, Request: "request-" + person}
}

// toErase is a notebook with a person whose erasure was asked.
func toErase(t *testing.T) (*vault.Vault, known) {
	t.Helper()
	v := newVault(t)
	n, err := store.Open(t.Context(), v, store.Options{Clock: dt.Clock})
	must(t, err)
	n.UseSealer(newKeyring(t))
	for i := range 30 {
		meet(t, n, fmt.Sprintf("-stays-%d-", i))
	}
	gone := meet(t, n, "-canary-")
	gone.canaries = append(gone.canaries, "canary")
	create(t, n, diagnostics.Record{ID: "request-" + gone.ID, Type: diagnostics.TypeRequest, Fields: diagnostics.Values{
		"kind": diagnostics.RequestErase, "person": gone.ID,
	}})
	must(t, n.Close())
	return v, gone
}

// ended opens the notebook and demands that the person is there whole, or that
// not a byte is left. It reports which.
func (k known) ended(t *testing.T, v *vault.Vault) (erased bool) {
	t.Helper()
	n, err := store.Open(t.Context(), v, store.Options{Clock: dt.Clock})
	must(t, err)
	_, err = n.Get(t.Context(), k.ID)
	erased = diagnostics.Code(err) == diagnostics.CodeNotFound
	if !erased {
		must(t, err)
	}
	if found := left(t, n, k.canaries); erased && len(found) > 0 {
		t.Errorf("an erased person is still in the notebook after it was opened: %q", found)
	}
	if due, err := n.Setting(t.Context(), "store.wipe"); err != nil || due != "" {
		t.Errorf("after the opening the cleaning is %q (%v)", due, err)
	}
	if erased {
		emptyLog(t, v)
	}
	must(t, n.VerifyOps(t.Context(), nil))
	must(t, n.Close())
	return erased
}

// Whatever program opens the notebook next ends an erasure that was interrupted
// between the commit and the cleaning of the file.
func TestErasureEndsAtTheNextOpening(t *testing.T) {
	v, gone := toErase(t)
	n, err := store.Open(t.Context(), v, store.Options{Clock: dt.Clock})
	must(t, err)
	inTheWay := filepath.Join(v.Dir(), "notebook.db.before-schema-1") // a copy that cannot be removed
	must(t, os.MkdirAll(filepath.Join(inTheWay, "x"), 0o700))
	_, err = n.Erase(t.Context(), erasure(gone.ID))
	wantCode(t, err, diagnostics.CodeTooLarge)
	if due, err := n.Setting(t.Context(), "store.wipe"); err != nil || due == "" {
		t.Fatalf("the cleaning was done: the test does not show anything (%v)", err)
	}
	must(t, n.Close())

	n, err = store.Open(t.Context(), v, store.Options{Clock: dt.Clock}) // still in the way: the notebook opens all the same
	must(t, err)
	must(t, n.Close())
	must(t, os.RemoveAll(inTheWay))
	if !gone.ended(t, v) {
		t.Error("the person is back")
	}
}

// Killed at any moment, an erasure has not begun, or the next opening ends it.
func TestErasureIsKilled(t *testing.T) {
	run := func(v *vault.Vault, person string, kill time.Duration) (took time.Duration) {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), erasingVariable+"="+v.Dir(), erasedPerson+"="+person)
		cmd.Stderr = os.Stderr
		out, err := cmd.StdoutPipe()
		must(t, err)
		must(t, cmd.Start())
		var begun time.Time
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if begun.IsZero() {
				begun = time.Now()
				if kill > 0 {
					time.AfterFunc(kill, func() { _ = cmd.Process.Kill() })
				}
				continue
			}
			took = time.Since(begun)
		}
		_ = cmd.Wait()
		return took
	}
	v, gone := toErase(t)
	whole := run(v, gone.ID, 0)
	if !gone.ended(t, v) {
		t.Fatal("the second program erased nobody")
	}
	kills, erased, cleaning := rounds(4, 100), 0, 0
	for range kills {
		v, gone := toErase(t)
		run(v, gone.ID, time.Duration(1+rand.Int64N(int64(whole))))
		db := rawDB(t, v)
		due := 0
		must(t, db.QueryRowContext(t.Context(), "SELECT count(*) FROM settings WHERE key = 'store.wipe' AND value <> ''").Scan(&due))
		must(t, db.Close())
		if gone.ended(t, v) {
			erased++
		}
		cleaning += due
	}
	t.Logf("%d kills in %v: %d erased, of which the opening had to clean %d", kills, whole, erased, cleaning)
}
