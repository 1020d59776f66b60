package vault

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"solidaren/diagnostics"
)

// Rotate gives the vault another data key and seals its database anew: an old
// copy of the key file, with the passphrase or the sheet of that time, opens
// nothing of what is written from now on. It gives the vault under its new key,
// and a new recovery code; the one before is worth nothing. The notebook must be
// closed, its typing journal and its capture taken up. progress, if not nil,
// hears about ten times a second how many bytes were written of how many. Ended at
// whatever moment, the program finds the whole notebook under the one key or the
// other. Errors: as Open, conflict (the notebook is open, or something typed
// waits to be taken up), too_large (the disk is full), corrupt, internal; the
// vault is then as it was.
func (f Folder) Rotate(ctx context.Context, passphrase string, progress func(written, whole int64)) (*Vault, string, error) {
	old, err := f.Open(passphrase)
	if err != nil {
		return nil, "", err
	}
	defer old.Close()
	db, err := old.OpenDB(ctx)
	if err != nil {
		return nil, "", err
	}
	if err := old.takenUp(); err != nil {
		return nil, "", errors.Join(err, db.Close())
	}
	next := &Vault{folder: f, id: old.id, key: random(keyBytes)}
	file, before, code, err := next.newSlots(passphrase)
	if err != nil {
		return nil, "", errors.Join(err, db.Close())
	}
	stop := watchCopy(next, progress)
	gone := file.Slots // slots that open nothing in the end
	err = reseal(ctx, db, next, func() error {
		// What was offered for recording belongs to the key before.
		if err := remove(filepath.Join(f.Dir, captureKitName)); err != nil {
			return folderError("vault.Rotate", err)
		}
		if err := file.save(f.Dir); err != nil {
			return folderError("vault.Rotate", err)
		}
		gone = before
		return nil
	})
	stop()
	for _, s := range gone {
		f.forgetPepper(s)
	}
	if err != nil {
		next.Close()
		return nil, "", err
	}
	return next, code, nil
}

// newSlots wraps the new data key under the passphrase and a new recovery code,
// and gives the slots before.
func (v *Vault) newSlots(passphrase string) (file keyFile, before []slot, code string, err error) {
	if file, err = loadKeyFile(v.Dir()); err != nil {
		return file, nil, "", err
	}
	before, file.Slots = file.Slots, nil
	s := newSlot(slotPassphrase, calibratedKDF(v.folder.Pace, measured))
	var pepper []byte
	for _, old := range before {
		s.Pepper = s.Pepper || old.Kind == slotPassphrase && old.Pepper
	}
	if s.Pepper {
		if pepper, err = v.folder.newPepper(s); err != nil {
			return file, nil, "", err
		}
	}
	if err := s.wrap(file, normalize(passphrase), pepper, v.key); err != nil {
		return file, nil, "", err
	}
	code = newRecoveryCode()
	r := recoverySlot(code)
	if err := r.wrap(file, code, nil, v.key); err != nil {
		return file, nil, "", err
	}
	return file.with(s).with(r), before, code, nil
}

// takenUp refuses a vault in which something typed still waits under the old
// key.
func (v *Vault) takenUp() error {
	journal, entries, err := v.OpenJournal()
	if err != nil {
		return err
	}
	if err := journal.Close(); err != nil {
		return err
	}
	if len(entries) == 0 && CountCaptured(v.Dir()) == 0 {
		return nil
	}
	return diagnostics.E("vault.Rotate", diagnostics.CodeConflict,
		"Une saisie attend encore. Ouvrez le carnet une fois, puis recommencez.",
		"Something typed still waits. Open the notebook once, then try again.", nil)
}

// watchCopy tells how much of the new database is written.
func watchCopy(next *Vault, progress func(written, whole int64)) (stop func()) {
	if progress == nil {
		return func() {}
	}
	size := func(path string) int64 {
		info, err := os.Stat(path)
		if err != nil {
			return 0
		}
		return info.Size()
	}
	whole := size(next.notebookPath())
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				progress(min(size(next.notebookPath()+nextSuffix), whole), whole)
			}
		}
	}()
	return func() {
		close(done)
		<-ended
		progress(whole, whole)
	}
}
