package xpath

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// SyntaxError says what is wrong in the text of an expression, and where.
type SyntaxError struct {
	Source string
	At     int // byte offset
	What   string
}

// Error is one line for a technical reader.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%s at character %d of %q", e.What, utf8.RuneCountInString(e.Source[:min(e.At, len(e.Source))])+1, e.Source)
}

type tokenKind uint8

const (
	tokEnd tokenKind = iota
	tokNumber
	tokString
	tokName // NCName, QName, or * and prefix:* as a name test
	tokOperator
)

type token struct {
	kind tokenKind
	text string
	at   int
}

// maxTokens bounds the length of an expression; far above what any form has.
const maxTokens = 100_000

var (
	longOperators = []string{"//", "::", "..", "!=", "<=", ">="}
	wordOperators = []string{"and", "div", "mod", "or"}
)

// lex splits the text into tokens. A name after an operand is an operator by
// the rule of XPath 1.0 §3.7, even glued to what follows ("1mod2").
func lex(source string) ([]token, error) {
	var tokens []token
	for at := 0; ; {
		at += len(source[at:]) - len(strings.TrimLeft(source[at:], " \t\r\n"))
		if at >= len(source) {
			return append(tokens, token{kind: tokEnd, at: len(source)}), nil
		}
		next, err := lexOne(source, at, endsOperand(tokens))
		if err != nil {
			return nil, err
		}
		end := next.at
		next.at = at
		at = end
		if tokens = append(tokens, next); len(tokens) > maxTokens {
			return nil, &SyntaxError{Source: source[:80], What: "expression too long"}
		}
	}
}

// endsOperand reports whether the last token can end an operand, so that an
// operator must follow.
func endsOperand(tokens []token) bool {
	if len(tokens) == 0 {
		return false
	}
	last := tokens[len(tokens)-1]
	if last.kind != tokOperator {
		return true
	}
	return last.text == ")" || last.text == "]" || last.text == "." || last.text == ".."
}

// lexOne reads one token; the at of the token that it gives is where the next
// one may begin.
func lexOne(source string, at int, afterOperand bool) (token, error) {
	rest := source[at:]
	switch c := rest[0]; {
	case c == '"' || c == '\'':
		end := strings.IndexByte(rest[1:], c)
		if end < 0 {
			return token{}, &SyntaxError{Source: source, At: at, What: "string without its closing quote"}
		}
		return token{kind: tokString, text: rest[1 : 1+end], at: at + end + 2}, nil
	case isDigit(c) || c == '.' && len(rest) > 1 && isDigit(rest[1]):
		n := numberLength(rest)
		return token{kind: tokNumber, text: rest[:n], at: at + n}, nil
	}
	if rest[0] == '*' && !afterOperand {
		return token{kind: tokName, text: "*", at: at + 1}, nil
	}
	if op := operatorAt(rest, afterOperand); op != "" {
		return token{kind: tokOperator, text: op, at: at + len(op)}, nil
	}
	if n := qnameLength(rest); n > 0 {
		return token{kind: tokName, text: rest[:n], at: at + n}, nil
	}
	return token{}, &SyntaxError{Source: source, At: at, What: "unexpected character"}
}

// operatorAt is the operator at the start of s; "" if there is none.
func operatorAt(s string, afterOperand bool) string {
	if afterOperand {
		for _, w := range wordOperators {
			if strings.HasPrefix(s, w) {
				return w
			}
		}
	}
	for _, op := range longOperators {
		if strings.HasPrefix(s, op) {
			return op
		}
	}
	if strings.IndexByte("()[].@,/|+-=<>*$", s[0]) >= 0 {
		return s[:1]
	}
	return ""
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func numberLength(s string) int {
	n, dot := 0, false
	for ; n < len(s) && (isDigit(s[n]) || s[n] == '.' && !dot); n++ {
		dot = dot || s[n] == '.'
	}
	return n
}

// qnameLength is the length of the name at the start of s: name, prefix:name
// or prefix:*, but never the name of an axis with its "::".
func qnameLength(s string) int {
	n := ncnameLength(s)
	if n == 0 || n+1 >= len(s) || s[n] != ':' || s[n+1] == ':' {
		return n
	}
	if s[n+1] == '*' {
		return n + 2
	}
	if m := ncnameLength(s[n+1:]); m > 0 {
		return n + 1 + m
	}
	return n
}

func ncnameLength(s string) int {
	n := 0
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if r == utf8.RuneError && size < 2 || !nameRune(r, n == 0) {
			break
		}
		n += size
	}
	return n
}

func nameRune(r rune, first bool) bool {
	if r == '_' || unicode.IsLetter(r) {
		return true
	}
	return !first && (r == '-' || r == '.' || r == '·' || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r))
}
