package notebook

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"solidaren/cmd/internal/demo"
	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
)

// Trial is the one-click demo in a folder of its own: a notebook of made-up
// records, which anybody may read.
type Trial struct {
	Dir   string
	Clock diagnostics.Clock
}

// openToAll is the passphrase of every demo. It keeps nothing secret: there is
// nothing to keep.
const openToAll = "une démonstration que chacun peut ouvrir"

// The demo that everybody sees: it is the same everywhere on the same day.
const (
	trialPersons = 300
	trialYears   = 1
	trialSeed    = 1
)

// ready is the file that says that the demo was written to its end.
const ready = "demo"

// There reports whether there is a demo that was written to its end.
func (t Trial) There() bool {
	_, err := os.Stat(filepath.Join(t.Dir, ready))
	return err == nil && vault.Exists(t.Dir)
}

// folder has the cheapest derivation and no keyring: there is no secret.
func (t Trial) folder() vault.Folder { return vault.Folder{Dir: t.Dir, Clock: t.Clock} }

// Open opens the demo, and makes it first where there is none: a year until
// yesterday. What was not written to its end is thrown away. Errors: those of
// Open, and the context's.
func (t Trial) Open(ctx context.Context, progress demo.Progress) (*Opened, error) {
	if t.There() {
		return t.open(ctx)
	}
	if err := t.Discard(ctx); err != nil {
		return nil, err
	}
	opened, err := t.make(ctx, progress)
	if err == nil {
		err = os.WriteFile(filepath.Join(t.Dir, ready), nil, 0o600)
	}
	if err != nil {
		if opened != nil {
			err = errors.Join(err, opened.Close())
		}
		return nil, errors.Join(err, t.Discard(context.WithoutCancel(ctx)))
	}
	return opened, nil
}

func (t Trial) open(ctx context.Context) (*Opened, error) {
	v, err := t.folder().Open(openToAll)
	if err != nil {
		return nil, err
	}
	return open(ctx, v, t.Clock)
}

func (t Trial) make(ctx context.Context, progress demo.Progress) (*Opened, error) {
	v, err := t.folder().Create(openToAll)
	if err != nil {
		return nil, err
	}
	opened, err := open(ctx, v, t.Clock)
	if err != nil {
		return nil, err
	}
	if err := opened.Member.Rehearse(ctx, opened.Store, demo.Team, demo.Laptops()); err != nil {
		return opened, err
	}
	yesterday := t.Clock().AddDate(0, 0, -1)
	_, err = demo.Set(ctx, opened.Store, demo.Options{Persons: trialPersons, Seed: trialSeed, Until: yesterday, Years: trialYears}, progress)
	return opened, err
}

// Discard throws the demo away; one that is not there is no error. Errors:
// conflict (it is open in another program), internal.
func (t Trial) Discard(ctx context.Context) error {
	if vault.Exists(t.Dir) {
		opened, err := t.open(ctx) // whoever else has it open holds it
		if diagnostics.Code(err) == diagnostics.CodeConflict {
			return diagnostics.E("notebook.Trial", diagnostics.CodeConflict,
				"La démonstration est ouverte dans un autre programme. Fermez-le et recommencez.",
				"The demo is open in another program. Close it and try again.", err)
		}
		if err == nil {
			_ = opened.Close() // its files go
		}
	}
	if err := os.RemoveAll(t.Dir); err != nil {
		return diagnostics.E("notebook.Trial", diagnostics.CodeInternal,
			"La démonstration ne s'efface pas de ce poste. Redémarrez-le et recommencez.",
			"The demo cannot be erased from this computer. Restart it and try again.", err)
	}
	return nil
}
