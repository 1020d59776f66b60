package vault_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
)

// newPlain makes a vault of the former shape with rows in its notebook, of
// which the last stand in the log alone, as after a crash.
func newPlain(t *testing.T, rows int) string {
	t.Helper()
	v := newVault(t)
	path, err := vault.MakePlain(v, phrase)
	must(t, err)
	db := openDB(t, vault.DBOptions{Path: path, Exclusive: true})
	fill(t, db, rows)
	run(t, db, "PRAGMA wal_checkpoint(TRUNCATE)")
	run(t, db, "UPDATE texts SET words = 'dans le journal' WHERE id = 1")
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(path + suffix)
		must(t, err)
		must(t, os.WriteFile(path+".kept"+suffix, content, 0o600))
	}
	must(t, db.Close())
	for _, suffix := range []string{"", "-wal"} {
		must(t, os.Rename(path+".kept"+suffix, path+suffix))
	}
	return v.Dir()
}

// checkSealed opens a vault and demands every row, and that nothing of the
// plain notebook is left in its folder.
func checkSealed(t *testing.T, dir string, rows int) {
	t.Helper()
	v, err := vault.Open(dir, phrase)
	must(t, err)
	defer v.Close()
	db, err := v.OpenDB(t.Context())
	must(t, err)
	defer db.Close()
	if got := query(t, db, "SELECT count(*) || ' ' || (SELECT words FROM texts WHERE id = 1) FROM texts"); got != fmt.Sprint(rows, " dans le journal") {
		t.Errorf("the notebook holds %q", got)
	}
	if got := query(t, db, "SELECT count(*) FROM found WHERE found MATCH 'lanterne'"); got != fmt.Sprint(rows) {
		t.Errorf("%s rows found, want %d", got, rows)
	}
	entries, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range entries {
		if !slices.Contains([]string{"notebook.db", "notebook.db-wal", "vault.json"}, e.Name()) {
			t.Errorf("%s was left", e.Name())
		}
		content, err := os.ReadFile(filepath.Join(dir, e.Name()))
		must(t, err)
		if bytes.Contains(content, []byte("SQLite format 3")) || bytes.Contains(content, []byte("lanterne")) {
			t.Errorf("%s can be read", e.Name())
		}
	}
}

func TestPlainNotebookIsSealed(t *testing.T) {
	dir := newPlain(t, 200)
	checkSealed(t, dir, 200)
	checkSealed(t, dir, 200)
}

// The former program, killed while it created a vault, left a key file alone.
func TestPlainVaultWithoutNotebook(t *testing.T) {
	v := newVault(t)
	_, err := vault.MakePlain(v, phrase)
	must(t, err)
	v, err = vault.Open(v.Dir(), phrase)
	must(t, err)
	db, err := v.OpenDB(t.Context())
	must(t, err)
	must(t, db.Close())
}

func TestPlainNotebookIsOpenElsewhere(t *testing.T) {
	dir := newPlain(t, 20)
	openDB(t, vault.DBOptions{Path: filepath.Join(dir, "notebook.db"), Exclusive: true})
	if _, err := vault.Open(dir, phrase); diagnostics.Code(err) != diagnostics.CodeConflict {
		t.Errorf("error %v, want conflict", err)
	}
}

// Once it is sealed, a plain database in its place is one that somebody put
// there: it is neither opened nor converted.
func TestPlainNotebookIsNotTakenTwice(t *testing.T) {
	dir := newPlain(t, 20)
	planted, err := os.ReadFile(filepath.Join(dir, "notebook.db"))
	must(t, err)
	checkSealed(t, dir, 20)
	must(t, os.WriteFile(filepath.Join(dir, "notebook.db"), planted, 0o600))
	v, err := vault.Open(dir, phrase)
	must(t, err)
	_, err = v.OpenDB(t.Context())
	wantCorrupt(t, err, saysChanged)
}

const killVariable = "VAULT_TEST_KILL"

// killed opens a vault, and the notebook in it, and is killed at a step.
func killed(step, dir string) error {
	vault.SetStep(func(at string) {
		if at != step {
			return
		}
		if self, err := os.FindProcess(os.Getpid()); err == nil {
			_ = self.Kill()
			select {}
		}
	})
	v, err := vault.Open(dir, phrase)
	if err != nil {
		return err
	}
	db, err := v.OpenDB(contextOfChild)
	if err != nil {
		return err
	}
	return db.Close()
}

// Killed at any step, once or at each opening, nothing is lost.
func TestSealingIsKilled(t *testing.T) {
	for _, step := range vault.Steps {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			dir := newPlain(t, 100)
			for range 2 {
				cmd := exec.CommandContext(t.Context(), os.Args[0])
				cmd.Env = append(os.Environ(), killVariable+"="+step+"="+dir)
				out, err := cmd.CombinedOutput()
				if said := strings.TrimSpace(string(out)); err == nil && said != "<nil>" || err != nil && said != "" {
					t.Fatalf("the child ended with %v: %s", err, said)
				}
				must(t, os.RemoveAll(filepath.Join(dir, "attempts.json"))) // a try that was killed counts as wrong
			}
			checkSealed(t, dir, 100)
		})
	}
}

// Every step is reached, or the test above proves nothing.
func TestStepsAreReached(t *testing.T) {
	dir := newPlain(t, 10)
	var reached []string
	vault.SetStep(func(step string) {
		if !slices.Contains(reached, step) {
			reached = append(reached, step)
		}
	})
	defer vault.SetStep(func(string) {})
	checkSealed(t, dir, 10)
	if !slices.Equal(reached, vault.Steps) {
		t.Errorf("steps %s, want %s", strings.Join(reached, ", "), strings.Join(vault.Steps, ", "))
	}
}
