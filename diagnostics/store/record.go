package store

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// Create adds a record and gives it back with its id, made if it had none; a
// person without a code gets one. Errors: invalid (diagnostics.Record.Validate),
// conflict (the id or the person's code is taken), unauthorized (no Sealer),
// internal.
func (n *Notebook) Create(ctx context.Context, r diagnostics.Record) (diagnostics.Record, error) {
	r.Fields = maps.Clone(r.Fields)
	err := n.write(ctx, "store.Create", func(t *tx) error {
		if err := t.create(ctx, &r); err != nil {
			return err
		}
		return t.accessed(ctx, diagnostics.ActionCreate, r, 1)
	})
	return r, err
}

// Update changes fields of a card ("" empties one) and gives the card as it
// then stands. Setting a field that has several answers decides it. Errors:
// not_found, forbidden (a fact: it is corrected, not changed), invalid,
// unauthorized (no Sealer), internal.
func (n *Notebook) Update(ctx context.Context, id string, set diagnostics.Values) (diagnostics.Record, error) {
	var out diagnostics.Record
	err := n.write(ctx, "store.Update", func(t *tx) error {
		if err := unguarded(set); err != nil {
			return err
		}
		r, err := readRow(ctx, t, id)
		if err != nil {
			return err
		}
		if r == nil {
			return notFound("store.Update")
		}
		changed := changes(r, set, true)
		if err := t.update(ctx, r, changed); err != nil {
			return err
		}
		out = r.Record
		if len(changed) == 0 {
			return nil
		}
		return t.accessed(ctx, diagnostics.ActionModify, out, len(changed))
	})
	return out, err
}

// Get gives one record. Errors: not_found, internal.
func (n *Notebook) Get(ctx context.Context, id string) (diagnostics.Record, error) {
	records, err := collect(ctx, n.db, scanRecord, "SELECT "+recordColumns+" FROM records WHERE id = ?", id)
	return first("store.Get", records, err)
}

// Children gives what a diagnostic observed, in the order of the form.
func (n *Notebook) Children(ctx context.Context, diagnosticID string) ([]diagnostics.Record, error) {
	return collect(ctx, n.db, scanRecord,
		"SELECT "+recordColumns+" FROM records WHERE diagnostic = ? ORDER BY rowid", diagnosticID)
}

const sqlKnown = "SELECT 1 FROM records WHERE id = ?"

func (t *tx) create(ctx context.Context, r *diagnostics.Record) error {
	if r.ID == "" {
		r.ID = diagnostics.NewID()
	}
	if r.Fields == nil {
		r.Fields = diagnostics.Values{}
	}
	maps.DeleteFunc(r.Fields, func(_, value string) bool { return value == "" })
	if err := r.Validate(); err != nil {
		return err
	}
	known, err := collect(ctx, t, scanInt, sqlKnown, r.ID)
	if err != nil {
		return err
	}
	if len(known) > 0 {
		return diagnostics.E("store.Create", diagnostics.CodeConflict,
			"Cette fiche est déjà dans le carnet.", "This record is in the notebook already.", nil)
	}
	if r.Type == diagnostics.TypePerson {
		if err := t.giveCode(ctx, r); err != nil {
			return err
		}
	}
	if r.Type == diagnostics.TypeRequest {
		receive(r, t.now)
	}
	entity, _ := diagnostics.LookupEntity(r.Type)
	kind := wire.OpSet
	if entity.Kind == diagnostics.Fact {
		kind = wire.OpFact
	}
	if err := t.log(ctx, entity, wire.Op{Rec: r.ID, Type: r.Type, Kind: kind}, r.Fields); err != nil {
		return err
	}
	return t.put(ctx, &row{Record: *r})
}

// update writes the changes of a card and leaves in r how it then stands.
func (t *tx) update(ctx context.Context, r *row, set diagnostics.Values) error {
	entity, ok := diagnostics.LookupEntity(r.Type)
	if !ok || entity.Kind != diagnostics.Card {
		return diagnostics.E("store.Update", diagnostics.CodeForbidden,
			"Une fiche terminée ne change plus : corrigez-la, la correction prendra sa place.",
			"A finished record does not change any more: correct it, and the correction takes its place.", nil)
	}
	if err := (diagnostics.Record{Type: r.Type, Fields: set}).Validate(); err != nil {
		return err
	}
	if len(set) == 0 {
		return nil
	}
	if r.Type == diagnostics.TypePerson && set["same_as"] == r.ID {
		return diagnostics.E("store.Update", diagnostics.CodeInvalid,
			"Une fiche ne peut pas renvoyer à elle-même.", "A card cannot point at itself.", nil)
	}
	if code := set["code"]; r.Type == diagnostics.TypePerson && code != "" {
		if err := t.freeCode(ctx, r.ID, code); err != nil {
			return err
		}
	}
	base, err := t.base(ctx, r)
	if err != nil {
		return err
	}
	if err := t.log(ctx, entity, wire.Op{Rec: r.ID, Type: r.Type, Kind: wire.OpSet, Base: base}, set); err != nil {
		return err
	}
	return t.refresh(ctx, r)
}

// changes leaves of a set what differs from the row, and what decides a field
// with several answers.
func changes(r *row, set diagnostics.Values, decide bool) diagnostics.Values {
	out := diagnostics.Values{}
	for name, value := range set {
		if value != r.Get(name) || decide && slices.Contains(r.Conflict, name) {
			out[name] = value
		}
	}
	return out
}

const sqlTrunk = "SELECT json_extract(body, '$.base') FROM ops WHERE rec = ? AND n > ? ORDER BY n LIMIT 1"

// base is the record version that a new operation says it has seen: the last
// one pulled, or, while own operations on the record are not acknowledged, what
// the first of them had seen (SYNC.md §2.1).
func (t *tx) base(ctx context.Context, r *row) (int64, error) {
	trunk, err := collect(ctx, t, scanInt, sqlTrunk, r.ID, t.acked)
	if err != nil || len(trunk) == 0 {
		return r.ver, err
	}
	return trunk[0], nil
}

// log adds the operation that sets the fields, with names and words sealed.
func (t *tx) log(ctx context.Context, entity diagnostics.Entity, op wire.Op, set diagnostics.Values) error {
	sealer := t.n.sealer.Load()
	if sealer == nil {
		return diagnostics.E("store.log", diagnostics.CodeUnauthorized,
			"Les clés du carnet ne sont pas ouvertes.", "The keys of the notebook are not open.", nil)
	}
	op = t.stamp(op)
	op.Set = make(map[string]json.RawMessage, len(set))
	for name, value := range set {
		field, _ := entity.Field(name)
		var err error
		switch {
		case value == "":
			op.Set[name] = json.RawMessage("null")
		case field.Sealed:
			op.Set[name], err = (*sealer).Seal(op.Rec, name, op.ID, []byte(value))
		default:
			op.Set[name], err = json.Marshal(value)
		}
		if err != nil {
			return err
		}
	}
	return t.append(ctx, op)
}

// stamp says which operation it is, and when.
func (t *tx) stamp(op wire.Op) wire.Op {
	op.N, op.ID = t.last+1, diagnostics.NewID()
	op.At, op.TZ, op.Schema = t.now.UTC(), t.now.Format("-07:00"), diagnostics.SchemaVersion
	return op
}

const sqlInsertOp = "INSERT INTO ops (n, id, rec, body, salt, sum, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"

// append puts an operation at the end of the chain.
func (t *tx) append(ctx context.Context, op wire.Op) error {
	body, err := json.Marshal(op)
	if err != nil {
		return err
	}
	salt := newSalt()
	sum := commitment(salt, body)
	hash := link(t.hash, op.N, []byte(op.ID), sum)
	if _, err := t.exec(ctx, sqlInsertOp, op.N, op.ID, op.Rec, string(body), salt, sum, hash); err != nil {
		return err
	}
	t.last, t.hash = op.N, hash
	return nil
}
