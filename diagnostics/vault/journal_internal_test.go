package vault

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"solidaren/diagnostics"
)

// step is one thing that was done to a file.
type fileStep struct {
	sync bool
	cut  bool // truncated to at
	at   int64
	data []byte
}

// tape is a file in memory that remembers what was done to it, and fails where
// it is told to.
type tape struct {
	content []byte
	steps   []fileStep
	fail    func() int // bytes that the next write takes before it fails; -1: all, and no failure
}

func (f *tape) ReadAt(p []byte, at int64) (int, error) {
	if at >= int64(len(f.content)) {
		return 0, io.EOF
	}
	n := copy(p, f.content[at:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (f *tape) apply(s fileStep) {
	switch {
	case s.cut:
		f.content = slices.Clone(f.content[:min(int(s.at), len(f.content))])
	case !s.sync:
		if end := int(s.at) + len(s.data); end > len(f.content) {
			f.content = append(f.content, make([]byte, end-len(f.content))...)
		}
		copy(f.content[s.at:], s.data)
	}
	f.steps = append(f.steps, s)
}

var errFault = errors.New("the disk does not answer")

func (f *tape) WriteAt(p []byte, at int64) (int, error) {
	n := -1
	if f.fail != nil {
		n = f.fail()
	}
	if n < 0 {
		f.apply(fileStep{at: at, data: slices.Clone(p)})
		return len(p), nil
	}
	n = min(n, len(p))
	f.apply(fileStep{at: at, data: slices.Clone(p[:n])})
	return n, errFault
}

func (f *tape) Truncate(size int64) error { f.apply(fileStep{cut: true, at: size}); return nil }
func (f *tape) Sync() error               { f.apply(fileStep{sync: true}); return nil }
func (f *tape) Close() error              { return nil }

var journalKey = bytes.Repeat([]byte{7}, keyBytes)

// opened gives the journal of a file and what it holds.
func opened(t rapid.TB, f journalFile) (*Journal, []string) {
	t.Helper()
	j, entries, err := newJournal(f, bytes.Clone(journalKey))
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, e := range entries {
		texts = append(texts, string(e))
	}
	return j, texts
}

// typed is a journal that was written to: its file, and what it held after each
// of the file's steps.
type typed struct {
	file  *tape
	held  [][]string // index: number of steps done
	sized []int      // entries that were synced, after each step
	round []int      // how often it was emptied, after each step
}

// typeInto appends, syncs now and then, and empties once.
func typeInto(t *testing.T, count int) *typed {
	t.Helper()
	f := &tape{}
	j, _ := opened(t, f)
	w := &typed{file: f}
	var now []string
	synced, round := 0, 0
	note := func() {
		for len(w.held) <= len(f.steps) {
			w.held = append(w.held, slices.Clone(now))
			w.sized = append(w.sized, synced)
			w.round = append(w.round, round)
		}
	}
	note()
	for i := range count {
		if i == count/2 {
			now, synced, round = nil, 0, 1
			if err := j.Empty(); err != nil {
				t.Fatal(err)
			}
			note()
		}
		text := fmt.Sprintf("%d %s", i, bytes.Repeat([]byte("x"), i*37%400))
		now = append(now, text)
		if err := j.Append([]byte(text)); err != nil {
			t.Fatal(err)
		}
		note()
		if i%4 == 3 {
			synced = len(now)
			if err := j.Sync(); err != nil {
				t.Fatal(err)
			}
			note()
		}
	}
	return w
}

// A program that is killed before, after or within any write loses at most the
// entry that was being written.
func TestKilledAtEveryWrite(t *testing.T) {
	w := typeInto(t, 24)
	cases := 0
	for done := range len(w.file.steps) + 1 {
		f := &tape{}
		for _, s := range w.file.steps[:done] {
			f.apply(s)
		}
		whole := slices.Clone(f.content)
		torn := 0
		if done < len(w.file.steps) {
			torn = len(w.file.steps[done].data)
		}
		for part := 0; part <= torn; part += 1 + torn/40 {
			f := &tape{content: slices.Clone(whole)}
			if part > 0 {
				s := w.file.steps[done]
				f.apply(fileStep{at: s.at, data: s.data[:part]})
			}
			_, got := opened(t, f)
			want := w.held[done]
			if w.round[min(done, len(w.round)-1)] == 1 && len(want) == 0 {
				continue // being emptied: all or nothing, see below
			}
			if !slices.Equal(got, want) && (done+1 >= len(w.held) || !slices.Equal(got, w.held[done+1])) {
				t.Fatalf("killed after %d steps and %d bytes: %d entries, want %d", done, part, len(got), len(want))
			}
			cases++
		}
	}
	if cases < 500 {
		t.Errorf("only %d cases", cases)
	}
}

// A power cut keeps any of the sectors that were not synced, in any order. What
// was synced is there, and nothing is there that was never written.
func TestPowerCuts(t *testing.T) {
	w := typeInto(t, 24)
	dice := rand.New(rand.NewPCG(3, 4))
	lost := 0
	for range 3000 {
		done := dice.IntN(len(w.file.steps) + 1)
		f := &tape{}
		last := 0 // first step that was not synced
		for i, s := range w.file.steps[:done] {
			if s.sync {
				last = i + 1
			}
		}
		for _, s := range w.file.steps[:last] {
			f.apply(s)
		}
		for _, s := range w.file.steps[last:done] {
			dropSectors(f, s, dice)
		}
		_, got := opened(t, f)
		before, after := w.held[last], w.held[done]
		switch {
		case len(got) <= len(before) && slices.Equal(got, before[:len(got)]):
			if w.round[last] == w.round[done] && len(got) < w.sized[last] {
				t.Fatalf("after %d steps: %d entries, but %d were synced", done, len(got), w.sized[last])
			}
		case len(got) <= len(after) && slices.Equal(got, after[:len(got)]):
			if len(got) < w.sized[done] {
				t.Fatalf("after %d steps: %d entries, but %d were synced", done, len(got), w.sized[done])
			}
		case isPrefixOfAny(got, w.held):
		default:
			t.Fatalf("after %d steps: %d entries that were never written in this order", done, len(got))
		}
		if len(got) < len(after) {
			lost++
		}
	}
	if lost == 0 {
		t.Error("no cut lost anything: the simulator cuts nothing")
	}
}

func isPrefixOfAny(got []string, held [][]string) bool {
	return slices.ContainsFunc(held, func(h []string) bool { return len(got) <= len(h) && slices.Equal(got, h[:len(got)]) })
}

// dropSectors does a step but for some sectors of 512 bytes.
func dropSectors(f *tape, s fileStep, dice *rand.Rand) {
	if s.cut {
		if dice.IntN(2) == 0 {
			f.apply(s)
		}
		return
	}
	for from := 0; from < len(s.data); {
		next := min(len(s.data), from+512-(int(s.at)+from)%512)
		if dice.IntN(3) > 0 {
			f.apply(fileStep{at: s.at + int64(from), data: s.data[from:next]})
		}
		from = next
	}
}

// A disk that fails in the middle of writes costs what failed, and nothing that
// was accepted before or after.
func TestFailingWrites(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f := &tape{}
		j, _ := opened(r, f)
		f.fail = func() int { return rapid.SampledFrom([]int{-1, -1, -1, 0, 1, 5, 40, 90}).Draw(r, "taken") }
		var accepted []string
		for i := range rapid.IntRange(1, 30).Draw(r, "entries") {
			if rapid.IntRange(0, 9).Draw(r, "empty") == 0 {
				_ = j.Empty() // fails between its two steps, or not
				accepted = nil
			}
			text := fmt.Sprint(i)
			if err := j.Append([]byte(text)); err == nil {
				accepted = append(accepted, text)
			} else if diagnostics.Code(err) != diagnostics.CodeInternal {
				r.Fatalf("error %v", err)
			}
			_, got := opened(r, &tape{content: slices.Clone(f.content)})
			if !slices.Equal(got, accepted) {
				r.Fatalf("%v in the file, %v accepted", got, accepted)
			}
		}
	})
}

// Whatever is changed, the journal ends there or before; nothing false comes out.
func TestTamperedJournal(t *testing.T) {
	w := typeInto(t, 10)
	_, all := opened(t, w.file)
	for place := range w.file.content {
		f := &tape{content: slices.Clone(w.file.content)}
		f.content[place] ^= 0x10
		if _, got := opened(t, f); len(got) >= len(all) || !slices.Equal(got, all[:len(got)]) {
			t.Fatalf("byte %d changed: %d of %d entries, or others", place, len(got), len(all))
		}
	}
	for size := range w.file.content {
		f := &tape{content: slices.Clone(w.file.content[:size])}
		j, got := opened(t, f)
		if !slices.Equal(got, all[:len(got)]) {
			t.Fatalf("cut to %d bytes: other entries", size)
		}
		if err := j.Append([]byte("next")); err != nil {
			t.Fatal(err)
		}
		if _, again := opened(t, f); !slices.Equal(again, append(slices.Clone(got), "next")) {
			t.Fatalf("cut to %d bytes: %d entries, then %d", size, len(got), len(again))
		}
	}
	j, _, err := newJournal(&tape{content: slices.Clone(w.file.content)}, bytes.Repeat([]byte{8}, keyBytes))
	if err != nil || j.count != 0 {
		t.Errorf("another key reads %d entries, error %v", j.count, err)
	}
}

func TestJournalSealsAndPads(t *testing.T) {
	f := &tape{}
	j, _ := opened(t, f)
	sizes := map[int64]bool{}
	for _, text := range []string{"", "a", "Le Blosne, tente bleue", "Le Blosne, tente bleue, chien", string(bytes.Repeat([]byte("long "), 1000))} {
		before := j.Size()
		if err := j.Append([]byte(text)); err != nil {
			t.Fatal(err)
		}
		sizes[j.Size()-before] = true
	}
	if bytes.Contains(f.content, []byte("tente")) || bytes.Contains(f.content, []byte("long")) {
		t.Error("what was typed can be read in the file")
	}
	if len(sizes) != 2 {
		t.Errorf("%d different lengths of entries, want short ones alike", len(sizes))
	}
	if err := j.Append(make([]byte, maxEntry+1)); diagnostics.Code(err) != diagnostics.CodeTooLarge {
		t.Errorf("an entry without end: error %v, want too_large", err)
	}
}

func FuzzJournal(f *testing.F) {
	t := &tape{}
	j, _, err := newJournal(t, bytes.Clone(journalKey))
	if err != nil || j.Append([]byte("texte")) != nil {
		f.Fatal("no seed")
	}
	f.Add(t.content)
	f.Add(append(bytes.Clone(t.content), 255, 255, 255, 255))
	f.Add([]byte("short"))
	f.Fuzz(func(t *testing.T, content []byte) {
		file := &tape{content: content}
		j, before := opened(t, file)
		if err := j.Append([]byte("next")); err != nil {
			t.Fatal(err)
		}
		if _, after := opened(t, file); !slices.Equal(after, append(before, "next")) {
			t.Errorf("%d entries, then %d", len(before), len(after))
		}
	})
}

func TestJournalKeepsOverPrograms(t *testing.T) {
	dir := t.TempDir()
	v, err := Create(dir, "cinq mots font une phrase")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{0, 1, 2} {
		j, entries, err := v.OpenJournal()
		if err != nil {
			t.Fatal(err)
		}
		if len(entries) != want {
			t.Fatalf("%d entries, want %d", len(entries), want)
		}
		if err := j.Append([]byte("x")); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(j.Sync(), j.Close()); err != nil {
			t.Fatal(err)
		}
	}
}
