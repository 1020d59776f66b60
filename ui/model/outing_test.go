package model_test

import (
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/ui/model"
	"solidaren/ui/model/form"
)

func TestParseHour(t *testing.T) {
	now := time.Date(2026, 11, 24, 0, 20, 0, 0, time.Local)
	for typed, want := range map[string]string{
		"2314": "23/11 23:14", "23h14": "23/11 23:14", "23:14": "23/11 23:14", "0010": "24/11 00:10", "0h10": "24/11 00:10",
		"9h05": "23/11 09:05", "23h": "23/11 23:00", "-30": "23/11 23:50", " 10m ": "24/11 00:10", "5 m": "24/11 00:15",
		"25h00": "", "abc": "", "": "", "-x": "", "99999m": "",
	} {
		at, err := model.ParseHour(typed, now)
		got := ""
		if err == nil {
			got = at.Format("02/01 15:04")
		} else if diagnostics.Code(err) != diagnostics.CodeInvalid {
			t.Errorf("%q: %v", typed, err)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

// blank opens a blank record of a form and the form on it.
func blank(d *desk, formID string) (*model.Entry, *form.Model) {
	d.t.Helper()
	m := open(d, model.NewEntry(d.Desk, formID))
	m.Load()
	d.settle()
	aside := []string(nil)
	if m.Outing != nil {
		aside = m.Strip()
	}
	var f *form.Model
	f = form.New(m.Session, form.Options{Now: m.Clock, Aside: aside, Save: func(state []byte, cursor string) {
		if !m.StampHour(f, state) {
			m.Save(state, cursor, f.Answered())
		}
	}})
	return m, f
}

func (d *desk) tour(fields diagnostics.Values) diagnostics.Record {
	d.t.Helper()
	all := diagnostics.Values{"kind": "maraude", "team": "nord", "start": diagnostics.FormatTime(now.Add(-time.Hour))}
	for name, value := range fields {
		all[name] = value
	}
	return d.create(diagnostics.TypeTour, all)
}

func TestFirstRecordTakesTheOnlySector(t *testing.T) {
	for sectors, want := range map[string]string{"q11": "Le Blosne", "q01 q11": ""} {
		d := newDesk(t)
		d.tour(diagnostics.Values{"sectors": sectors})
		m, _ := blank(d, "maraude")
		if got := m.PlaceText(); got != want {
			t.Errorf("sectors %q: the record is of %q, want %q", sectors, got, want)
		}
	}
}

func TestNightOfCountingIsHandedToItsRecords(t *testing.T) {
	d := newDesk(t)
	d.tour(diagnostics.Values{"kind": model.TourCount, "op": "Nuit 2027", "sector": "S07", "team": "Équipe <7>"})
	m, f := blank(d, "nuit_solidarite")
	answer := func(name, value string) {
		t.Helper()
		f.Answer("/data/n_start/"+name, value)
	}
	answer("n_place", "street")
	answer("n_case", "alone")
	answer("n_seen", "1")
	answer("n_asleep", "yes")
	f.GoTo("/data/n_start/n_asleep")
	if !m.Ends(f) {
		t.Fatalf("Enter does not end it: %v", m.Session.Validate())
	}
	m.Finish()
	d.settle()
	rows, err := d.Notebook.Night(t.Context(), "", now.Add(-time.Hour))
	if err != nil || len(rows) != 1 {
		t.Fatalf("%v, %v", rows, err)
	}
	children, err := d.Notebook.Children(t.Context(), rows[0].ID)
	if err != nil || len(children) != 1 {
		t.Fatalf("%v, %v", children, err)
	}
	for field, want := range map[string]string{"op": "Nuit 2027", "sector": "S07", "team": "Équipe <7>"} {
		if got := children[0].Get(field); got != want {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
	if !m.Done.Undoable {
		t.Error("a count cannot be taken back")
	}
	next, _ := blank(d, "nuit_solidarite")
	if got := next.PlaceText(); got != "Rue" || next.Outing.Records != 1 || next.Outing.People != 1 {
		t.Errorf("the next record is of %q; %d records, %d people", got, next.Outing.Records, next.Outing.People)
	}
}

func TestEnterEndsOnlyWhatIsWhole(t *testing.T) {
	d := newDesk(t)
	d.tour(diagnostics.Values{"sectors": "q11"})
	m, f := blank(d, "maraude")
	question := func(name string) string { return "/data/m_screen1/" + name }
	f.GoTo(question("m_contact"))
	if m.Ends(f) {
		t.Error("ends without place and contact")
	}
	f.Fill(question("m_place"), "street")
	f.Answer(question("m_contact"), "asleep")
	if m.Ends(f) {
		t.Error("ends in the middle of the screen")
	}
	f.GoTo(question("m_n"))
	if !m.Ends(f) {
		t.Error("does not end")
	}
	f.Type(question("m_n"), "500")
	if m.Ends(f) {
		t.Error("ends with 500 people")
	}
	f.Answer(question("m_n"), "2")
	f.Answer(question("m_contact"), "talk")
	f.Answer(question("m_info"), "oral")
	f.GoTo(question("m_info"))
	if m.Ends(f) {
		t.Error("a talk ends with the first screen")
	}
}
