package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"solidaren/cmd/internal/disk"
	"solidaren/ui/model"
)

// machine measures the computer: the disk that a notebook is on, the notebook's
// own files, and what the runtime wrote into the program's folder when the
// program broke.
func machine(folder, notebook string) *model.Machine {
	return &model.Machine{
		Free: func() (int64, error) { return disk.Free(notebook) },
		Used: func() (int64, error) { return filesIn(notebook) },
		Crashes: func() []string {
			content, err := os.ReadFile(filepath.Join(folder, crashName))
			if err != nil {
				return nil
			}
			return strings.Split(string(content), "\n")
		},
	}
}

// filesIn adds up the files of a folder; those of other notebooks, in folders of
// their own, are left out.
func filesIn(dir string) (int64, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return 0, err
	}
	var total int64
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && info.Mode().Type() == fs.FileMode(0) {
			total += info.Size()
		}
	}
	return total, nil
}
