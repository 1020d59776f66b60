package model

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/ui/words"
)

// DecidePair is two cards that may be one person's, side by side.
type DecidePair struct {
	A, B   DecideCard
	Common string // what agrees, in words

	cards store.Pair
}

// DecideCard is what is compared of a card; both have the same lines.
type DecideCard struct {
	ID, Code string
	Lines    []string
}

// What is decided about a pair.
const (
	PairSame  = "same"
	PairApart = "apart"
	PairLater = "later"
)

// scanNewest is how many persons, those met last, are compared with all.
const scanNewest = 400

// Scanning reports whether cards are being compared.
func (m *Decide) Scanning() bool { return m.scan.Running() }

// StopScan stops the comparing. What was decided stays.
func (m *Decide) StopScan() { m.scan.Cancel() }

// startScan looks for cards that may be one person's.
func (m *Decide) startScan() {
	var done, total atomic.Int64
	m.Scanned, m.ToScan = 0, 0
	RunSampled(m.scope, &m.scan, func(ctx context.Context) ([]store.Pair, error) {
		if err := m.Notebook.Log(ctx, diagnostics.Access{Action: diagnostics.ActionSearch}); err != nil {
			return nil, err
		}
		return m.Notebook.Alike(ctx, scanNewest, func(d, t int) {
			done.Store(int64(d))
			total.Store(int64(t))
		})
	}, func() {
		m.Scanned, m.ToScan = int(done.Load()), int(total.Load())
		m.changed()
	}, func(pairs []store.Pair, err error) {
		m.failed("decide", err)
		m.pairs = nil
		for _, p := range pairs {
			m.pairs = append(m.pairs, m.pairItem(p))
		}
		m.Load()
	})
}

func (m *Decide) pairItem(p store.Pair) DecideItem {
	pair := m.pairOf(p)
	return DecideItem{
		Record: p.A.ID, Type: diagnostics.TypePerson, Field: "same_as", Who: pair.A.Code + " · " + pair.B.Code, Chosen: -1, Pair: pair,
		Answers: []DecideAnswer{
			{Value: PairSame, Text: words.T("decide.pair.same")},
			{Value: PairApart, Text: words.T("decide.pair.apart")},
			{Value: PairLater, Text: words.T("decide.pair.later")},
		},
	}
}

// pairOf puts two cards side by side.
func (m *Decide) pairOf(p store.Pair) *DecidePair {
	var common []string
	for _, kind := range p.Common {
		common = append(common, words.T(traitNames[kind]))
	}
	pair := &DecidePair{Common: words.T("persons.common", len(common), strings.Join(common, ", ")), cards: p}
	pair.A, pair.B = m.pairCard(p.A, p.B), m.pairCard(p.B, p.A)
	return pair
}

// pairFields are the fields that are compared, in the order of their lines.
var pairFields = []string{"identity.handle", "identity.names", "identity.birth_date", "identity.phone", "gender", "age_band", "first_contact_on", "last_contact_on"}

// pairCard writes what is compared of a card; what neither of them has is left
// out.
func (m *Decide) pairCard(card, other diagnostics.Record) DecideCard {
	c := DecideCard{ID: card.ID, Code: card.Get("code")}
	for _, field := range pairFields {
		if card.Get(field) == "" && other.Get(field) == "" {
			continue
		}
		value := m.valueText(diagnostics.TypePerson, field, card.Get(field))
		if strings.HasPrefix(field, diagnostics.IdentityPrefix) && m.hides(card.ID) {
			value = sealedText(value)
		}
		if value == "" {
			value = "–"
		}
		c.Lines = append(c.Lines, words.T("kit.labelled", FieldLabel(field, words.Language()), value))
	}
	return c
}

func (m *Decide) settlePair(item DecideItem, why string, done func(DecideItem)) {
	a, b := item.Pair.A.ID, item.Pair.B.ID
	switch item.Answers[item.Chosen].Value {
	case PairSame:
		m.write(item, func(ctx context.Context) error { return m.Notebook.Same(ctx, a, b) }, done)
	case PairApart:
		m.write(item, func(ctx context.Context) error { return m.Notebook.KeepApart(ctx, a, b, why, false) }, done)
	default:
		m.later[item.key()] = true
		m.Load()
		done(item)
	}
}

// reopenPair takes back what was decided about a pair.
func (m *Decide) reopenPair(item DecideItem) {
	a, b := item.Pair.A.ID, item.Pair.B.ID
	decided := item.Answers[item.Chosen].Value
	delete(m.later, item.key())
	item.Chosen = -1
	if decided == PairLater {
		m.Load()
		return
	}
	Run(m.scope, &m.act, func(ctx context.Context) (struct{}, error) {
		if decided == PairApart {
			return struct{}{}, m.Notebook.KeepApart(ctx, a, b, "", true)
		}
		same, err := m.Notebook.SameCards(ctx, a)
		if err != nil {
			return struct{}{}, err
		}
		at := slices.IndexFunc(same, func(c store.SameCard) bool { return c.ID == b })
		if at < 0 || same[at].Link == "" {
			return struct{}{}, nil // apart already, or joined by somebody else too
		}
		return struct{}{}, m.Notebook.Apart(ctx, same[at].Link)
	}, func(_ struct{}, err error) {
		if !m.failed("decide", err) {
			m.pairs = append(m.pairs, item)
			m.saved()
		}
		m.Load()
	})
}
