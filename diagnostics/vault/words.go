package vault

import (
	"crypto/rand"
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
