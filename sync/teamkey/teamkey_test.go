package teamkey_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"solidaren/diagnostics"
	"solidaren/sync/teamkey"
	"solidaren/sync/wire"
)

func newKeyring(t *testing.T) *teamkey.Keyring {
	t.Helper()
	k, err := teamkey.NewKeyring()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func newIdentity(t *testing.T) (identity, recipient string) {
	t.Helper()
	identity, recipient, err := teamkey.NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	return identity, recipient
}

func TestSealedValuesOpen(t *testing.T) {
	k := newKeyring(t)
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		field := rapid.SampledFrom([]string{"identity.names", "own_words", "texts"}).Draw(t, "field")
		sealed, err := k.Seal("rec", field, "op", plain)
		if err != nil {
			t.Fatal(err)
		}
		if len(plain) > 3 && bytes.Contains(sealed, plain) {
			t.Fatal("the sealed value shows its text")
		}
		got, err := k.Unseal("rec", field, sealed)
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("opened %q, %v; want %q", got, err, plain)
		}
	})
}

func TestUnsealRefuses(t *testing.T) {
	k, other := newKeyring(t), newKeyring(t)
	sealed, err := k.Seal("rec", "identity.names", "op", []byte("Zéphyrine"))
	if err != nil {
		t.Fatal(err)
	}
	changed := func(fn func(*wire.Sealed)) json.RawMessage {
		var s wire.Sealed
		if err := json.Unmarshal(sealed, &s); err != nil {
			t.Fatal(err)
		}
		fn(&s)
		raw, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	flip := changed(func(s *wire.Sealed) {
		raw, _ := base64.StdEncoding.DecodeString(s.Cipher)
		raw[len(raw)-1] ^= 1
		s.Cipher = base64.StdEncoding.EncodeToString(raw)
	})
	tests := []struct {
		name       string
		ring       *teamkey.Keyring
		rec, field string
		sealed     json.RawMessage
		want       diagnostics.ErrorCode
	}{
		{"key not here", other, "rec", "identity.names", sealed, diagnostics.CodeUnauthorized},
		{"moved to another record", k, "rec2", "identity.names", sealed, diagnostics.CodeCorrupt},
		{"moved to another field", k, "rec", "identity.phone", sealed, diagnostics.CodeCorrupt},
		{"moved to another operation", k, "rec", "identity.names", changed(func(s *wire.Sealed) { s.Op = "op2" }), diagnostics.CodeCorrupt},
		{"one bit changed", k, "rec", "identity.names", flip, diagnostics.CodeCorrupt},
		{"cut short", k, "rec", "identity.names", changed(func(s *wire.Sealed) { s.Cipher = s.Cipher[:8] }), diagnostics.CodeCorrupt},
		{"not base64", k, "rec", "identity.names", changed(func(s *wire.Sealed) { s.Cipher = "é" }), diagnostics.CodeCorrupt},
		{"a plain text", k, "rec", "identity.names", json.RawMessage(`"Zéphyrine"`), diagnostics.CodeCorrupt},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			plain, err := tt.ring.Unseal(tt.rec, tt.field, tt.sealed)
			if diagnostics.Code(err) != tt.want || plain != nil {
				t.Errorf("got %q, %v; want code %s", plain, err, tt.want)
			}
		})
	}
}

// TestNewcomer: a key wrapped for a device opens there and nowhere else, and
// both devices then seal with the same key.
func TestNewcomer(t *testing.T) {
	first, second := newKeyring(t), newKeyring(t)
	id2, rec2 := newIdentity(t)
	id3, _ := newIdentity(t)
	old := first.Current()
	body, err := first.Wrap(old, rec2)
	if err != nil {
		t.Fatal(err)
	}
	envelope := wire.Envelope{Key: old, Body: body}
	if _, err := newKeyring(t).Add(id3, envelope); diagnostics.Code(err) != diagnostics.CodeCorrupt {
		t.Errorf("another device: %v, want corrupt", err)
	}
	for i, want := range []bool{true, false} {
		added, err := second.Add(id2, envelope)
		if err != nil || added != want {
			t.Errorf("add %d: %v, %v; want %v", i, added, err, want)
		}
	}
	if second.Current() != old || len(second.IDs()) != 2 {
		t.Errorf("current %s of %v, want the older key %s", second.Current(), second.IDs(), old)
	}
	sealed, err := first.Seal("rec", "own_words", "op", []byte("un toit"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := second.Unseal("rec", "own_words", sealed); err != nil || string(got) != "un toit" {
		t.Errorf("newcomer reads %q, %v", got, err)
	}
}

func TestAddRefusesForeignKeys(t *testing.T) {
	ring, attacker := newKeyring(t), newKeyring(t)
	identity, recipient := newIdentity(t)
	body, err := attacker.Wrap(attacker.Current(), recipient)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		e    wire.Envelope
	}{
		{"another id outside", wire.Envelope{Key: ring.Current(), Body: body}},
		{"an id of nobody", wire.Envelope{Key: "0", Body: body}},
		{"not an age file", wire.Envelope{Key: attacker.Current(), Body: "AAAA"}},
		{"not base64", wire.Envelope{Key: attacker.Current(), Body: "é"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			added, err := ring.Add(identity, tt.e)
			if added || diagnostics.Code(err) != diagnostics.CodeCorrupt {
				t.Errorf("added %v, %v; want corrupt", added, err)
			}
			if len(ring.IDs()) != 1 {
				t.Errorf("the keyring holds %v", ring.IDs())
			}
		})
	}
}

func TestMarshal(t *testing.T) {
	k := newKeyring(t)
	sealed, err := k.Seal("rec", "own_words", "op", []byte("un toit"))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := k.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	again, err := teamkey.Load(raw)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := again.Unseal("rec", "own_words", sealed); err != nil || string(got) != "un toit" {
		t.Errorf("after loading: %q, %v", got, err)
	}
	for _, bad := range []string{"", "{}", "[]", `{"id":"c2hvcnQ="}`} {
		if _, err := teamkey.Load([]byte(bad)); diagnostics.Code(err) != diagnostics.CodeCorrupt {
			t.Errorf("Load(%q): %v, want corrupt", bad, err)
		}
	}
}

func TestWrapRefuses(t *testing.T) {
	k := newKeyring(t)
	_, recipient := newIdentity(t)
	if _, err := k.Wrap("no such key", recipient); diagnostics.Code(err) != diagnostics.CodeUnauthorized {
		t.Errorf("unknown key: %v", err)
	}
	for _, bad := range []string{"", "age1nobody", recipient + "\n" + recipient} {
		if _, err := k.Wrap(k.Current(), bad); diagnostics.Code(err) != diagnostics.CodeInvalid {
			t.Errorf("recipient %.20q: %v, want invalid", bad, err)
		}
	}
}

// TestRotate: a fresh key is used once it was kept, and opens nothing that was
// sealed before it; what was sealed before stays open.
func TestRotate(t *testing.T) {
	k := newKeyring(t)
	first := k.Current()
	old, err := k.Seal("rec", "own_words", "op", []byte("avant"))
	if err != nil {
		t.Fatal(err)
	}
	full := errors.New("disk full")
	if err := k.Rotate(func([]byte) error { return full }); !errors.Is(err, full) || k.Current() != first || k.Generation() != 0 {
		t.Errorf("a key that was not kept is used: %v, %s", err, k.Current())
	}
	var kept []byte
	for want := 1; want <= 12; want++ { // 10 follows 9, as a number
		if err := k.Rotate(func(b []byte) error { kept = b; return nil }); err != nil || k.Generation() != want {
			t.Fatalf("generation %d, %v; want %d", k.Generation(), err, want)
		}
	}
	again, err := teamkey.Load(kept)
	if err != nil || again.Current() != k.Current() || !strings.HasPrefix(k.Current(), "g12.") {
		t.Errorf("kept %s, used %s, %v", again.Current(), k.Current(), err)
	}
	if plain, err := again.Unseal("rec", "own_words", old); err != nil || string(plain) != "avant" {
		t.Errorf("what was sealed before reads %q, %v", plain, err)
	}
}

// TestAddRefusesFarGenerations: no envelope brings a keyring so far that nothing
// could follow.
func TestAddRefusesFarGenerations(t *testing.T) {
	far, near := newKeyring(t), newKeyring(t)
	identity, recipient := newIdentity(t)
	for range 1001 {
		if err := far.Rotate(func([]byte) error { return nil }); err != nil {
			t.Fatal(err)
		}
	}
	body, err := far.Wrap(far.Current(), recipient)
	if err != nil {
		t.Fatal(err)
	}
	added, err := near.Add(identity, wire.Envelope{Key: far.Current(), Body: body})
	if added || diagnostics.Code(err) != diagnostics.CodeCorrupt || near.Generation() != 0 {
		t.Errorf("added %v, %v", added, err)
	}
}
