package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"

	"solidaren/diagnostics"
	"solidaren/diagnostics/likeness"
)

// searched is one word of a search, and what it may mean.
type searched struct {
	word   string
	begun  []string           // known words that begin with it
	near   map[string]float64 // known words that it may be, with their cost
	pairs  [][2]string        // two known words that it may be, written as one
	traits []string           // animal
	places []string           // district, team: never enough alone
}

// search is a search under way.
type search struct {
	likeness.Query
	words  []searched
	whole  *searched // all words as one, nil if they are one
	typed  string    // all words, folded
	code   string    // what is typed, as the beginning of a code
	open   bool      // the last word may go on
	posts  postings
	recent *recent
	found  map[int64]*candidate
}

// candidate is a card that a search found, not yet read whole.
type candidate struct {
	row, seen      int64
	id, code, sort string
	words, traits  []string
	cost           float64
}

// A search looks step by step wider, until it has a page: the words as they
// are, then as beginnings, then what they sound like or a slip away, then all but
// one of them. It adds at most mostFound cards a step, the newest.
func (n *Notebook) searchPersons(ctx context.Context, f PersonFilter) ([]diagnostics.PersonRow, error) {
	s, err := n.found(ctx, f.Text)
	if err != nil {
		return nil, err
	}
	defer n.leaveRecent(s.recent)
	best := s.best()
	if f.After != "" {
		at := slices.IndexFunc(best, func(c *candidate) bool { return c.id == f.After })
		if at < 0 {
			return nil, notFound("store.Persons")
		}
		best = best[at+1:]
	}
	best = best[min(len(best), f.Skip):]
	return n.personRows(ctx, s, best[:min(len(best), f.Limit)])
}

// found searches; whoever looks at the result leaves what is recent in it.
func (n *Notebook) found(ctx context.Context, text string) (*search, error) {
	s := newSearch(text, likeness.Parse(text, n.clock()))
	s.recent = n.takeRecent()
	s.posts = s.recent.posts
	err := n.findAll(ctx, s)
	if err != nil {
		n.leaveRecent(s.recent)
	}
	return s, err
}

// personRows reads what is shown of candidates.
func (n *Notebook) personRows(ctx context.Context, s *search, best []*candidate) ([]diagnostics.PersonRow, error) {
	var unread []int64
	for _, c := range best {
		if s.recent.lines[c.id] == nil {
			unread = append(unread, c.row)
		}
	}
	if len(unread) > 0 {
		list, err := json.Marshal(unread)
		if err != nil {
			return nil, err
		}
		lines, err := collect(ctx, n, scanPlainLine, sqlPersonRows, string(list), pageRows)
		if err != nil {
			return nil, err
		}
		for i := range lines {
			s.recent.lines[lines[i].ID] = &lines[i]
		}
	}
	var out []diagnostics.PersonRow
	for _, c := range best {
		line, ok := s.recent.lines[c.id]
		if !ok {
			continue // gone since
		}
		row := line.row()
		row.Traits = s.agree(line, c)
		out = append(out, row)
	}
	return out, nil
}

func scanPlainLine(rows *sql.Rows) (personLine, error) { return scanPersonLine(rows) }

func newSearch(text string, q likeness.Query) *search {
	s := &search{
		Query: q, found: map[int64]*candidate{}, open: !strings.HasSuffix(text, " "),
		typed: strings.Join(likeness.Fold(text), " "), code: codeBeginning(text),
	}
	for _, w := range q.Words {
		x := searched{word: w, near: map[string]float64{}, traits: []string{markAnimal + w}, places: []string{markTeam + w}}
		if likeness.IsAnimal(w) {
			x.traits = append(x.traits, markAnimal)
		}
		for _, d := range likeness.Districts(w) {
			x.places = append(x.places, markDistrict+d)
		}
		s.words = append(s.words, x)
	}
	if len(q.Words) > 0 && q.Whole != q.Words[0] {
		s.whole = &searched{word: q.Whole}
	}
	return s
}

// leastCode is how many characters of a code are looked for.
const leastCode = 2

// codeBeginning spells a text as the beginning of a code, "" if it is none.
func codeBeginning(text string) string {
	var b strings.Builder
	for _, r := range strings.ToUpper(text) {
		switch {
		case r == '-' || r == ' ':
			continue
		case !strings.ContainsRune(diagnostics.CodeAlphabet, r):
			return ""
		case b.Len() == 4:
			b.WriteByte('-')
		}
		b.WriteRune(r)
	}
	if b.Len() < leastCode {
		return ""
	}
	return b.String()
}

// findAll gathers the candidates.
func (n *Notebook) findAll(ctx context.Context, s *search) error {
	if s.Empty() {
		return nil
	}
	if err := n.findCodes(ctx, s); err != nil {
		return err
	}
	if err := n.find(ctx, s, -1, exactly); err != nil {
		return err
	}
	if err := n.lookAhead(ctx, s); err != nil {
		return err
	}
	if err := n.find(ctx, s, -1, beginning); err != nil || len(s.found) >= fullFound {
		return err
	}
	if err := n.lookAround(ctx, s); err != nil {
		return err
	}
	if err := n.find(ctx, s, -1, nearly); err != nil || len(s.found) >= fewFound {
		return err
	}
	for i := range s.parts() {
		if s.tooLittle(i) {
			continue
		}
		if err := n.find(ctx, s, i, nearly); err != nil {
			return err
		}
	}
	return nil
}

const (
	// fullFound is how many candidates fill a page: no further one would be on it.
	fullFound = 50
	// fewFound is how many are so few that one of the words may be wrong
	// altogether.
	fewFound = 5
	// mostFound is how many candidates a step adds, the newest.
	mostFound = 100
)

// behind is behind every word that begins with what is before it.
const behind = "\U0010ffff"

const (
	candidateColumns  = "SELECT row, seen, id, code, sort, words, traits FROM persons WHERE limits & 8 = 0 AND " // limitArchive
	sqlFindCodes      = candidateColumns + "code IN (SELECT value FROM json_each(?1)) LIMIT ?2"
	sqlFindCodeBegins = candidateColumns + "code >= ?1 AND code < ?1 || '~' LIMIT ?2"
	sqlCandidates     = candidateColumns + "row IN (SELECT value FROM json_each(?1)) LIMIT ?2"
	sqlNearWords      = "SELECT DISTINCT word FROM near_words WHERE key IN (SELECT value FROM json_each(?1)) AND length(word) BETWEEN ?2 AND ?3 LIMIT ?4"
	sqlBegunWords     = "SELECT word FROM near_words WHERE key >= ?1 AND key < ?2 AND key = word LIMIT ?3"
	sqlBegunSounds    = "SELECT DISTINCT word FROM near_words WHERE key >= ?1 AND key < ?2 LIMIT ?3"
)

func scanCandidate(rows *sql.Rows) (*candidate, error) {
	c := &candidate{}
	var words, traits string
	err := rows.Scan(&c.row, &c.seen, &c.id, &c.code, &c.sort, &words, &traits)
	c.words, c.traits = strings.Fields(words), strings.Fields(traits)
	return c, err
}

func (n *Notebook) findCodes(ctx context.Context, s *search) error {
	if len(s.Codes) > 0 {
		if err := gather(ctx, n, s, sqlFindCodes, s.Codes); err != nil {
			return err
		}
	}
	if s.code == "" {
		return nil
	}
	return s.keep(collect(ctx, n, scanCandidate, sqlFindCodeBegins, s.code, pageRows))
}

// find adds the persons who have each word, in the reading of a step.
func (n *Notebook) find(ctx context.Context, s *search, left int, reading func(*searched) []string) error {
	hits, err := s.match(ctx, n, left, reading)
	if err != nil {
		return err
	}
	rows := slices.DeleteFunc(hits.newest(mostFound), func(row int64) bool { return s.found[row] != nil })
	rows = s.recent.unread(s, rows)
	if len(rows) == 0 {
		return nil
	}
	return gather(ctx, n, s, sqlCandidates, rows)
}

func gather[T any](ctx context.Context, n *Notebook, s *search, query string, of []T) error {
	list, err := json.Marshal(of)
	if err != nil {
		return err
	}
	return s.keep(collect(ctx, n, scanCandidate, query, string(list), pageRows))
}

func (s *search) keep(found []*candidate, err error) error {
	for _, c := range found {
		if s.found[c.row] == nil {
			s.found[c.row], s.recent.found[c.row] = c, c
		}
	}
	return err
}
