package store

import (
	"context"
	"database/sql"
	"math"
	"slices"
	"strings"

	"solidaren/diagnostics"
)

// Pair is two cards that may be one person's: what agrees is said, people
// decide. Nothing ranks them.
type Pair struct {
	A, B   diagnostics.Record // A was made first
	Common []diagnostics.TraitKind
}

// apart is what a resolution of the field same_as keeps when two cards are not
// one person's.
const apart = "different"

const (
	sqlNewestPersons = `SELECT r.id, r.type, r.conflict, r.locked, r.fields FROM records r JOIN persons p ON p.id = r.id
 WHERE r.type = 'person' AND (r.at, r.id) < (?1, ?2) AND p.root = p.id AND p.limits & ?3 = 0 ORDER BY r.at DESC, r.id DESC LIMIT ?4`
	sqlSameDecisions = `SELECT coalesce(json_extract(fields, '$.record'), ''), coalesce(json_extract(fields, '$.kept'), ''),
 coalesce(json_extract(fields, '$.set_aside'), '') FROM records WHERE type = 'resolution' AND json_extract(fields, '$.field') = 'same_as'
 ORDER BY at, id LIMIT ? OFFSET ?`
)

// alikeEach is how many candidates are compared with one person.
const alikeEach = 12

// Alike looks among the persons met last, at most count, for cards that may be
// one person's: a name that is near, and a birth date, a phone, an address or all
// of age, gender and district beside it; nothing contradicts. Pairs that were
// decided about are left out, persons who object, and archived files. progress,
// which may be nil, hears how many persons were compared. Errors: internal, and
// the context's.
func (n *Notebook) Alike(ctx context.Context, count int, progress func(done, total int)) ([]Pair, error) {
	persons, err := n.newestPersons(ctx, count)
	if err != nil {
		return nil, err
	}
	decided, err := n.keptApart(ctx)
	if err != nil {
		return nil, err
	}
	var pairs []Pair
	seen := map[string]bool{}
	for i, person := range persons {
		if progress != nil {
			progress(i, len(persons))
		}
		text := strings.TrimSpace(person.Get("identity.handle") + " " + person.Get("identity.names"))
		if text == "" {
			continue
		}
		rows, err := n.searchPersons(ctx, PersonFilter{Text: text, Limit: alikeEach})
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			key := pairKey(person.Get("code"), row.Code)
			if row.ID == person.ID || row.SameAs != "" || row.Objects() || seen[key] || decided[key] {
				continue
			}
			seen[key] = true
			pair, err := n.compare(ctx, person, row)
			if err != nil {
				return nil, err
			}
			if len(pair.Common) > 0 {
				pairs = append(pairs, pair)
			}
		}
	}
	return pairs, nil
}

// newestPersons gives those met last, one card each; neither who objects nor
// archived files.
func (n *Notebook) newestPersons(ctx context.Context, count int) ([]diagnostics.Record, error) {
	var out []diagnostics.Record
	at, id := int64(math.MaxInt64), ""
	for len(out) < count {
		page, err := collect(ctx, n.db, scanRecord, sqlNewestPersons, at, id, limitObjection|limitArchive, min(pageRows, count-len(out)))
		if err != nil {
			return nil, err
		}
		out = append(out, page...)
		if len(page) < pageRows {
			break
		}
		last := page[len(page)-1]
		at, id = seenAt(last), last.ID
	}
	return out, nil
}

// pairKey names two cards, whichever comes first.
func pairKey(a, b string) string { return min(a, b) + " " + max(a, b) }

// compare tells what two cards have in common, nothing if that is too little or
// something contradicts.
func (n *Notebook) compare(ctx context.Context, a diagnostics.Record, row diagnostics.PersonRow) (Pair, error) {
	named := slices.ContainsFunc(row.Traits, func(t diagnostics.Trait) bool {
		return t.Kind == diagnostics.TraitHandle || t.Kind == diagnostics.TraitNames
	})
	if !named {
		return Pair{}, nil
	}
	b, err := n.Get(ctx, row.ID)
	if err != nil {
		return Pair{}, err
	}
	if len(a.Sealed)+len(b.Sealed) > 0 {
		return Pair{}, nil // not all of it can be read here
	}
	if clash(a, b, "gender") || clash(a, b, "age_band") || clash(a, b, "identity.birth_date") {
		return Pair{}, nil
	}
	common := agreeing(a, b)
	if len(common) == 0 {
		home, err := n.lastDistrict(ctx, a.ID)
		if err != nil || home == "" || home != row.District || !answered(a, b, "gender") || !answered(a, b, "age_band") {
			return Pair{}, err
		}
		common = append(common, diagnostics.TraitDistrict)
	}
	pair := Pair{A: a, B: b, Common: append([]diagnostics.TraitKind{diagnostics.TraitHandle}, common...)}
	if a.ID > b.ID {
		pair.A, pair.B = b, a
	}
	return pair, nil
}

// agreeing gives the traits that hardly two persons share, and these two do.
func agreeing(a, b diagnostics.Record) []diagnostics.TraitKind {
	var common []diagnostics.TraitKind
	for _, kind := range []diagnostics.TraitKind{diagnostics.TraitBirth, diagnostics.TraitPhone, diagnostics.TraitEmail} {
		field := diagnostics.IdentityPrefix + string(kind)
		if mine := a.Get(field); mine != "" && mine == b.Get(field) {
			common = append(common, kind)
		}
	}
	return common
}

// unanswered are the codes of what nobody knows or says.
var unanswered = []string{"", "dk", "rf"}

// answered tells whether both cards answer a question, which then agrees where
// nothing clashes.
func answered(a, b diagnostics.Record, field string) bool {
	return !slices.Contains(unanswered, a.Get(field)) && !slices.Contains(unanswered, b.Get(field))
}

// clash tells whether two cards give different answers.
func clash(a, b diagnostics.Record, field string) bool {
	return answered(a, b, field) && a.Get(field) != b.Get(field)
}

// lastDistrict is where a person was met last.
func (n *Notebook) lastDistrict(ctx context.Context, id string) (string, error) {
	lines, err := collect(ctx, n.db, scanPlainLine, personRows+" FROM persons p JOIN records r ON r.id = p.id WHERE p.id = ? LIMIT 1", id)
	if err != nil || len(lines) == 0 {
		return "", err
	}
	return lines[0].district, nil
}

// keptApart gives the pairs that were decided not to be one person.
func (n *Notebook) keptApart(ctx context.Context) (map[string]bool, error) {
	type decision struct{ pair, kept string }
	decided := map[string]bool{}
	for after := 0; ; after += pageRows {
		page, err := collect(ctx, n.db, func(rows *sql.Rows) (d decision, err error) {
			var record string
			return d, rows.Scan(&record, &d.kept, &d.pair)
		}, sqlSameDecisions, pageRows, after)
		if err != nil {
			return nil, err
		}
		for _, d := range page {
			decided[d.pair] = d.kept == apart
		}
		if len(page) < pageRows {
			return decided, nil
		}
	}
}

// KeepApart writes down that two cards are not one person's, or, if taken back,
// that this is open again. The history keeps both. Errors: not_found, internal.
func (n *Notebook) KeepApart(ctx context.Context, a, b, why string, takenBack bool) error {
	return n.write(ctx, "store.KeepApart", func(t *tx) error {
		first, err := readRow(ctx, t, a)
		if err != nil {
			return err
		}
		second, err := readRow(ctx, t, b)
		if err != nil {
			return err
		}
		if first == nil || second == nil {
			return notFound("store.KeepApart")
		}
		kept := apart
		if takenBack {
			kept = "open"
		}
		return t.create(ctx, &diagnostics.Record{Type: diagnostics.TypeResolution, Fields: diagnostics.Values{
			"record": a, "person": a, "field": "same_as", "kept": kept, "set_aside": pairKey(first.Get("code"), second.Get("code")),
			"why": why, "at": diagnostics.FormatTime(t.now), "team": first.Get("team"), "demo": first.Get("demo"),
		}})
	})
}
