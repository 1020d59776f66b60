package store

import (
	"context"
	"strconv"
	"time"

	"solidaren/diagnostics/vault"
)

// settingChecked keeps when the notebook was last checked whole, in Unix
// seconds.
const settingChecked = "store.checked"

// checkEvery is how often the notebook is checked whole.
const checkEvery = 7 * 24 * time.Hour

// CheckDue reports whether a week has gone since the notebook was last found
// whole. A new notebook is due after its first week.
func (n *Notebook) CheckDue(ctx context.Context) (bool, error) {
	kept, err := n.Setting(ctx, settingChecked)
	if err != nil {
		return false, err
	}
	if kept == "" {
		return false, n.SetSettings(ctx, map[string]string{settingChecked: unixText(n.clock())})
	}
	seconds, err := strconv.ParseInt(kept, 10, 64)
	return err != nil || n.clock().Sub(time.Unix(seconds, 0)) >= checkEvery, nil
}

// CheckedAt tells when the notebook was last found whole; a new one counts as
// that. Errors: internal.
func (n *Notebook) CheckedAt(ctx context.Context) (time.Time, error) {
	kept, err := n.Setting(ctx, settingChecked)
	seconds, bad := strconv.ParseInt(kept, 10, 64)
	if err != nil || bad != nil {
		return time.Time{}, err
	}
	return time.Unix(seconds, 0), nil
}

// Check reads the whole notebook: every page and table of its file, both chains.
// It takes turns with other work. progress, which may be nil, hears how much of
// the file is done. Errors: corrupt (the sentence says what to do), internal.
func (n *Notebook) Check(ctx context.Context, progress func(done, total int64)) error {
	if _, err := vault.VerifyDB(ctx, n.db, progress); err != nil {
		return err
	}
	if err := n.VerifyOps(ctx, nil); err != nil {
		return err
	}
	if err := n.VerifyAccesses(ctx); err != nil {
		return err
	}
	return n.SetSettings(ctx, map[string]string{settingChecked: unixText(n.clock())})
}
