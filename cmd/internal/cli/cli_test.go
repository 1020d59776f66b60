package cli_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"solidaren/cmd/internal/cli"
	"solidaren/diagnostics"
)

func TestStatus(t *testing.T) {
	said := func(code diagnostics.ErrorCode) error { return diagnostics.E("op", code, "Non.", "No.", nil) }
	tests := []struct {
		name string
		err  error
		want int
	}{
		{"nothing went wrong", nil, 0},
		{"bad input", said(diagnostics.CodeInvalid), 1},
		{"wrong passphrase", said(diagnostics.CodeUnauthorized), 1},
		{"open elsewhere", said(diagnostics.CodeConflict), 1},
		{"wrapped", fmt.Errorf("x: %w", said(diagnostics.CodeNotFound)), 1},
		{"usage", fmt.Errorf("x: %w", cli.NewMisuse("Non.", "No.")), 2},
		{"no network", said(diagnostics.CodeOffline), 3},
		{"damage", said(diagnostics.CodeCorrupt), 3},
		{"unknown", errors.New("disk full"), 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := cli.Status(tt.err); got != tt.want {
				t.Errorf("status %d, want %d", got, tt.want)
			}
		})
	}
}

// An error is one line, in the language asked for, and a fault keeps its cause.
func TestSentence(t *testing.T) {
	tests := []struct {
		err    error
		fr, en string
	}{
		{diagnostics.E("op", diagnostics.CodeInvalid, "Non.", "No.", nil), "Non.", "No."},
		{errors.New("disk\nfull"), "Panne : disk full", "Fault: disk full"},
		{cli.NewMisuse("Il manque X.", "X is missing."), "Il manque X.", "X is missing."},
	}
	for _, tt := range tests {
		if got := cli.Sentence(tt.err, "fr"); got != tt.fr {
			t.Errorf("fr %q, want %q", got, tt.fr)
		}
		if got := cli.Sentence(tt.err, "en"); got != tt.en {
			t.Errorf("en %q, want %q", got, tt.en)
		}
	}
}

func TestPassphrase(t *testing.T) {
	file := filepath.Join(t.TempDir(), "phrase")
	if err := os.WriteFile(file, []byte("un deux trois quatre cinq \r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := cli.Passphrase(file, nil)
	if err != nil || got != "un deux trois quatre cinq " {
		t.Errorf("from a file: %q, %v", got, err)
	}
	got, err = cli.Passphrase("-", strings.NewReader("six sept\n"))
	if err != nil || got != "six sept" {
		t.Errorf("from standard input: %q, %v", got, err)
	}
	if _, err = cli.Passphrase("", nil); cli.Status(err) != cli.Usage {
		t.Errorf("without a file: status %d, want usage", cli.Status(err))
	}
	if _, err = cli.Passphrase(file+"x", nil); cli.Status(err) != cli.Refused || !strings.Contains(cli.Sentence(err, "fr"), file+"x") {
		t.Errorf("absent file: %v", err)
	}
	if _, err = cli.Passphrase("-", strings.NewReader(strings.Repeat("x", 5000))); diagnostics.Code(err) != diagnostics.CodeTooLarge {
		t.Errorf("endless phrase: %v", err)
	}
}
