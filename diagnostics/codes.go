package diagnostics

import (
	"slices"
	"sync"
)

// Entry is one code of a code list: the code that is stored, and its words in
// both languages.
type Entry struct {
	Code, FR, EN string
	Theme        string // need_domain: V everyday life, N digital, S social and economic life; "" for other
	Service      string // need_domain: prefix of the data·inclusion themes, "" if it has none
	ETHOS        string // night_place: ETHOS-Light class EL1 to EL6, insecure, inadequate, "" if it is none
	Kind         string // right: income or service
}

// In gives the words of the code in the language ("fr" or "en"), French by
// default.
func (c Entry) In(lang string) string { return Text{FR: c.FR, EN: c.EN}.In(lang) }

// List is one code list.
type List struct {
	Name  string
	Codes []Entry
	// External names the file that holds the codes where they are not part of
	// the program: the directory of actions differs from place to place.
	External string
}

// Codes that any list may end with (DOMAIN.md §2.3, +DR).
const (
	DontKnow  = "dk"
	NotToSay  = "rf"
	OtherCode = "other"
)

// Lists gives every code list, in the order of DOMAIN.md §2.3, then §3.
func Lists() []List { return slices.Clone(lists) }

// LookupList finds a code list.
func LookupList(name string) (List, bool) {
	i := slices.IndexFunc(lists, func(l List) bool { return l.Name == name })
	if i < 0 {
		return List{}, false
	}
	return lists[i], true
}

// Codes gives the codes of a list in its order, nil if the list is unknown.
func Codes(list string) []Entry {
	l, _ := LookupList(list)
	return slices.Clone(l.Codes)
}

// Label gives the words of a code in the language ("fr" or "en"). An unknown
// list or code is its own label, so that data of a newer program stay
// readable.
func Label(list, code, lang string) string {
	if c, ok := codeIndex()[codeKey{list, code}]; ok {
		return c.In(lang)
	}
	return code
}

// FindCode finds a code of a list.
func FindCode(list, code string) (Entry, bool) {
	c, ok := codeIndex()[codeKey{list, code}]
	return c, ok
}

type codeKey struct{ list, code string }

var codeIndex = sync.OnceValue(func() map[codeKey]Entry {
	index := map[codeKey]Entry{}
	for _, l := range lists {
		for _, c := range l.Codes {
			index[codeKey{l.Name, c.Code}] = c
		}
	}
	return index
})
