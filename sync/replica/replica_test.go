package replica_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"solidaren/diagnostics"
	"solidaren/sync/replica"
	"solidaren/sync/wire"
)

func start(last, acked int64) (replica.State, replica.Action) {
	return replica.Step(replica.State{}, replica.Started{Last: last, Acked: acked, Tries: 3})
}

// TestSteps: what the engine does after a sequence of events, from 10
// operations of which 4 are acked.
func TestSteps(t *testing.T) {
	refused := func(status int, code string) replica.Event {
		return replica.Refused{Problem: wire.Problem{Status: status, Code: code, Expected: 3, Epoch: "e2", Acked: 2}}
	}
	offline := replica.Failed{Code: diagnostics.CodeOffline}
	const batch = 256 << 10
	tests := []struct {
		name   string
		events []replica.Event
		want   replica.Action
	}{
		{"start", nil, replica.Send{After: 4, MaxOps: wire.MaxOps, MaxBytes: batch}},
		{"all acked", []replica.Event{replica.Replied{Last: 10, Acked: 10, Moved: true}}, replica.Finish{}},
		{
			"a part acked, larger batch",
			[]replica.Event{replica.Replied{Last: 10, Acked: 7, Moved: true}},
			replica.Send{After: 7, MaxOps: wire.MaxOps, MaxBytes: 2 * batch},
		},
		{
			"more to pull",
			[]replica.Event{replica.Replied{Last: 10, Acked: 10, More: true, Moved: true}},
			replica.Send{After: 10, MaxOps: wire.MaxOps, MaxBytes: 2 * batch},
		},
		{
			"keys owed",
			[]replica.Event{replica.Replied{Last: 10, Acked: 10, Owed: true, Moved: true}},
			replica.Send{After: 10, MaxOps: wire.MaxOps, MaxBytes: 2 * batch},
		},
		{
			"recorded meanwhile",
			[]replica.Event{replica.Replied{Last: 11, Acked: 10, Moved: true}},
			replica.Send{After: 10, MaxOps: wire.MaxOps, MaxBytes: 2 * batch},
		},
		{"server takes nothing", []replica.Event{
			replica.Replied{Last: 10, Acked: 4},
			replica.Replied{Last: 10, Acked: 4},
			replica.Replied{Last: 10, Acked: 4},
		}, replica.GiveUp{Code: diagnostics.CodeInternal}},
		{
			"server has more than the log",
			[]replica.Event{replica.Replied{Last: 10, Acked: 12}},
			replica.GiveUp{Code: diagnostics.CodeConflict, Problem: wire.ProblemDeviceForked},
		},
		{"offline", []replica.Event{offline}, replica.Wait{Failures: 1}},
		{
			"offline, then sends half",
			[]replica.Event{offline, replica.Waited{}},
			replica.Send{After: 4, MaxOps: wire.MaxOps, MaxBytes: batch / 2},
		},
		{
			"offline three times",
			[]replica.Event{offline, replica.Waited{}, offline, replica.Waited{}, offline},
			replica.GiveUp{Code: diagnostics.CodeOffline},
		},
		{
			"a success forgets failures",
			[]replica.Event{offline, offline, replica.Replied{Last: 10, Acked: 7, Moved: true}, offline},
			replica.Wait{Failures: 1},
		},
		{
			"server asks for time",
			[]replica.Event{replica.Failed{Code: diagnostics.CodeOffline, RetryAfter: 7 * time.Second}},
			replica.Wait{Failures: 1, AtLeast: 7 * time.Second},
		},
		{
			"server asks for an hour",
			[]replica.Event{replica.Failed{Code: diagnostics.CodeOffline, RetryAfter: time.Hour}},
			replica.GiveUp{Code: diagnostics.CodeOffline},
		},
		{"gap", []replica.Event{refused(409, wire.ProblemGap)}, replica.Send{After: 2, MaxOps: wire.MaxOps, MaxBytes: batch}},
		{"gap without end", []replica.Event{
			refused(409, wire.ProblemGap), refused(409, wire.ProblemGap), refused(409, wire.ProblemGap),
			refused(409, wire.ProblemGap),
		}, replica.GiveUp{Code: diagnostics.CodeConflict, Problem: wire.ProblemGap}},
		{"epoch changed", []replica.Event{refused(409, wire.ProblemEpochChanged)}, replica.Restart{Epoch: "e2", Acked: 2}},
		{
			"after the restart",
			[]replica.Event{refused(409, wire.ProblemEpochChanged), replica.Reset{Last: 10, Acked: 2}},
			replica.Send{After: 2, MaxOps: wire.MaxOps, MaxBytes: batch},
		},
		{"token ended", []replica.Event{refused(401, "unauthorized")}, replica.Renew{}},
		{
			"token renewed",
			[]replica.Event{refused(401, "unauthorized"), replica.Renewed{}},
			replica.Send{After: 4, MaxOps: wire.MaxOps, MaxBytes: batch},
		},
		{
			"new token refused",
			[]replica.Event{refused(401, "unauthorized"), replica.Renewed{}, refused(401, "unauthorized")},
			replica.GiveUp{Code: diagnostics.CodeUnauthorized, Problem: "unauthorized"},
		},
		{"too large", []replica.Event{refused(413, "too_large")}, replica.Send{After: 4, MaxOps: wire.MaxOps, MaxBytes: batch / 2}},
		{
			"revoked",
			[]replica.Event{refused(403, wire.ProblemRevoked)},
			replica.GiveUp{Code: diagnostics.CodeForbidden, Problem: wire.ProblemRevoked},
		},
		{
			"forked",
			[]replica.Event{refused(409, wire.ProblemDeviceForked)},
			replica.GiveUp{Code: diagnostics.CodeConflict, Problem: wire.ProblemDeviceForked},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			state, got := start(10, 4)
			for _, e := range tt.events {
				state, got = replica.Step(state, e)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestEnds: whatever the server and the network answer, a sync ends within a
// bounded number of steps, and one single operation that is too large ends, too.
func TestEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		last := rapid.Int64Range(0, 50).Draw(t, "last")
		acked := rapid.Int64Range(0, last).Draw(t, "acked")
		state, action := start(last, acked)
		moves := 0 // the world may move on only so often
		for range 2000 {
			switch action.(type) {
			case replica.Finish, replica.GiveUp:
				return
			}
			state, action = replica.Step(state, answer(t, action, last, &acked, &moves))
		}
		t.Fatal("2000 steps without an end")
	})
}

// answer draws what may happen after an action.
func answer(t *rapid.T, action replica.Action, last int64, acked *int64, moves *int) replica.Event {
	switch action.(type) {
	case replica.Wait:
		return replica.Waited{}
	case replica.Renew:
		return replica.Renewed{}
	case replica.Restart:
		return replica.Reset{Last: last, Acked: *acked}
	}
	codes := []wire.Problem{
		{Status: 409, Code: wire.ProblemGap, Expected: 1},
		{Status: 409, Code: wire.ProblemEpochChanged},
		{Status: 401, Code: "unauthorized"},
		{Status: 413, Code: "too_large"},
	}
	switch rapid.IntRange(0, 3).Draw(t, "answer") {
	case 0:
		return replica.Failed{Code: diagnostics.CodeTimeout}
	case 1:
		return replica.Refused{Problem: rapid.SampledFrom(codes).Draw(t, "problem")}
	}
	before := *acked
	if *moves++; *moves < 20 {
		*acked = rapid.Int64Range(before, last).Draw(t, "acked")
	}
	return replica.Replied{Last: last, Acked: *acked, Moved: *acked != before}
}
