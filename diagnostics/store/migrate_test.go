package store_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/vault"
)

// pastSchema is a vault that a former program wrote, and what is in it. To add
// the present one, before the schema changes:
//
//	solidarenctl vault create --vault DIR --passphrase-file FILE
//	solidarenctl demo fill --vault DIR --passphrase-file FILE --persons 4 --seed N
//	SOLIDAREN_PAST=DIR go test -run TestKeepSchema ./diagnostics/store
//
// where FILE holds the passphrase of tests.
type pastSchema struct {
	name   string
	counts map[string]int
}

// contents is what is counted of a notebook, in every schema.
var contents = map[string]string{
	"records": "SELECT count(*) FROM records",
	"persons": "SELECT count(*) FROM records WHERE type = 'person'",
	"named": `SELECT count(*) FROM records WHERE type = 'person'
 AND coalesce(json_extract(fields, '$."identity.names"'), json_extract(fields, '$."identity.handle"'), '') <> ''`,
	"ops":  "SELECT count(*) FROM ops",
	"last": "SELECT max(n) FROM ops",
}

// pastSchemas are those of which a vault is kept.
func pastSchemas(t testing.TB) []pastSchema {
	t.Helper()
	dirs, err := filepath.Glob(filepath.Join("testdata", "schema-*"))
	must(t, err)
	var all []pastSchema
	for _, dir := range dirs {
		p := pastSchema{name: filepath.Base(dir)}
		text, err := os.ReadFile(filepath.Join(dir, "counts.json"))
		must(t, err)
		must(t, json.Unmarshal(text, &p.counts))
		all = append(all, p)
	}
	return all
}

// oldest is a notebook of the first schema.
func oldest(t testing.TB) pastSchema {
	t.Helper()
	for _, p := range pastSchemas(t) {
		if p.name == "schema-1" {
			return p
		}
	}
	t.Fatal("no notebook of schema 1")
	return pastSchema{}
}

// A vault is kept of every schema that a program in the field may have written.
func TestVaultOfEachSchema(t *testing.T) {
	var latest int
	v := newVault(t)
	must(t, openVault(t, v).Close())
	db := rawDB(t, v)
	must(t, db.QueryRowContext(t.Context(), "PRAGMA user_version").Scan(&latest))
	must(t, db.Close())
	for schema := 1; schema < latest; schema++ {
		if _, err := os.Stat(filepath.Join("testdata", fmt.Sprint("schema-", schema), "notebook.db.gz")); err != nil {
			t.Errorf("no vault of schema %d is kept: %v", schema, err)
		}
	}
}

// TestKeepSchema keeps the vault that SOLIDAREN_PAST names among the past ones.
func TestKeepSchema(t *testing.T) {
	dir := os.Getenv("SOLIDAREN_PAST")
	if dir == "" {
		t.Skip("SOLIDAREN_PAST names no vault")
	}
	copied := filepath.Join(t.TempDir(), "carnet")
	must(t, os.CopyFS(copied, os.DirFS(dir)))
	v, err := vault.Open(copied, dt.Passphrase)
	must(t, err)
	db := rawDB(t, v)
	var schema int
	must(t, db.QueryRowContext(t.Context(), "PRAGMA user_version").Scan(&schema))
	counts := map[string]int{}
	for name, query := range contents {
		var count int
		must(t, db.QueryRowContext(t.Context(), query).Scan(&count))
		counts[name] = count
	}
	plain := filepath.Join(t.TempDir(), "plain.db")
	_, err = db.ExecContext(t.Context(), "VACUUM INTO ?", "file:"+plain+"?vfs=unix")
	must(t, err)
	must(t, db.Close())
	if db, err = vault.OpenDB(t.Context(), vault.DBOptions{Path: plain, Exclusive: true}); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{"DROP TABLE IF EXISTS sealed_file", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		_, err = db.ExecContext(t.Context(), query)
		must(t, err)
	}
	must(t, db.Close())
	content, err := os.ReadFile(plain)
	must(t, err)
	into := filepath.Join("testdata", fmt.Sprint("schema-", schema))
	must(t, os.MkdirAll(into, 0o755))
	var packed bytes.Buffer
	out, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	must(t, err)
	_, err = out.Write(content)
	must(t, err)
	must(t, out.Close())
	must(t, os.WriteFile(filepath.Join(into, "notebook.db.gz"), packed.Bytes(), 0o644))
	text, err := json.Marshal(counts)
	must(t, err)
	must(t, os.WriteFile(filepath.Join(into, "counts.json"), append(text, '\n'), 0o644))
}

// unpack lays a past vault out in a folder of the test.
func (p pastSchema) unpack(t testing.TB) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "carnet")
	must(t, os.Mkdir(dir, 0o700))
	from := filepath.Join("testdata", p.name)
	packed, err := os.Open(filepath.Join(from, "notebook.db.gz"))
	must(t, err)
	defer packed.Close()
	in, err := gzip.NewReader(packed)
	must(t, err)
	content, err := io.ReadAll(in)
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, "notebook.db"), content, 0o600))
	// One key file for all: the notebooks are kept plain, as that of schema 1 was.
	keys, err := os.ReadFile(filepath.Join("testdata", "schema-1", "vault.json"))
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, "vault.json"), keys, 0o600))
	return dir
}

// check opens the past vault with this program and demands all that was in it.
func (p pastSchema) check(t *testing.T, dir string) {
	t.Helper()
	v, err := vault.Open(dir, dt.Passphrase)
	must(t, err)
	defer v.Close()
	n, err := store.Open(t.Context(), v, store.Options{})
	must(t, err)
	must(t, n.VerifyOps(t.Context(), nil))
	page, err := n.PendingOps(t.Context(), 0, 1000, 1<<30)
	must(t, err)
	if len(page) != p.counts["ops"] {
		t.Errorf("%d operations to send, want %d", len(page), p.counts["ops"])
	}
	must(t, n.Close())
	db := rawDB(t, v)
	queries := map[string]int{
		"SELECT count(*) FROM persons":                   p.counts["persons"],
		"SELECT count(*) FROM persons WHERE words <> ''": p.counts["named"],
	}
	for name, query := range contents {
		queries[query] = p.counts[name]
	}
	for query, want := range queries {
		var got int
		must(t, db.QueryRowContext(t.Context(), query).Scan(&got))
		if got != want {
			t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
	_, err = vault.VerifyDB(t.Context(), db, nil)
	must(t, err)
	must(t, db.Close())
	if diff := cmp.Diff(freshSchema(t), schema(t, v)); diff != "" {
		t.Errorf("the schema differs from a new notebook's (-new +migrated):\n%s", diff)
	}
}

func freshSchema(t *testing.T) []string {
	t.Helper()
	v := newVault(t)
	n, err := store.Open(t.Context(), v, store.Options{})
	must(t, err)
	must(t, n.Close())
	return schema(t, v)
}

func TestPastSchemas(t *testing.T) {
	for _, p := range pastSchemas(t) {
		t.Run(p.name, func(t *testing.T) {
			dir := p.unpack(t)
			p.check(t, dir)
			p.check(t, dir)
		})
	}
}

// TestMigrationIsOneTransaction: a notebook of the first schema in which one of
// the last scripts fails stays of the first schema, whole, and is migrated once
// what was in the way is gone.
func TestMigrationIsOneTransaction(t *testing.T) {
	p := oldest(t)
	dir := p.unpack(t)
	v, err := vault.Open(dir, dt.Passphrase)
	must(t, err)
	change := func(query string) (version int) {
		db := rawDB(t, v)
		_, err := db.ExecContext(t.Context(), query)
		must(t, err)
		must(t, db.QueryRowContext(t.Context(), "PRAGMA user_version").Scan(&version))
		must(t, db.Close())
		return version
	}
	change("ALTER TABLE drafts ADD COLUMN ended INTEGER") // as migrations/0012 does
	before := schema(t, v)
	if n, err := store.Open(t.Context(), v, store.Options{}); err == nil {
		must(t, n.Close())
		t.Fatal("a migration that cannot be done is done")
	}
	if diff := cmp.Diff(before, schema(t, v)); diff != "" {
		t.Errorf("half of a migration stays (-before +after):\n%s", diff)
	}
	if version := change("ALTER TABLE drafts DROP COLUMN ended"); version != 1 {
		t.Errorf("the notebook is of schema %d", version)
	}
	v.Close()
	p.check(t, dir)
}

// Before a migration a sealed copy is made, and kept for a month; an erasure
// drops it at once.
func TestCopyBeforeMigration(t *testing.T) {
	p := oldest(t)
	dir := p.unpack(t)
	p.check(t, dir)
	copied := filepath.Join(dir, "notebook.db.before-schema-1")
	content, err := os.ReadFile(copied)
	must(t, err)
	if len(content) < 100_000 || bytes.Contains(content, []byte("SQLite format 3")) || bytes.Contains(content, []byte("district")) {
		t.Errorf("the copy, of %d bytes, is not sealed", len(content))
	}
	open := func(now time.Time) *store.Notebook {
		v, err := vault.Open(dir, dt.Passphrase)
		must(t, err)
		n, err := store.Open(t.Context(), v, store.Options{Clock: func() time.Time { return now }})
		must(t, err)
		return n
	}
	must(t, open(time.Now().AddDate(0, 0, 29)).Close())
	if _, err := os.Stat(copied); err != nil {
		t.Fatalf("after 29 days: %v", err)
	}
	must(t, open(time.Now().AddDate(0, 0, 31)).Close())
	if _, err := os.Stat(copied); err == nil {
		t.Error("after 31 days the copy is still there")
	}

	// The copy takes the notebook's place: the former notebook is back.
	dir = p.unpack(t)
	p.check(t, dir)
	must(t, os.Rename(filepath.Join(dir, "notebook.db.before-schema-1"), filepath.Join(dir, "notebook.db")))
	p.check(t, dir)
}

// A disk that has no room for the copy leaves the notebook as it was.
func TestMigrationWithoutRoomForTheCopy(t *testing.T) {
	p := oldest(t)
	dir := p.unpack(t)
	v, err := vault.Open(dir, dt.Passphrase) // seals it, and does not migrate it
	must(t, err)
	must(t, os.Mkdir(filepath.Join(dir, "notebook.db.before-schema-1"), 0o700)) // in the way
	must(t, os.WriteFile(filepath.Join(dir, "notebook.db.before-schema-1", "x"), nil, 0o600))
	if _, err := store.Open(t.Context(), v, store.Options{}); err == nil {
		t.Fatal("the notebook was migrated without a copy")
	}
	db := rawDB(t, v)
	var version int
	must(t, db.QueryRowContext(t.Context(), "PRAGMA user_version").Scan(&version))
	must(t, db.Close())
	if version != 1 {
		t.Errorf("schema %d, want 1", version)
	}
	must(t, os.RemoveAll(filepath.Join(dir, "notebook.db.before-schema-1")))
	p.check(t, dir)
}

const upgradeVariable = "STORE_TEST_UPGRADE"

// upgrading is the second program of TestUpgradeIsKilled.
func upgrading(dir string) {
	v, err := vault.Open(dir, dt.Passphrase)
	if err == nil {
		var n *store.Notebook
		if n, err = store.Open(context.Background(), v, store.Options{}); err == nil {
			err = n.Close()
		}
	}
	fmt.Println(err)
	os.Exit(0)
}

// Killed at any moment of the upgrade, the notebook has all its unsent
// operations, and the next opening goes on.
func TestUpgradeIsKilled(t *testing.T) {
	p := oldest(t)
	took := func(dir string, kill time.Duration) time.Duration {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), upgradeVariable+"="+dir)
		var out strings.Builder
		cmd.Stdout = &out
		start := time.Now()
		must(t, cmd.Start())
		if kill > 0 {
			timer := time.AfterFunc(kill, func() { _ = cmd.Process.Kill() })
			defer timer.Stop()
		}
		if err := cmd.Wait(); err == nil && strings.TrimSpace(out.String()) != "<nil>" {
			t.Fatalf("the upgrade failed: %s", out.String())
		}
		return time.Since(start)
	}
	whole := took(p.unpack(t), 0)
	for range rounds(4, 100) {
		dir := p.unpack(t)
		for range 1 + rand.IntN(3) {
			took(dir, time.Duration(rand.Int64N(int64(whole))))
			forgetTries(t, dir)
		}
		p.check(t, dir)
	}
}

// forgetTries spares the wait after a try that was killed and so counts as
// wrong.
func forgetTries(t *testing.T, dir string) {
	t.Helper()
	must(t, os.RemoveAll(filepath.Join(dir, "attempts.json")))
}

// rounds is how often a test is repeated: few times in the ordinary run, many
// in `make torture`.
func rounds(few, many int) int {
	if os.Getenv("SOLIDAREN_TORTURE") != "" {
		return many
	}
	return few
}
