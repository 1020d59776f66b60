package vaulttest

import (
	"bytes"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
)

// Disk is what a power cut leaves: what was flushed, and some of what was not.
type Disk struct {
	durable map[string][]byte
	pending map[string][]Event
}

// NewDisk is a disk on which the files are flushed.
func NewDisk(before map[string][]byte) *Disk {
	d := &Disk{map[string][]byte{}, map[string][]Event{}}
	for name, content := range before {
		d.durable[name] = bytes.Clone(content)
	}
	return d
}

func grown(content []byte, size int64) []byte {
	if missing := size - int64(len(content)); missing > 0 {
		content = append(content, make([]byte, missing)...)
	}
	return content
}

// apply does one event, of a write only what keep says of its bytes, if not nil.
func apply(content []byte, e Event, keep func(at int64) bool) []byte {
	if e.Kind == "truncate" {
		return grown(content, e.Off)[:e.Off]
	}
	if keep == nil {
		content = grown(content, e.Off+int64(len(e.Data)))
		copy(content[e.Off:], e.Data)
		return content
	}
	for i, b := range e.Data {
		if at := e.Off + int64(i); keep(at) {
			content = grown(content, at+1)
			content[at] = b
		}
	}
	return content
}

// Clone is the same disk, to be cut: the bytes are copied, the events are not.
func (d *Disk) Clone() *Disk {
	c := NewDisk(d.durable)
	for name, events := range d.pending {
		c.pending[name] = slices.Clone(events)
	}
	return c
}

// Do does one event.
func (d *Disk) Do(e Event) {
	if e.Kind != "sync" {
		d.pending[e.File] = append(d.pending[e.File], e)
		return
	}
	for _, p := range d.pending[e.File] {
		d.durable[e.File] = apply(d.durable[e.File], p, nil)
	}
	delete(d.pending, e.File)
}

// Cut loses what was not flushed: of each write sector by sector, the whole of
// it or nothing, or everything but the end of the last one.
func (d *Disk) Cut(r *rand.Rand) {
	mode, chance := r.IntN(3), r.Float64()
	for name, events := range d.pending {
		for i, e := range events {
			whole := r.Float64() < chance
			sectors := map[int64]bool{}
			end := e.Off + int64(r.IntN(len(e.Data)+1))
			keep := func(at int64) bool {
				switch mode {
				case 0:
					if _, ok := sectors[at/512]; !ok {
						sectors[at/512] = r.Float64() < chance
					}
					return sectors[at/512]
				case 1:
					return whole
				default:
					return i < len(events)-1 || at < end
				}
			}
			if e.Kind == "truncate" && mode < 2 && !whole {
				continue
			}
			d.durable[name] = apply(d.durable[name], e, keep)
		}
	}
}

// Lay writes what is on the disk into a folder, under the names that the files
// had.
func (d *Disk) Lay(dir string) error {
	for name, content := range d.durable {
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(name)), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// Cuts cuts the power at random moments of a trace, in their order. For each it
// gives the disk as it is left, and the last mark "safe" before.
func Cuts(r *rand.Rand, count int, before map[string][]byte, trace Trace) iter.Seq2[*Disk, int] {
	moments := make([]int, count)
	for i := range moments {
		moments[i] = r.IntN(len(trace) + 1)
	}
	slices.Sort(moments)
	return func(yield func(*Disk, int) bool) {
		running, safe, at := NewDisk(before), 0, 0
		for _, moment := range moments {
			for ; at < moment; at++ {
				if e := trace[at]; e.Kind == "safe" {
					safe = e.Mark
				} else {
					running.Do(e)
				}
			}
			d := running.Clone()
			d.Cut(r)
			if !yield(d, safe) {
				return
			}
		}
	}
}
