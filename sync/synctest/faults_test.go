package synctest_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/client"
	"solidaren/sync/synctest"
	"solidaren/sync/wire"
)

// meet puts faults before the next calls of a member, one each.
func meet(m *client.Member, faults ...synctest.Fault) *synctest.Faults {
	net := &synctest.Faults{Next: func() synctest.Fault {
		if len(faults) == 0 {
			return synctest.None
		}
		next := faults[0]
		faults = faults[1:]
		return next
	}}
	m.Wrap = func(base http.RoundTripper) http.RoundTripper {
		net.Base = base
		return net
	}
	return net
}

// spy records a member's traffic.
func spy(m *client.Member) *synctest.Faults { return meet(m) }

// TestAppliedOnce: whatever becomes of a request or its answer, its operations
// count once and the laptop learns of it.
func TestAppliedOnce(t *testing.T) {
	tests := []struct {
		name   string
		faults []synctest.Fault
	}{
		{"request lost", []synctest.Fault{synctest.Drop}},
		{"answer lost after the commit", []synctest.Fault{synctest.LoseReply}},
		{"answer lost again and again", []synctest.Fault{synctest.LoseReply, synctest.LoseReply, synctest.LoseReply}},
		{"answer cut", []synctest.Fault{synctest.Truncate}},
		{"request twice", []synctest.Fault{synctest.Repeat}},
		{"an old request comes late", []synctest.Fault{synctest.LoseReply, synctest.Replay, synctest.Replay}},
		{"captive portal, then the server", []synctest.Fault{synctest.Portal, synctest.Portal}},
		{"server busy", []synctest.Fault{synctest.Busy, synctest.Busy}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := synctest.NewServer(t, nil)
			a := newLaptop(t, s, diagnostics.RoleWorker)
			a.sync(t)
			rec := diagnostics.NewID()
			a.card(rec, "gender", "w")
			a.card(rec, "gender", "m")
			meet(a.m, tt.faults...)
			report := a.sync(t)
			if r := a.States()[rec]; r.Ver != 2 || len(r.Fields["gender"]) != 1 || report.Pushed != 2 {
				t.Errorf("version %d, report %+v; want each operation once", r.Ver, report)
			}
		})
	}
}

// TestBadNetwork: a network that never lets anything through ends with a
// sentence and a code, quickly, and everything stays to be sent.
func TestBadNetwork(t *testing.T) {
	page := func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>Bienvenue</html>") }
	answer := func(kind, text string, status int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.WriteHeader(status)
			_, _ = io.WriteString(w, text)
		}
	}
	slow := func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only then does the server notice that the client left
		<-r.Context().Done()
	}
	garbage := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = io.WriteString(w, "this is not gzip")
	}
	tests := []struct {
		name   string
		server http.HandlerFunc
		code   diagnostics.ErrorCode
		says   string // part of the French sentence
	}{
		{"page with status 200", page, diagnostics.CodeOffline, "page de connexion"},
		{"redirect to a page", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/login", http.StatusFound) }, diagnostics.CodeOffline, "page de connexion"},
		{"page of a proxy", answer("text/html", "<html>502</html>", 502), diagnostics.CodeOffline, "ne répond pas"},
		{"page, forbidden", answer("text/html", "<html>403</html>", 403), diagnostics.CodeOffline, "page de connexion"},
		{"half of a JSON", answer("application/json", `{"epoch":"e","acked":5,`, 200), diagnostics.CodeOffline, "coupée"},
		{"JSON of somebody else", answer("application/json", `{"login":"please","acked":5}`, 200), diagnostics.CodeOffline, "page de connexion"},
		{"gzip that is none", garbage, diagnostics.CodeOffline, "coupée"},
		{"too slow", slow, diagnostics.CodeTimeout, "trop lentement"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := synctest.NewServer(t, nil)
			a := newLaptop(t, s, diagnostics.RoleWorker)
			a.sync(t)
			a.card(diagnostics.NewID(), "gender", "w")
			a.m.Patience = client.Patience{Attempt: 60 * time.Millisecond, Answer: time.Second, Tries: 2, Pause: time.Millisecond, Longest: time.Millisecond}
			s.Replace(tt.server)
			report, err := client.Sync(t.Context(), a.Memory, a.m, nil)
			if diagnostics.Code(err) != tt.code || !strings.Contains(diagnostics.Sentence(err, "fr"), tt.says) {
				t.Errorf("error %v (%s), want %s with %q", err, diagnostics.Sentence(err, "fr"), tt.code, tt.says)
			}
			if _, acked, _ := a.OpNumbers(t.Context()); acked != 0 || report.ToPush != 1 || report.Done {
				t.Errorf("acked %d, report %+v; want all still to send", acked, report)
			}
		})
	}
}

// TestServerDown: nobody listens.
func TestServerDown(t *testing.T) {
	s := synctest.NewServer(t, nil)
	a := newLaptop(t, s, diagnostics.RoleWorker)
	a.card(diagnostics.NewID(), "gender", "w")
	s.HTTP.Close()
	_, err := client.Sync(t.Context(), a.Memory, a.m, nil)
	if diagnostics.Code(err) != diagnostics.CodeOffline || !strings.Contains(diagnostics.Sentence(err, "en"), "does not answer") {
		t.Errorf("error %v", err)
	}
}

// TestCancel: a cancelled sync ends at once, says so, and keeps what was acked.
func TestCancel(t *testing.T) {
	s := synctest.NewServer(t, nil)
	a := newLaptop(t, s, diagnostics.RoleWorker)
	for range 1500 {
		a.card(diagnostics.NewID(), "gender", "w")
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	report, err := client.Sync(ctx, a.Memory, a.m, func(r client.Report) {
		if r.Pushed > 0 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || !strings.Contains(diagnostics.Sentence(err, "fr"), "arrêté") {
		t.Errorf("error %v", err)
	}
	if report.Pushed == 0 || report.ToPush == 0 || report.Done {
		t.Errorf("report %+v, want a part", report)
	}
	if rest := a.sync(t); rest.Pushed != report.ToPush {
		t.Errorf("the rest: %+v, want %d", rest, report.ToPush)
	}
}

// TestTruncatedAnywhere: the connection is cut after k bytes of the answer, for
// many k; no half page is ever taken in, and then all is well.
func TestTruncatedAnywhere(t *testing.T) {
	s := synctest.NewServer(t, nil)
	a, b := newLaptop(t, s, diagnostics.RoleWorker), newLaptop(t, s, diagnostics.RoleWorker)
	for range 20 {
		a.card(diagnostics.NewID(), "gender", "w")
	}
	a.sync(t)
	b.m.Patience.Tries = 1
	if _, err := client.Sync(t.Context(), b.Memory, b.m, nil); err != nil { // keys and a token
		t.Fatal(err)
	}
	for range 20 {
		a.card(diagnostics.NewID(), "gender", "m")
	}
	a.sync(t)
	size := 0
	for cut := 1; ; cut += 37 {
		limited := &cutter{limit: cut}
		b.m.Wrap = limited.wrap
		_, err := client.Sync(t.Context(), b.Memory, b.m, nil)
		if err == nil {
			size = cut
			break
		}
		if diagnostics.Code(err) != diagnostics.CodeOffline {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		if n := len(b.States()); n != 20 {
			t.Fatalf("cut at %d: %d records, want none of the page", cut, n)
		}
	}
	if n := len(b.States()); n != 40 || size < 500 {
		t.Errorf("%d records at last, after %d bytes", n, size)
	}
}

// cutter is a transport whose connections end after some bytes of answer.
type cutter struct{ limit int }

func (c *cutter) wrap(base http.RoundTripper) http.RoundTripper {
	transport, _ := base.(*http.Transport)
	dial := transport.DialContext
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		return &cutConn{Conn: conn, left: c.limit}, err
	}
	return transport
}

type cutConn struct {
	net.Conn
	mu   sync.Mutex
	left int
}

func (c *cutConn) Read(b []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left == 0 {
		return 0, io.EOF
	}
	n, err := c.Conn.Read(b[:min(len(b), c.left)])
	c.left -= n
	return n, err
}

// TestSmallLink: a link that breaks on every large body still lets all through,
// in smaller pieces.
func TestSmallLink(t *testing.T) {
	s := synctest.NewServer(t, nil)
	a := newLaptop(t, s, diagnostics.RoleWorker)
	a.sync(t)
	for range 400 {
		a.card(diagnostics.NewID(), "code", diagnostics.NewID()) // does not compress to nothing
	}
	a.m.Wrap = func(base http.RoundTripper) http.RoundTripper {
		return roundTrip(func(r *http.Request) (*http.Response, error) {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				return nil, err
			}
			if len(body) > 5000 {
				return nil, io.ErrUnexpectedEOF
			}
			again := r.Clone(r.Context())
			again.Body = io.NopCloser(bytes.NewReader(body))
			return base.RoundTrip(again)
		})
	}
	if report := a.sync(t); report.Pushed != 400 {
		t.Errorf("report %+v", report)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// TestRestored: the server goes on from an older copy, under a new epoch or
// silently under the old one; what laptops had sent comes back, nothing local
// goes, and both agree again.
func TestRestored(t *testing.T) {
	for name, epoch := range map[string]string{"new epoch": diagnostics.NewID(), "silently": ""} {
		t.Run(name, func(t *testing.T) {
			s := synctest.NewServer(t, nil)
			a, b := newLaptop(t, s, diagnostics.RoleWorker), newLaptop(t, s, diagnostics.RoleWorker)
			before, after := diagnostics.NewID(), diagnostics.NewID()
			a.card(before, "gender", "w")
			a.sync(t)
			b.sync(t)
			backup := s.Backup(t)
			a.card(before, "gender", "m")
			a.words(t, after, "un toit")
			a.sync(t)
			b.sync(t)
			s.Restore(t, backup, epoch)
			unsent := diagnostics.NewID()
			b.card(unsent, "gender", "w")
			b.sync(t)
			a.sync(t)
			b.sync(t)
			for name, l := range map[string]laptop{"a": a, "b": b} {
				if got := l.values(before, "gender"); len(got) != 1 || got[0] != `"m"` {
					t.Errorf("%s: %v", name, got)
				}
				if got, err := l.read(after); err != nil || got != "un toit" {
					t.Errorf("%s: %q, %v", name, got, err)
				}
				if len(l.values(unsent, "gender")) != 1 || len(l.States()) != 3 {
					t.Errorf("%s has %d records, want 3", name, len(l.States()))
				}
			}
		})
	}
}

// TestTokenEnds: an ended token is renewed within the sync.
func TestTokenEnds(t *testing.T) {
	now := time.Now()
	s := synctest.NewServer(t, func() time.Time { return now })
	a := newLaptop(t, s, diagnostics.RoleWorker)
	a.sync(t)
	now = now.Add(2 * time.Hour)
	a.card(diagnostics.NewID(), "gender", "w")
	if report := a.sync(t); report.Pushed != 1 || report.Requests != 4 {
		t.Errorf("report %+v, want a refused call, two for the token, and one more", report)
	}
}

// TestCopiedNotebook: a notebook that is an old copy of itself is told so, and
// its own operations stay.
func TestCopiedNotebook(t *testing.T) {
	s := synctest.NewServer(t, nil)
	a := newLaptop(t, s, diagnostics.RoleWorker)
	rec := diagnostics.NewID()
	a.card(rec, "gender", "w")
	a.sync(t)
	old := synctest.NewMemory() // the image of the disk from before the first sync
	settings := map[string]string{}
	for _, key := range []string{"sync.device", "sync.auth", "sync.identity", "sync.keys", "sync.server", "sync.team", "sync.role"} {
		settings[key], _ = a.Setting(t.Context(), key)
	}
	if err := old.SetSettings(t.Context(), settings); err != nil {
		t.Fatal(err)
	}
	m := synctest.NewMember(t, old)
	for _, when := range []string{"empty log", "other operations"} {
		_, err := client.Sync(t.Context(), old, m, nil)
		if diagnostics.Code(err) != diagnostics.CodeConflict || !strings.Contains(diagnostics.Sentence(err, "fr"), "copie") {
			t.Errorf("%s: %v", when, err)
		}
		if len(old.States()) != 0 {
			t.Errorf("%s: records were taken in", when)
		}
		old.Write(wire.OpSet, diagnostics.TypePerson, rec, map[string]any{"gender": "m"})
	}
}

// TestBothPutBack: server and notebook go on from older copies, and the notebook
// has written on meanwhile: its new operations have the numbers of others that
// the server holds. It is told, and nothing of it lands behind them.
func TestBothPutBack(t *testing.T) {
	s := synctest.NewServer(t, nil)
	a := newLaptop(t, s, diagnostics.RoleWorker)
	rec := diagnostics.NewID()
	a.card(rec, "gender", "w")
	a.sync(t)
	image := a.Image()
	a.card(rec, "gender", "m")
	a.sync(t)
	backup := s.Backup(t)
	s.Restore(t, backup, diagnostics.NewID())
	image.Write(wire.OpSet, diagnostics.TypePerson, rec, map[string]any{"status": "a"})
	image.Write(wire.OpSet, diagnostics.TypePerson, rec, map[string]any{"status": "b"})
	_, err := client.Sync(t.Context(), image, synctest.NewMember(t, image), nil)
	if diagnostics.Code(err) != diagnostics.CodeConflict {
		t.Errorf("the copy was taken for the original: %v", err)
	}
	if len(image.Unacked()) != 2 {
		t.Errorf("%d operations are left to send, want both", len(image.Unacked()))
	}
	a.sync(t)
	if got := a.values(rec, "status"); len(got) != 0 {
		t.Errorf("operations of the copy were taken: %v", got)
	}
}
