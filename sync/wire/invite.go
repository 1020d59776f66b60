package wire

import (
	"encoding/base32"
	"encoding/json"
	"hash/crc32"
	"strings"

	"solidaren/diagnostics"
)

// Invite is what an invite word holds: where the server is, the one-use secret
// and the team that it opens.
type Invite struct {
	URL    string `json:"u"`
	Secret string `json:"s"`
	Team   string `json:"t"`
}

// invitePrefix begins every invite word, so that it begins with a letter and
// can be told from another word.
const invitePrefix = "solida"

const inviteLetters = "abcdefghijklmnopqrstuvwxyz234567"

var inviteText = base32.NewEncoding(inviteLetters).WithPadding(base32.NoPadding)

// String spells the invite as one word of small letters and digits, ending in a
// checksum.
func (i Invite) String() string {
	body, err := json.Marshal(i)
	if err != nil {
		panic("wire: three strings do not marshal: " + err.Error())
	}
	return invitePrefix + inviteText.EncodeToString(append(body, checksum(body)...))
}

// ParseInvite reads an invite word; case and surrounding space do not matter.
// The error is CodeInvalid.
func ParseInvite(word string) (Invite, error) {
	var i Invite
	text, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(word)), invitePrefix)
	raw, err := inviteText.DecodeString(text)
	if !ok || err != nil || len(raw) < crc32.Size {
		return i, badInvite(err)
	}
	body, sum := raw[:len(raw)-crc32.Size], raw[len(raw)-crc32.Size:]
	if string(checksum(body)) != string(sum) {
		return i, badInvite(nil)
	}
	if err := json.Unmarshal(body, &i); err != nil {
		return i, badInvite(err)
	}
	return i, nil
}

// Bounds of what is looked at in a text: far above the length of an invite, and
// how many beginnings of one.
const (
	longestInvite = 2000
	mostInvites   = 64
)

// FindInvite finds the invite in a text: the word alone, a link that ends in
// it, a letter around it, or the word broken over several lines, quoted ones
// too, whatever stands before and behind. The error is CodeInvalid.
func FindInvite(text string) (Invite, error) {
	var joined strings.Builder
	for piece := range strings.FieldsSeq(strings.ToLower(text)) {
		joined.WriteString(strings.TrimLeft(piece, ">"))
	}
	rest := joined.String()
	for range mostInvites {
		at := strings.Index(rest, invitePrefix)
		if at < 0 {
			break
		}
		rest = rest[at:]
		word := rest[:min(len(rest), longestInvite)]
		if stop := strings.IndexFunc(word, notInvite); stop >= 0 {
			word = word[:stop]
		}
		for end := len(word); end > len(invitePrefix); end-- { // a word of the letter may stand right behind
			if invite, err := ParseInvite(word[:end]); err == nil {
				return invite, nil
			}
		}
		rest = rest[1:]
	}
	return Invite{}, badInvite(nil)
}

func notInvite(r rune) bool { return !strings.ContainsRune(inviteLetters, r) }

func checksum(body []byte) []byte {
	sum := crc32.ChecksumIEEE(body)
	return []byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)}
}

func badInvite(cause error) error {
	return diagnostics.E("wire.ParseInvite", diagnostics.CodeInvalid,
		"Ce n'est pas une invitation complète. Copiez le mot entier, d'un seul tenant.",
		"This is not a whole invite. Copy the full word, in one piece.", cause)
}
