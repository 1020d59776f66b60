package model

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Strength is how well a new passphrase would hold, as far as can be said of
// one that somebody chose.
type Strength int

// Strengths, from the weakest.
const (
	PhraseNone  Strength = iota
	PhraseShort          // not accepted
	PhraseFair           // accepted
	PhraseLong           // as long as seven words, or longer
	PhraseDrawn          // the words that were drawn
)

// What makes a passphrase long: as many words or characters as a drawn one has.
const (
	longWords = 7
	longChars = 40
)

// Phrase measures a new passphrase; drawn are the words that are proposed.
func (m *Lock) Phrase(typed, drawn string) (s Strength, words, chars int) {
	typed = strings.TrimSpace(typed)
	words, chars = len(strings.Fields(typed)), utf8.RuneCountInString(typed)
	switch {
	case typed == "":
		s = PhraseNone
	case m.Vault.Check(typed) != nil:
		s = PhraseShort
	case typed == drawn:
		s = PhraseDrawn
	case words >= longWords || chars >= longChars:
		s = PhraseLong
	default:
		s = PhraseFair
	}
	return s, words, chars
}

// leastCapitals is how many letters tell that Caps Lock is on, rather than that
// a word begins with a capital letter.
const leastCapitals = 3

// CapsLock reports whether the case of the letters tells that Caps Lock is on:
// there are some, and all are capital letters.
func CapsLock(typed string) bool {
	capitals := 0
	for _, r := range typed {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	return capitals >= leastCapitals
}
