package hub

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/register"
	"solidaren/sync/wire"
)

func isGone(r *wire.Record) bool { return r != nil && r.Gone != "" }

// zoneSlack is how much earlier than in UTC a day may begin where a laptop is.
const zoneSlack = 24 * time.Hour

// mayErase says why an erasure that the role may do is held all the same, "" if
// it is not: for what somebody asks it takes two members, for what is due the
// server's clock.
func (b *batch) mayErase(op wire.Op, record *wire.Record) string {
	e := op.Erase
	if e == nil {
		return wire.HeldNotAsked
	}
	switch {
	case op.Type == diagnostics.TypeHousehold: // goes with the last of those who live in it
		if isGone(b.records[e.Person]) {
			return ""
		}
		return wire.HeldNotAsked
	case op.Type == diagnostics.TypeNote && e.Why == wire.EraseRetention:
		return b.dueSince(record, func(r diagnostics.Record) time.Time { return r.Time("at").AddDate(0, 0, diagnostics.NoteDays) })
	case op.Type != diagnostics.TypePerson:
		return wire.HeldForbidden
	case e.Why == wire.EraseRetention:
		return b.dueSince(record, diagnostics.KeptUntil)
	case e.Why == wire.EraseRequest && e.Person == op.Rec && b.asked(e):
		return ""
	}
	return wire.HeldNotAsked
}

// dueSince holds the erasure of what is to be kept still.
func (b *batch) dueSince(record *wire.Record, until func(diagnostics.Record) time.Time) string {
	if record == nil || !b.now.Add(zoneSlack).Before(until(readable(*record))) {
		return ""
	}
	return wire.HeldNotDue
}

// asked reports whether another device wrote down that the person asks for it,
// and nobody refused.
func (b *batch) asked(e *wire.Erase) bool {
	request := b.records[e.Request]
	if request == nil || request.Type != diagnostics.TypeRequest {
		return false
	}
	r := readable(*request)
	answer := r.Get("answer")
	return r.Get("kind") == diagnostics.RequestErase && r.Get("person") == e.Person && (answer == "" || answer == "done") &&
		!slices.ContainsFunc(request.Fields["kind"], func(v wire.Value) bool { return v.Dev == b.dev.ID })
}

// readable gives what the server can read of a record. Of several answers it
// takes the one that holds, and of the ends of an archive the last.
func readable(state wire.Record) diagnostics.Record {
	r := diagnostics.Record{ID: state.ID, Type: state.Type, Fields: diagnostics.Values{}}
	for name, values := range state.Fields {
		var texts []string
		for _, v := range values {
			var text string
			if json.Unmarshal(v.V, &text) == nil {
				texts = append(texts, text)
			}
		}
		chosen, _ := register.Chosen(values)
		var text string
		_ = json.Unmarshal(chosen.V, &text) // a sealed one stays unread
		if settled, ok := diagnostics.Settle(state.Type, name, texts); ok {
			text = settled
		} else if name == diagnostics.ArchiveUntil {
			text = slices.Max(append(texts, ""))
		}
		r.Fields[name] = text
	}
	return r
}

// erase notes what goes with an erased record.
func (b *batch) erase(op wire.Op) {
	record := b.records[op.Rec]
	record.GoneAt = b.now
	b.erased = append(b.erased, op.Rec)
	if op.Type != diagnostics.TypePerson {
		return
	}
	b.persons = append(b.persons, op.Rec)
	for id, r := range b.records {
		if !isGone(r) && PersonOf(*r) == op.Rec {
			b.bury(id, r.Type, record.Why)
		}
	}
}

// bury leaves of a record nothing but that it was.
func (b *batch) bury(id, recordType, why string) {
	var ver int64
	if r := b.records[id]; r != nil {
		ver = r.Ver
	}
	b.records[id] = &wire.Record{ID: id, Type: recordType, Ver: ver + 1, Gone: register.Erased, Why: why, GoneAt: b.now}
	b.changed[id] = true
	b.erased = append(b.erased, id)
}

// PersonOf is the person whom a record is about, "" if there is none. By it a
// Store finds what goes when the person is erased.
func PersonOf(r wire.Record) (id string) {
	if values := r.Fields["person"]; len(values) > 0 {
		_ = json.Unmarshal(values[0].V, &id) // what is no text names nobody
	}
	return id
}

// scrub buries all that is about erased persons and empties the operations on
// everything that was erased, held ones included.
func (b *batch) scrub(ctx context.Context, tx Tx) error {
	for _, person := range b.persons {
		about, err := tx.About(ctx, b.dev.Team, person)
		if err != nil {
			return err
		}
		records, err := tx.Records(ctx, b.dev.Team, about)
		if err != nil {
			return err
		}
		for _, id := range about {
			r, exists := records[id]
			switch {
			case b.records[id] != nil: // buried above, if it is to be
			case exists:
				b.records[id] = &r
				b.bury(id, r.Type, b.records[person].Why)
			default: // held ones alone
				b.erased = append(b.erased, id)
			}
		}
	}
	for _, id := range b.erased {
		if err := tx.Scrub(ctx, b.dev.Team, id); err != nil {
			return err
		}
	}
	return nil
}

// settingWipe is set while the files may hold what was erased.
const settingWipe = "wipe"

// wipe takes what was erased out of the files. It ends even when the call does.
// What fails is tried again after the next erasure, and at the next start.
func (h *Hub) wipe(ctx context.Context) {
	h.wiping.Lock()
	defer h.wiping.Unlock()
	err := h.store.Wipe(ctx)
	if err == nil {
		err = h.store.Update(ctx, func(tx Tx) error { return tx.SetSetting(ctx, settingWipe, []byte{}) })
	}
	if err != nil {
		h.log.Error("erased contents are still in the files; they are wiped at the next start", "error", err)
	}
}

// wipeIfDue ends a wipe that the last run of the server did not.
func (h *Hub) wipeIfDue(ctx context.Context) error {
	var due bool
	err := h.store.View(ctx, func(tx Tx) error {
		setting, err := tx.Setting(ctx, settingWipe)
		due = len(setting) > 0
		return err
	})
	if err == nil && due {
		h.wipe(ctx)
	}
	return err
}
