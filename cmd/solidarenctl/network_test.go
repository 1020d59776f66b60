package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"solidaren/diagnostics"
	"solidaren/sync/synctest"
	"solidaren/sync/wire"
)

// switched is a server whose behaviour can be changed while it runs.
type switched struct{ handler atomic.Pointer[http.Handler] }

func (s *switched) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	(*s.handler.Load()).ServeHTTP(w, r)
}

func (s *switched) use(h http.Handler) { s.handler.Store(&h) }

// Two laptops meet at a server; then the server misbehaves, and nothing is
// lost.
func TestSync(t *testing.T) {
	hub := synctest.NewServer(t, nil)
	front := &switched{}
	front.use(hub.HTTP.Config.Handler)
	server := httptest.NewServer(front)
	defer server.Close()
	invite := func() string {
		word := hub.Invite(t, "Rennes", diagnostics.RoleWorker)
		parsed, err := wire.ParseInvite(word)
		if err != nil {
			t.Fatal(err)
		}
		parsed.URL = server.URL
		return parsed.String()
	}
	first, second := newLaptop(t), newLaptop(t)
	answers := filepath.Join(t.TempDir(), "met.json")
	met := `{"m_district":"q01","m_place":"street","m_contact":"short","m_link":"new","m_code":"ABCD-EFC","m_needs":"food","m_urg":"days"}`
	if err := os.WriteFile(answers, []byte(met), 0o600); err != nil {
		t.Fatal(err)
	}
	first.must("record", "maraude", answers)
	first.refused(1, "sync") // not a member yet

	word := invite()
	if got := first.must("enrol", word, "--device-name", "Poste 1"); got["role"] != "worker" || got["server"] != server.URL {
		t.Errorf("enrolled: %v", got)
	}
	second.refused(1, "enrol", word) // used already
	second.must("enrol", invite())
	if got := first.must("sync"); got["pushed"].(float64) < 4 || got["bytes"].(float64) == 0 {
		t.Errorf("first sync: %v", got)
	}
	second.must("sync")
	if got := second.must("search", "ABCD-EFC"); len(got["persons"].([]any)) != 1 {
		t.Errorf("the second laptop finds %v", got)
	}

	// Who does what travels as records do; a form offers what a laptop knows.
	annuaire := filepath.Join(t.TempDir(), "annuaire.csv")
	if err := os.WriteFile(annuaire, []byte("id;nom;acteur\nlaverie;Laverie du quartier;Les Lavandières\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	first.must("import", "directory", annuaire)
	first.must("sync")
	second.must("sync")
	if got := second.must("import", "directory", annuaire, "--dry-run"); got["unchanged"].(float64) != 2 {
		t.Errorf("the second laptop would import %v", got)
	}
	referred := filepath.Join(t.TempDir(), "referred.json")
	if err := os.WriteFile(referred, []byte(`{"m_district":"q01","m_place":"street","m_contact":"talk","m_info":"oral","m_link":"anon","m_orient":"laverie","m_answer":"accepts"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := second.must("record", "maraude", referred); got["records"].(map[string]any)["referral"].(float64) != 1 {
		t.Errorf("a referral to it: %v", got)
	}

	first.must("record", "maraude", answers)
	front.use(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<html><body>Login to the Wi-Fi</body></html>")
	}))
	first.refused(3, "sync")
	server.CloseClientConnections()
	listener := server.Listener
	_ = listener.Close() // down: nobody listens any more
	first.refused(3, "sync")
	if got := first.must("search", "ABCD-EFC"); len(got["persons"].([]any)) != 1 {
		t.Errorf("after the failures the first laptop finds %v", got)
	}
}
