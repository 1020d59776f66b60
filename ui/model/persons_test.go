package model_test

import (
	"testing"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/ui/model"
)

func TestPersonsCreateOnlyAfterTheSearch(t *testing.T) {
	d := newDesk(t)
	d.create(diagnostics.TypePerson, diagnostics.Values{"code": "K7QM-4TR", "identity.handle": "Élodie", "last_contact_on": "2026-11-22"})
	m := open(d, model.NewPersons(d.Desk))
	m.Search("elodie")
	m.Create(func(string, string) { t.Error("a person was made before the candidates were shown") })
	d.settle()
	first, _ := m.Rows.At(0)
	if m.Rows.Len() != 1 || first.Handle != "Élodie" {
		t.Fatalf("the search shows %d, first %+v", m.Rows.Len(), first)
	}
	if last := first.Last; last != "22/11/2026" {
		t.Errorf("last contact %q: the day is known, no hour", last)
	}
	var id, code string
	m.Create(func(newID, newCode string) { id, code = newID, newCode })
	d.settle()
	if id == "" || !diagnostics.CheckPersonCode(code) {
		t.Fatalf("created %q %q", id, code)
	}
	card, err := d.Notebook.Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if len(card.Fields) != 1 {
		t.Errorf("more was written than the code: %v", card.Fields)
	}
}

func TestPersonCardSavesWhatIsTyped(t *testing.T) {
	d := newDesk(t)
	person := d.create(diagnostics.TypePerson, diagnostics.Values{"code": "K7QM-4TR"})
	m := open(d, model.NewPerson(d.Desk, person.ID))
	m.Load()
	d.settle()
	for _, text := range []string{"J", "Je", "Jeanne"} {
		m.Set("identity.handle", text)
	}
	m.Set("identity.phone", "06 00 00 00 00")
	m.Close()
	d.Settle()
	card, err := d.Notebook.Get(t.Context(), person.ID)
	if err != nil {
		t.Fatal(err)
	}
	if card.Get("identity.handle") != "Jeanne" || card.Get("identity.phone") != "06 00 00 00 00" {
		t.Errorf("the card holds %v", card.Fields)
	}
}

func TestPersonCardRefusesASocialSecurityNumber(t *testing.T) {
	d := newDesk(t)
	person := d.create(diagnostics.TypePerson, diagnostics.Values{"code": "K7QM-4TR"})
	m := open(d, model.NewPerson(d.Desk, person.ID))
	m.Load()
	d.settle()
	m.Set("identity.names", "1 85 05 78 006 084 36")
	if m.Invalid["identity.names"] == nil {
		t.Fatal("nothing is said at the field")
	}
	d.settle()
	card, err := d.Notebook.Get(t.Context(), person.ID)
	if err != nil {
		t.Fatal(err)
	}
	if card.Get("identity.names") != "" {
		t.Error("the number was written")
	}
	m.Set("identity.names", "Dupont")
	if m.Invalid["identity.names"] != nil {
		t.Error("the field still complains")
	}
}

func TestPersonTimeline(t *testing.T) {
	d := newDesk(t)
	w := write(d, model.NewEntry(d.Desk, "maraude"))
	w.answer(talk...)
	w.answer("m_link", "new", "m_code", diagnostics.NewPersonCode(nil))
	w.finish()
	rows := d.finished()
	record, err := d.Notebook.Get(t.Context(), rows[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	m := open(d, model.NewPerson(d.Desk, record.Get("person")))
	m.Load()
	d.settle()
	kinds := map[string]int{}
	for _, event := range m.Events {
		kinds[event.Type]++
	}
	if kinds[diagnostics.TypeNeed] != 2 || kinds[diagnostics.TypeEncounter] != 1 {
		t.Errorf("the timeline holds %v", kinds)
	}
}

// What is to do is told with its day, written as people write days.
func TestTimelineTellsWhatIsToDo(t *testing.T) {
	d := newDesk(t)
	person := d.create(diagnostics.TypePerson, diagnostics.Values{"code": "K7QM-4TR"})
	d.create(diagnostics.TypeFollowUp, diagnostics.Values{"person": person.ID, "what": "Rappeler le 115", "due_on": "2026-11-22"})
	m := open(d, model.NewPerson(d.Desk, person.ID))
	m.Load()
	d.settle()
	if len(m.Events) != 1 || m.Events[0].What != "Rappeler le 115 · 22/11/2026" {
		t.Errorf("the timeline tells %+v", m.Events)
	}
}

// The line of a candidate tells what it has in common with what was typed.
func TestPersonsTellTraits(t *testing.T) {
	d := newDesk(t)
	d.create(diagnostics.TypePerson, diagnostics.Values{"code": "K7QM-4TR", "identity.handle": "Momo", "identity.names": "Mohamed Belkacem"})
	m := open(d, model.NewPersons(d.Desk))
	m.Search("momo belkassem")
	d.settle()
	if first, _ := m.Rows.At(0); m.Rows.Len() != 1 || first.Common != "2 traits communs : prénom d'usage, nom (à peu près)" {
		t.Fatalf("the search shows %d, first %+v", m.Rows.Len(), first)
	}
}

// Two cards are said to be one person, and said not to be.
func TestSamePersonAndBack(t *testing.T) {
	d := newDesk(t)
	a := d.create(diagnostics.TypePerson, diagnostics.Values{"code": "K7QM-4TR", "identity.handle": "Momo"})
	b := d.create(diagnostics.TypePerson, diagnostics.Values{"identity.handle": "Mohamed"})
	m := open(d, model.NewPerson(d.Desk, a.ID))
	m.Load()
	d.settle()
	var undo func()
	m.OnUndoable = func(_ string, back func()) { undo = back }
	m.SameAs(b.Get("code"))
	d.settle()
	undo() // and again
	d.settle()
	if len(m.Same) != 0 {
		t.Fatalf("taken back: %+v", m.Same)
	}
	m.SameAs(b.Get("code"))
	d.settle()
	if len(m.Same) != 1 || m.Same[0].ID != b.ID || m.Same[0].Link == "" {
		t.Fatalf("other cards %+v", m.Same)
	}
	m.Apart(m.Same[0].Link)
	d.settle()
	d.settle()
	if len(m.Same) != 0 || len(m.Events) != 4 {
		t.Errorf("cards %+v, history of %d", m.Same, len(m.Events))
	}
}

// What an objecting person's card holds is not shown, and is again once the
// objection is taken back.
func TestObjectionHidesTheTimeline(t *testing.T) {
	d := newDesk(t)
	a := d.create(diagnostics.TypePerson, diagnostics.Values{"code": "K7QM-4TR"})
	m := open(d, model.NewPerson(d.Desk, a.ID))
	m.Load()
	d.settle()
	for _, on := range []bool{true, false} {
		m.Restrict(diagnostics.Objection, on)
		d.settle()
		d.settle()
		if m.Hidden != on || on && len(m.Events) > 0 || !on && len(m.Events) != 2 {
			t.Errorf("objection %t: hidden %t, %d events", on, m.Hidden, len(m.Events))
		}
	}
}

// An archived file opens for a purpose that is said, and not before.
func TestPersonInTheArchive(t *testing.T) {
	d := newDesk(t)
	person := d.create(diagnostics.TypePerson, diagnostics.Values{"code": "K7QM-4TR", "identity.handle": "Gravier"})
	err := d.Notebook.Archive(t.Context(), person.ID, store.Archive{
		Until: d.Clock().AddDate(1, 0, 0), Reason: "Un recours est en cours devant le tribunal.", Rights: "coordination",
	})
	if err != nil {
		t.Fatal(err)
	}
	m := open(d, model.NewPerson(d.Desk, person.ID))
	m.Load()
	d.settle()
	if !m.Asking || m.Card.Get("identity.handle") != "" || len(m.Events) > 0 {
		t.Errorf("the archived file shows %v", m.Card.Fields)
	}
	d.ActAs = diagnostics.RoleWorker
	m.Reveal("right")
	d.settle()
	if m.Shut == nil || m.Card.Get("identity.handle") != "" {
		t.Errorf("a worker sees of an archived file %v (%v)", m.Card.Fields, m.Shut)
	}
	d.ActAs = diagnostics.RoleCoordinator
	m.Reveal("right")
	d.settle()
	if m.Shut != nil || m.Card.Get("identity.handle") != person.Get("identity.handle") {
		t.Errorf("opened for a request: %v (%v)", m.Card.Fields, m.Shut)
	}
}
