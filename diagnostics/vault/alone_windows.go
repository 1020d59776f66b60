package vault

import (
	"errors"
	"os"
	"syscall"
)

// removesOpen: a file that is open cannot be removed.
const removesOpen = false

// errorSharing is ERROR_SHARING_VIOLATION: somebody else has the file open.
const errorSharing = syscall.Errno(32)

// openAlone opens a file that no other program has open. Errors: errCapturing,
// and those of os.OpenFile.
func openAlone(path string, flag int) (*os.File, error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, &os.PathError{Op: "open", Path: path, Err: err}
	}
	mode := uint32(syscall.OPEN_EXISTING)
	if flag&os.O_CREATE != 0 {
		mode = syscall.OPEN_ALWAYS
	}
	const share = 0 // nobody else
	handle, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, share, nil, mode, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	switch {
	case errors.Is(err, errorSharing):
		return nil, errCapturing
	case err != nil:
		return nil, &os.PathError{Op: "open", Path: path, Err: err}
	}
	return os.NewFile(uintptr(handle), path), nil
}
