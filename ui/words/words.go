// Package words gives every sentence of the window in the chosen language, by
// key, from assets/translations. The language can change while the program
// runs: screens ask again. It translates nothing that users wrote, and it knows
// nothing of Fyne, so that models may use it. Labels of questionnaires come from
// the questionnaires, labels of code lists from package diagnostics.
package words

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"

	"solidaren/assets"
	"solidaren/diagnostics"
)

// Languages are the languages of the window, the default one first.
var Languages = []string{"fr", "en"}

// entry is one translated text. A text that depends on a number has a form for
// one; any other has it empty.
type entry struct{ one, other string }

type book struct {
	language string
	entries  map[string]entry
}

var (
	books   = mustLoad()
	current atomic.Pointer[book]
)

func init() { Use(Languages[0]) }

// Use chooses the language of every later T. An unknown one means French.
func Use(language string) {
	chosen := books[Languages[0]]
	for _, l := range Languages {
		if strings.HasPrefix(strings.ToLower(language), l) {
			chosen = books[l]
		}
	}
	current.Store(chosen)
}

// Language is the chosen language: "fr" or "en".
func Language() string { return current.Load().language }

// T is the text of key with {0}, {1}… replaced by the arguments. Where the text
// has a form for one and a form for many, the first argument that is a number
// decides.
// An unknown key is shown as it is, so that nothing is silently empty.
func T(key string, args ...any) string { return current.Load().text(key, args...) }

// Text is T in every language, for what is kept while the language changes.
func Text(key string, args ...any) diagnostics.Text {
	return diagnostics.Text{FR: books["fr"].text(key, args...), EN: books["en"].text(key, args...)}
}

func (b *book) text(key string, args ...any) string {
	e, ok := b.entries[key]
	if !ok {
		return key
	}
	text := e.other
	if e.one != "" && isOne(b.language, args) {
		text = e.one
	}
	for i, arg := range args {
		text = strings.ReplaceAll(text, "{"+strconv.Itoa(i)+"}", fmt.Sprint(arg))
	}
	return text
}

// Both is the text of a key in every language, for a search that does not ask
// which one is typed.
func Both(key string) []string {
	texts := make([]string, 0, len(Languages))
	for _, language := range Languages {
		texts = append(texts, books[language].entries[key].other)
	}
	return texts
}

// isOne follows the plural rules of CLDR for the first number of the arguments:
// French counts zero as one.
func isOne(language string, args []any) bool {
	for _, arg := range args {
		var count int64
		switch n := arg.(type) {
		case int:
			count = int64(n)
		case int64:
			count = n
		default:
			continue
		}
		return count == 1 || language == "fr" && count == 0
	}
	return false
}

func mustLoad() map[string]*book {
	all := map[string]*book{}
	for _, language := range Languages {
		data, err := assets.Translations.ReadFile("translations/" + language + ".json")
		if err == nil {
			all[language], err = read(language, data)
		}
		if err != nil {
			panic("words: embedded translations: " + err.Error())
		}
	}
	return all
}

func read(language string, data []byte) (*book, error) {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, fmt.Errorf("words: read %s: %w", language, err)
	}
	b := &book{language: language, entries: make(map[string]entry, len(raw))}
	for key, value := range raw {
		var text string
		if json.Unmarshal(value, &text) == nil {
			b.entries[key] = entry{other: text}
			continue
		}
		var plural struct{ One, Other string }
		if err := json.Unmarshal(value, &plural); err != nil || plural.One == "" || plural.Other == "" {
			return nil, fmt.Errorf("words: %s: %s is neither a text nor one and other", language, key)
		}
		b.entries[key] = entry{one: plural.One, other: plural.Other}
	}
	return b, nil
}
