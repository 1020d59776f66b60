package model_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
	"solidaren/ui/model"
)

// folder is a vault folder whose notebook need not be opened, and whose clock
// has run long enough after every wrong try.
type folder struct{ dir string }

var hours atomic.Int64

func (f folder) folder() vault.Folder {
	return vault.Folder{Dir: f.dir, Clock: func() time.Time { return now.Add(time.Duration(hours.Add(1)) * time.Hour) }}
}

func (f folder) Exists() bool                  { return vault.Exists(f.dir) }
func (f folder) Check(passphrase string) error { return vault.CheckPassphrase(passphrase) }

func (f folder) Create(_ context.Context, passphrase string) (*model.Desk, error) {
	v, err := f.folder().Create(passphrase)
	if err == nil {
		v.Close()
	}
	return &model.Desk{}, err
}

func (f folder) Unlock(_ context.Context, passphrase string) (*model.Desk, error) {
	v, err := f.folder().Open(passphrase)
	if err == nil {
		v.Close()
	}
	return &model.Desk{}, err
}

func (f folder) Recover(ctx context.Context, code, passphrase string) (*model.Desk, error) {
	v, err := f.folder().Recover(code)
	if err == nil {
		err = v.SetPassphrase(passphrase, false)
	}
	if err == nil {
		v.Close()
	}
	return &model.Desk{}, err
}

func (f folder) Delay() time.Duration            { return f.folder().Wait() }
func (f folder) Propose() string                 { return vault.ProposePassphrase() }
func (f folder) Symbols() (there, free []string) { return nil, nil }
func (f folder) Choose(string)                   {}
func (f folder) Folder() string                  { return f.dir }

// locked is a lock screen and what became of it.
type locked struct {
	*model.Lock
	bench  *bench
	opened int
}

func newLock(t *testing.T, dir string) *locked {
	t.Helper()
	l := &locked{bench: newBench(t)}
	l.Lock = model.NewLock(t.Context(), &l.bench.Queue, folder{dir})
	l.OnChange = func() {}
	l.OnOpen = func(*model.Desk) { l.opened++ }
	return l
}

func TestLock(t *testing.T) {
	dir := t.TempDir()
	tests := []struct {
		name   string
		do     func(*locked)
		opened int
		want   diagnostics.ErrorCode
	}{
		{"a weak phrase", func(l *locked) { l.Create("trop court", "trop court") }, 0, diagnostics.CodeInvalid},
		{"two different phrases", func(l *locked) { l.Create(passphrase, passphrase+" bis") }, 0, diagnostics.CodeInvalid},
		{"the notebook is made", func(l *locked) { l.Create(passphrase, passphrase) }, 1, ""},
		{"a wrong phrase", func(l *locked) { l.Unlock("une tout autre phrase longue") }, 0, diagnostics.CodeUnauthorized},
		{"the right phrase", func(l *locked) { l.Unlock(passphrase) }, 1, ""},
	}
	for i, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := newLock(t, dir)
			if l.Creating != (i <= 2) {
				t.Errorf("creating: %v", l.Creating)
			}
			tt.do(l)
			l.Wait()
			l.bench.Drain()
			if l.opened != tt.opened || diagnostics.Code(l.Err) != tt.want {
				t.Errorf("opened %d times, error %v", l.opened, l.Err)
			}
			if l.Busy {
				t.Error("the screen is still busy")
			}
		})
	}
}

// The recovery sheet opens the notebook and gives it another passphrase; a
// mistyped code says which group is wrong.
func TestRecoverySheet(t *testing.T) {
	dir := t.TempDir()
	v, err := folder{dir}.folder().Create(passphrase)
	if err != nil {
		t.Fatal(err)
	}
	code, err := v.NewRecoveryCode()
	if err != nil {
		t.Fatal(err)
	}
	const other = "une autre phrase de passe"
	tests := []struct {
		name   string
		do     func(*locked)
		opened int
		want   diagnostics.ErrorCode
	}{
		{"a mistyped code", func(l *locked) { l.Recover("ABCD", other, other) }, 0, diagnostics.CodeInvalid},
		{"a weak new phrase", func(l *locked) { l.Recover(code, "court", "court") }, 0, diagnostics.CodeInvalid},
		{"two different new phrases", func(l *locked) { l.Recover(code, other, other+" bis") }, 0, diagnostics.CodeInvalid},
		{"the right code", func(l *locked) { l.Recover(code, other, other) }, 1, ""},
		{"the old phrase", func(l *locked) { l.Unlock(passphrase) }, 0, diagnostics.CodeUnauthorized},
		{"the new phrase", func(l *locked) { l.Unlock(other) }, 1, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := newLock(t, dir)
			l.Forgot()
			if !l.Recovering || l.Creating {
				t.Error("the screen does not ask for the sheet")
			}
			tt.do(l)
			l.Wait()
			l.bench.Drain()
			if l.opened != tt.opened || diagnostics.Code(l.Err) != tt.want {
				t.Errorf("opened %d times, error %v", l.opened, l.Err)
			}
		})
	}
}

// shelf is a folder of notebooks, one for each symbol.
type shelf struct {
	folder
	chosen string
}

func (s *shelf) Exists() bool { return s.chosen == "ancre" || s.chosen == "lune" }
func (s *shelf) Symbols() (there, free []string) {
	return []string{"ancre", "lune"}, []string{"feuille", "cloche"}
}
func (s *shelf) Choose(symbol string) { s.chosen = symbol }

func TestSymbols(t *testing.T) {
	bench := newBench(t)
	s := &shelf{}
	m := model.NewLock(t.Context(), &bench.Queue, s)
	m.OnChange = func() {}
	if m.Creating || m.Symbol != "ancre" || s.chosen != "ancre" {
		t.Errorf("begins with %q, creating %t", m.Symbol, m.Creating)
	}
	m.Choose("lune")
	if s.chosen != "lune" {
		t.Errorf("opens %q", s.chosen)
	}
	m.Begin()
	if !m.Creating || s.chosen != "feuille" {
		t.Errorf("makes %q, creating %t", s.chosen, m.Creating)
	}
	m.Return()
	if m.Creating || s.chosen != "ancre" {
		t.Errorf("back at %q, creating %t", s.chosen, m.Creating)
	}
}
