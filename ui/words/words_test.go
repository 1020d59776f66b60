package words

import (
	"bufio"
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"solidaren/assets"
)

func TestBothLanguagesHaveTheSameKeysAndPlaceholders(t *testing.T) {
	fr, en := books["fr"], books["en"]
	for key, f := range fr.entries {
		e, ok := en.entries[key]
		if !ok {
			t.Errorf("%s is missing in English", key)
			continue
		}
		if (f.one == "") != (e.one == "") {
			t.Errorf("%s counts in one language only", key)
		}
		for _, pair := range [][2]string{{f.other, e.other}, {f.one, e.one}, {f.other, f.one}} {
			if pair[1] == "" {
				continue
			}
			if diff := cmp.Diff(placeholders(pair[0]), placeholders(pair[1])); diff != "" {
				t.Errorf("%s: placeholders differ: %s", key, diff)
			}
		}
	}
	for key := range en.entries {
		if _, ok := fr.entries[key]; !ok {
			t.Errorf("%s is missing in French", key)
		}
	}
}

var placeholder = regexp.MustCompile(`\{\d\}`)

func placeholders(text string) []string {
	found := placeholder.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestKeysAreSortedAndOnceEach(t *testing.T) {
	line := regexp.MustCompile(`^  "([^"]+)": `)
	for _, language := range Languages {
		data, err := assets.Translations.ReadFile("translations/" + language + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var keys []string
		for scanner := bufio.NewScanner(bytes.NewReader(data)); scanner.Scan(); {
			if m := line.FindStringSubmatch(scanner.Text()); m != nil {
				keys = append(keys, m[1])
			}
		}
		if len(keys) != len(books[language].entries) {
			t.Errorf("%s: %d lines for %d keys", language, len(keys), len(books[language].entries))
		}
		if !sort.StringsAreSorted(keys) {
			t.Errorf("%s: keys are not sorted", language)
		}
	}
}

// TestKeysOfTheSource holds the source to the files: no key that nobody uses,
// none used that is missing. A key stands in the source as a whole literal.
func TestKeysOfTheSource(t *testing.T) {
	families := map[string]bool{}
	for key := range books["fr"].entries {
		families[strings.SplitN(key, ".", 2)[0]] = true
	}
	shape := regexp.MustCompile(`^([a-z]+)(\.[a-z0-9_]+)+$`)
	used := map[string]bool{}
	for literal, where := range literals(t, "..", "../../cmd") {
		if _, ok := books["fr"].entries[literal]; ok {
			used[literal] = true
			continue
		}
		if m := shape.FindStringSubmatch(literal); m != nil && families[m[1]] && !slices.Contains(notKeys, filepath.Ext(literal)) {
			t.Errorf("%s: %q has no translation", where, literal)
		}
	}
	for key := range books["fr"].entries {
		if !used[key] {
			t.Errorf("%s is not used", key)
		}
	}
}

// notKeys are the endings of file names, which look like keys.
var notKeys = []string{".xlsx", ".json", ".png", ".svg", ".csv", ".xml", ".db", ".go"}

// literals gives every string literal under the folders, tests left out, with
// the place where it was seen.
func literals(t *testing.T, folders ...string) map[string]string {
	t.Helper()
	found := map[string]string{}
	fset := token.NewFileSet()
	visit := func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if text, err := strconv.Unquote(lit.Value); err == nil {
					found[text] = fset.Position(lit.Pos()).String()
				}
			}
			return true
		})
		return nil
	}
	for _, folder := range folders {
		if err := filepath.WalkDir(folder, visit); err != nil {
			t.Fatal(err)
		}
	}
	return found
}

func TestT(t *testing.T) {
	defer Use("fr")
	book := func(language string, entries map[string]entry) func() {
		old := books[language]
		books[language] = &book{language, entries}
		Use(language)
		return func() { books[language] = old }
	}
	for _, c := range []struct {
		name, language, key string
		args                []any
		want                string
	}{
		{"arguments in any order", "fr", "order", []any{"a", 2}, "2 puis a"},
		{"French counts zero as one", "fr", "n", []any{0}, "0 fiche"},
		{"English does not", "en", "n", []any{0}, "0 records"},
		{"one", "en", "n", []any{1}, "1 record"},
		{"many", "fr", "n", []any{12}, "12 fiches"},
		{"unknown key is seen", "fr", "no.such", nil, "no.such"},
	} {
		t.Run(c.name, func(t *testing.T) {
			restore := book(c.language, map[string]map[string]entry{
				"fr": {"order": {other: "{1} puis {0}"}, "n": {one: "{0} fiche", other: "{0} fiches"}},
				"en": {"n": {one: "{0} record", other: "{0} records"}},
			}[c.language])
			defer restore()
			if got := T(c.key, c.args...); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestDatesInWords(t *testing.T) {
	defer Use("fr")
	day := time.Date(2026, 12, 1, 9, 5, 0, 0, time.UTC)
	for language, want := range map[string]string{"fr": "mardi 1er décembre 2026", "en-GB": "Tuesday 1 December 2026"} {
		Use(language)
		if got := Weekday(day); got != want {
			t.Errorf("%s: got %q, want %q", language, got, want)
		}
	}
	if got := Date(day) + " " + Clock(day); got != "01/12/2026 09:05" {
		t.Errorf("got %q", got)
	}
}
