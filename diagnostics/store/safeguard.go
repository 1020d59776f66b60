package store

import (
	"context"
	"database/sql"

	"solidaren/diagnostics"
)

const sqlSafeguards = `SELECT coalesce(fields ->> '$.impact', ''), coalesce(fields ->> '$.officer', ''), locked <> ''
 FROM records WHERE type = 'safeguard' ORDER BY at DESC, id DESC LIMIT 1`

// Safeguards tells what the team promises the law, empty where nobody entered
// it. Errors: unauthorized (the key that it is sealed with has not come yet),
// internal.
func (n *Notebook) Safeguards(ctx context.Context) (diagnostics.Safeguards, error) {
	var locked bool
	found, err := collect(ctx, n.db, func(rows *sql.Rows) (s diagnostics.Safeguards, err error) {
		return s, rows.Scan(&s.Impact, &s.Officer, &locked)
	}, sqlSafeguards)
	switch {
	case err != nil || len(found) == 0:
		return diagnostics.Safeguards{}, err
	case locked:
		return diagnostics.Safeguards{}, diagnostics.E("store.Safeguards", diagnostics.CodeUnauthorized,
			"La clé de l'équipe n'est pas encore arrivée. Envoyez et recevez encore une fois.",
			"The key of the team has not come yet. Send and receive once more.", nil)
	}
	return found[0], nil
}

// KeepSafeguards writes what the team promises the law from now on. What was
// said before stays in the notebook. Errors: invalid, unauthorized (no Sealer), internal.
func (n *Notebook) KeepSafeguards(ctx context.Context, s diagnostics.Safeguards, team string) error {
	s, err := s.Tidy()
	if err != nil {
		return err
	}
	_, err = n.Create(ctx, diagnostics.Record{Type: diagnostics.TypeSafeguard, Fields: diagnostics.Values{
		"impact": s.Impact, "officer": s.Officer, "team": team, "at": diagnostics.FormatTime(n.clock()),
	}})
	return err
}
