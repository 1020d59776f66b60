package model

import (
	"context"
	"os"
)

// readFile reads a file, and gives up when ctx ends: a stick or a share on a
// network may never answer, and then the reading is left alone.
func readFile(ctx context.Context, path string) ([]byte, error) {
	type read struct {
		content []byte
		err     error
	}
	done := make(chan read, 1)
	go func() {
		content, err := os.ReadFile(path)
		done <- read{content, err}
	}()
	select {
	case r := <-done:
		return r.content, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
