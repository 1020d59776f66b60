package vault

import (
	"bytes"
	"testing"

	lib "modernc.org/sqlite/lib"
	"pgregory.net/rapid"
)

func testRing(t testing.TB, key byte, id string) *ring {
	t.Helper()
	r, err := addRing(bytes.Repeat([]byte{key}, keyBytes), id, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.drop)
	return r
}

// units lists the units of a file that SQLite sees as so long.
func units(l layout, size int64) (all []unit) {
	for off := int64(0); off < size; {
		u := l.at(off)
		all, off = append(all, u), u.end
	}
	return all
}

func TestLayouts(t *testing.T) {
	for _, l := range []layout{mainLayout{}, walLayout{}} {
		disk := int64(0)
		for i, u := range units(l, 3*frameBytes) {
			if u.index != uint64(i) || u.disk != disk {
				t.Fatalf("%T: unit %d has number %d and stands at %d, want %d", l, i, u.index, u.disk, disk)
			}
			if got := l.at(u.end - 1); got != u {
				t.Fatalf("%T: the last byte of %+v is of %+v", l, u, got)
			}
			if got := l.size(disk + int64(u.length()+sealBytes) - 1); got != u.start {
				t.Fatalf("%T: a unit that is cut short counts: size %d, want %d", l, got, u.start)
			}
			disk += int64(u.length() + sealBytes)
			if got := l.size(disk); got != u.end {
				t.Fatalf("%T: %d bytes on disk are %d, want %d", l, disk, got, u.end)
			}
		}
	}
}

// modelled is a sealed file beside the plain bytes that it should hold.
type modelled struct {
	t     testing.TB
	ring  *ring
	wal   bool
	disk  *memoryFile
	file  *sealedFile
	model []byte
}

func newModelled(t testing.TB, wal bool) *modelled {
	m := &modelled{t: t, ring: testRing(t, 1, "f"), wal: wal, disk: &memoryFile{}}
	m.reopen()
	return m
}

func (m *modelled) reopen() {
	if m.file = newMainFile(m.ring, m.disk); m.wal {
		m.file = newWALFile(m.ring, m.disk)
	}
}

// write writes the unit at off, and demands that anything but a whole unit is
// refused and harms nothing.
func (m *modelled) write(off int64, fill byte, whole bool) {
	u := m.file.at(off)
	p := bytes.Repeat([]byte{fill}, u.length())
	if !whole {
		if code := m.file.write(p[1:], u.start+1); code != lib.SQLITE_IOERR_WRITE {
			m.t.Fatalf("a write inside a unit gives %d", code)
		}
		if code := m.file.write(p[1:], u.start); code != lib.SQLITE_IOERR_WRITE {
			m.t.Fatalf("a write of a part of a unit gives %d", code)
		}
		if code := m.file.write(append(p, p...), u.start); code != lib.SQLITE_IOERR_WRITE {
			m.t.Fatalf("a write of more than a unit gives %d", code)
		}
		return
	}
	code := m.file.write(p, u.start)
	if m.wal && u.start > int64(len(m.model)) {
		if code != lib.SQLITE_IOERR_WRITE {
			m.t.Fatalf("a gap in the log gives %d", code)
		}
		return
	}
	if code != lib.SQLITE_OK {
		m.t.Fatalf("write at %d: %d", u.start, code)
	}
	if gap := u.end - int64(len(m.model)); gap > 0 {
		m.model = append(m.model, make([]byte, gap)...)
	}
	copy(m.model[u.start:], p)
}

func (m *modelled) truncate(off int64) {
	u := m.file.at(off)
	if u.start != off {
		if code := m.file.truncate(off); code != lib.SQLITE_IOERR_TRUNCATE {
			m.t.Fatalf("a cut inside a unit gives %d", code)
		}
		off = u.start
	}
	code := m.file.truncate(off)
	if m.wal && off > int64(len(m.model)) {
		if code != lib.SQLITE_IOERR_WRITE {
			m.t.Fatalf("a longer log by truncation gives %d", code)
		}
		return
	}
	if code != lib.SQLITE_OK {
		m.t.Fatalf("truncate to %d: %d", off, code)
	}
	m.model = append(m.model, make([]byte, max(0, off-int64(len(m.model))))...)[:off]
}

func (m *modelled) read(off int64, n int) {
	got := bytes.Repeat([]byte{0xAA}, n)
	code := m.file.read(got, off)
	switch inside := off+int64(n) <= int64(len(m.model)); {
	case inside && code == lib.SQLITE_OK:
		if !bytes.Equal(got, m.model[off:off+int64(n)]) {
			m.t.Fatalf("read %d bytes at %d: other bytes", n, off)
		}
	case inside:
		m.t.Fatalf("read %d bytes at %d: %d", n, off, code)
	case code == lib.SQLITE_OK && !m.wal:
		m.t.Fatalf("read past the end at %d", off)
	}
}

func (m *modelled) check() {
	if size, code := m.file.length(); code != lib.SQLITE_OK || size != int64(len(m.model)) {
		m.t.Fatalf("length %d (%d), want %d", size, code, len(m.model))
	}
	m.read(0, len(m.model))
	for _, u := range units(m.file.layout, int64(len(m.model))) {
		if err := m.file.open(make([]byte, u.length()), m.disk.data[u.disk:u.disk+int64(u.length()+sealBytes)], u.index); err != nil {
			m.t.Fatalf("unit %d of the file: %v", u.index, err)
		}
	}
}

// FuzzUnits plays reads, writes and cuts on a sealed file and on plain bytes.
func FuzzUnits(f *testing.F) {
	f.Add(false, []byte{0, 0, 1, 0, 3, 2, 2, 1, 3, 1, 4, 7, 9, 5, 0, 0})
	f.Add(true, []byte{0, 0, 1, 0, 1, 2, 0, 2, 3, 0, 9, 9, 3, 1, 0, 2, 7, 7, 5, 5, 5})
	f.Fuzz(func(t *testing.T, wal bool, steps []byte) {
		m := newModelled(t, wal)
		for len(steps) >= 3 && len(steps) < 600 {
			kind, where, what := steps[0]%6, int64(steps[1]%24), steps[2]
			steps = steps[3:]
			start := m.file.at(where * 1400).start
			switch kind {
			case 0, 1:
				m.write(start, what, true)
			case 2:
				m.write(start, what, false)
			case 3:
				m.truncate(min(start, int64(len(m.model))) + int64(what%3))
			case 4:
				m.read(start+int64(what), 1+int(what)*37)
			case 5:
				m.reopen()
			}
		}
		m.check()
	})
}

func TestUnitsAgainstModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := newModelled(t, rapid.Bool().Draw(rt, "wal"))
		for range rapid.IntRange(1, 40).Draw(rt, "steps") {
			off := m.file.at(int64(rapid.IntRange(0, 60000).Draw(rt, "off"))).start
			switch rapid.IntRange(0, 4).Draw(rt, "kind") {
			case 0, 1:
				m.write(min(off, int64(len(m.model))), rapid.Byte().Draw(rt, "fill"), true)
			case 2:
				m.write(off, rapid.Byte().Draw(rt, "fill"), true)
			case 3:
				m.truncate(off)
			case 4:
				m.reopen()
			}
			m.read(off, rapid.IntRange(1, 9000).Draw(rt, "n"))
		}
		m.check()
	})
}

// What stands elsewhere, in another file, or under another key is not accepted.
func TestUnitsAreBound(t *testing.T) {
	page := bytes.Repeat([]byte("page"), pageBytes/4)
	r := testRing(t, 1, "a")
	disk := r.main.seal(make([]byte, 0, unitBytes), page, 7)
	tests := []struct {
		name  string
		s     sealer
		index uint64
		ok    bool
	}{
		{"as it was", r.main, 7, true},
		{"another place", r.main, 8, false},
		{"the log's key", r.log, 7, false},
		{"another file", testRing(t, 1, "b").main, 7, false},
		{"another key", testRing(t, 2, "a").main, 7, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := make([]byte, pageBytes)
			if err := tt.s.open(got, disk, tt.index); (err == nil) != tt.ok || tt.ok && !bytes.Equal(got, page) {
				t.Errorf("error %v, want accepted %t", err, tt.ok)
			}
		})
	}
	if again := r.main.seal(make([]byte, 0, unitBytes), page, 7); bytes.Equal(again, disk) || bytes.Equal(again[:nonceBytes], disk[:nonceBytes]) {
		t.Error("a page written twice looks the same")
	}
	for i := range disk {
		disk[i] ^= 1
		if r.main.open(make([]byte, pageBytes), disk, 7) == nil {
			t.Fatalf("byte %d was changed and nothing was told", i)
		}
		disk[i] ^= 1
	}
	if r.main.open(nil, disk[:10], 7) == nil {
		t.Error("a unit of ten bytes was accepted")
	}
}

// What a crash tore at the end of a log is its end; what was written in this
// session and is not authentic any more is damage.
func TestTornLog(t *testing.T) {
	m := newModelled(t, true)
	for off := int64(0); off < 3*frameBytes; off = m.file.at(off).end {
		m.write(off, 5, true)
	}
	last := m.file.at(walHeader + 2*frameBytes + frameHead)
	m.disk.data[last.disk+100] ^= 1
	frame := make([]byte, frameBytes)
	at := int64(walHeader + 2*frameBytes)
	if code := m.file.read(frame, at); code != lib.SQLITE_IOERR_DATA {
		t.Errorf("own frame: code %d, want IOERR_DATA", code)
	}
	m.reopen()
	if code := m.file.read(frame, at); code != lib.SQLITE_OK || !bytes.Equal(frame[frameHead:], make([]byte, pageBytes)) {
		t.Errorf("recovery: code %d; want zeros", code)
	}
	if code := m.file.read(frame[:pageBytes], at+frameHead); code != lib.SQLITE_IOERR_DATA {
		t.Errorf("a page alone: code %d, want IOERR_DATA", code)
	}
	if m.ring.failures.Load() != 2 {
		t.Errorf("%d failures were counted, want 2", m.ring.failures.Load())
	}
}

func TestMemoryFile(t *testing.T) {
	var f memoryFile
	f.writeAt([]byte("journal"), 3)
	f.truncate(5)
	f.writeAt([]byte("x"), 8)
	got := bytes.Repeat([]byte{1}, 10)
	if code := f.readAt(got, 0); code != lib.SQLITE_IOERR_SHORT_READ || string(got) != "\x00\x00\x00jo\x00\x00\x00x\x00" {
		t.Errorf("read %q, code %d", got, code)
	}
	if size, _ := f.size(); size != 9 {
		t.Errorf("size %d, want 9", size)
	}
}
