// Package synctest makes what tests of the sync need: a real server over a real
// database, devices that are members of its teams, notebooks in memory, and a
// network that misbehaves. It holds no rule of the protocol; it uses those of
// the program.
package synctest

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
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
	lists string // folder of what is no part of a backup
	HTTP  *httptest.Server
	now   func() time.Time
	api   atomic.Pointer[http.Handler]
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
	s := &Server{Log: &Buffer{}, now: clock, lists: t.TempDir()}
	s.open(t, t.TempDir())
	s.HTTP = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { (*s.api.Load()).ServeHTTP(w, r) }))
	s.URL = s.HTTP.URL
	t.Cleanup(func() {
		s.HTTP.Close()
		if err := s.Store.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func (s *Server) open(t testing.TB, dir string) {
	t.Helper()
	store, err := sqlite.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	h, err := hub.New(t.Context(), store, hub.Options{
		Clock: s.now, Log: slog.New(slog.NewJSONHandler(s.Log, nil)), Erasures: hub.ErasureFile(filepath.Join(s.lists, "erasures.jsonl")),
	})
	if err != nil {
		t.Fatal(err)
	}
	handler := h.Handler()
	s.Dir, s.Store, s.Hub = dir, store, h
	s.api.Store(&handler)
}

// Backup copies the database into a folder of its own.
func (s *Server) Backup(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	db, err := vault.OpenDB(t.Context(), vault.DBOptions{Path: filepath.Join(s.Dir, sqlite.FileName)})
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.ExecContext(t.Context(), "VACUUM INTO ?", filepath.Join(dir, sqlite.FileName))
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Restore goes on from a backup, under a new epoch if one is given.
func (s *Server) Restore(t testing.TB, dir, epoch string) {
	t.Helper()
	if err := s.Store.Close(); err != nil {
		t.Fatal(err)
	}
	if epoch != "" {
		store, err := sqlite.Open(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		err = store.Update(t.Context(), func(tx hub.Tx) error { return tx.SetSetting(t.Context(), "epoch", []byte(epoch)) })
		if err = errors.Join(err, store.Close()); err != nil {
			t.Fatal(err)
		}
	}
	s.open(t, dir)
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
	m.Patience = client.Patience{
		Attempt: 5 * time.Second, Answer: 5 * time.Second, Tries: 12,
		Pause: time.Millisecond, Longest: 2 * time.Millisecond,
	}
	return m
}

// Replace puts another answer in the server's place.
func (s *Server) Replace(h http.Handler) { s.api.Store(&h) }
