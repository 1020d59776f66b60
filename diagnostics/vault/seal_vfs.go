package vault

import (
	"errors"
	"strings"
	"sync"
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// vfsName is what a database's URI names; ringParameter beside it gives the
// number of the ring.
const (
	vfsName       = "solidaren-sealed"
	ringParameter = "ring"
)

// base is what the sealed VFS stands on: the system's own.
var base struct {
	vfs      uintptr // sqlite3_vfs
	headSize uintptr // bytes before the system's sqlite3_file in ours
	sealed   uintptr // io_methods of databases and logs
	memory   uintptr // io_methods of what stays in memory
	ringName uintptr // ringParameter as a C string
}

// file is the head of our sqlite3_file; the system's file follows it.
type file struct {
	methods uintptr
	handle  uintptr
}

// registerVFS makes the sealed VFS known to SQLite, once.
var registerVFS = sync.OnceValue(func() error {
	tls := libc.NewTLS()
	defer tls.Close()
	if code := lib.Xsqlite3_initialize(tls); code != lib.SQLITE_OK {
		return errors.New("vault: SQLite does not start")
	}
	base.vfs = lib.Xsqlite3_vfs_find(tls, 0)
	if base.vfs == 0 {
		return errors.New("vault: SQLite knows no file system")
	}
	base.headSize = (unsafe.Sizeof(file{}) + 15) &^ 15
	base.sealed, base.memory = methodTables(tls)
	var name uintptr
	var err, err2 error
	name, err = libc.CString(vfsName)
	base.ringName, err2 = libc.CString(ringParameter)
	own := lib.Xsqlite3_malloc(tls, int32(unsafe.Sizeof(lib.Tsqlite3_vfs{})))
	if err != nil || err2 != nil || own == 0 || base.sealed == 0 || base.memory == 0 {
		return errors.New("vault: no memory for the sealed file system")
	}
	v := at[lib.Tsqlite3_vfs](own)
	*v = *at[lib.Tsqlite3_vfs](base.vfs)
	v.FpNext, v.FzName = 0, name
	v.FszOsFile += int32(base.headSize)
	v.FxOpen = pointer(vfsOpen)
	v.FxDelete = pointer(vfsDelete)
	v.FxAccess = pointer(vfsAccess)
	if code := lib.Xsqlite3_vfs_register(tls, own, 0); code != lib.SQLITE_OK {
		return errors.New("vault: SQLite does not take the sealed file system")
	}
	return nil
})

// at reads a C address as a Go pointer. The memory is SQLite's or libc's, never
// the garbage collector's.
func at[T any](address uintptr) *T { return *(**T)(unsafe.Pointer(&address)) }

// bytesAt is n bytes of C memory.
func bytesAt(address uintptr, n int32) []byte { return unsafe.Slice(at[byte](address), n) }

// pointer makes a C function pointer of a function that captures nothing, as
// the generated code of SQLite expects it.
func pointer[F any](f F) uintptr { return *(*uintptr)(unsafe.Pointer(&f)) }

// call makes a function of a C function pointer.
func call[F any](address uintptr) F { return *(*F)(unsafe.Pointer(&address)) }

func systemFile(f uintptr) uintptr { return f + base.headSize }

// Functions of the system's file system that ours passes calls on to.
type (
	openFunc   = func(tls *libc.TLS, vfs, name, f uintptr, flags int32, outFlags uintptr) int32
	deleteFunc = func(tls *libc.TLS, vfs, name uintptr, syncDir int32) int32
	accessFunc = func(tls *libc.TLS, vfs, name uintptr, flags int32, out uintptr) int32
)

// kept are the files that stay in memory; refused those that SQLite has no
// reason to ask for.
const (
	kept    = lib.SQLITE_OPEN_TEMP_DB | lib.SQLITE_OPEN_TRANSIENT_DB | lib.SQLITE_OPEN_TEMP_JOURNAL | lib.SQLITE_OPEN_SUBJOURNAL | lib.SQLITE_OPEN_MAIN_JOURNAL
	refused = lib.SQLITE_OPEN_SUPER_JOURNAL
)

func vfsOpen(tls *libc.TLS, _, name, f uintptr, flags int32, outFlags uintptr) int32 {
	head := at[file](f)
	head.methods = 0
	if flags&refused != 0 {
		return lib.SQLITE_CANTOPEN
	}
	if flags&kept == 0 {
		return openSealed(tls, name, f, flags, outFlags)
	}
	if flags&lib.SQLITE_OPEN_MAIN_JOURNAL != 0 && !mayJournal(tls, name) {
		return lib.SQLITE_CANTOPEN
	}
	head.methods, head.handle = base.memory, handles.add(&memoryFile{})
	if outFlags != 0 {
		*at[int32](outFlags) = flags
	}
	return lib.SQLITE_OK
}

// mayJournal reports whether a database may have a rollback journal. The
// journal is in memory, so it protects from nothing: only a file that is being
// made may have one.
func mayJournal(tls *libc.TLS, name uintptr) bool {
	database := lib.Xsqlite3_database_file_object(tls, name)
	main, ok := handles.get(at[file](database).handle).(*sealedFile)
	if !ok {
		return false
	}
	size, code := main.length()
	return code == lib.SQLITE_OK && (size <= pageBytes || main.ring.making)
}

// openSealed opens a database or its log. A database that is missing, or
// shorter than a page, is refused, unless it is being made: SQLite would take
// it for a new one and throw its log away.
func openSealed(tls *libc.TLS, name, f uintptr, flags int32, outFlags uintptr) int32 {
	if name == 0 {
		return lib.SQLITE_CANTOPEN
	}
	found, ok := rings.Load(lib.Xsqlite3_uri_int64(tls, name, base.ringName, 0))
	if !ok {
		return lib.SQLITE_CANTOPEN
	}
	r := found.(*ring)
	isWAL := flags&lib.SQLITE_OPEN_WAL != 0
	if !isWAL && !r.making {
		flags &^= lib.SQLITE_OPEN_CREATE
	}
	system := systemFile(f)
	open := call[openFunc](at[lib.Tsqlite3_vfs](base.vfs).FxOpen)
	if code := open(tls, base.vfs, name, system, flags, outFlags); code != lib.SQLITE_OK {
		return code
	}
	disk := newSystemDisk(tls, system)
	if disk == nil {
		call[closeFunc](at[lib.Tsqlite3_io_methods](at[lib.Tsqlite3_file](system).FpMethods).FxClose)(tls, system)
		return lib.SQLITE_NOMEM
	}
	var own *sealedFile
	if isWAL {
		own = newWALFile(r, disk)
	} else {
		own = newMainFile(r, disk)
	}
	if size, code := own.length(); !isWAL && !r.making && (code != lib.SQLITE_OK || size == 0) {
		disk.close()
		return lib.SQLITE_NOTADB
	}
	head := at[file](f)
	head.methods, head.handle = base.sealed, handles.add(own)
	return lib.SQLITE_OK
}

// vfsDelete deletes a file. A journal that was kept in memory is gone already.
func vfsDelete(tls *libc.TLS, _, name uintptr, syncDir int32) int32 {
	code := call[deleteFunc](at[lib.Tsqlite3_vfs](base.vfs).FxDelete)(tls, base.vfs, name, syncDir)
	if code == lib.SQLITE_IOERR_DELETE_NOENT {
		return lib.SQLITE_OK
	}
	return code
}

// vfsAccess looks for a file. There is never a rollback journal on disk: one
// that lies there was put there.
func vfsAccess(tls *libc.TLS, _, name uintptr, flags int32, out uintptr) int32 {
	if strings.HasSuffix(libc.GoString(name), "-journal") {
		*at[int32](out) = 0
		return lib.SQLITE_OK
	}
	return call[accessFunc](at[lib.Tsqlite3_vfs](base.vfs).FxAccess)(tls, base.vfs, name, flags, out)
}
