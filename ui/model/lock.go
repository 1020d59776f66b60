package model

import (
	"context"
	"sync"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/vault"
)

// Vault is the notebook's folder as the lock screen sees it.
type Vault interface {
	// Exists tells whether there is a notebook to unlock.
	Exists() bool
	// Create makes one. Errors: invalid (weak passphrase), conflict.
	Create(ctx context.Context, passphrase string) (*Desk, error)
	// Unlock opens it. Errors: unauthorized, conflict (open elsewhere), corrupt.
	Unlock(ctx context.Context, passphrase string) (*Desk, error)
	// Check refuses a passphrase that is too weak. Errors: invalid.
	Check(passphrase string) error
	// Recover opens it by the code of its recovery sheet and gives it a new
	// passphrase. Errors: as Unlock, invalid (a typing mistake, a weak passphrase),
	// not_found (it has no sheet).
	Recover(ctx context.Context, code, passphrase string) (*Desk, error)
	// Delay is how long the next try has to wait for, after wrong ones.
	Delay() time.Duration
	// Propose draws a passphrase.
	Propose() string
	// Symbols lists the notebooks of a shared laptop by their symbols, and the
	// symbols that are free; both are nil where the folder is that of one notebook.
	Symbols() (there, free []string)
	// Choose says which notebook is meant.
	Choose(symbol string)
	// Folder is where the notebook is that is meant.
	Folder() string
}

// Rotator is a Vault that can give a closed notebook another data key.
type Rotator interface {
	// Rotate seals the notebook anew, opens it, and gives its new recovery code.
	// progress hears how much is written of how much. Errors: as Unlock, too_large
	// (the disk is full); the notebook is then as it was.
	Rotate(ctx context.Context, passphrase string, progress func(written, whole int64)) (*Desk, string, error)
}

// Rescuer is a Vault that can take what is left out of a damaged notebook.
type Rescuer interface {
	// Rescue makes a new notebook of it, opened by passphrase, and opens that. The
	// damaged one is opened by its recovery code, or by the same passphrase where
	// code is "". Errors: as Unlock and Create.
	Rescue(ctx context.Context, code, passphrase string) (*Desk, Rescued, error)
}

// Rescued tells what was taken out of a damaged notebook, and into what.
type Rescued struct {
	store.Rescued
	Folder string // of the new notebook
	Symbol string // its symbol, "" for none
}

// Lock is the first screen: it makes the notebook or opens it.
type Lock struct {
	Vault    Vault
	OnChange func()
	OnOpen   func(*Desk)
	OnCreate func(*Desk)  // a notebook was just made; nil: as OnOpen
	Seal     func() error // begins to record without opening the notebook
	OnRescue func(Rescued)

	Creating   bool     // a notebook is to be made
	Recovering bool     // the passphrase was forgotten
	Symbol     string   // of the notebook that is meant, "" for none
	There      []string // symbols of the notebooks that there are
	Free       []string // symbols that a new one can have
	Busy       bool     // the passphrase is being checked
	Err        error    // why it did not open
	Damaged    bool     // it is damaged, and can be rescued

	made    bool     // what runs makes a notebook
	rescued *Rescued // what a rescue that runs has taken out
	scope   *Scope
	workers sync.WaitGroup
	command Command
}

// NewLock makes the screen over the notebook's folder.
func NewLock(ctx context.Context, d Dispatcher, v Vault) *Lock {
	m := &Lock{Vault: v}
	m.There, m.Free = v.Symbols()
	if len(m.There) > 0 {
		m.choose(m.There[0])
	} else if len(m.Free) > 0 {
		m.choose(m.Free[0])
	}
	m.Creating = !v.Exists()
	m.scope = NewScope(ctx, d, &m.workers)
	return m
}

// Close stops what runs.
func (m *Lock) Close() { m.scope.Close() }

// Wait returns when nothing runs any more.
func (m *Lock) Wait() { m.workers.Wait() }

func (m *Lock) choose(symbol string) {
	m.Symbol = symbol
	m.Vault.Choose(symbol)
}

// Choose says which notebook is meant, or which symbol a new one gets.
func (m *Lock) Choose(symbol string) {
	if !m.Busy {
		m.choose(symbol)
		m.Err = nil
		m.OnChange()
	}
}

// Begin goes to the making of a notebook beside those that there are.
func (m *Lock) Begin() {
	if len(m.Free) > 0 {
		m.Creating, m.Recovering = true, false
		m.Choose(m.Free[0])
	}
}

// Forgot goes to the opening by the recovery sheet.
func (m *Lock) Forgot() {
	m.Recovering, m.Err = true, nil
	m.OnChange()
}

// Return goes back to the opening by the passphrase.
func (m *Lock) Return() {
	m.Recovering, m.Creating = false, len(m.There) == 0 && !m.Vault.Exists()
	if len(m.There) > 0 {
		m.choose(m.There[0])
	}
	m.Err = nil
	m.OnChange()
}

// Recover opens by the recovery sheet and sets a new passphrase, typed twice.
func (m *Lock) Recover(code, passphrase, again string) {
	if m.agreed(passphrase, again) {
		m.run(func(ctx context.Context) (*Desk, error) { return m.Vault.Recover(ctx, code, passphrase) })
	}
}

// Unlock tries the passphrase.
func (m *Lock) Unlock(passphrase string) {
	m.run(func(ctx context.Context) (*Desk, error) { return m.Vault.Unlock(ctx, passphrase) })
}

// Rescue takes what can be read out of a damaged notebook into a new one; code is
// that of the recovery sheet where the passphrase is not known.
func (m *Lock) Rescue(code, passphrase string) {
	rescuer, ok := m.Vault.(Rescuer)
	if !ok || m.Busy {
		return
	}
	var done Rescued
	m.run(func(ctx context.Context) (desk *Desk, err error) {
		desk, done, err = rescuer.Rescue(ctx, code, passphrase)
		return desk, err
	})
	m.rescued = &done
}

// Record begins to record without opening the notebook.
func (m *Lock) Record() {
	if m.Busy || m.Creating || m.Recovering {
		return
	}
	if err := m.Seal(); err != nil {
		m.refuse(err)
	}
}

// Sealed is how many records wait for the opening.
func (m *Lock) Sealed() int { return vault.CountCaptured(m.Vault.Folder()) }

// Create makes the notebook; the passphrase is typed twice.
func (m *Lock) Create(passphrase, again string) {
	if m.agreed(passphrase, again) {
		m.made = true
		m.run(func(ctx context.Context) (*Desk, error) { return m.Vault.Create(ctx, passphrase) })
	}
}

// agreed tells whether a new passphrase can be taken.
func (m *Lock) agreed(passphrase, again string) bool {
	if err := m.Vault.Check(passphrase); err != nil {
		m.refuse(err)
		return false
	}
	if passphrase != again {
		m.refuse(phrasesDiffer())
		return false
	}
	return true
}

func phrasesDiffer() error {
	return diagnostics.E("model.Lock.Create", diagnostics.CodeInvalid,
		"Les deux phrases ne sont pas les mêmes. Retapez la seconde.",
		"The two passphrases differ. Type the second one again.", nil)
}

func (m *Lock) run(open func(context.Context) (*Desk, error)) {
	if m.Busy {
		return
	}
	m.Busy, m.Err = true, nil
	m.OnChange()
	Run(m.scope, &m.command, open, func(desk *Desk, err error) {
		m.Busy, m.Err = false, err
		m.Creating = m.Creating && !m.Vault.Exists()
		_, can := m.Vault.(Rescuer)
		m.Damaged = can && diagnostics.Code(err) == diagnostics.CodeCorrupt
		m.OnChange()
		rescued, open := m.rescued, m.OnOpen
		if m.made && m.OnCreate != nil {
			open = m.OnCreate
		}
		m.rescued, m.made = nil, false
		if err == nil {
			open(desk)
		}
		if err == nil && rescued != nil && m.OnRescue != nil {
			m.OnRescue(*rescued)
		}
	})
}

func (m *Lock) refuse(err error) {
	m.Err = err
	m.OnChange()
}
