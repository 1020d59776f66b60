package store_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
	"solidaren/sync/client"
	"solidaren/sync/register"
	"solidaren/sync/wire"
)

// The notebook is what the sync client drives.
var _ client.Notebook = (*store.Notebook)(nil)

// record is a record's state as the server gives it, written by device E.
func record(id, recordType string, ver int64, fields diagnostics.Values) wire.Record {
	r := wire.Record{ID: id, Ver: ver, Seq: ver, Type: recordType, Kind: wire.OpSet, Fields: map[string][]wire.Value{}}
	for name, text := range fields {
		r.Fields[name] = []wire.Value{value(text, ver)}
	}
	return r
}

func value(text string, ver int64) wire.Value {
	v, _ := json.Marshal(text)
	return wire.Value{V: v, Dev: "E", By: "anna", At: dt.Noon.Add(time.Duration(ver) * time.Minute), Ver: ver, Op: fmt.Sprintf("e-%02d", ver)}
}

// reply is a reply of team "nord" that acknowledges up to acked.
func reply(seq int64, records ...wire.Record) wire.SyncReply {
	return wire.SyncReply{Epoch: "e1", Changes: map[string][]wire.Record{"nord": records}, Cursors: map[string]int64{"nord": seq}}
}

func apply(t testing.TB, n *store.Notebook, r wire.SyncReply) wire.Applied {
	t.Helper()
	done, err := n.ApplyReply(t.Context(), r)
	must(t, err)
	return done
}

// push applies all own operations to states as the server does.
func push(t testing.TB, n *store.Notebook, states ...wire.Record) map[string]wire.Record {
	t.Helper()
	out := map[string]wire.Record{}
	for _, s := range states {
		out[s.ID] = s
	}
	for _, op := range pending(t, n) {
		out[op.Rec] = register.Apply(out[op.Rec], op, "D", out[op.Rec].Ver+1)
	}
	return out
}

func TestOpsAreNumberedWithoutAGap(t *testing.T) {
	n := notebook(t)
	ctx := t.Context()
	person := create(t, n, dt.Person(t))
	_, err := n.Create(ctx, person) // refused
	wantCode(t, err, diagnostics.CodeConflict)
	must(t, n.Finish(ctx, "", dt.Maraude(t, person.ID, dt.Need(t, "food"), dt.Need(t, "rights"))))
	_, err = n.Update(ctx, person.ID, diagnostics.Values{"gender": "f"})
	must(t, err)
	ops := pending(t, n)
	for i, op := range ops {
		if op.N != int64(i+1) || op.ID == "" || op.Schema != diagnostics.SchemaVersion || !op.At.Equal(dt.Noon) || op.TZ != "+00:00" {
			t.Errorf("operation %d is %+v", i+1, op)
		}
	}
	if len(ops) != 6 || ops[0].Kind != wire.OpSet || ops[1].Kind != wire.OpFact {
		t.Errorf("%d operations: want a card, four facts and a change", len(ops))
	}
}

func TestPendingOpsPages(t *testing.T) {
	n := notebook(t)
	var subs []diagnostics.Submission
	for range 150 {
		subs = append(subs, dt.Maraude(t, "", dt.Need(t, "food")))
	}
	must(t, n.FinishAll(t.Context(), subs))
	tests := []struct {
		name                string
		after               int64
		ops, bytes          int
		first, last, atMost int64
	}{
		{"all", 0, 1000, 1 << 30, 1, 450, 450},
		{"a number of them", 100, 250, 1 << 30, 101, 350, 250},
		{"so many bytes", 0, 1000, 4000, 1, 0, 8},
		{"one that is larger than allowed", 7, 1000, 1, 8, 8, 1},
		{"none left", 450, 1000, 1 << 30, 0, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ops, err := n.PendingOps(t.Context(), tt.after, tt.ops, tt.bytes)
			must(t, err)
			if int64(len(ops)) > tt.atMost || tt.first > 0 && (len(ops) == 0 || ops[0].N != tt.first) || tt.last > 0 && ops[len(ops)-1].N != tt.last {
				t.Errorf("%d operations", len(ops))
			}
		})
	}
}

// A planted name is in no operation.
func TestOpsHoldNoWords(t *testing.T) {
	n := notebook(t)
	const canary = "Zéphyrin-Canari"
	person := create(t, n, named(t, canary, canary))
	need := dt.Need(t, "food", func(v diagnostics.Values) { v["own_words"] = canary + " a faim" })
	sub := dt.Maraude(t, person.ID, need)
	sub.Diagnostic.Fields["texts"] = `{"mot":"` + canary + `"}`
	sub.Diagnostic.Fields["wish"] = canary
	must(t, n.Finish(t.Context(), "", sub))
	_, err := n.Update(t.Context(), person.ID, diagnostics.Values{"identity.phone": canary})
	must(t, err)
	var words int
	for _, op := range pending(t, n) {
		body, err := json.Marshal(op)
		must(t, err)
		if strings.Contains(string(body), "Canari") {
			t.Errorf("operation %d on a %s holds the name", op.N, op.Type)
		}
		words += strings.Count(string(body), `"sealed"`)
	}
	if words != 6 {
		t.Errorf("%d sealed values, want 6", words)
	}
	got, err := n.Get(t.Context(), need.ID)
	must(t, err)
	if !strings.Contains(got.Get("own_words"), canary) {
		t.Error("the words cannot be read here")
	}
}
