package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/vault"
	"solidaren/sync/register"
	"solidaren/sync/wire"
)

// written makes a notebook with count operations, each on a record of its own,
// and closes it.
func written(t *testing.T, count int) (*vault.Vault, []string) {
	t.Helper()
	v := newVault(t)
	n, err := store.Open(t.Context(), v, store.Options{Clock: dt.Clock})
	must(t, err)
	n.UseSealer(newKeyring(t))
	subs := make([]diagnostics.Submission, count)
	ids := make([]string, count)
	for i := range subs {
		subs[i].Diagnostic = dt.Tour(t)
		ids[i] = subs[i].Diagnostic.ID
	}
	must(t, n.FinishAll(t.Context(), subs))
	must(t, n.Close())
	return v, ids
}

func (tt tampering) apply(t *testing.T, v *vault.Vault) {
	t.Helper()
	db := rawDB(t, v)
	for _, statement := range strings.Split(tt.sql, ";") {
		_, err := db.ExecContext(t.Context(), statement)
		must(t, err)
	}
	must(t, db.Close())
}

type tampering struct{ name, sql string }

// A log that is not the one that was written is found at opening.
func TestAlteredLogIsFound(t *testing.T) {
	tests := []tampering{
		{"contents changed", "UPDATE ops SET body = replace(body, 'nord', 'sud') WHERE n = 3"},
		{"contents erased, others in their place", "UPDATE ops SET salt = NULL, body = replace(body, 'nord', 'sud') WHERE n = 3"},
		{"an operation of another id", "UPDATE ops SET id = 'x' WHERE n = 3"},
		{"one taken out", "DELETE FROM ops WHERE n = 3"},
		{"the first taken out", "DELETE FROM ops WHERE n = 1"},
		{"two change places", "UPDATE ops SET n = 99 WHERE n = 3; UPDATE ops SET n = 3 WHERE n = 4; UPDATE ops SET n = 4 WHERE n = 99"},
		{"the last link changed", "UPDATE ops SET hash = sum WHERE n = 5"},
		{"a commitment changed", "UPDATE ops SET sum = hash WHERE n = 2"},
		{"one put in", "INSERT INTO ops (n, id, rec, body, salt, sum, hash) SELECT 7, 'y', rec, body, salt, sum, hash FROM ops WHERE n = 5"},
		{"the server has more", "UPDATE progress SET acked = 6"},
	}
	v, _ := written(t, 5)
	file := filepath.Join(v.Dir(), "notebook.db")
	whole, err := os.ReadFile(file)
	must(t, err)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.apply(t, v)
			_, err := store.Open(t.Context(), v, store.Options{})
			wantCode(t, err, diagnostics.CodeCorrupt)
			must(t, os.WriteFile(file, whole, 0o600))
		})
	}
	n := openVault(t, v)
	must(t, n.VerifyOps(t.Context(), nil))
}

// Opening looks at the end of the log only; the whole of it is another walk.
func TestOldAlterationIsFoundByTheWholeCheck(t *testing.T) {
	v, _ := written(t, 700)
	tampering{sql: "UPDATE ops SET body = replace(body, 'nord', 'sud') WHERE n = 3"}.apply(t, v)
	n := openVault(t, v)
	wantCode(t, n.VerifyOps(t.Context(), nil), diagnostics.CodeCorrupt)
}

// What was erased leaves the chain whole, and is not in the log any more.
func TestErasedContentsLeaveTheChainWhole(t *testing.T) {
	v, ids := written(t, 450)
	n := openVault(t, v)
	r := reply(1, wire.Record{ID: ids[2], Gone: register.Erased}, wire.Record{ID: ids[449], Gone: register.Erased})
	apply(t, n, r)
	n.UseSealer(newKeyring(t))
	create(t, n, dt.Tour(t))
	var steps []int64
	must(t, n.VerifyOps(t.Context(), func(done int64) { steps = append(steps, done) }))
	if fmt.Sprint(steps) != "[200 400 451]" {
		t.Errorf("verified %v", steps)
	}
	ops := pending(t, n)
	if len(ops) != 451 || ops[2].Set != nil || ops[449].Set != nil || ops[450].Set == nil {
		t.Errorf("%d operations, or the contents of the wrong ones are gone", len(ops))
	}
}

// Operations that were written without a chain are linked at opening, in as
// many steps as it takes.
func TestOldLogIsChained(t *testing.T) {
	for _, linked := range []int{0, 200} {
		v, _ := written(t, 450)
		tampering{sql: fmt.Sprintf("UPDATE ops SET salt = NULL, sum = x'', hash = x'' WHERE n > %d", linked)}.apply(t, v)
		n := openVault(t, v)
		must(t, n.VerifyOps(t.Context(), nil))
		if ops := pending(t, n); len(ops) != 450 || ops[449].Set == nil {
			t.Errorf("%d operations", len(ops))
		}
	}
}

// Opening ends, whatever the log is: there is none yet since a rescue, or what
// stands in it is never linked.
func TestOpeningEndsWhereNothingIsLinked(t *testing.T) {
	v, _ := written(t, 3)
	tampering{sql: "UPDATE progress SET begun = 3, acked = 3; DELETE FROM ops"}.apply(t, v)
	must(t, openVault(t, v).Close())
	v, _ = written(t, 3)
	tampering{sql: "DELETE FROM ops WHERE n > 1; UPDATE ops SET n = -3, hash = x''"}.apply(t, v)
	_, err := store.Open(t.Context(), v, store.Options{})
	wantCode(t, err, diagnostics.CodeCorrupt)
}

// The anchor of a log stands for all of it: a copy that went another way has
// another one, and the server's answer about the first is refused.
func TestAnchorTellsACopyApart(t *testing.T) {
	n := notebook(t)
	for range 2 {
		create(t, n, dt.Tour(t))
	}
	anchors := map[int64]string{}
	for i := range int64(4) {
		a, err := n.Anchor(t.Context(), i)
		must(t, err)
		anchors[i] = a
	}
	if anchors[0] != "" || anchors[3] != "" || len(anchors[1]) != 22 || anchors[1] == anchors[2] {
		t.Errorf("anchors %v", anchors)
	}
	r := reply(1)
	r.Acked, r.Anchor = 2, anchors[2]
	apply(t, n, r)
	r.Anchor = anchors[1]
	_, err := n.ApplyReply(t.Context(), r)
	wantCode(t, err, diagnostics.CodeConflict)
	if s := diagnostics.Sentence(err, "fr"); !strings.Contains(s, "copie plus ancienne") {
		t.Error(s)
	}
}
