package vault

import (
	"bytes"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"solidaren/diagnostics"
)

// Files of the sealed capture in a vault's folder.
const (
	captureFileName = "capture.sealed"
	captureKitName  = "capture.json"
	captureVersion  = 1
	maxCaptureKit   = 16 << 20 // bytes
	maxCaptured     = 1 << 30  // bytes of the file that are read
)

// Capture takes records while the vault is locked. Each entry is sealed to the
// vault's public key with a key of its own, which is forgotten at once: nothing
// of it can be read again before the vault is opened. What was appended outlives
// the program's end, what was synced a power cut. A torn tail is its end.
//
// The file is 32 random bytes, then frames: length, number of the record, mark,
// sealed content (HPKE with X25519 and ChaCha20-Poly1305), hash of the frame and
// of the one before. The hash finds torn tails; what an entry vouches for is the
// vault, its place, its record and the frames before it.
type Capture struct {
	syncing sync.Mutex

	mu      sync.Mutex
	file    journalFile
	key     hpke.PublicKey
	scan    captureScan
	records uint32
	left    map[uint32]bool // records that were not withdrawn
}

// Mark says what an entry makes of its record.
type Mark byte

// The marks.
const (
	Writing   Mark = iota // a state of the record
	Done                  // its last state
	Withdrawn             // the record is taken back
)

// Captured is one entry, as the opened vault reads it.
type Captured struct {
	Record  uint32 // entries of one record have one number
	Mark    Mark
	Content []byte
}

const (
	captureSalt  = 32
	captureHead  = 4 + 4 + 1
	captureExtra = 32 + 16 // what sealing adds
)

// captureScan goes through a file frame by frame.
type captureScan struct {
	vault string
	end   int64
	count uint64
	chain [sha256.Size]byte
}

func (s *captureScan) start(vault string, salt []byte) {
	*s = captureScan{vault: vault, end: captureSalt, chain: sha256.Sum256(salt)}
}

// info is what a sealed entry vouches for.
func (s *captureScan) info(head []byte) []byte {
	return fmt.Appendf(nil, "solidaren/capture|%s|%d|%x|%x", s.vault, s.count, head, s.chain)
}

// next gives the next whole frame, without its hash; nil at the end.
func (s *captureScan) next(content []byte) (head, sealed []byte) {
	rest := content[s.end:]
	if len(rest) < captureHead {
		return nil, nil
	}
	length := int64(binary.LittleEndian.Uint32(rest))
	if length < captureExtra || length > maxEntry+captureExtra+journalPad || int64(len(rest)) < captureHead+length+sha256.Size {
		return nil, nil
	}
	frame := rest[:captureHead+length]
	if sum := s.hash(frame); !bytes.Equal(sum[:], rest[len(frame):len(frame)+sha256.Size]) {
		return nil, nil
	}
	return frame[:captureHead], frame[captureHead:]
}

func (s *captureScan) hash(frame []byte) [sha256.Size]byte {
	return sha256.Sum256(append(append([]byte{}, s.chain[:]...), frame...))
}

// step goes behind a frame.
func (s *captureScan) step(frame []byte) {
	s.chain = s.hash(frame)
	s.end += int64(len(frame)) + sha256.Size
	s.count++
}

// Open begins to record, or goes on, in the vault's folder. Errors: corrupt (the
// kit), conflict (another program records, or takes up what was recorded),
// too_large (the disk is full), forbidden, internal.
func (k CaptureKit) Open(dir string) (*Capture, error) {
	file, err := openAlone(filepath.Join(dir, captureFileName), os.O_RDWR|os.O_CREATE)
	if err != nil {
		return nil, captureError("vault.OpenCapture", err)
	}
	c, err := k.over(file)
	if err == nil {
		err = fileError("vault.OpenCapture", syncDir(dir))
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return c, nil
}

// over records into a file.
func (k CaptureKit) over(file journalFile) (*Capture, error) {
	key, err := k.public()
	if err != nil {
		return nil, changedKit(err)
	}
	c := &Capture{file: file, key: key, left: map[uint32]bool{}}
	content, err := io.ReadAll(io.NewSectionReader(file, 0, maxCaptured))
	if err != nil {
		return nil, fileError("vault.OpenCapture", err)
	}
	if len(content) < captureSalt {
		content = random(captureSalt)
		if _, err := file.WriteAt(content, 0); err != nil {
			return nil, fileError("vault.OpenCapture", err)
		}
	}
	c.scan.start(k.Vault, content[:captureSalt])
	for c.take(content) {
	}
	return c, nil
}

// take goes behind the next whole frame and reports whether there was one.
func (c *Capture) take(content []byte) bool {
	head, sealed := c.scan.next(content)
	if head == nil {
		return false
	}
	c.note(binary.LittleEndian.Uint32(head[4:]), Mark(head[8]))
	c.scan.step(content[c.scan.end : c.scan.end+int64(len(head)+len(sealed))])
	return true
}

func (c *Capture) note(record uint32, mark Mark) {
	c.records = max(c.records, record)
	c.left[record] = mark != Withdrawn
}

// NewRecord gives the number of a new record.
func (c *Capture) NewRecord() uint32 {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.records++
	return c.records
}

// Count is how many records wait for the opening.
func (c *Capture) Count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	count := 0
	for _, left := range c.left {
		if left {
			count++
		}
	}
	return count
}

// Append seals a state of a record. On return it outlives the end of the
// program. After an error nothing was added. Errors: too_large, internal.
func (c *Capture) Append(record uint32, mark Mark, content []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(content) > maxEntry {
		return tooLarge("vault.Append", nil)
	}
	padded := pad(content)
	defer clear(padded)
	frame := binary.LittleEndian.AppendUint32(nil, uint32(len(padded)+captureExtra)) //nolint:gosec // at most maxEntry and its padding
	frame = binary.LittleEndian.AppendUint32(frame, record)
	frame = append(frame, byte(mark))
	sealed, err := hpke.Seal(c.key, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), c.scan.info(frame), padded)
	if err != nil {
		return err
	}
	frame = append(frame, sealed...)
	sum := c.scan.hash(frame)
	if _, err := c.file.WriteAt(append(frame, sum[:]...), c.scan.end); err != nil {
		return fileError("vault.Append", err)
	}
	c.scan.step(frame)
	c.note(record, mark)
	return nil
}

// Sync makes what was appended outlive a power cut. Errors: too_large, internal.
func (c *Capture) Sync() error {
	c.syncing.Lock()
	defer c.syncing.Unlock()
	return fileError("vault.Sync", c.file.Sync())
}

// Close closes the file.
func (c *Capture) Close() error { return c.file.Close() }

// errCapturing: the file is open in another program.
var errCapturing = errors.New("the sealed capture is open elsewhere")

func captureError(op string, err error) error {
	if errors.Is(err, errCapturing) {
		return diagnostics.E(op, diagnostics.CodeConflict,
			"Une saisie scellée est en cours dans une autre fenêtre de SolidaRen. Fermez-la, puis recommencez.",
			"A sealed entry is being written in another window of SolidaRen. Close it, then try again.", err)
	}
	return fileError(op, err)
}

// CountCaptured is how many records wait in a locked vault's folder for its
// opening. A file that cannot be read counts for nothing here: the opening says so.
func CountCaptured(dir string) int {
	content, err := os.ReadFile(filepath.Join(dir, captureFileName))
	if err != nil || len(content) < captureSalt {
		return 0
	}
	c := &Capture{left: map[uint32]bool{}}
	c.scan.start("", content[:captureSalt])
	for c.take(content) {
	}
	return c.Count()
}

// Captured reads what was recorded while the vault was locked, in order, and
// how many entries cannot be read: changed, or sealed to another key. Nobody
// records until ForgetCaptured, or Close of the vault. Errors: conflict (another
// program records just now), internal.
func (v *Vault) Captured() (entries []Captured, unread int, err error) {
	file, err := openAlone(filepath.Join(v.Dir(), captureFileName), os.O_RDWR)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, captureError("vault.Captured", err)
	}
	v.letGoCaptured()
	v.captured = file
	content, err := io.ReadAll(file)
	if err != nil {
		return nil, 0, fileError("vault.Captured", err)
	}
	if len(content) <= captureSalt {
		v.letGoCaptured()
		return nil, 0, nil
	}
	private, err := v.capturePrivate()
	if err != nil {
		return nil, 0, err
	}
	entries, unread = readCaptured(content, v.id, private)
	return entries, unread, nil
}

func readCaptured(content []byte, vault string, private hpke.PrivateKey) (entries []Captured, unread int) {
	var scan captureScan
	scan.start(vault, content[:captureSalt])
	for {
		head, sealed := scan.next(content)
		if head == nil {
			return entries, unread
		}
		plain, err := hpke.Open(private, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), scan.info(head), sealed)
		if err == nil {
			plain, err = unpad(plain)
		}
		if err != nil {
			unread++
		} else {
			entries = append(entries, Captured{binary.LittleEndian.Uint32(head[4:]), Mark(head[8]), plain})
		}
		scan.step(content[scan.end : scan.end+int64(len(head)+len(sealed))])
	}
}

// ForgetCaptured removes the file, after what it held was committed elsewhere.
// Errors: forbidden, internal.
func (v *Vault) ForgetCaptured() error {
	if !removesOpen { // a file that is open stays where it is
		v.letGoCaptured()
	}
	defer v.letGoCaptured()
	if err := remove(filepath.Join(v.Dir(), captureFileName)); err != nil {
		return fileError("vault.ForgetCaptured", err)
	}
	return fileError("vault.ForgetCaptured", syncDir(v.Dir()))
}

// letGoCaptured lets others record again.
func (v *Vault) letGoCaptured() {
	if v.captured != nil {
		_ = v.captured.Close()
		v.captured = nil
	}
}
