package store_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/vault"
	"solidaren/diagnostics/vault/vaulttest"
	"solidaren/sync/wire"
)

// evening is an evening's work on a real notebook, whose files are traced.
type evening struct {
	*store.Notebook
	t       *testing.T
	r       *rand.Rand
	v       *vault.Vault
	journal []byte // as it stood on the disk after the last call

	people []string
	drafts map[string]*inHand
	states []promise // what must be there after each step
}

// inHand is a draft in the making: its newest state, and the newest that was
// said to outlive a power cut.
type inHand struct{ newest, safe int64 }

// promise is the notebook as it stood after a step.
type promise struct {
	what   string
	state  string
	drafts map[string]inHand
}

// newEvening opens a notebook; what is done until begin is not traced.
func newEvening(t *testing.T, seed uint64) *evening {
	v := newVault(t)
	n, err := store.Open(t.Context(), v, store.Options{Clock: dt.Clock})
	must(t, err)
	n.UseSealer(newKeyring(t))
	e := &evening{Notebook: n, t: t, r: rand.New(rand.NewPCG(seed, 2)), v: v, drafts: map[string]*inHand{}}
	for range 12 {
		e.person()
	}
	return e
}

func (e *evening) file(name string) string { return filepath.Join(e.v.Dir(), name) }

// files are those that the trace is about, as they stand.
func (e *evening) files() map[string][]byte {
	all := map[string][]byte{}
	for _, name := range []string{"notebook.db", "notebook.db-wal", "typing.journal"} {
		content, err := os.ReadFile(e.file(name))
		must(e.t, err)
		all[e.file(name)] = content
	}
	e.journal = all[e.file("typing.journal")]
	return all
}

// typed puts what a call did to the typing journal into the trace. The journal
// is not SQLite's: it grows at its end, or begins anew.
func (e *evening) typed() {
	path := e.file("typing.journal")
	now, err := os.ReadFile(path)
	must(e.t, err)
	switch {
	case bytes.Equal(now, e.journal):
	case bytes.HasPrefix(now, e.journal):
		vaulttest.Note(vaulttest.Event{Kind: "write", File: path, Off: int64(len(e.journal)), Data: now[len(e.journal):]})
	default:
		vaulttest.Note(vaulttest.Event{Kind: "truncate", File: path})
		vaulttest.Note(vaulttest.Event{Kind: "write", File: path, Data: now})
	}
	e.journal = now
}

// step does one thing and notes what is promised since. Drafts may be newer than
// promised: what was typed and not synced may be there or not.
func (e *evening) step(what string, do func() error, mark func(string, int)) {
	must(e.t, do())
	e.typed()
	state, err := e.State(e.t.Context())
	must(e.t, err)
	p := promise{what, state, map[string]inHand{}}
	for id, w := range e.drafts {
		p.drafts[id] = *w
	}
	e.states = append(e.states, p)
	mark("safe", len(e.states)-1)
}

func (e *evening) person() string {
	p := create(e.t, e.Notebook, dt.Person(e.t, func(v diagnostics.Values) {
		v["identity.handle"] = fmt.Sprintf("Gravier %d", len(e.people))
	}))
	e.people = append(e.people, p.ID)
	return p.ID
}

// any is one of the people, of the drafts.
func (e *evening) any() string { return e.people[e.r.IntN(len(e.people))] }

func (e *evening) anyDraft() string {
	ids := make([]string, 0, len(e.drafts))
	for id := range e.drafts {
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		ids = append(ids, diagnostics.NewID())
		e.drafts[ids[0]] = &inHand{}
	}
	slices.Sort(ids)
	return ids[e.r.IntN(len(ids))]
}

func (e *evening) save(id string, mark func(string, int)) {
	w := e.drafts[id]
	w.newest++
	e.step("draft", func() error {
		err := e.SaveDraft(e.t.Context(), store.Draft{ID: id, FormID: "maraude", Revision: w.newest, State: fmt.Appendf(nil, "answers of revision %d", w.newest)})
		w.safe = w.newest
		return err
	}, mark)
}

// work goes on for so many steps.
func (e *evening) work(steps int, mark func(string, int)) {
	ctx := e.t.Context()
	e.step("begin", func() error { return nil }, mark)
	for range steps {
		switch dice := e.r.IntN(20); {
		case dice < 7: // typing, synced at each answer
			id, answers := e.anyDraft(), 1+e.r.IntN(4)
			if e.r.IntN(4) == 0 {
				id = diagnostics.NewID()
				e.drafts[id] = &inHand{}
			}
			w := e.drafts[id]
			for range answers {
				w.newest++
				d := store.Draft{ID: id, FormID: "maraude", Revision: w.newest, State: fmt.Appendf(nil, "answers of revision %d", w.newest)}
				must(e.t, e.JournalDraft(d))
				e.typed()
			}
			if e.r.IntN(3) > 0 {
				must(e.t, e.SyncJournal())
				vaulttest.Note(vaulttest.Event{Kind: "sync", File: e.file("typing.journal")})
				for _, w := range e.drafts {
					w.safe = w.newest
				}
			}
			e.step("typing", func() error { return nil }, mark)
		case dice < 10:
			e.save(e.anyDraft(), mark)
		case dice < 15:
			id, person := e.anyDraft(), e.any()
			e.save(id, mark) // a file of a draft that never was goes with it
			file, err := e.Attach(ctx, id, "plan.png", bytes.Repeat([]byte("plan"), 300))
			must(e.t, err)
			e.step("attach", func() error { return nil }, mark)
			sub := dt.Maraude(e.t, person, dt.Need(e.t, "food"), dt.Need(e.t, "rights"))
			sub.XML = fmt.Appendf(nil, "<data><q>%s</q></data>", file)
			e.step("finish", func() error {
				err := e.Finish(ctx, id, sub)
				delete(e.drafts, id)
				return err
			}, mark)
		case dice == 15:
			id := e.anyDraft()
			e.step("discard", func() error {
				err := e.DiscardDraft(ctx, id)
				delete(e.drafts, id)
				return err
			}, mark)
		case dice == 16:
			a, b := e.any(), e.any()
			e.step("merge", func() error {
				err := e.Same(ctx, a, b)
				if diagnostics.Code(err) != diagnostics.CodeInternal {
					err = nil // the same card, or linked already
				}
				return err
			}, mark)
		case dice == 17:
			id, value := e.any(), fmt.Sprintf("Muret %d", e.r.IntN(1000))
			e.step("card", func() error {
				_, err := e.Update(ctx, id, diagnostics.Values{"identity.handle": value})
				return err
			}, mark)
		case dice == 18:
			e.step("reply", func() error {
				last, _, err := e.OpNumbers(ctx)
				must(e.t, err)
				r := reply(int64(len(e.states)), record(diagnostics.NewID(), diagnostics.TypePerson, 1, diagnostics.Values{"code": diagnostics.NewPersonCode(nil)}))
				if e.r.IntN(2) == 0 {
					r.Acked = last
				}
				if r.Acked == 0 {
					_, r.Acked, err = e.OpNumbers(ctx)
					must(e.t, err)
				}
				_, err = e.ApplyReply(ctx, r)
				return err
			}, mark)
		case len(e.states)%3 == 0:
			person := e.person()
			e.step("person", func() error { return nil }, mark)
			id := create(e.t, e.Notebook, diagnostics.Record{Type: diagnostics.TypeRequest, Fields: diagnostics.Values{
				"kind": diagnostics.RequestErase, "person": person,
			}}).ID
			e.step("request", func() error { return nil }, mark)
			e.step("erase", func() error {
				_, err := e.Erase(ctx, store.Erasure{Person: person, Why: wire.EraseRequest, Request: id})
				e.people = slices.DeleteFunc(e.people, func(p string) bool { return p == person })
				return err
			}, mark)
		}
	}
}

// afterCut opens what a cut left with the real notebook, and tells what is wrong
// with it: "" nothing. The notebook is as it stood after the last step that was
// acknowledged, or after the one that was under way; a draft is as new as was
// promised, and no newer than was typed.
func (e *evening) afterCut(d *vaulttest.Disk, safe int) string {
	t := e.t
	must(t, d.Lay(e.v.Dir()))
	n, err := store.Open(t.Context(), e.v, store.Options{Clock: dt.Clock})
	if err != nil {
		return "does not open"
	}
	defer func() { must(t, n.Close()) }()
	if _, err := n.Verify(t.Context(), nil); err != nil {
		return "damaged"
	}
	state, err := n.State(t.Context())
	if err != nil {
		return "unreadable"
	}
	before := e.states[safe]
	under := e.states[min(safe+1, len(e.states)-1)]
	if state != before.state && state != under.state {
		for i, s := range e.states {
			if s.state == state {
				return "lost: " + s.what + fmt.Sprintf(" (%d steps)", safe-i)
			}
		}
		return "half of: " + under.what
	}
	drafts, err := n.Drafts(t.Context())
	must(t, err)
	found := map[string]int64{}
	for _, d := range drafts {
		found[d.ID] = d.Revision
		if string(d.State) != fmt.Sprintf("answers of revision %d", d.Revision) {
			return "another draft"
		}
	}
	for id, w := range before.drafts {
		_, goesOn := under.drafts[id]
		if revision, ok := found[id]; !ok && goesOn && w.safe > 0 || ok && revision < w.safe {
			return "lost: draft"
		}
	}
	for id, revision := range found {
		was, before := before.drafts[id]
		is, now := under.drafts[id]
		if !before && !now || revision > max(was.newest, is.newest) {
			return "a draft came back"
		}
	}
	return ""
}

// cutEvening works for so many steps, cuts the power so many times, and counts
// what was wrong.
func cutEvening(t *testing.T, synchronous string, steps, cuts int) map[string]int {
	t.Helper()
	seed := rand.Uint64()
	e := newEvening(t, seed)
	must(t, e.Tune(t.Context(), "wal_checkpoint(TRUNCATE)"))
	must(t, e.Tune(t.Context(), "wal_autocheckpoint = 40"))
	must(t, e.Tune(t.Context(), "synchronous = "+synchronous))
	before := e.files()
	trace := vaulttest.Record(func(mark func(string, int)) { e.work(steps, mark) })
	must(t, e.Close())
	wrong := map[string]int{}
	for d, safe := range vaulttest.Cuts(rand.New(rand.NewPCG(seed, 1)), cuts, before, trace) {
		if what := e.afterCut(d, safe); what != "" {
			wrong[what]++
		}
	}
	t.Logf("%d cuts in %d steps, a trace of %d events (seed %d): wrong %v", cuts, len(e.states), len(trace), seed, wrong)
	return wrong
}

// Whenever the power fails, the notebook opens, is whole, has all work that was
// acknowledged and nothing of half a step.
func TestPowerCut(t *testing.T) {
	if wrong := cutEvening(t, "FULL", rounds(60, 200), rounds(60, 2000)); len(wrong) > 0 {
		t.Errorf("after power cuts: %v", wrong)
	}
}

// Without flushing the same cuts do damage, or the test above proves nothing.
func TestPowerCutControl(t *testing.T) {
	if wrong := cutEvening(t, "OFF", 60, 40); len(wrong) == 0 {
		t.Error("nothing was damaged or lost without flushing")
	}
}
