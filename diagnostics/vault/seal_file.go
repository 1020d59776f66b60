package vault

import (
	lib "modernc.org/sqlite/lib"
)

// diskFile is the file below a sealed one. Offsets and sizes are those on disk;
// results are SQLite's codes. A read past the end is IOERR_SHORT_READ.
type diskFile interface {
	readAt(p []byte, off int64) int32
	writeAt(p []byte, off int64) int32
	truncate(size int64) int32
	size() (int64, int32)
}

// sealedFile is a database or its log as SQLite sees it, over the sealed file
// on disk. It takes the writes that SQLite is known to make, whole units, and
// refuses any other: a unit that is read, changed and written back could be
// torn. One connection uses it, one call at a time.
type sealedFile struct {
	layout
	sealer
	disk diskFile
	ring *ring
	wal  bool
	// size on disk, as far as is known: another connection may have made the
	// file longer.
	known int64
	// Units of the log from here on are those that a former session wrote: what
	// does not authenticate there is the torn end of the log.
	written int64
	scratch [unitBytes]byte
	plain   [pageBytes]byte
}

func newMainFile(r *ring, disk diskFile) *sealedFile {
	return &sealedFile{layout: mainLayout{}, sealer: r.main, disk: disk, ring: r}
}

func newWALFile(r *ring, disk diskFile) *sealedFile {
	return &sealedFile{layout: walLayout{}, sealer: r.log, disk: disk, ring: r, wal: true}
}

// lenient reports whether a read may find a unit that is not authentic: the
// look at the header before the log is known (the log may hold the page whole),
// and the reading of a log that a crash may have torn.
func (f *sealedFile) lenient(n int, off int64) bool {
	if !f.wal {
		return off < 100 && n <= 100
	}
	recovery := off == 0 && n == walHeader || n == frameBytes && (off-walHeader)%frameBytes == 0
	return recovery && off >= f.written
}

// read fills p with what stands at off.
func (f *sealedFile) read(p []byte, off int64) int32 {
	lenient := f.lenient(len(p), off)
	for len(p) > 0 {
		u := f.at(off)
		n := min(len(p), int(u.end-off))
		if code := f.readUnit(p[:n], u, int(off-u.start)); code != lib.SQLITE_OK {
			if !lenient {
				return f.ring.failed(code)
			}
			clear(p)
			if f.wal && code == lib.SQLITE_IOERR_DATA {
				return lib.SQLITE_OK // SQLite reads zeros as the end of the log
			}
			return lib.SQLITE_IOERR_SHORT_READ
		}
		p, off = p[n:], off+int64(n)
	}
	return lib.SQLITE_OK
}

// readUnit fills p with the unit's bytes from skip on. Where the file ends
// before the unit does, the code is IOERR_DATA as well: SQLite takes a short
// read for a page of zeros, and it never reads a page that it has not written.
func (f *sealedFile) readUnit(p []byte, u unit, skip int) int32 {
	disk := f.scratch[:u.length()+sealBytes]
	switch code := f.disk.readAt(disk, u.disk); code {
	case lib.SQLITE_OK:
	case lib.SQLITE_IOERR_SHORT_READ:
		return lib.SQLITE_IOERR_DATA
	default:
		return code
	}
	whole := len(p) == u.length()
	plain := p
	if !whole {
		plain = f.plain[:u.length()]
	}
	if err := f.open(plain, disk, u.index); err != nil {
		return lib.SQLITE_IOERR_DATA
	}
	if !whole {
		copy(p, plain[skip:])
	}
	return lib.SQLITE_OK
}

// write writes one whole unit.
func (f *sealedFile) write(p []byte, off int64) int32 {
	u := f.at(off)
	if off != u.start || len(p) != u.length() {
		return lib.SQLITE_IOERR_WRITE
	}
	if code := f.reach(u.disk); code != lib.SQLITE_OK {
		return code
	}
	return f.writeUnit(p, u)
}

func (f *sealedFile) writeUnit(p []byte, u unit) int32 {
	disk := f.seal(f.scratch[:0], p, u.index)
	if code := f.disk.writeAt(disk, u.disk); code != lib.SQLITE_OK {
		return code
	}
	f.known = max(f.known, u.disk+int64(len(disk)))
	if f.wal {
		f.written = max(f.written, u.end)
	}
	return lib.SQLITE_OK
}

// reach makes sure that the file is whole up to an offset on disk. SQLite may
// write a page past the end: every page before it must authenticate, so the gap
// is filled with pages of zeros. A log has no gap.
func (f *sealedFile) reach(disk int64) int32 {
	if disk <= f.known {
		return lib.SQLITE_OK
	}
	size, code := f.disk.size()
	if code != lib.SQLITE_OK {
		return code
	}
	f.known = size
	for end := f.layout.size(size); ; {
		u := f.at(end)
		if u.disk >= disk {
			return lib.SQLITE_OK
		}
		if f.wal {
			return lib.SQLITE_IOERR_WRITE
		}
		clear(f.plain[:])
		if code := f.writeUnit(f.plain[:], u); code != lib.SQLITE_OK {
			return code
		}
		end = u.end
	}
}

// truncate cuts the file at the end of a unit, or makes a database longer.
func (f *sealedFile) truncate(size int64) int32 {
	u := f.at(size)
	if u.start != size {
		return lib.SQLITE_IOERR_TRUNCATE
	}
	if code := f.reach(u.disk); code != lib.SQLITE_OK {
		return code
	}
	if code := f.disk.truncate(u.disk); code != lib.SQLITE_OK {
		return code
	}
	f.known = u.disk
	f.written = min(f.written, size)
	return lib.SQLITE_OK
}

// length is the size that SQLite sees.
func (f *sealedFile) length() (int64, int32) {
	disk, code := f.disk.size()
	f.known = disk
	return f.layout.size(disk), code
}
