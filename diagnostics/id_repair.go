package diagnostics

import (
	"slices"
	"strings"
)

// unreadable stands for a character that no code has.
const unreadable = 0xff

// NearPersonCodes gives the well-formed codes that one typing error makes of
// the text: the code itself if it is one, else a wrong, missing or added
// character, or two exchanged. The check character tells for each place which
// character fits, so they are few. nil if the text is nothing like a code.
func NearPersonCodes(text string) []string {
	var typed []byte
	for _, c := range strings.ToUpper(text) {
		if c == '-' || c == ' ' {
			continue
		}
		at := strings.IndexRune(CodeAlphabet, c)
		if at < 0 {
			at = unreadable
		}
		if typed = append(typed, byte(at)); len(typed) > codeLen+1 {
			return nil
		}
	}
	var words [][]byte
	switch len(typed) {
	case codeLen - 1:
		for i := range codeLen {
			words = append(words, fitted(slices.Insert(slices.Clone(typed), i, unreadable), i)...)
		}
	case codeLen:
		words = misread(typed)
	case codeLen + 1:
		for i := range typed {
			words = append(words, wellFormed(slices.Delete(slices.Clone(typed), i, i+1))...)
		}
	}
	var codes []string
	for _, w := range words {
		if code := spell(w); !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// misread gives what a word of full length may have been.
func misread(typed []byte) [][]byte {
	switch at := slices.Index(typed, unreadable); {
	case at >= 0:
		return fitted(typed, at)
	case syndrome(typed) == 0:
		return [][]byte{typed}
	}
	var words [][]byte
	for i := range typed {
		words = append(words, fitted(typed, i)...)
		for j := range i {
			swapped := slices.Clone(typed)
			swapped[i], swapped[j] = swapped[j], swapped[i]
			words = append(words, wellFormed(swapped)...)
		}
	}
	return words
}

// fitted gives the word with the one character at place i that fits.
func fitted(word []byte, i int) [][]byte {
	word = slices.Clone(word)
	for v := range byte(len(CodeAlphabet)) {
		word[i] = v
		if fits := wellFormed(word); fits != nil {
			return fits
		}
	}
	return nil
}

func wellFormed(word []byte) [][]byte {
	if slices.Contains(word, unreadable) || syndrome(word) != 0 {
		return nil
	}
	return [][]byte{slices.Clone(word)}
}
