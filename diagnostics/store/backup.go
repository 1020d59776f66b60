package store

import (
	"context"

	"solidaren/diagnostics/vault"
)

// Backup writes the notebook, sealed as it is, into a new folder of dir, and
// reads it back. Errors: forbidden (the folder cannot be written), too_large (no
// room), corrupt (what was read back is not what was written), internal; nothing
// that looks like a backup is left then.
func (n *Notebook) Backup(ctx context.Context, dir string) (vault.Backup, error) {
	return n.vault.Backup(ctx, n.db, dir, n.clock())
}

// Verify reads the whole notebook: every unit of the file is authentic, its
// structure is whole, and each operation is the one that was written, in its
// place. progress, which may be nil, is told how much of the whole is done. The
// notebook can be used meanwhile. Errors: corrupt, internal.
func (n *Notebook) Verify(ctx context.Context, progress func(done, total int64)) (vault.Verified, error) {
	v, err := vault.VerifyDB(ctx, n.db, progress)
	if err == nil {
		err = n.VerifyOps(ctx, nil)
	}
	return v, err
}
