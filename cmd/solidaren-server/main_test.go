package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"solidaren/cmd/internal/cli"
	"solidaren/sync/wire"
)

func TestCommandLine(t *testing.T) {
	dir := t.TempDir()
	tests := []struct {
		name   string
		args   string
		status int
		says   string // a part of what is written, on either stream
	}{
		{"no command", "", cli.Usage, "Commande non comprise : il manque --data=DIR (voir solidaren-server --help)."},
		{"unknown flag, English", "serve --lang en --colour", cli.Usage, "Command not understood"},
		{"invite without a team", "invite --data DIR --url http://h --role worker", cli.Usage, "--team"},
		{"unknown role", "invite --data DIR --url http://h --team N --role king", cli.Refused, "Rôle inconnu"},
		{"address without a scheme", "invite --lang=en --data DIR --url h:1 --team N --role worker", cli.Refused, "https://name"},
		{"PostgreSQL", "serve --data DIR --listen 127.0.0.1:0 --database postgres://x", cli.Refused, "PostgreSQL"},
		{"no such address", "serve --data DIR --listen 300.0.0.1:0", cli.Refused, "Impossible d'écouter"},
		{"data is a file", "serve --data DIR/hub.db --listen 127.0.0.1:0", cli.Refused, "dossier"},
		{"flags before the command", "--data DIR --lang en invite --url http://h --team N --role worker", cli.Done, "solida"},
		{"help", "--help", cli.Done, "serveur central"},
		{"help is French", "--help", cli.Done, "Emploi : solidaren-server"},
		{"help in English", "--lang en --help", cli.Done, "central server"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out, problems bytes.Buffer
			args := strings.Fields(strings.ReplaceAll(tt.args, "DIR", dir))
			if got := run(t.Context(), args, &out, &problems); got != tt.status {
				t.Errorf("status %d, want %d: %s", got, tt.status, problems.String())
			}
			if all := out.String() + problems.String(); !strings.Contains(all, tt.says) {
				t.Errorf("wrote %q, want a part %q", all, tt.says)
			}
		})
	}
}

// TestServeAndInvite: an invite is made while the server runs on the same
// data, and the server stops when it is told to.
func TestServeAndInvite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	ctx, stop := context.WithCancel(t.Context())
	r, w := io.Pipe()
	status := make(chan int, 1)
	go func() {
		status <- run(ctx, []string{"serve", "--listen", "127.0.0.1:0", "--data", dir}, w, io.Discard)
		w.Close()
	}()
	line := make([]byte, 200)
	n, err := r.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	address, ok := strings.CutPrefix(strings.TrimSpace(string(line[:n])), "listening on ")
	if !ok {
		t.Fatalf("wrote %q", line[:n])
	}
	var out bytes.Buffer
	if got := run(ctx, []string{"invite", "--data", dir, "--url", address, "--team", "Équipe Nord", "--role", "worker"}, &out, io.Discard); got != cli.Done {
		t.Errorf("invite: status %d", got)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	invite, err := wire.ParseInvite(lines[len(lines)-1])
	if err != nil || invite.URL != address || invite.Team != "Équipe Nord" {
		t.Errorf("invite %+v, %v", invite, err)
	}
	response, err := http.Get(address + "/v1/health")
	if err != nil {
		t.Fatal(err)
	}
	if err := response.Body.Close(); err != nil || response.StatusCode != http.StatusOK {
		t.Errorf("health: %d, %v", response.StatusCode, err)
	}
	stop()
	if got := <-status; got != cli.Done {
		t.Errorf("serve: status %d", got)
	}
	if late, err := http.Get(address + "/v1/health"); err == nil {
		_ = late.Body.Close()
		t.Error("the server still answers after it was stopped")
	}
}
