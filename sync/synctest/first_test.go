package synctest_test

import (
	"testing"

	"solidaren/diagnostics"
	"solidaren/sync/client"
	"solidaren/sync/synctest"
	"solidaren/sync/wire"
)

// TestTwoDevices: what one records, the other sees.
func TestTwoDevices(t *testing.T) {
	s := synctest.NewServer(t, nil)
	a, b := synctest.NewMemory(), synctest.NewMemory()
	ma := s.Enrol(t, a, "Nord", diagnostics.RoleWorker)
	mb := s.Enrol(t, b, "Nord", diagnostics.RoleWorker)
	id := diagnostics.NewID()
	a.Write(wire.OpSet, diagnostics.TypePerson, id, map[string]any{"code": "ABCD"})
	for _, x := range []struct {
		nb *synctest.Memory
		m  *client.Member
	}{{a, ma}, {b, mb}} {
		report, err := client.Sync(t.Context(), x.nb, x.m, nil)
		t.Logf("%+v", report)
		if err != nil {
			t.Fatal(err)
		}
	}
	if got := string(b.View(id).Fields["code"][0].V); got != `"ABCD"` {
		t.Errorf("code = %s", got)
	}
	t.Log(s.Log.String())
}
