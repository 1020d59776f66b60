package store

import (
	"context"
	"database/sql"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"solidaren/diagnostics"
)

// Attachment is a file that an answer names. It stays on this laptop: it is not
// sent.
type Attachment struct {
	Name string
	Size int64 // bytes
}

// maxAttachmentName bounds the name of a file, in characters.
const maxAttachmentName = 80

// Attach keeps a file with a draft and gives the name that it has there: made of
// the one that it had, with nothing in it that XML or a file system reads in
// another way, and one that no other file of the draft has. It is durable on
// return. Errors: invalid (no draft), too_large (the disk is full), internal.
func (n *Notebook) Attach(ctx context.Context, draft, name string, content []byte) (string, error) {
	if draft == "" {
		return "", diagnostics.E("store.Attach", diagnostics.CodeInvalid, "Brouillon sans numéro.", "A draft without an id.", nil)
	}
	if content == nil {
		content = []byte{}
	}
	err := n.write(ctx, "store.Attach", func(t *tx) error {
		taken, err := collect(ctx, t, scanText, "SELECT name FROM attachments WHERE owner = ?", draft)
		if err != nil {
			return err
		}
		name = freeName(safeName(name), taken)
		_, err = t.exec(ctx, "INSERT INTO attachments (owner, name, content) VALUES (?, ?, ?)", draft, name, content)
		return err
	})
	return name, err
}

// safeName keeps letters, digits, points, dashes and underscores.
func safeName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("._-", r) {
			return r
		}
		return '_'
	}, path.Base(strings.ReplaceAll(name, `\`, "/")))
	if runes := []rune(name); len(runes) > maxAttachmentName {
		name = string(runes[len(runes)-maxAttachmentName:]) // the extension stays
	}
	return strings.TrimLeft(name, ".")
}

// freeName adds a number to a name that is taken.
func freeName(name string, taken []string) string {
	extension := path.Ext(name)
	stem := strings.TrimSuffix(name, extension)
	for i := 2; slices.Contains(taken, name) || name == ""; i++ {
		name = stem + "-" + strconv.Itoa(i) + extension
	}
	return name
}

// Attachments lists the files of drafts and records.
func (n *Notebook) Attachments(ctx context.Context, owners ...string) ([]Attachment, error) {
	var all []Attachment
	for _, owner := range owners {
		found, err := collect(ctx, n.db, func(rows *sql.Rows) (a Attachment, err error) {
			return a, rows.Scan(&a.Name, &a.Size)
		}, "SELECT name, length(content) FROM attachments WHERE owner = ? ORDER BY name", owner)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// Attachment gives a file of one of the owners, the first that has it. Errors:
// not_found, internal.
func (n *Notebook) Attachment(ctx context.Context, name string, owners ...string) ([]byte, error) {
	for _, owner := range owners {
		found, err := collect(ctx, n.db, func(rows *sql.Rows) (content []byte, err error) {
			return content, rows.Scan(&content)
		}, "SELECT content FROM attachments WHERE owner = ? AND name = ?", owner, name)
		if err != nil || len(found) > 0 {
			return first("store.Attachment", found, err)
		}
	}
	return nil, notFound("store.Attachment")
}

// keepAttachments gives a finished record the files that its answers name: of
// its draft, and of the record that it corrects. The draft takes the others
// along.
func (t *tx) keepAttachments(ctx context.Context, draft string, sub diagnostics.Submission) error {
	record, text := sub.Diagnostic.ID, string(sub.XML)
	if _, err := t.exec(ctx, "UPDATE attachments SET owner = ? WHERE owner = ? AND instr(?, '>' || name || '<') > 0", record, draft, text); err != nil {
		return err
	}
	_, err := t.exec(ctx, `INSERT OR IGNORE INTO attachments (owner, name, content)
 SELECT ?, name, content FROM attachments WHERE owner = ? AND instr(?, '>' || name || '<') > 0`, record, sub.Diagnostic.Get("corrects"), text)
	return err
}

// settingRescued is set while files of a rescued notebook wait for their records,
// which are on the server.
const settingRescued = "store.rescued"

// forgetStray removes the files of drafts that never were: the program ended
// between a file and the answer that names it.
func (n *Notebook) forgetStray(ctx context.Context) error {
	waiting, err := n.Setting(ctx, settingRescued)
	if err != nil || waiting != "" {
		return err
	}
	_, err = n.db.ExecContext(ctx, `DELETE FROM attachments
 WHERE owner NOT IN (SELECT id FROM drafts) AND owner NOT IN (SELECT id FROM records)`)
	return err
}
