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
