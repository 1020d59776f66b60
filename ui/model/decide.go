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
	Hidden       bool   // it names the person, whose file was opened for no purpose yet

	given store.Given // "" where nobody gave it: what is done instead of choosing one
}

// Shown is what may be read of an answer.
func (a DecideAnswer) Shown() string {
	switch {
	case a.Locked:
		return words.T("decide.locked")
	case a.Hidden:
		return words.T("decide.sealed")
	case a.Text == "":
		return words.T("decide.empty")
	}
	return a.Text
}

// given reports whether somebody gave the answer.
func (a DecideAnswer) isGiven() bool { return a.Value != AskPerson && a.Value != BothDates }

// DecideItem is one question with several answers, two cards that may be one
// person's, or a record that the server has set aside.
type DecideItem struct {
	Record, Type, Field string
	Who                 string // code of the person, or the team of a tour
	Person              string // id of the person to open, "" for none
	Answers             []DecideAnswer
	Chosen              int      // the answer that is to count, -1: none yet
	Held                string   // why the server set it aside, "" for a question
	What, FormID        string   // of what was set aside: its kind in words, or its form
	Again               bool     // it was decided, and is looked at once more
	Done                string   // how and when it was decided, "" while it is not
	made                []string // situations that the decision made
	Asked               bool     // the person is to be asked: a step says so
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
	Items []DecideItem // what is open, then what was decided lately
	Left  int          // how many are open

	Scanned, ToScan int   // persons compared so far, of how many
	Loaded          bool  // what there is was read
	HeldErr         error // why the server does not say what it set aside

	pairs     []DecideItem // found by the scan
	later     map[string]bool
	aside     []DecideItem // set aside in the team, as the server says
	scanned   bool
	listed    bool
	load, act Command
	scan, ask Command
}

// NewDecide makes the list.
func NewDecide(d *Desk) *Decide {
	return &Decide{Screen: Screen{Desk: d}, later: map[string]bool{}, scan: Command{kept: "stopped.scan"}}
}

type decideRead struct {
	records   []diagnostics.Record
	conflicts map[string]map[string][]store.Answer
	codes     map[string]string
	held      []heldRead
	asked     map[string]bool // questions that a step asks the person
	decided   []decidedRead
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
	read.held, err2 = m.readHeld(ctx)
	asked, err3 := m.askedFor(ctx)
	decided, err4 := m.readDecided(ctx)
	read.asked, read.decided = asked, decided
	err := errors.Join(err1, err2, err3, err4)
	for _, r := range read.records {
		conflicts, e := m.Notebook.Conflicts(ctx, r.ID)
		err = errors.Join(err, e)
		read.conflicts[r.ID] = conflicts
		m.readCode(ctx, r, read.codes)
	}
	for _, d := range decided {
		m.readCode(ctx, d.card, read.codes)
	}
	return read, err
}

// readCode reads the code of the person that a card is about.
func (m *Decide) readCode(ctx context.Context, r diagnostics.Record, codes map[string]string) {
	if person := r.Get("person"); person != "" {
		if card, err := m.Notebook.Get(ctx, person); err == nil {
			codes[person] = card.Get("code")
		}
	}
}

// openItems are the questions with several answers, and apart those that a step
// asks the person.
func (m *Decide) openItems(read decideRead) (open, asked []DecideItem) {
	for _, r := range read.records {
		for _, field := range r.Conflict {
			answers := read.conflicts[r.ID][field]
			if len(answers) < 2 {
				continue
			}
			item := m.item(r, field, m.answers(r.Type, field, answers), read.codes)
			if item.Asked = read.asked[item.key()]; item.Asked {
				asked = append(asked, item)
				continue
			}
			open = append(open, item)
		}
	}
	return open, asked
}

func (m *Decide) apply(read decideRead) {
	chosen := map[string]string{}
	for _, item := range m.Items {
		if item.Chosen >= 0 {
			chosen[item.key()] = item.Answers[item.Chosen].Value
		}
	}
	open, asked := m.openItems(read)
	m.Items = open
	done := m.decidedItems(read)
	for _, item := range done {
		if item.Again {
			m.Items = append(m.Items, item)
		}
	}
	for _, pair := range m.pairs {
		if !m.later[pair.key()] {
			pair.Pair = m.pairOf(pair.Pair.cards) // what may be shown of it may be more than before
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
	m.Left = len(m.Items)
	for _, item := range done {
		if !item.Again {
			m.Items = append(m.Items, item)
		}
	}
	for i, item := range m.Items {
		m.Items[i].Chosen = slices.IndexFunc(item.Answers, func(a DecideAnswer) bool { return chosen[item.key()] != "" && a.Value == chosen[item.key()] })
	}
}

func (m *Decide) item(r diagnostics.Record, field string, answers []DecideAnswer, codes map[string]string) DecideItem {
	item := DecideItem{Record: r.ID, Type: r.Type, Field: field, Chosen: -1, Who: r.Get("team"), Person: r.Get("person")}
	switch {
	case r.Type == diagnostics.TypePerson:
		item.Who, item.Person = r.Get("code"), r.ID
	case r.Type == diagnostics.TypeActor || r.Type == diagnostics.TypeAction:
		item.Who = r.Get("name")
	case codes[item.Person] != "":
		item.Who = codes[item.Person]
	}
	hidden := strings.HasPrefix(field, diagnostics.IdentityPrefix) && m.hides(item.Person)
	for _, a := range answers {
		a.Hidden = hidden && a.Text != ""
		item.Answers = append(item.Answers, a)
	}
	if bothRight(r.Type, field, answers) {
		item.Answers = append(item.Answers, DecideAnswer{Value: BothDates, Text: bothText(len(answers))})
	}
	if item.Person != "" {
		item.Answers = append(item.Answers, DecideAnswer{Value: AskPerson, Text: words.T("decide.ask")})
	}
	return item
}

// answers puts the answers that a register holds into words.
func (m *Decide) answers(recordType, field string, read []store.Answer) []DecideAnswer {
	out := make([]DecideAnswer, len(read))
	for i, a := range read {
		out[i] = m.answer(recordType, field, store.Given{Value: a.Text, Device: a.Device, At: a.At})
		out[i].Locked = a.Locked
	}
	return out
}

func (m *Decide) answer(recordType, field string, g store.Given) DecideAnswer {
	return DecideAnswer{
		Value: g.Value, Text: m.valueText(recordType, field, g.Value), given: g,
		Device: m.Member.DeviceName(g.Device), When: When(g.At, m.Clock(), m.Lang()),
	}
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

// write does what was decided and takes the item out of the list.
func (m *Decide) write(item DecideItem, work func(context.Context) error, done func(DecideItem)) {
	Run(m.scope, &m.act, func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) }, func(_ struct{}, err error) {
		if m.failed("decide", err) {
			return
		}
		same := func(other DecideItem) bool { return other.key() == item.key() }
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
	case item.Chosen >= 0 && item.Answers[item.Chosen].Value == AskPerson:
		m.unask(item)
	default:
		m.reopenAnswers(item)
	}
}
