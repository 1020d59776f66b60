package vault_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
)

// filled is a vault whose notebook holds so many rows.
func filled(t *testing.T, rows int) *vault.Vault {
	t.Helper()
	v := newVault(t)
	db, err := v.OpenDB(t.Context())
	must(t, err)
	_, err = db.ExecContext(t.Context(), `CREATE TABLE t (x TEXT);
 INSERT INTO t SELECT key || replace(hex(zeroblob(400)), '00', ' mot') FROM json_each('[' || substr(replace(hex(zeroblob(?)), '00', ',0'), 2) || ']')`, rows)
	must(t, err)
	must(t, db.Close())
	return v
}

// wantRows opens the notebook and counts.
func wantRows(t *testing.T, v *vault.Vault, rows string) {
	t.Helper()
	db, err := v.OpenDB(t.Context())
	must(t, err)
	defer db.Close()
	if got := query(t, db, "SELECT count(*) FROM t WHERE x LIKE '%mot %'"); got != rows {
		t.Errorf("%s rows, want %s", got, rows)
	}
}

func TestRotate(t *testing.T) {
	v := filled(t, 300)
	oldCode, err := v.NewRecoveryCode()
	must(t, err)
	oldKeys, err := os.ReadFile(filepath.Join(v.Dir(), "vault.json"))
	must(t, err)
	t.Chdir(filepath.Dir(v.Dir()))
	f := patient(filepath.Base(v.Dir())) // a folder as one types it
	var written, whole int64
	next, code, err := f.Rotate(t.Context(), phrase, func(w, all int64) {
		if w < written || w > all {
			t.Errorf("progress goes from %d to %d of %d", written, w, all)
		}
		written, whole = w, all
	})
	must(t, err)
	if written == 0 || written != whole {
		t.Errorf("progress ended at %d of %d", written, whole)
	}
	if next.ID() != v.ID() || string(next.Subkey("x")) == string(v.Subkey("x")) {
		t.Error("the data key is the one before, or the vault is another one")
	}
	wantRows(t, next, "300")
	for _, open := range []func() (*vault.Vault, error){
		func() (*vault.Vault, error) { return f.Open(phrase) },
		func() (*vault.Vault, error) { return f.Recover(code) },
	} {
		again, err := open()
		must(t, err)
		wantRows(t, again, "300")
	}
	if _, err := f.Recover(oldCode); diagnostics.Code(err) != diagnostics.CodeInvalid {
		t.Errorf("the old sheet: error %v, want invalid", err)
	}
	// An old copy of the key file opens the old key, and that opens nothing.
	must(t, os.WriteFile(filepath.Join(v.Dir(), "vault.json"), oldKeys, 0o600))
	thief, err := f.Open(phrase)
	must(t, err)
	if _, err := thief.OpenDB(t.Context()); diagnostics.Code(err) != diagnostics.CodeCorrupt {
		t.Errorf("the old key on the new notebook: error %v, want corrupt", err)
	}
}

func TestRotateRefuses(t *testing.T) {
	v := filled(t, 5)
	f := patient(v.Dir())
	if _, _, err := f.Rotate(t.Context(), "pas la bonne phrase du tout", nil); diagnostics.Code(err) != diagnostics.CodeUnauthorized {
		t.Errorf("a wrong passphrase: error %v, want unauthorized", err)
	}
	db, err := v.OpenDB(t.Context())
	must(t, err)
	if _, _, err := f.Rotate(t.Context(), phrase, nil); diagnostics.Code(err) != diagnostics.CodeConflict {
		t.Errorf("an open notebook: error %v, want conflict", err)
	}
	j, _, err := v.OpenJournal()
	must(t, err)
	must(t, errors.Join(j.Append([]byte("x")), j.Close(), db.Close()))
	if _, _, err := f.Rotate(t.Context(), phrase, nil); diagnostics.Code(err) != diagnostics.CodeConflict {
		t.Errorf("something typed waits: error %v, want conflict", err)
	}
	j, _, err = v.OpenJournal()
	must(t, err)
	must(t, errors.Join(j.Empty(), j.Close()))
	wantRows(t, v, "5")
	if _, _, err := f.Rotate(t.Context(), phrase, nil); err != nil {
		t.Error(err)
	}
}

func TestRotateKeepsThePepper(t *testing.T) {
	keys := ring{}
	f := patient(filepath.Join(t.TempDir(), "carnet"))
	f.Keyring = keys
	v, err := f.Create(phrase)
	must(t, err)
	must(t, v.SetPassphrase(otherPhrase, true))
	next, _, err := f.Rotate(t.Context(), otherPhrase, nil)
	must(t, err)
	if !next.Peppered() || len(keys) != 1 {
		t.Errorf("%d names in the keyring", len(keys))
	}
	if _, err := f.Open(otherPhrase); err != nil {
		t.Error(err)
	}
}

const rotateVariable = "VAULT_TEST_ROTATE"

// killedRotating changes the data key and is killed at a step.
func killedRotating(step, dir string) error {
	vault.SetStep(func(at string) {
		if at == step {
			_ = syscall.Kill(syscall.Getpid(), syscall.SIGKILL)
		}
	})
	_, _, err := patient(dir).Rotate(contextOfChild, phrase, nil)
	return err
}

// Killed at any step, the whole notebook stands under the one key or the other.
func TestRotationIsKilled(t *testing.T) {
	kills := 0
	v := filled(t, 60)
	for _, step := range vault.Steps {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), rotateVariable+"="+step+"="+v.Dir())
		out, err := cmd.CombinedOutput()
		var ended *exec.ExitError
		if errors.As(err, &ended) && ended.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL {
			kills++
		} else if err != nil {
			t.Fatalf("%s: the child ended with %v: %s", step, err, out)
		}
		again, err := patient(v.Dir()).Open(phrase)
		if err != nil {
			t.Fatalf("%s: %v", step, err)
		}
		wantRows(t, again, "60")
		entries, err := os.ReadDir(v.Dir())
		must(t, err)
		for _, e := range entries {
			if strings.Contains(e.Name(), ".next") || strings.Contains(e.Name(), ".plain") {
				t.Errorf("%s: %s is left", step, e.Name())
			}
		}
	}
	if kills < 4 {
		t.Errorf("killed only %d times", kills)
	}
}
