package hub_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/hub"
	"solidaren/sync/wire"
)

func zipped(t *testing.T, r io.Reader) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.Copy(w, r); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestHTTP: what a stranger, a member and a broken client get.
func TestHTTP(t *testing.T) {
	w := newWorld(t)
	l := w.laptop(t, "Nord", diagnostics.RoleWorker)
	token := w.token(t, l)
	server := w.serve(t)
	good, err := json.Marshal(request(l))
	if err != nil {
		t.Fatal(err)
	}
	small := zipped(t, bytes.NewReader(good))
	bomb := zipped(t, io.LimitReader(zeros{}, 2*wire.MaxBody))
	tests := []struct {
		name, method, path string
		body               []byte
		header             string // "Name: value" lines
		status             int
		code               string
	}{
		{"health", "GET", "/v1/health", nil, "", 200, ""},
		{"description", "GET", "/openapi.json", nil, "", 200, ""},
		{"no documentation page", "GET", "/docs", nil, "", 404, "not_found"},
		{"no such path", "GET", "/v1/records/1", nil, "", 404, "not_found"},
		{"sync without a token", "POST", "/v1/sync", good, "", 401, "unauthorized"},
		{"sync without a token, empty", "POST", "/v1/sync", nil, "", 401, "unauthorized"},
		{"sync with a wrong token", "POST", "/v1/sync", good, "Authorization: Bearer x", 401, "unauthorized"},
		{"sync", "POST", "/v1/sync", good, "Authorization: Bearer " + token, 200, ""},
		{"sync, gzip", "POST", "/v1/sync", small, "Content-Encoding: gzip\nAuthorization: Bearer " + token, 200, ""},
		{"for another device", "POST", "/v1/sync", []byte(`{"dev":"other","proto":3}`), "Authorization: Bearer " + token, 403, "forbidden"},
		{"broken JSON", "POST", "/v1/sync", good[:len(good)-2], "Authorization: Bearer " + token, 422, "invalid"},
		{"no body", "POST", "/v1/sync", nil, "Authorization: Bearer " + token, 400, "invalid"},
		{"gzip bomb", "POST", "/v1/sync", bomb, "Content-Encoding: gzip\nAuthorization: Bearer " + token, 413, "too_large"},
		{"body too large", "POST", "/v1/sync", make([]byte, wire.MaxBody+1), "Authorization: Bearer " + token, 413, "too_large"},
		{"enrolment too large", "POST", "/v1/enrol", make([]byte, 65<<10), "", 413, "too_large"},
		{"gzip cut short", "POST", "/v1/sync", small[:len(small)-9], "Content-Encoding: gzip\nAuthorization: Bearer " + token, 400, "invalid"},
		{"not gzip", "POST", "/v1/sync", good, "Content-Encoding: gzip\nAuthorization: Bearer " + token, 400, "invalid"},
		{"zstd", "POST", "/v1/sync", good, "Content-Encoding: zstd\nAuthorization: Bearer " + token, 415, "invalid"},
		{"field of a newer client", "POST", "/v1/token", []byte(`{"dev":"x","colour":"red"}`), "", 200, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, header, body := do(t, tt.method, server.URL+tt.path, tt.body, tt.header)
			var p wire.Problem
			if status >= 400 {
				if kind := header.Get("Content-Type"); kind != "application/problem+json" {
					t.Errorf("type %q", kind)
				}
				if err := json.Unmarshal(body, &p); err != nil || p.Status != tt.status {
					t.Errorf("problem %s, %v", body, err)
				}
			}
			if status != tt.status || p.Code != tt.code {
				t.Errorf("status %d, code %q; want %d, %q: %.200s", status, p.Code, tt.status, tt.code, body)
			}
		})
	}
	if log := w.log.String(); strings.Contains(log, l.ID) || strings.Contains(log, "Nord") || strings.Contains(log, "127.0.0.1") || !strings.Contains(log, "/v1/sync") {
		t.Errorf("the log tells who called, or not what: %s", log)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func do(t *testing.T, method, url string, body []byte, header string) (int, http.Header, []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	for line := range strings.Lines(header) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		r.Header.Set(name, value)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	got, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, response.Header, got
}

// TestGzipReply: a reply is compressed for who asks, and says so.
func TestGzipReply(t *testing.T) {
	server := newWorld(t).serve(t)
	for _, tt := range []struct{ asked, want string }{{"gzip", "gzip"}, {"identity", ""}} {
		_, header, body := do(t, "GET", server.URL+"/v1/health", nil, "Accept-Encoding: "+tt.asked)
		if got := header.Get("Content-Encoding"); got != tt.want {
			t.Errorf("asked %s: encoding %q, want %q", tt.asked, got, tt.want)
		}
		r := io.Reader(bytes.NewReader(body))
		if tt.want == "gzip" {
			var err error
			if r, err = gzip.NewReader(r); err != nil {
				t.Fatal(err)
			}
		}
		if text, err := io.ReadAll(r); err != nil || !strings.Contains(string(text), `"ok"`) {
			t.Errorf("asked %s: %q, %v", tt.asked, text, err)
		}
	}
}

// TestDescribed: the description is OpenAPI 3.1 and knows each call, and which
// one needs a token.
func TestDescribed(t *testing.T) {
	server := newWorld(t).serve(t)
	_, _, body := do(t, "GET", server.URL+"/openapi.json", nil, "")
	var api struct {
		OpenAPI string
		Paths   map[string]map[string]struct{ Security []any }
	}
	if err := json.Unmarshal(body, &api); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(api.OpenAPI, "3.1") || len(api.Paths) != 6 {
		t.Errorf("version %s, %d paths", api.OpenAPI, len(api.Paths))
	}
	for path, secured := range map[string]bool{"/v1/sync": true, "/v1/held": true, "/v1/team": true, "/v1/enrol": false, "/v1/token": false} {
		if got := len(api.Paths[path]["post"].Security) > 0; got != secured {
			t.Errorf("%s: token needed %v, want %v", path, got, secured)
		}
	}
}

// TestDrain: a call that is under way when the server is told to stop is
// answered.
func TestDrain(t *testing.T) {
	w := newWorld(t)
	ctx, stop := context.WithCancel(t.Context())
	out, in := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- w.Serve(ctx, "127.0.0.1:0", in) }()
	line := make([]byte, 100)
	n, err := out.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	url := strings.TrimSpace(strings.TrimPrefix(string(line[:n]), "listening on "))
	slow, feed := io.Pipe()
	answered := make(chan int, 1)
	go func() {
		request, _ := http.NewRequest(http.MethodPost, url+"/v1/token", slow)
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Expect", "100-continue") // the body is read once the handler asks for it
		client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, ExpectContinueTimeout: time.Minute}}
		r, err := client.Do(request)
		if err != nil {
			t.Error(err)
			answered <- 0
			return
		}
		r.Body.Close()
		answered <- r.StatusCode
	}()
	if _, err := feed.Write([]byte(`{"dev":`)); err != nil { // the call has begun
		t.Fatal(err)
	}
	stop()
	if _, err := feed.Write([]byte(`"x"}`)); err != nil {
		t.Fatal(err)
	}
	feed.Close()
	if status := <-answered; status != http.StatusOK {
		t.Errorf("status %d", status)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// TestBusy: when all slots are taken, the next call is asked to come back, and
// once a slot is free it is served.
func TestBusy(t *testing.T) {
	w := newWorld(t)
	gate := &gated{Store: w.store}
	h, err := hub.New(t.Context(), gate, hub.Options{Pushes: 1})
	if err != nil {
		t.Fatal(err)
	}
	gate.entered, gate.leave = make(chan struct{}), make(chan struct{})
	server := httptest.NewServer(h.Handler())
	t.Cleanup(server.Close)
	enrol := []byte(`{"dev":"` + diagnostics.NewID() + `","auth_key":"` + base64.StdEncoding.EncodeToString(make([]byte, 32)) + `","recipient":"age1x"}`)
	first := make(chan int, 1)
	go func() {
		status, _, _ := do(t, "POST", server.URL+"/v1/enrol", enrol, "")
		first <- status
	}()
	<-gate.entered
	status, header, body := do(t, "POST", server.URL+"/v1/token", []byte(`{"dev":"x"}`), "")
	if status != http.StatusServiceUnavailable || header.Get("Retry-After") != "2" || !strings.Contains(string(body), wire.ProblemBusy) {
		t.Errorf("status %d, Retry-After %q: %s", status, header.Get("Retry-After"), body)
	}
	close(gate.leave)
	if status := <-first; status != http.StatusForbidden { // the invite is unknown
		t.Errorf("the call that was served: %d", status)
	}
	if status, _, _ := do(t, "POST", server.URL+"/v1/token", []byte(`{"dev":"x"}`), ""); status != http.StatusOK {
		t.Errorf("afterwards: %d", status)
	}
}

// gated is a store that, once its channels are set, holds a writer until it is
// let go.
type gated struct {
	hub.Store
	entered, leave chan struct{}
}

func (g *gated) Update(ctx context.Context, fn func(hub.Tx) error) error {
	if g.entered != nil {
		close(g.entered)
		<-g.leave
	}
	return g.Store.Update(ctx, fn)
}
