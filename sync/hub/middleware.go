package hub

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// A client may be slow, but not slower than this: after the grace, minPace
// bytes a second.
const (
	paceGrace = 30 * time.Second
	minPace   = 1 << 10
	replyTime = 5 * time.Minute
)

func writeProblem(w http.ResponseWriter, r *Refusal) {
	w.Header().Set("Content-Type", r.ContentType(""))
	w.WriteHeader(r.Status)
	_ = json.NewEncoder(w).Encode(r.Problem) // the client may have gone
}

// logged writes one line a call: what was called, how it ended, how long it
// took. No address, device, team or body.
func (h *Hub) logged(mux *http.ServeMux, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		_, pattern := mux.Handler(r)
		rec := &recorder{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(rec, r)
		h.log.Info("call", "what", pattern, "status", rec.status, "bytes", rec.bytes,
			"ms", time.Since(start).Milliseconds())
	})
}

type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// compressed inflates what comes in and deflates what goes out, for those who
// ask. The body as sent is bounded here; what it inflates to is bounded by the
// reader of each call.
func compressed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		slow := &paced{body: r.Body, ctl: http.NewResponseController(w), start: time.Now()}
		r.Body = http.MaxBytesReader(w, slow, wire.MaxBody)
		switch r.Header.Get("Content-Encoding") {
		case "", "identity":
		case "gzip":
			inflated, err := gzip.NewReader(r.Body)
			if err != nil {
				writeProblem(w, refuse(http.StatusBadRequest, string(diagnostics.CodeInvalid), "The body is not gzip."))
				return
			}
			r.Body, r.ContentLength = inflated, -1
		default:
			writeProblem(w, refuse(http.StatusUnsupportedMediaType, string(diagnostics.CodeInvalid), "Send gzip or plain JSON."))
			return
		}
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			next.ServeHTTP(w, r)
			return
		}
		zipped := &deflater{ResponseWriter: w}
		defer zipped.close()
		next.ServeHTTP(zipped, r)
	})
}

// paced is a body that must keep coming: the deadline of a read moves on with
// the bytes read.
type paced struct {
	body  io.ReadCloser
	ctl   *http.ResponseController
	start time.Time
	read  int64
}

func (p *paced) Read(b []byte) (int, error) {
	allowed := paceGrace + time.Duration(p.read/minPace)*time.Second
	_ = p.ctl.SetReadDeadline(p.start.Add(allowed)) // not every writer of a test can
	n, err := p.body.Read(b)
	p.read += int64(n)
	return n, err
}

func (p *paced) Close() error { return p.body.Close() }

// deflater compresses a reply as it is written.
type deflater struct {
	http.ResponseWriter
	zip *gzip.Writer
}

func (d *deflater) WriteHeader(status int) {
	_ = http.NewResponseController(d.ResponseWriter).SetWriteDeadline(time.Now().Add(replyTime))
	if status != http.StatusNoContent && d.zip == nil {
		d.Header().Set("Content-Encoding", "gzip")
		d.Header().Add("Vary", "Accept-Encoding")
		d.Header().Del("Content-Length")
		d.zip = gzip.NewWriter(d.ResponseWriter)
	}
	d.ResponseWriter.WriteHeader(status)
}

func (d *deflater) Write(b []byte) (int, error) {
	if d.zip == nil {
		d.WriteHeader(http.StatusOK)
	}
	return d.zip.Write(b)
}

func (d *deflater) Unwrap() http.ResponseWriter { return d.ResponseWriter }

func (d *deflater) close() {
	if d.zip != nil {
		_ = d.zip.Close() // the client may have gone
	}
}
