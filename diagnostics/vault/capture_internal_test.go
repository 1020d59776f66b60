package vault

import (
	"bytes"
	"crypto/ecdh"
	"crypto/hpke"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"solidaren/diagnostics"
)

// captor records into a file of the test.
type captor struct {
	kit     CaptureKit
	private hpke.PrivateKey
}

func newCaptor(t *testing.T) captor {
	t.Helper()
	private, err := hpke.DHKEM(ecdh.X25519()).DeriveKeyPair(bytes.Repeat([]byte{9}, keyBytes))
	if err != nil {
		t.Fatal(err)
	}
	return captor{CaptureKit{Version: captureVersion, Vault: "v", Key: private.PublicKey().Bytes()}, private}
}

// read gives the entries of a file as one string each.
func (c captor) read(f *tape) (texts []string) {
	if len(f.content) < captureSalt {
		return nil
	}
	entries, _ := readCaptured(f.content, "v", c.private)
	for _, e := range entries {
		texts = append(texts, fmt.Sprint(e.Record, e.Mark, string(e.Content)))
	}
	return texts
}

// recorded is a capture that was written to, what it held after each step of
// its file, and how much of that was synced.
func (c captor) recorded(t *testing.T) (f *tape, held [][]string, synced []int) {
	t.Helper()
	f = &tape{}
	capture, err := c.kit.over(f)
	if err != nil {
		t.Fatal(err)
	}
	held, synced = [][]string{nil, nil}, []int{0, 0}
	var now []string
	done := 0
	for i := range 15 {
		record := uint32(i/4 + 1)
		content := fmt.Appendf(nil, "état %d %s", i, bytes.Repeat([]byte("x"), i*41%300))
		if err := capture.Append(record, Mark(i%4/3), content); err != nil {
			t.Fatal(err)
		}
		now = append(now, fmt.Sprint(record, Mark(i%4/3), string(content)))
		held, synced = append(held, slices.Clone(now)), append(synced, done)
		if i%3 == 2 {
			if err := capture.Sync(); err != nil {
				t.Fatal(err)
			}
			done = len(now)
			held, synced = append(held, slices.Clone(now)), append(synced, done)
		}
	}
	if capture.Count() != 4 || len(held) != len(f.steps)+1 {
		t.Fatalf("%d records wait, want 4; %d states of %d steps", capture.Count(), len(held), len(f.steps))
	}
	return f, held, synced
}

// Killed within any write, the capture loses at most that entry, and the next
// program goes on behind it.
func TestCaptureIsKilled(t *testing.T) {
	c := newCaptor(t)
	whole, held, _ := c.recorded(t)
	for done, s := range whole.steps {
		before := &tape{}
		for _, earlier := range whole.steps[:done] {
			before.apply(earlier)
		}
		for part := 0; part <= len(s.data); part += 1 + len(s.data)/12 {
			f := &tape{content: slices.Clone(before.content)}
			f.apply(fileStep{at: s.at, data: s.data[:part]})
			got := c.read(f)
			if !slices.Equal(got, held[done]) && !slices.Equal(got, held[done+1]) {
				t.Fatalf("killed after %d steps and %d bytes: %d entries, want %d", done, part, len(got), len(held[done]))
			}
			again, err := c.kit.over(f)
			if err != nil {
				t.Fatal(err)
			}
			number := again.NewRecord()
			if err := again.Append(number, Done, []byte("suite")); err != nil {
				t.Fatal(err)
			}
			if next := c.read(f); !slices.Equal(next, append(slices.Clone(got), fmt.Sprint(number, Done, "suite"))) {
				t.Fatalf("after %d steps and %d bytes the next program wrote %d entries behind %d", done, part, len(next)-len(got), len(got))
			}
		}
	}
}

func TestCapturePowerCuts(t *testing.T) {
	c := newCaptor(t)
	whole, held, synced := c.recorded(t)
	dice := rand.New(rand.NewPCG(5, 6))
	lost := 0
	for range 800 {
		done := dice.IntN(len(whole.steps)) + 1
		f, last := &tape{}, 0
		for i, s := range whole.steps[:done] {
			if s.sync {
				last = i + 1
			}
		}
		for _, s := range whole.steps[:last] {
			f.apply(s)
		}
		for _, s := range whole.steps[last:done] {
			dropSectors(f, s, dice)
		}
		got := c.read(f)
		if len(got) < synced[last] || len(got) > len(held[done]) || !slices.Equal(got, held[done][:len(got)]) {
			t.Fatalf("after %d steps: %d entries, %d were synced", done, len(got), synced[last])
		}
		if len(got) < len(held[done]) {
			lost++
		}
	}
	if lost == 0 {
		t.Error("no cut lost anything: the simulator cuts nothing")
	}
}

// What was changed is counted as unreadable or ends the file; nothing false
// comes out, and nobody without the private key reads anything.
func TestTamperedCapture(t *testing.T) {
	c := newCaptor(t)
	whole, held, _ := c.recorded(t)
	all := held[len(held)-1]
	for place := range whole.content {
		f := &tape{content: slices.Clone(whole.content)}
		f.content[place] ^= 1
		for _, text := range c.read(f) {
			if !slices.Contains(all, text) {
				t.Fatalf("byte %d changed: %q came out", place, text)
			}
		}
	}
	if bytes.Contains(whole.content, []byte("xxxx")) || bytes.Contains(whole.content, []byte("état")) {
		t.Error("what was recorded can be read in the file")
	}
	stranger, err := hpke.DHKEM(ecdh.X25519()).GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	if entries, unread := readCaptured(whole.content, "v", stranger); len(entries) != 0 || unread != len(all) {
		t.Errorf("another key reads %d entries", len(entries))
	}
	if entries, _ := readCaptured(whole.content, "another vault", c.private); len(entries) != 0 {
		t.Errorf("another vault reads %d entries", len(entries))
	}
}

func FuzzCapture(f *testing.F) {
	private, err := hpke.DHKEM(ecdh.X25519()).DeriveKeyPair(bytes.Repeat([]byte{9}, keyBytes))
	if err != nil {
		f.Fatal(err)
	}
	kit := CaptureKit{Version: captureVersion, Vault: "v", Key: private.PublicKey().Bytes()}
	seed := &tape{}
	c, err := kit.over(seed)
	if err != nil || c.Append(1, Done, []byte("x")) != nil {
		f.Fatal("no seed")
	}
	f.Add(seed.content)
	f.Add([]byte("short"))
	f.Fuzz(func(t *testing.T, content []byte) {
		file := &tape{content: content}
		c, err := kit.over(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Append(c.NewRecord(), Writing, []byte("suite")); err != nil {
			t.Fatal(err)
		}
		entries, _ := readCaptured(file.content, "v", private)
		if len(entries) == 0 || string(entries[len(entries)-1].Content) != "suite" {
			t.Error("what was appended last is not read")
		}
	})
}

func TestCaptureKit(t *testing.T) {
	dir := t.TempDir()
	v, err := Create(dir, "cinq mots font une phrase")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := LoadCaptureKit(dir); diagnostics.Code(err) != diagnostics.CodeNotFound || v.CheckCaptureKit() != nil {
		t.Errorf("before there is a kit: error %v, want not_found", err)
	}
	if _, err := v.WriteCaptureKit([]byte("{")); diagnostics.Code(err) != diagnostics.CodeInvalid {
		t.Errorf("rubbish: error %v, want invalid", err)
	}
	if _, err := v.WriteCaptureKit([]byte(`{"forms": ["maraude"]}`)); err != nil {
		t.Fatal(err)
	}
	v.Close() // locked
	kit, err := LoadCaptureKit(dir)
	if err != nil || string(kit.Content) != `{"forms":["maraude"]}` {
		t.Fatalf("kit %s, error %v", kit.Content, err)
	}
	c, err := kit.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, mark := range []Mark{Writing, Withdrawn} {
		if err := c.Append(c.NewRecord(), mark, []byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Sync(); err != nil || c.Count() != 1 {
		t.Errorf("%d records wait, error %v", c.Count(), err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	v, err = Open(dir, "cinq mots font une phrase")
	if err != nil {
		t.Fatal(err)
	}
	if err := v.CheckCaptureKit(); err != nil {
		t.Error(err)
	}
	entries, unread, err := v.Captured()
	if err != nil || len(entries) != 2 || unread != 0 || entries[1].Mark != Withdrawn {
		t.Errorf("%v, %d unread, error %v", entries, unread, err)
	}
	if err := v.ForgetCaptured(); err != nil {
		t.Fatal(err)
	}
	if entries, _, err := v.Captured(); err != nil || len(entries) != 0 {
		t.Errorf("%d entries are left, error %v", len(entries), err)
	}
	// A thief puts a key of their own there: the opening says so.
	stranger, err := hpke.DHKEM(ecdh.X25519()).GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, captureKitName)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	forged := bytes.Replace(text, []byte(base64.StdEncoding.EncodeToString(kit.Key)), []byte(base64.StdEncoding.EncodeToString(stranger.PublicKey().Bytes())), 1)
	if bytes.Equal(forged, text) || os.WriteFile(path, forged, 0o600) != nil {
		t.Fatal("nothing was forged")
	}
	if err := v.CheckCaptureKit(); diagnostics.Code(err) != diagnostics.CodeCorrupt {
		t.Errorf("a forged kit: error %v, want corrupt", err)
	}
}
