// Package handover carries the records of a night of counting from a
// volunteer's laptop, which has no account and no network, to the notebook of
// the coordinator who gave out the sector: a token one way, a sealed file the
// other.
//
// Only the notebook that made a token opens the files made with it, and it
// takes none that was made without the token or changed since. The package
// knows no notebook and no network, and carries no record of a named person.
package handover

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"errors"
	"hash/crc32"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"filippo.io/age"

	"solidaren/diagnostics"
)

// Token is what a volunteer gets: one sector of one operation, and what seals
// the records to whoever gave it out.
type Token struct {
	ID        string `json:"i"`
	Op        string `json:"o"`
	Sector    string `json:"s"`
	Districts string `json:"d,omitempty"` // codes
	Team      string `json:"t,omitempty"`
	Recipient string `json:"r"`
	Secret    []byte `json:"k"` // of the seal that says who made the file
}

// Issued is a token as its maker keeps it.
type Issued struct {
	Token
	Identity string    `json:"identity"`
	At       time.Time `json:"at"`
}

// secretBytes is the length of a token's secret.
const secretBytes = 16

// Issue makes a token for a sector.
func Issue(op, sector, districts, team string, at time.Time) (Issued, error) {
	op, sector = strings.TrimSpace(op), strings.TrimSpace(sector)
	if op == "" || sector == "" {
		return Issued{}, diagnostics.E("handover.Issue", diagnostics.CodeInvalid,
			"Donnez un nom à l'opération et au secteur, par exemple « Nuit 2026 » et « S04 ».",
			"Name the operation and the sector, for example “Night 2026” and “S04”.", nil)
	}
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return Issued{}, err
	}
	secret := make([]byte, secretBytes)
	_, _ = rand.Read(secret) // never fails
	return Issued{
		Token: Token{
			ID: diagnostics.NewID(), Op: op, Sector: sector, Districts: districts, Team: strings.TrimSpace(team),
			Recipient: id.Recipient().String(), Secret: secret,
		},
		Identity: id.String(), At: at.UTC().Truncate(time.Second),
	}, nil
}

// tokenPrefix begins every token, so that it can be told from an invite.
const tokenPrefix = "secteur"

var tokenText = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// String spells the token as one word of small letters and digits, ending in a
// checksum.
func (t Token) String() string {
	body, err := json.Marshal(t)
	if err != nil {
		panic("handover: strings do not marshal: " + err.Error())
	}
	return tokenPrefix + tokenText.EncodeToString(append(body, checksum(body)...))
}

func checksum(body []byte) []byte {
	sum := crc32.ChecksumIEEE(body)
	return []byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)}
}

var tokenWords = regexp.MustCompile(tokenPrefix + `[a-z2-7]{40,}`)

// FindToken finds the token in a text: the word alone, in a letter, or broken
// over several lines. The error is CodeInvalid.
func FindToken(text string) (Token, error) {
	text = strings.ToLower(text)
	for _, spelled := range []string{text, strings.Join(strings.Fields(text), "")} {
		for _, word := range tokenWords.FindAllString(spelled, -1) {
			word = strings.TrimPrefix(word, tokenPrefix)
			word = word[:min(len(word), maxToken)]
			for end := len(word); end > 0; end-- { // a word of the letter may stand right behind
				if t, ok := parse(word[:end]); ok {
					return t, nil
				}
			}
		}
	}
	return Token{}, diagnostics.E("handover.FindToken", diagnostics.CodeInvalid,
		"Ce n'est pas un jeton de secteur complet. Copiez le mot entier, d'un seul tenant.",
		"This is not a whole sector token. Copy the full word, in one piece.", nil)
}

// maxToken is far above the length of a token.
const maxToken = 2000

func parse(word string) (t Token, ok bool) {
	raw, err := tokenText.DecodeString(word)
	if err != nil || len(raw) < crc32.Size {
		return t, false
	}
	body, sum := raw[:len(raw)-crc32.Size], raw[len(raw)-crc32.Size:]
	return t, bytes.Equal(sum, checksum(body)) && json.Unmarshal(body, &t) == nil && t.Recipient != ""
}

// content is what is sealed.
type content struct {
	Token   string               `json:"token"`
	Made    time.Time            `json:"made"`
	Records []diagnostics.Record `json:"records"`
}

// magic begins every file; the token's id follows, so that its key is found.
const magic = "solidaren-remise-1 "

// MaxFile is the greatest size of a file, in bytes: a night of one team is a
// thousandth of it.
const MaxFile = 32 << 20

// types are the records of a night of counting; nobody's card is among them.
var types = []string{
	diagnostics.TypeTour, diagnostics.TypeDiagnostic, diagnostics.TypeEncounter, diagnostics.TypeCount,
	diagnostics.TypeNeed, diagnostics.TypeSituation, diagnostics.TypeTerritory, diagnostics.TypeWithdrawal,
}

// Seal writes the records into a file that only the token's maker opens.
func Seal(t Token, records []diagnostics.Record, at time.Time) ([]byte, error) {
	if err := allowed(records); err != nil {
		return nil, err
	}
	at = at.UTC().Truncate(time.Second)
	body, err := json.Marshal(content{t.ID, at, ended(records, at)})
	if err != nil {
		return nil, err
	}
	to, err := age.ParseX25519Recipient(t.Recipient)
	if err != nil {
		return nil, damaged(err)
	}
	var out bytes.Buffer
	out.WriteString(magic + t.ID + "\n")
	w, err := age.Encrypt(&out, to)
	if err != nil {
		return nil, err
	}
	for _, part := range [][]byte{t.mac(body), body} {
		if _, err := w.Write(part); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// ended gives tours that are still out an end: on the other computer nobody is.
func ended(records []diagnostics.Record, at time.Time) []diagnostics.Record {
	records = slices.Clone(records)
	for i, r := range records {
		if r.Type == diagnostics.TypeTour && r.Get("end") == "" {
			records[i].Fields = maps.Clone(r.Fields)
			records[i].Fields["end"] = diagnostics.FormatTime(at)
		}
	}
	return records
}

func (t Token) mac(body []byte) []byte {
	mac := hmac.New(sha256.New, t.Secret)
	mac.Write(body)
	return mac.Sum(nil)
}

// Opened is what a file holds.
type Opened struct {
	Issued  Issued
	Made    time.Time
	Records []diagnostics.Record
	Strange int // counts of another operation or sector than the token's
}

// Open opens a file with one of the tokens that were given out. Errors: invalid
// (no such file), not_found (made with a token of another notebook), corrupt
// (changed, or not made by who has the token), forbidden (it holds what no
// count holds).
func Open(file []byte, issued []Issued) (Opened, error) {
	head, sealed, ok := bytes.Cut(file, []byte("\n"))
	id, ok2 := strings.CutPrefix(string(head), magic)
	if !ok || !ok2 || len(file) > MaxFile {
		return Opened{}, diagnostics.E("handover.Open", diagnostics.CodeInvalid,
			"Ce fichier n'est pas une remise de comptage.", "This file is no hand-over of a count.", nil)
	}
	at := slices.IndexFunc(issued, func(i Issued) bool { return i.ID == id })
	if at < 0 {
		return Opened{}, diagnostics.E("handover.Open", diagnostics.CodeNotFound,
			"Le jeton de cette remise vient d'un autre poste. Ouvrez-la sur celui qui l'a donné.",
			"The token of this hand-over comes from another computer. Open it on the one that gave it out.", nil)
	}
	c, err := unseal(sealed, issued[at])
	if err != nil {
		return Opened{}, err
	}
	if err := allowed(c.Records); err != nil {
		return Opened{}, err
	}
	out := Opened{Issued: issued[at], Made: c.Made, Records: c.Records}
	for _, record := range c.Records {
		if record.Type == diagnostics.TypeCount && (record.Get("op") != out.Issued.Op || record.Get("sector") != out.Issued.Sector) {
			out.Strange++
		}
	}
	return out, nil
}

// unseal opens the content of a file and makes sure of who sealed it.
func unseal(sealed []byte, with Issued) (c content, err error) {
	from, err := age.ParseX25519Identity(with.Identity)
	if err != nil {
		return c, damaged(err)
	}
	r, err := age.Decrypt(bytes.NewReader(sealed), from)
	if err != nil {
		return c, damaged(err)
	}
	whole, err := io.ReadAll(io.LimitReader(r, MaxFile))
	if err != nil || len(whole) < sha256.Size {
		return c, damaged(err)
	}
	body := whole[sha256.Size:]
	if !hmac.Equal(whole[:sha256.Size], with.mac(body)) || json.Unmarshal(body, &c) != nil || c.Token != with.ID {
		return c, damaged(errors.New("seal"))
	}
	return c, nil
}

func damaged(cause error) error {
	return diagnostics.E("handover.Open", diagnostics.CodeCorrupt,
		"Cette remise est abîmée ou a été modifiée. Demandez-la de nouveau : les fiches sont encore sur l'autre poste.",
		"This hand-over is damaged or was changed. Ask for it again: the records are still on the other computer.", cause)
}

// allowed refuses what is about a named person, and what no count holds.
func allowed(records []diagnostics.Record) error {
	for _, r := range records {
		if !slices.Contains(types, r.Type) || r.Get("person") != "" {
			return diagnostics.E("handover.allowed", diagnostics.CodeForbidden,
				"Une remise ne contient que des fiches de comptage, sans personne nommée.",
				"A hand-over holds records of a count only, with nobody named.", nil)
		}
		if err := r.Validate(); err != nil {
			return err
		}
	}
	return nil
}
