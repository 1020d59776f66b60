package hub_test

import (
	"fmt"
	"sync"
	"testing"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// TestPages: pages follow each other without a hole and without an overlap, and
// none is much larger than asked.
func TestPages(t *testing.T) {
	w := newWorld(t)
	l := w.laptop(t, "Nord", diagnostics.RoleWorker)
	const records = 60
	for n := range int64(records / 2) {
		w.mustSync(t, l, request(l, card(2*n+1, diagnostics.NewID(), "gender", "w"), card(2*n+2, diagnostics.NewID(), "gender", "m")))
	}
	reader := w.laptop(t, "Nord", diagnostics.RoleCoordinator)
	var seen, cursor int64
	for more := true; more; {
		req := request(reader)
		req.Cursors, req.LimitBytes = map[string]int64{"Nord": cursor}, 2000
		reply := w.mustSync(t, reader, req)
		page := reply.Changes["Nord"]
		if len(page) == 0 || len(page) > 10 {
			t.Fatalf("a page of %d records", len(page))
		}
		for _, r := range page {
			if seen++; r.Seq != seen {
				t.Fatalf("record number %d follows %d", r.Seq, seen-1)
			}
		}
		cursor, more = reply.Cursors["Nord"], reply.More
	}
	if seen != records || cursor != records {
		t.Errorf("saw %d records, cursor %d; want %d", seen, cursor, records)
	}
	req := request(reader)
	req.Cursors, req.LimitBytes = map[string]int64{"Nord": 0}, 1
	if reply := w.mustSync(t, reader, req); len(reply.Changes["Nord"]) != 1 || !reply.More {
		t.Errorf("a page of one byte holds %d records, more %v; want one and more", len(reply.Changes["Nord"]), reply.More)
	}
}

// TestGapFree: numbers are taken one after the other also when several devices
// push at once, and a reader that pulls meanwhile misses nothing.
func TestGapFree(t *testing.T) {
	w := newWorld(t)
	const devices, pushes = 4, 15
	var writers sync.WaitGroup
	for range devices {
		l := w.laptop(t, "Nord", diagnostics.RoleWorker)
		device := w.reload(t, l)
		writers.Go(func() {
			for n := range int64(pushes) {
				if _, err := w.Sync(t.Context(), device, request(l, card(n+1, diagnostics.NewID(), "gender", "w"))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	reader := w.laptop(t, "Nord", diagnostics.RoleWorker)
	device := w.reload(t, reader)
	var seen int64
	for seen < devices*pushes && !t.Failed() {
		req := request(reader)
		req.Cursors = map[string]int64{"Nord": seen}
		reply, err := w.Sync(t.Context(), device, req)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range reply.Changes["Nord"] {
			if seen++; r.Seq != seen {
				t.Fatalf("record number %d follows %d", r.Seq, seen-1)
			}
		}
	}
	writers.Wait()
}

// TestTeams: a team neither sees nor reaches what another team has, even when
// it knows the id of a record.
func TestTeams(t *testing.T) {
	w := newWorld(t)
	north, south := w.laptop(t, "Nord", diagnostics.RoleWorker), w.laptop(t, "Sud", diagnostics.RoleCoordinator)
	rec := diagnostics.NewID()
	w.mustSync(t, north, request(north, card(1, rec, "gender", "w")))
	req := request(south, op(1, wire.OpErase, diagnostics.TypePerson, rec, nil))
	req.Cursors = map[string]int64{"Nord": 0, "Sud": 0}
	reply := w.mustSync(t, south, req)
	if _, ok := reply.Changes["Nord"]; ok || len(reply.Devices) != 1 {
		t.Errorf("the south sees %+v", reply)
	}
	back := w.mustSync(t, north, request(north))
	if r := back.Changes["Nord"]; len(r) != 1 || r[0].Gone != "" || len(back.Devices) != 1 {
		t.Errorf("the north has %+v", back)
	}
}

// TestNoKeyNoRecords: a role without the key is given no record and no envelope,
// and cannot be sent one.
func TestNoKeyNoRecords(t *testing.T) {
	for _, role := range []diagnostics.Role{diagnostics.RoleResearcher, diagnostics.RoleAdmin} {
		t.Run(string(role), func(t *testing.T) {
			w := newWorld(t)
			a, r := w.laptop(t, "Nord", diagnostics.RoleWorker), w.laptop(t, "Nord", role)
			req := request(a, card(1, diagnostics.NewID(), "gender", "w"))
			req.Envelopes = []wire.Envelope{{Key: "k", Device: a.ID, Body: "AAAA"}}
			if reply := w.mustSync(t, a, req); len(reply.Wanted) != 0 {
				t.Errorf("wanted %v", reply.Wanted)
			}
			forced := request(a)
			forced.Envelopes = []wire.Envelope{{Key: "k", Device: r.ID, Body: "AAAA"}}
			if p := w.problem(t, a, forced); p.Code != "forbidden" {
				t.Errorf("a key for a %s: %+v", role, p)
			}
			own := request(r)
			own.Envelopes = []wire.Envelope{{Key: "k2", Device: a.ID, Body: "AAAA"}}
			if p := w.problem(t, r, own); p.Code != "forbidden" {
				t.Errorf("a key from a %s: %+v", role, p)
			}
			reply := w.mustSync(t, r, request(r))
			if len(reply.Changes) != 0 || len(reply.Envelopes) != 0 || len(reply.Cursors) != 0 {
				t.Errorf("a %s pulled %+v", role, reply)
			}
		})
	}
}

// TestEnvelopes: a key that one device announces is wanted for the others; who
// has it may give it; it is given once and cannot be replaced.
func TestEnvelopes(t *testing.T) {
	w := newWorld(t)
	a, b := w.laptop(t, "Nord", diagnostics.RoleWorker), w.laptop(t, "Nord", diagnostics.RoleWorker)
	other := w.laptop(t, "Sud", diagnostics.RoleWorker)
	req := request(a)
	req.Envelopes = []wire.Envelope{{Key: "k", Device: a.ID, Body: "own"}}
	reply := w.mustSync(t, a, req)
	if len(reply.Wanted) != 1 || reply.Wanted[0] != (wire.Wanted{Key: "k", Device: b.ID}) {
		t.Fatalf("wanted %v", reply.Wanted)
	}
	if got := w.mustSync(t, b, request(b)); len(got.Wanted) != 0 || len(got.Envelopes) != 0 {
		t.Errorf("who has no key is asked for %v", got.Wanted)
	}
	for i, body := range []string{"first", "second"} {
		req.Envelopes = []wire.Envelope{{Key: "k", Device: b.ID, Team: "Sud", From: "somebody", Body: body}}
		if reply = w.mustSync(t, a, req); len(reply.Wanted) != 0 {
			t.Errorf("after envelope %d still wanted: %v", i, reply.Wanted)
		}
	}
	got := w.mustSync(t, b, request(b))
	want := wire.Envelope{Key: "k", Team: "Nord", Device: b.ID, From: a.ID, Body: "first"}
	if len(got.Envelopes) != 1 || got.Envelopes[0] != want {
		t.Errorf("got %+v, want %+v", got.Envelopes, want)
	}
	next := request(b)
	next.Members = got.Members
	if again := w.mustSync(t, b, next); len(again.Envelopes) != 0 || len(again.Devices) != 0 {
		t.Errorf("nothing changed, yet got %+v", again)
	}
	req.Envelopes = []wire.Envelope{{Key: "k", Device: other.ID, Body: "x"}}
	if p := w.problem(t, a, req); p.Code != "forbidden" {
		t.Errorf("a key for another team: %+v", p)
	}
}

// TestEpoch: another epoch, and a cursor ahead of the server, send the device
// back to the beginning with what the server has of it.
func TestEpoch(t *testing.T) {
	w := newWorld(t)
	l := w.laptop(t, "Nord", diagnostics.RoleWorker)
	epoch := w.mustSync(t, l, request(l, card(1, diagnostics.NewID(), "gender", "w"))).Epoch
	tests := []struct {
		name    string
		epoch   string
		cursor  int64
		refused bool
	}{
		{"first call", "", 0, false},
		{"same epoch", epoch, 1, false},
		{"another epoch", "e0", 1, true},
		{"seen more than there is", epoch, 2, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			req := request(l)
			req.Epoch, req.Cursors = tt.epoch, map[string]int64{"Nord": tt.cursor}
			p := w.problem(t, l, req)
			want := wire.Problem{}
			if tt.refused {
				want = wire.Problem{Code: wire.ProblemEpochChanged, Status: 409, Epoch: epoch, Acked: 1}
			}
			p.Title, p.Detail = "", ""
			if p != want {
				t.Errorf("got %+v, want %+v", p, want)
			}
		})
	}
}

// TestOldProgram: a program that is too old to receive may still send.
func TestOldProgram(t *testing.T) {
	w := newWorld(t)
	l := w.laptop(t, "Nord", diagnostics.RoleWorker)
	req := request(l, card(1, diagnostics.NewID(), "gender", "w"))
	req.Proto = 1
	if reply := w.mustSync(t, l, req); reply.Acked != 1 || len(reply.Changes) != 0 {
		t.Errorf("got %+v", reply)
	}
	req.Ops = nil
	if p := w.problem(t, l, req); p.Code != wire.ProblemTooOld || p.Status != 426 {
		t.Errorf("pull: %s", fmt.Sprint(p))
	}
}
