package client

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/go-resty/resty/v2"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// maxReply bounds an answer after inflation, in bytes; a page of records has at
// most one MiB.
const maxReply = 16 << 20

// link is the way to the server for one exchange. It counts what passes.
type link struct {
	http     *resty.Client
	pool     *http.Transport
	patience Patience
	requests int
	up, down atomic.Int64
}

func newLink(server string, m *Member) *link {
	l := &link{patience: m.Patience}
	dialer := &net.Dialer{Timeout: 10 * time.Second}
	l.pool = &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: l.patience.Answer,
		ForceAttemptHTTP2:     true,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := dialer.DialContext(ctx, network, address)
			if err != nil {
				return nil, err
			}
			return &countedConn{Conn: conn, l: l}, nil
		},
	}
	var transport http.RoundTripper = l.pool
	if m.Wrap != nil {
		transport = m.Wrap(transport)
	}
	l.http = resty.New().SetBaseURL(server).SetTransport(transport).SetResponseBodyLimit(maxReply).
		SetRedirectPolicy(resty.NoRedirectPolicy()).SetHeader("User-Agent", "SolidaRen/"+strconv.Itoa(wire.Proto))
	return l
}

func (l *link) close() { l.pool.CloseIdleConnections() }

type countedConn struct {
	net.Conn
	l *link
}

func (c *countedConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.l.down.Add(int64(n))
	return n, err
}

func (c *countedConn) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	c.l.up.Add(int64(n))
	return n, err
}

// refusedError is a problem that the server answered.
type refusedError struct{ wire.Problem }

func (e *refusedError) Error() string { return "refused: " + e.Code }

// laterError is a network failure with the time that the server asks for.
type laterError struct {
	cause *diagnostics.Error
	after time.Duration
}

func (e *laterError) Error() string { return e.cause.Error() }
func (e *laterError) Unwrap() error { return e.cause }

// post sends one JSON body and reads one JSON answer. The error is a
// *refusedError, or an Error with CodeOffline or CodeTimeout, or of the stopped
// context.
func (l *link) post(ctx context.Context, path, bearer string, in, out any) error {
	body, err := zipped(in)
	if err != nil {
		return err
	}
	attempt, cancel := context.WithTimeout(ctx, l.patience.Attempt)
	defer cancel()
	l.requests++
	request := l.http.R().SetContext(attempt).SetBody(body).
		SetHeader("Content-Type", "application/json").SetHeader("Content-Encoding", "gzip")
	if bearer != "" {
		request.SetAuthToken(bearer)
	}
	response, err := request.Post(path)
	if err != nil {
		switch {
		case errors.Is(err, resty.ErrAutoRedirectDisabled):
			return failure("client"+path, diagnostics.CodeOffline, wordsPortal, nil)
		case cut(err) && ctx.Err() == nil:
			return failure("client"+path, diagnostics.CodeOffline, wordsCut, err)
		}
		return networkFailure(ctx, "client"+path, err)
	}
	return read(path, response, out)
}

func zipped(in any) ([]byte, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if err := json.NewEncoder(w).Encode(in); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}

// cut tells whether an answer began and did not end well.
func cut(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, gzip.ErrChecksum) ||
		errors.Is(err, gzip.ErrHeader) || errors.As(err, &corrupt)
}

// read takes an answer for the server's only if it is JSON, whole.
func read(path string, response *resty.Response, out any) error {
	op, status := "client"+path, response.StatusCode()
	kind, _, _ := strings.Cut(response.Header().Get("Content-Type"), ";")
	switch {
	case status == http.StatusTooManyRequests || status >= http.StatusInternalServerError:
		seconds, _ := strconv.Atoi(response.Header().Get("Retry-After"))
		return &laterError{failure(op, diagnostics.CodeOffline, wordsDown, nil), time.Duration(max(seconds, 0)) * time.Second}
	case status == http.StatusOK && kind == "application/json":
		if err := json.Unmarshal(response.Body(), out); err != nil {
			return failure(op, diagnostics.CodeOffline, wordsCut, err)
		}
		return nil
	case kind == "application/problem+json":
		var p wire.Problem
		if json.Unmarshal(response.Body(), &p) == nil && p.Code != "" {
			p.Status = status
			return &refusedError{p}
		}
	}
	return failure(op, diagnostics.CodeOffline, wordsPortal, nil)
}
