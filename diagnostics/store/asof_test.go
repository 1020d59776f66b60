package store_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
	"solidaren/sync/wire"
)

// analysed is what an export reads.
func analysed(ctx context.Context, n *store.Notebook, between func()) ([]string, error) {
	var rows []string
	add := func(row any) error {
		between()
		rows = append(rows, fmt.Sprintf("%+v", row))
		return nil
	}
	for _, read := range []func() error{
		func() error { return n.Needs(ctx, today, func(r diagnostics.NeedRow) error { return add(r) }) },
		func() error {
			return n.Encounters(ctx, today, func(r diagnostics.EncounterRow) error { return add(r) })
		},
		func() error {
			return n.Diagnostics(ctx, today, func(r diagnostics.DiagnosticRow) error { return add(r) })
		},
	} {
		if err := read(); err != nil {
			return rows, err
		}
	}
	return rows, nil
}

// Somebody types, finishes and corrects records, and a sync brings others, while
// an export reads: all three go on, and the export shows the notebook as it stood
// when it began, to the last row.
func TestExportAsOfOneChange(t *testing.T) {
	n := notebook(t)
	subs := make([]diagnostics.Submission, 450)
	for i := range subs {
		subs[i] = dt.Maraude(t, "", dt.Need(t, "food"))
	}
	must(t, n.FinishAll(t.Context(), subs))
	want, err := analysed(t.Context(), n, func() {})
	must(t, err)
	ctx, err := n.AsOf(t.Context())
	must(t, err)

	var typed, finished, received atomic.Int64
	stop := make(chan struct{})
	var writers sync.WaitGroup
	errs := make(chan error, 3)
	loop := func(work func(i int) error, done *atomic.Int64) {
		writers.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					errs <- nil
					return
				default:
				}
				if err := work(i); err != nil {
					errs <- err
					return
				}
				done.Add(1)
			}
		})
	}
	loop(func(i int) error {
		return n.SaveDraft(t.Context(), store.Draft{ID: "d", State: fmt.Appendf(nil, "%d", i), Revision: int64(i + 1)})
	}, &typed)
	loop(func(i int) error {
		sub := dt.Maraude(t, "", dt.Need(t, "food"))
		if i%2 == 0 {
			sub = dt.Correction(t, subs[i%len(subs)], dt.Need(t, "work"))
		}
		return n.Finish(t.Context(), "", sub)
	}, &finished)
	loop(func(i int) error {
		state := record(diagnostics.NewID(), diagnostics.TypeNeed, 1, diagnostics.Values{"domain": "food", "at": diagnostics.FormatTime(dt.Noon)})
		_, err := n.ApplyReply(t.Context(), wire.SyncReply{Epoch: "e1", Changes: map[string][]wire.Record{"nord": {state}}, Cursors: map[string]int64{"nord": int64(i)}})
		return err
	}, &received)

	var during [3]int64
	counters := []*atomic.Int64{&typed, &finished, &received}
	begin := [3]int64{typed.Load(), finished.Load(), received.Load()}
	row := 0
	got, err := analysed(ctx, n, func() {
		row++
		for row%300 == 0 { // the writers get on while the export reads
			moved := 0
			for i, c := range counters {
				if c.Load() > begin[i] {
					moved++
				}
			}
			if moved == len(counters) || len(errs) > 0 {
				break
			}
		}
	})
	must(t, err)
	for i, c := range counters {
		during[i] = c.Load() - begin[i]
	}
	close(stop)
	writers.Wait()
	for range counters {
		must(t, <-errs)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the export shows what came after it began (-want +got):\n%.2000s", diff)
	}
	for i, name := range []string{"typing", "finishing", "receiving"} {
		if during[i] == 0 {
			t.Errorf("no %s went on during the export", name)
		}
	}
	now, err := analysed(t.Context(), n, func() {})
	must(t, err)
	if len(now) <= len(want) {
		t.Errorf("a new export shows %d rows, the one before %d", len(now), len(want))
	}
}
