package diagnostics_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/uuid"

	"solidaren/diagnostics"
)

// sample are codes of all values that one character can take, and some random
// ones.
func sample() []string {
	var codes []string
	for i := range byte(32) {
		codes = append(codes, diagnostics.NewPersonCode(bytes.NewReader([]byte{i, 31 - i, 7 * i, i * i, 3, 0})))
	}
	for range 50 {
		codes = append(codes, diagnostics.NewPersonCode(nil))
	}
	return codes
}

func TestPersonCodeShape(t *testing.T) {
	for _, code := range sample() {
		normal, ok := diagnostics.NormalizePersonCode(code)
		if !ok || normal != code || !diagnostics.CheckPersonCode(code) || len(code) != 8 || code[4] != '-' {
			t.Errorf("code %q: shape XXXX-XXX, accepted, and its own normal form", code)
		}
	}
}

func TestPersonCodeFindsEverySubstitution(t *testing.T) {
	for _, code := range sample() {
		for i := range code {
			for _, c := range diagnostics.CodeAlphabet {
				wrong := code[:i] + string(c) + code[i+1:]
				if code[i] != '-' && wrong != code && diagnostics.CheckPersonCode(wrong) {
					t.Fatalf("%s for %s is accepted", wrong, code)
				}
			}
		}
	}
}

func TestPersonCodeFindsEveryExchange(t *testing.T) {
	for _, code := range sample() {
		for i := range code {
			for j := i + 1; j < len(code); j++ {
				word := []byte(code)
				word[i], word[j] = word[j], word[i]
				if code[i] != '-' && code[j] != '-' && code[i] != code[j] && diagnostics.CheckPersonCode(string(word)) {
					t.Fatalf("%s for %s is accepted", word, code)
				}
			}
		}
	}
}

// Six characters are free, the seventh follows: one of 32 random words is a
// code.
func TestPersonCodeIsNotDerived(t *testing.T) {
	accepted := 0
	for i := range len(diagnostics.CodeAlphabet) {
		if diagnostics.CheckPersonCode("ABCD-EF" + diagnostics.CodeAlphabet[i:i+1]) {
			accepted++
		}
	}
	if accepted != 1 {
		t.Errorf("%d check characters fit, want one", accepted)
	}
	seen := map[string]bool{}
	for range 1000 {
		seen[diagnostics.NewPersonCode(nil)] = true
	}
	if len(seen) < 995 {
		t.Errorf("%d different codes of 1000", len(seen))
	}
}

func TestNormalizePersonCode(t *testing.T) {
	tests := []struct {
		name, typed, want string
		ok                bool
	}{
		{"as it is", "ABCD-EFG", "ABCD-EFG", true},
		{"small letters", "abcd-efg", "ABCD-EFG", true},
		{"no hyphen", "ABCDEFG", "ABCD-EFG", true},
		{"spaces", " abcd efg ", "ABCD-EFG", true},
		{"too short", "ABCD-EF", "", false},
		{"too long", "ABCD-EFGH", "", false},
		{"a character that is misread", "ABCD-EF0", "", false},
		{"an accent", "ÀBCD-EFG", "", false},
		{"nothing", "", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := diagnostics.NormalizePersonCode(tt.typed)
			if got != tt.want || ok != tt.ok {
				t.Errorf("got %q, %t; want %q, %t", got, ok, tt.want, tt.ok)
			}
		})
	}
	for _, c := range "IO01" {
		if strings.ContainsRune(diagnostics.CodeAlphabet, c) {
			t.Errorf("the alphabet holds %c", c)
		}
	}
}

func TestNewID(t *testing.T) {
	a, b := diagnostics.NewID(), diagnostics.NewID()
	id, err := uuid.Parse(a)
	if err != nil || id.Version() != 7 || a >= b {
		t.Errorf("ids %s, %s: want UUIDs of version 7 in their order (%v)", a, b, err)
	}
}
