package model

import (
	"context"
	"slices"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/ui/words"
)

// BothDates stands among the answers to a question: each of them was right at
// its time. Each becomes a dated situation of the person; the card keeps the one
// that was given last.
const BothDates = "\x00both"

// decidedFor is how long what was decided is offered to be opened again.
const decidedFor = 30 * 24 * time.Hour

// bothRight reports whether all answers may have been right, each on its day.
func bothRight(recordType, field string, answers []DecideAnswer) bool {
	if _, ok := diagnostics.Dated(recordType, field); !ok {
		return false
	}
	return !slices.ContainsFunc(answers, func(a DecideAnswer) bool { return a.Locked || a.Value == "" || a.given.At.IsZero() })
}

func bothText(answers int) string {
	if answers == 2 {
		return words.T("decide.both")
	}
	return words.T("decide.both.all", answers)
}

// settleAnswers writes which answer counts, or that all of them did.
func (m *Decide) settleAnswers(item DecideItem, why string, done func(DecideItem)) {
	d := decision(item)
	d.Why, d.Both = why, item.Answers[item.Chosen].Value == BothDates
	var made []string
	m.write(item, func(ctx context.Context) (err error) {
		made, err = m.Notebook.Decide(ctx, d)
		return err
	}, func(item DecideItem) {
		item.made = made
		done(item)
	})
}

// decision is what is written down of an item.
func decision(item DecideItem) store.Decision {
	d := store.Decision{Record: item.Record, Field: item.Field}
	kept := DecideAnswer{}
	if item.Chosen >= 0 {
		kept = item.Answers[item.Chosen]
	}
	if kept.Value == BothDates {
		kept = lastGiven(item.Answers)
	}
	d.Kept = kept.Value
	for n, a := range item.Answers {
		if !a.isGiven() {
			continue
		}
		d.Answers = append(d.Answers, a.given)
		if n != item.Chosen && item.Chosen >= 0 && item.Answers[item.Chosen].isGiven() {
			d.Others = append(d.Others, joined(a.Text, a.Device, a.When))
		}
	}
	slices.SortStableFunc(d.Answers, func(a, b store.Given) int { return a.At.Compare(b.At) })
	return d
}

// lastGiven is the answer that was given last.
func lastGiven(answers []DecideAnswer) DecideAnswer {
	var last DecideAnswer
	for _, a := range answers {
		if a.isGiven() && !a.given.At.Before(last.given.At) {
			last = a
		}
	}
	return last
}

// reopenAnswers asks a question again that was decided.
func (m *Decide) reopenAnswers(item DecideItem) {
	Run(m.scope, &m.act, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, m.Notebook.Reopen(ctx, decision(item), item.made)
	}, func(_ struct{}, err error) {
		if !m.failed("decide", err) {
			m.saved()
		}
		m.Load()
	})
}

// decidedRead is a question that was decided, with its card.
type decidedRead struct {
	store.Decided
	card diagnostics.Record
}

// readDecided reads what was decided lately. Of a card that is gone nothing is
// asked any more.
func (m *Decide) readDecided(ctx context.Context) ([]decidedRead, error) {
	decided, err := m.Notebook.Decided(ctx, m.Clock().Add(-decidedFor))
	var out []decidedRead
	for _, d := range decided {
		if card, err := m.Notebook.Get(ctx, d.Record); err == nil && !slices.Contains(card.Conflict, d.Field) {
			out = append(out, decidedRead{d, card})
		}
	}
	return out, err
}

// decidedItems are the questions that were decided lately, those to be decided
// again among them.
func (m *Decide) decidedItems(read decideRead) []DecideItem {
	var items []DecideItem
	for _, d := range read.decided {
		answers := make([]DecideAnswer, len(d.Answers))
		for i, g := range d.Answers {
			answers[len(answers)-1-i] = m.answer(d.card.Type, d.Field, g)
		}
		item := m.item(d.card, d.Field, answers, read.codes)
		item.Again, item.Asked = d.Reopened, read.asked[item.key()]
		if !d.Reopened {
			kept := m.answer(d.card.Type, d.Field, store.Given{Value: d.Kept, At: d.At})
			kept.Hidden = len(item.Answers) > 0 && item.Answers[0].Hidden
			item.Done = joined(kept.Shown(), When(d.At, m.Clock(), m.Lang()))
		}
		items = append(items, item)
	}
	return items
}

// hides reports whether what names a person stays hidden: a coordinator sees it
// once the file was opened for a purpose.
func (d *Desk) hides(person string) bool {
	return d.Role() == diagnostics.RoleCoordinator && !d.opened[person]
}

// sealedText stands for a name that stays hidden.
func sealedText(name string) string {
	if name == "" {
		return ""
	}
	return words.T("persons.sealed")
}
