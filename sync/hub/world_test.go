package hub_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http/httptest"
	"testing"
	"time"

	"go.uber.org/goleak"

	"solidaren/diagnostics"
	"solidaren/sync/hub"
	"solidaren/sync/hub/sqlite"
	"solidaren/sync/wire"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is a hub over SQLite with a clock that the test moves.
type world struct {
	*hub.Hub
	store *sqlite.Store
	now   time.Time
	log   bytes.Buffer
	dir   string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{now: time.Date(2026, 3, 1, 20, 0, 0, 0, time.UTC), dir: t.TempDir()}
	var err error
	if w.store, err = sqlite.Open(t.Context(), w.dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.store.Close(); err != nil {
			t.Error(err)
		}
	})
	w.Hub, err = hub.New(t.Context(), w.store, hub.Options{
		Clock: func() time.Time { return w.now },
		Log:   slog.New(slog.NewJSONHandler(&w.log, nil)), Pushes: 2,
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) serve(t *testing.T) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(w.Handler())
	t.Cleanup(server.Close)
	return server
}

// laptop is a device as its owner knows it.
type laptop struct {
	hub.Device
	key ed25519.PrivateKey
}

func newLaptop(t *testing.T) (wire.EnrolRequest, ed25519.PrivateKey) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return wire.EnrolRequest{
		Dev: diagnostics.NewID(), Name: "poste", Recipient: "age1test",
		AuthKey: base64.StdEncoding.EncodeToString(public),
	}, private
}

func (w *world) invite(t *testing.T, team string, role diagnostics.Role) wire.Invite {
	t.Helper()
	invite, err := hub.NewInvite(t.Context(), w.store, w.now, "http://hub", team, role)
	if err != nil {
		t.Fatal(err)
	}
	return invite
}

func (w *world) laptop(t *testing.T, team string, role diagnostics.Role) laptop {
	t.Helper()
	request, key := newLaptop(t)
	request.Secret = w.invite(t, team, role).Secret
	reply, err := w.Enrol(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range reply.Devices {
		if d.ID == request.Dev {
			return laptop{hub.Device{Device: d}, key}
		}
	}
	t.Fatal("the device is not in the reply")
	return laptop{}
}

// reload reads the device as it is stored.
func (w *world) reload(t *testing.T, l laptop) hub.Device {
	t.Helper()
	var d hub.Device
	err := w.store.View(t.Context(), func(tx hub.Tx) (err error) {
		d, err = tx.Device(t.Context(), l.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func request(l laptop, ops ...wire.Op) wire.SyncRequest {
	return wire.SyncRequest{Proto: wire.Proto, Dev: l.ID, Ops: ops}
}

// mustSync syncs and fails the test on an error.
func (w *world) mustSync(t *testing.T, l laptop, req wire.SyncRequest) wire.SyncReply {
	t.Helper()
	reply, err := w.Sync(t.Context(), w.reload(t, l), req)
	if err != nil {
		t.Fatal(err)
	}
	return reply
}

// problem syncs and gives the problem, whose code is "" if it went well.
func (w *world) problem(t *testing.T, l laptop, req wire.SyncRequest) wire.Problem {
	t.Helper()
	_, err := w.Sync(t.Context(), w.reload(t, l), req)
	return problemOf(t, err)
}

func problemOf(t *testing.T, err error) wire.Problem {
	t.Helper()
	var refusal *hub.Refusal
	if err == nil {
		return wire.Problem{}
	}
	if !errors.As(err, &refusal) {
		t.Fatalf("%v is no refusal", err)
	}
	return refusal.Problem
}

// op makes an operation; fields are texts, nil removes, a wire.Sealed is sealed.
func op(n int64, kind wire.OpKind, recordType, rec string, set map[string]any) wire.Op {
	o := wire.Op{
		N: n, ID: diagnostics.NewID(), Rec: rec, Type: recordType, Kind: kind, Set: map[string]json.RawMessage{},
		At: time.Date(2026, 3, 1, 19, 0, 0, 0, time.UTC),
	}
	for name, value := range set {
		raw, err := json.Marshal(value)
		if err != nil {
			panic(err)
		}
		o.Set[name] = raw
	}
	return o
}

func card(n int64, rec, field, value string) wire.Op {
	return op(n, wire.OpSet, diagnostics.TypePerson, rec, map[string]any{field: value})
}

var sealed = wire.Sealed{Key: "k", Op: "o", Cipher: "AAAA"}
