package disk_test

import (
	"path/filepath"
	"testing"

	"solidaren/cmd/internal/disk"
)

func TestFree(t *testing.T) {
	dir := t.TempDir()
	if free, err := disk.Free(dir); err != nil || free <= 0 {
		t.Errorf("%d bytes free, %v", free, err)
	}
	if _, err := disk.Free(filepath.Join(dir, "nowhere")); err == nil {
		t.Error("a folder that is not there has room")
	}
}
