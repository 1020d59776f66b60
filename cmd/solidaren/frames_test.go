package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"
)

// frames sees what a desktop shows, by the memory of its screen, and presses
// keys with no program to start for each: what it measures is what the app
// takes.
type frames struct {
	t     *testing.T
	size  [2]int // in pixels
	image []byte // the screen, as it is
	seen  []byte // as it was
	keys  io.WriteCloser
}

// pixel is how many bytes one takes.
const pixel = 4

// frames begins to look. The mouse is put into the corner: over a window its
// pointer comes and goes with each frame.
func (d *desktop) frames() *frames {
	d.t.Helper()
	d.tool("xdotool", "mousemove", "1279", "799")
	file, err := os.Open(filepath.Join(d.memory, "Xvfb_screen0"))
	if err != nil {
		d.t.Fatal(err)
	}
	defer file.Close()
	head := make([]byte, 100) // a window dump (XWD): its header in words, colours, pixels
	if _, err := io.ReadFull(file, head); err != nil {
		d.t.Fatal(err)
	}
	word := func(i int) int { return int(binary.BigEndian.Uint32(head[4*i:])) }
	f := &frames{t: d.t, size: [2]int{word(4), word(5)}}
	begin := word(0) + word(19)*12
	length := word(12) * f.size[1]
	if word(12) != pixel*f.size[0] {
		d.t.Fatalf("a line of %d pixels has %d bytes", f.size[0], word(12))
	}
	all, err := syscall.Mmap(int(file.Fd()), 0, begin+length, syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _ = syscall.Munmap(all) })
	f.image = all[begin:]
	f.seen = slices.Clone(f.image)

	typist := exec.CommandContext(d.t.Context(), "xdotool", "-")
	typist.Env = d.env()
	if f.keys, err = typist.StdinPipe(); err != nil {
		d.t.Fatal(err)
	}
	if err := typist.Start(); err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _ = f.keys.Close(); _ = typist.Wait() })
	return f
}

// press presses a key and does not wait.
func (f *frames) press(key string) {
	if _, err := fmt.Fprintf(f.keys, "key --delay 0 %s\n", frenchKey(key)); err != nil {
		f.t.Error(err)
	}
}

// changed counts the pixels that differ from the last picture that differed by
// more than least, up to enough of them.
func (f *frames) changed(least int) bool {
	line := pixel * f.size[0]
	differ := 0
	for at := 0; at < len(f.seen) && differ <= least; at += line {
		now, before := f.image[at:at+line], f.seen[at:at+line]
		if bytes.Equal(now, before) {
			continue
		}
		for i := 0; i < line; i += pixel {
			if !bytes.Equal(now[i:i+pixel], before[i:i+pixel]) {
				differ++
			}
		}
	}
	if differ <= least {
		return false
	}
	copy(f.seen, f.image)
	return true
}

// How many pixels change at most when a caret blinks, and at least when another
// screen comes.
const (
	caret   = 60
	another = 10_000
)

// after does something and tells when the screen first and last changed by more
// than a number of pixels, before it was quiet for a while.
func (f *frames) after(do func(), least int, quiet time.Duration) (first, last time.Duration) {
	f.t.Helper()
	f.changed(0)
	begin := time.Now()
	do()
	for {
		looked := time.Since(begin)
		switch {
		case f.changed(least):
			last = looked
			if first == 0 {
				first = looked
			}
		case first > 0 && looked-last > quiet:
			return first, last
		case looked > wait:
			f.t.Fatalf("nothing was drawn within %v", wait)
		}
		time.Sleep(time.Millisecond)
	}
}

// settle waits until the screen is quiet.
func (f *frames) settle(quiet time.Duration) {
	for since := time.Now(); time.Since(since) < quiet; time.Sleep(10 * time.Millisecond) {
		if f.changed(caret) {
			since = time.Now()
		}
	}
}

// share is the value below which that share of some lies.
func share(of []time.Duration, part float64) time.Duration {
	sorted := slices.Clone(of)
	slices.Sort(sorted)
	return sorted[int(part*float64(len(sorted)-1)+0.5)]
}
