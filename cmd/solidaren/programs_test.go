package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// programs are the three programs, built from this tree, for one test.
type programs struct {
	t      *testing.T
	folder string
	phrase string // file that holds the passphrase
}

// passphrase of the notebooks of these tests: letters that stand at the same
// place on every Latin keyboard.
const passphrase = "le brouillon est dehors sous un ciel noir"

func buildPrograms(t *testing.T) *programs {
	t.Helper()
	folder, err := built()
	if err != nil {
		t.Fatal(err)
	}
	p := &programs{t: t, folder: folder, phrase: filepath.Join(t.TempDir(), "phrase")}
	if err := os.WriteFile(p.phrase, []byte(passphrase+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return p
}

// built builds the programs once for all tests: linking them takes longer than
// many a test.
var built = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "solidaren-programs-")
	if err != nil {
		return "", err
	}
	builtIn = folder
	out, err := exec.Command("go", "build", "-ldflags", watching, "-o", folder+"/",
		"solidaren/cmd/solidaren", "solidaren/cmd/solidaren-server", "solidaren/cmd/solidarenctl").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return folder, nil
})

// builtIn is the folder of what was built, "" before.
var builtIn string

func TestMain(m *testing.M) {
	status := m.Run()
	if builtIn != "" {
		_ = os.RemoveAll(builtIn)
	}
	os.Exit(status)
}

func (p *programs) path(name string) string { return filepath.Join(p.folder, name) }

// ctl runs solidarenctl on a notebook and gives what it printed.
func (p *programs) ctl(vault string, args ...string) string {
	p.t.Helper()
	args = append(args, "--vault", vault, "--passphrase-file", p.phrase)
	cmd := exec.CommandContext(p.t.Context(), p.path("solidarenctl"), args...)
	var problems bytes.Buffer
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		p.t.Fatalf("solidarenctl %s: %v\n%s%s", strings.Join(args, " "), err, out, problems.String())
	}
	return string(out)
}

// server starts a central API on loopback and gives its address.
func (p *programs) server(data string) string {
	p.t.Helper()
	cmd := exec.Command(p.path("solidaren-server"), "serve", "--listen", "127.0.0.1:0", "--data", data)
	out, err := cmd.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	log := &bytes.Buffer{}
	cmd.Stderr = log
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if p.t.Failed() {
			p.t.Logf("the server's log:\n%s", log)
		}
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if url, ok := strings.CutPrefix(lines.Text(), "listening on "); ok {
			go func() {
				for lines.Scan() { // keeps the pipe from filling up
				}
			}()
			return url
		}
	}
	p.t.Fatal("the server ended before it listened")
	return ""
}

// invite makes a one-use invite.
func (p *programs) invite(data, url, team, role string) string {
	p.t.Helper()
	out, err := exec.CommandContext(p.t.Context(), p.path("solidaren-server"), "invite",
		"--data", data, "--url", url, "--team", team, "--role", role).Output()
	if err != nil {
		p.t.Fatalf("invite: %v\n%s", err, out)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return lines[len(lines)-1]
}
