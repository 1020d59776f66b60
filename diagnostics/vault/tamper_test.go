package vault_test

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"solidaren/diagnostics/vault"
)

// oracle knows every state that a database has ever had: the digest of each row
// after each commit.
type oracle struct {
	commits []map[int64]string
}

// body is what a commit writes into a row.
func body(row int64, commit int) string {
	return fmt.Sprintf("personne %d, état %d : %s", row, commit, strings.Repeat(fmt.Sprintf("%x ", row*31+int64(commit)), 20+int(row)%90))
}

func sum(text string) string {
	s := sha256.Sum256([]byte(text))
	return hex.EncodeToString(s[:])
}

// write fills a database in many commits, the last of which stay in the log.
func (o *oracle) write(t *testing.T, db *sql.DB) {
	t.Helper()
	run(t, db, "CREATE TABLE people (id INTEGER PRIMARY KEY, body TEXT NOT NULL, sum TEXT NOT NULL) STRICT")
	run(t, db, "CREATE INDEX people_by_sum ON people (sum)")
	state := map[int64]string{}
	for commit := range 40 {
		if commit == 32 {
			run(t, db, "PRAGMA wal_checkpoint(TRUNCATE)")
		}
		tx, err := db.BeginTx(t.Context(), nil)
		must(t, err)
		for i := range int64(6) {
			row := (int64(commit)*5 + i*17) % 150
			text := body(row, commit)
			_, err := tx.ExecContext(t.Context(), "INSERT OR REPLACE INTO people (id, body, sum) VALUES (?, ?, ?)", row, text, sum(text))
			must(t, err)
			state[row] = sum(text)
		}
		must(t, tx.Commit())
		o.commits = append(o.commits, maps.Clone(state))
	}
}

// read judges what a database shows: "error", "same", "earlier" (as it was after
// a commit before), or "wrong".
func (o *oracle) read(t *testing.T, options vault.DBOptions) string {
	t.Helper()
	db, err := vault.OpenDB(t.Context(), options)
	if err != nil {
		return "error"
	}
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), "SELECT id, body FROM people")
	if err != nil {
		return "error"
	}
	defer rows.Close()
	shown := map[int64]string{}
	for rows.Next() {
		var id int64
		var text string
		if err := rows.Scan(&id, &text); err != nil {
			return "error"
		}
		shown[id] = sum(text)
	}
	if rows.Err() != nil {
		return "error"
	}
	byIndex := map[int64]string{}
	indexed, err := db.QueryContext(t.Context(), "SELECT id, sum FROM people INDEXED BY people_by_sum WHERE sum >= '' ORDER BY sum")
	if err != nil {
		return "error"
	}
	defer indexed.Close()
	for indexed.Next() {
		var id int64
		var digest string
		if err := indexed.Scan(&id, &digest); err != nil {
			return "error"
		}
		byIndex[id] = digest
	}
	if indexed.Err() != nil {
		return "error"
	}
	at := slices.IndexFunc(o.commits, func(state map[int64]string) bool { return maps.Equal(state, shown) })
	switch {
	case at < 0 || !maps.Equal(shown, byIndex):
		return "wrong"
	case at == len(o.commits)-1:
		return "same"
	default:
		return "earlier"
	}
}

// files are a database and its log as a crash leaves them.
type files map[string][]byte

// crashedFiles writes a database in the way of o and takes its files while the
// last commits stand in the log alone.
func (o *oracle) crashedFiles(t *testing.T, options vault.DBOptions) files {
	t.Helper()
	options.Create = options.Key != nil
	db := openDB(t, options)
	o.write(t, db)
	taken := files{}
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(options.Path + suffix)
		must(t, err)
		taken[suffix] = content
	}
	must(t, db.Close())
	return taken
}

// tamper changes one file: a bit, a sector of zeros, two units exchanged, or
// the end cut off. unit is how long a unit is on disk.
func (f files) tamper(r *rand.Rand, unit int) files {
	changed := maps.Clone(f)
	suffix := []string{"", "-wal"}[r.IntN(2)]
	content := slices.Clone(f[suffix])
	if suffix == "-wal" {
		unit += frameHead(unit)
	}
	switch r.IntN(4) {
	case 0:
		content[r.IntN(len(content))] ^= 1 << r.IntN(8)
	case 1:
		at := r.IntN(len(content)/512) * 512
		clear(content[at:min(at+512, len(content))])
	case 2:
		a, b := r.IntN(len(content)/unit)*unit, r.IntN(len(content)/unit)*unit
		first := slices.Clone(content[a : a+unit])
		copy(content[a:a+unit], content[b:b+unit])
		copy(content[b:b+unit], first)
	default:
		content = content[:r.IntN(len(content))]
	}
	changed[suffix] = content
	return changed
}

// frameHead is what a frame of the log has beside its page.
func frameHead(unit int) int {
	if unit == 4096 {
		return 24
	}
	return 64
}

// tamperings changes the files so many times and counts how it ends.
func (o *oracle) tamperings(t *testing.T, count int, options vault.DBOptions) map[string]int {
	t.Helper()
	unit := 4096
	if options.Key != nil {
		unit = 4136
	}
	whole := o.crashedFiles(t, options)
	if got := o.read(t, options); got != "same" {
		t.Fatalf("as it was written the database is %q", got)
	}
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 2))
	ended := map[string]int{}
	for range count {
		for suffix, content := range whole.tamper(r, unit) {
			must(t, os.WriteFile(options.Path+suffix, content, 0o600))
		}
		ended[o.read(t, options)]++
		must(t, os.RemoveAll(options.Path+"-wal"))
		must(t, os.RemoveAll(options.Path+"-shm"))
	}
	t.Logf("%d tamperings (seed %d): %v", count, seed, ended)
	return ended
}

// Whatever is changed in the files, what is shown is an error or a state that
// was true once, and never a lie.
func TestTampering(t *testing.T) {
	var o oracle
	ended := o.tamperings(t, rounds(150, 2000), sealedOptions(t))
	if ended["wrong"] > 0 || ended["error"] == 0 {
		t.Errorf("after tampering: %v", ended)
	}
}

// Plain SQLite shows lies after the same, or the test above proves nothing.
func TestTamperingControl(t *testing.T) {
	for range 20 { // about one in forty is a lie
		var o oracle
		ended := o.tamperings(t, rounds(150, 600), vault.DBOptions{Path: filepath.Join(t.TempDir(), "plain.db"), Exclusive: true})
		if ended["wrong"] > 0 {
			return
		}
	}
	t.Error("plain SQLite showed no lie")
}

// A key file in which a bit was changed opens nothing, or what it opened before.
func TestTamperedKeyFile(t *testing.T) {
	v := newVault(t)
	path := filepath.Join(v.Dir(), "vault.json")
	whole, err := os.ReadFile(path)
	must(t, err)
	r := rand.New(rand.NewPCG(rand.Uint64(), 3))
	opened := 0
	for range rounds(12, 200) {
		content := slices.Clone(whole)
		content[r.IntN(len(content))] ^= 1 << r.IntN(8)
		must(t, os.WriteFile(path, content, 0o600))
		must(t, os.RemoveAll(filepath.Join(v.Dir(), "attempts.json")))
		again, err := vault.Open(v.Dir(), phrase)
		if err != nil {
			continue
		}
		opened++
		if again.ID() != v.ID() || string(again.Subkey("x")) != string(v.Subkey("x")) {
			t.Fatal("a changed key file gives another key")
		}
	}
	t.Logf("%d changes left the key file good", opened) // white space, the case of a name
}
