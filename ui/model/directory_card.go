package model

import (
	"context"
	"slices"

	"solidaren/diagnostics"
	"solidaren/diagnostics/directory"
	"solidaren/ui/words"
)

// DirectoryCard shows one action of the directory and its actor, field by
// field, and puts any of them right. Each change is written at once, dated and
// in the name of the team, and can be taken back.
type DirectoryCard struct {
	Screen
	OnUndoable func(sentence string, undo func())
	Code       string // of the action
	Title      string
	Action     []FieldLine
	Actor      []FieldLine
	Others     int  // other actions of the actor, which change with it
	Shut       bool // the action is closed
	AllShut    bool // all actions of the actor are
	Err        error

	entry        directory.Entry
	load, change Command
}

// NewDirectoryCard makes the screen of one action.
func NewDirectoryCard(d *Desk, code string) *DirectoryCard {
	return &DirectoryCard{Screen: Screen{Desk: d}, Code: code}
}

// The fields that are put right, in the order in which they are shown.
var (
	actionFields = []string{
		"name", "saturation", "phase", "needs", "publics", "districts", "animals", "phone", "opening_hours", "address",
		"conditions", "fees", "capacity", "description", "remark", "name_en",
	}
	actorFields = []string{"name", "kind", "phone", "opening_hours", "districts", "address", "email", "site", "description", "remark"}
)

// Load reads the card again.
func (m *DirectoryCard) Load() {
	m.show()
	Run(m.scope, &m.load, func(ctx context.Context) (*directory.Directory, error) {
		return ReadDirectory(ctx, m.Notebook)
	}, func(read *directory.Directory, err error) {
		if !m.failed("directory", err) {
			m.useDirectory(read)
			m.show()
		}
	})
}

func (m *DirectoryCard) show() {
	e, ok := m.Directory().Find(m.Code)
	if !ok {
		m.entry, m.Action, m.Actor, m.Title = directory.Entry{}, nil, nil, ""
		m.changed()
		return
	}
	all := m.Directory().Of(e.Actor.ID)
	m.entry, m.Title, m.Others, m.Shut = e, joined(m.actionName(e), e.Actor.Get("name")), max(0, len(all)-1), e.Shut()
	m.AllShut = !slices.ContainsFunc(all, func(e directory.Entry) bool { return !e.Shut() })
	m.Action, m.Actor = m.fieldLines(e.Action, actionFields), nil
	if e.Actor.ID != "" {
		m.Actor = m.fieldLines(e.Actor, actorFields)
	}
	for _, lines := range [][]FieldLine{m.Action, m.Actor} {
		for i, line := range lines {
			if line.Field == "opening_hours" {
				lines[i].Text = showHours(line.Value)
			}
		}
	}
	m.changed()
}

// Put puts a field of the action, or of its actor, right.
func (m *DirectoryCard) Put(ofActor bool, field, value string) {
	card := m.entry.Action
	if ofActor {
		card = m.entry.Actor
	}
	if card.ID == "" || value == card.Get(field) {
		return
	}
	plan, err := directory.Put(card, field, value, m.Clock().Local(), m.Member.Team())
	if m.Err = err; err != nil {
		m.changed()
		return
	}
	m.do(plan, words.T("directory.corrected", words.Clock(m.Clock().Local())))
}

// Toggle closes the action until further notice, or opens it again.
func (m *DirectoryCard) Toggle() {
	m.shut([]directory.Entry{m.entry}, !m.Shut)
}

// ToggleAll does that with all actions of the actor.
func (m *DirectoryCard) ToggleAll() {
	m.shut(m.Directory().Of(m.entry.Actor.ID), !m.AllShut)
}

func (m *DirectoryCard) shut(entries []directory.Entry, on bool) {
	sentence := words.T("directory.reopened")
	if on {
		sentence = words.T("directory.shut")
	}
	m.do(directory.Shut(entries, on, m.Clock().Local(), m.Member.Team()), sentence)
}

// do writes a plan and offers to take it back.
func (m *DirectoryCard) do(plan directory.Plan, sentence string) {
	if m.change.Running() || len(plan.Update) == 0 {
		return
	}
	var cards []diagnostics.Record
	for _, e := range m.Directory().Of(m.entry.Actor.ID) {
		cards = append(cards, e.Action)
	}
	back := directory.Undo(append(cards, m.entry.Action, m.entry.Actor), plan)
	Run(m.scope, &m.change, m.planned(plan), func(read *directory.Directory, err error) {
		if m.failed("directory card", err) {
			return
		}
		m.useDirectory(read)
		m.saved()
		m.show()
		if m.OnUndoable != nil {
			m.OnUndoable(sentence, func() { m.takeBackPlan(back) })
		}
	})
}

// planned does a plan, and reads the directory after it.
func (d *Desk) planned(plan directory.Plan) func(context.Context) (*directory.Directory, error) {
	return func(ctx context.Context) (*directory.Directory, error) {
		if err := d.Notebook.ImportDirectory(ctx, plan); err != nil {
			return nil, err
		}
		return ReadDirectory(ctx, d.Notebook)
	}
}

// takeBackPlan outlives the screen: one may have gone elsewhere.
func (d *Desk) takeBackPlan(back directory.Plan) {
	var command Command
	Run(d.scope, &command, d.planned(back), func(read *directory.Directory, err error) {
		if err != nil {
			d.NoteError("directory undo", err)
			d.wrote(err)
			return
		}
		d.useDirectory(read)
		d.saved()
	})
}

// NewAction makes an action of an actor, which is made too where it is unknown,
// and hands over its code and what takes that back.
func (m *Directory) NewAction(name, actor string, done func(code string, undo func(), err error)) {
	plan, code, err := m.Directory().Add(name, actor, m.Clock().Local(), m.Member.Team())
	if err != nil {
		done("", nil, err)
		return
	}
	Run(m.scope, &m.change, m.planned(plan), func(read *directory.Directory, err error) {
		if m.failed("directory add", err) {
			return
		}
		m.useDirectory(read)
		m.saved()
		m.find()
		done(code, func() { m.takeBackPlan(directory.Unmake(plan)) }, nil)
	})
}

// Actors are the names of all actors, for the choice of one.
func (m *Directory) Actors() []string {
	var names []string
	for _, a := range m.Directory().Actors {
		names = append(names, a.Get("name"))
	}
	return slices.Compact(names)
}
