package model_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
	"solidaren/ui/model"
)

// A request is written down, answered with a document, given more time, and
// ends with the erasure of the person.
func TestRightsScreen(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	d := newDesk(t)
	person := d.create(diagnostics.TypePerson, diagnostics.Values{"code": "K7QM-4TR", "last_contact_on": "2024-12-24", "identity.names": "Canari"})
	m := open(d, model.NewRights(d.Desk))
	m.Load()
	d.settle()
	if len(m.Requests) != 0 || len(m.Due) != 1 || m.Due[0].Code != "K7QM-4TR" || m.Due[0].On != "24/12/2026" || m.Due[0].Days != 31 {
		t.Fatalf("requests %v, due %+v", m.Requests, m.Due)
	}
	for _, refused := range [][3]string{{"AAAA-AAA", "erase", "code"}, {"K7QM-4TR", "erase", ""}} {
		m.Ask(refused[0], refused[1], refused[2])
		d.settle()
		if m.Err == nil || len(m.Requests) != 0 {
			t.Errorf("%v was written down: %v", refused, m.Err)
		}
	}
	m.Ask(" k7qm-4tr ", diagnostics.RequestErase, "code")
	d.settle()
	if m.Err != nil || len(m.Requests) != 1 || m.Requests[0].Code != "K7QM-4TR" || m.Requests[0].Due != "23/12/2026" || m.Requests[0].Days != 30 {
		t.Fatalf("requests %+v, %v", m.Requests, m.Err)
	}
	request := m.Requests[0]
	m.Access(request)
	d.settle()
	for _, name := range []string{"donnees-K7QM-4TR.pdf", "donnees-K7QM-4TR.json"} {
		if _, err := os.Stat(filepath.Join(home, name)); err != nil || m.Done == "" {
			t.Errorf("%s: %v, told %q", name, err, m.Done)
		}
	}
	m.Extend(request.ID, "bof")
	d.settle()
	if diagnostics.Code(m.Err) != diagnostics.CodeInvalid {
		t.Errorf("a reason of three letters: %v", m.Err)
	}
	m.Extend(request.ID, "Dossier dans deux équipes à la fois")
	d.settle()
	if !m.Requests[0].Extended || m.Requests[0].Due != "23/02/2027" {
		t.Errorf("extended: %+v, %v", m.Requests[0], m.Err)
	}
	m.Erase(request)
	d.settle()
	if _, err := d.Notebook.Get(t.Context(), person.ID); m.Err != nil || diagnostics.Code(err) != diagnostics.CodeNotFound || len(m.Requests)+len(m.Due) != 0 {
		t.Errorf("erased: %v, the card %v, %v %v", m.Err, err, m.Requests, m.Due)
	}
}

// The access log names no one, and is kept from teams so small that who it was
// could be guessed.
func TestAccessLog(t *testing.T) {
	d := newDesk(t)
	person := d.create(diagnostics.TypePerson, diagnostics.Values{"code": "K7QM-4TR", "identity.names": "Canari"})
	card := open(d, model.NewPerson(d.Desk, person.ID))
	card.Load()
	d.settle()
	m := open(d, model.NewAccessLog(d.Desk))
	m.Load()
	d.settle()
	if !m.Verified || m.Withheld || m.Rows.Len() != 3 {
		t.Fatalf("verified %v, withheld %v, %d rows", m.Verified, m.Withheld, m.Rows.Len())
	}
	want := model.AccessRow{N: 2, When: "21:30", Action: "Ouvert", What: "K7QM-4TR"}
	if row, _ := m.Rows.At(1); row != want {
		t.Errorf("row %+v, want %+v", row, want)
	}
	for members, withheld := range map[int]bool{2: true, 3: false} {
		small := newDesk(t).join(t, members)
		log := open(small, model.NewAccessLog(small.Desk))
		log.Load()
		small.settle()
		if log.Withheld != withheld || withheld && log.Rows.Len() > 0 {
			t.Errorf("a team of %d: withheld %v, %d rows", members, log.Withheld, log.Rows.Len())
		}
	}
}

// join makes the notebook one of a team of that many.
func (d *desk) join(t *testing.T, members int) *desk {
	t.Helper()
	t.Helper()
	devices := "{"
	for i := range members {
		if i > 0 {
			devices += ","
		}
		id := diagnostics.NewID()
		devices += `"` + id + `":{"id":"` + id + `","team":"Nord","role":"worker","active":true}`
	}
	if err := d.Notebook.SetSettings(t.Context(), map[string]string{"sync.server": "http://hub", "sync.team": "Nord", "sync.role": "coordinator", "sync.devices": devices + "}"}); err != nil {
		t.Fatal(err)
	}
	return d.reopen()
}

// The computers that have not confirmed an erasure are named once each.
func TestRightsNameWhoHasNotConfirmed(t *testing.T) {
	d := newDesk(t)
	_, err := d.Notebook.ApplyReply(t.Context(), wire.SyncReply{Epoch: "e", Unconfirmed: []wire.Unconfirmed{
		{ID: "a", At: d.Clock(), Devices: []string{"Poste B", "Poste A"}}, {ID: "b", At: d.Clock(), Devices: []string{"Poste B"}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	m := open(d, model.NewRights(d.Desk))
	m.Load()
	d.settle()
	if !slices.Equal(m.Unconfirmed, []string{"Poste A", "Poste B"}) {
		t.Errorf("unconfirmed: %v", m.Unconfirmed)
	}
}

// TestArchiveIsTakenBack keeps a file longer, and takes that back.
func TestArchiveIsTakenBack(t *testing.T) {
	d := newDesk(t)
	person := d.create(diagnostics.TypePerson, nil)
	m := open(d, model.NewRights(d.Desk))
	archived := func() bool {
		card, err := d.Notebook.Get(t.Context(), person.ID)
		if err != nil {
			t.Fatal(err)
		}
		return card.Archived()
	}
	rights := diagnostics.Codes(diagnostics.ListArchiveRights)[0].Code
	m.Archive(person.ID, model.Archive{Until: m.ArchiveUntil(), Rights: rights}, func(func()) { t.Error("archived without a reason") })
	d.settle()
	if m.Err == nil || archived() {
		t.Error("a file is archived without a reason")
	}
	var undo func()
	m.Archive(person.ID, model.Archive{Until: m.ArchiveUntil(), Reason: "un recours est en cours", Rights: rights}, func(back func()) { undo = back })
	d.settle()
	if undo == nil || !archived() {
		t.Fatalf("not archived: %v", m.Err)
	}
	undo()
	d.settle()
	if archived() {
		t.Error("it is archived still")
	}
}
