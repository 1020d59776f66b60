package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"solidaren/diagnostics"
)

// verifyPages is how many pages one statement reads, so that other work on the
// connection goes on meanwhile.
const verifyPages = 200

// Verified tells how much was found in order.
type Verified struct {
	Pages  int64 `json:"pages"`
	Tables int   `json:"tables"`
}

// VerifyDB reads every page of an open database, so that each is authenticated,
// and checks the structure table by table, indexes and search included.
// progress, which may be nil, is told how much of the whole is done. Errors:
// corrupt (something is not as it was written), internal.
func VerifyDB(ctx context.Context, db *sql.DB, progress func(done, total int64)) (Verified, error) {
	var v Verified
	if progress == nil {
		progress = func(int64, int64) {}
	}
	names, err := tableNames(ctx, db, sqlAllTables)
	if err == nil {
		v.Tables = len(names)
		err = db.QueryRowContext(ctx, "PRAGMA page_count").Scan(&v.Pages)
	}
	// Checking the structure costs about as much as reading the pages.
	total := 2 * v.Pages
	for done := int64(0); err == nil && done < v.Pages; done += verifyPages {
		progress(done, total)
		var read int64
		err = db.QueryRowContext(ctx, "SELECT count(data) FROM sqlite_dbpage WHERE pgno > ? AND pgno <= ?",
			done, done+verifyPages).Scan(&read)
	}
	for i := 0; err == nil && i < len(names); i++ {
		progress(v.Pages+v.Pages*int64(i)/int64(len(names)), total)
		err = checkTable(ctx, db, names[i])
	}
	if err != nil {
		return Verified{}, DBError("vault.Verify", err)
	}
	progress(total, total)
	return v, nil
}

// checkTable checks one table and its indexes.
func checkTable(ctx context.Context, db *sql.DB, name string) error {
	rows, err := db.QueryContext(ctx, fmt.Sprintf("PRAGMA integrity_check(%s)", quote(name)))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var verdict string
		if err := rows.Scan(&verdict); err != nil {
			return err
		}
		if verdict != "ok" {
			return diagnostics.E("vault.Verify", diagnostics.CodeCorrupt,
				"Le fichier du carnet est abîmé. N'y touchez plus et prévenez la coordination.",
				"The file of the notebook is damaged. Leave it alone and tell your coordinator.",
				errors.New("the structure of a table is damaged")) // the verdict may quote content
		}
	}
	return rows.Err()
}
