package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
)

// seen is a record as the analyses read it.
type seen struct {
	diagnostics.Record
	at        int64
	household string // of its encounter
	person    string // the card by which its person goes
	code      string // of that card
	locked    []string
}

// isLocked reports whether the key of a field has not arrived.
func (s *seen) isLocked(field string) bool { return slices.Contains(s.locked, field) }

// time is when the record was seen, in UTC.
func (s *seen) time() time.Time { return time.Unix(s.at, 0).UTC() }

func (s *seen) demo() bool { return s.Get("demo") == "yes" }

// Rows reads what the analyses count. It leaves out who restricts that.
type Rows struct {
	db    *sql.DB
	hides int // bits of limitOf
}

// Research gives the rows that a research file may be made of: those of the
// persons who object to research are left out, too (DOMAIN.md L14).
func (r Rows) Research() Rows { return Rows{r.db, r.hides | limitResearch} }

// Shared gives the rows that a file about persons one by one may be made of,
// which leaves the team: without those who refuse sharing, and without archived
// files (DOMAIN.md L14, L2). Figures count both: they tell of nobody.
func (r Rows) Shared() Rows { return Rows{r.db, r.hides | limitShare | limitArchive} }

// sqlPersonCode is the code of the card by which a person goes.
const sqlPersonCode = "CASE WHEN p.root = p.id THEN p.code ELSE (SELECT q.code FROM persons q WHERE q.id = p.root) END"

// The facts of a corrected diagnostic, and the diagnostic itself, are left out,
// whichever of the two arrived first; and so is what is about a person who
// restricts it. Cards of one person are one person.
const (
	sqlSeen = `SELECT r.at, r.id, r.type, r.fields, r.locked, coalesce(json_extract(e.fields, '$.household'), ''),
 coalesce(p.root, r.person, ''), coalesce(` + sqlPersonCode + `, '')
 FROM records r LEFT JOIN records e ON e.id = r.encounter LEFT JOIN persons p ON p.id = r.person
 WHERE (r.at, r.id) > (?1, ?2) AND r.at < ?3 AND coalesce(p.limits, 0) & ?6 = 0 AND r.born <= ?7
 AND NOT EXISTS (SELECT 1 FROM superseded s WHERE s.id = coalesce(r.diagnostic, r.id) AND s.born <= ?7)`
	sqlSeenOfType = sqlSeen + " AND r.type = ?4 ORDER BY r.at, r.id LIMIT ?5"
	sqlSeenOfForm = sqlSeen + " AND r.form = ?4 ORDER BY r.at, r.id LIMIT ?5"
)

func scanSeen(rows *sql.Rows) (seen, error) {
	var s seen
	var fields, locked string
	if err := rows.Scan(&s.at, &s.ID, &s.Type, &fields, &locked, &s.household, &s.person, &s.code); err != nil {
		return s, err
	}
	s.locked = names(locked)
	return s, readFields(fields, &s.Fields)
}

// asOf is the key of the number of the last change that a long read shows.
type asOf struct{}

// AsOf fixes what the analyses and exports under the context show: the notebook
// as it stands now, however long they read and whatever is written meanwhile,
// typed here or received. What is erased meanwhile is not shown; a card shows
// its last state. A context that is fixed already stays as it is.
func (n *Notebook) AsOf(ctx context.Context) (context.Context, error) { return fixed(ctx, n.db) }

func fixed(ctx context.Context, q querier) (context.Context, error) {
	if ctx.Value(asOf{}) != nil {
		return ctx, nil
	}
	p, err := readProgress(ctx, q)
	return context.WithValue(ctx, asOf{}, p.changes), err
}

func upTo(ctx context.Context) int64 {
	number, _ := ctx.Value(asOf{}).(int64)
	return number
}

// each calls f for the counting records of a type or form seen in the period,
// oldest first. Rows are read a page at a time, one page ahead of f, and closed
// before f is called, so that f and other callers may use the notebook.
func (r Rows) each(ctx context.Context, query, of string, p diagnostics.Period, f func(*seen) error) error {
	ctx, err := fixed(ctx, r.db)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	pages := make(chan seenPage)
	go r.pages(ctx, query, of, p, pages)
	defer func() {
		stop()
		for range pages { // until the reader has left
		}
	}()
	for page := range pages {
		if page.err != nil {
			return page.err
		}
		for i := range page.rows {
			if err := f(&page.rows[i]); err != nil {
				return err
			}
		}
	}
	return vault.DBError("store", ctx.Err()) // the reader may have left without a word
}

// seenPage is a page of records, or why there is none.
type seenPage struct {
	rows []seen
	err  error
}

// pages reads until the last page, an error or the context's end, and closes
// the channel.
func (r Rows) pages(ctx context.Context, query, of string, p diagnostics.Period, pages chan<- seenPage) {
	defer close(pages)
	at, id := p.From.Unix()-1, "~" // behind every id
	end := p.To.AddDate(0, 0, 1).Unix()
	for {
		rows, err := collect(ctx, r.db, scanSeen, query, at, id, end, of, pageRows, r.hides, upTo(ctx))
		select {
		case pages <- seenPage{rows, err}:
		case <-ctx.Done():
			return
		}
		if err != nil || len(rows) < pageRows {
			return
		}
		last := rows[len(rows)-1]
		at, id = last.at, last.ID
	}
}

// Needs calls f for each need observed in the period, oldest first.
func (r Rows) Needs(ctx context.Context, p diagnostics.Period, f func(diagnostics.NeedRow) error) error {
	return r.each(ctx, sqlSeenOfType, diagnostics.TypeNeed, p, func(s *seen) error {
		return f(diagnostics.NeedRow{
			At: s.time(), Domain: s.Get("domain"), District: s.Get("district"), Team: s.Get("team"),
			Person: s.person, Household: s.who(), Publics: s.List("publics"), Urgency: s.Get("urgency"),
			Covered: s.Get("covered"), WhyNot: s.List("why_not_covered"), New: s.Get("new") == "yes",
			OwnWords: s.Get("own_words") != "" || s.isLocked("own_words"), Demo: s.demo(),
		})
	})
}

// who tells households apart: the household that was met, else the person,
// else the encounter, so that one person met twice is never two.
func (s *seen) who() string {
	for _, id := range []string{s.household, s.person, s.Get("encounter"), s.Get("diagnostic")} {
		if id != "" {
			return id
		}
	}
	return s.ID
}

// Encounters calls f for each encounter of the period, oldest first.
func (r Rows) Encounters(ctx context.Context, p diagnostics.Period, f func(diagnostics.EncounterRow) error) error {
	return r.each(ctx, sqlSeenOfType, diagnostics.TypeEncounter, p, func(s *seen) error {
		return f(diagnostics.EncounterRow{
			At: s.time(), Kind: s.Get("kind"), Contact: s.Get("contact_kind"),
			District: s.Get("district"), Team: s.Get("team"), Tour: s.Get("tour"), Person: s.person,
			Persons: s.Int("persons"), Demo: s.demo(),
		})
	})
}

// TourRows calls f for each tour begun in the period, oldest first.
func (r Rows) TourRows(ctx context.Context, p diagnostics.Period, f func(diagnostics.TourRow) error) error {
	return r.each(ctx, sqlSeenOfType, diagnostics.TypeTour, p, func(s *seen) error {
		return f(diagnostics.TourRow{
			Start: s.time(), End: s.Time("end"), Team: s.Get("team"),
			Sectors: s.List("sectors"), Staff: s.Int("staff"), Demo: s.demo(),
		})
	})
}

// Diagnostics calls f for each diagnostic of the period, oldest first.
func (r Rows) Diagnostics(ctx context.Context, p diagnostics.Period, f func(diagnostics.DiagnosticRow) error) error {
	return r.each(ctx, sqlSeenOfType, diagnostics.TypeDiagnostic, p, func(s *seen) error {
		return f(diagnostics.DiagnosticRow{
			At: s.time(), Form: s.Get("form_id"), Subject: s.Get("subject"),
			District: s.Get("district"), Team: s.Get("team"), Person: s.person, Publics: s.List("publics"), Demo: s.demo(),
		})
	})
}

// Referrals calls f for each referral of the period, oldest first.
func (r Rows) Referrals(ctx context.Context, p diagnostics.Period, f func(diagnostics.ReferralRow) error) error {
	return r.each(ctx, sqlSeenOfType, diagnostics.TypeReferral, p, func(s *seen) error {
		return f(diagnostics.ReferralRow{
			At: s.time(), To: s.Get("to"), Answer: s.Get("answer"), Why: s.List("why_declined"),
			District: s.Get("district"), Team: s.Get("team"), Person: s.person, Demo: s.demo(),
		})
	})
}

// A diagnostic of a form counts unless it stands corrected itself: what is
// counted is all in an index. The few that persons restrict are counted by
// themselves. The last query's last term is that of the index of made-up
// diagnostics.
const (
	sqlCountAnswers = `SELECT count(*) FROM records r WHERE r.form = ?1 AND r.at >= ?2 AND r.at < ?3
 AND NOT EXISTS (SELECT 1 FROM superseded s WHERE s.id = r.id)`
	sqlHiddenAnswers = `SELECT count(*) FROM persons p JOIN records r ON r.person = p.id WHERE p.limits > 0 AND p.limits & ?4 > 0
 AND +r.form = ?1 AND r.at >= ?2 AND r.at < ?3 AND NOT EXISTS (SELECT 1 FROM superseded s WHERE s.id = r.id)`
	sqlMadeUpAnswers = `SELECT EXISTS (SELECT 1 FROM records r LEFT JOIN persons p ON p.id = r.person
 WHERE r.form = ?1 AND r.at >= ?2 AND r.at < ?3 AND coalesce(p.limits, 0) & ?4 = 0
 AND NOT EXISTS (SELECT 1 FROM superseded s WHERE s.id = r.id) AND instr(r.fields, '"demo":"yes"') > 0)`
)

// CountAnswers tells how many rows Answers gives, and whether one of them is
// made up.
func (r Rows) CountAnswers(ctx context.Context, form string, p diagnostics.Period) (rows int, demo bool, err error) {
	from, to := p.From.Unix(), p.To.AddDate(0, 0, 1).Unix()
	hidden := 0
	if err = r.db.QueryRowContext(ctx, sqlCountAnswers, form, from, to).Scan(&rows); err == nil {
		err = r.db.QueryRowContext(ctx, sqlHiddenAnswers, form, from, to, r.hides).Scan(&hidden)
	}
	if err == nil {
		err = r.db.QueryRowContext(ctx, sqlMadeUpAnswers, form, from, to, r.hides).Scan(&demo)
	}
	return rows - hidden, demo, vault.DBError("store.CountAnswers", err)
}

// Answers calls f for each diagnostic of a form in the period, oldest first.
// Texts answers unauthorized while the key of the words has not arrived.
func (r Rows) Answers(ctx context.Context, form string, p diagnostics.Period, f func(diagnostics.AnswerRow) error) error {
	return r.each(ctx, sqlSeenOfForm, form, p, func(s *seen) error {
		row := diagnostics.AnswerRow{
			ID: s.ID, At: s.time(), District: s.Get("district"), PersonCode: s.code,
			Version: s.Get("form_version"), Answers: []byte(s.Get("answers")), Demo: s.demo(),
		}
		texts, locked := s.Get("texts"), s.isLocked("texts")
		if texts != "" || locked {
			row.Texts = func() ([]byte, error) {
				if locked {
					return nil, diagnostics.E("store.Answers", diagnostics.CodeUnauthorized,
						"La clé de ces textes n'est pas encore arrivée.", "The key of these texts has not arrived yet.", nil)
				}
				return []byte(texts), nil
			}
		}
		return f(row)
	})
}
