package vault

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strconv"
	"strings"

	"solidaren/diagnostics"
)

// A recovery code is 160 random bits in eight groups of four characters, in the
// alphabet of a person's code, which leaves out what is misread.
const (
	recoveryBytes  = 20
	recoveryGroups = 8
	groupChars     = 4
)

var recoveryEncoding = base32.NewEncoding(diagnostics.CodeAlphabet).WithPadding(base32.NoPadding)

// newRecoveryCode draws a code, as it is printed: XXXX-XXXX-….
func newRecoveryCode() string {
	b := random(recoveryBytes)
	defer clear(b)
	return strings.Join(groups(recoveryEncoding.EncodeToString(b)), "-")
}

// RecoveryGroups gives the eight groups of a printed code.
func RecoveryGroups(code string) []string { return strings.Split(code, "-") }

func groups(chars string) []string {
	var all []string
	for ; len(chars) > groupChars; chars = chars[groupChars:] {
		all = append(all, chars[:groupChars])
	}
	return append(all, chars)
}

// readRecoveryCode brings what was typed (small letters, spaces or none, no
// hyphens) into the printed shape. Errors: invalid, naming the character or the
// length that does not fit.
func readRecoveryCode(typed string) (string, error) {
	var b strings.Builder
	for _, c := range strings.ToUpper(typed) {
		if strings.ContainsRune("- \t\r\n\u00a0", c) {
			continue
		}
		if !strings.ContainsRune(diagnostics.CodeAlphabet, c) {
			return "", mistyped(
				fmt.Sprintf("Le code de secours ne contient pas de « %c ». Relisez le groupe %d.", c, b.Len()/groupChars+1),
				fmt.Sprintf("The recovery code has no %q. Read group %d again.", string(c), b.Len()/groupChars+1))
		}
		b.WriteRune(c)
	}
	if want := recoveryGroups * groupChars; b.Len() != want {
		return "", mistyped(
			fmt.Sprintf("Le code de secours a %d caractères, vous en avez tapé %d. Relisez-le groupe par groupe.", want, b.Len()),
			fmt.Sprintf("The recovery code has %d characters, you typed %d. Read it again group by group.", want, b.Len()))
	}
	return strings.Join(groups(b.String()), "-"), nil
}

func mistyped(fr, en string) error {
	return &diagnostics.Error{
		Op: "vault.Recover", Code: diagnostics.CodeInvalid, Field: "recovery",
		Msg: diagnostics.Text{FR: fr, EN: en},
	}
}

// recoveryCheck gives half a byte for each group, by which a typing mistake is
// found in its group before anything is derived. What it tells a thief, 32 bits,
// leaves 128 of the code's 160.
func recoveryCheck(salt []byte, code string) []byte {
	check := make([]byte, 0, recoveryGroups)
	for i, group := range RecoveryGroups(code) {
		sum := sha256.Sum256(fmt.Appendf(nil, "solidaren/recovery-check|%x|%d|%s", salt, i, group))
		check = append(check, sum[0]&15)
	}
	return check
}

// checkRecovery names the groups of a code that do not fit. Errors: invalid.
func (s slot) checkRecovery(code string) error {
	var wrong []string
	for i, nibble := range recoveryCheck(s.KDF.Salt, code) {
		if nibble != s.Check[i] {
			wrong = append(wrong, strconv.Itoa(i+1))
		}
	}
	switch {
	case len(wrong) == 0:
		return nil
	case len(wrong) == 1:
		return mistyped("Le groupe "+wrong[0]+" du code de secours ne correspond pas. Relisez-le.",
			"Group "+wrong[0]+" of the recovery code does not match. Read it again.")
	case len(wrong) > recoveryGroups/2:
		return mistyped("Ce code de secours n'est pas celui de ce carnet. Prenez la dernière fiche imprimée.",
			"This is not the recovery code of this notebook. Take the sheet that was printed last.")
	default:
		list := strings.Join(wrong, ", ")
		return mistyped("Les groupes "+list+" du code de secours ne correspondent pas. Relisez-les.",
			"Groups "+list+" of the recovery code do not match. Read them again.")
	}
}
