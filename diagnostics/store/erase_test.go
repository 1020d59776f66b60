package store_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/vault"
	"solidaren/sync/register"
	"solidaren/sync/wire"
)

// known is a person with something in every place where people leave traces.
type known struct {
	diagnostics.Record
	draft    string
	canaries []string // texts that are in the notebook because of the person
}

// meet makes a person with a card, a meeting, a need in their words, a note, a
// follow-up, a draft and defaults.
func meet(t *testing.T, n *store.Notebook, mark string) known {
	t.Helper()
	ctx := t.Context()
	k := known{Record: dt.Person(t, func(v diagnostics.Values) {
		v["identity.handle"], v["identity.names"], v["identity.phone"] = "handle"+mark, "names"+mark, "phone"+mark
	})}
	need := dt.Need(t, "food", func(v diagnostics.Values) { v["own_words"] = "words" + mark })
	note := diagnostics.Record{ID: diagnostics.NewID(), Type: diagnostics.TypeNote, Fields: diagnostics.Values{"private": "note" + mark}}
	follow := diagnostics.Record{
		ID: diagnostics.NewID(), Type: diagnostics.TypeFollowUp,
		Fields: diagnostics.Values{"what": "follow" + mark, "status": "todo", "person": k.ID},
	}
	sub := dt.Maraude(t, k.ID, k.Record, need, note, follow)
	sub.Diagnostic.Fields["texts"] = `{"own_words":"texts` + mark + `"}`
	sub.Diagnostic.Fields["answers"] = `{"needs":"answer` + mark + `"}`
	sub.XML = []byte("<data><q>xml" + mark + "</q></data>")
	must(t, n.Finish(ctx, "", sub))
	_, err := n.Update(ctx, follow.ID, diagnostics.Values{"result": "result" + mark})
	must(t, err)
	k.draft = diagnostics.NewID()
	must(t, n.SaveDraft(ctx, store.Draft{ID: k.draft, FormID: "maraude", State: []byte(`{"code":"` + k.Get("code") + `","q":"draft` + mark + `"}`)}))
	k.canaries = []string{k.Get("code")}
	for _, place := range []string{"handle", "names", "phone", "words", "note", "follow", "result", "texts", "answer", "xml", "draft"} {
		k.canaries = append(k.canaries, place+mark)
	}
	for _, op := range pending(t, n) { // what was written is sealed in the operations: the ciphertext must go, too
		about := op.Rec == k.ID || op.Rec == follow.ID || bytes.Contains(op.Set["person"], []byte(k.ID))
		for _, value := range op.Set {
			var sealed wire.Sealed
			if about && json.Unmarshal(value, &sealed) == nil && sealed.Cipher != "" {
				k.canaries = append(k.canaries, sealed.Cipher)
			}
		}
	}
	return k
}

// left gives which of the texts are anywhere in the notebook's pages.
func left(t *testing.T, n *store.Notebook, texts []string) (found []string) {
	t.Helper()
	pages, err := n.Pages(t.Context())
	must(t, err)
	for _, text := range texts {
		if bytes.Contains(pages, []byte(text)) {
			found = append(found, text)
		}
	}
	return found
}

// emptyLog fails unless the file's log holds no more than the commit after a
// wipe, which says that it is done.
func emptyLog(t *testing.T, v *vault.Vault) {
	t.Helper()
	info, err := os.Stat(filepath.Join(v.Dir(), "notebook.db-wal"))
	must(t, err)
	if info.Size() > 3*(4<<10+200) {
		t.Errorf("the log holds %d bytes", info.Size())
	}
}

// asked writes down that a person asks to be erased, as another laptop would.
func asked(t *testing.T, n *store.Notebook, person, kind string) string {
	t.Helper()
	id := diagnostics.NewID()
	r := reply(1, record(id, diagnostics.TypeRequest, 1, diagnostics.Values{"kind": kind, "person": person}))
	var err error
	_, r.Acked, err = n.OpNumbers(t.Context())
	must(t, err)
	apply(t, n, r)
	return id
}

// After an erasure no byte of the notebook tells of the person: not the rows,
// the search, the operations, the drafts, the defaults, the access log, nor what
// lies between the rows; what is about others stays, and both chains hold.
func TestEraseLeavesNoByte(t *testing.T) {
	v := newVault(t)
	n := openVault(t, v)
	n.UseSealer(newKeyring(t))
	var others []known
	for i := range 8 { // so that pages split and merge around the person
		others = append(others, meet(t, n, fmt.Sprintf("-stays-%d-", i)))
	}
	gone := meet(t, n, "-canary-")
	gone.canaries = append(gone.canaries, "canary") // a word of the search
	for i := range 8 {
		others = append(others, meet(t, n, fmt.Sprintf("-stays-too-%d-", i)))
	}
	must(t, n.Log(t.Context(), diagnostics.Access{Action: diagnostics.ActionUnseal, Target: gone.ID, Purpose: "handover"}))
	request := asked(t, n, gone.ID, diagnostics.RequestErase)
	gone.canaries = append(gone.canaries, "handover")
	last := gone.canaries[:0:0] // the defaults are those of the last submission
	for _, c := range gone.canaries {
		if c != "xml-canary-" {
			last = append(last, c)
		}
	}
	if found := left(t, n, last); len(found) != len(last) {
		t.Fatalf("before, only %v of %v are found: the search does not work", found, last)
	}
	count, err := n.Erase(t.Context(), store.Erasure{Person: gone.ID, Why: wire.EraseRequest, Request: request, Role: diagnostics.RoleCoordinator})
	must(t, err)
	if count != 7 {
		t.Errorf("%d records erased, want card, diagnostic, encounter, need, note, follow-up and request", count)
	}
	if found := left(t, n, gone.canaries); len(found) > 0 {
		t.Errorf("still in the notebook: %q", found)
	}
	emptyLog(t, v)
	for _, o := range others {
		if found := left(t, n, o.canaries[:4]); len(found) != 4 {
			t.Errorf("of another person only %q is left", found)
		}
		if _, err := n.Draft(t.Context(), o.draft); err != nil {
			t.Errorf("another person's draft: %v", err)
		}
		rows, err := n.Persons(t.Context(), store.PersonFilter{Text: o.Get("identity.handle")})
		must(t, err)
		if len(rows) == 0 || rows[0].ID != o.ID || rows[0].Code != o.Get("code") {
			t.Errorf("another person is found as %+v", rows)
		}
	}
	must(t, n.VerifyOps(t.Context(), nil))
	must(t, n.VerifyAccesses(t.Context()))
	log, err := n.Accesses(t.Context(), store.AccessFilter{Limit: 1})
	must(t, err)
	if log[0].Action != diagnostics.ActionErase || log[0].Purpose != "right" || log[0].Count != 7 {
		t.Errorf("the access log says %+v", log[0])
	}
}

// The person's last submission gave the defaults of the next form.
func TestEraseForgetsDefaults(t *testing.T) {
	n := notebook(t)
	gone := meet(t, n, "-canary-")
	_, err := n.Erase(t.Context(), store.Erasure{Person: gone.ID, Why: wire.EraseRequest, Request: asked(t, n, gone.ID, "erase")})
	must(t, err)
	xml, err := n.LastSaved(t.Context(), "maraude")
	must(t, err)
	if xml != nil {
		t.Errorf("the defaults are still %s", xml)
	}
}

func TestEraseRefuses(t *testing.T) {
	n := notebook(t)
	person, other := create(t, n, dt.Person(t)), create(t, n, dt.Person(t))
	own := create(t, n, diagnostics.Record{Type: diagnostics.TypeRequest, Fields: diagnostics.Values{"kind": "erase", "person": person.ID}})
	theirs, forOther, forAccess := asked(t, n, person.ID, "erase"), asked(t, n, other.ID, "erase"), asked(t, n, person.ID, "access")
	refused := asked(t, n, person.ID, "erase")
	_, err := n.Update(t.Context(), refused, diagnostics.Values{"answer": "refused"})
	must(t, err)
	const coordinator = diagnostics.RoleCoordinator
	tests := []struct {
		name string
		e    store.Erasure
		want diagnostics.ErrorCode
	}{
		{"a worker", store.Erasure{Person: person.ID, Why: wire.EraseRequest, Request: theirs, Role: diagnostics.RoleWorker}, diagnostics.CodeForbidden},
		{"one person alone", store.Erasure{Person: person.ID, Why: wire.EraseRequest, Request: own.ID, Role: coordinator}, diagnostics.CodeForbidden},
		{"nobody asked", store.Erasure{Person: person.ID, Why: wire.EraseRequest, Role: coordinator}, diagnostics.CodeForbidden},
		{"asked for somebody else", store.Erasure{Person: person.ID, Why: wire.EraseRequest, Request: forOther, Role: coordinator}, diagnostics.CodeForbidden},
		{"asked for something else", store.Erasure{Person: person.ID, Why: wire.EraseRequest, Request: forAccess, Role: coordinator}, diagnostics.CodeForbidden},
		{"refused before", store.Erasure{Person: person.ID, Why: wire.EraseRequest, Request: refused, Role: coordinator}, diagnostics.CodeForbidden},
		{"before its time", store.Erasure{Person: person.ID, Why: wire.EraseRetention, Role: coordinator}, diagnostics.CodeConflict},
		{"nobody", store.Erasure{Person: theirs, Why: wire.EraseRetention}, diagnostics.CodeNotFound},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := n.Erase(t.Context(), tt.e)
			wantCode(t, err, tt.want)
			if _, err := n.Get(t.Context(), person.ID); err != nil {
				t.Errorf("the card: %v", err)
			}
		})
	}
	for i, e := range []store.Erasure{
		{Person: person.ID, Why: wire.EraseRequest, Request: theirs, Role: coordinator},
		{Person: other.ID, Why: wire.EraseRequest, Request: forOther}, // a laptop without a team has no second person
	} {
		if _, err := n.Erase(t.Context(), e); err != nil {
			t.Errorf("erasure %d: %v", i, err)
		}
	}
}

// What the server never had needs no erasure there: it gets void operations in
// the place of those that were not sent. What it had is erased by an operation,
// the household with the last person in it.
func TestEraseTellsTheServer(t *testing.T) {
	n := notebook(t)
	home := create(t, n, diagnostics.Record{Type: diagnostics.TypeHousehold, Fields: diagnostics.Values{"adults": "2"}})
	in := func(v diagnostics.Values) { v["household"] = home.ID }
	first, second := create(t, n, dt.Person(t, in)), create(t, n, dt.Person(t, in))
	alone := create(t, n, dt.Person(t))
	own := create(t, n, diagnostics.Record{Type: diagnostics.TypeRequest, Fields: diagnostics.Values{"kind": "erase", "person": alone.ID}})
	_, err := n.Erase(t.Context(), store.Erasure{Person: alone.ID, Why: wire.EraseRequest, Request: own.ID}) // nothing was ever sent
	must(t, err)
	r := reply(2)
	r.Acked = 3
	apply(t, n, r)
	for _, p := range []diagnostics.Record{first, second} {
		_, err := n.Erase(t.Context(), store.Erasure{Person: p.ID, Why: wire.EraseRequest, Request: asked(t, n, p.ID, "erase")})
		must(t, err)
	}
	var got []string
	for _, op := range pending(t, n) {
		if op.Set != nil && op.Rec != home.ID {
			t.Errorf("operation %d still says %v", op.N, op.Set)
		}
		who := map[string]string{home.ID: "home", first.ID: "first", second.ID: "second", alone.ID: "alone", own.ID: "own"}[op.Rec]
		got = append(got, string(op.Kind)+" "+who)
		if op.Kind == wire.OpErase && (op.Erase == nil || op.Erase.Why != wire.EraseRequest || op.Erase.Request == "") {
			t.Errorf("the erasure of %s says %+v", who, op.Erase)
		}
	}
	want := "[set home set first set second void alone void own erase first erase second erase home]"
	if fmt.Sprint(got) != want {
		t.Errorf("operations %v\nwant       %s", got, want)
	}
	must(t, n.VerifyOps(t.Context(), nil))
}

// An erasure that comes from elsewhere takes along all that is about the person
// here, what this laptop has not sent yet included; a state that comes late does
// not bring anything back.
func TestErasureArrives(t *testing.T) {
	n := notebook(t)
	gone := meet(t, n, "-canary-")
	done := apply(t, n, reply(1, wire.Record{ID: gone.ID, Type: diagnostics.TypePerson, Gone: register.Erased, Why: wire.EraseRetention}))
	if done.Records != 6 {
		t.Errorf("%d records gone, want card, diagnostic, encounter, need, note and follow-up", done.Records)
	}
	if found := left(t, n, gone.canaries); len(found) > 0 {
		t.Errorf("still in the notebook: %q", found)
	}
	for _, op := range pending(t, n) {
		if op.Kind != wire.OpVoid || op.Set != nil {
			t.Errorf("operation %d is a %s of %v", op.N, op.Kind, op.Set)
		}
	}
	if done := apply(t, n, reply(2, wire.Record{ID: gone.ID, Type: diagnostics.TypePerson, Gone: register.Erased})); done.Records != 0 {
		t.Errorf("the same erasure again: %d records", done.Records)
	}
	must(t, n.VerifyOps(t.Context(), nil))
}

// A page that was on its way when this laptop erased the person brings nothing
// back.
func TestOwnErasureStaysOnTop(t *testing.T) {
	n := notebook(t)
	card := record(diagnostics.NewID(), diagnostics.TypePerson, 1, diagnostics.Values{"code": "AAAA-AAA"})
	r := reply(1, card)
	r.Acked = 0
	apply(t, n, r)
	_, err := n.Erase(t.Context(), store.Erasure{Person: card.ID, Why: wire.EraseRequest, Request: asked(t, n, card.ID, "erase"), Role: diagnostics.RoleCoordinator})
	must(t, err)
	card.Ver = 2
	apply(t, n, reply(2, card))
	_, err = n.Get(t.Context(), card.ID)
	wantCode(t, err, diagnostics.CodeNotFound)
	rows, err := n.Persons(t.Context(), store.PersonFilter{})
	must(t, err)
	if len(rows) != 0 {
		t.Errorf("the list shows %v", rows)
	}
}
