package diagnostics_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"solidaren/diagnostics"
)

// One typing error, wherever it is, leads back to the code, and to few others.
func TestNearPersonCodes(t *testing.T) {
	const alphabet = diagnostics.CodeAlphabet
	rapid.Check(t, func(t *rapid.T) {
		code := diagnostics.NewPersonCode(nil)
		plain := strings.ReplaceAll(code, "-", "")
		i := rapid.IntRange(0, len(plain)-1).Draw(t, "i")
		j := rapid.IntRange(0, len(plain)-1).Draw(t, "j")
		letter := string(alphabet[rapid.IntRange(0, len(alphabet)-1).Draw(t, "letter")])
		swapped := []byte(plain)
		swapped[i], swapped[j] = swapped[j], swapped[i]
		for name, typed := range map[string]string{
			"as it is": code, "small": strings.ToLower(plain),
			"wrong": plain[:i] + letter + plain[i+1:], "missing": plain[:i] + plain[i+1:], "added": plain[:i] + letter + plain[i:],
			"exchanged": string(swapped), "misread": plain[:i] + "O" + plain[i+1:],
		} {
			near := diagnostics.NearPersonCodes(typed)
			if !slices.Contains(near, code) {
				t.Errorf("%s: %s is not found for %s", name, code, typed)
			}
			if len(near) > 30 {
				t.Errorf("%s: %d codes for %s", name, len(near), typed)
			}
			for _, n := range near {
				if !diagnostics.CheckPersonCode(n) {
					t.Errorf("%s is no code", n)
				}
			}
		}
	})
	for _, text := range []string{"", "ABC", "Jean-Pierre", "O0O0O0O", "é"} {
		if near := diagnostics.NearPersonCodes(text); len(near) > 0 {
			t.Errorf("%q is taken for %v", text, near)
		}
	}
}
