//go:build unix

package nodump_test

import (
	"syscall"
	"testing"

	"solidaren/cmd/internal/nodump"
)

func TestSet(t *testing.T) {
	nodump.Set()
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_CORE, &limit); err != nil || limit.Cur != 0 || limit.Max != 0 {
		t.Errorf("core dumps of %d bytes are allowed, of %d at most (%v)", limit.Cur, limit.Max, err)
	}
}
