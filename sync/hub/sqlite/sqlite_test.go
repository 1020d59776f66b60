package sqlite_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"
	"golang.org/x/sync/errgroup"

	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
	"solidaren/sync/hub"
	"solidaren/sync/hub/sqlite"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t *testing.T, dir string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// TestTransactions: what was committed is there after the store was opened
// again, what failed is not, and a view cannot write.
func TestTransactions(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	s, err := sqlite.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	put := func(key string, then error) func(hub.Tx) error {
		return func(tx hub.Tx) error {
			if err := tx.SetSetting(t.Context(), key, []byte(key)); err != nil {
				return err
			}
			return then
		}
	}
	failed := errors.New("failed")
	if err := s.Update(t.Context(), put("kept", nil)); err != nil {
		t.Error(err)
	}
	if err := s.Update(t.Context(), put("undone", failed)); !errors.Is(err, failed) {
		t.Errorf("error %v, want the one of the function", err)
	}
	if err := s.View(t.Context(), put("written in a view", nil)); err == nil {
		t.Error("a view wrote")
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	err = open(t, dir).View(t.Context(), func(tx hub.Tx) error {
		for key, want := range map[string]string{"kept": "kept", "undone": "", "written in a view": ""} {
			if got, err := tx.Setting(t.Context(), key); err != nil || string(got) != want {
				t.Errorf("%s: %q, %v", key, got, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	for name, want := range map[string]os.FileMode{dir: 0o700, filepath.Join(dir, sqlite.FileName): 0o600} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v; want %v", name, info.Mode(), err, want)
		}
	}
}

// TestOpenTogether: several processes may begin on a fresh folder at once.
func TestOpenTogether(t *testing.T) {
	dir := t.TempDir()
	group, ctx := errgroup.WithContext(t.Context())
	for range 4 {
		group.Go(func() error {
			s, err := sqlite.Open(ctx, dir)
			if err != nil {
				return err
			}
			return s.Close()
		})
	}
	if err := group.Wait(); err != nil {
		t.Error(err)
	}
}

// TestOpenRefuses: data of a newer server, and a folder that is none.
func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	db, err := vault.OpenDB(t.Context(), vault.DBOptions{Path: filepath.Join(dir, sqlite.FileName)})
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`)
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Open(t.Context(), dir); diagnostics.Code(err) != diagnostics.CodeConflict {
		t.Errorf("newer data: %v, want conflict", err)
	}
	if _, err := sqlite.Open(t.Context(), filepath.Join(dir, sqlite.FileName)); diagnostics.Code(err) != diagnostics.CodeInvalid {
		t.Errorf("a file for a folder: %v, want invalid", err)
	}
}

// TestTokensEnd: a token that has ended is forgotten when the next is made.
func TestTokensEnd(t *testing.T) {
	s := open(t, t.TempDir())
	now := time.Date(2026, 3, 1, 20, 0, 0, 0, time.UTC)
	device := hub.Device{}
	device.ID, device.Team = diagnostics.NewID(), "Nord"
	token := func(name string, at time.Time) error {
		return s.Update(t.Context(), func(tx hub.Tx) error {
			return tx.AddToken(t.Context(), hub.Token{
				Hash: []byte(name), Nonce: []byte(name), Device: device.ID,
				Expires: at.Add(time.Hour),
			}, at)
		})
	}
	err := s.Update(t.Context(), func(tx hub.Tx) error {
		return errors.Join(tx.EnsureTeam(t.Context(), "Nord"), tx.AddDevice(t.Context(), device.Device, 1))
	})
	if err = errors.Join(err, token("one", now)); err != nil {
		t.Fatal(err)
	}
	if err := token("one", now.Add(time.Minute)); diagnostics.Code(err) != diagnostics.CodeConflict {
		t.Errorf("a nonce spent twice: %v, want conflict", err)
	}
	if err := token("two", now.Add(2*time.Hour)); err != nil {
		t.Error(err)
	}
	check := func(ctx context.Context, name string, want diagnostics.ErrorCode) {
		err := s.View(ctx, func(tx hub.Tx) error {
			_, err := tx.TokenDevice(ctx, []byte(name), now) // by a clock that stands before both ends
			return err
		})
		if diagnostics.Code(err) != want {
			t.Errorf("token %s: %v, want %q", name, err, want)
		}
	}
	check(t.Context(), "one", diagnostics.CodeNotFound)
	check(t.Context(), "two", "")
}
