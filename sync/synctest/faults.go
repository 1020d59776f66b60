package synctest

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"sync"
)

// Fault is what happens to one call.
type Fault int

// Faults of a network.
const (
	None      Fault = iota
	Drop            // the request never arrives
	LoseReply       // the server commits, the answer is lost
	Truncate        // the answer is cut in the middle
	Repeat          // the request arrives twice
	Replay          // an old request arrives again, before this one
	Portal          // somebody else answers, with a page
	Busy            // the server asks to come back
)

// Faults is a network between one device and the server: Next says what happens
// to each call. It also keeps all that passed.
type Faults struct {
	Next func() Fault
	Base http.RoundTripper
	// CutAt is where Truncate cuts, in bytes; 0 cuts in the middle.
	CutAt int

	mu   sync.Mutex
	old  []*http.Request // with their bodies, for Replay
	wire bytes.Buffer
}

var errDropped = errors.New("synctest: dropped")

// RoundTrip carries one call.
func (f *Faults) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	fault := f.Next()
	switch fault {
	case Drop:
		return nil, errDropped
	case Portal:
		return answer(r, http.StatusOK, "text/html", "<html>Bienvenue sur le wifi</html>"), nil
	case Busy:
		return answer(r, http.StatusServiceUnavailable, "text/plain", "later"), nil
	case Repeat:
		if err := f.send(withBody(r, body)); err != nil {
			return nil, err
		}
	case Replay:
		if err := f.replay(); err != nil {
			return nil, err
		}
	}
	response, err := f.Base.RoundTrip(withBody(r, body))
	if err != nil {
		return nil, err
	}
	reply, err := io.ReadAll(response.Body)
	if err = errors.Join(err, response.Body.Close()); err != nil {
		return nil, err
	}
	f.keep(r, body, reply)
	switch fault {
	case LoseReply:
		return nil, errDropped
	case Truncate:
		reply = reply[:f.cut(len(reply))]
		response.Body = io.NopCloser(io.MultiReader(bytes.NewReader(reply), broken{}))
	default:
		response.Body = io.NopCloser(bytes.NewReader(reply))
	}
	return response, nil
}

func (f *Faults) cut(size int) int {
	if f.CutAt > 0 {
		return min(f.CutAt, size)
	}
	return size / 2
}

// broken is the end of a connection that was cut.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func (f *Faults) keep(r *http.Request, body, reply []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.old = append(f.old, withBody(r, body))
	f.wire.Write(plain(body))
	f.wire.Write(plain(reply))
}

// Wire gives all that passed, inflated.
func (f *Faults) Wire() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.wire.String()
}

func (f *Faults) send(r *http.Request) error {
	response, err := f.Base.RoundTrip(r)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, response.Body)
	return errors.Join(err, response.Body.Close())
}

// replay sends an earlier request again and throws its answer away.
func (f *Faults) replay() error {
	f.mu.Lock()
	if len(f.old) == 0 {
		f.mu.Unlock()
		return nil
	}
	r := f.old[len(f.old)/2]
	body, err := io.ReadAll(r.Body)
	f.old[len(f.old)/2] = withBody(r, body)
	f.mu.Unlock()
	if err != nil {
		return err
	}
	return f.send(withBody(r, body))
}

func withBody(r *http.Request, body []byte) *http.Request {
	again := r.Clone(r.Context())
	again.Body, again.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return again
}

func answer(r *http.Request, status int, kind, text string) *http.Response {
	return &http.Response{
		StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: http.Header{"Content-Type": {kind}}, Body: io.NopCloser(bytes.NewReader([]byte(text))),
	}
}

// plain inflates a gzip body and leaves any other as it is.
func plain(body []byte) []byte {
	r, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return body
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return body
	}
	return text
}
