package vault

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"solidaren/diagnostics"
)

// The least that a passphrase must have: as many words or as many characters.
const (
	MinWords = 5
	MinChars = 20
)

// CheckPassphrase refuses a passphrase of fewer than five words that is also
// shorter than 20 characters. The error is CodeInvalid.
func CheckPassphrase(p string) error {
	p = normalize(p)
	if len(strings.Fields(p)) >= MinWords || utf8.RuneCountInString(p) >= MinChars {
		return nil
	}
	return &diagnostics.Error{Op: "vault.CheckPassphrase", Code: diagnostics.CodeInvalid, Field: "passphrase", Msg: diagnostics.Text{
		FR: "La phrase de passe est trop courte : il faut au moins cinq mots, ou vingt caractères.",
		EN: "The passphrase is too short: it needs at least five words, or twenty characters.",
	}}
}

// normalize brings a passphrase into one form, so that it fits whichever
// keyboard typed its accents.
func normalize(p string) string { return strings.TrimSpace(norm.NFC.String(p)) }
