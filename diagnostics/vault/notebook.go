package vault

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"solidaren/diagnostics"
)

// Files of the notebook in a vault's folder. A notebook is made, sealed anew or
// converted beside the one in use; saving the key file is the moment at which
// the new one counts, and only then it takes the place. Whatever moment the
// program is killed at, the next opening finds a key file and the database that
// belongs to it.
const (
	notebookFile = "notebook.db"
	nextSuffix   = ".next"  // a database that waits to take the place
	plainSuffix  = ".plain" // one of the former, unsealed shape, to be overwritten
	walSuffix    = "-wal"
)

// notebook says how the notebook's database is opened. Whoever gets it clears
// the key.
func (v *Vault) notebook() DBOptions {
	return DBOptions{
		Path: v.notebookPath(), Exclusive: true,
		Key: v.Subkey("notebook"), FileID: v.id,
	}
}

func (v *Vault) notebookPath() string { return filepath.Join(v.Dir(), notebookFile) }

// next says the same of the database that waits to take the place.
func (v *Vault) next() DBOptions {
	o := v.notebook()
	o.Path += nextSuffix
	return o
}

// OpenDB opens the notebook's database. It is made with the vault, and never
// again: one that is missing, emptied or changed is an error. Errors: conflict
// (open in another program), corrupt, internal.
func (v *Vault) OpenDB(ctx context.Context) (*sql.DB, error) {
	o := v.notebook()
	defer clear(o.Key)
	db, err := OpenDB(ctx, o)
	if diagnostics.Code(err) == diagnostics.CodeCorrupt && v.hasNext(ctx) {
		// The program was killed between saving the key file and the change of place.
		if err := takePlace(o.Path); err != nil {
			return nil, folderError("vault.OpenDB", err)
		}
		db, err = OpenDB(ctx, o)
	}
	if err != nil {
		return nil, err
	}
	if err := clearAway(o.Path); err != nil {
		return nil, errors.Join(folderError("vault.OpenDB", err), db.Close())
	}
	return db, nil
}

// hasNext reports whether a database of this vault's present key waits to take
// the place. The one in use is not open anywhere: it is of another key, plain,
// or missing.
func (v *Vault) hasNext(ctx context.Context) bool {
	o := v.next()
	defer clear(o.Key)
	o.whole, o.Exclusive = true, false
	db, err := OpenDB(ctx, o)
	if err != nil {
		return false
	}
	return db.Close() == nil
}

// makeNotebook makes an empty database that waits to take the place.
func (v *Vault) makeNotebook(ctx context.Context) error {
	o := v.next()
	defer clear(o.Key)
	o.Create = true
	if err := removeDB(o.Path); err != nil {
		return folderError("vault.Create", err)
	}
	db, err := OpenDB(ctx, o)
	if err != nil {
		return err
	}
	if err := db.Close(); err != nil {
		return DBError("vault.Create", err)
	}
	return flush(o.Path)
}

// takePlace puts the database that waits in the place of the one in use, which
// nobody has open. A plain one is kept apart until it is overwritten.
func takePlace(path string) error {
	for _, name := range []string{path, path + walSuffix} {
		plain, err := isPlain(name)
		if err == nil && plain {
			err = os.Rename(name, path+plainSuffix+name[len(path):])
		}
		if err != nil {
			return err
		}
	}
	if err := remove(path + walSuffix); err != nil { // of the former key
		return err
	}
	atStep("apart")
	err := os.Rename(path+nextSuffix, path)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil // another program did it
	}
	return errors.Join(err, syncDir(filepath.Dir(path)))
}

// clearAway removes what an opened notebook no longer needs: a copy that was
// not finished, and the plain database that it stands in the place of.
func clearAway(path string) error {
	err := removeDB(path + nextSuffix)
	for _, name := range []string{path + plainSuffix, path + plainSuffix + walSuffix} {
		err = errors.Join(err, shred(name))
	}
	return err
}

// isPlain reports whether a file begins as SQLite's databases and logs do.
func isPlain(path string) (bool, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	var head [16]byte
	n, err := io.ReadFull(f, head[:])
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false, err
	}
	return plainHead(head[:n]), nil
}

func plainHead(head []byte) bool {
	return bytes.HasPrefix(head, []byte("SQLite format 3\x00")) || bytes.HasPrefix(head, []byte{0x37, 0x7f, 0x06, 0x82}) ||
		bytes.HasPrefix(head, []byte{0x37, 0x7f, 0x06, 0x83})
}

// shred overwrites a file and removes it. A disk that writes elsewhere (SSD,
// copy on write) may keep the old blocks: the threat model says so.
func shred(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	size, err := f.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err == nil {
		_, err = io.CopyN(f, rand.Reader, size)
	}
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	atStep("overwritten")
	return remove(path)
}

// remove removes a file that may not be there.
func remove(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// removeDB removes a database that nobody has open, and its log.
func removeDB(path string) error { return errors.Join(remove(path+walSuffix), remove(path)) }

// flush makes a file and its name durable.
func flush(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close(), syncDir(filepath.Dir(path)))
}

// atStep is where a test kills the program.
var atStep = func(string) {}
