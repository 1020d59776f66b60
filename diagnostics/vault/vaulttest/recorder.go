// Package vaulttest cuts the power: it keeps a trace of what SQLite did to its
// files, and makes of it what a disk may hold after a cut at any moment. Nothing
// but tests may import it.
package vaulttest

import (
	"slices"
	"sync"
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// Trace is what was done to files, in its order, as the disk sees it.
type Trace []Event

// Event is one call on a file, or a mark of the test's own.
type Event struct {
	Kind string // "write", "truncate", "sync" or the test's mark
	File string
	Off  int64
	Data []byte
	Mark int
}

// recorder is a file system between SQLite and the system's that keeps a trace
// while it is asked to. The sealed file system stands on it in tests, and so
// does plain SQLite.
var recorder struct {
	mu    sync.Mutex
	on    bool
	trace Trace

	base   uintptr  // sqlite3_vfs
	files  sync.Map // address of a file: *recorded
	tables sync.Map // address of the system's io_methods: ours
}

type recorded struct {
	name    string
	methods uintptr
}

// at reads a C address as a Go pointer.
func at[T any](address uintptr) *T { return *(**T)(unsafe.Pointer(&address)) }

// pointer makes a C function pointer of a function that captures nothing.
func pointer[F any](f F) uintptr { return *(*uintptr)(unsafe.Pointer(&f)) }

// call makes a function of a C function pointer.
func call[F any](address uintptr) F { return *(*F)(unsafe.Pointer(&address)) }

// Functions of the system's file system that the recorder passes calls on to.
type (
	openFunc  = func(tls *libc.TLS, vfs, name, f uintptr, flags int32, outFlags uintptr) int32
	closeFunc = func(tls *libc.TLS, f uintptr) int32
	ioFunc    = func(tls *libc.TLS, f, p uintptr, n int32, off int64) int32
	sizeFunc  = func(tls *libc.TLS, f uintptr, size int64) int32
	intFunc   = func(tls *libc.TLS, f uintptr, n int32) int32
)

// InstallRecorder makes the recorder the default file system. It comes before
// the first database is opened.
func InstallRecorder() {
	tls := libc.NewTLS()
	defer tls.Close()
	lib.Xsqlite3_initialize(tls)
	recorder.base = lib.Xsqlite3_vfs_find(tls, 0)
	own := lib.Xsqlite3_malloc(tls, int32(unsafe.Sizeof(lib.Tsqlite3_vfs{})))
	v := at[lib.Tsqlite3_vfs](own)
	*v = *at[lib.Tsqlite3_vfs](recorder.base)
	name, err := libc.CString("recorder")
	if err != nil {
		panic(err)
	}
	v.FpNext, v.FzName, v.FxOpen = 0, name, pointer(recordOpen)
	lib.Xsqlite3_vfs_register(tls, own, 1)
}

// Record keeps a trace of what f does; f sets marks in it.
func Record(f func(mark func(kind string, n int))) Trace {
	recorder.mu.Lock()
	recorder.on, recorder.trace = true, nil
	recorder.mu.Unlock()
	f(func(kind string, n int) { Note(Event{Kind: kind, Mark: n}) })
	recorder.mu.Lock()
	defer recorder.mu.Unlock()
	recorder.on = false
	return recorder.trace
}

// Note adds an event to the trace that is being kept: a mark, or what was done to
// a file that is not SQLite's.
func Note(e Event) {
	recorder.mu.Lock()
	defer recorder.mu.Unlock()
	if recorder.on {
		e.Data = slices.Clone(e.Data)
		recorder.trace = append(recorder.trace, e)
	}
}

func recordOpen(tls *libc.TLS, _, name, f uintptr, flags int32, outFlags uintptr) int32 {
	open := call[openFunc](at[lib.Tsqlite3_vfs](recorder.base).FxOpen)
	code := open(tls, recorder.base, name, f, flags, outFlags)
	if code != lib.SQLITE_OK || flags&(lib.SQLITE_OPEN_MAIN_DB|lib.SQLITE_OPEN_WAL) == 0 {
		return code
	}
	head := at[lib.Tsqlite3_file](f)
	recorder.files.Store(f, &recorded{name: libc.GoString(name), methods: head.FpMethods})
	table, ok := recorder.tables.Load(head.FpMethods)
	if !ok {
		own := lib.Xsqlite3_malloc(tls, int32(unsafe.Sizeof(lib.Tsqlite3_io_methods{})))
		m := at[lib.Tsqlite3_io_methods](own)
		*m = *at[lib.Tsqlite3_io_methods](head.FpMethods)
		m.FxWrite, m.FxTruncate, m.FxSync, m.FxClose = pointer(recordWrite), pointer(recordTruncate), pointer(recordSync), pointer(recordClose)
		table, _ = recorder.tables.LoadOrStore(head.FpMethods, own)
	}
	head.FpMethods = table.(uintptr)
	return code
}

func recordedFile(f uintptr) (*recorded, *lib.Tsqlite3_io_methods) {
	found, _ := recorder.files.Load(f)
	r := found.(*recorded)
	return r, at[lib.Tsqlite3_io_methods](r.methods)
}

func recordWrite(tls *libc.TLS, f, p uintptr, n int32, off int64) int32 {
	r, m := recordedFile(f)
	Note(Event{Kind: "write", File: r.name, Off: off, Data: unsafe.Slice(at[byte](p), n)})
	return call[ioFunc](m.FxWrite)(tls, f, p, n, off)
}

func recordTruncate(tls *libc.TLS, f uintptr, size int64) int32 {
	r, m := recordedFile(f)
	Note(Event{Kind: "truncate", File: r.name, Off: size})
	return call[sizeFunc](m.FxTruncate)(tls, f, size)
}

func recordSync(tls *libc.TLS, f uintptr, flags int32) int32 {
	r, m := recordedFile(f)
	code := call[intFunc](m.FxSync)(tls, f, flags)
	Note(Event{Kind: "sync", File: r.name})
	return code
}

func recordClose(tls *libc.TLS, f uintptr) int32 {
	_, m := recordedFile(f)
	recorder.files.Delete(f)
	return call[closeFunc](m.FxClose)(tls, f)
}
