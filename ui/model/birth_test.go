package model_test

import (
	"testing"

	"solidaren/diagnostics"
	"solidaren/ui/model"
)

// TestNoSuchBirthDay: a day that there never was, or is not yet, is told and not
// saved, on the card and where it is put right; a year, or some words, are enough.
func TestNoSuchBirthDay(t *testing.T) {
	d := newDesk(t)
	person := d.create(diagnostics.TypePerson, diagnostics.Values{"code": "K7QM-4TR"})
	next := d.Clock().AddDate(0, 0, 1).Format("02/01/2006")
	for text, wrong := range map[string]bool{
		"31/02/1980": true, "29/02/1981": true, "32/01/1980": true, "1/13/1980": true, "31/02": true, "1980-02-31": true, next: true,
		"29/02/1980": false, "1/1/1980": false, "1980": false, "vers 1980": false, "31/1": false, "1980-02-29": false, "": false,
	} {
		m := open(d, model.NewPerson(d.Desk, person.ID))
		m.Set("identity.birth_date", text)
		d.settle()
		if got := m.Invalid["identity.birth_date"] != nil; got != wrong {
			t.Errorf("%q: refused %v, want %v", text, got, wrong)
		}
		m.Close()
		r := open(d, model.NewRectify(d.Desk, person.ID))
		r.Put("identity.birth_date", text, "")
		d.settle()
		if got := r.Err != nil; got != wrong {
			t.Errorf("put right as %q: refused %v, want %v", text, got, wrong)
		}
		r.Close()
	}
}

// TestRefusedTextStays: what is refused stays as it was typed, though the card is
// read again meanwhile.
func TestRefusedTextStays(t *testing.T) {
	d := newDesk(t)
	person := d.create(diagnostics.TypePerson, diagnostics.Values{"code": "K7QM-4TR"})
	m := open(d, model.NewPerson(d.Desk, person.ID))
	m.Set("identity.birth_date", "31/0")
	d.settle()
	m.Set("identity.birth_date", "31/02")
	m.Load()
	d.settle()
	if got := m.Card.Get("identity.birth_date"); got != "31/02" || m.Invalid["identity.birth_date"] == nil {
		t.Errorf("the field holds %q", got)
	}
}
