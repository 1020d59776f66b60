package vault

import (
	"bufio"
	"context"
	"database/sql/driver"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// ring holds the keys of one sealed database while it is open. SQLite names it
// by its number, in the database's URI.
type ring struct {
	number    int64
	main, log sealer
	// making: the file may be empty, and is not in use yet, so that its
	// rollback journal may be kept in memory.
	making   bool
	failures atomic.Int64 // units that were not authentic
}

var (
	rings    sync.Map // number: *ring
	lastRing atomic.Int64
)

// addRing makes the keys of a database known to the VFS, until dropped.
func addRing(key []byte, id string, making bool) (*ring, error) {
	if len(key) != keyBytes || id == "" || len(id) > 48 {
		return nil, fmt.Errorf("vault: a key of %d bytes for a file id of %d", len(key), len(id))
	}
	r := &ring{number: lastRing.Add(1), making: making}
	var err error
	if r.main, err = newSealer(key, id, "main"); err != nil {
		return nil, err
	}
	if r.log, err = newSealer(key, id, "wal"); err != nil {
		return nil, err
	}
	rings.Store(r.number, r)
	return r, nil
}

// drop forgets the keys: no file is opened with them any more. Those that are
// open still have them.
func (r *ring) drop() { rings.Delete(r.number) }

// failed counts what was not authentic, and gives the code back.
func (r *ring) failed(code int32) int32 {
	if code == lib.SQLITE_IOERR_DATA {
		r.failures.Add(1)
	}
	return code
}

// sealedConnector opens the connections of one sealed database. sql.DB closes
// it, and with it the keys are gone.
type sealedConnector struct {
	driver.Connector
	ring *ring
}

func newSealedConnector(dsn string, r *ring) (*sealedConnector, error) {
	base, err := sqlite.NewConnector(dsn)
	return &sealedConnector{base, r}, err
}

// Connect opens one connection.
func (c *sealedConnector) Connect(ctx context.Context) (driver.Conn, error) {
	if err := registerVFS(); err != nil {
		return nil, err
	}
	return c.Connector.Connect(ctx)
}

// Close forgets the keys.
func (c *sealedConnector) Close() error {
	c.ring.drop()
	return nil
}

// anyUnit reports whether the key opens any unit of a database file. One that
// opens none is another file's key; one that opens some, and not all, is the
// right key of a file that was changed.
func anyUnit(o DBOptions) bool {
	s, err := newSealer(o.Key, o.FileID, "main")
	if err != nil {
		return false
	}
	f, err := os.Open(o.Path)
	if err != nil {
		return true // nothing is known of it
	}
	defer f.Close()
	disk, plain := make([]byte, unitBytes), make([]byte, pageBytes)
	for in, index := bufio.NewReaderSize(f, 1<<18), uint64(0); ; index++ {
		if _, err := io.ReadFull(in, disk); err != nil {
			return index == 0
		}
		if index == 0 && plainHead(disk) {
			return true // not another key's: not sealed at all
		}
		if s.open(plain, disk, index) == nil {
			return true
		}
	}
}
