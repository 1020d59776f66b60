// Package replica is the pure engine of a sync: it decides what a device does
// next from what just happened. Step has no clock, disk or network of its own;
// the driver (sync/client, or a simulator) carries out each action and reports
// back with an event.
//
// It never gives up work: whatever fails, the operations stay where they are
// and the state only tells from which number to go on.
package replica

import (
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// Sizes of a push in bytes of JSON, and how often the engine tries.
const (
	startBatch = 256 << 10
	maxBatch   = 2 << 20
	minBatch   = 1 << 10
	maxRepeats = 3 // refusals in a row that the engine answers by itself
)

// longestWait is how long the engine lets a server make it wait; a sync that is
// asked to come back later than that ends.
const longestWait = time.Minute

// State is what the engine remembers between steps.
type State struct {
	Tries    int   // network failures in a row after which it gives up
	Last     int64 // highest number in the device's own log
	Acked    int64 // highest number that the server has
	Batch    int   // bytes that the next push may carry
	Failures int   // network failures in a row
	Repeats  int   // refusals in a row
	Renewed  bool  // the token was renewed since the last reply
}

// Event is what happened.
type Event interface{ event() }

// Events.
type (
	// Started begins a sync.
	Started struct {
		Last, Acked int64
		Tries       int
	}
	// Replied says that the server answered and the notebook took it in.
	Replied struct {
		Last, Acked int64
		More        bool // the server has further changes
		Owed        bool // keys are to be wrapped for other devices
		Moved       bool // numbers or cursors moved, or keys were sent
	}
	// Refused says that the server answered with a problem.
	Refused struct {
		Problem wire.Problem
	}
	// Failed says that no whole answer came.
	Failed struct {
		Code       diagnostics.ErrorCode // offline or timeout
		RetryAfter time.Duration         // asked by the server, 0 if not
	}
	// Renewed says that there is a new token.
	Renewed struct{}
	// Reset says that the notebook took in the server's new epoch.
	Reset struct{ Last, Acked int64 }
	// Waited says that the wait is over.
	Waited struct{}
)

func (Started) event() {}
func (Replied) event() {}
func (Refused) event() {}
func (Failed) event()  {}
func (Renewed) event() {}
func (Reset) event()   {}
func (Waited) event()  {}

// Action is what the driver does next.
type Action interface{ action() }

// Actions.
type (
	// Send posts one request with the operations after a number; MaxBytes
	// bounds what is sent and the page that is asked for.
	Send struct {
		After    int64
		MaxOps   int
		MaxBytes int
	}
	// Renew gets a new token.
	Renew struct{}
	// Restart takes in the server's epoch and pulls from the beginning.
	Restart struct {
		Epoch, Anchor string
		Acked         int64
	}
	// Wait waits a random time up to the Failures-th step of the back-off, and
	// at least AtLeast.
	Wait struct {
		Failures int
		AtLeast  time.Duration
	}
	// Finish ends the sync: nothing remains.
	Finish struct{}
	// GiveUp ends the sync here; what was acked stays.
	GiveUp struct {
		Code    diagnostics.ErrorCode
		Problem string // code of the problem that ended it, "" if none
	}
)

func (Send) action()    {}
func (Renew) action()   {}
func (Restart) action() {}
func (Wait) action()    {}
func (Finish) action()  {}
func (GiveUp) action()  {}

// Step gives the next state and what to do.
func Step(s State, e Event) (State, Action) {
	switch e := e.(type) {
	case Started:
		s = State{Tries: e.Tries, Last: e.Last, Acked: e.Acked, Batch: startBatch}
		return s, s.send()
	case Replied:
		return s.replied(e)
	case Refused:
		return s.refused(e.Problem)
	case Failed:
		return s.failed(e)
	case Renewed:
		s.Renewed = true
		return s, s.send()
	case Reset:
		s.Last, s.Acked = e.Last, e.Acked
		return s, s.send()
	default: // Waited
		return s, s.send()
	}
}

func (s State) send() Action { return Send{After: s.Acked, MaxOps: wire.MaxOps, MaxBytes: s.Batch} }

func (s State) replied(e Replied) (State, Action) {
	s.Last, s.Acked = e.Last, e.Acked
	s.Failures, s.Renewed = 0, false
	s.Batch = min(s.Batch*2, maxBatch)
	if e.Acked > e.Last {
		// the server has operations that this log does not: the notebook is an
		// older copy of itself
		return s, GiveUp{Code: diagnostics.CodeConflict, Problem: wire.ProblemDeviceForked}
	}
	if !e.More && !e.Owed && e.Acked == e.Last {
		return s, Finish{}
	}
	if !e.Moved {
		s.Repeats++
		if s.Repeats >= maxRepeats {
			return s, GiveUp{Code: diagnostics.CodeInternal}
		}
		return s, s.send()
	}
	s.Repeats = 0
	return s, s.send()
}

func (s State) refused(p wire.Problem) (State, Action) {
	s.Repeats++
	tired := s.Repeats > maxRepeats
	switch {
	case p.Code == wire.ProblemGap && !tired:
		s.Acked = p.Expected - 1
		return s, s.send()
	case p.Code == wire.ProblemEpochChanged && !tired:
		return s, Restart{Epoch: p.Epoch, Acked: p.Acked, Anchor: p.Anchor}
	case p.Code == string(diagnostics.CodeUnauthorized) && !s.Renewed:
		return s, Renew{}
	case p.Code == string(diagnostics.CodeTooLarge) && s.Batch > minBatch:
		s.Repeats-- // the size halves: this ends by itself
		s.Batch /= 2
		return s, s.send()
	}
	return s, GiveUp{Code: codeOf(p), Problem: p.Code}
}

// codes maps a problem's HTTP status to a code.
var codes = []struct {
	status int
	code   diagnostics.ErrorCode
}{
	{400, diagnostics.CodeInvalid},
	{401, diagnostics.CodeUnauthorized},
	{403, diagnostics.CodeForbidden},
	{404, diagnostics.CodeNotFound},
	{409, diagnostics.CodeConflict},
	{413, diagnostics.CodeTooLarge},
	{422, diagnostics.CodeInvalid},
	{426, diagnostics.CodeForbidden},
}

func codeOf(p wire.Problem) diagnostics.ErrorCode {
	for _, c := range codes {
		if c.status == p.Status {
			return c.code
		}
	}
	return diagnostics.CodeInternal
}

func (s State) failed(e Failed) (State, Action) {
	s.Failures++
	s.Batch = max(s.Batch/2, minBatch)
	if s.Failures >= s.Tries || e.RetryAfter > longestWait {
		return s, GiveUp{Code: e.Code}
	}
	return s, Wait{Failures: s.Failures, AtLeast: e.RetryAfter}
}
