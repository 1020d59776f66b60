package synctest_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"solidaren/diagnostics"
	"solidaren/sync/client"
	"solidaren/sync/synctest"
	"solidaren/sync/wire"
)

// laptop is a notebook in memory with its member.
type laptop struct {
	*synctest.Memory
	m *client.Member
}

func newLaptop(t *testing.T, s *synctest.Server, role diagnostics.Role) laptop {
	t.Helper()
	nb := synctest.NewMemory()
	return laptop{nb, s.Enrol(t, nb, "Nord", role)}
}

func (l laptop) sync(t *testing.T) client.Report {
	t.Helper()
	report, err := client.Sync(t.Context(), l.Memory, l.m, nil)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func (l laptop) card(rec, field string, value any) {
	l.Write(wire.OpSet, diagnostics.TypePerson, rec, map[string]any{field: value})
}

// values gives the values that a laptop shows of a field, as JSON.
func (l laptop) values(rec, field string) []string {
	var texts []string
	for _, v := range l.View(rec).Fields[field] {
		texts = append(texts, string(v.V))
	}
	return texts
}

// TestConflictIsKept: two laptops change a field apart from each other; both
// values reach both, a third field is left alone, and who decides settles it.
func TestConflictIsKept(t *testing.T) {
	s := synctest.NewServer(t, nil)
	a, b := newLaptop(t, s, diagnostics.RoleWorker), newLaptop(t, s, diagnostics.RoleSocialWorker)
	rec := diagnostics.NewID()
	a.card(rec, "status", "active")
	a.sync(t)
	b.sync(t)
	a.card(rec, "status", "left")
	b.card(rec, "status", "housed")
	b.card(rec, "gender", "w")
	a.sync(t)
	if report := b.sync(t); report.Conflicts != 1 {
		t.Errorf("report %+v, want one conflict", report)
	}
	a.sync(t)
	for name, l := range map[string]laptop{"a": a, "b": b} {
		if got := strings.Join(l.values(rec, "status"), " "); got != `"left" "housed"` {
			t.Errorf("%s shows %s, want both values", name, got)
		}
		if got := l.values(rec, "gender"); len(got) != 1 {
			t.Errorf("%s shows %v for a field that one of them changed", name, got)
		}
	}
	a.card(rec, "status", "housed")
	a.sync(t)
	b.sync(t)
	if got := b.values(rec, "status"); len(got) != 1 || got[0] != `"housed"` {
		t.Errorf("after the decision: %v", got)
	}
}

// TestReport: what a sync tells of itself, and that nothing to do is one call.
func TestReport(t *testing.T) {
	s := synctest.NewServer(t, nil)
	a := newLaptop(t, s, diagnostics.RoleWorker)
	a.card(diagnostics.NewID(), "gender", "w")
	a.Write(wire.OpErase, diagnostics.TypePerson, diagnostics.NewID(), nil)
	var steps []client.Report
	report, err := client.Sync(t.Context(), a.Memory, a.m, func(r client.Report) { steps = append(steps, r) })
	if err != nil {
		t.Fatal(err)
	}
	if report.Pushed != 2 || report.ToPush != 0 || report.Held != 1 || report.Pulled != 1 || !report.Done {
		t.Errorf("report %+v", report)
	}
	if len(steps) < 2 || steps[0].ToPush != 2 || steps[0].Done || steps[len(steps)-1] != report {
		t.Errorf("progress %+v, want from 2 to send to the report", steps)
	}
	if a.HeldOps()[2] != wire.HeldForbidden {
		t.Errorf("held %v", a.HeldOps())
	}
	idle := a.sync(t)
	if idle.Requests != 1 || idle.BytesUp == 0 || idle.BytesDown == 0 || idle.BytesUp+idle.BytesDown > 2000 {
		t.Errorf("nothing to do: %+v, want one small call", idle)
	}
	a.card(diagnostics.NewID(), "gender", "w")
	if one := a.sync(t); one.Requests != 1 || one.Pushed != 1 {
		t.Errorf("one changed record: %+v, want one call", one)
	}
}

// TestManyPages: more than one push and one page go through, whole.
func TestManyPages(t *testing.T) {
	s := synctest.NewServer(t, nil)
	a, b := newLaptop(t, s, diagnostics.RoleWorker), newLaptop(t, s, diagnostics.RoleWorker)
	const records = 2500
	answers := `{"q":"` + strings.Repeat("x", 300) + `"}`
	for range records {
		a.Write(wire.OpFact, diagnostics.TypeDiagnostic, diagnostics.NewID(), map[string]any{"form_id": "maraude", "answers": answers})
	}
	pushed, pulled := a.sync(t), b.sync(t)
	if pushed.Pushed != records || pulled.Pulled != records || len(b.States()) != records {
		t.Errorf("pushed %+v, pulled %+v, has %d", pushed, pulled, len(b.States()))
	}
	if pushed.Requests > 12 || pushed.BytesUp > 1<<20 {
		t.Errorf("%d requests and %d bytes for %d operations", pushed.Requests, pushed.BytesUp, records)
	}
}

// TestNewcomerKeys: a newcomer seals words before any key of the team has
// reached it; after two syncs each reads the other's words, old and new, and
// both seal with the same key.
func TestNewcomerKeys(t *testing.T) {
	s := synctest.NewServer(t, nil)
	first := newLaptop(t, s, diagnostics.RoleWorker)
	recA, recB := diagnostics.NewID(), diagnostics.NewID()
	first.words(t, recA, "un toit")
	first.sync(t)
	newcomer := newLaptop(t, s, diagnostics.RoleWorker)
	newcomer.words(t, recB, "une douche")
	newcomer.sync(t)
	if _, err := newcomer.read(recA); diagnostics.Code(err) != diagnostics.CodeUnauthorized {
		t.Errorf("before the key arrived: %v, want unauthorized", err)
	}
	first.sync(t)
	newcomer.sync(t)
	for _, l := range []laptop{first, newcomer} {
		for rec, want := range map[string]string{recA: "un toit", recB: "une douche"} {
			if got, err := l.read(rec); err != nil || got != want {
				t.Errorf("read %q, %v; want %q", got, err, want)
			}
		}
	}
	if a, b := first.m.Keyring().Current(), newcomer.m.Keyring().Current(); a != b {
		t.Errorf("they seal with %s and %s", a, b)
	}
	if idle := first.sync(t); idle.Requests != 1 {
		t.Errorf("keys still go to and fro: %+v", idle)
	}
}

// words writes sealed words into a fact.
func (l laptop) words(t *testing.T, rec, text string) {
	t.Helper()
	sealed, err := l.m.Keyring().Seal(rec, "own_words", diagnostics.NewID(), []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	l.Write(wire.OpFact, diagnostics.TypeNeed, rec, map[string]any{"domain": "dormir", "own_words": sealed})
}

func (l laptop) read(rec string) (string, error) {
	values := l.View(rec).Fields["own_words"]
	if len(values) != 1 {
		return "", diagnostics.E("read", diagnostics.CodeNotFound, "", "", nil)
	}
	plain, err := l.m.Keyring().Unseal(rec, "own_words", values[0].V)
	return string(plain), err
}

// TestResearcher: a researcher's device gets no key and no record, and what it
// tries to write is held.
func TestResearcher(t *testing.T) {
	s := synctest.NewServer(t, nil)
	worker, researcher := newLaptop(t, s, diagnostics.RoleWorker), newLaptop(t, s, diagnostics.RoleResearcher)
	worker.words(t, diagnostics.NewID(), "un toit")
	researcher.card(diagnostics.NewID(), "gender", "w")
	for range 2 {
		worker.sync(t)
		researcher.sync(t)
	}
	if keys := researcher.m.Keyring().IDs(); len(keys) != 1 {
		t.Errorf("the researcher holds %d keys, want its own only", len(keys))
	}
	if len(researcher.States()) != 0 || researcher.HeldOps()[1] != wire.HeldForbidden {
		t.Errorf("the researcher has %d records, held %v", len(researcher.States()), researcher.HeldOps())
	}
	if len(worker.States()) != 1 {
		t.Errorf("the worker sees %d records, want its own only", len(worker.States()))
	}
}

// TestOtherTeam: another team's devices see nothing.
func TestOtherTeam(t *testing.T) {
	s := synctest.NewServer(t, nil)
	north := newLaptop(t, s, diagnostics.RoleWorker)
	nb := synctest.NewMemory()
	south := laptop{nb, s.Enrol(t, nb, "Sud", diagnostics.RoleCoordinator)}
	north.words(t, diagnostics.NewID(), "un toit")
	for range 2 {
		north.sync(t)
		south.sync(t)
	}
	if len(south.States()) != 0 || len(south.m.Keyring().IDs()) != 1 {
		t.Errorf("the south has %d records and %d keys", len(south.States()), len(south.m.Keyring().IDs()))
	}
}

// TestCanary: a planted name is in no byte of the server's files, of its log, or
// of the traffic; a code that is sent in clear is, so the search works.
func TestCanary(t *testing.T) {
	s := synctest.NewServer(t, nil)
	const name, words, code = "Zéphyrine-Canari", "mots-canari", "CODECLAIR"
	var nets []*synctest.Faults
	for range 2 {
		l := newLaptop(t, s, diagnostics.RoleWorker)
		net := spy(l.m)
		nets = append(nets, net)
		rec := diagnostics.NewID()
		sealed, err := l.m.Keyring().Seal(rec, "identity.names", diagnostics.NewID(), []byte(name))
		if err != nil {
			t.Fatal(err)
		}
		l.card(rec, "identity.names", sealed)
		l.card(rec, "code", code)
		l.words(t, diagnostics.NewID(), words)
		// a program that forgets to seal is held, and its text is not kept
		l.card(diagnostics.NewID(), "identity.names", "forgot "+name)
		l.sync(t)
	}
	traffic := nets[0].Wire() + nets[1].Wire()
	stored := s.Log.String() + files(t, s.Dir)
	if !strings.Contains(traffic, code) || !strings.Contains(stored, code) {
		t.Error("the clear code is not found: the search does not work")
	}
	for _, canary := range []string{name, "phyrine-Canari", words} {
		if strings.Contains(stored, canary) {
			t.Errorf("%q is on the server", canary)
		}
		if strings.Contains(strings.ReplaceAll(traffic, "forgot "+name, ""), canary) {
			t.Errorf("%q went over the wire", canary)
		}
	}
}

// files reads every file of a folder into one text.
func files(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		all.Write(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}
