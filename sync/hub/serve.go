package hub

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"solidaren/diagnostics"
)

// drainTime is how long calls that are under way may last after a stop.
const drainTime = 20 * time.Second

// Serve listens on the address (port 0 picks one), writes "listening on URL" to
// out when it is ready, and serves until ctx ends; calls under way are finished
// first. CodeInvalid if it cannot listen there.
func (h *Hub) Serve(ctx context.Context, address string, out io.Writer) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return diagnostics.E("hub.Serve", diagnostics.CodeInvalid,
			"Impossible d'écouter sur "+address+" : adresse fausse ou déjà prise.",
			"Cannot listen on "+address+": wrong or taken address.", err)
	}
	server := &http.Server{
		Handler:           h.Handler(), //nolint:contextcheck // a request brings its own context
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(dropDetail{h.log.Handler()}, slog.LevelDebug),
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	if _, err := fmt.Fprintf(out, "listening on http://%s\n", listener.Addr()); err != nil {
		return errors.Join(err, server.Close(), <-served)
	}
	select {
	case err := <-served:
		return fmt.Errorf("hub: serve: %w", err)
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	err = server.Shutdown(drain)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	if stopped := <-served; !errors.Is(stopped, http.ErrServerClosed) {
		err = errors.Join(err, stopped)
	}
	return err
}

// dropDetail keeps that net/http complained and drops the words, which hold
// addresses of clients.
type dropDetail struct{ slog.Handler }

// Handle writes the record without its message.
func (d dropDetail) Handle(ctx context.Context, r slog.Record) error {
	return d.Handler.Handle(ctx, slog.NewRecord(r.Time, slog.LevelWarn, "a connection failed", r.PC))
}
