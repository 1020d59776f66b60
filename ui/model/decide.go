package model

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/ui/words"
)

// DecideAnswer is one of several answers to a question.
type DecideAnswer struct {
	Value, Text  string
	Device, When string // which computer, when; "" if several said it
	Locked       bool   // its key has not arrived: it cannot be chosen
}

// DecideItem is one question with several answers, two cards that may be one
// person's, or a record that the server has set aside.
type DecideItem struct {
	Record, Type, Field string
	Who                 string // code of the person, or the team of a tour
	Person              string // id of the person to open, "" for none
	Answers             []DecideAnswer
	Chosen              int    // the answer that is to count, -1: none yet
	Held                string // why the server set it aside, "" for a question
	Again               bool   // it was decided, and is looked at once more
	Asked               bool   // the person is to be asked: a step says so
	Pair                *DecidePair
	Aside               *DecideHeld // of what a coordinator decides about
}

// key tells one item from another.
func (i DecideItem) key() string {
	switch {
	case i.Pair != nil:
		return i.Pair.A.ID + " " + i.Pair.B.ID
	case i.Aside != nil:
		return fmt.Sprintf("%s %d", i.Aside.Dev, i.Aside.N)
	case i.Held != "":
		return i.Record + " held"
	}
	return i.Record + " " + i.Field
}

// Decide is the list of what people have to decide.
type Decide struct {
	Screen
	Items []DecideItem

	Scanned, ToScan int   // persons compared so far, of how many
	Loaded          bool  // what there is was read
	HeldErr         error // why the server does not say what it set aside

	reopened  []DecideItem
	pairs     []DecideItem // found by the scan
	later     map[string]bool
	aside     []DecideItem // set aside in the team, as the server says
	scanned   bool
	listed    bool
	load, act Command
	scan, ask Command
}

// NewDecide makes the list.
func NewDecide(d *Desk) *Decide { return &Decide{Screen: Screen{Desk: d}, later: map[string]bool{}} }

type decideRead struct {
	records   []diagnostics.Record
	conflicts map[string]map[string][]store.Answer
	codes     map[string]string
	held      []store.HeldOp
	asked     map[string]bool // questions that a step asks the person
}

// Load reads the list again.
func (m *Decide) Load() {
	Run(m.scope, &m.load, m.read, func(read decideRead, err error) {
		if m.failed("decide", err) {
			return
		}
		m.apply(read)
		m.Loaded = true
		m.changed()
		m.look()
	})
}

// look searches for pairs, and asks the server what it set aside: once, when the
// screen is first shown.
func (m *Decide) look() {
	if !m.scanned {
		m.scanned = true
		m.startScan()
	}
	if !m.listed {
		m.listed = true
		m.askServer(nil, nil)
	}
}

func (m *Decide) read(ctx context.Context) (decideRead, error) {
	read := decideRead{conflicts: map[string]map[string][]store.Answer{}, codes: map[string]string{}}
	var err1, err2 error
	read.records, err1 = m.Notebook.InConflict(ctx, Page)
	read.held, err2 = m.Notebook.HeldOps(ctx)
	asked, err3 := m.askedFor(ctx)
	read.asked = asked
	err := errors.Join(err1, err2, err3)
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
			chosen[item.key()] = item.Answers[item.Chosen].Value
		}
	}
	m.Items = nil
	var asked []DecideItem
	for _, r := range read.records {
		for _, field := range r.Conflict {
			answers := read.conflicts[r.ID][field]
			if len(answers) < 2 {
				continue
			}
			item := m.item(r, field, answers, read.codes)
			if item.Asked = read.asked[item.key()]; item.Asked {
				asked = append(asked, item)
				continue
			}
			m.Items = append(m.Items, item)
		}
	}
	m.Items = append(m.Items, m.reopened...)
	for _, pair := range m.pairs {
		if !m.later[pair.key()] {
			m.Items = append(m.Items, pair)
		}
	}
	m.Items = append(m.Items, m.aside...)
	for _, h := range read.held {
		if !slices.ContainsFunc(m.aside, func(i DecideItem) bool { return i.Aside.Dev == m.Member.DeviceID() && i.Aside.N == h.N }) {
			m.Items = append(m.Items, m.ownHeld(h))
		}
	}
	m.Items = append(m.Items, asked...)
	for i, item := range m.Items {
		m.Items[i].Chosen = slices.IndexFunc(item.Answers, func(a DecideAnswer) bool { return chosen[item.key()] != "" && a.Value == chosen[item.key()] })
	}
}

func (m *Decide) item(r diagnostics.Record, field string, answers []store.Answer, codes map[string]string) DecideItem {
	item := DecideItem{Record: r.ID, Type: r.Type, Field: field, Chosen: -1, Who: r.Get("team"), Person: r.Get("person")}
	switch {
	case r.Type == diagnostics.TypePerson:
		item.Who, item.Person = r.Get("code"), r.ID
	case r.Type == diagnostics.TypeActor || r.Type == diagnostics.TypeAction:
		item.Who = r.Get("name")
	case codes[item.Person] != "":
		item.Who = codes[item.Person]
	}
	for _, a := range answers {
		text := m.valueText(r.Type, field, a.Text)
		device := m.Member.DeviceName(a.Device)
		item.Answers = append(item.Answers, DecideAnswer{
			Value: a.Text, Text: text, Device: device, Locked: a.Locked,
			When: When(a.At, m.Clock(), m.Lang()),
		})
	}
	if item.Person != "" {
		item.Answers = append(item.Answers, DecideAnswer{Value: AskPerson, Text: words.T("decide.ask")})
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
// by Reopen. All answers stay in the history.
func (m *Decide) Settle(i int, why string, done func(DecideItem)) {
	if i < 0 || i >= len(m.Items) || m.Items[i].Chosen < 0 || m.act.Running() {
		return
	}
	item, why := m.Items[i], strings.TrimSpace(why)
	switch {
	case item.Pair != nil:
		m.settlePair(item, why, done)
	case item.Aside != nil:
		m.settleHeld(item, done)
	case item.Answers[item.Chosen].Value == AskPerson:
		m.askPerson(item, done)
	default:
		m.settleAnswers(item, why, done)
	}
}

func (m *Decide) settleAnswers(item DecideItem, why string, done func(DecideItem)) {
	kept := item.Answers[item.Chosen]
	var others []string
	for n, a := range item.Answers {
		if n != item.Chosen && a.Value != AskPerson {
			others = append(others, joined(a.Text, a.Device, a.When))
		}
	}
	m.write(item, func(ctx context.Context) error {
		return m.Notebook.Decide(ctx, item.Record, item.Field, kept.Value, why, others)
	}, done)
}

// write does what was decided and takes the item out of the list.
func (m *Decide) write(item DecideItem, work func(context.Context) error, done func(DecideItem)) {
	Run(m.scope, &m.act, func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) }, func(_ struct{}, err error) {
		if m.failed("decide", err) {
			return
		}
		same := func(other DecideItem) bool { return other.key() == item.key() }
		m.reopened = slices.DeleteFunc(m.reopened, same)
		m.pairs = slices.DeleteFunc(m.pairs, same)
		m.Items = slices.DeleteFunc(m.Items, same)
		if item.Type == diagnostics.TypeActor || item.Type == diagnostics.TypeAction {
			m.rereadDirectory()
		}
		m.saved()
		m.Load()
		done(item)
	})
}

// Reopen takes a decision back: the question is in the list again.
func (m *Decide) Reopen(item DecideItem) {
	switch {
	case item.Pair != nil:
		m.reopenPair(item)
	case item.Answers[item.Chosen].Value == AskPerson:
		m.unask(item)
	default:
		item.Again = true
		m.reopened = append(m.reopened, item)
		m.Load()
	}
}
