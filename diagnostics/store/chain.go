package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

const (
	saltBytes   = 16
	anchorBytes = 16      // of a hash, as the server keeps it
	recentOps   = 2 * 200 // operations that every opening verifies
)

// commitment is what a chain keeps of a payload: a hash of the payload and a
// random salt. Once the salt is gone nobody can try out what the payload was,
// however few words it had.
func commitment(salt, payload []byte) []byte {
	h := sha256.New()
	h.Write(salt)
	h.Write(payload)
	return h.Sum(nil)
}

func newSalt() []byte {
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never fails
	return salt
}

// link gives the hash of the n-th link of a chain: it covers the hash before
// it, the number, and each part with its length.
func link(before []byte, n int64, parts ...[]byte) []byte {
	h := sha256.New()
	h.Write(before)
	var number [8]byte
	write := func(v uint64) {
		binary.BigEndian.PutUint64(number[:], v)
		h.Write(number[:])
	}
	write(uint64(n))
	for _, part := range parts {
		write(uint64(len(part)))
		h.Write(part)
	}
	return h.Sum(nil)
}

// chained is an operation as the chain sees it.
type chained struct {
	n                     int64
	id                    string
	body, salt, sum, hash []byte
}

const sqlChained = "SELECT n, id, body, salt, sum, hash FROM ops WHERE n > ? ORDER BY n LIMIT ?"

func scanChained(rows *sql.Rows) (c chained, err error) {
	return c, rows.Scan(&c.n, &c.id, &c.body, &c.salt, &c.sum, &c.hash)
}

// fits reports whether an operation is the one that follows a link.
func (c chained) fits(n int64, before []byte) bool {
	if c.n != n+1 || !bytes.Equal(c.hash, link(before, c.n, []byte(c.id), c.sum)) {
		return false
	}
	if c.salt != nil {
		return bytes.Equal(c.sum, commitment(c.salt, c.body))
	}
	var op wire.Op
	return json.Unmarshal(c.body, &op) == nil && op.Set == nil // erased: nothing may have taken its place
}

// VerifyOps reads the whole log of operations and checks that each is the one
// that was written, in its place. done, if set, hears how many are verified.
// Errors: corrupt (one was changed, taken out or put in), internal.
func (n *Notebook) VerifyOps(ctx context.Context, done func(int64)) error {
	begun, err := collect(ctx, n.db, scanInt, "SELECT begun FROM progress")
	if err != nil {
		return err
	}
	return n.verifyOps(ctx, begun[0], done)
}

// verifyOps checks the operations behind a number.
func (n *Notebook) verifyOps(ctx context.Context, after int64, done func(int64)) error {
	before, err := n.hashOf(ctx, after)
	if err != nil {
		return err
	}
	for {
		page, err := collect(ctx, n.db, scanChained, sqlChained, after, pageRows)
		if err != nil {
			return err
		}
		for _, c := range page {
			if !c.fits(after, before) {
				return altered("store.VerifyOps")
			}
			after, before = c.n, c.hash
		}
		if done != nil {
			done(after)
		}
		if len(page) < pageRows {
			return nil
		}
	}
}

// verifyRecent checks the last operations, and that the server has none that
// this notebook does not: what it costs does not grow with the log.
func (n *Notebook) verifyRecent(ctx context.Context) error {
	p, err := readProgress(ctx, n.db)
	if err != nil {
		return err
	}
	if p.acked > p.last {
		return altered("store.Open")
	}
	if p.hash == nil {
		return nil // no operation yet, or none since the rescue
	}
	begun, err := collect(ctx, n.db, scanInt, "SELECT begun FROM progress")
	if err != nil {
		return err
	}
	return n.verifyOps(ctx, max(begun[0], p.last-recentOps), nil)
}

const sqlHashOf = "SELECT hash FROM ops WHERE n = ?"

// hashOf gives the hash of an operation, nil if it is not in the log.
func (n *Notebook) hashOf(ctx context.Context, number int64) ([]byte, error) {
	read, err := collect(ctx, n.db, scanBytes, sqlHashOf, number)
	if err != nil || len(read) == 0 {
		return nil, err
	}
	return read[0], nil
}

func scanBytes(rows *sql.Rows) (b []byte, err error) { return b, rows.Scan(&b) }

// Anchor is what the server keeps of the log up to an operation, and gives back
// with its number: a log that was put back or went another way since gives
// another one. "" for a number that the log does not hold.
func (n *Notebook) Anchor(ctx context.Context, number int64) (string, error) {
	hash, err := n.hashOf(ctx, number)
	return anchor(hash), err
}

func anchor(hash []byte) string {
	if len(hash) < anchorBytes {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(hash[:anchorBytes])
}

// chainOld links the operations that an older program wrote without a chain. It
// goes on where it was interrupted. Errors: corrupt (a damaged log, of which
// nothing more is linked).
func (n *Notebook) chainOld(ctx context.Context) error {
	linked := int64(0)
	for more := true; more; {
		more = false
		err := n.write(ctx, "store.Open", func(t *tx) error {
			if len(t.hash) > 0 {
				return nil // the last one is linked, so all are
			}
			there, err := collect(ctx, t, scanInt, "SELECT n FROM ops LIMIT 1")
			if err != nil || len(there) == 0 {
				return err
			}
			upTo, err := t.chainPage(ctx)
			if err == nil && upTo <= linked {
				err = altered("store.Open")
			}
			more, linked = true, upTo
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// chainPage links some operations and gives the number of the last one that is.
func (t *tx) chainPage(ctx context.Context) (upTo int64, err error) {
	before, err := collect(ctx, t, scanChained, "SELECT n, id, body, salt, sum, hash FROM ops WHERE hash <> x'' ORDER BY n DESC LIMIT 1")
	if err != nil {
		return 0, err
	}
	var last chained
	if len(before) > 0 {
		last = before[0]
	}
	page, err := collect(ctx, t, scanChained, sqlChained, last.n, pageRows)
	if err != nil {
		return 0, err
	}
	for _, c := range page {
		c.salt = newSalt()
		c.sum = commitment(c.salt, c.body)
		c.hash = link(last.hash, c.n, []byte(c.id), c.sum)
		if _, err := t.exec(ctx, "UPDATE ops SET salt = ?, sum = ?, hash = ? WHERE n = ?", c.salt, c.sum, c.hash, c.n); err != nil {
			return 0, err
		}
		last = c
	}
	return last.n, nil
}

// altered is the error of a chain that does not hold.
func altered(op string) error {
	return diagnostics.E(op, diagnostics.CodeCorrupt,
		"Le carnet a été modifié hors de l'application. Rien n'a été effacé. Prévenez la coordination.",
		"The notebook was changed outside the app. Nothing was erased. Tell the coordinator.", nil)
}
