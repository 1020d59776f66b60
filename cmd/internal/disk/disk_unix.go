//go:build unix

package disk

import "golang.org/x/sys/unix"

// Free gives the bytes that a program may still write where a folder is.
func Free(dir string) (int64, error) {
	var stat unix.Statfs_t
	if err := unix.Statfs(dir, &stat); err != nil {
		return 0, err
	}
	return int64(stat.Bavail) * int64(stat.Bsize), nil
}
