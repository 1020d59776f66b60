package hub

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// Erased is a record that was erased. It says nothing of the person but that it
// was.
type Erased struct {
	Team string    `json:"team"`
	ID   string    `json:"id"`
	Type string    `json:"type"`
	Why  string    `json:"why,omitempty"`
	At   time.Time `json:"at"`
}

// Erasures is the list of all that was erased, outside of the database: a backup
// of the database that is put back must not bring anybody back.
type Erasures interface {
	// Add is durable when it returns nil.
	Add(list []Erased) error
	All() ([]Erased, error)
}

// ErasureFile is the list as a file, a line of JSON for each, to which lines are
// only ever added.
type ErasureFile string

// Add appends to the file.
func (path ErasureFile) Add(list []Erased) (err error) {
	if len(list) == 0 {
		return nil
	}
	f, err := os.OpenFile(string(path), os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("hub: list of erasures: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var text []byte
	if torn, err := endsTorn(f); err != nil {
		return fmt.Errorf("hub: list of erasures: %w", err)
	} else if torn {
		text = append(text, '\n')
	}
	for _, e := range list {
		line, err := json.Marshal(e)
		if err != nil {
			return err
		}
		text = append(append(text, line...), '\n')
	}
	if _, err = f.Write(text); err == nil {
		err = f.Sync()
	}
	return err
}

// endsTorn reports whether a crash tore the last line.
func endsTorn(f *os.File) (bool, error) {
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return false, err
	}
	var last [1]byte
	_, err = f.ReadAt(last[:], info.Size()-1)
	return last[0] != '\n', err
}

// maxErasedLine is longer than any line of the list, in bytes.
const maxErasedLine = 4096

// All reads the file. A line that a crash tore was never counted on.
func (path ErasureFile) All() ([]Erased, error) {
	f, err := os.Open(string(path))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("hub: list of erasures: %w", err)
	}
	defer f.Close()
	return readErasures(f)
}

func readErasures(in io.Reader) (list []Erased, err error) {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, maxErasedLine), maxErasedLine)
	for lines.Scan() {
		var e Erased
		if json.Unmarshal(lines.Bytes(), &e) == nil && e.ID != "" && e.Team != "" {
			list = append(list, e)
		}
	}
	return list, lines.Err()
}

// list gives what a batch erased, as the list keeps it.
func (b *batch) list() []Erased {
	var list []Erased
	for _, id := range b.erased {
		if r := b.records[id]; isGone(r) {
			list = append(list, Erased{Team: b.dev.Team, ID: id, Type: r.Type, Why: r.Why, At: r.GoneAt})
		}
	}
	return list
}

// replay erases again what the list says and an older database, put back from a
// copy, still has: before anybody is served. Such a server is another one to the
// laptops (epoch): its numbers were used before. What the list lacks of the
// database is added to it.
func (h *Hub) replay(ctx context.Context) error {
	if h.erasures == nil {
		return nil
	}
	listed, err := h.erasures.All()
	if err != nil {
		return err
	}
	var unlisted []Erased
	again := 0
	err = h.store.Update(ctx, func(tx Tx) error {
		again, unlisted = 0, nil
		gone, err := tx.Erased(ctx)
		if err != nil {
			return err
		}
		missing := without(listed, gone)
		unlisted = without(gone, listed)
		if len(missing) == 0 {
			return nil
		}
		again = len(missing)
		return h.eraseAgain(ctx, tx, missing)
	})
	if err == nil {
		err = h.erasures.Add(unlisted)
	}
	if err == nil && again > 0 {
		h.log.Warn("an older database was put back: what had been erased since was erased again", "records", again)
	}
	return err
}

func (h *Hub) eraseAgain(ctx context.Context, tx Tx, missing []Erased) error {
	teams := map[string][]Erased{}
	for _, e := range missing {
		teams[e.Team] = append(teams[e.Team], e)
	}
	for team, list := range teams {
		if err := tx.EnsureTeam(ctx, team); err != nil {
			return err
		}
		if err := eraseListed(ctx, tx, team, list); err != nil {
			return err
		}
	}
	h.epoch = diagnostics.NewID()
	for key, value := range map[string]string{settingEpoch: h.epoch, settingWipe: "due"} {
		if err := tx.SetSetting(ctx, key, []byte(value)); err != nil {
			return err
		}
	}
	return tx.ForgetWiped(ctx)
}

func eraseListed(ctx context.Context, tx Tx, team string, list []Erased) error {
	ids := make([]string, len(list))
	for i, e := range list {
		ids[i] = e.ID
	}
	slices.Sort(ids)
	records, err := tx.Records(ctx, team, ids)
	if err != nil {
		return err
	}
	b := &batch{dev: Device{Device: wire.Device{Team: team}}, records: map[string]*wire.Record{}, changed: map[string]bool{}}
	for id, r := range records {
		b.records[id] = &r
	}
	for _, e := range list {
		b.now = e.At
		b.bury(e.ID, e.Type, e.Why)
		if e.Type == diagnostics.TypePerson {
			b.persons = append(b.persons, e.ID)
		}
	}
	return b.write(ctx, tx)
}

// without gives what is in the one list and not in the other.
func without(list, other []Erased) []Erased {
	there := map[[2]string]bool{}
	for _, e := range other {
		there[[2]string{e.Team, e.ID}] = true
	}
	return slices.DeleteFunc(slices.Clone(list), func(e Erased) bool {
		key := [2]string{e.Team, e.ID}
		double := there[key]
		there[key] = true
		return double
	})
}
