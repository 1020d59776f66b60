package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// InConflict gives the cards with a field of several answers, the last changed
// first; count is 1 to 200, 50 if 0.
func (n *Notebook) InConflict(ctx context.Context, count int) ([]diagnostics.Record, error) {
	return collect(ctx, n.db, scanRecord,
		"SELECT "+recordColumns+" FROM records WHERE conflict <> '' ORDER BY at DESC, id DESC LIMIT ?", limit(count))
}

// Given is one of the answers to a question, as it is kept with the decision: so
// that the question can be opened again with all of them.
type Given struct {
	Value  string    `json:"v"`
	Device string    `json:"d,omitempty"`
	At     time.Time `json:"t"`
}

// Decision is how several answers to one field of a card were decided.
type Decision struct {
	Record, Field string
	Kept          string   // the answer that counts
	Why           string   // "" if nobody said
	Others        []string // the answers that are set aside, in words
	Answers       []Given  // all of them, the first given first
	Both          bool     // each was right at its time: each becomes a dated situation of the person
}

// Decide gives a field of several answers the one that counts, and writes down
// what was kept, what was set aside and why, in one transaction. A field that
// was decided before may be decided again. Where all answers hold, it gives the
// ids of the situations that it made. Errors: not_found, forbidden (a fact),
// invalid, unauthorized, internal.
func (n *Notebook) Decide(ctx context.Context, d Decision) (situations []string, err error) {
	err = n.write(ctx, "store.Decide", func(t *tx) error {
		r, err := readRow(ctx, t, d.Record)
		if err != nil {
			return err
		}
		if r == nil {
			return notFound("store.Decide")
		}
		resolution, err := t.resolution(r, d)
		if err != nil {
			return err
		}
		if err := t.update(ctx, r, changes(r, diagnostics.Values{d.Field: d.Kept}, true)); err != nil {
			return err
		}
		if d.Both {
			if situations, err = t.situations(ctx, r, d); err != nil {
				return err
			}
		}
		return t.create(ctx, &resolution)
	})
	return situations, err
}

// resolution is what the history keeps of a decision about a card.
func (t *tx) resolution(r *row, d Decision) (diagnostics.Record, error) {
	answers, err := json.Marshal(d.Answers)
	if err != nil {
		return diagnostics.Record{}, err
	}
	return diagnostics.Record{Type: diagnostics.TypeResolution, Fields: diagnostics.Values{
		"record": r.ID, "person": personOf(r), "field": d.Field, "kept": d.Kept, "set_aside": strings.Join(d.Others, " · "),
		"answers": string(answers), "why": d.Why, "at": diagnostics.FormatTime(t.now), "team": r.Get("team"), "demo": r.Get("demo"),
	}}, nil
}

func personOf(r *row) string {
	if r.Type == diagnostics.TypePerson {
		return r.ID
	}
	return r.Get("person")
}

// situations writes each answer as what was true on its day.
func (t *tx) situations(ctx context.Context, r *row, d Decision) ([]string, error) {
	if _, ok := diagnostics.Dated(r.Type, d.Field); !ok {
		return nil, diagnostics.E("store.Decide", diagnostics.CodeInvalid,
			"Cette question n'a qu'une réponse à la fois.", "This question has one answer only.", nil)
	}
	var made []string
	for _, a := range d.Answers {
		situation := diagnostics.Record{Type: diagnostics.TypeSituation, Fields: diagnostics.Values{
			"person": personOf(r), d.Field: a.Value, "at": diagnostics.FormatTime(a.At), "team": r.Get("team"), "demo": r.Get("demo"),
		}}
		if err := t.create(ctx, &situation); err != nil {
			return nil, err
		}
		made = append(made, situation.ID)
	}
	return made, nil
}

// Reopen asks a question again that was decided: the card stays as it is until
// then, the situations that the decision made count no more, and the history
// keeps all of it. Errors: not_found, unauthorized, internal.
func (n *Notebook) Reopen(ctx context.Context, d Decision, situations []string) error {
	return n.write(ctx, "store.Reopen", func(t *tx) error {
		r, err := readRow(ctx, t, d.Record)
		if err != nil {
			return err
		}
		if r == nil {
			return notFound("store.Reopen")
		}
		for _, id := range situations {
			if err := t.create(ctx, withdrawal(id, r, t.now)); err != nil {
				return err
			}
		}
		resolution, err := t.resolution(r, d)
		if err != nil {
			return err
		}
		resolution.Fields["reopened"] = "yes"
		return t.create(ctx, &resolution)
	})
}

// withdrawal takes a record back that has to do with another one.
func withdrawal(id string, about *row, now time.Time) *diagnostics.Record {
	return &diagnostics.Record{Type: diagnostics.TypeWithdrawal, Fields: diagnostics.Values{
		"corrects": id, "at": diagnostics.FormatTime(now), "team": about.Get("team"), "demo": about.Get("demo"),
	}}
}

// Decided is how a question was decided last, or that it was opened again.
type Decided struct {
	Decision
	At       time.Time
	Reopened bool
}

const sqlDecided = "SELECT " + recordColumns + ` FROM records WHERE type = 'resolution' AND at >= ?
 AND json_extract(fields, '$.field') <> 'same_as' AND json_extract(fields, '$.answers') IS NOT NULL ORDER BY at DESC, id DESC LIMIT ?`

// Decided gives what was decided since a day, each question once, the last
// decided first; at most 200.
func (n *Notebook) Decided(ctx context.Context, since time.Time) ([]Decided, error) {
	read, err := collect(ctx, n.db, scanRecord, sqlDecided, since.Unix(), pageRows)
	known := map[string]bool{}
	var out []Decided
	for _, r := range read {
		key := r.Get("record") + " " + r.Get("field")
		if known[key] {
			continue
		}
		known[key] = true
		d := Decided{At: r.Time("at"), Reopened: r.Get("reopened") == "yes", Decision: Decision{
			Record: r.Get("record"), Field: r.Get("field"), Kept: r.Get("kept"), Why: r.Get("why"),
		}}
		if json.Unmarshal([]byte(r.Get("answers")), &d.Answers) == nil && len(d.Answers) > 1 {
			out = append(out, d)
		}
	}
	return out, err
}

// Resolutions gives how the answers of a record were decided, newest first.
func (n *Notebook) Resolutions(ctx context.Context, id string) ([]diagnostics.Record, error) {
	return collect(ctx, n.db, scanRecord, "SELECT "+recordColumns+` FROM records
 WHERE type = 'resolution' AND json_extract(fields, '$.record') = ? ORDER BY at DESC, id DESC`, id)
}

// HeldOp is an operation of this laptop that the server has and did not apply.
type HeldOp struct {
	N              int64
	Rec, Type, Why string
}

// HeldOps gives them, the newest first.
func (n *Notebook) HeldOps(ctx context.Context) ([]HeldOp, error) {
	return collect(ctx, n.db, func(rows *sql.Rows) (h HeldOp, err error) {
		return h, rows.Scan(&h.N, &h.Rec, &h.Type, &h.Why)
	}, "SELECT n, rec, coalesce(json_extract(body, '$.type'), ''), held FROM ops WHERE "+sqlHeld+" ORDER BY n DESC LIMIT ?", pageRows)
}

// sqlHeld chooses the operations that are held and that nobody decided about.
const sqlHeld = "held IS NOT NULL AND held <> '" + wire.HeldDropped + "'"

// HeldNumbers gives the numbers of the held operations, the first first; at most
// 200.
func (n *Notebook) HeldNumbers(ctx context.Context) ([]int64, error) {
	return collect(ctx, n.db, func(rows *sql.Rows) (number int64, err error) {
		return number, rows.Scan(&number)
	}, "SELECT n FROM ops WHERE "+sqlHeld+" ORDER BY n LIMIT ?", pageRows)
}
