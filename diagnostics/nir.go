package diagnostics

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/google/uuid"
)

// A French social security number (NIR) is sex, year, month (codes above 12
// where it is unknown), department, commune, order: 13 digits, or 15 with its
// key. People set its parts apart as they like. It may be written nowhere
// (DOMAIN.md L4).
var (
	nirParts = func() *regexp.Regexp {
		const apart = `[\s.,:;/_\-–—·\x{A0}\x{202F}\x{200B}]{0,2}`
		parts := []string{`([123478])`, `([0-9]{2})`, `(0[1-9]|1[0-2]|[2-9][0-9])`, `([0-9]{2}|2[ABab])`, `([0-9]{3})`, `([0-9]{3})`}
		return regexp.MustCompile(`(?:^|[^0-9])` + strings.Join(parts, apart) + `(?:` + apart + `([0-9]{2}))?(?:[^0-9]|$)`)
	}()
	// Fifteen digits in any groups are one if the key fits.
	digitGroups = regexp.MustCompile(`[0-9](?:[\s.\-\x{A0}\x{202F}]{0,2}[0-9]){14,}`)
	decimal     = regexp.MustCompile(`^[0-9]\.[0-9]+$`)
	uuids       = regexp.MustCompile(`[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`)
)

// HoldsNIR reports whether a text holds something that reads as a social
// security number, a mistyped key included. The numbers given for a time (3, 4,
// 7 and 8 at the front) look like others: with them the key must fit.
func HoldsNIR(text string) bool {
	text = uuids.ReplaceAllString(plainDigits(text), "x")
	for at := 0; at < len(text); {
		m := nirParts.FindStringSubmatchIndex(text[at:])
		if m == nil {
			break
		}
		if isNIR(text[at:], m) {
			return true
		}
		at += m[2] + 1 // behind its first digit
	}
	for _, group := range digitGroups.FindAllString(text, -1) {
		digits := strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, group)
		if len(digits) == nirLen+2 && strings.Contains("123478", digits[:1]) && keyFits(digits[:nirLen], digits[nirLen:]) {
			return true
		}
	}
	return false
}

// nirLen is the length without its key.
const nirLen = 13

// isNIR judges a match of nirParts.
func isNIR(text string, m []int) bool {
	var digits strings.Builder
	for i := 1; i <= 6; i++ {
		digits.WriteString(text[m[2*i]:m[2*i+1]])
	}
	end := m[13]
	key := ""
	if m[14] >= 0 {
		key, end = text[m[14]:m[15]], m[15]
	}
	if decimal.MatchString(text[m[2]:end]) {
		return false // a number with a point
	}
	if first := text[m[2]]; first != '1' && first != '2' {
		return key != "" && keyFits(digits.String(), key)
	}
	return true
}

// keyFits checks the key: 97 less the remainder by 97, Corsica's letters read
// as 19 and 18.
func keyFits(digits, key string) bool {
	digits = strings.NewReplacer("2A", "19", "2B", "18").Replace(strings.ToUpper(digits))
	n, err := strconv.ParseInt(digits, 10, 64)
	k, err2 := strconv.ParseInt(key, 10, 64)
	return err == nil && err2 == nil && k == 97-n%97
}

// plainDigits writes the digits of every script as 0 to 9.
func plainDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 || !unicode.Is(unicode.Nd, r) {
			return r
		}
		value := rune(0)
		for unicode.Is(unicode.Nd, r-1) && value < 9 {
			r--
			value++
		}
		return '0' + value
	}, text)
}

// holdsNIR reports whether the value of a field holds one. Of an object every
// text in it is read; an id is none.
func (f Field) holdsNIR(value string) bool {
	switch f.Type {
	case TypeDate, TypeTime, TypeBool, TypeBytes:
		return false
	case TypeJSON:
		var v any
		return json.Unmarshal([]byte(value), &v) == nil && anyNIR(v)
	}
	return uuid.Validate(value) != nil && HoldsNIR(value)
}

func anyNIR(v any) bool {
	switch v := v.(type) {
	case string:
		return HoldsNIR(v)
	case float64:
		return HoldsNIR(strconv.FormatFloat(v, 'f', -1, 64))
	case []any:
		for _, x := range v {
			if anyNIR(x) {
				return true
			}
		}
	case map[string]any:
		for _, x := range v {
			if anyNIR(x) {
				return true
			}
		}
	}
	return false
}

// NIRError refuses a text that holds a social security number; field says where.
func NIRError(op, field string) *Error {
	return &Error{Op: op, Code: CodeInvalid, Field: field, Msg: Text{
		"Cela ressemble à un numéro de sécurité sociale. Il ne doit pas être écrit ici.",
		"This looks like a social security number. It must not be written here.",
	}}
}
