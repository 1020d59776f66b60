package vault

import (
	lib "modernc.org/sqlite/lib"
)

// memoryFile is a journal or a temporary file, which never reaches the disk.
type memoryFile struct{ data []byte }

func (f *memoryFile) readAt(p []byte, off int64) int32 {
	n := 0
	if off < int64(len(f.data)) {
		n = copy(p, f.data[off:])
	}
	if n < len(p) {
		clear(p[n:])
		return lib.SQLITE_IOERR_SHORT_READ
	}
	return lib.SQLITE_OK
}

func (f *memoryFile) writeAt(p []byte, off int64) int32 {
	if gap := off + int64(len(p)) - int64(len(f.data)); gap > 0 {
		f.data = append(f.data, make([]byte, gap)...)
	}
	copy(f.data[off:], p)
	return lib.SQLITE_OK
}

func (f *memoryFile) truncate(size int64) int32 {
	if size < int64(len(f.data)) {
		clear(f.data[size:])
		f.data = f.data[:size]
	}
	return lib.SQLITE_OK
}

func (f *memoryFile) size() (int64, int32) { return int64(len(f.data)), lib.SQLITE_OK }
