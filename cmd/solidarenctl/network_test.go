package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"solidaren/diagnostics"
	"solidaren/sync/synctest"
	"solidaren/sync/wire"
)

// laptop is a notebook of the test, used through the command line.
type laptop struct {
	t     *testing.T
	flags []string
}

func newLaptop(t *testing.T) laptop {
	t.Helper()
	dir := t.TempDir()
	phrase := filepath.Join(dir, "phrase")
	if err := os.WriteFile(phrase, []byte("pommier tempête lanterne gravier moulin\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	l := laptop{t, []string{"--json", "--lang", "en", "--vault", filepath.Join(dir, "vault"), "--passphrase-file", phrase}}
	l.must("vault", "create")
	return l
}

// run does a command line and gives its status, its output and its sentence.
func (l laptop) run(args ...string) (status int, out, sentence string) {
	var stdout, stderr bytes.Buffer
	status = run(l.t.Context(), append(args, l.flags...), streams{strings.NewReader(""), &stdout, &stderr})
	return status, stdout.String(), strings.TrimSpace(stderr.String())
}

// must does a command line that succeeds and gives its JSON object.
func (l laptop) must(args ...string) map[string]any {
	l.t.Helper()
	status, out, sentence := l.run(args...)
	if status != 0 {
		l.t.Fatalf("%s: status %d: %s", strings.Join(args, " "), status, sentence)
	}
	var object map[string]any
	if err := json.Unmarshal([]byte(out), &object); err != nil {
		l.t.Fatalf("%s prints no JSON object: %s", args[0], out)
	}
	return object
}

// refused does a command line that fails with a status and one sentence.
func (l laptop) refused(want int, args ...string) string {
	l.t.Helper()
	status, out, sentence := l.run(args...)
	if status != want || out != "" || sentence == "" || strings.Contains(sentence, "\n") || strings.HasPrefix(sentence, "Fault") {
		l.t.Errorf("%s: status %d, output %q, sentence %q; want status %d and one clear sentence", args[0], status, out, sentence, want)
	}
	return sentence
}

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
