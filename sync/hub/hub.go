// Package hub is the central API: it takes the operations of each device in
// order, keeps every concurrent value of a field, numbers the changes of each
// team and hands them to the team's devices (SYNC.md §2).
//
// It refuses to show anything without a token, to let a device reach another
// team's records, and to keep a name that comes unsealed. It never opens a
// sealed value: it has no key. It knows no SQL; hub/sqlite does.
package hub

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"solidaren/diagnostics"
)

// Times and sizes that the hub promises.
const (
	InviteLife  = 24 * time.Hour
	TokenLife   = time.Hour
	nonceLife   = 2 * time.Minute
	secretBytes = 16      // of an invite: 128 bits
	tokenBytes  = 32      // 256 bits
	maxPage     = 1 << 20 // bytes of record states in one reply
	maxWanted   = 200     // envelopes asked of a device in one reply
)

// Keys of the server's own settings.
const (
	settingEpoch    = "epoch"
	settingNonceKey = "nonce_key"
)

// Options are what a Hub needs beside its store; every zero value has a default.
type Options struct {
	Clock  diagnostics.Clock
	Log    *slog.Logger
	Pushes int // calls served at once, 4 a core by default
	// Erasures is the list of what was erased outside of the store; without it an
	// older store that is put back brings back whom it holds.
	Erasures Erasures
}

// Hub serves the central API over a Store.
type Hub struct {
	store    Store
	now      diagnostics.Clock
	log      *slog.Logger
	slots    chan struct{}
	epoch    string
	nonceKey []byte
	erasures Erasures
	wiping   sync.Mutex
}

// New makes a Hub and, in a fresh store, its epoch and its secret.
func New(ctx context.Context, store Store, o Options) (*Hub, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.NewJSONHandler(io.Discard, nil))
	}
	if o.Pushes == 0 {
		o.Pushes = 4 * runtime.GOMAXPROCS(0)
	}
	h := &Hub{store: store, now: o.Clock, log: o.Log, slots: make(chan struct{}, o.Pushes), erasures: o.Erasures}
	err := store.Update(ctx, func(tx Tx) error {
		epoch, err := ensureSetting(ctx, tx, settingEpoch, []byte(diagnostics.NewID()))
		if err != nil {
			return err
		}
		h.epoch = string(epoch)
		h.nonceKey, err = ensureSetting(ctx, tx, settingNonceKey, random(32))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("hub: open: %w", err)
	}
	if err := h.replay(ctx); err != nil {
		return nil, fmt.Errorf("hub: open: %w", err)
	}
	return h, h.wipeIfDue(ctx)
}

func ensureSetting(ctx context.Context, tx Tx, key string, fresh []byte) ([]byte, error) {
	value, err := tx.Setting(ctx, key)
	if err != nil || value != nil {
		return value, err
	}
	return fresh, tx.SetSetting(ctx, key, fresh)
}

// random gives n bytes from the system; it never fails (crypto/rand.Read).
func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return b
}
