package workbook

import (
	"bytes"
	"io"
	"runtime"
	"sync"

	"github.com/klauspost/compress/flate"
)

// blockSize is how many bytes are compressed at a time. A block does not see
// the one before it: smaller ones would make the file larger.
const blockSize = 1 << 19

// deflater compresses a part of an archive block by block, on all processors,
// while the caller goes on writing. Blocks end at a byte, so that they are one
// stream when they are put one behind the other.
type deflater struct {
	out     io.Writer
	block   []byte
	pending []chan []byte // what is being compressed, oldest first
	running *sync.WaitGroup
}

func newDeflater(out io.Writer, running *sync.WaitGroup) *deflater {
	return &deflater{out: out, running: running}
}

// Write takes bytes; errors of the archive's writer may come with later ones.
func (d *deflater) Write(p []byte) (int, error) {
	for rest := p; len(rest) > 0; {
		if d.block == nil {
			d.block = make([]byte, 0, blockSize)
		}
		n := min(len(rest), blockSize-len(d.block))
		d.block, rest = append(d.block, rest[:n]...), rest[n:]
		if len(d.block) == blockSize {
			if err := d.hand(); err != nil {
				return 0, err
			}
		}
	}
	return len(p), nil
}

// hand gives the block to another goroutine, and takes back the oldest one if
// there are enough under way.
func (d *deflater) hand() error {
	if len(d.pending) > runtime.GOMAXPROCS(0) {
		if err := d.take(); err != nil {
			return err
		}
	}
	block, done := d.block, make(chan []byte, 1) // never waits, also when nobody takes it
	d.block = nil
	d.pending = append(d.pending, done)
	d.running.Go(func() { done <- squeezed(block, (*flate.Writer).Flush) })
	return nil
}

func (d *deflater) take() error {
	done := d.pending[0]
	d.pending = d.pending[1:]
	_, err := d.out.Write(<-done)
	return err
}

// Close writes what is left and ends the stream.
func (d *deflater) Close() error {
	for len(d.pending) > 0 {
		if err := d.take(); err != nil {
			return err
		}
	}
	_, err := d.out.Write(squeezed(d.block, (*flate.Writer).Close))
	d.block = nil
	return err
}

// flaters are kept: each holds some hundred kilobytes.
var flaters = sync.Pool{New: func() any {
	w, err := flate.NewWriter(io.Discard, flate.DefaultCompression)
	if err != nil {
		panic("workbook: " + err.Error()) // the level is a constant
	}
	return w
}}

// squeezed compresses a block; end flushes it or ends the stream.
func squeezed(block []byte, end func(*flate.Writer) error) []byte {
	var out bytes.Buffer // takes every write
	out.Grow(len(block)/4 + 64)
	w := flaters.Get().(*flate.Writer)
	defer flaters.Put(w)
	w.Reset(&out)
	_, _ = w.Write(block)
	_ = end(w)
	return out.Bytes()
}
