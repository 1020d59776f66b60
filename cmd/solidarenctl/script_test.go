package main

import (
	"context"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"solidaren/cmd/internal/notebook"
)

var update = flag.Bool("update", false, "rewrite the golden outputs of the scripts")

func TestMain(m *testing.M) {
	notebook.Pace = 0 // hundreds of commands open a notebook here
	testscript.Main(m, map[string]func(){
		"solidarenctl": func() {
			os.Exit(run(context.Background(), os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}))
		},
	})
}

// TestScripts runs the command as a user does. In a script, `status N command`
// demands that exit status.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"status": status, "restore": restore, "damage": damage},
	})
}

// status runs a command and demands its exit status.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command [argument...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var ended *exec.ExitError
		if !errors.As(err, &ended) {
			ts.Fatalf("%v", err)
		}
		got = ended.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// restore copies the one backup in a folder to where a notebook may be opened.
func restore(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: restore folder notebook")
	}
	found, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "*"))
	ts.Check(err)
	if len(found) != 1 {
		ts.Fatalf("%d backups in %s", len(found), args[0])
	}
	ts.Check(os.CopyFS(ts.MkAbs(args[1]), os.DirFS(found[0])))
}

// damage changes bits all over a file, except at its beginning.
func damage(ts *testscript.TestScript, neg bool, args []string) {
	content, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	for i := len(content) / 2; i < len(content); i += 1000 {
		content[i] ^= 4
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), content, 0o600))
}
