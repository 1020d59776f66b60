package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/intake"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/xform"
	"solidaren/sync/wire"
)

// Stage is a notebook in which the one-click demo is set up: beside finished
// records it holds what is not finished, and what another laptop answered.
type Stage interface {
	Notebook
	DirectoryNotebook
	SaveDraft(ctx context.Context, d store.Draft) error
	OpNumbers(ctx context.Context) (last, acked int64, err error)
	PendingOps(ctx context.Context, after int64, maxOps, maxBytes int) ([]wire.Op, error)
	ApplyReply(ctx context.Context, reply wire.SyncReply) (wire.Applied, error)
}

// Team is the team of the one-click demo.
const Team = "Démo"

// Laptops are the computers of its team, beside the one that it runs on.
func Laptops() []wire.Device {
	var all []wire.Device
	for i, name := range []string{"feuille", "ancre", "voilier"} {
		role := []diagnostics.Role{diagnostics.RoleWorker, diagnostics.RoleSocialWorker, diagnostics.RoleCoordinator}[i]
		all = append(all, wire.Device{ID: "demo-" + name, Name: name, Team: Team, Role: string(role), AuthKey: "demo " + name, Active: true})
	}
	return all
}

// Set fills the notebook as Fill does and leaves in it what a day begins with:
// drafts, questions to which two laptops have different answers, and a record
// that the server set aside. Errors: as Fill.
func Set(ctx context.Context, nb Stage, o Options, progress Progress) (Summary, error) {
	summary, s, err := fill(ctx, nb, o, progress)
	if err != nil {
		return summary, err
	}
	if err := FillDirectory(ctx, nb, o); err != nil {
		return summary, fmt.Errorf("demo: directory: %w", err)
	}
	if err := s.begin(ctx, nb, o); err != nil {
		return summary, fmt.Errorf("demo: drafts: %w", err)
	}
	if err := s.disagree(ctx, nb); err != nil {
		return summary, fmt.Errorf("demo: answers of other laptops: %w", err)
	}
	return summary, nil
}

// begun are the forms that were begun and not finished: how much of each is
// answered.
var begun = []struct {
	kind    kind
	answers []string // of its sheet; nil: all
}{
	{talk, []string{"e_date", "e_where", "e_info", "e_code", "e_district", "e_public", "e_hh", "e_adults", "e_age", "e_gender", "e_night", "e_since", "e_request"}},
	{talk, []string{"e_date", "e_where", "e_info", "e_code", "e_district"}},
	{street, []string{"m_at", "m_district", "m_place", "m_contact", "m_n", "m_info"}},
}

// draftStream is the stream of chance of the drafts.
const draftStream = 3

// begin leaves drafts.
func (s *scribe) begin(ctx context.Context, nb Stage, o Options) error {
	d := roll(o.Seed, draftStream)
	known := slices.DeleteFunc(slices.Clone(s.agenda.persons), func(p *person) bool { return !p.met })
	for _, b := range begun {
		if len(known) == 0 {
			return nil
		}
		e := event{kind: b.kind, at: s.agenda.until.Add(-time.Duration(d.between(60, 300)) * time.Minute), team: teams[0], person: one(d, known), dice: d}
		form, whole, part := s.forms[b.kind], e.sheet(s.actions, s.agenda.until), sheet{}
		for _, name := range b.answers {
			part[name] = whole[name]
		}
		session, err := form.NewSession(xform.SessionOptions{Now: func() time.Time { return e.at }, Location: zone, Seed: e.at.Unix()})
		if err != nil {
			return err
		}
		content, err := json.Marshal(part)
		if err != nil {
			return err
		}
		if _, err := intake.Fill(session, content); err != nil {
			return err
		}
		state, err := session.Save()
		if err != nil {
			return err
		}
		draft := store.Draft{
			ID: d.id(e.at), FormID: form.ID(), FormVersion: form.Version(), State: state, Person: s.ids[e.person.code],
			Answered: len(part), Revision: 1,
		}
		if err := nb.SaveDraft(ctx, draft); err != nil {
			return err
		}
	}
	return nil
}

// disputes are the fields to which another laptop gives another answer.
var disputes = []struct{ field, first, second string }{
	{"age_band", "a25", "a40"},
	{"gender", "f", "m"},
	{"age_band", "a18", "a25"},
}

// disagree applies what a server would answer: it has all operations, set one
// of them aside, and two laptops gave other answers about some persons.
func (s *scribe) disagree(ctx context.Context, nb Stage) error {
	last, _, err := nb.OpNumbers(ctx)
	if err != nil {
		return err
	}
	cards, aside, err := s.states(ctx, nb)
	if err != nil {
		return err
	}
	laptops := Laptops()
	reply := wire.SyncReply{Epoch: "demo", Acked: last, Cursors: map[string]int64{Team: int64(len(cards))}}
	for i, card := range cards {
		values := []wire.Value{}
		for j, text := range []string{disputes[i].first, disputes[i].second} {
			raw, err := json.Marshal(text)
			if err != nil {
				return err
			}
			at := s.agenda.until.Add(-time.Duration(20+7*i+11*j) * time.Hour)
			values = append(values, wire.Value{V: raw, Dev: laptops[j].ID, At: at, Ver: int64(j + 2), Op: s.agenda.id(at, i, j)})
		}
		card.Fields[disputes[i].field] = values
		card.Seq, card.Ver = int64(i+1), 3
		reply.Changes = map[string][]wire.Record{Team: append(reply.Changes[Team], card)}
	}
	if aside > 0 {
		reply.Held = []wire.Held{{N: aside, Why: wire.HeldForbidden}}
	}
	_, err = nb.ApplyReply(ctx, reply)
	return err
}

// states gives the cards of the persons of the disputes as a server would have
// them, and the number of the last own note.
func (s *scribe) states(ctx context.Context, nb Stage) (cards []wire.Record, aside int64, err error) {
	states := map[string]*wire.Record{}
	var order []string
	for after := int64(0); ; {
		ops, err := nb.PendingOps(ctx, after, wire.MaxOps, wire.MaxBody)
		if err != nil {
			return nil, 0, err
		}
		if len(ops) == 0 {
			break
		}
		for _, op := range ops {
			after = op.N
			if op.Type == diagnostics.TypeNote {
				aside = op.N
			}
			if op.Type != diagnostics.TypePerson {
				continue
			}
			r := states[op.Rec]
			if r == nil {
				r = &wire.Record{ID: op.Rec, Type: op.Type, Kind: wire.OpSet, Fields: map[string][]wire.Value{}}
				states[op.Rec], order = r, append(order, op.Rec)
			}
			for field, v := range op.Set {
				r.Fields[field] = []wire.Value{{V: v, Dev: "demo", At: op.At, Ver: 1, Op: op.ID}}
			}
		}
	}
	for i := len(order) - 1; i >= 0 && len(cards) < len(disputes); i -= 5 { // those met first lately, apart from each other
		cards = append(cards, *states[order[i]])
	}
	return cards, aside, nil
}

// id is that of an operation of another laptop.
func (a *agenda) id(at time.Time, i, j int) string {
	return roll(uint64(i+1), draftStream+uint64(j+1)).id(at)
}
