package vault

import (
	"crypto/rand"
	"crypto/sha256"
	_ "embed"
	"math/big"
	"strings"
)

// ProposedWords is how many words a proposed passphrase has.
const ProposedWords = 7

// frenchWords are the words without accents of the French list of BIP-0039 (MIT
// licence), which was made to be typed: five to eight letters, told apart by the
// first four. Words that nobody should have to type in front of people who were
// hurt were left out. Seven of them drawn at random hold 74 bits; the list of
// 7,776 words, which would give 90, exists in no licence that fits.
//
//go:embed words_fr.txt
var frenchWords string

// ProposePassphrase draws seven French words, without accents.
func ProposePassphrase() string {
	all := strings.Fields(frenchWords)
	count := big.NewInt(int64(len(all)))
	words := make([]string, ProposedWords)
	for i := range words {
		n, err := rand.Int(rand.Reader, count)
		if err != nil {
			panic("vault: no randomness: " + err.Error())
		}
		words[i] = all[n.Int64()]
	}
	return strings.Join(words, " ")
}

// SpokenWords is how many words SpeakKey gives: more than 60 bits.
const SpokenWords = 6

// SpeakKey says public keys in French words, to be read aloud from one screen and
// compared on another.
func SpeakKey(keys ...string) string {
	digest := sha256.Sum256([]byte("solidaren spoken key 1\x00" + strings.Join(keys, "\x00")))
	all := strings.Fields(frenchWords)
	rest, count := new(big.Int).SetBytes(digest[:]), big.NewInt(int64(len(all)))
	words := make([]string, SpokenWords)
	for i := range words {
		var at big.Int
		rest.DivMod(rest, count, &at)
		words[i] = all[at.Int64()]
	}
	return strings.Join(words, " ")
}
