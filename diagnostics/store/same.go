package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"solidaren/diagnostics"
)

// Two cards of one person are joined by the field same_as of one of them. That
// moves nothing and is taken back by emptying the field; whoever reads puts the
// records of all cards together. The cards that are one person are those that
// links join, whichever way they point: links in a circle do no harm. The group
// goes by its smallest id, so that every laptop that has the same cards sees
// the same groups.

const (
	sqlLinked = `SELECT id, coalesce(same_as, ''), own_limits, root, limits FROM persons WHERE id = ?`
	sqlLinks  = "SELECT id FROM persons WHERE same_as = ? AND id > ? ORDER BY id LIMIT ?"
	sqlGroup  = "UPDATE persons SET root = ?2, limits = ?3 WHERE id = ?1"
)

// linked is a card and its place in a group.
type linked struct {
	id, sameAs, root  string
	ownLimits, limits int
}

func scanLinked(rows *sql.Rows) (l linked, err error) {
	return l, rows.Scan(&l.id, &l.sameAs, &l.ownLimits, &l.root, &l.limits)
}

// regroup brings the groups up to date after a card was written or removed:
// before is what it was, nil for a new one, now what it is, empty if it is gone.
func (t *tx) regroup(ctx context.Context, before *indexed, now indexed) error {
	starts := []string{now.id, now.sameAs}
	if before != nil {
		if before.id == now.id && before.sameAs == now.sameAs && before.ownLimits == now.ownLimits {
			return nil
		}
		starts = append(starts, before.sameAs)
	}
	if now.id == "" { // its neighbours are apart now
		linking, err := t.linksTo(ctx, before.id)
		if err != nil {
			return err
		}
		starts = append(starts, linking...)
	}
	seen := map[string]bool{"": true}
	for _, start := range starts {
		group, err := t.component(ctx, start, seen)
		if err != nil {
			return err
		}
		if err := t.setGroup(ctx, group); err != nil {
			return err
		}
	}
	return nil
}

// component gives all cards that links join to one, which is seen with them.
func (t *tx) component(ctx context.Context, start string, seen map[string]bool) ([]linked, error) {
	var group []linked
	queue := []string{start}
	for len(queue) > 0 {
		id := queue[0]
		queue = queue[1:]
		if seen[id] {
			continue
		}
		seen[id] = true
		card, err := collect(ctx, t, scanLinked, sqlLinked, id)
		if err != nil {
			return nil, err
		}
		if len(card) == 0 {
			continue // a link to a card that is not here, or no longer
		}
		linking, err := t.linksTo(ctx, id)
		if err != nil {
			return nil, err
		}
		group = append(group, card[0])
		queue = append(append(queue, card[0].sameAs), linking...)
	}
	return group, nil
}

// linksTo gives the cards that point at one.
func (t *tx) linksTo(ctx context.Context, id string) ([]string, error) {
	var all []string
	for last := ""; ; {
		page, err := collect(ctx, t, scanText, sqlLinks, id, last, pageRows)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if len(page) < pageRows {
			return all, nil
		}
		last = page[len(page)-1]
	}
}

// setGroup gives the cards of a group their root, and what any of them restricts.
func (t *tx) setGroup(ctx context.Context, group []linked) error {
	if len(group) == 0 {
		return nil
	}
	root, bits := group[0].id, 0
	for _, card := range group {
		root, bits = min(root, card.id), bits|card.ownLimits
	}
	for _, card := range group {
		if card.root == root && card.limits == bits {
			continue
		}
		if _, err := t.exec(ctx, sqlGroup, card.id, root, bits); err != nil {
			return err
		}
	}
	return nil
}

const sqlCardsOf = `SELECT r.id, r.type, r.conflict, r.locked, r.fields FROM persons a JOIN persons b ON b.root = a.root
 JOIN records r ON r.id = b.id WHERE a.id = ?1 AND b.id > ?2 ORDER BY b.id LIMIT ?3`

// cardsOf gives all cards of a person, the one that is named among them.
func cardsOf(ctx context.Context, q querier, id string) ([]diagnostics.Record, error) {
	var all []diagnostics.Record
	for last := ""; ; {
		page, err := collect(ctx, q, scanRecord, sqlCardsOf, id, last, pageRows)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if len(page) < pageRows {
			return all, nil
		}
		last = page[len(page)-1].ID
	}
}

// keptUntil is the day until which a person's file is kept: that of the card
// that is kept longest, so that a link never shortens it (DOMAIN.md L1, L3).
func keptUntil(ctx context.Context, q querier, id string) (time.Time, error) {
	cards, err := cardsOf(ctx, q, id)
	var until time.Time
	for _, card := range cards {
		if kept := diagnostics.KeptUntil(card); kept.After(until) {
			until = kept
		}
	}
	return until, err
}

// KeptUntil is the day from which what is known of a person, on any card, is no
// longer kept.
func (n *Notebook) KeptUntil(ctx context.Context, id string) (time.Time, error) {
	return keptUntil(ctx, n, id)
}

// SameCard is another card of the same person.
type SameCard struct {
	diagnostics.PersonRow
	// Link is the card whose link joins the two directly: the one or the other.
	// It is what Apart takes back; "" if they are joined through others.
	Link string
}

const sqlSameCards = personRows + `, CASE WHEN a.same_as = p.id THEN a.id WHEN p.same_as = a.id THEN p.id ELSE '' END
 FROM persons a JOIN persons p ON p.root = a.root AND p.id <> a.id JOIN records r ON r.id = p.id
 WHERE a.id = ?1 AND p.id > ?2 ORDER BY p.id LIMIT ?3`

// SameCards gives the other cards that are said to be the same person.
func (n *Notebook) SameCards(ctx context.Context, personID string) ([]SameCard, error) {
	var all []SameCard
	for last := ""; ; {
		page, err := collect(ctx, n.db, scanSameCard, sqlSameCards, personID, last, pageRows)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if len(page) < pageRows {
			return all, nil
		}
		last = page[len(page)-1].ID
	}
}

func scanSameCard(rows *sql.Rows) (SameCard, error) {
	var c SameCard
	l, err := scanPersonLine(rows, &c.Link)
	c.PersonRow = l.row()
	return c, err
}

// Same says that two cards are the same person. Nothing is moved, and Apart
// takes it back; the history of the card that carries the link keeps both.
// Errors: not_found, invalid (the same card twice), conflict (they are the same
// person already), unauthorized (no Sealer), internal.
func (n *Notebook) Same(ctx context.Context, a, b string) error {
	if a == b {
		return diagnostics.E("store.Same", diagnostics.CodeInvalid,
			"C'est la même fiche. Choisissez l'autre fiche de cette personne.",
			"This is the same card. Choose the person's other card.", nil)
	}
	return n.write(ctx, "store.Same", func(t *tx) error {
		groups := make([][]linked, 2)
		for i, id := range []string{a, b} {
			group, err := t.component(ctx, id, map[string]bool{"": true})
			if err != nil {
				return err
			}
			if len(group) == 0 {
				return notFound("store.Same")
			}
			groups[i] = group
		}
		if slices.ContainsFunc(groups[0], func(l linked) bool { return l.id == b }) {
			return diagnostics.E("store.Same", diagnostics.CodeConflict,
				"Ces deux fiches sont déjà reconnues comme la même personne.",
				"These two cards are known as the same person already.", nil)
		}
		from, to := carrier(groups[0], groups[1], a, b)
		return t.rectify(ctx, from, diagnostics.Values{"same_as": to}, "")
	})
}

// carrier chooses the card that carries the link between two groups: one whose
// field is free, so that no other link is lost. In a group where none is free
// the links make a circle, and any of them may go.
func carrier(groupA, groupB []linked, a, b string) (from, to string) {
	free := func(l linked) bool { return l.sameAs == "" }
	switch {
	case free(groupA[0]): // the card itself comes first
		return a, b
	case free(groupB[0]):
		return b, a
	}
	if i := slices.IndexFunc(groupA, free); i >= 0 {
		return groupA[i].id, b
	}
	if i := slices.IndexFunc(groupB, free); i >= 0 {
		return groupB[i].id, a
	}
	return a, b
}

// Apart takes back the link that a card carries: SameCard.Link. Errors:
// not_found (no such card, or it carries no link), unauthorized (no Sealer),
// internal.
func (n *Notebook) Apart(ctx context.Context, link string) error {
	return n.write(ctx, "store.Apart", func(t *tx) error {
		r, err := readRow(ctx, t, link)
		if err != nil {
			return err
		}
		if r == nil || r.Get("same_as") == "" {
			return notFound("store.Apart")
		}
		return t.rectify(ctx, link, diagnostics.Values{"same_as": ""}, "")
	})
}
