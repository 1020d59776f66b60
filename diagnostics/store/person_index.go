package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"solidaren/diagnostics"
	"solidaren/diagnostics/likeness"
)

// Marks stand before what finds a person and is no name, so that a name never
// meets it: no folded word begins with one.
const (
	mark         = "·"
	markBirth    = "·b" // birth date, as likeness.Birth writes it
	markYear     = "·y" // year of birth
	markPhone    = "·p" // last nine digits
	markEmail    = "·e"
	markDistrict = "·d" // where the person was met
	markTeam     = "·t" // a word of the team that met the person
	markAnimal   = "·a" // the person has an animal; a word that was said of it
)

// markBegins stands before the first letters of a word, one to begunLetters.
const (
	markBegins   = "^"
	begunLetters = 4
)

// indexed is a card as the search of persons holds it.
type indexed struct {
	row                       int64
	id, sameAs, household     string
	ownLimits, limits         int
	root, words, traits, sort string
}

const (
	sqlReadIndexed = `SELECT row, id, coalesce(same_as, ''), coalesce(household, ''), own_limits, limits, root, words, traits, sort
 FROM persons WHERE id = ?`
	sqlPutPerson = `INSERT INTO persons (id, code, sort, seen, same_as, household, own_limits, root, limits, words, traits)
 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?1, ?7, ?8, '')
 ON CONFLICT (id) DO UPDATE SET code = ?2, sort = ?3, seen = ?4, same_as = ?5, household = ?6, own_limits = ?7, words = ?8 RETURNING row`
	sqlPutTraits = "UPDATE persons SET traits = ?2 WHERE row = ?1"
	sqlKnownWord = "SELECT 1 FROM near_words WHERE key = ?1 AND word = ?1"
	sqlPutWord   = "INSERT OR IGNORE INTO near_words (key, word) SELECT value, ?2 FROM json_each(?1)"
	sqlDropWord  = "DELETE FROM near_words WHERE word = ?2 AND key IN (SELECT value FROM json_each(?1))"
)

func scanIndexed(rows *sql.Rows) (p indexed, err error) {
	return p, rows.Scan(&p.row, &p.id, &p.sameAs, &p.household, &p.ownLimits, &p.limits, &p.root, &p.words, &p.traits, &p.sort)
}

func readIndexed(ctx context.Context, q querier, id string) (*indexed, error) {
	found, err := collect(ctx, q, scanIndexed, sqlReadIndexed, id)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// putPerson keeps a card in the list and the search of persons.
func (t *tx) putPerson(ctx context.Context, r diagnostics.Record) error {
	known, err := readIndexed(ctx, t, r.ID)
	if err != nil {
		return err
	}
	p := t.entry(r)
	rows, err := collect(ctx, t, scanInt, sqlPutPerson, r.ID, codeKey(r.Get("code")), p.sort, seenAt(r),
		null(p.sameAs), null(p.household), p.ownLimits, p.words)
	if err != nil {
		return err
	}
	p.row = rows[0]
	before := ""
	if known != nil {
		before, p.traits = known.words, known.traits
	}
	if before != p.words {
		if err := t.keepWords(ctx, r, p.row, before, p.words); err != nil {
			return err
		}
	}
	if known == nil {
		traits, err := t.traitsOf(ctx, r.ID, p.household)
		if err != nil {
			return err
		}
		if err := t.setTraits(ctx, &p, traits); err != nil {
			return err
		}
	}
	return t.regroup(ctx, known, p)
}

// entry makes of a card what the search holds, traits left out.
func (t *tx) entry(r diagnostics.Record) indexed {
	p := indexed{id: r.ID, sameAs: r.Get("same_as"), household: r.Get("household"), ownLimits: limits(r.Fields)}
	var words []string
	for _, name := range []string{r.Get("identity.handle"), r.Get("identity.names"), r.Get("code")} {
		if p.sort == "" {
			p.sort = strings.Join(likeness.Fold(name), " ")
		}
	}
	for _, name := range []string{r.Get("identity.handle"), r.Get("identity.names")} {
		words = append(words, likeness.Index(name)...)
	}
	birth, _ := likeness.ParseBirth(r.Get("identity.birth_date"), t.now)
	if birth != (likeness.Birth{}) {
		words = append(words, markBirth+birth.String(), markYear+strconv.Itoa(birth.Year))
	}
	if phone, _ := likeness.ParsePhone(r.Get("identity.phone")); phone != "" {
		words = append(words, markPhone+phone)
	}
	if email := strings.Join(likeness.Fold(r.Get("identity.email")), ""); email != "" {
		words = append(words, markEmail+email)
	}
	p.words = strings.Join(unique(words), " ")
	return p
}

// unique leaves out what stands in a list before; the order stays.
func unique(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// keepWords writes which words find a card, in place of those before; adds the
// words of its names to those that a misspelt one may mean; and takes out words
// that no card has any more.
func (t *tx) keepWords(ctx context.Context, r diagnostics.Record, row int64, before, now string) error {
	had, has := strings.Fields(before), strings.Fields(now)
	gone := slices.DeleteFunc(slices.Clone(had), func(w string) bool { return slices.Contains(has, w) })
	if err := t.postAll(ctx, row, had, has); err != nil {
		return err
	}
	for _, name := range []string{r.Get("identity.handle"), r.Get("identity.names")} {
		for _, w := range likeness.Spelt(name) {
			there, err := collect(ctx, t, scanInt, sqlKnownWord, w)
			if err != nil {
				return err
			}
			if len(there) > 0 {
				continue
			}
			if err := t.wordKeys(ctx, sqlPutWord, w); err != nil {
				return err
			}
		}
	}
	return t.dropWords(ctx, gone)
}

// postAll gives a person words and their beginnings, in place of others.
func (t *tx) postAll(ctx context.Context, row int64, had, has []string) error {
	had, has = withBeginnings(had), withBeginnings(has)
	for _, w := range had {
		if slices.Contains(has, w) {
			continue
		}
		if err := t.post(ctx, row, w, false); err != nil {
			return err
		}
	}
	for _, w := range has {
		if slices.Contains(had, w) {
			continue
		}
		if err := t.post(ctx, row, w, true); err != nil {
			return err
		}
	}
	return nil
}

// withBeginnings adds the first letters of words; a mark and what follows it has
// none.
func withBeginnings(words []string) []string {
	out := slices.Clone(words)
	for _, w := range words {
		if strings.HasPrefix(w, mark) {
			continue
		}
		letters := 0
		for i := range w {
			if letters > 0 && letters <= begunLetters {
				out = append(out, markBegins+w[:i])
			}
			letters++
		}
		if letters <= begunLetters {
			out = append(out, markBegins+w)
		}
	}
	return unique(out)
}

// dropWords takes out those words that no card has.
func (t *tx) dropWords(ctx context.Context, words []string) error {
	for _, w := range words {
		used, err := t.anyHas(ctx, w)
		if err != nil {
			return err
		}
		if used {
			continue
		}
		if err := t.wordKeys(ctx, sqlDropWord, w); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) wordKeys(ctx context.Context, query, word string) error {
	keys, err := json.Marshal(likeness.Keys(word))
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, query, string(keys), word)
	return err
}

// removePerson takes a card out of the list and the search.
func (t *tx) removePerson(ctx context.Context, id string) error {
	known, err := readIndexed(ctx, t, id)
	if err != nil || known == nil {
		return err
	}
	if err := t.postAll(ctx, known.row, strings.Fields(known.words+" "+known.traits), nil); err != nil {
		return err
	}
	if _, err := t.exec(ctx, "DELETE FROM persons WHERE id = ?", id); err != nil {
		return err
	}
	if err := t.dropWords(ctx, strings.Fields(known.words)); err != nil {
		return err
	}
	return t.regroup(ctx, known, indexed{})
}

// indexVersion grows with every change of what the search holds of a card or of
// how words are folded and sounded: the index is then made anew.
const (
	indexVersion = "1"
	settingIndex = "persons.index"
)

const sqlUnindexed = `SELECT r.id, r.type, r.conflict, r.locked, r.fields FROM records r
 WHERE r.type = 'person' AND r.id > ? ORDER BY r.id LIMIT ?`

// indexPersons makes the list and the search of persons anew where another
// version of the program made them.
func (n *Notebook) indexPersons(ctx context.Context) error {
	made, err := n.Setting(ctx, settingIndex)
	if err != nil || made == indexVersion {
		return err
	}
	for last := ""; ; {
		done := 0
		err := n.write(ctx, "store.indexPersons", func(t *tx) error {
			if last == "" {
				if err := t.clearIndex(ctx); err != nil {
					return err
				}
			}
			cards, err := collect(ctx, t, scanRecord, sqlUnindexed, last, pageRows)
			if err != nil {
				return err
			}
			for _, card := range cards {
				if err := t.putPerson(ctx, card); err != nil {
					return err
				}
				last = card.ID
			}
			if done = len(cards); done < pageRows {
				return t.setSetting(ctx, settingIndex, indexVersion)
			}
			return nil
		})
		if err != nil || done < pageRows {
			return err
		}
	}
}

func (t *tx) clearIndex(ctx context.Context) error {
	for _, query := range []string{
		"DELETE FROM person_words",
		"DELETE FROM persons",
		"DELETE FROM near_words",
	} {
		if _, err := t.exec(ctx, query); err != nil {
			return err
		}
	}
	return nil
}
