package vault

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/crypto/chacha20poly1305"
)

// Journal is the typing journal: an append-only file of sealed entries, each
// chained to the one before. What was appended outlives the program's end, what
// was synced outlives the computer's. A tail that a crash tore, or that anyone
// cut or changed, is the journal's end and never an error. Its methods may be
// called from several goroutines.
//
// The file is 32 random bytes, then entries: length (4 bytes), nonce (24),
// sealed content padded to a multiple of 64 bytes, so that lengths tell little
// of what was typed. The key is the vault's, mixed with the random bytes; what
// an entry vouches for beside its content is its number, its length and the
// tag of the entry before.
type Journal struct {
	syncing sync.Mutex // held while the disk is waited for

	mu     sync.Mutex
	file   journalFile
	key    []byte      // the vault's, for journals
	aead   cipher.AEAD // nil: the file was cut and has no beginning yet
	end    int64       // of the last whole entry
	count  uint64      // entries
	chain  []byte      // tag of the last entry; the random bytes before the first
	dirty  bool        // appended and not synced yet
	closed bool
}

// journalFile is an *os.File; tests put one that fails in its place.
type journalFile interface {
	io.ReaderAt
	io.WriterAt
	Truncate(size int64) error
	Sync() error
	Close() error
}

const (
	journalFileName = "typing.journal"
	journalSalt     = 32
	journalPad      = 64
	journalFrame    = 4 + chacha20poly1305.NonceSizeX
	maxEntry        = 16 << 20 // bytes
)

// OpenJournal opens the vault's journal, and makes it if there is none. It gives
// what was appended and not emptied. The notebook must be open, which keeps
// other programs away. Errors: too_large (the disk is full), forbidden, internal.
func (v *Vault) OpenJournal() (*Journal, [][]byte, error) {
	path := filepath.Join(v.Dir(), journalFileName)
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, nil, fileError("vault.OpenJournal", err)
	}
	j, entries, err := newJournal(file, v.Subkey("journal"))
	if err == nil {
		err = syncDir(v.Dir())
	}
	if err != nil {
		return nil, nil, errors.Join(fileError("vault.OpenJournal", err), file.Close())
	}
	return j, entries, nil
}

func newJournal(file journalFile, key []byte) (*Journal, [][]byte, error) {
	j := &Journal{file: file, key: key}
	entries, err := j.read()
	return j, entries, err
}

// read finds the whole entries, and begins the file where there is none.
func (j *Journal) read() ([][]byte, error) {
	content, err := io.ReadAll(io.NewSectionReader(j.file, 0, 1<<62))
	if err != nil {
		return nil, err
	}
	if len(content) < journalSalt {
		return nil, j.begin()
	}
	if err := j.use(content[:journalSalt]); err != nil {
		return nil, err
	}
	var entries [][]byte
	for {
		sealed, size := cutFrame(content[j.end:])
		if sealed == nil {
			return entries, nil
		}
		plain, err := j.open(sealed)
		if err != nil {
			return entries, nil //nolint:nilerr // a torn tail is the end
		}
		entries = append(entries, plain)
		j.step(sealed, size)
	}
}

// cutFrame gives the next frame without its length, nil if none is whole.
func cutFrame(rest []byte) (sealed []byte, size int64) {
	if len(rest) < 4 {
		return nil, 0
	}
	length := int64(binary.LittleEndian.Uint32(rest))
	if length < journalFrame-4+chacha20poly1305.Overhead || length > maxEntry+2*journalPad || int64(len(rest)) < 4+length {
		return nil, 0
	}
	return rest[4 : 4+length], 4 + length
}

// begin writes the random bytes of an empty journal.
func (j *Journal) begin() error {
	salt := random(journalSalt)
	if err := j.file.Truncate(0); err != nil {
		return err
	}
	j.aead = nil
	if _, err := j.file.WriteAt(salt, 0); err != nil {
		return err
	}
	return j.use(salt)
}

// use makes the key of a file.
func (j *Journal) use(salt []byte) error {
	key, err := hkdf.Key(sha256.New, j.key, salt, "solidaren/journal file", keyBytes)
	if err != nil {
		return err
	}
	defer clear(key)
	if j.aead, err = chacha20poly1305.NewX(key); err != nil {
		return err
	}
	j.end, j.count, j.chain, j.dirty = journalSalt, 0, append([]byte(nil), salt...), false
	return nil
}

// step takes an entry as the last one.
func (j *Journal) step(sealed []byte, size int64) {
	j.end += size
	j.count++
	j.chain = append(j.chain[:0], sealed[len(sealed)-chacha20poly1305.Overhead:]...)
}

func (j *Journal) bound(length int) []byte {
	b := binary.LittleEndian.AppendUint64(nil, j.count)
	b = binary.LittleEndian.AppendUint32(b, uint32(length)) //nolint:gosec // at most maxEntry and its padding
	return append(b, j.chain...)
}

func (j *Journal) open(sealed []byte) ([]byte, error) {
	nonce, body := sealed[:chacha20poly1305.NonceSizeX], sealed[chacha20poly1305.NonceSizeX:]
	padded, err := j.aead.Open(nil, nonce, body, j.bound(len(sealed)))
	if err != nil {
		return nil, err
	}
	return unpad(padded)
}

// pad puts the length before the content and zeros behind it.
func pad(content []byte) []byte {
	size := (4 + len(content) + journalPad - 1) / journalPad * journalPad
	b := make([]byte, size)
	binary.LittleEndian.PutUint32(b, uint32(len(content))) //nolint:gosec // at most maxEntry
	copy(b[4:], content)
	return b
}

func unpad(padded []byte) ([]byte, error) {
	if len(padded) < 4 || int64(binary.LittleEndian.Uint32(padded)) > int64(len(padded)-4) {
		return nil, errors.New("padding of a wrong length")
	}
	return padded[4 : 4+binary.LittleEndian.Uint32(padded)], nil
}

// Append adds an entry. On return it outlives the end of the program. After an
// error nothing was added, and the next one takes its place. Errors: too_large
// (the disk is full, or the entry is over 16 MiB), internal.
func (j *Journal) Append(content []byte) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(content) > maxEntry {
		return tooLarge("vault.Append", nil)
	}
	if j.aead == nil {
		if err := j.begin(); err != nil {
			return fileError("vault.Append", err)
		}
	}
	padded := pad(content)
	length := chacha20poly1305.NonceSizeX + len(padded) + chacha20poly1305.Overhead
	frame := make([]byte, 0, 4+length)
	frame = binary.LittleEndian.AppendUint32(frame, uint32(length)) //nolint:gosec // as above
	frame = append(frame, random(chacha20poly1305.NonceSizeX)...)
	frame = j.aead.Seal(frame, frame[4:], padded, j.bound(length))
	clear(padded)
	if _, err := j.file.WriteAt(frame, j.end); err != nil {
		return fileError("vault.Append", err)
	}
	j.step(frame[4:], int64(len(frame)))
	j.dirty = true
	return nil
}

// Sync makes everything that was appended before it outlive a power cut.
// Appending goes on meanwhile. Errors: too_large, internal.
func (j *Journal) Sync() error {
	j.syncing.Lock()
	defer j.syncing.Unlock()
	j.mu.Lock()
	dirty := j.dirty
	j.dirty = false
	j.mu.Unlock()
	if !dirty {
		return nil
	}
	if err := j.file.Sync(); err != nil {
		j.mu.Lock()
		j.dirty = true
		j.mu.Unlock()
		return fileError("vault.Sync", err)
	}
	return nil
}

// Size is the length of the file.
func (j *Journal) Size() int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.end
}

// Empty takes all entries away, after what they hold was committed elsewhere.
// Errors: too_large, internal; they may be gone all the same.
func (j *Journal) Empty() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.count == 0 {
		return nil
	}
	return fileError("vault.Empty", j.begin())
}

// Close closes the file and clears the key. It may be called twice.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.closed {
		return nil
	}
	clear(j.key)
	j.aead, j.closed = nil, true
	return j.file.Close()
}
