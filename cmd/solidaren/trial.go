package main

import (
	"context"
	"path/filepath"
	"time"

	"solidaren/cmd/internal/notebook"
	"solidaren/ui/model"
)

// trial is the demo beside the notebooks of this computer.
type trial struct {
	notebook.Trial
	folder *folder
}

var _ model.Trial = trial{}

func newTrial(f *folder) trial {
	dir := f.dir + "-demo" // beside a notebook that has a folder of its own
	if f.shelf {
		dir = filepath.Join(f.dir, "demo")
	}
	return trial{notebook.Trial{Dir: dir, Clock: time.Now}, f}
}

// Open opens the demo, and makes it first where there is none.
func (t trial) Open(ctx context.Context, progress func(written, planned int)) (*model.Desk, error) {
	opened, err := t.Trial.Open(ctx, progress)
	desk, err := t.folder.desk(opened, err)
	if err == nil {
		desk.Keys = nil // it has no secret to keep, and nothing to recover
	}
	return desk, err
}
