package model

import (
	"context"
	"sync"

	"solidaren/diagnostics"
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
}

// Lock is the first screen: it makes the notebook or opens it.
type Lock struct {
	Vault    Vault
	OnChange func()
	OnOpen   func(*Desk)

	Creating bool  // there is no notebook yet
	Busy     bool  // the passphrase is being checked
	Err      error // why it did not open

	scope   *Scope
	workers sync.WaitGroup
	command Command
}

// NewLock makes the screen over the notebook's folder.
func NewLock(ctx context.Context, d Dispatcher, v Vault) *Lock {
	m := &Lock{Vault: v, Creating: !v.Exists()}
	m.scope = NewScope(ctx, d, &m.workers)
	return m
}

// Close stops what runs.
func (m *Lock) Close() { m.scope.Close() }

// Wait returns when nothing runs any more.
func (m *Lock) Wait() { m.workers.Wait() }

// Unlock tries the passphrase.
func (m *Lock) Unlock(passphrase string) {
	m.run(func(ctx context.Context) (*Desk, error) { return m.Vault.Unlock(ctx, passphrase) })
}

// Create makes the notebook; the passphrase is typed twice.
func (m *Lock) Create(passphrase, again string) {
	if err := m.Vault.Check(passphrase); err != nil {
		m.refuse(err)
		return
	}
	if passphrase != again {
		m.refuse(diagnostics.E("model.Lock.Create", diagnostics.CodeInvalid,
			"Les deux phrases ne sont pas les mêmes. Retapez la seconde.",
			"The two passphrases differ. Type the second one again.", nil))
		return
	}
	m.run(func(ctx context.Context) (*Desk, error) { return m.Vault.Create(ctx, passphrase) })
}

func (m *Lock) run(open func(context.Context) (*Desk, error)) {
	if m.Busy {
		return
	}
	m.Busy, m.Err = true, nil
	m.OnChange()
	Run(m.scope, &m.command, open, func(desk *Desk, err error) {
		m.Busy, m.Err = false, err
		m.Creating = !m.Vault.Exists()
		m.OnChange()
		if err == nil {
			m.OnOpen(desk)
		}
	})
}

func (m *Lock) refuse(err error) {
	m.Err = err
	m.OnChange()
}
