package xpath

import (
	"crypto/md5"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"math"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/google/uuid"
)

var textFunctions = map[string]function{
	"string": {max: 1, build: func(c *compiler, args []code) (code, string) {
		return textCode(c.text(c.selfOr(args))), ""
	}},
	"concat": texts(0, -1, true, func(list []string) string { return strings.Join(list, "") }),
	"join": {min: 1, max: -1, build: func(c *compiler, args []code) (code, string) {
		separator, list := c.text(args[0]), c.gather(args[1:], true)
		return textCode(func(ctx *Context) string { return strings.Join(list(ctx), separator(ctx)) }), ""
	}},
	"starts-with":      textTest(strings.HasPrefix),
	"ends-with":        textTest(strings.HasSuffix),
	"contains":         textTest(strings.Contains),
	"substring-before": texts2(func(a, b string) string { before, _, found := strings.Cut(a, b); return where(found, before) }),
	"substring-after":  texts2(func(a, b string) string { _, after, found := strings.Cut(a, b); return where(found, after) }),
	"normalize-space": {max: 1, build: func(c *compiler, args []code) (code, string) {
		text := c.text(c.selfOr(args))
		return textCode(func(ctx *Context) string { return strings.Join(words(text(ctx)), " ") }), ""
	}},
	"string-length": {max: 1, build: func(c *compiler, args []code) (code, string) {
		text := c.text(c.selfOr(args))
		return numberCode(func(ctx *Context) float64 { return float64(utf8.RuneCountInString(text(ctx))) }), ""
	}},
	"translate":     texts(3, 3, false, func(l []string) string { return translate(l[0], l[1], l[2]) }),
	"substring":     {min: 2, max: 3, build: substring},
	"substr":        {min: 2, max: 3, build: substr},
	"regex":         {min: 2, max: 2, build: matchPattern},
	"digest":        texts(2, 3, false, digest),
	"base64-encode": texts(1, 1, false, func(l []string) string { return base64.StdEncoding.EncodeToString([]byte(l[0])) }),
	"base64-decode": texts(1, 1, false, decodeBase64),
	"uuid":          {max: 1, build: makeUUID},
}

// words splits at the white space of XML alone.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r < 0x80 && isSpace(byte(r)) })
}

func where(found bool, s string) string {
	if found {
		return s
	}
	return ""
}

func translate(s, from, to string) string {
	target := []rune(to)
	changes := map[rune]int{}
	for i, r := range []rune(from) {
		if _, seen := changes[r]; !seen {
			changes[r] = i
		}
	}
	return strings.Map(func(r rune) rune {
		i, ok := changes[r]
		switch {
		case !ok:
			return r
		case i < len(target):
			return target[i]
		}
		return -1
	}, s)
}

// substring counts characters from 1 and rounds, by XPath 1.0 §4.2.
func substring(c *compiler, args []code) (code, string) {
	text, from := c.text(args[0]), c.number(args[1])
	var length func(*Context) float64
	if len(args) == 3 {
		length = c.number(args[2])
	}
	return textCode(func(ctx *Context) string {
		s, first := text(ctx), roundHalfUp(from(ctx))
		end := math.Inf(1)
		if length != nil {
			end = first + roundHalfUp(length(ctx))
		}
		var b strings.Builder
		at := 1.0
		for _, r := range s {
			if at >= first && at < end {
				b.WriteRune(r)
			}
			at++
		}
		return b.String()
	}), ""
}

// substr counts characters from 0; a negative place counts from the end.
func substr(c *compiler, args []code) (code, string) {
	text, from := c.text(args[0]), c.number(args[1])
	var to func(*Context) float64
	if len(args) == 3 {
		to = c.number(args[2])
	}
	return textCode(func(ctx *Context) string {
		runes := []rune(text(ctx))
		first, end := place(from(ctx), len(runes)), len(runes)
		if to != nil {
			end = place(to(ctx), len(runes))
		}
		if first >= end {
			return ""
		}
		return string(runes[first:end])
	}), ""
}

func place(f float64, length int) int {
	if math.IsNaN(f) {
		return 0
	}
	if f < 0 {
		f += float64(length)
	}
	return int(math.Max(0, math.Min(f, float64(length))))
}

// patterns keeps compiled regular expressions by their text; nil for those
// that are wrong.
var patterns sync.Map

func pattern(text string) *regexp.Regexp {
	if p, ok := patterns.Load(text); ok {
		return p.(*regexp.Regexp)
	}
	p, err := regexp.Compile(text)
	if err != nil {
		p = nil
	}
	patterns.Store(text, p)
	return p
}

// matchPattern finds a pattern anywhere in the text, as ODK Web Forms does;
// a pattern that cannot be read matches nothing, and one that is a constant
// is refused at once.
func matchPattern(c *compiler, args []code) (code, string) {
	text := c.text(args[0])
	if lit := args[1].lit; lit != nil {
		p := pattern(lit.text)
		if p == nil {
			return code{}, "has a pattern that cannot be read: " + lit.text
		}
		return truthCode(func(ctx *Context) bool { return p.MatchString(text(ctx)) }), ""
	}
	source := c.text(args[1])
	return truthCode(func(ctx *Context) bool {
		p := pattern(source(ctx))
		return p != nil && p.MatchString(text(ctx))
	}), ""
}

func digest(args []string) string {
	var sum []byte
	data := []byte(args[0])
	switch strings.ToUpper(args[1]) {
	case "MD5":
		s := md5.Sum(data)
		sum = s[:]
	case "SHA-1":
		s := sha1.Sum(data)
		sum = s[:]
	case "SHA-256":
		s := sha256.Sum256(data)
		sum = s[:]
	case "SHA-384":
		s := sha512.Sum384(data)
		sum = s[:]
	case "SHA-512":
		s := sha512.Sum512(data)
		sum = s[:]
	default:
		return ""
	}
	if len(args) == 3 && args[2] == "hex" {
		return hex.EncodeToString(sum)
	}
	return base64.StdEncoding.EncodeToString(sum)
}

func decodeBase64(args []string) string {
	text := strings.TrimRight(args[0], "=")
	for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		if b, err := encoding.DecodeString(text); err == nil {
			return string(b)
		}
	}
	return ""
}

// maxRandomText bounds uuid(n).
const maxRandomText = 10_000

// makeUUID gives a random UUID, or n random characters.
func makeUUID(c *compiler, args []code) (code, string) {
	if len(args) == 0 {
		return textCode(func(*Context) string { return uuid.NewString() }), ""
	}
	length := c.number(args[0])
	return textCode(func(ctx *Context) string {
		n := length(ctx)
		if !(n >= 1 && n <= maxRandomText) {
			return ""
		}
		text := make([]byte, int(n))
		_, _ = rand.Read(text)
		for i, b := range text {
			text[i] = alphabet[int(b)%len(alphabet)]
		}
		return string(text)
	}), ""
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
