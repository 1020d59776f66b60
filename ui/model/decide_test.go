package model_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/synctest"
	"solidaren/sync/wire"
	"solidaren/ui/model"
)

// conflict makes a person about whom two computers said different things.
func conflict(d *desk, field, mine, theirs string) string {
	d.t.Helper()
	id := diagnostics.NewID()
	value := func(text, device string, ver int64, ago time.Duration) wire.Value {
		raw, err := json.Marshal(text)
		if err != nil {
			d.t.Fatal(err)
		}
		return wire.Value{V: raw, Dev: device, At: now.Add(-ago), Ver: ver, Op: diagnostics.NewID()}
	}
	state := wire.Record{ID: id, Seq: 1, Ver: 2, Type: diagnostics.TypePerson, Kind: wire.OpSet, Fields: map[string][]wire.Value{
		"code": {value("K7QM-4TR", "ancre", 1, 2*time.Hour)},
		field:  {value(mine, "feuille", 1, 2*time.Hour), value(theirs, "ancre", 2, time.Hour)},
	}}
	if _, err := d.Notebook.ApplyReply(d.t.Context(), wire.SyncReply{
		Epoch: "e", Changes: map[string][]wire.Record{"nord": {state}},
		Cursors: map[string]int64{"nord": 1},
	}); err != nil {
		d.t.Fatal(err)
	}
	return id
}

func TestDecideKeepsBothAnswers(t *testing.T) {
	d := newDesk(t)
	id := conflict(d, "age_band", "a25", "a40")
	m := open(d, model.NewDecide(d.Desk))
	m.Load()
	d.settle()
	if len(m.Items) != 1 || len(m.Items[0].Answers) != 4 || m.Items[0].Who != "K7QM-4TR" || m.Items[0].Answers[0].Text != "40–54" {
		t.Fatalf("the list has %+v", m.Items)
	}
	m.Settle(0, "", func(model.DecideItem) { t.Error("decided without an answer") })
	m.Choose(0, 1)
	m.Load() // what was chosen stays
	d.settle()
	if m.Items[0].Chosen != 1 {
		t.Fatalf("the choice is gone: %+v", m.Items[0])
	}
	var done model.DecideItem
	m.Settle(0, " elle l'a dit ", func(item model.DecideItem) { done = item })
	d.settle()
	card, err := d.Notebook.Get(t.Context(), id)
	if err != nil || card.Get("age_band") != "a25" || len(card.Conflict) != 0 || m.Left != 0 || len(m.Items) != 1 || m.Items[0].Done == "" {
		t.Fatalf("the card holds %+v, the list %+v, %v", card, m.Items, err)
	}
	history, err := d.Notebook.Resolutions(t.Context(), id)
	if err != nil || len(history) != 1 {
		t.Fatalf("%v, %v", history, err)
	}
	if h := history[0]; h.Get("kept") != "a25" || h.Get("set_aside") == "" || h.Get("why") != "elle l'a dit" || h.Get("person") != id {
		t.Errorf("the history says %v", h.Fields)
	}
	m.Reopen(done)
	d.settle()
	if m.Left != 1 || !m.Items[0].Again || m.Items[0].Done != "" {
		t.Fatalf("after reopening: %+v", m.Items)
	}
	m = open(d, model.NewDecide(d.Desk)) // it stays open for whoever comes later
	m.Load()
	d.settle()
	if m.Left != 1 || !m.Items[0].Again || len(m.Items[0].Answers) != 4 {
		t.Fatalf("after reopening, the next day: %+v", m.Items)
	}
	m.Choose(0, 0)
	m.Settle(0, "", func(model.DecideItem) {})
	d.settle()
	if card, _ = d.Notebook.Get(t.Context(), id); card.Get("age_band") != "a40" {
		t.Errorf("decided again: %v", card.Fields)
	}
}

// TestBothAnswersWereRight keeps two answers, each on its day, and takes that
// back.
func TestBothAnswersWereRight(t *testing.T) {
	d := newDesk(t)
	id := conflict(d, "age_band", "a25", "a40")
	m := open(d, model.NewDecide(d.Desk))
	m.Load()
	d.settle()
	if m.Items[0].Answers[2].Value != model.BothDates {
		t.Fatalf("the answers are %+v", m.Items[0].Answers)
	}
	m.Choose(0, 2)
	var done model.DecideItem
	m.Settle(0, "", func(item model.DecideItem) { done = item })
	d.settle()
	person := open(d, model.NewPerson(d.Desk, id))
	situations := func() (out []string) {
		person.Load()
		d.settle()
		for _, e := range person.Events {
			if e.Type == diagnostics.TypeSituation {
				out = append(out, e.What)
			}
		}
		return out
	}
	if got := situations(); len(got) != 2 || got[0] != "40–54" || got[1] != "25–39" || person.Card.Get("age_band") != "a40" {
		t.Errorf("the sheet tells of %q, the card holds %v", got, person.Card.Fields)
	}
	m.Reopen(done)
	d.settle()
	if got := situations(); m.Left != 1 || len(got) != 0 {
		t.Errorf("taken back: %d are left, the sheet tells of %q", m.Left, got)
	}
}

// TestNoBothForANumber: a person has one birth date.
func TestNoBothForANumber(t *testing.T) {
	d := newDesk(t)
	conflict(d, "identity.birth_date", "1980-01-01", "1981-01-01")
	m := open(d, model.NewDecide(d.Desk))
	m.Load()
	d.settle()
	if len(m.Items[0].Answers) != 3 {
		t.Errorf("the answers are %+v", m.Items[0].Answers)
	}
}

// TestCoordinatorSeesNoNameBeforeAPurpose looks for a name in every list of
// persons, before and after the file was opened for a purpose.
func TestCoordinatorSeesNoNameBeforeAPurpose(t *testing.T) {
	d := newDesk(t)
	fields := func(handle string) diagnostics.Values {
		return diagnostics.Values{"identity.handle": handle, "identity.names": "Kervella", "gender": "f", "identity.phone": "0612345678"}
	}
	a, b := d.create(diagnostics.TypePerson, fields("Zéphyrine")), d.create(diagnostics.TypePerson, fields("Zephirine"))
	named := conflict(d, "identity.names", "Kerleau", "Kerlo")
	d.ActAs = diagnostics.RoleCoordinator
	told := func() string {
		list, decide := open(d, model.NewPersons(d.Desk)), open(d, model.NewDecide(d.Desk))
		list.Load()
		decide.Load()
		d.settle()
		if list.Rows.Len() != 3 || decide.Left != 2 {
			t.Fatalf("%d rows, %+v", list.Rows.Len(), decide.Items)
		}
		var b strings.Builder
		for i := range list.Rows.Len() {
			row, _ := list.Rows.At(i)
			b.WriteString(row.Handle + row.Names)
		}
		for _, item := range decide.Items {
			for _, answer := range item.Answers {
				b.WriteString(answer.Shown())
			}
			if item.Pair != nil {
				b.WriteString(strings.Join(slices.Concat(item.Pair.A.Lines, item.Pair.B.Lines), " "))
			}
		}
		return b.String()
	}
	names := []string{"phyrine", "Zephirine", "Kervella", "Kerleau", "Kerlo", "0612345678"}
	before := told()
	for _, name := range names {
		if strings.Contains(before, name) {
			t.Errorf("%q is told before a purpose: %s", name, before)
		}
	}
	for _, id := range []string{a.ID, b.ID, named} {
		sheet := open(d, model.NewPerson(d.Desk, id))
		sheet.Load()
		d.settle()
		if !sheet.Asking {
			t.Fatal("the sheet asks for no purpose")
		}
		sheet.Reveal(model.RevealPurposes()[0])
		d.settle()
	}
	after := told()
	for _, name := range names {
		if !strings.Contains(after, name) {
			t.Errorf("%q is not told after a purpose: %s", name, after)
		}
	}
}

func TestFollowsEnd(t *testing.T) {
	d := newDesk(t)
	person := d.create(diagnostics.TypePerson, diagnostics.Values{"code": "K7QM-4TR"})
	day := func(n int) string { return now.AddDate(0, 0, n).Format(time.DateOnly) }
	d.create(diagnostics.TypeFollowUp, diagnostics.Values{"person": person.ID, "due_on": day(5)})
	late := d.create(diagnostics.TypeFollowUp, diagnostics.Values{"person": person.ID, "due_on": day(-2), "what": "rendez-vous"})
	d.create(diagnostics.TypeFollowUp, diagnostics.Values{"person": person.ID, "due_on": day(-9), "status": model.StepDone})
	referral := d.create(diagnostics.TypeReferral, diagnostics.Values{
		"person": person.ID, "to": "siao_115", "answer": "accepts",
		"at": diagnostics.FormatTime(now.Add(-48 * time.Hour)),
	})
	d.create(diagnostics.TypeReferral, diagnostics.Values{
		"person": person.ID, "to": "bagagerie", "answer": "declines",
		"at": diagnostics.FormatTime(now.Add(-48 * time.Hour)),
	})
	m := open(d, model.NewFollows(d.Desk))
	m.Load()
	d.settle()
	if len(m.Rows) != 3 || m.Rows[0].ID != late.ID || m.Rows[0].Late != 2 || m.Rows[1].Late != 0 || m.Rows[2].ID != referral.ID || m.Rows[2].Code != "K7QM-4TR" {
		t.Fatalf("the list has %+v", m.Rows)
	}
	if n := len(model.Due(m.Rows)); n != 1 {
		t.Errorf("%d are due", n)
	}
	m.EndReferral(m.Rows[2], "waitlist", "")
	d.settle()
	if len(m.Rows) != 3 || m.Rows[2].State == "" {
		t.Fatalf("a waiting list is no end: %+v", m.Rows)
	}
	m.EndReferral(m.Rows[2], "lost", "n'est pas revenu")
	m.Postpone(m.Rows[1], now.AddDate(0, 0, 7))
	d.settle()
	before := m.Rows[0]
	m.EndStep(before, model.StepLost, "")
	d.settle()
	m.TakeBack(before)
	d.settle()
	if len(m.Rows) != 2 || m.Rows[0].ID != late.ID || m.Rows[0].Late != 2 {
		t.Fatalf("taken back: %+v", m.Rows)
	}
	m.EndStep(m.Rows[0], model.StepLost, "")
	d.settle()
	if len(m.Rows) != 1 || m.Rows[0].Due != model.Day(now.AddDate(0, 0, 7)) {
		t.Errorf("the list has %+v", m.Rows)
	}
}

// TestAskThePerson makes a next step of a question that nobody but the person
// can answer; the question waits behind the others until the step is done.
func TestAskThePerson(t *testing.T) {
	d := newDesk(t)
	id := conflict(d, "age_band", "a25", "a40")
	m := open(d, model.NewDecide(d.Desk))
	m.Load()
	d.settle()
	ask := len(m.Items[0].Answers) - 1
	if m.Items[0].Answers[ask].Value != model.AskPerson {
		t.Fatalf("the answers are %+v", m.Items[0].Answers)
	}
	m.Choose(0, ask)
	var done model.DecideItem
	m.Settle(0, "", func(item model.DecideItem) { done = item })
	d.settle()
	follows, err := d.Notebook.FollowUps(t.Context())
	if err != nil || len(follows) != 1 || follows[0].Get("person") != id || follows[0].Get("what") != "Demander : Tranche d'âge ? Deux réponses ont été notées." {
		t.Fatalf("the follow-ups are %+v, %v", follows, err)
	}
	if len(m.Items) != 1 || !m.Items[0].Asked {
		t.Fatalf("the list has %+v", m.Items)
	}
	if card, _ := d.Notebook.Get(t.Context(), id); len(card.Conflict) != 1 {
		t.Error("the answers are gone")
	}
	m.Reopen(done)
	d.settle()
	if follows, _ = d.Notebook.FollowUps(t.Context()); len(follows) != 0 || m.Items[0].Asked {
		t.Errorf("taken back: %+v, asked %v", follows, m.Items[0].Asked)
	}
}

// TestDecidePairs decides about two cards each way and takes it back.
func TestDecidePairs(t *testing.T) {
	d := newDesk(t)
	fields := func(handle string) diagnostics.Values {
		return diagnostics.Values{"identity.handle": handle, "gender": "f", "identity.phone": "0612345678"}
	}
	a, b := d.create(diagnostics.TypePerson, fields("Zéphyrine")), d.create(diagnostics.TypePerson, fields("Zephirine"))
	m := open(d, model.NewDecide(d.Desk))
	m.Load()
	d.settle()
	if len(m.Items) != 1 || m.Items[0].Pair == nil || m.Items[0].Pair.Common != "2 traits communs : prénom d'usage, téléphone" {
		t.Fatalf("the list has %+v", m.Items)
	}
	for answer, check := range []func() bool{
		func() bool {
			same, err := d.Notebook.SameCards(t.Context(), a.ID)
			return err == nil && len(same) == 1 && same[0].ID == b.ID
		},
		func() bool {
			pairs, err := d.Notebook.Alike(t.Context(), 10, nil)
			return err == nil && len(pairs) == 0
		},
		func() bool { return true },
	} {
		m.Choose(0, answer)
		var done model.DecideItem
		m.Settle(0, "", func(item model.DecideItem) { done = item })
		d.settle()
		if len(m.Items) != 0 || done.Pair == nil || !check() {
			t.Errorf("answer %d: the list has %+v", answer, m.Items)
			return
		}
		m.Reopen(done)
		d.settle()
		if len(m.Items) != 1 || m.Items[0].Chosen != -1 {
			t.Fatalf("answer %d taken back: the list has %+v", answer, m.Items)
		}
		if pairs, err := d.Notebook.Alike(t.Context(), 10, nil); err != nil || len(pairs) != 1 {
			t.Errorf("answer %d taken back: %d pairs, %v", answer, len(pairs), err)
		}
	}
}

// TestCoordinatorDecidesAboutHeld releases through a real server what an
// administrator may not write.
func TestCoordinatorDecidesAboutHeld(t *testing.T) {
	server := synctest.NewServer(t, nil)
	worker, chief := newDesk(t), newDesk(t)
	sendings := map[*desk]*model.Sending{}
	for d, role := range map[*desk]diagnostics.Role{worker: diagnostics.RoleAdmin, chief: diagnostics.RoleCoordinator} {
		sendings[d] = open(d, model.NewSending(d.Desk))
		sendings[d].Enrol(server.Invite(t, "nord", role), string(role))
		d.settle()
	}
	person := worker.create(diagnostics.TypePerson, diagnostics.Values{"gender": "f"})
	exchange := func(d *desk) {
		t.Helper()
		sendings[d].Start()
		d.settle()
		if sendings[d].Err != nil {
			t.Fatal(sendings[d].Err)
		}
	}
	exchange(worker)
	exchange(chief)
	m := open(chief, model.NewDecide(chief.Desk))
	m.Load()
	chief.settle()
	if len(m.Items) != 1 || m.Items[0].Aside == nil || m.Items[0].Aside.Who != "admin" || len(m.Items[0].Aside.Lines) != 2 || m.HeldErr != nil {
		t.Fatalf("the coordinator sees %+v, %v", m.Items, m.HeldErr)
	}
	decided := false
	m.Choose(0, 0)
	m.Settle(0, "", func(model.DecideItem) { decided = true })
	chief.settle()
	if !decided || len(m.Items) != 0 {
		t.Fatalf("decided %v, %+v, %v", decided, m.Items, m.HeldErr)
	}
	exchange(chief)
	exchange(worker)
	if r := sendings[worker].Report; r.Released != 1 || r.Dropped != 0 || r.Held != 0 {
		t.Errorf("the author is told %+v", r)
	}
	card, err := chief.Notebook.Get(t.Context(), person.ID)
	if err != nil || card.Get("gender") != "f" {
		t.Errorf("the card holds %v, %v", card.Fields, err)
	}
	if counts, err := worker.Notebook.SyncCounts(t.Context()); err != nil || counts.Held != 0 {
		t.Errorf("the author still sees %+v, %v", counts, err)
	}
}

// TestDemoDecidesAboutHeld releases one record and leaves another out in the
// demo, which has no server.
func TestDemoDecidesAboutHeld(t *testing.T) {
	d := newDesk(t)
	if err := d.Member.Rehearse(t.Context(), d.Notebook, "Démo", nil); err != nil {
		t.Fatal(err)
	}
	d.ActAs = diagnostics.RoleCoordinator
	d.create(diagnostics.TypePerson, diagnostics.Values{"gender": "f"})
	d.create(diagnostics.TypePerson, diagnostics.Values{"gender": "m"})
	if _, err := d.Notebook.ApplyReply(t.Context(), wire.SyncReply{Epoch: "demo", Acked: 2, Held: []wire.Held{
		{N: 1, Why: wire.HeldForbidden}, {N: 2, Why: wire.HeldForbidden},
	}}); err != nil {
		t.Fatal(err)
	}
	m := open(d, model.NewDecide(d.Desk))
	m.Load()
	d.settle()
	for left, answer := range []int{1, 0} { // the newest first: left out, then accepted
		if len(m.Items) != 2-left || m.Items[0].Aside == nil {
			t.Fatalf("the list has %+v", m.Items)
		}
		m.Choose(0, answer)
		m.Settle(0, "", func(model.DecideItem) {})
		d.settle()
	}
	if counts, err := d.Notebook.SyncCounts(t.Context()); err != nil || counts.Held != 0 || len(m.Items) != 0 {
		t.Errorf("%+v are left, %d in the list, %v", counts, len(m.Items), err)
	}
	d.ActAs = diagnostics.RoleWorker
	if numbers, err := d.Notebook.HeldNumbers(t.Context()); err != nil || len(numbers) != 0 {
		t.Errorf("held are %v, %v", numbers, err)
	}
}
