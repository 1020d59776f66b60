package vault

import (
	"slices"
	"sync"
	"sync/atomic"
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// handles finds the Go half of an open file by the number in its C half. It is
// read at every page and changed at every opening.
var handles handleTable

type handleTable struct {
	mu    sync.Mutex
	files atomic.Pointer[[]any] // *sealedFile or *memoryFile, nil where free
}

// change replaces the table by a copy that f has changed.
func (t *handleTable) change(f func([]any) []any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var files []any
	if old := t.files.Load(); old != nil {
		files = slices.Clone(*old)
	}
	files = f(files)
	t.files.Store(&files)
}

func (t *handleTable) add(f any) (handle uintptr) {
	t.change(func(files []any) []any {
		free := slices.Index(files, nil)
		if free < 0 {
			free, files = len(files), append(files, nil)
		}
		files[free], handle = f, uintptr(free)
		return files
	})
	return handle
}

func (t *handleTable) drop(handle uintptr) {
	t.change(func(files []any) []any {
		files[handle] = nil
		return files
	})
}

func (t *handleTable) get(handle uintptr) any { return (*t.files.Load())[handle] }

// Functions of the system's files that ours pass calls on to.
type (
	closeFunc = func(tls *libc.TLS, f uintptr) int32
	ioFunc    = func(tls *libc.TLS, f, p uintptr, n int32, off int64) int32
	sizeFunc  = func(tls *libc.TLS, f uintptr, size int64) int32
	intFunc   = func(tls *libc.TLS, f uintptr, n int32) int32
	outFunc   = func(tls *libc.TLS, f, out uintptr) int32
	opFunc    = func(tls *libc.TLS, f uintptr, op int32, arg uintptr) int32
	mapFunc   = func(tls *libc.TLS, f uintptr, page, size, extend int32, out uintptr) int32
	lockFunc  = func(tls *libc.TLS, f uintptr, offset, n, flags int32) int32
	voidFunc  = func(tls *libc.TLS, f uintptr)
)

// systemDisk is the system's file as a diskFile. tls is that of the connection
// that opened it, and that alone uses it. What SQLite's own code reads and
// writes has to be C memory: buffer holds a unit, and then a size.
type systemDisk struct {
	tls    *libc.TLS
	file   uintptr
	buffer uintptr
}

// newSystemDisk gives nil where there is no memory.
func newSystemDisk(tls *libc.TLS, file uintptr) *systemDisk {
	buffer := lib.Xsqlite3_malloc(tls, sizeAt+8)
	if buffer == 0 {
		return nil
	}
	return &systemDisk{tls: tls, file: file, buffer: buffer}
}

// sizeAt is where in the buffer a size stands.
const sizeAt = (unitBytes + 7) &^ 7

func (d *systemDisk) methods() *lib.Tsqlite3_io_methods {
	return at[lib.Tsqlite3_io_methods](at[lib.Tsqlite3_file](d.file).FpMethods)
}

// readAt and writeAt pass on what fits the buffer, a unit at most.
func (d *systemDisk) readAt(p []byte, off int64) int32 {
	n := int32(len(p))
	code := call[ioFunc](d.methods().FxRead)(d.tls, d.file, d.buffer, n, off)
	copy(p, bytesAt(d.buffer, n))
	return code
}

func (d *systemDisk) writeAt(p []byte, off int64) int32 {
	n := int32(copy(bytesAt(d.buffer, unitBytes), p))
	return call[ioFunc](d.methods().FxWrite)(d.tls, d.file, d.buffer, n, off)
}

func (d *systemDisk) truncate(size int64) int32 {
	return call[sizeFunc](d.methods().FxTruncate)(d.tls, d.file, size)
}

func (d *systemDisk) size() (int64, int32) {
	code := call[outFunc](d.methods().FxFileSize)(d.tls, d.file, d.buffer+sizeAt)
	return *at[int64](d.buffer + sizeAt), code
}

func (d *systemDisk) close() int32 {
	lib.Xsqlite3_free(d.tls, d.buffer)
	d.buffer = 0
	return call[closeFunc](d.methods().FxClose)(d.tls, d.file)
}

// methodTables makes the io_methods of sealed files, and those of files that
// stay in memory. Version 2 of the interface has shared memory and no mapping
// of the file, which would show SQLite the ciphertext.
func methodTables(tls *libc.TLS) (sealed, memory uintptr) {
	size := int32(unsafe.Sizeof(lib.Tsqlite3_io_methods{}))
	sealed, memory = lib.Xsqlite3_malloc(tls, size), lib.Xsqlite3_malloc(tls, size)
	if sealed == 0 || memory == 0 {
		return 0, 0
	}
	*at[lib.Tsqlite3_io_methods](sealed) = lib.Tsqlite3_io_methods{
		FiVersion: 2,
		FxClose:   pointer(sealedClose), FxRead: pointer(sealedRead), FxWrite: pointer(sealedWrite),
		FxTruncate: pointer(sealedTruncate), FxFileSize: pointer(sealedSize), FxFileControl: pointer(sealedControl),
		FxSync: pointer(passSync), FxLock: pointer(passLock), FxUnlock: pointer(passUnlock), FxCheckReservedLock: pointer(passReserved),
		FxSectorSize: pointer(passSector), FxDeviceCharacteristics: pointer(sealedDevice),
		FxShmMap: pointer(passShmMap), FxShmLock: pointer(passShmLock), FxShmBarrier: pointer(passShmBarrier), FxShmUnmap: pointer(passShmUnmap),
	}
	*at[lib.Tsqlite3_io_methods](memory) = lib.Tsqlite3_io_methods{
		FiVersion: 1,
		FxClose:   pointer(memoryClose), FxRead: pointer(memoryRead), FxWrite: pointer(memoryWrite),
		FxTruncate: pointer(memoryTruncate), FxFileSize: pointer(memorySize), FxFileControl: pointer(memoryControl),
		FxSync: pointer(memoryInt), FxLock: pointer(memoryInt), FxUnlock: pointer(memoryInt), FxCheckReservedLock: pointer(memoryReserved),
		FxSectorSize: pointer(memoryNone), FxDeviceCharacteristics: pointer(memoryNone),
	}
	return sealed, memory
}
