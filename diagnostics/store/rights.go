package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"solidaren/diagnostics"
)

// unguarded refuses fields that have a way of their own: the date of the last
// contact moves with an encounter and with nothing else, the archive has its
// conditions. Errors: forbidden.
func unguarded(set diagnostics.Values) error {
	for name := range set {
		switch {
		case name == "last_contact_on":
			return diagnostics.E("store.Update", diagnostics.CodeForbidden,
				"La date du dernier contact ne change qu'avec une rencontre.",
				"The date of the last contact changes with an encounter only.", nil)
		case strings.HasPrefix(name, diagnostics.ArchivePrefix):
			return diagnostics.E("store.Update", diagnostics.CodeForbidden,
				"Un dossier s'archive depuis « Droits et durées ».", "A file is archived from \"Rights and retention\".", nil)
		}
	}
	return nil
}

// Archive says why a person's file is kept longer, until when, and who may open
// it meanwhile.
type Archive struct {
	Until  time.Time
	Reason string
	Rights string           // code of diagnostics.ListArchiveRights
	Role   diagnostics.Role // of whoever archives, "" where the laptop belongs to no team
}

// Archive keeps a person's file in the intermediate archive, or, with a zero
// Until, takes it out of there. Errors: not_found, forbidden (the role may not),
// invalid (no reason, no rights, or no end that is ahead and within ten years),
// internal.
func (n *Notebook) Archive(ctx context.Context, person string, a Archive) error {
	const op = "store.Archive"
	if !leads(a.Role) {
		return diagnostics.E(op, diagnostics.CodeForbidden,
			"Rien n'est changé. Seule la coordination peut archiver un dossier.",
			"Nothing was changed. Only the coordinator may archive a file.", nil)
	}
	set := diagnostics.Values{diagnostics.ArchiveUntil: "", diagnostics.ArchiveReason: "", diagnostics.ArchiveRights: ""}
	return n.write(ctx, op, func(t *tx) error {
		if !a.Until.IsZero() {
			if err := a.check(t.now); err != nil {
				return err
			}
			set = diagnostics.Values{
				diagnostics.ArchiveUntil:  a.Until.Format(time.DateOnly),
				diagnostics.ArchiveReason: strings.TrimSpace(a.Reason), diagnostics.ArchiveRights: a.Rights,
			}
		}
		r, err := readRow(ctx, t, person)
		switch {
		case err != nil:
			return err
		case r == nil || r.Type != diagnostics.TypePerson:
			return notFound(op)
		}
		if err := t.update(ctx, r, set); err != nil {
			return err
		}
		return t.accessed(ctx, diagnostics.ActionModify, r.Record, len(set))
	})
}

// Opening says who opens an archived file, and for what purpose.
type Opening struct {
	Role    diagnostics.Role // "" where the laptop belongs to no team
	Purpose string           // code of diagnostics.ListPurpose
}

// openedFor are the purposes for which an archived file is opened that only the
// data protection officer may see: what they ask for, and nothing else.
var openedFor = []string{"right", "control"}

// OpenCard gives a person's card and writes into the access log that it was
// read. An archived one it gives to those alone who may open it, for a purpose
// that they say. Errors: not_found, forbidden (archived: the role or the purpose
// does not fit), invalid (archived, and no purpose), internal.
func (n *Notebook) OpenCard(ctx context.Context, id string, o Opening) (diagnostics.Record, error) {
	var card diagnostics.Record
	err := n.write(ctx, "store.OpenCard", func(t *tx) error {
		r, err := readRow(ctx, t, id)
		if err != nil {
			return err
		}
		if r == nil || r.Type != diagnostics.TypePerson {
			return notFound("store.OpenCard")
		}
		cards, err := cardsOf(ctx, t, id)
		if err != nil {
			return err
		}
		for _, c := range cards { // archived is archived under any of the person's cards
			if err := t.mayOpen(ctx, c.ID, o); err != nil {
				return err
			}
		}
		card = r.Record
		action := diagnostics.ActionRead
		if o.Purpose != "" {
			action = diagnostics.ActionUnseal
		}
		return t.access(ctx, diagnostics.Access{Action: action, Target: id, Purpose: o.Purpose})
	})
	return card, err
}

// mayOpen refuses an archived card to those who may not open it.
func (t *tx) mayOpen(ctx context.Context, id string, o Opening) error {
	const op = "store.OpenCard"
	r, err := readRow(ctx, t, id)
	if err != nil || r == nil || !r.Archived() {
		return err
	}
	_, known := diagnostics.FindCode(diagnostics.ListPurpose, o.Purpose)
	switch {
	case !leads(o.Role):
		return diagnostics.E(op, diagnostics.CodeForbidden,
			"Ce dossier est archivé. Seule la coordination peut l'ouvrir.",
			"This file is archived. Only the coordinator may open it.", nil)
	case !known:
		return diagnostics.E(op, diagnostics.CodeInvalid,
			"Ce dossier est archivé. Dites pour quelle raison vous l'ouvrez.",
			"This file is archived. Say for what purpose you open it.", nil)
	case r.Get(diagnostics.ArchiveRights) == "dpo" && !slices.Contains(openedFor, o.Purpose):
		return diagnostics.E(op, diagnostics.CodeForbidden,
			"Ce dossier est réservé au délégué à la protection des données : il s'ouvre pour une demande de la personne ou un contrôle.",
			"This file is kept for the data protection officer: it opens for a request of the person or a check.", nil)
	}
	return nil
}

// shut leaves of an archived card what links a record to it.
func shut(card diagnostics.Record) diagnostics.Record {
	if !card.Archived() {
		return card
	}
	fields := diagnostics.Values{"code": card.Get("code")}
	for _, name := range []string{diagnostics.ArchiveUntil, diagnostics.ArchiveRights} {
		fields[name] = card.Get(name)
	}
	return diagnostics.Record{ID: card.ID, Type: card.Type, Fields: fields}
}

// longestArchive is how many years ahead the end of an archive may be.
const longestArchive = 10

// minReason is how many letters a justification has at least.
const minReason = 20

func (a Archive) check(now time.Time) error {
	_, known := diagnostics.FindCode(diagnostics.ListArchiveRights, a.Rights)
	field, fr, en := "", "", ""
	switch {
	case len([]rune(strings.TrimSpace(a.Reason))) < minReason:
		field, fr, en = diagnostics.ArchiveReason, "Écrivez pourquoi ce dossier doit être gardé plus longtemps.", "Write why this file must be kept longer."
	case !known:
		field, fr, en = diagnostics.ArchiveRights, "Dites qui pourra ouvrir le dossier archivé.", "Say who may open the archived file."
	case !a.Until.After(now) || a.Until.After(now.AddDate(longestArchive, 0, 0)):
		field, fr, en = diagnostics.ArchiveUntil, "La fin de l'archivage est à venir, dans dix ans au plus.", "The archive ends in the future, within ten years."
	default:
		return nil
	}
	return &diagnostics.Error{Op: "store.Archive", Code: diagnostics.CodeInvalid, Field: field, Msg: diagnostics.Text{FR: fr, EN: en}}
}

// receive gives a new request its days: when it came, and by when it must be
// answered.
func receive(r *diagnostics.Record, now time.Time) {
	received := r.Time("received_on")
	if received.IsZero() {
		received = now
		r.Fields["received_on"] = now.Format(time.DateOnly)
	}
	if r.Fields["due_on"] == "" {
		r.Fields["due_on"] = diagnostics.AnswerBy(received, diagnostics.AnswerMonths).Format(time.DateOnly)
	}
}

// Extend gives more time to answer a request, two months at most, with the
// reason that the person is told. Errors: not_found, invalid, internal.
func (n *Notebook) Extend(ctx context.Context, request, why string) error {
	const op = "store.Extend"
	if len([]rune(strings.TrimSpace(why))) < minReason {
		return &diagnostics.Error{Op: op, Code: diagnostics.CodeInvalid, Field: "extended_why", Msg: diagnostics.Text{
			FR: "Écrivez la raison, telle que la personne la lira.", EN: "Write the reason, as the person will read it.",
		}}
	}
	r, err := n.Get(ctx, request)
	if err == nil && r.Type != diagnostics.TypeRequest {
		err = notFound(op)
	}
	if err != nil {
		return err
	}
	until := diagnostics.AnswerBy(r.Time("received_on"), diagnostics.AnswerMonths+diagnostics.ExtensionMonths)
	_, err = n.Update(ctx, request, diagnostics.Values{"extended_to": until.Format(time.DateOnly), "extended_why": strings.TrimSpace(why)})
	return err
}

// Requests gives what persons asked for: what is open, the most urgent first,
// then what is answered.
func (n *Notebook) Requests(ctx context.Context) ([]diagnostics.Record, error) {
	var all []diagnostics.Record
	for last := ""; ; {
		page, err := collect(ctx, n.db, scanRecord, "SELECT "+recordColumns+" FROM records WHERE type = 'request' AND id > ? ORDER BY id LIMIT ?", last, pageRows)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if len(page) < pageRows {
			break
		}
		last = page[len(page)-1].ID
	}
	slices.SortStableFunc(all, func(a, b diagnostics.Record) int {
		return cmp.Or(cmp.Compare(a.Get("closed_on"), b.Get("closed_on")), diagnostics.DueOn(a).Compare(diagnostics.DueOn(b)))
	})
	return all, nil
}
