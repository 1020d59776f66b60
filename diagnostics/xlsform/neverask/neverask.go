// Package neverask finds what no form of a team may ask: the social security
// number, origin, beliefs, offences, diagnoses, photos of people, precise
// places… The list of rules is data, with a version, in which each rule names
// the article that forbids the question.
//
// It judges words and types, not people, and it neither compiles a form nor
// reads an answer. It refuses rather too much than too little: each rule lists
// the innocent wordings that look like it.
package neverask

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"solidaren/diagnostics"
)

// List is a version of the rules.
type List struct {
	Version string
	rules   []rule
}

// rule is one row of the list.
type rule struct {
	id      string
	least   int      // how many choices of one list must match; 1: any text does
	types   []string // it concerns questions of these types alone
	allowed string   // target of a question that may be asked, under a condition
	words   []phrase // nil: the type is enough, in a form about persons
	except  []phrase
	article diagnostics.Text
	message diagnostics.Text
}

// columns of the list, in their order.
var columns = []string{
	"rule", "least", "types", "allowed_for", "words_fr", "words_en", "except_fr", "except_en",
	"article_fr", "article_en", "message_fr", "message_en",
}

const versionMark = "# version "

// Read reads a list: a first line "# version …", then a CSV table. In the
// columns of words, wordings are parted by semicolons; "|" parts words that may
// stand at the same place, "*" at the end of a word stands for any ending, "="
// at the beginning says that nothing else may stand in the cell. Accents,
// capitals, plurals and articles make no difference. Errors: corrupt.
func Read(r io.Reader) (*List, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, corrupt(err)
	}
	first, table, _ := strings.Cut(string(text), "\n")
	version, ok := strings.CutPrefix(strings.TrimSpace(first), versionMark)
	if !ok || version == "" {
		return nil, corrupt(fmt.Errorf("the first line is not %q", versionMark+"…"))
	}
	rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil {
		return nil, corrupt(err)
	}
	if len(rows) < 2 || !slices.Equal(rows[0], columns) {
		return nil, corrupt(fmt.Errorf("want the columns %v", columns))
	}
	l := &List{Version: version}
	for i, row := range rows[1:] {
		rule, err := readRule(row)
		if err != nil {
			return nil, corrupt(fmt.Errorf("rule %d: %w", i+1, err))
		}
		l.rules = append(l.rules, rule)
	}
	return l, nil
}

func readRule(row []string) (rule, error) {
	least, err := strconv.Atoi(row[1])
	if err != nil || least < 1 {
		return rule{}, fmt.Errorf("least is %q", row[1])
	}
	r := rule{
		id: row[0], least: least, types: strings.Fields(row[2]), allowed: row[3],
		words: phrases(row[4], row[5]), except: phrases(row[6], row[7]),
		article: diagnostics.Text{FR: row[8], EN: row[9]}, message: diagnostics.Text{FR: row[10], EN: row[11]},
	}
	switch {
	case r.id == "" || slices.Contains(row[8:], ""):
		return rule{}, fmt.Errorf("%s lacks its article or its message", r.id)
	case len(r.words) == 0 && len(r.types) == 0:
		return rule{}, fmt.Errorf("%s forbids nothing", r.id)
	}
	for _, p := range slices.Concat(r.words, r.except) {
		if w := p.article(); w != "" {
			return rule{}, fmt.Errorf("%s: leave out %q, which makes no difference", r.id, w)
		}
	}
	return r, nil
}

func corrupt(err error) error {
	return diagnostics.E("neverask.Read", diagnostics.CodeCorrupt,
		"La liste des questions interdites est illisible.", "The list of forbidden questions cannot be read.", err)
}
