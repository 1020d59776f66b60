package likeness

import (
	"slices"
	"strings"
)

// A sound is written with capital letters: vowels A E I O U, consonants, X for
// the sh of "Chérif", J for the j of "Jean" and of "Djamel". rules say how a
// French hand writes what it hears, and how names that came from Arabic, the
// languages of West Africa and the Slavic ones are written in France. The first
// rule that fits is taken; of two sounds the first is the usual one.
type rule struct {
	from   string // letters
	before string // one of these follows, "$" for the end; "" for anything
	first  bool   // only at the beginning
	to     []string
}

func to(from string, sounds ...string) rule    { return rule{from: from, to: sounds} }
func end(from string, sounds ...string) rule   { return rule{from: from, before: "$", to: sounds} }
func start(from string, sounds ...string) rule { return rule{from: from, first: true, to: sounds} }
func soft(from, before string, sounds ...string) rule {
	return rule{from: from, before: before, to: sounds}
}

// pause stands for a letter that is not heard and keeps its neighbours apart:
// the m of "Mhamed" are two.
const pause = "."

const (
	slender = "eiy"
	vowels  = "aeiouy"
)

var rules = []rule{
	end("ault", "O", "OLT"), end("aud", "O", "OD"), to("eau", "O"), to("au", "O"), to("ou", "U"), to("oo", "U"), to("aou", "AU"),
	to("oeu", "E"), to("oe", "E"), to("ae", "E"), to("ai", "E"), to("ei", "E"), to("ay", "E"), to("ey", "E"), to("eu", "E"),
	to("ee", "I"), to("ie", "I"), to("oi", "UA"), to("oy", "UA"),
	soft("e", "$", ""), end("es", "", "ES"), end("er", "ER", "E"), end("ez", "E", "ES"), end("et", "E", "ET"),
	to("a", "A"), to("e", "E"), to("o", "O"), to("u", "U"), to("y", "I"),

	to("bv", "V"), to("b", "B"),
	to("cqu", "K"), to("cqu", "K"), to("cz", "X", "S"), to("ch", "X", "K"), to("ck", "K"),
	soft("cc", slender, "KS"), soft("c", slender, "S"), to("coi", "KUA", "SUA"), to("c", "K"),
	to("dj", "J"), to("dz", "S"), to("dh", "D"), end("d", "D", ""), end("ds", "", "DS"), to("d", "D"),
	to("ph", "F"), to("f", "F"),
	to("gh", "G"), to("gn", "N"), soft("gu", slender, "G"), soft("g", slender, "J", "G"), to("g", "G"),
	to("h", pause),
	soft("ill", vowels, "L", "I"), to("i", "I"),
	start("j", "J", "I"), end("j", "J", "I"), to("j", "J"),
	start("kh", "K", pause), to("kh", "K"), to("k", "K"),
	to("lh", "L"), to("l", "L"),
	soft("m", "bp", "N"), to("m", "M"), to("n", "N"),
	end("p", "", "P"), to("p", "P"),
	to("qu", "K"), to("q", "K"),
	to("rh", "R"), to("r", "R"),
	to("sch", "X", "SK"), to("sh", "X"), soft("sc", slender, "S"), end("s", "", "S"), to("s", "S"),
	to("tsch", "X"), to("tch", "X"), to("ts", "S", "TS"), to("tz", "S", "TS"), to("th", "T"), end("t", "", "T"), to("t", "T"),
	end("v", "F"), to("v", "V"), to("w", "V", "U"),
	end("x", "", "KS"), start("x", "S", "KS"), to("x", "KS"),
	to("zh", "J"), end("z", "", "S"), to("z", "S"),
}

// byLetter holds the rules by their first letter, the longest first.
var byLetter = func() map[byte][]rule {
	all := map[byte][]rule{}
	for _, r := range rules {
		all[r.from[0]] = append(all[r.from[0]], r)
	}
	for _, of := range all {
		slices.SortStableFunc(of, func(a, b rule) int { return len(b.from) - len(a.from) })
	}
	return all
}()

// mostSounds is how many ways to say one word are kept.
const mostSounds = 4

// say gives the ways to say a folded word, the usual one first; nil if it has a
// digit or no letter of the Latin alphabet. What follows an open word is not
// known: the rules for its end are not used.
func say(word string, open bool) []string {
	if strings.ContainsAny(word, "0123456789") {
		return nil
	}
	said := []string{""}
	for at := 0; at < len(word); {
		r, ok := ruleAt(word, at, open)
		if !ok {
			at++
			continue
		}
		said = appendSounds(said, r.to)
		at += len(r.from)
	}
	for i, s := range said {
		said[i] = squeeze(s)
	}
	said = compact(said)
	if said[0] == "" {
		return nil
	}
	return said
}

func ruleAt(word string, at int, open bool) (rule, bool) {
	for _, r := range byLetter[word[at]] {
		if r.first && at > 0 || !strings.HasPrefix(word[at:], r.from) {
			continue
		}
		next := "$"
		if rest := word[at+len(r.from):]; rest != "" {
			next = rest[:1]
		}
		if r.before == "" || strings.Contains(r.before, next) && (next != "$" || !open) {
			return r, true
		}
	}
	return rule{}, false
}

func appendSounds(said, sounds []string) []string {
	var out []string
	for _, sound := range sounds {
		for _, s := range said {
			if len(out) < mostSounds {
				out = append(out, s+sound)
			}
		}
	}
	return out
}

// squeeze makes one of a sound that is written twice, and leaves out pauses.
func squeeze(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if s[i] != pause[0] && (i == 0 || s[i] != s[i-1]) {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// compact leaves out what stands in a list twice, and keeps its order.
func compact(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// bones are the consonants of a sound, behind an A where it begins with a vowel:
// vowels are what transliterations differ in (Mohamed, Muhammad).
func bones(sound string) string {
	var b strings.Builder
	for i := range len(sound) {
		switch vowel := strings.IndexByte("AEIOU", sound[i]) >= 0; {
		case !vowel:
			b.WriteByte(sound[i])
		case i == 0:
			b.WriteByte('A')
		}
	}
	return b.String()
}

// leastBones is how many consonants tell enough; a shorter word is known by its
// whole sound.
const leastBones = 2

// SoundKeys gives the keys under which words of one sound meet.
func SoundKeys(word string) []string {
	keys := say(word, false)
	for i, sound := range keys {
		if b := bones(sound); len(strings.TrimPrefix(b, "A")) >= leastBones {
			keys[i] = b
		}
	}
	return compact(keys)
}

// A word of many bones is also known by all of them but one: so a second slip
// in one word is found. The mark keeps these keys from those of shorter words.
const (
	manyBones = 4
	brokenKey = "-"
)

// brokenKeys gives those keys.
func brokenKeys(keys []string) []string {
	var out []string
	for _, b := range keys {
		if len(b) < manyBones || strings.ContainsAny(b[1:], "AEIOU") {
			continue
		}
		for i := range len(b) {
			out = append(out, brokenKey+b[:i]+b[i+1:])
		}
	}
	return out
}

// SoundBeginning gives what the sound keys of a word begin with of which only
// the beginning is known; "" if that is too little.
func SoundBeginning(piece string) string {
	said := say(piece, true)
	if said == nil {
		return ""
	}
	b := bones(said[0])
	if len(strings.TrimPrefix(b, "A")) < leastBones {
		return ""
	}
	return b
}
