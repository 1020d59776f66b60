//go:build !windows

package vault

import (
	"errors"
	"os"
	"syscall"
)

// removesOpen: a file can be removed while it is open.
const removesOpen = true

// openAlone opens a file that no other program has open by this function.
// Errors: errCapturing, and those of os.OpenFile.
func openAlone(path string, flag int) (*os.File, error) {
	file, err := os.OpenFile(path, flag, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) //nolint:gosec // a descriptor
	if err == nil && !still(file, path) {
		err = errCapturing // removed by whoever held it a moment ago
	}
	if err == nil {
		return file, nil
	}
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = errCapturing
	}
	return nil, errors.Join(err, file.Close())
}

// still reports whether a file is the one of its path.
func still(file *os.File, path string) bool {
	a, err1 := file.Stat()
	b, err2 := os.Stat(path)
	return err1 == nil && err2 == nil && os.SameFile(a, b)
}
