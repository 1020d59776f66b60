package diagnostics

import (
	"crypto/rand"
	"io"
	"strings"

	"github.com/google/uuid"
)

// NewID makes a record id: a UUIDv7, unique even where the clock is wrong
// (74 random bits).
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

// CodeAlphabet is the alphabet of a person's code: capital letters and digits
// without I, O, 0 and 1, which are misread (DOMAIN.md §3a).
const CodeAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

// A person's code is seven characters, XXXX-XXC: six random ones (30 bits) and
// a check character. The check is one parity equation over GF(32), position i
// weighted by the i-th power of a primitive element. The weights are distinct
// and not zero, so every single wrong character and every exchange of any two
// characters is found. ISO 7064 MOD 31,30 finds the first and only adjacent
// exchanges, and has no room for the 32nd character.
const codeLen = 7

// mul32 multiplies in GF(32) = GF(2)[x]/(x^5+x^2+1).
func mul32(a, b byte) byte {
	var p byte
	for ; b > 0; b >>= 1 {
		if b&1 == 1 {
			p ^= a
		}
		a <<= 1
		if a&0x20 != 0 {
			a ^= 0x25
		}
	}
	return p
}

// syndrome is zero exactly for a well-formed code word.
func syndrome(word []byte) byte {
	var sum byte
	weight := byte(1)
	for i := len(word) - 1; i >= 0; i-- {
		sum ^= mul32(weight, word[i])
		weight = mul32(weight, 2)
	}
	return sum
}

// NewPersonCode draws a random code from r (crypto/rand.Reader if nil). The
// code is never derived from a name or a birth date.
func NewPersonCode(r io.Reader) string {
	if r == nil {
		r = rand.Reader
	}
	word := make([]byte, codeLen)
	if _, err := io.ReadFull(r, word[:codeLen-1]); err != nil {
		panic("diagnostics: no randomness: " + err.Error())
	}
	for i := range word[:codeLen-1] {
		word[i] &= 31
	}
	word[codeLen-1] = syndrome(word) // weight 1 on the last position
	return spell(word)
}

// spell writes a word as XXXX-XXX.
func spell(word []byte) string {
	var b strings.Builder
	for i, v := range word {
		if i == 4 {
			b.WriteByte('-')
		}
		b.WriteByte(CodeAlphabet[v])
	}
	return b.String()
}

// NormalizePersonCode brings what was typed (small letters, spaces, no hyphen)
// into the shape XXXX-XXX. It reports false if the shape does not fit.
func NormalizePersonCode(s string) (string, bool) {
	word, ok := codeWord(s)
	if !ok {
		return "", false
	}
	return spell(word), true
}

// CheckPersonCode reports whether the code has the right shape and its check
// character fits. A code that fails is most likely mistyped.
func CheckPersonCode(s string) bool {
	word, ok := codeWord(s)
	return ok && syndrome(word) == 0
}

func codeWord(s string) ([]byte, bool) {
	word := make([]byte, 0, codeLen)
	for _, c := range strings.ToUpper(s) {
		if c == '-' || c == ' ' {
			continue
		}
		i := strings.IndexRune(CodeAlphabet, c)
		if i < 0 || len(word) == codeLen {
			return nil, false
		}
		word = append(word, byte(i))
	}
	return word, len(word) == codeLen
}
