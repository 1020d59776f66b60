package vault_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
)

const phrase = "un été à la mer"

func TestCheckPassphrase(t *testing.T) {
	tests := []struct {
		name, phrase string
		ok           bool
	}{
		{"empty", "", false},
		{"four words", "un deux trois quatre", true}, // 20 characters
		{"four short words", "un deux six dix", false},
		{"five words", "a b c d e", true},
		{"five words over lines and tabs", "a\tb\nc  d e", true},
		{"nineteen characters", strings.Repeat("x", 19), false},
		{"twenty characters", strings.Repeat("x", 20), true},
		{"twenty accented characters of two runes each", strings.Repeat("é", 20), true},
		{"ten of them", strings.Repeat("é", 10), false},
		{"spaces around do not count", strings.Repeat(" ", 30) + "x", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := vault.CheckPassphrase(tt.phrase)
			if tt.ok && err != nil || !tt.ok && diagnostics.Code(err) != diagnostics.CodeInvalid {
				t.Errorf("error %v, want accepted %t", err, tt.ok)
			}
		})
	}
}

// lateHours is a clock that runs an hour each time it is read.
var lateHours atomic.Int64

// patient gives a folder that is tried long enough after every wrong try.
func patient(dir string) vault.Folder {
	start := time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC)
	return vault.Folder{Dir: dir, Clock: func() time.Time { return start.Add(time.Duration(lateHours.Add(1)) * time.Hour) }}
}

func newVault(t *testing.T) *vault.Vault {
	t.Helper()
	v, err := vault.Create(filepath.Join(t.TempDir(), "carnet"), phrase)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestCreateAndOpen(t *testing.T) {
	v := newVault(t)
	if !vault.Exists(v.Dir()) {
		t.Fatal("the new vault does not exist")
	}
	info, err := os.Stat(v.Dir())
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); mode != 0o700 {
		t.Errorf("folder mode %o, want 700", mode)
	}
	key := v.Subkey("journal")
	again, err := vault.Open(v.Dir(), norm.NFD.String(phrase)+"\n") // another keyboard, a file
	if err != nil {
		t.Fatal(err)
	}
	if again.ID() != v.ID() || !bytes.Equal(key, again.Subkey("journal")) {
		t.Error("the vault opens with another id or key")
	}
	if len(key) != 32 || bytes.Equal(key, again.Subkey("capture")) {
		t.Error("two purposes have one key")
	}
	if bytes.Equal(key, newVault(t).Subkey("journal")) {
		t.Error("two vaults have one key")
	}
}

func TestCloseClearsTheKey(t *testing.T) {
	v := newVault(t)
	v.Close()
	v.Close()
	defer func() {
		if recover() == nil {
			t.Error("a closed vault gives a key")
		}
	}()
	v.Subkey("journal")
}

func TestRefusals(t *testing.T) {
	v := newVault(t)
	orphan := t.TempDir()
	if err := os.WriteFile(filepath.Join(orphan, "notebook.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		run  func() (*vault.Vault, error)
		want diagnostics.ErrorCode
	}{
		{"wrong passphrase", func() (*vault.Vault, error) { return patient(v.Dir()).Open(phrase + " bleue") }, diagnostics.CodeUnauthorized},
		{"no vault there", func() (*vault.Vault, error) { return vault.Open(t.TempDir(), phrase) }, diagnostics.CodeNotFound},
		{"a second vault in one folder", func() (*vault.Vault, error) { return vault.Create(v.Dir(), phrase) }, diagnostics.CodeConflict},
		{"a database whose key file is gone", func() (*vault.Vault, error) { return vault.Create(orphan, phrase) }, diagnostics.CodeConflict},
		{"weak passphrase", func() (*vault.Vault, error) { return vault.Create(t.TempDir(), "secret") }, diagnostics.CodeInvalid},
		{"a file where the folder should be", func() (*vault.Vault, error) { return vault.Create(file, phrase) }, diagnostics.CodeInternal},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := tt.run(); diagnostics.Code(err) != tt.want {
				t.Errorf("error %v, want %s", err, tt.want)
			}
		})
	}
	if _, err := patient(v.Dir()).Open(phrase); err != nil {
		t.Errorf("the refusals harmed the vault: %v", err)
	}
}

// change rewrites vault.json through f.
func change(t *testing.T, dir string, f func(file, slot, kdf map[string]any)) {
	t.Helper()
	path := filepath.Join(dir, "vault.json")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var file map[string]any
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	slot := file["slots"].([]any)[0].(map[string]any)
	f(file, slot, slot["kdf"].(map[string]any))
	if text, err = json.Marshal(file); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAlteredKeyFile(t *testing.T) {
	tests := []struct {
		name string
		f    func(file, slot, kdf map[string]any)
		want diagnostics.ErrorCode
	}{
		{"other version", func(file, _, _ map[string]any) { file["version"] = 3 }, diagnostics.CodeCorrupt},
		{"the former version, in which a plain notebook was accepted", func(file, _, _ map[string]any) { file["version"] = 1 }, diagnostics.CodeUnauthorized},
		{"no slots", func(file, _, _ map[string]any) { file["slots"] = []any{} }, diagnostics.CodeCorrupt},
		{"no id", func(file, _, _ map[string]any) { file["vault"] = "" }, diagnostics.CodeCorrupt},
		{"cheaper derivation", func(_, _, kdf map[string]any) { kdf["t"] = 1 }, diagnostics.CodeCorrupt},
		{"less memory", func(_, _, kdf map[string]any) { kdf["m"] = 1024 }, diagnostics.CodeCorrupt},
		{"memory bomb", func(_, _, kdf map[string]any) { kdf["m"] = 64 << 20 }, diagnostics.CodeCorrupt},
		{"endless derivation", func(_, _, kdf map[string]any) { kdf["t"] = 1 << 30 }, diagnostics.CodeCorrupt},
		{"pepper that was not", func(_, slot, _ map[string]any) { slot["pepper"] = true }, diagnostics.CodeNotFound},
		{"no lanes", func(_, _, kdf map[string]any) { kdf["p"] = 0 }, diagnostics.CodeCorrupt},
		{"short salt", func(_, _, kdf map[string]any) { kdf["salt"] = "AAAA" }, diagnostics.CodeCorrupt},
		{"unknown derivation", func(_, _, kdf map[string]any) { kdf["alg"] = "md5" }, diagnostics.CodeCorrupt},
		{"short nonce", func(_, slot, _ map[string]any) { slot["nonce"] = "AAAA" }, diagnostics.CodeCorrupt},
		{"other id", func(file, _, _ map[string]any) { file["vault"] = "x" }, diagnostics.CodeUnauthorized},
		{"other slot", func(_, slot, _ map[string]any) { slot["id"] = "x" }, diagnostics.CodeUnauthorized},
		{"dearer derivation", func(_, _, kdf map[string]any) { kdf["t"] = 4 }, diagnostics.CodeUnauthorized},
		{"other lanes", func(_, _, kdf map[string]any) { kdf["p"] = 2 }, diagnostics.CodeUnauthorized},
		{"other key", func(_, slot, _ map[string]any) { slot["wrapped"] = "AAAA" }, diagnostics.CodeUnauthorized},
	}
	v := newVault(t)
	path := filepath.Join(v.Dir(), "vault.json")
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := os.WriteFile(path, good, 0o600); err != nil {
				t.Fatal(err)
			}
			change(t, v.Dir(), tt.f)
			if _, err := patient(v.Dir()).Open(phrase); diagnostics.Code(err) != tt.want {
				t.Errorf("error %v, want %s", err, tt.want)
			}
		})
	}
	for _, text := range []string{"", "{", "[]", strings.Repeat(" ", 2<<20)} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := vault.Open(v.Dir(), phrase); diagnostics.Code(err) != diagnostics.CodeCorrupt {
			t.Errorf("%d bytes of rubbish: error %v, want corrupt", len(text), err)
		}
	}
}

// A file that asks for a terabyte is refused at once, not after an hour.
func TestCostIsCheckedBeforeItIsPaid(t *testing.T) {
	v := newVault(t)
	change(t, v.Dir(), func(_, _, kdf map[string]any) { kdf["t"], kdf["m"] = 1<<30, 1<<31 })
	done := make(chan error, 1)
	go func() { _, err := vault.Open(v.Dir(), phrase); done <- err }()
	select {
	case err := <-done:
		if diagnostics.Code(err) != diagnostics.CodeCorrupt {
			t.Errorf("error %v, want corrupt", err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("the derivation was begun")
	}
}

// A crash while the key file is written leaves no half of one: what is there
// beside vault.json does not matter, and a finished write leaves nothing behind.
func TestKeyFileIsWrittenWhole(t *testing.T) {
	v := newVault(t)
	entries, err := os.ReadDir(v.Dir())
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 2 || entries[0].Name() != "notebook.db" || entries[1].Name() != "vault.json" {
		t.Errorf("the folder holds %v, want notebook.db and vault.json alone", entries)
	}
	text, err := os.ReadFile(filepath.Join(v.Dir(), "vault.json"))
	if err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Stat(filepath.Join(v.Dir(), "vault.json")); info.Mode().Perm() != 0o600 {
		t.Errorf("key file mode %o, want 600", info.Mode().Perm())
	}
	if bytes.Contains(text, v.Subkey("x")) {
		t.Error("the key file holds a key")
	}
}
