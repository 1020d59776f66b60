// Package synctest makes what tests of the sync need: a real server over a real
// database, devices that are members of its teams, notebooks in memory, and a
// network that misbehaves. It holds no rule of the protocol; it uses those of
// the program.
package synctest

import (
	"bytes"
	"log/slog"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/client"
	"solidaren/sync/hub"
	"solidaren/sync/hub/sqlite"
)

// Server is a central API on loopback over SQLite in a folder of the test.
type Server struct {
	URL   string
	Dir   string // data folder
	Hub   *hub.Hub
	Store hub.Store
	Log   *Buffer
	HTTP  *httptest.Server
	now   func() time.Time
}

// Buffer is bytes that several goroutines write.
type Buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write appends.
func (b *Buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

// String gives what was written.
func (b *Buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// NewServer starts a server that ends with the test. A nil clock is the
// system's.
func NewServer(t testing.TB, clock diagnostics.Clock) *Server {
	t.Helper()
	if clock == nil {
		clock = time.Now
	}
	s := &Server{Dir: t.TempDir(), Log: &Buffer{}, now: clock}
	store, err := sqlite.Open(t.Context(), s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	s.Store = store
	s.Hub, err = hub.New(t.Context(), store, hub.Options{Clock: clock, Log: slog.New(slog.NewJSONHandler(s.Log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	s.HTTP = httptest.NewServer(s.Hub.Handler())
	s.URL = s.HTTP.URL
	t.Cleanup(func() {
		s.HTTP.Close()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// Invite makes an invite word.
func (s *Server) Invite(t testing.TB, team string, role diagnostics.Role) string {
	t.Helper()
	invite, err := hub.NewInvite(t.Context(), s.Store, s.now(), s.URL, team, role)
	if err != nil {
		t.Fatal(err)
	}
	return invite.String()
}

// Enrol makes a member of the team over a notebook, with little patience.
func (s *Server) Enrol(t testing.TB, nb client.Notebook, team string, role diagnostics.Role) *client.Member {
	t.Helper()
	m := NewMember(t, nb)
	if err := client.Enrol(t.Context(), nb, m, s.Invite(t, team, role), "laptop"); err != nil {
		t.Fatal(err)
	}
	return m
}

// NewMember loads the member of a notebook, with little patience.
func NewMember(t testing.TB, nb client.Notebook) *client.Member {
	t.Helper()
	m, err := client.LoadMember(t.Context(), nb)
	if err != nil {
		t.Fatal(err)
	}
	m.Patience = client.Patience{Attempt: 5 * time.Second, Answer: 5 * time.Second, Tries: 12,
		Pause: time.Millisecond, Longest: 2 * time.Millisecond}
	return m
}
