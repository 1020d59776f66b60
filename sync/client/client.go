// Package client exchanges a notebook's operations with the central API: it
// drives the pure engine of sync/replica over HTTP, retries within bounds,
// renews its token, wraps team keys for other devices and tells how far it is.
//
// It refuses to trust a network: an answer that is not whole, not JSON or not
// from the server is a network failure and changes nothing. It never wipes
// local work, whatever the server says, and it never sends a value in clear
// that the notebook sealed.
package client

import (
	"context"
	"time"

	"solidaren/sync/wire"
)

// Settings are the notebook's small texts by key.
type Settings interface {
	// Setting gives "" for an absent key.
	Setting(ctx context.Context, key string) (string, error)
	// SetSettings keeps all or none; "" deletes a key.
	SetSettings(ctx context.Context, values map[string]string) error
}

// Notebook is what a sync needs of the device's store.
type Notebook interface {
	Settings
	// PendingOps gives own operations after a number in order, at least one if
	// there is one.
	PendingOps(ctx context.Context, after int64, maxOps, maxBytes int) ([]wire.Op, error)
	// OpNumbers gives the highest number of the own log, and the highest that
	// the server has.
	OpNumbers(ctx context.Context) (last, acked int64, err error)
	// Anchor gives the anchor of the own log up to an operation, "" if the log
	// does not hold it.
	Anchor(ctx context.Context, n int64) (string, error)
	Cursors(ctx context.Context) (map[string]int64, error)
	// HeldNumbers gives the own operations that the server has set aside and nobody
	// has decided about.
	HeldNumbers(ctx context.Context) ([]int64, error)
	// Clean reports whether nothing of what was erased is left in the files.
	Clean(ctx context.Context) (bool, error)
	// ApplyReply takes a reply in, in one transaction.
	ApplyReply(ctx context.Context, reply wire.SyncReply) (wire.Applied, error)
	// Reproject opens sealed values again after a key arrived.
	Reproject(ctx context.Context) (int, error)
}

// settingEpoch is the one setting of a sync that the store writes, with the
// reply that it belongs to.
const settingEpoch = "sync.epoch"

// Report tells what a sync did so far.
type Report struct {
	Pushed    int   `json:"pushed"`             // operations that the server took
	ToPush    int   `json:"to_push"`            // operations that remain
	Pulled    int   `json:"pulled"`             // records received
	Held      int   `json:"held"`               // own operations that the server set aside
	Released  int   `json:"released,omitempty"` // own operations that were held, which a coordinator applied
	Dropped   int   `json:"dropped,omitempty"`  // and left out
	Conflicts int   `json:"conflicts"`          // received records with two answers
	Requests  int   `json:"requests"`
	BytesUp   int64 `json:"bytes_up"` // on the connection, headers included
	BytesDown int64 `json:"bytes_down"`
	Done      bool  `json:"done"` // nothing remained
}

// Progress is called after each step of a sync, on the goroutine of the sync.
type Progress func(Report)

// Patience is how long a sync bears with a bad network.
type Patience struct {
	Attempt time.Duration // of one request, whole
	Answer  time.Duration // until the answer begins
	Tries   int           // failures in a row before giving up
	Pause   time.Duration // first step of the back-off, doubled each time
	Longest time.Duration // longest step of the back-off
}

// defaultPatience suits a person who waits at the screen: a dead server is told
// within seconds, a slow one within about a minute.
var defaultPatience = Patience{
	Attempt: time.Minute, Answer: 15 * time.Second, Tries: 5,
	Pause: 300 * time.Millisecond, Longest: 5 * time.Second,
}
