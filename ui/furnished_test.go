package ui

import (
	"testing"
	"time"

	"solidaren/assets"
	"solidaren/diagnostics"
	"solidaren/diagnostics/directory"
	"solidaren/diagnostics/directory/table"
	"solidaren/diagnostics/store"
)

// evening is when the pictures are taken, so that they stay what they are.
var evening = time.Date(2026, time.November, 24, 23, 14, 0, 0, time.Local)

// add writes a record of made-up people and gives its id.
func (o *office) add(recordType string, fields diagnostics.Values) string {
	o.t.Helper()
	r, err := o.desk.Notebook.Create(o.t.Context(), diagnostics.Record{Type: recordType, Fields: fields})
	if err != nil {
		o.t.Fatal(err)
	}
	return r.ID
}

// day is a date that is some days from now.
func (o *office) day(days int) string { return o.now().AddDate(0, 0, days).Format(time.DateOnly) }

// furnished is an office with something in every place.
func furnished(t *testing.T) *office {
	t.Helper()
	o := newOffice(t)
	o.offset = time.Until(evening)
	o.furnish()
	return o
}

// furnish puts something in every place.
func (o *office) furnish() {
	o.make()
	o.add(diagnostics.TypeSafeguard, diagnostics.Values{
		"impact": "AIPD 2026-03, version 2", "officer": "dpo@association.example", "at": diagnostics.FormatTime(o.now()),
	})
	o.add(diagnostics.TypeTour, diagnostics.Values{
		"kind": "maraude", "team": "Maraude nord", "start": diagnostics.FormatTime(o.now().Add(-2 * time.Hour)),
		"sectors": "q01 q11", "staff": "3", "weather": "frost", "plan_froid": "yes",
	})
	o.people()
	o.actors()
	o.press("Ctrl+m", "Ctrl+l", "a", "1", "4", "Enter")
	o.press("4", "1", "2", "Enter", "2", "Enter", "5", "3", "Enter")
	o.press("Ctrl+e", "Enter")
	o.search("accueil")
	o.press("Enter", "Ctrl+1", "Ctrl+m", "1", "Enter", "1", "Ctrl+1")
}

// people writes cards, what was promised, what they ask, what is not agreed on.
func (o *office) people() {
	o.nadia = o.add(diagnostics.TypePerson, diagnostics.Values{
		"code": nadia, "gender": "f", "age_band": "a40", "identity.handle": "Nadia", "first_contact_on": o.day(-300), "last_contact_on": o.day(-3),
	})
	karimID := o.add(diagnostics.TypePerson, diagnostics.Values{
		"code": karim, "gender": "m", "age_band": "a25", "identity.handle": "Karim", "first_contact_on": o.day(-90), "last_contact_on": o.day(-9),
	})
	old := o.add(diagnostics.TypePerson, diagnostics.Values{
		"code": yann, "gender": "m", "age_band": "a55", "identity.handle": "Yann", "first_contact_on": o.day(-1200), "last_contact_on": o.day(-700),
	})
	o.add(diagnostics.TypeFollowUp, diagnostics.Values{
		"person": o.nadia, "what": "Rendez-vous au CCAS pour la domiciliation", "due_on": o.day(-2),
	})
	o.add(diagnostics.TypeFollowUp, diagnostics.Values{"person": karimID, "what": "Rappeler le 115", "due_on": o.day(0)})
	o.add(diagnostics.TypeFollowUp, diagnostics.Values{"person": old, "due_on": o.day(4)})
	o.add(diagnostics.TypeReferral, diagnostics.Values{
		"person": o.nadia, "to": "siao_115", "answer": "accepts", "at": diagnostics.FormatTime(o.now().Add(-72 * time.Hour)),
	})
	o.add(diagnostics.TypeNeed, diagnostics.Values{
		"person": o.nadia, "domain": "hygiene", "urgency": "days", "own_words": "Une douche le dimanche, tout est fermé.",
		"at": diagnostics.FormatTime(o.now().Add(-72 * time.Hour)), "district": "q11",
	})
	o.add(diagnostics.TypeSituation, diagnostics.Values{
		"person": o.nadia, "night_place": "street", "at": diagnostics.FormatTime(o.now().Add(-72 * time.Hour)), "district": "q11",
	})
	o.add(diagnostics.TypeRequest, diagnostics.Values{
		"person": o.nadia, "kind": diagnostics.RequestAccess, "identity_checked": "known", "received_on": o.day(-12), "due_on": o.day(18),
	})
	o.add(diagnostics.TypeRequest, diagnostics.Values{
		"person": karimID, "kind": diagnostics.RequestErase, "identity_checked": "known", "received_on": o.day(-33), "due_on": o.day(-3),
	})
	o.conflict("a25", "a40")
	o.families()
}

// families writes who lives with whom, who restricts what, whose file is closed.
func (o *office) families() {
	o.t.Helper()
	ctx, nb := o.t.Context(), o.desk.Notebook
	child := o.add(diagnostics.TypePerson, diagnostics.Values{"gender": "f", "age_band": "a00", "identity.handle": "Inès"})
	closed := o.add(diagnostics.TypePerson, diagnostics.Values{"code": loic, "gender": "m", "age_band": "a40", "identity.handle": "Loïc"})
	home, _, err := nb.Found(ctx, o.nadia, o.now().AddDate(0, -2, 0))
	if err == nil {
		_, err = nb.Join(ctx, home, child, "child", o.now().AddDate(0, -1, 0))
	}
	if err == nil {
		err = nb.Rectify(ctx, o.nadia, diagnostics.Values{diagnostics.NoResearch: "yes"}, "")
	}
	if err == nil {
		err = nb.Archive(ctx, closed, store.Archive{Until: o.now().AddDate(1, 0, 0), Reason: "un recours est en cours", Rights: firstCode(diagnostics.ListArchiveRights)})
	}
	if err != nil {
		o.t.Fatal(err)
	}
}

// actors fills the directory with the example that comes with the program.
func (o *office) actors() {
	o.t.Helper()
	read, err := table.Read(assets.ExampleDirectory())
	if err == nil {
		err = o.desk.Notebook.ImportDirectory(o.t.Context(), directory.Compare(nil, read.Cards, o.now(), "Maraude nord"))
	}
	if err != nil {
		o.t.Fatal(err)
	}
}
