package model

import (
	"context"
	"strconv"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

// attempt is the try that was begun last: its keys are counted until it is done.
type attempt struct {
	id        string
	keys      int
	op, entry int64 // the last operation, and entry of the access log, before it
	check     Command
}

// settingTryKeys begins the names of the settings that keep how many keys a try
// took.
const settingTryKeys = "demo.keys."

// StartTry begins to count the keys of a try, then goes on. It counts nothing
// outside of the demo.
func (d *Desk) StartTry(id string, then func()) {
	var command Command
	d.attempt = nil
	Run(d.scope, &command, func(ctx context.Context) (*attempt, error) {
		op, _, err := d.Notebook.OpNumbers(ctx)
		if err != nil {
			return nil, err
		}
		last, err := d.Notebook.Accesses(ctx, store.AccessFilter{Limit: 1})
		a := &attempt{id: id, op: op}
		if len(last) > 0 {
			a.entry = last[0].N
		}
		return a, err
	}, func(a *attempt, err error) {
		if err != nil {
			d.NoteError("tries", err)
		} else if d.Member.Rehearsal() {
			d.attempt = a
		}
		then()
	})
}

// Pressed counts a key.
func (d *Desk) Pressed() {
	if d.attempt != nil {
		d.attempt.keys++
	}
}

// BeginRecord forgets the keys that led to a record: those of the record count.
func (d *Desk) BeginRecord() {
	if a := d.attempt; a != nil && (a.id == TryAsleep || a.id == TryMaraude) {
		a.keys = 0
	}
}

// checkTry looks whether the try is done, with the keys until now.
func (d *Desk) checkTry() {
	a := d.attempt
	if a == nil {
		return
	}
	keys := a.keys
	Run(d.scope, &a.check, func(ctx context.Context) (bool, error) {
		done, err := d.doneSince(ctx, a.op, a.entry)
		if err != nil || !done[a.id] {
			return false, err
		}
		return true, d.Notebook.SetSettings(ctx, map[string]string{settingTryKeys + a.id: strconv.Itoa(keys)})
	}, func(done bool, err error) {
		switch {
		case err != nil:
			if !cancelled(err) {
				d.NoteError("tries", err)
			}
		case done && d.attempt == a:
			d.attempt = nil
			if d.TryDone != nil {
				d.TryDone(keys, budgets[a.id])
			}
		}
	})
}

// doneSince tells which tries were done after an operation and an entry of the
// access log.
func (d *Desk) doneSince(ctx context.Context, op, entry int64) (map[string]bool, error) {
	made, err := d.Notebook.MadeSince(ctx, op)
	if err != nil {
		return nil, err
	}
	done := map[string]bool{}
	for _, what := range made {
		switch {
		case what.Type == diagnostics.TypeEncounter && what.Contact == "asleep":
			done[TryAsleep] = true
		case what.Type == diagnostics.TypeEncounter && what.Contact == "talk":
			done[TryMaraude] = true
		case what.Type == diagnostics.TypeResolution:
			done[TryDecide] = true
		case what.Type == diagnostics.TypeOutcome, what.Type == diagnostics.TypeFollowUp && what.Status != "" && what.Status != "todo":
			done[TryFollow] = true
		}
	}
	accesses, err := d.Notebook.Accesses(ctx, store.AccessFilter{Limit: mostAccesses})
	for _, a := range accesses {
		done[TryExport] = done[TryExport] || a.Action == diagnostics.ActionExport && a.N > entry
	}
	return done, err
}
