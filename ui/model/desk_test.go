package model_test

import (
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/vault"
	"solidaren/sync/client"
	"solidaren/ui/model"
)

const passphrase = "cinq mots font une phrase"

// now is the evening on which the tests take place.
var now = time.Date(2026, 11, 23, 21, 30, 0, 0, time.Local)

// desk is an open notebook with the real store below, in a folder of the test.
type desk struct {
	*model.Desk
	model.Queue
	dir string
	t   *testing.T
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	dir := t.TempDir()
	v, err := vault.Create(dir, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	return openDesk(t, dir, v)
}

// reopen is what a second start of the program finds, after the first one ended
// without a goodbye.
func (d *desk) reopen() *desk {
	d.t.Helper()
	if err := d.Close(time.Second); err != nil {
		d.t.Fatal(err)
	}
	v, err := vault.Open(d.dir, passphrase)
	if err != nil {
		d.t.Fatal(err)
	}
	return openDesk(d.t, d.dir, v)
}

func openDesk(t *testing.T, dir string, v *vault.Vault) *desk {
	t.Helper()
	clock := func() time.Time { return now }
	nb, err := store.Open(t.Context(), v, store.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	member, err := client.LoadMember(t.Context(), nb)
	if err != nil {
		t.Fatal(err)
	}
	nb.UseSealer(member.Keyring())
	d := &desk{dir: dir, t: t}
	d.Desk = &model.Desk{
		Dispatcher: &d.Queue, Notebook: nb, Member: member, Forms: forms, Clock: clock,
		Lang: func() string { return "fr" }, Shut: func() error { v.Close(); return nb.Close() },
	}
	d.Open(t.Context())
	t.Cleanup(func() { _ = d.Close(time.Second) })
	return d
}

// forms are compiled once for all tests.
var forms = model.NewCatalogue()

// settle waits for the work that was started and applies it, and what follows.
func (d *desk) settle() {
	d.t.Helper()
	for {
		d.Settle()
		if d.Drain() == 0 {
			return
		}
	}
}

// opener is a screen's model.
type opener interface {
	Open()
	Failing(func(string, error))
}

// open starts a model that must not fail.
func open[M opener](d *desk, m M) M {
	d.t.Helper()
	m.Failing(func(op string, err error) {
		d.t.Helper()
		d.t.Errorf("%s: %v", op, err)
	})
	m.Open()
	return m
}

func (d *desk) create(recordType string, fields diagnostics.Values) diagnostics.Record {
	d.t.Helper()
	r, err := d.Notebook.Create(d.t.Context(), diagnostics.Record{Type: recordType, Fields: fields})
	if err != nil {
		d.t.Fatal(err)
	}
	return r
}
