package store_test

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/vault"
	"solidaren/sync/teamkey"
)

// schema dumps a notebook's schema and versions.
func schema(t *testing.T, v *vault.Vault) []string {
	t.Helper()
	db := rawDB(t, v)
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), `SELECT coalesce(sql, name) FROM sqlite_schema
 UNION ALL SELECT 'version ' || user_version FROM pragma_user_version
 UNION ALL SELECT printf('application %x', application_id) FROM pragma_application_id ORDER BY 1`)
	must(t, err)
	defer rows.Close()
	var out []string
	for rows.Next() {
		var line string
		must(t, rows.Scan(&line))
		out = append(out, line)
	}
	must(t, rows.Err())
	return out
}

func rawDB(t *testing.T, v *vault.Vault) *sql.DB {
	t.Helper()
	db, err := v.OpenDB(t.Context())
	must(t, err)
	return db
}

func TestMigrationsAreIdempotent(t *testing.T) {
	v := newVault(t)
	var before []string
	for range 3 {
		n, err := store.Open(t.Context(), v, store.Options{})
		must(t, err)
		must(t, n.Close())
		after := schema(t, v)
		if before != nil {
			if diff := cmp.Diff(before, after); diff != "" {
				t.Errorf("opening changed the schema (-before +after):\n%s", diff)
			}
		}
		before = after
	}
	if text := strings.Join(before, "\n"); strings.Contains(text, "version 0") || !strings.Contains(text, "application 536f4c52") {
		t.Errorf("the file does not say what it is:\n%s", text)
	}
}

func TestOpenRefuses(t *testing.T) {
	tests := []struct {
		name, sql string
		want      diagnostics.ErrorCode
		says      string
	}{
		{"a newer notebook", "PRAGMA user_version = 999", diagnostics.CodeInvalid, "plus récente"},
		{"another program's file", "PRAGMA application_id = 7", diagnostics.CodeInvalid, "n'est pas un carnet"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := newVault(t)
			n, err := store.Open(t.Context(), v, store.Options{})
			must(t, err)
			must(t, n.Close())
			db := rawDB(t, v)
			_, err = db.ExecContext(t.Context(), tt.sql)
			must(t, err)
			must(t, db.Close())
			_, err = store.Open(t.Context(), v, store.Options{})
			wantCode(t, err, tt.want)
			if s := diagnostics.Sentence(err, "fr"); !strings.Contains(s, tt.says) {
				t.Errorf("sentence %q", s)
			}
		})
	}
}

func TestSecondOpeningIsRefused(t *testing.T) {
	v := newVault(t)
	first := openVault(t, v)
	_, err := store.Open(t.Context(), v, store.Options{})
	wantCode(t, err, diagnostics.CodeConflict)
	must(t, first.SetSettings(t.Context(), map[string]string{"a": "1"}))
}

// Typing, lists, an export and a sync go on side by side.
func TestConcurrentUse(t *testing.T) {
	n := notebook(t)
	must(t, n.Finish(t.Context(), "", dt.Maraude(t, "", dt.Need(t, "food"))))
	work := []func() error{
		func() error { return n.SaveDraft(t.Context(), store.Draft{ID: "d", State: []byte("x")}) },
		func() error { _, err := n.Finished(t.Context(), store.FinishedFilter{}); return err },
		func() error {
			return n.Needs(t.Context(), today, func(diagnostics.NeedRow) error { _, err := n.SyncCounts(t.Context()); return err })
		},
		func() error { _, err := n.ApplyReply(t.Context(), reply(1)); return err },
	}
	errs := make(chan error)
	for _, f := range work {
		go func() {
			for range 50 {
				if err := f(); err != nil {
					errs <- err
					return
				}
			}
			errs <- nil
		}()
	}
	for range work {
		must(t, <-errs)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := n.SaveDraft(ctx, store.Draft{ID: "e"}); err == nil {
		t.Error("a cancelled write was done")
	}
	must(t, n.SaveDraft(t.Context(), store.Draft{ID: "f"}))
}

const crashVariable = "STORE_TEST_CRASH"

// crashing is the second program of TestCrash: it saves diagnostics and drafts
// for ever and prints the id of each one that it was told is safe.
func crashing(dir string) {
	ctx := context.Background()
	v, err := vault.Open(dir, dt.Passphrase)
	if err != nil {
		panic(err)
	}
	n, err := store.Open(ctx, v, store.Options{})
	if err != nil {
		panic(err)
	}
	keys, err := teamkey.NewKeyring()
	if err != nil {
		panic(err)
	}
	n.UseSealer(keys)
	var t testing.T
	for {
		person := dt.Person(&t)
		sub := dt.Maraude(&t, person.ID, person, dt.Need(&t, "food"), dt.Need(&t, "rights"))
		if err := n.SaveDraft(ctx, store.Draft{ID: sub.Diagnostic.ID}); err != nil {
			panic(err)
		}
		fmt.Println("draft", sub.Diagnostic.ID)
		if err := n.Finish(ctx, sub.Diagnostic.ID, sub); err != nil {
			panic(err)
		}
		fmt.Println("saved", sub.Diagnostic.ID)
	}
}

// What was acknowledged is there after a kill, what was not is there whole or
// not at all, and numbers have no gap.
func TestCrash(t *testing.T) {
	const each = 25 // rounds with one notebook, all of which each round reads
	left, kills, acknowledged := rounds(5, 1000), 0, 0
	for left > 0 {
		count := min(left, each)
		acknowledged += crashes(t, newVault(t), count)
		left, kills = left-count, kills+count
	}
	t.Logf("%d kills, %d acknowledged diagnostics, none lost", kills, acknowledged)
	if acknowledged < kills {
		t.Errorf("only %d saves in %d rounds", acknowledged, kills)
	}
}

// crashes kills the second program so many times and looks each time at what it
// had acknowledged.
func crashes(t *testing.T, v *vault.Vault, count int) int {
	t.Helper()
	var saved []string
	for range count {
		draft := ""
		for _, line := range crashOnce(t, crashVariable+"="+v.Dir(), 4+rand.IntN(30)) {
			kind, id, _ := strings.Cut(line, " ")
			if kind == "saved" {
				saved, draft = append(saved, id), ""
			} else {
				draft = id
			}
		}
		checkSurvivors(t, v, saved, draft)
	}
	return len(saved)
}

// crashOnce runs the second program and kills it shortly after it said so many
// lines.
func crashOnce(t *testing.T, variable string, left int) (lines []string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), variable)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	for scanner := bufio.NewScanner(out); scanner.Scan(); {
		lines = append(lines, scanner.Text())
		if left--; left == 0 {
			time.AfterFunc(time.Duration(rand.IntN(3000))*time.Microsecond, func() { _ = cmd.Process.Kill() })
		}
	}
	if err := cmd.Wait(); err == nil || left > 0 {
		t.Fatalf("the second program ended by itself: %v", err)
	}
	return lines
}

func checkSurvivors(t *testing.T, v *vault.Vault, saved []string, draft string) {
	t.Helper()
	n, err := store.Open(t.Context(), v, store.Options{})
	must(t, err)
	for _, id := range saved {
		children, err := n.Children(t.Context(), id)
		must(t, err)
		if len(children) != 3 {
			t.Fatalf("an acknowledged diagnostic has %d records of 3", len(children))
		}
	}
	if draft != "" {
		_, asDraft := n.Draft(t.Context(), draft)
		_, asRecord := n.Get(t.Context(), draft)
		if (asDraft == nil) == (asRecord == nil) {
			t.Fatalf("the acknowledged draft: %v; as a record: %v", asDraft, asRecord)
		}
	}
	ops := 0
	for after := int64(0); ; {
		page, err := n.PendingOps(t.Context(), after, 1000, 1<<30)
		must(t, err)
		if len(page) == 0 {
			break
		}
		for _, op := range page {
			if after++; op.N != after {
				t.Fatalf("operation %d where %d is due", op.N, after)
			}
			ops++
		}
	}
	if ops%5 != 0 || ops < 5*len(saved) {
		t.Errorf("%d operations of %d diagnostics: one was saved in part", ops, len(saved))
	}
	must(t, n.Close())
	db := rawDB(t, v)
	defer db.Close()
	var verdict string
	must(t, db.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&verdict))
	if verdict != "ok" {
		t.Fatal(verdict)
	}
}
