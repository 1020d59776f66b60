package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"solidaren/diagnostics"
	"solidaren/diagnostics/likeness"
)

// What teams noted of a person, and where they met: the district, the team, an
// animal. It finds a person beside a name or an animal, never "all who were
// seen there" (DOMAIN.md L25); exact places are not in it.

// traitsIn gives the traits that one record tells of its person.
func traitsIn(r diagnostics.Record) []string {
	switch {
	case r.Type == diagnostics.TypeEncounter:
		var out []string
		if district := r.Get("district"); district != "" {
			out = append(out, markDistrict+district)
		}
		for _, w := range likeness.Fold(r.Get("team")) {
			out = append(out, markTeam+w)
		}
		return out
	case r.Type == diagnostics.TypeStrength && r.Get("kind") == "pet":
		out := []string{markAnimal}
		for _, w := range likeness.Fold(r.Get("words")) {
			if len(w) >= leastPetWord {
				out = append(out, markAnimal+w)
			}
		}
		return out
	case r.Type == diagnostics.TypeNeed && r.Get("domain") == "animals",
		r.Type == diagnostics.TypeHousehold && r.Get("animals") == "yes":
		return []string{markAnimal}
	}
	return nil
}

// leastPetWord leaves articles out of what is said of an animal.
const leastPetWord = 4

// mostTraits is how many traits of a person are kept.
const mostTraits = 40

const sqlPersonsOfHousehold = "SELECT id FROM persons WHERE household = ? AND id > ? ORDER BY id LIMIT ?"

// noteTraits adds what a record tells to its person, or to the persons of a
// household.
func (t *tx) noteTraits(ctx context.Context, r diagnostics.Record) error {
	traits := traitsIn(r)
	if len(traits) == 0 {
		return nil
	}
	if r.Type != diagnostics.TypeHousehold {
		return t.addTraits(ctx, r.Get("person"), traits)
	}
	for last := ""; ; {
		ids, err := collect(ctx, t, scanText, sqlPersonsOfHousehold, r.ID, last, pageRows)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := t.addTraits(ctx, id, traits); err != nil {
				return err
			}
		}
		if len(ids) < pageRows {
			return nil
		}
		last = ids[len(ids)-1]
	}
}

func (t *tx) addTraits(ctx context.Context, id string, traits []string) error {
	if id == "" {
		return nil
	}
	p, err := readIndexed(ctx, t, id)
	if err != nil || p == nil {
		return err // its card comes later and looks for itself
	}
	return t.setTraits(ctx, p, joinTraits(strings.Fields(p.traits), traits))
}

func joinTraits(known, more []string) string {
	all := unique(append(slices.Clone(known), more...))
	return strings.Join(all[:min(len(all), mostTraits)], " ")
}

func (t *tx) setTraits(ctx context.Context, p *indexed, traits string) error {
	if traits == p.traits {
		return nil
	}
	if err := t.postAll(ctx, p.row, strings.Fields(p.traits), strings.Fields(traits)); err != nil {
		return err
	}
	_, err := t.exec(ctx, sqlPutTraits, p.row, traits)
	return err
}

// sqlTelling are the records that tell a trait of a person and count.
const sqlTelling = `SELECT r.id, r.type, r.conflict, r.locked, r.fields FROM records r
 WHERE r.person = ?1 AND (r.at, r.id) < (coalesce((SELECT at FROM records WHERE id = ?2), 1 << 62), ?2)
 AND +r.type IN ('encounter', 'strength', 'need') AND ` + sqlCounts + " ORDER BY r.at DESC, r.id DESC LIMIT ?3"

// traitsOf gathers the traits of a person anew, those of the newest records
// first.
func (t *tx) traitsOf(ctx context.Context, id, household string) (string, error) {
	var traits []string
	if household != "" {
		card, err := readRow(ctx, t, household)
		if err != nil {
			return "", err
		}
		if card != nil {
			traits = traitsIn(card.Record)
		}
	}
	for last := ""; ; {
		page, err := collect(ctx, t, scanRecord, sqlTelling, id, last, pageRows)
		if err != nil {
			return "", err
		}
		for _, r := range page {
			traits = append(traits, traitsIn(r)...)
		}
		traits = unique(traits)
		if len(page) < pageRows || len(traits) >= mostTraits {
			return joinTraits(nil, traits), nil
		}
		last = page[len(page)-1].ID
	}
}

// retellTraits gathers the traits of a person anew after a record about it
// stopped counting.
func (t *tx) retellTraits(ctx context.Context, id string) error {
	if id == "" {
		return nil
	}
	p, err := readIndexed(ctx, t, id)
	if err != nil || p == nil {
		return err
	}
	traits, err := t.traitsOf(ctx, id, p.household)
	if err != nil {
		return err
	}
	return t.setTraits(ctx, p, traits)
}

// sqlAbout is whom a record is about.
const sqlAbout = "SELECT coalesce(person, '') FROM records WHERE id = ?"

func (t *tx) about(ctx context.Context, id string) (string, error) {
	found, err := collect(ctx, t, func(rows *sql.Rows) (s string, err error) { return s, rows.Scan(&s) }, sqlAbout, id)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}
