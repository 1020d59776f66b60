package store

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/register"
	"solidaren/sync/wire"
)

// Erasure says who is erased, and why.
type Erasure struct {
	Person  string           // id of the card
	Why     string           // wire.EraseRequest or wire.EraseRetention
	Request string           // of EraseRequest: id of the record in which it was asked
	Role    diagnostics.Role // of whoever erases, "" where the laptop belongs to no team
}

// Erase removes a person's cards and all that is known of the person: records,
// what operations, drafts, defaults and the access log said of them, here at
// once and, by an operation, on the server and every laptop of the team. It
// gives the number of records that are gone. Errors: not_found, forbidden (the
// role may not; or what somebody asks was asked from this laptop: a second
// person confirms from theirs), conflict (it is to be kept still), internal.
func (n *Notebook) Erase(ctx context.Context, e Erasure) (int, error) {
	const op = "store.Erase"
	count := 0
	var drafts []string
	err := n.write(ctx, op, func(t *tx) error {
		r, err := readRow(ctx, t, e.Person)
		switch {
		case err != nil:
			return err
		case r == nil || r.Type != diagnostics.TypePerson:
			return notFound(op)
		}
		if err := t.mayErase(ctx, r.Record, e); err != nil {
			return err
		}
		cards, err := cardsOf(ctx, t, r.ID)
		if err != nil {
			return err
		}
		for _, card := range cards {
			n, ended, err := t.eraseCard(ctx, card.ID, e)
			if err != nil {
				return err
			}
			count, drafts = count+n, append(drafts, ended...)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	n.endTyping(drafts)
	return count, n.Wipe(ctx)
}

// eraseCard erases one of a person's cards.
func (t *tx) eraseCard(ctx context.Context, id string, e Erasure) (int, []string, error) {
	r, err := readRow(ctx, t, id)
	if err != nil || r == nil {
		return 0, nil, err
	}
	if err := t.tellErasure(ctx, r, e); err != nil {
		return 0, nil, err
	}
	return t.erasePerson(ctx, id, e.Why)
}

// mayErase refuses what the server would hold, too.
func (t *tx) mayErase(ctx context.Context, person diagnostics.Record, e Erasure) error {
	const op = "store.Erase"
	if e.Role != "" && e.Role != diagnostics.RoleCoordinator {
		return diagnostics.E(op, diagnostics.CodeForbidden,
			"Rien n'est effacé. Seule la coordination peut effacer un dossier.",
			"Nothing was erased. Only the coordinator may erase a file.", nil)
	}
	if e.Why == wire.EraseRetention {
		until, err := keptUntil(ctx, t, person.ID)
		if err != nil {
			return err
		}
		if t.now.Before(until) {
			return diagnostics.E(op, diagnostics.CodeConflict,
				"Rien n'est effacé. Ce dossier n'a pas encore atteint sa durée de conservation.",
				"Nothing was erased. This file has not reached its retention time yet.", nil)
		}
		return nil
	}
	request, err := readRow(ctx, t, e.Request)
	if err != nil {
		return err
	}
	if request == nil || request.Type != diagnostics.TypeRequest || request.Get("kind") != diagnostics.RequestErase ||
		request.Get("person") != person.ID || request.Get("answer") != "" && request.Get("answer") != "done" {
		return diagnostics.E(op, diagnostics.CodeForbidden,
			"Rien n'est effacé. Notez d'abord la demande de la personne.",
			"Nothing was erased. Write down first what the person asks.", nil)
	}
	own, err := collect(ctx, t, scanInt, "SELECT 1 FROM ops WHERE rec = ? AND json_type(body, '$.set.kind') IS NOT NULL", request.ID)
	if err != nil || len(own) == 0 || e.Role == "" {
		return err
	}
	return diagnostics.E(op, diagnostics.CodeForbidden,
		"Rien n'est effacé. La demande vient de ce poste : une seconde personne doit confirmer, depuis le sien.",
		"Nothing was erased. The request was written on this computer: a second person must confirm, from theirs.", nil)
}

// tellErasure adds the operations that erase a person and a household that
// nobody else lives in. Where nothing was ever sent there is nobody to tell.
func (t *tx) tellErasure(ctx context.Context, person *row, e Erasure) error {
	why := wire.Erase{Why: e.Why, Person: person.ID, Request: e.Request}
	if err := t.logErase(ctx, person, why); err != nil {
		return err
	}
	home := person.Get("household")
	if home == "" {
		return nil
	}
	others, err := collect(ctx, t, scanInt, `SELECT 1 FROM records WHERE type = 'person' AND id <> ?1
 AND json_extract(fields, '$.household') = ?2 LIMIT 1`, person.ID, home)
	if err != nil || len(others) > 0 {
		return err
	}
	household, err := readRow(ctx, t, home)
	if err != nil || household == nil {
		return err
	}
	if err := t.logErase(ctx, household, why); err != nil {
		return err
	}
	_, err = t.erase(ctx, home)
	return err
}

func (t *tx) logErase(ctx context.Context, r *row, why wire.Erase) error {
	if t.synced == 0 {
		return nil
	}
	op := t.stamp(wire.Op{Rec: r.ID, Type: r.Type, Kind: wire.OpErase, Base: r.ver, Erase: &why})
	return t.append(ctx, op)
}

// erasePerson removes a person's card and all that is about the person, and
// gives the number of records and the drafts that are gone.
func (t *tx) erasePerson(ctx context.Context, id, why string) (int, []string, error) {
	card, err := readRow(ctx, t, id)
	if err != nil {
		return 0, nil, err
	}
	code := ""
	if card != nil {
		code = card.Get("code")
	}
	drafts, err := t.eraseDrafts(ctx, id, code)
	if err != nil {
		return 0, nil, err
	}
	count := 0
	for page := []string{""}; len(page) > 0; {
		if page, err = collect(ctx, t, scanText, "SELECT id FROM records WHERE person = ? LIMIT ?", id, pageRows); err != nil {
			return 0, nil, err
		}
		for _, about := range page {
			if _, err := t.erase(ctx, about); err != nil {
				return 0, nil, err
			}
			count++
		}
	}
	there, err := t.erase(ctx, id)
	if err != nil {
		return 0, nil, err
	}
	if there {
		count++
	}
	if count+len(drafts) == 0 {
		return 0, nil, nil
	}
	return count, drafts, t.access(ctx, diagnostics.Access{Action: diagnostics.ActionErase, Target: id, Purpose: purposeOf[why], Count: count})
}

// purposeOf says for the access log why something was erased.
var purposeOf = map[string]string{
	wire.EraseRequest: "right", wire.EraseRetention: diagnostics.PurposeRetention, "": diagnostics.PurposeRetention,
}

// eraseDrafts ends the drafts about a person, by the card or by the code that
// was typed, and forgets the defaults that came from the person.
func (t *tx) eraseDrafts(ctx context.Context, person, code string) ([]string, error) {
	if code == "" {
		code = person // is in no form
	}
	ids, err := collect(ctx, t, scanText, `SELECT id FROM drafts WHERE person = ?1 OR instr(state, CAST(?2 AS BLOB))
 OR corrects IN (SELECT id FROM records WHERE person = ?1)`, person, code)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if _, err := t.endDraft(ctx, id); err != nil {
			return nil, err
		}
	}
	_, err = t.exec(ctx, "DELETE FROM last_saved WHERE person = ?1 OR instr(xml, CAST(?2 AS BLOB))", person, code)
	return ids, err
}

func (n *Notebook) endTyping(drafts []string) {
	for _, id := range drafts {
		n.typing.end(id)
	}
}

const sqlEmptyOps = `UPDATE ops SET salt = NULL,
 body = json_remove(iif(n > ?2, json_set(body, '$.kind', 'void'), body), '$.set')
 WHERE rec = ?1 AND json_extract(body, '$.kind') <> 'erase'`

// erase removes a record for good, and what its operations and the access log
// said; the numbers stay. An operation that the server does not have yet is sent
// as a void one. It reports whether the record was there.
func (t *tx) erase(ctx context.Context, id string) (bool, error) {
	known, err := collect(ctx, t, scanInt, sqlKnown, id)
	if err != nil {
		return false, err
	}
	if _, err := t.exec(ctx, sqlEmptyOps, id, t.acked); err != nil {
		return false, err
	}
	if _, err := t.exec(ctx, "UPDATE access SET salt = NULL, target = '', purpose = '', count = 0 WHERE target = ?", id); err != nil {
		return false, err
	}
	if len(known) == 0 {
		return false, nil
	}
	if err := t.setSetting(ctx, settingWipe, "due"); err != nil {
		return false, err
	}
	return true, t.remove(ctx, id)
}

// pullErased takes in that a record was erased elsewhere.
func (t *tx) pullErased(ctx context.Context, state wire.Record, r *row, done *pulled) error {
	if state.Type == diagnostics.TypePerson || r != nil && r.Type == diagnostics.TypePerson {
		count, drafts, err := t.erasePerson(ctx, state.ID, state.Why)
		done.Records += count
		done.drafts = append(done.drafts, drafts...)
		return err
	}
	there, err := t.erase(ctx, state.ID)
	if there {
		done.Records++
	}
	return err
}

// pulled is what a reply changed.
type pulled struct {
	wire.Applied
	drafts []string // of erased persons
}

// settingWipe is set while the files may hold what was erased.
const settingWipe = "store.wipe"

// Clean reports whether nothing of what was erased is left in the files.
func (n *Notebook) Clean(ctx context.Context) (bool, error) {
	due, err := n.Setting(ctx, settingWipe)
	return due == "", err
}

// settingUnconfirmed holds what a server says of erasures that laptops have not
// confirmed.
const settingUnconfirmed = "sync.unconfirmed"

// Unconfirmed gives the erased persons whom other laptops of the team may still
// hold, as the server said it last. It says so to a coordinator alone. Errors:
// internal.
func (n *Notebook) Unconfirmed(ctx context.Context) ([]wire.Unconfirmed, error) {
	text, err := n.Setting(ctx, settingUnconfirmed)
	if err != nil || text == "" {
		return nil, err
	}
	var all []wire.Unconfirmed
	return all, json.Unmarshal([]byte(text), &all)
}

// noteUnconfirmed keeps what a reply says of them.
func (t *tx) noteUnconfirmed(ctx context.Context, all []wire.Unconfirmed) error {
	text := ""
	if len(all) > 0 {
		list, err := json.Marshal(all)
		if err != nil {
			return err
		}
		text = string(list)
	}
	return t.setSetting(ctx, settingUnconfirmed, text)
}

// Wipe writes the database anew without what was erased: deleting alone leaves
// traces between the rows and in the log. It does nothing unless something was
// erased since the last time. Errors: too_large (the disk is full; it is tried
// again at the next opening), internal.
func (n *Notebook) Wipe(ctx context.Context) error {
	due, err := n.Setting(ctx, settingWipe)
	if err != nil || due == "" {
		return err
	}
	err = n.wipeFiles(ctx)
	if err == nil {
		err = n.SetSettings(ctx, map[string]string{settingWipe: ""})
	}
	if err == nil {
		return nil
	}
	return diagnostics.E("store.Wipe", diagnostics.CodeTooLarge,
		"Le dossier est effacé, mais le fichier du carnet n'a pas pu être nettoyé. Libérez de la place : ce sera refait à la prochaine ouverture.",
		"The file is erased, but the notebook's file could not be cleaned. Make room: it is done again at the next opening.", err)
}

// endErasure ends the cleaning of an erasure that was interrupted. What cannot
// be cleaned now, for want of room, keeps nobody from the notebook: it stays due.
func (n *Notebook) endErasure(ctx context.Context) error {
	if err := n.Wipe(ctx); err != nil && diagnostics.Code(err) != diagnostics.CodeTooLarge {
		return err
	}
	return nil
}

// wipeFiles drops the copies that were made before a migration, too: what was
// erased stands in them.
func (n *Notebook) wipeFiles(ctx context.Context) error {
	if err := n.vault.DropCopies(time.Time{}); err != nil {
		return err
	}
	if _, err := n.db.ExecContext(ctx, "VACUUM"); err != nil {
		return err
	}
	var busy, frames, moved int
	if err := n.db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved); err != nil {
		return err
	}
	if busy != 0 {
		return errors.New("the log is in use")
	}
	return nil
}

// isErased reports whether own operations, which are not in the server's state
// yet, erase a record.
func isErased(state wire.Record) bool { return state.Gone == register.Erased }
