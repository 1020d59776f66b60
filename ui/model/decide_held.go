package model

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/sync/client"
	"solidaren/sync/wire"
	"solidaren/ui/words"
)

// DecideHeld is a record that the server set aside, as a coordinator sees it.
type DecideHeld struct {
	Dev   string
	N     int64
	Who   string   // the computer that it comes from
	When  string   // when it came in
	Lines []string // what is in it
}

// HeldDrop leaves a held record out: the one decision that is asked about twice.
const HeldDrop = wire.Drop

// decidesHeld reports whether the notebook's holder decides about what is held.
func (m *Decide) decidesHeld() bool { return m.Role() == diagnostics.RoleCoordinator }

// answersHeld are what a coordinator may do with a held record.
func answersHeld() []DecideAnswer {
	return []DecideAnswer{
		{Value: wire.Release, Text: words.T("decide.release")},
		{Value: wire.Drop, Text: words.T("decide.drop")},
	}
}

// heldRead is a held record of this computer, and what it is.
type heldRead struct {
	store.HeldOp
	what, form, who string
}

// readHeld reads them, the newest first.
func (m *Decide) readHeld(ctx context.Context) ([]heldRead, error) {
	ops, err := m.Notebook.HeldOps(ctx)
	if err != nil {
		return nil, err
	}
	held := make([]heldRead, len(ops))
	codes := map[string]string{}
	for i, h := range ops {
		held[i] = heldRead{HeldOp: h}
		if held[i].what, held[i].form, err = m.what(ctx, h.Rec, m.Lang()); err != nil {
			return nil, err
		}
		if card, err := m.Notebook.Get(ctx, h.Rec); err == nil {
			m.readCode(ctx, card, codes)
			held[i].who = codes[card.Get("person")]
		}
	}
	return held, nil
}

// ownHeld is a held record of this computer. In the demo its coordinator decides
// about it here: there is no server.
func (m *Decide) ownHeld(h heldRead) DecideItem {
	item := DecideItem{Record: h.Rec, Type: h.Type, Held: h.Why, What: h.what, FormID: h.form, Who: h.who, Chosen: -1}
	if m.Member.Rehearsal() && m.decidesHeld() {
		item.Aside = &DecideHeld{Dev: m.Member.DeviceID(), N: h.N}
		item.Answers = answersHeld()
	}
	return item
}

// askServer asks what is set aside in the team, after deciding about one of it.
// Without a network the rest of the list is there all the same.
func (m *Decide) askServer(settle *wire.Settle, done func(error)) {
	if !m.decidesHeld() || m.Member.ServerURL() == "" || m.Member.Rehearsal() {
		return
	}
	Run(m.scope, &m.ask, func(ctx context.Context) ([]DecideItem, error) {
		reply, err := client.Held(ctx, m.Notebook, m.Member, settle)
		items := make([]DecideItem, len(reply.Held))
		for i, h := range reply.Held {
			items[i] = m.heldItem(h)
		}
		return items, err
	}, func(items []DecideItem, err error) {
		if cancelled(err) {
			return
		}
		m.HeldErr = err
		if err == nil {
			m.aside = items
		} else {
			m.NoteError("held", err)
		}
		if done != nil {
			done(err)
		}
		m.Load()
	})
}

func (m *Decide) heldItem(h wire.HeldOp) DecideItem {
	aside := &DecideHeld{Dev: h.Dev, N: h.Op.N, Who: m.Member.DeviceName(h.Dev), When: When(h.Received, m.Clock(), m.Lang())}
	for _, field := range slices.Sorted(maps.Keys(h.Op.Set)) {
		aside.Lines = append(aside.Lines, words.T("kit.labelled", FieldLabel(field, words.Language()), m.heldValue(h.Op, field)))
	}
	return DecideItem{
		Record: h.Op.Rec, Type: h.Op.Type, Held: h.Why, What: typeWords[h.Op.Type].In(m.Lang()), Who: aside.Who,
		Chosen: -1, Aside: aside, Answers: answersHeld(),
	}
}

// heldValue says a value of a held record, opened where this computer has the
// key; names stay hidden, since nothing is decided by them.
func (m *Decide) heldValue(op wire.Op, field string) string {
	if strings.HasPrefix(field, diagnostics.IdentityPrefix) {
		return words.T("decide.sealed")
	}
	var text string
	if json.Unmarshal(op.Set[field], &text) == nil {
		if text == "" {
			return "–"
		}
		return m.valueText(op.Type, field, text)
	}
	plain, err := m.Member.Keyring().Unseal(op.Rec, field, op.Set[field])
	if err != nil {
		return words.T("decide.locked")
	}
	if json.Unmarshal(plain, &text) == nil {
		return text
	}
	return string(plain)
}

// settleHeld releases or drops a held record.
func (m *Decide) settleHeld(item DecideItem, done func(DecideItem)) {
	do := item.Answers[item.Chosen].Value
	if m.Member.Rehearsal() {
		m.write(item, func(ctx context.Context) error { return m.rehearse(ctx, item.Aside.N, do) }, done)
		return
	}
	m.askServer(&wire.Settle{Dev: item.Aside.Dev, N: item.Aside.N, Do: do}, func(err error) {
		if err == nil {
			done(item)
		}
	})
}

// rehearse does in the demo what a server would.
func (m *Decide) rehearse(ctx context.Context, n int64, do string) error {
	_, acked, err := m.Notebook.OpNumbers(ctx)
	if err != nil {
		return err
	}
	why := ""
	if do == wire.Drop {
		why = wire.HeldDropped
	}
	epoch, err := m.Notebook.Setting(ctx, "sync.epoch")
	if err != nil {
		return err
	}
	_, err = m.Notebook.ApplyReply(ctx, wire.SyncReply{Epoch: epoch, Acked: acked, Held: []wire.Held{{N: n, Why: why}}})
	return err
}
