package model_test

import (
	"encoding/json"
	"testing"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
	"solidaren/ui/model"
)

// TestRecordTellsOfWordsThatHaveNotCome is a record received before the key of
// its team: a correction would be one without the words.
func TestRecordTellsOfWordsThatHaveNotCome(t *testing.T) {
	d := newDesk(t)
	id := diagnostics.NewID()
	sealed, err := json.Marshal(wire.Sealed{Key: "k", Cipher: "AAAA"})
	if err != nil {
		t.Fatal(err)
	}
	received := wire.Record{ID: id, Ver: 1, Seq: 1, Type: diagnostics.TypeDiagnostic, Kind: wire.OpSet, Fields: map[string][]wire.Value{}}
	for name, value := range map[string]string{
		"form_id": `"maraude"`, "at": `"2026-11-23T21:00:00+01:00"`, "completed_at": `"2026-11-23T21:00:00+01:00"`,
		"answers": `"{}"`, "texts": string(sealed),
	} {
		received.Fields[name] = []wire.Value{{V: json.RawMessage(value), Dev: "E", Ver: 1, Op: "e-1", At: now}}
	}
	reply := wire.SyncReply{Epoch: "e1", Changes: map[string][]wire.Record{"nord": {received}}, Cursors: map[string]int64{"nord": 1}}
	if _, err := d.Notebook.ApplyReply(t.Context(), reply); err != nil {
		t.Fatal(err)
	}
	record := open(d, model.NewRecord(d.Desk, id))
	record.Load()
	d.settle()
	if !record.Readable || !record.Awaited || record.Correctable() {
		t.Errorf("readable %v, words awaited %v, correctable %v", record.Readable, record.Awaited, record.Correctable())
	}
}

// A working note is shown with its record and taken up by a correction, as long
// as it is kept.
func TestRecordShowsItsWorkingNote(t *testing.T) {
	d := newDesk(t)
	finished := d.create(diagnostics.TypeDiagnostic, diagnostics.Values{
		"form_id": "entretien", "at": "2026-11-23T20:00:00Z", "completed_at": "2026-11-23T20:30:00Z", "answers": "{}", "texts": "{}",
	})
	d.create(diagnostics.TypeNote, diagnostics.Values{"diagnostic": finished.ID, "at": "2026-11-23T20:00:00Z", "private": "à revoir lundi"})
	record := open(d, model.NewRecord(d.Desk, finished.ID))
	record.Load()
	d.settle()
	if !record.Readable || !holds(record.Lines, "à revoir lundi") {
		t.Errorf("the record reads %+v", record.Lines)
	}
	correction := write(d, model.CorrectEntry(d.Desk, finished.ID))
	if got := correction.node("e_private").Value; got != "à revoir lundi" {
		t.Errorf("the correction starts with %q", got)
	}
}
