package ui

import (
	"slices"
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/ui/screen/person"
	"solidaren/ui/screen/rectify"
)

// card makes a person's card.
func (o *office) card(fields diagnostics.Values) diagnostics.Record {
	o.t.Helper()
	card, err := o.desk.Notebook.Create(o.t.Context(), diagnostics.Record{Type: diagnostics.TypePerson, Fields: fields})
	if err != nil {
		o.t.Fatal(err)
	}
	return card
}

// accesses of a person's file, the newest first.
func (o *office) accesses(id string) (seen []diagnostics.Access) {
	o.t.Helper()
	all, err := o.desk.Notebook.Accesses(o.t.Context(), store.AccessFilter{Limit: 50})
	if err != nil {
		o.t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(a diagnostics.Access) bool {
		return a.Target != id || a.Action != diagnostics.ActionRead && a.Action != diagnostics.ActionUnseal
	})
}

// A person says what is right: it is written, with their words, and what stood
// there stays.
func TestRectifyByKeyboard(t *testing.T) {
	o := unlocked(t)
	card := o.card(diagnostics.Values{"code": "K7QM-4TR", "identity.handle": "Dédé", "gender": "man"})
	o.Rectify(card.ID)
	o.settle()
	if _, ok := o.room.(*rectify.Screen); !ok {
		t.Fatalf("the window shows %q", o.window.Title())
	}
	o.press("Enter", "Ctrl+a")
	o.keys.Type("andree")
	o.press("Enter")
	o.keys.Type("on ne me nomme pas ainsi")
	o.press("Tab", "Tab", "Enter")
	got, err := o.desk.Notebook.Get(t.Context(), card.ID)
	if err != nil || got.Get("identity.handle") != "andree" {
		t.Fatalf("the card says %q, %v", got.Get("identity.handle"), err)
	}
	past, err := o.desk.Notebook.Rectifications(t.Context(), card.ID, "")
	if err != nil || len(past) != 1 || past[0].Get("before") != "Dédé" || past[0].Get("statement") != "on ne me nomme pas ainsi" {
		t.Fatalf("the history has %+v, %v", past, err)
	}
	if seen := o.accesses(card.ID); len(seen) != 1 || seen[0].Action != diagnostics.ActionUnseal || seen[0].Purpose != "right" {
		t.Errorf("the access log has %+v", seen)
	}
}

// A coordinator, and whoever opens an archived file, says for what purpose before
// anything of it is shown; the log takes it. The field teams are not asked.
func TestOpeningAsksForThePurpose(t *testing.T) {
	for name, c := range map[string]struct {
		role           diagnostics.Role
		archived, asks bool
	}{
		"coordinator": {diagnostics.RoleCoordinator, false, true},
		"worker":      {diagnostics.RoleWorker, false, false},
		"archived":    {"", true, true},
	} {
		t.Run(name, func(t *testing.T) {
			o := unlocked(t)
			card := o.card(diagnostics.Values{"code": "K7QM-4TR", "identity.handle": "Dédé"})
			if c.archived {
				archive := store.Archive{Until: time.Now().AddDate(1, 0, 0), Reason: "un recours est en cours", Rights: firstCode(diagnostics.ListArchiveRights)}
				if err := o.desk.Notebook.Archive(t.Context(), card.ID, archive); err != nil {
					t.Fatal(err)
				}
			}
			o.desk.ActAs = c.role
			o.OpenPerson(card.ID)
			o.settle()
			room := o.room.(*person.Screen)
			if room.Asking() != c.asks {
				t.Fatalf("asks for a purpose: %v", room.Asking())
			}
			if !c.asks {
				if seen := o.accesses(card.ID); len(seen) != 1 || seen[0].Action != diagnostics.ActionRead {
					t.Errorf("the access log has %+v", seen)
				}
				return
			}
			if seen := o.accesses(card.ID); len(seen) != 0 {
				t.Errorf("before the purpose the access log has %+v", seen)
			}
			o.press("2") // to answer the person
			if seen := o.accesses(card.ID); room.Asking() || len(seen) != 1 || seen[0].Purpose != "right" || seen[0].Action != diagnostics.ActionUnseal {
				t.Errorf("the access log has %+v", seen)
			}
		})
	}
}

func firstCode(list string) string { return diagnostics.Codes(list)[0].Code }

// TestAWrongWordErasesNothing: the question closes, and the room says that
// nothing has changed.
func TestAWrongWordErasesNothing(t *testing.T) {
	o := furnished(t)
	o.erase()
	o.keys.Type("effacez")
	o.press("Tab", "Tab", "Enter")
	o.settle()
	if !o.shows("Le mot n'a pas été tapé : rien n'a changé.") {
		t.Error("the window does not say that nothing has changed")
	}
	if _, err := o.desk.Notebook.Get(t.Context(), o.nadia); err != nil {
		t.Errorf("the person: %v", err)
	}
}
