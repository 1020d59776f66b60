package vault_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
)

const otherPhrase = "le vent d'ouest se lève ce soir"

func TestPassphraseIsChanged(t *testing.T) {
	v := newVault(t)
	old, err := os.ReadFile(filepath.Join(v.Dir(), "vault.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := v.SetPassphrase("court", false); diagnostics.Code(err) != diagnostics.CodeInvalid {
		t.Errorf("a weak passphrase: error %v, want invalid", err)
	}
	if err := v.SetPassphrase(otherPhrase, false); err != nil {
		t.Fatal(err)
	}
	if _, err := patient(v.Dir()).Open(phrase); diagnostics.Code(err) != diagnostics.CodeUnauthorized {
		t.Errorf("the old passphrase: error %v, want unauthorized", err)
	}
	again, err := patient(v.Dir()).Open(otherPhrase)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again.Subkey("x"), v.Subkey("x")) {
		t.Error("another data key came out")
	}
	// What the documentation says of old copies is so: only a change of the data
	// key shuts them out.
	if err := os.WriteFile(filepath.Join(v.Dir(), "vault.json"), old, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := patient(v.Dir()).Open(phrase); err != nil {
		t.Errorf("old key file with the old passphrase: %v", err)
	}
}

// dearer reads the cost from the key file.
func costOf(t *testing.T, dir string) (passes, memory float64) {
	t.Helper()
	change(t, dir, func(_, _, kdf map[string]any) { passes, memory = kdf["t"].(float64), kdf["m"].(float64) })
	return passes, memory
}

func TestPaceIsMeasuredWhenThePassphraseIsSet(t *testing.T) {
	f := patient(filepath.Join(t.TempDir(), "carnet"))
	f.Pace = time.Second
	v, err := f.Create(phrase)
	if err != nil {
		t.Fatal(err)
	}
	passes, memory := costOf(t, v.Dir())
	if passes < 3 || memory < 64<<10 || memory > 256<<10 {
		t.Errorf("%v passes over %v KiB", passes, memory)
	}
	if _, err := f.Open(phrase); err != nil {
		t.Error(err)
	}
}

func TestRecovery(t *testing.T) {
	v := newVault(t)
	f := patient(v.Dir())
	if _, err := f.Recover(strings.Repeat("ABCD-", 8)); diagnostics.Code(err) != diagnostics.CodeNotFound || v.HasRecoveryCode() {
		t.Errorf("before a code was made: error %v, want not_found", err)
	}
	code, err := v.NewRecoveryCode()
	if err != nil {
		t.Fatal(err)
	}
	if groups := vault.RecoveryGroups(code); len(groups) != 8 || len(code) != 39 || !v.HasRecoveryCode() {
		t.Fatalf("the code %q is not eight groups of four", code)
	}
	typed := []string{code, strings.ToLower(code), strings.ReplaceAll(code, "-", ""), " " + strings.ReplaceAll(code, "-", " ") + "\n"}
	for _, text := range typed {
		again, err := f.Recover(text)
		if err != nil {
			t.Fatalf("typed as %d characters: %v", len(text), err)
		}
		if !bytes.Equal(again.Subkey("x"), v.Subkey("x")) {
			t.Fatal("another data key came out")
		}
	}
	// Opened by the code, it takes a new passphrase, and the code stays good.
	again, err := f.Recover(code)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.SetPassphrase(otherPhrase, false); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Open(otherPhrase); err != nil {
		t.Error(err)
	}
	second, err := again.NewRecoveryCode()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Recover(code); diagnostics.Code(err) != diagnostics.CodeInvalid {
		t.Errorf("the code of an old sheet: error %v, want invalid", err)
	}
	if _, err := f.Recover(second); err != nil {
		t.Error(err)
	}
	if _, err := f.Open(otherPhrase); err != nil {
		t.Errorf("a new code shut the passphrase out: %v", err)
	}
}

// mistype puts another character in one place of a code.
func mistype(code string, place int) string {
	b := []byte(code)
	for _, c := range diagnostics.CodeAlphabet {
		if byte(c) != b[place] {
			b[place] = byte(c)
			break
		}
	}
	return string(b)
}

// Nearly every typing mistake is told with its group, before anything is
// derived and without counting as a try.
func TestTypingMistakes(t *testing.T) {
	v := newVault(t)
	f := patient(v.Dir())
	code, err := v.NewRecoveryCode()
	if err != nil {
		t.Fatal(err)
	}
	located := 0
	for group := range 8 {
		wrong := mistype(code, group*5+group%4)
		_, err := f.Recover(wrong)
		if err == nil {
			t.Fatal("a wrong code opened the vault")
		}
		if diagnostics.Code(err) == diagnostics.CodeInvalid {
			located++
			if sentence := diagnostics.Sentence(err, "fr"); !strings.Contains(sentence, fmt.Sprint("groupe ", group+1, " ")) {
				t.Errorf("a mistake in group %d: %s", group+1, sentence)
			}
		}
	}
	if located < 5 { // 15 of 16 are found
		t.Errorf("%d of 8 mistakes were located", located)
	}
	tests := []struct{ name, typed, says string }{
		{"too short", code[:38], "31"},
		{"too long", code + "A", "33"},
		{"a character that no code has", "O" + code[1:], "« O »"},
		{"empty", "", "0"},
	}
	for _, tt := range tests {
		_, err := f.Recover(tt.typed)
		if diagnostics.Code(err) != diagnostics.CodeInvalid || !strings.Contains(diagnostics.Sentence(err, "fr"), tt.says) {
			t.Errorf("%s: error %v, want invalid with %q", tt.name, err, tt.says)
		}
	}
	if _, err := (vault.Folder{Dir: v.Dir()}).Recover(code); err != nil && diagnostics.Code(err) != diagnostics.CodeForbidden {
		t.Error(err)
	}
}

// Growing delays: they outlive the program, and forget with a right try.
func TestAttempts(t *testing.T) {
	v := newVault(t)
	now := time.Date(2026, 6, 30, 23, 0, 0, 0, time.UTC)
	open := func(phrase string) error {
		f := vault.Folder{Dir: v.Dir(), Clock: func() time.Time { return now }} // a program that starts anew
		_, err := f.Open(phrase)
		return err
	}
	want := []time.Duration{1, 2, 4, 8, 16, 32, 60, 120, 180}
	for i, seconds := range want {
		if err := open("pas la bonne phrase du tout"); diagnostics.Code(err) != diagnostics.CodeUnauthorized {
			t.Fatalf("try %d: error %v, want unauthorized", i+1, err)
		}
		wait := (vault.Folder{Dir: v.Dir(), Clock: func() time.Time { return now }}).Wait()
		if wait != seconds*time.Second {
			t.Fatalf("after %d wrong tries the delay is %v, want %v", i+1, wait, seconds*time.Second)
		}
		now = now.Add(wait - time.Millisecond)
		if err := open(phrase); diagnostics.Code(err) != diagnostics.CodeForbidden {
			t.Fatalf("the right passphrase a moment too soon: error %v, want forbidden", err)
		}
		now = now.Add(time.Millisecond)
	}
	if err := open(phrase); err != nil {
		t.Fatal(err)
	}
	if err := open("pas la bonne phrase du tout"); diagnostics.Code(err) != diagnostics.CodeUnauthorized {
		t.Fatal(err)
	}
	if wait := (vault.Folder{Dir: v.Dir(), Clock: func() time.Time { return now }}).Wait(); wait != time.Second {
		t.Errorf("the right try did not end the count: %v", wait)
	}
	now = now.AddDate(0, 0, -30) // the clock is set back
	if wait := (vault.Folder{Dir: v.Dir(), Clock: func() time.Time { return now }}).Wait(); wait != time.Second {
		t.Errorf("a clock that was set back makes the delay %v", wait)
	}
	now = now.Add(time.Second)
	if err := open(phrase); err != nil {
		t.Errorf("a clock that was set back: %v", err)
	}
	for _, rubbish := range []string{"", "{", `{"failed":-3}`, strings.Repeat("9", 5000)} {
		if err := os.WriteFile(filepath.Join(v.Dir(), "attempts.json"), []byte(rubbish), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := open(phrase); err != nil {
			t.Errorf("a damaged count shuts the worker out: %v", err)
		}
	}
}

// ring is a computer's keyring.
type ring map[string][]byte

func (r ring) Get(name string) ([]byte, error) {
	if secret, ok := r[name]; ok {
		return secret, nil
	}
	return nil, errors.New("no such name")
}

func (r ring) Set(name string, secret []byte) error { r[name] = secret; return nil }
func (r ring) Delete(name string) error             { delete(r, name); return nil }

// brokenRing does not answer.
type brokenRing struct{ ring }

func (brokenRing) Set(string, []byte) error { return errors.New("no bus") }

func TestPepper(t *testing.T) {
	keys := ring{}
	f := patient(filepath.Join(t.TempDir(), "carnet"))
	f.Keyring = keys
	v, err := f.Create(phrase)
	if err != nil {
		t.Fatal(err)
	}
	code, err := v.NewRecoveryCode()
	if err != nil {
		t.Fatal(err)
	}
	if v.Peppered() || len(keys) != 0 {
		t.Error("the keyring was used without being asked for")
	}
	if err := v.SetPassphrase(otherPhrase, true); err != nil || !v.Peppered() || len(keys) != 1 {
		t.Fatalf("error %v, %d names in the keyring", err, len(keys))
	}
	if _, err := f.Open(otherPhrase); err != nil {
		t.Error(err)
	}
	elsewhere := patient(v.Dir()) // the folder was copied
	if _, err := elsewhere.Open(otherPhrase); diagnostics.Code(err) != diagnostics.CodeNotFound || elsewhere.Wait() != 0 {
		t.Errorf("without the keyring: error %v, want not_found and no try counted", err)
	}
	elsewhere.Keyring = ring{}
	if _, err := elsewhere.Open(otherPhrase); diagnostics.Code(err) != diagnostics.CodeNotFound {
		t.Errorf("with another keyring: error %v, want not_found", err)
	}
	if _, err := elsewhere.Recover(code); err != nil {
		t.Fatalf("the recovery code needs the keyring: %v", err)
	}
	if err := v.SetPassphrase(phrase, false); err != nil || v.Peppered() || len(keys) != 0 {
		t.Errorf("error %v, %d names left in the keyring", err, len(keys))
	}
	broken := f
	broken.Keyring = brokenRing{}
	w, err := broken.Open(phrase)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.SetPassphrase(otherPhrase, true); diagnostics.Code(err) != diagnostics.CodeNotFound {
		t.Errorf("a keyring that does not answer: error %v, want not_found", err)
	}
	if _, err := f.Open(phrase); err != nil {
		t.Errorf("the passphrase was changed all the same: %v", err)
	}
}

func TestProposePassphrase(t *testing.T) {
	seen := map[string]bool{}
	for range 200 {
		p := vault.ProposePassphrase()
		words := strings.Fields(p)
		if len(words) != 7 || vault.CheckPassphrase(p) != nil {
			t.Fatalf("proposed %q", p)
		}
		for _, w := range words {
			seen[w] = true
		}
	}
	if len(seen) < 600 { // 1,400 draws from 1,638 words
		t.Errorf("%d different words in 200 proposals", len(seen))
	}
}

// Whatever is in the key file, opening it ends in a vault or a coded error.
func FuzzKeyFile(f *testing.F) {
	v, err := vault.Create(f.TempDir(), phrase)
	if err != nil {
		f.Fatal(err)
	}
	good, err := os.ReadFile(filepath.Join(v.Dir(), "vault.json"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"version":1,"vault":"x","slots":[{}]}`))
	f.Add(bytes.Replace(good, []byte(`"t": 3`), []byte(`"t": 300000000`), 1))
	f.Add(bytes.Replace(good, []byte(`passphrase`), []byte(`recovery`), 1))
	f.Fuzz(func(t *testing.T, text []byte) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "vault.json"), text, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := patient(dir).Recover("AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH")
		if err == nil {
			t.Error("opened by a code that it never had")
		}
		if code := diagnostics.Code(err); code == diagnostics.CodeInternal {
			t.Errorf("no sentence for %v", err)
		}
	})
}

// A flipped bit anywhere in the key file never opens another vault: it refuses,
// or nothing that counts was changed.
func TestFlippedBits(t *testing.T) {
	v := newVault(t)
	path := filepath.Join(v.Dir(), "vault.json")
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dice := rand.New(rand.NewPCG(1, 2))
	for range 30 {
		bad := bytes.Clone(good)
		place := dice.IntN(len(bad))
		bad[place] ^= 1 << dice.IntN(8)
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		again, err := patient(v.Dir()).Open(phrase)
		if err == nil && !bytes.Equal(again.Subkey("x"), v.Subkey("x")) {
			t.Errorf("byte %d: another key came out", place)
		}
		if err != nil && diagnostics.Code(err) == diagnostics.CodeInternal {
			t.Errorf("byte %d: no sentence for %v", place, err)
		}
	}
}
