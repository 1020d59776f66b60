package wire

import (
	"encoding/base32"
	"encoding/json"
	"hash/crc32"
	"regexp"
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

var inviteText = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

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

// inviteWords finds what looks like an invite word in a text.
var inviteWords = regexp.MustCompile(invitePrefix + `[a-z2-7]{8,}`)

// FindInvite finds the invite in a text: the word alone, a link that ends in
// it, a letter around it, or the word broken over several lines. The error is
// CodeInvalid.
func FindInvite(text string) (Invite, error) {
	if invite, err := ParseInvite(text); err == nil {
		return invite, nil
	}
	text = strings.ToLower(text)
	for _, spelled := range []string{text, strings.Join(strings.Fields(text), "")} {
		for _, word := range inviteWords.FindAllString(spelled, -1) {
			if invite, err := ParseInvite(word); err == nil {
				return invite, nil
			}
		}
	}
	return Invite{}, badInvite(nil)
}

func checksum(body []byte) []byte {
	sum := crc32.ChecksumIEEE(body)
	return []byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)}
}

func badInvite(cause error) error {
	return diagnostics.E("wire.ParseInvite", diagnostics.CodeInvalid,
		"Ce n'est pas une invitation complète. Copiez le mot entier, d'un seul tenant.",
		"This is not a whole invite. Copy the full word, in one piece.", cause)
}
