package vault

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"

	"golang.org/x/crypto/chacha20poly1305"
)

// Sizes in bytes. A unit is what SQLite writes in one piece; on disk it is the
// nonce, the ciphertext and the tag.
const (
	nonceBytes = chacha20poly1305.NonceSizeX
	sealBytes  = nonceBytes + chacha20poly1305.Overhead // what sealing adds to a unit
	pageBytes  = 4096
	walHeader  = 32 // of the log
	frameHead  = 24 // of a frame of the log
	frameBytes = frameHead + pageBytes
	unitBytes  = pageBytes + sealBytes // the longest unit on disk
)

var errUnit = errors.New("a unit is not authentic")

// unit is one unit of a file: its number, where it stands for SQLite and on
// disk, and how long it is for SQLite.
type unit struct {
	index      uint64
	start, end int64
	disk       int64
}

func (u unit) length() int { return int(u.end - u.start) }

// layout maps the offsets that SQLite sees to units on disk.
type layout interface {
	// at is the unit that holds the byte at off.
	at(off int64) unit
	// size is the size that SQLite sees of a file of so many bytes on disk: what
	// is not a whole unit is not there.
	size(disk int64) int64
}

// mainLayout is a database: pages, and nothing else.
type mainLayout struct{}

func (mainLayout) at(off int64) unit {
	page := off / pageBytes
	return unit{index: uint64(page), start: page * pageBytes, end: (page + 1) * pageBytes, disk: page * unitBytes}
}

func (mainLayout) size(disk int64) int64 { return disk / unitBytes * pageBytes }

// walLayout is a log: a header, then frames, each the frame's head and a page.
type walLayout struct{}

const (
	walHeaderDisk = walHeader + sealBytes
	frameHeadDisk = frameHead + sealBytes
	frameDisk     = frameHeadDisk + unitBytes
)

func (walLayout) at(off int64) unit {
	if off < walHeader {
		return unit{index: 0, start: 0, end: walHeader, disk: 0}
	}
	frame, within := (off-walHeader)/frameBytes, (off-walHeader)%frameBytes
	start, disk := walHeader+frame*frameBytes, walHeaderDisk+frame*frameDisk
	if within < frameHead {
		return unit{index: uint64(1 + 2*frame), start: start, end: start + frameHead, disk: disk}
	}
	return unit{index: uint64(2 + 2*frame), start: start + frameHead, end: start + frameBytes, disk: disk + frameHeadDisk}
}

func (walLayout) size(disk int64) int64 {
	if disk < walHeaderDisk {
		return 0
	}
	frames, rest := (disk-walHeaderDisk)/frameDisk, (disk-walHeaderDisk)%frameDisk
	size := walHeader + frames*frameBytes
	if rest >= frameHeadDisk {
		size += frameHead
	}
	return size
}

// sealer seals the units of one file and opens them. What it vouches for beside
// the content is the file's id and the unit's number: a unit that was moved is
// as false as one that was changed.
type sealer struct {
	aead cipher.AEAD
	id   string
}

// newSealer derives the key of one kind of file ("main", "wal").
func newSealer(key []byte, id, kind string) (sealer, error) {
	sub, err := hkdf.Key(sha256.New, key, nil, "solidaren/seal/"+kind, keyBytes)
	if err != nil {
		return sealer{}, err
	}
	defer clear(sub)
	aead, err := chacha20poly1305.NewX(sub)
	return sealer{aead: aead, id: id}, err
}

// bound appends what a unit is bound to.
func (s sealer) bound(dst []byte, index uint64) []byte {
	return binary.LittleEndian.AppendUint64(append(dst, s.id...), index)
}

// seal writes the unit's form on disk over dst.
func (s sealer) seal(dst, plain []byte, index uint64) []byte {
	var room [64]byte
	dst = dst[:nonceBytes]
	if _, err := rand.Read(dst); err != nil {
		panic("vault: no randomness: " + err.Error())
	}
	return s.aead.Seal(dst, dst, plain, s.bound(room[:0], index))
}

// open writes the unit's content over dst, which must have room for it.
func (s sealer) open(dst, disk []byte, index uint64) error {
	var room [64]byte
	if len(disk) < sealBytes {
		return errUnit
	}
	if _, err := s.aead.Open(dst[:0], disk[:nonceBytes], disk[nonceBytes:], s.bound(room[:0], index)); err != nil {
		return errUnit
	}
	return nil
}
