package model

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

// DecideAnswer is one of several answers to a question.
type DecideAnswer struct {
	Value, Text  string
	Device, When string // which computer, when; "" if several said it
	Locked       bool   // its key has not arrived: it cannot be chosen
}

// DecideItem is one question with several answers, or a record that the server
// has set aside.
type DecideItem struct {
	Record, Type, Field string
	Who                 string // code of the person, or the team of a tour
	Person              string // id of the person to open, "" for none
	Answers             []DecideAnswer
	Chosen              int    // the answer that is to count, -1: none yet
	Held                string // why the server set it aside, "" for a question
	Again               bool   // it was decided, and is looked at once more
}

// Decide is the list of what people have to decide.
type Decide struct {
	Screen
	Items []DecideItem

	reopened  []DecideItem
	load, act Command
}

// NewDecide makes the list.
func NewDecide(d *Desk) *Decide { return &Decide{Screen: Screen{Desk: d}} }

type decideRead struct {
	records   []diagnostics.Record
	conflicts map[string]map[string][]store.Answer
	codes     map[string]string
	held      []store.HeldOp
}

// Load reads the list again.
func (m *Decide) Load() {
	Run(m.scope, &m.load, m.read, func(read decideRead, err error) {
		if m.failed("decide", err) {
			return
		}
		m.apply(read)
		m.changed()
	})
}

func (m *Decide) read(ctx context.Context) (decideRead, error) {
	read := decideRead{conflicts: map[string]map[string][]store.Answer{}, codes: map[string]string{}}
	var err1, err2 error
	read.records, err1 = m.Notebook.InConflict(ctx, Page)
	read.held, err2 = m.Notebook.HeldOps(ctx)
	err := errors.Join(err1, err2)
	for _, r := range read.records {
		conflicts, e := m.Notebook.Conflicts(ctx, r.ID)
		err = errors.Join(err, e)
		read.conflicts[r.ID] = conflicts
		if person := r.Get("person"); person != "" {
			if card, e := m.Notebook.Get(ctx, person); e == nil {
				read.codes[person] = card.Get("code")
			}
		}
	}
	return read, err
}

func (m *Decide) apply(read decideRead) {
	chosen := map[string]string{}
	for _, item := range m.Items {
		if item.Chosen >= 0 {
			chosen[item.Record+item.Field] = item.Answers[item.Chosen].Value
		}
	}
	m.Items = nil
	for _, r := range read.records {
		for _, field := range r.Conflict {
			if answers := read.conflicts[r.ID][field]; len(answers) > 1 {
				m.Items = append(m.Items, m.item(r, field, answers, read.codes, chosen[r.ID+field]))
			}
		}
	}
	m.Items = append(m.Items, m.reopened...)
	for _, h := range read.held {
		m.Items = append(m.Items, DecideItem{Record: h.Rec, Type: h.Type, Held: h.Why, Chosen: -1})
	}
}

func (m *Decide) item(r diagnostics.Record, field string, answers []store.Answer, codes map[string]string, chosen string) DecideItem {
	item := DecideItem{Record: r.ID, Type: r.Type, Field: field, Chosen: -1, Who: r.Get("team"), Person: r.Get("person")}
	switch {
	case r.Type == diagnostics.TypePerson:
		item.Who, item.Person = r.Get("code"), r.ID
	case codes[item.Person] != "":
		item.Who = codes[item.Person]
	}
	for i, a := range answers {
		text := m.valueText(r.Type, field, a.Text)
		device := m.Member.DeviceName(a.Device)
		item.Answers = append(item.Answers, DecideAnswer{
			Value: a.Text, Text: text, Device: device, Locked: a.Locked,
			When: When(a.At, m.Clock(), m.Lang()),
		})
		if chosen != "" && a.Text == chosen {
			item.Chosen = i
		}
	}
	return item
}

// valueText says a value of a field as a reader sees it.
func (d *Desk) valueText(recordType, field, value string) string {
	entity, _ := diagnostics.LookupEntity(recordType)
	f, _ := entity.Field(field)
	switch f.Type {
	case diagnostics.TypeCode, diagnostics.TypeCodes:
		codes := strings.Fields(value)
		for i, code := range codes {
			codes[i] = d.Label(f.List, code)
		}
		return strings.Join(codes, ", ")
	case diagnostics.TypeDate:
		if t, err := time.Parse(time.DateOnly, value); err == nil {
			return Day(t)
		}
	case diagnostics.TypeTime:
		return When(diagnostics.Record{Fields: diagnostics.Values{"t": value}}.Time("t"), d.Clock(), d.Lang())
	}
	return value
}

// Choose marks an answer of an item as the one that is to count.
func (m *Decide) Choose(item, answer int) {
	if item < 0 || item >= len(m.Items) || answer < 0 || answer >= len(m.Items[item].Answers) || m.Items[item].Answers[answer].Locked {
		return
	}
	m.Items[item].Chosen = answer
	m.changed()
}

// Settle writes the decision down and hands it to done, which may take it back
// by Reopen. Both answers stay in the history.
func (m *Decide) Settle(i int, why string, done func(DecideItem)) {
	if i < 0 || i >= len(m.Items) || m.Items[i].Chosen < 0 || m.act.Running() {
		return
	}
	item := m.Items[i]
	kept := item.Answers[item.Chosen]
	var others []string
	for n, a := range item.Answers {
		if n != item.Chosen {
			others = append(others, joined(a.Text, a.Device, a.When))
		}
	}
	Run(m.scope, &m.act, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, m.Notebook.Decide(ctx, item.Record, item.Field, kept.Value, strings.TrimSpace(why), others)
	}, func(_ struct{}, err error) {
		if m.failed("decide", err) {
			return
		}
		same := func(other DecideItem) bool { return other.Record == item.Record && other.Field == item.Field }
		m.reopened = slices.DeleteFunc(m.reopened, same)
		m.Items = slices.DeleteFunc(m.Items, same)
		m.saved()
		m.Load()
		done(item)
	})
}

// Reopen puts a decided question back into the list.
func (m *Decide) Reopen(item DecideItem) {
	item.Again = true
	m.reopened = append(m.reopened, item)
	m.Load()
}
