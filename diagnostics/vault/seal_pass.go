package vault

import (
	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// What SQLite calls on a sealed file: its content goes through the sealedFile,
// the rest to the system's file. f is the address of our sqlite3_file.

func sealedOf(f uintptr) *sealedFile { return handles.get(at[file](f).handle).(*sealedFile) }

// system gives the system's file under ours, and its methods.
func system(f uintptr) (uintptr, *lib.Tsqlite3_io_methods) {
	s := systemFile(f)
	return s, at[lib.Tsqlite3_io_methods](at[lib.Tsqlite3_file](s).FpMethods)
}

func sealedClose(_ *libc.TLS, f uintptr) int32 {
	disk := sealedOf(f).disk.(*systemDisk)
	handles.drop(at[file](f).handle)
	return disk.close()
}

func sealedRead(_ *libc.TLS, f, p uintptr, n int32, off int64) int32 {
	return sealedOf(f).read(bytesAt(p, n), off)
}

func sealedWrite(_ *libc.TLS, f, p uintptr, n int32, off int64) int32 {
	return sealedOf(f).write(bytesAt(p, n), off)
}

func sealedTruncate(_ *libc.TLS, f uintptr, size int64) int32 { return sealedOf(f).truncate(size) }

func sealedSize(_ *libc.TLS, f, out uintptr) int32 {
	size, code := sealedOf(f).length()
	*at[int64](out) = size
	return code
}

// controls are the file controls that the system's file may answer: those that
// tell no size and change no content.
var controls = map[int32]bool{
	lib.SQLITE_FCNTL_LOCKSTATE: true, lib.SQLITE_FCNTL_LAST_ERRNO: true, lib.SQLITE_FCNTL_PERSIST_WAL: true,
	lib.SQLITE_FCNTL_HAS_MOVED: true, lib.SQLITE_FCNTL_WIN32_AV_RETRY: true, lib.SQLITE_FCNTL_LOCK_TIMEOUT: true,
	lib.SQLITE_FCNTL_EXTERNAL_READER: true,
}

func sealedControl(tls *libc.TLS, f uintptr, op int32, arg uintptr) int32 {
	if !controls[op] {
		return lib.SQLITE_NOTFOUND
	}
	s, m := system(f)
	return call[opFunc](m.FxFileControl)(tls, s, op, arg)
}

// sealedDevice claims that what is not written to is not changed by a power
// cut, whatever the system's file says: without it SQLite would pad its log to
// sectors, and write pieces that are no units. It claims nothing else about
// writes, whose sizes on disk are not SQLite's.
func sealedDevice(tls *libc.TLS, f uintptr) int32 {
	s, m := system(f)
	device := call[closeFunc](m.FxDeviceCharacteristics)(tls, s)
	return device&lib.SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN | lib.SQLITE_IOCAP_POWERSAFE_OVERWRITE
}

func passSync(tls *libc.TLS, f uintptr, flags int32) int32 {
	s, m := system(f)
	return call[intFunc](m.FxSync)(tls, s, flags)
}

func passLock(tls *libc.TLS, f uintptr, level int32) int32 {
	s, m := system(f)
	return call[intFunc](m.FxLock)(tls, s, level)
}

func passUnlock(tls *libc.TLS, f uintptr, level int32) int32 {
	s, m := system(f)
	return call[intFunc](m.FxUnlock)(tls, s, level)
}

func passReserved(tls *libc.TLS, f, out uintptr) int32 {
	s, m := system(f)
	return call[outFunc](m.FxCheckReservedLock)(tls, s, out)
}

func passSector(tls *libc.TLS, f uintptr) int32 {
	s, m := system(f)
	return call[closeFunc](m.FxSectorSize)(tls, s)
}

func passShmMap(tls *libc.TLS, f uintptr, page, size, extend int32, out uintptr) int32 {
	s, m := system(f)
	return call[mapFunc](m.FxShmMap)(tls, s, page, size, extend, out)
}

func passShmLock(tls *libc.TLS, f uintptr, offset, n, flags int32) int32 {
	s, m := system(f)
	return call[lockFunc](m.FxShmLock)(tls, s, offset, n, flags)
}

func passShmBarrier(tls *libc.TLS, f uintptr) {
	s, m := system(f)
	call[voidFunc](m.FxShmBarrier)(tls, s)
}

func passShmUnmap(tls *libc.TLS, f uintptr, remove int32) int32 {
	s, m := system(f)
	return call[intFunc](m.FxShmUnmap)(tls, s, remove)
}

// What SQLite calls on a file that stays in memory.

func memoryOf(f uintptr) *memoryFile { return handles.get(at[file](f).handle).(*memoryFile) }

func memoryClose(_ *libc.TLS, f uintptr) int32 {
	m := memoryOf(f)
	clear(m.data)
	m.data = nil
	handles.drop(at[file](f).handle)
	return lib.SQLITE_OK
}

func memoryRead(_ *libc.TLS, f, p uintptr, n int32, off int64) int32 {
	return memoryOf(f).readAt(bytesAt(p, n), off)
}

func memoryWrite(_ *libc.TLS, f, p uintptr, n int32, off int64) int32 {
	return memoryOf(f).writeAt(bytesAt(p, n), off)
}

func memoryTruncate(_ *libc.TLS, f uintptr, size int64) int32 { return memoryOf(f).truncate(size) }

func memorySize(_ *libc.TLS, f, out uintptr) int32 {
	size, code := memoryOf(f).size()
	*at[int64](out) = size
	return code
}

func memoryControl(*libc.TLS, uintptr, int32, uintptr) int32 { return lib.SQLITE_NOTFOUND }

func memoryInt(*libc.TLS, uintptr, int32) int32 { return lib.SQLITE_OK }

func memoryNone(*libc.TLS, uintptr) int32 { return 0 }

func memoryReserved(_ *libc.TLS, _, out uintptr) int32 {
	*at[int32](out) = 0
	return lib.SQLITE_OK
}
