package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/bits"
	"slices"
)

// The search of persons keeps, for each word, the rows of the persons that have
// it, in parts of partRows rows. Reading a word is a few small rows however many
// persons have it, and words are put together in memory.

const (
	partRows   = 8192
	bitmapSize = partRows / 8
	listRows   = bitmapSize / 4 // up to here a list of two bytes each is shorter by half
)

// rowSet is the rows of one part.
type rowSet [partRows / 64]uint64

func (s *rowSet) set(i int64)   { s[i/64] |= 1 << (i % 64) }
func (s *rowSet) clear(i int64) { s[i/64] &^= 1 << (i % 64) }

func (s *rowSet) count() (n int) {
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// encode writes a set; nil if it is empty.
func (s *rowSet) encode() []byte {
	n := s.count()
	if n > listRows {
		out := make([]byte, 0, bitmapSize)
		for _, w := range s {
			out = binary.LittleEndian.AppendUint64(out, w)
		}
		return out
	}
	var out []byte
	for i, w := range s {
		for ; w != 0; w &= w - 1 {
			out = binary.LittleEndian.AppendUint16(out, uint16(i*64+bits.TrailingZeros64(w)))
		}
	}
	return out
}

// decode adds what encode wrote.
func (s *rowSet) decode(data []byte) error {
	switch {
	case len(data) == bitmapSize:
		for i := range s {
			s[i] |= binary.LittleEndian.Uint64(data[8*i:])
		}
		return nil
	case len(data) > 2*listRows || len(data)%2 != 0:
		return fmt.Errorf("store: %d bytes are no set of rows", len(data))
	}
	for ; len(data) > 0; data = data[2:] {
		i := int64(binary.LittleEndian.Uint16(data))
		if i >= partRows {
			return fmt.Errorf("store: row %d of a part", i)
		}
		s.set(i)
	}
	return nil
}

// posting names one part of a word.
type posting struct {
	word string
	part int64
}

const (
	sqlReadPosting = "SELECT rows FROM person_words WHERE word = ? AND part = ?"
	sqlPutPosting  = "INSERT INTO person_words (word, part, rows) VALUES (?1, ?2, ?3) ON CONFLICT (word, part) DO UPDATE SET rows = ?3"
	sqlDropPosting = "DELETE FROM person_words WHERE word = ? AND part = ?"
	sqlParts       = "SELECT part FROM person_words WHERE word = ? AND part > ? ORDER BY part LIMIT ?"
	sqlReadWords   = `SELECT word, part, rows FROM person_words WHERE word IN (SELECT value FROM json_each(?1)) AND (word, part) > (?2, ?3)
 ORDER BY word, part LIMIT ?4`
)

// post gives a person a word, or takes it away. It is written with the
// transaction's end.
func (t *tx) post(ctx context.Context, row int64, word string, has bool) error {
	key := posting{word, row / partRows}
	set, ok := t.posted[key]
	if !ok {
		set = &rowSet{}
		stored, err := collect(ctx, t, scanBlob, sqlReadPosting, key.word, key.part)
		if err != nil {
			return err
		}
		for _, data := range stored {
			if err := set.decode(data); err != nil {
				return err
			}
		}
		t.posted[key] = set
	}
	if has {
		set.set(row % partRows)
	} else {
		set.clear(row % partRows)
	}
	return nil
}

func scanBlob(rows *sql.Rows) (b []byte, err error) { return b, rows.Scan(&b) }

// writePostings ends what post began.
func (t *tx) writePostings(ctx context.Context) error {
	for key, set := range t.posted {
		var err error
		if data := set.encode(); data != nil {
			_, err = t.exec(ctx, sqlPutPosting, key.word, key.part, data)
		} else {
			_, err = t.exec(ctx, sqlDropPosting, key.word, key.part)
		}
		if err != nil {
			return err
		}
	}
	clear(t.posted)
	return nil
}

// anyHas reports whether a person has a word.
func (t *tx) anyHas(ctx context.Context, word string) (bool, error) {
	for last := int64(-1); ; {
		parts, err := collect(ctx, t, scanInt, sqlParts, word, last, pageRows)
		if err != nil {
			return false, err
		}
		for _, part := range parts {
			if set, changed := t.posted[posting{word, part}]; !changed || set.count() > 0 {
				return true, nil
			}
			last = part
		}
		if len(parts) < pageRows {
			break
		}
	}
	for key, set := range t.posted {
		if key.word == word && set.count() > 0 {
			return true, nil
		}
	}
	return false, nil
}

// rowsOf are the rows of persons, by part.
type rowsOf map[int64]*rowSet

func (r rowsOf) add(o rowsOf) {
	for part, set := range o {
		if r[part] == nil {
			r[part] = &rowSet{}
		}
		for i, w := range set {
			r[part][i] |= w
		}
	}
}

// and leaves what is in both.
func (r rowsOf) and(o rowsOf) {
	for part, set := range r {
		other := o[part]
		if other == nil {
			delete(r, part)
			continue
		}
		for i := range set {
			set[i] &= other[i]
		}
	}
}

// newest gives at most limit rows, the highest first.
func (r rowsOf) newest(limit int) []int64 {
	var parts []int64
	for part := range r {
		parts = append(parts, part)
	}
	slices.SortFunc(parts, func(a, b int64) int { return int(b - a) })
	var rows []int64
	for _, part := range parts {
		set := r[part]
		for i := len(set) - 1; i >= 0; i-- {
			for w := set[i]; w != 0; {
				top := 63 - bits.LeadingZeros64(w)
				if rows = append(rows, part*partRows+int64(i*64+top)); len(rows) == limit {
					return rows
				}
				w &^= 1 << top
			}
		}
	}
	return rows
}

// postings are words as they are stored, each read once for a search.
type postings map[string][]stored

// stored is one part of a word.
type stored struct {
	part int64
	rows []byte
}

// read makes sure that the words are read.
func (p postings) read(ctx context.Context, q querier, words []string) error {
	var unread []string
	for _, w := range words {
		if _, ok := p[w]; !ok {
			p[w] = nil
			unread = append(unread, w)
		}
	}
	if len(unread) == 0 {
		return nil
	}
	list, err := json.Marshal(unread)
	if err != nil {
		return err
	}
	word, part := "", int64(0)
	for {
		page, err := collect(ctx, q, func(rows *sql.Rows) (s stored, err error) {
			err = rows.Scan(&word, &part, &s.rows)
			s.part = part
			p[word] = append(p[word], s)
			return s, err
		}, sqlReadWords, string(list), word, part, pageRows)
		if err != nil || len(page) < pageRows {
			return err
		}
	}
}

// either gives the rows that have one of the words.
func (p postings) either(words []string) (rowsOf, error) {
	hits := rowsOf{}
	for _, w := range words {
		for _, s := range p[w] {
			set := hits[s.part]
			if set == nil {
				set = &rowSet{}
				hits[s.part] = set
			}
			if err := set.decode(s.rows); err != nil {
				return nil, err
			}
		}
	}
	return hits, nil
}
