package workbook

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// nested is a form with a repeat in a repeat.
var nested = Form{
	ID: "f", Root: "/data", Repeats: []string{"/data/g/r", "/data/g/r/s"},
	Questions: []Question{
		{Path: "/data/a", Control: "input"},
		{Path: "/data/g/b", Control: "input"},
		{Path: "/data/g/r/c", Control: "input", Repeat: "/data/g/r"},
		{Path: "/data/g/r/h/d", Control: "input", Repeat: "/data/g/r"},
		{Path: "/data/g/r/s/e", Control: "input", Repeat: "/data/g/r/s"},
	},
}

// reading gives what a sheet would hold of a record, and the answers that the
// form does not know.
func reading(t interface{ Fatal(...any) }, repeat string, contents ...string) (rows []string, unknown int) {
	r := rawBook{book: newBook(Options{}), options: RawOptions{Texts: true}}
	defer r.close()
	l := linesOf(nested, repeat, r.rawColumns(nested, repeat))
	for range 2 { // the second time over what the first one left
		l.reset()
		for _, c := range contents {
			if err := l.read([]byte(c)); err != nil {
				t.Fatal(c, err)
			}
		}
	}
	for _, row := range l.rows {
		rows = append(rows, fmt.Sprint(row.at, row.answers))
	}
	return rows, l.unknown
}

func TestLines(t *testing.T) {
	answers := ` { "a" : "1\u00e9\n", "z":"?", "g":{"b":"2","b2":7, "r":[{"c":"3","h":{"d":"4"},"s":[{"e":"5"},{"e":"6"}]},{"s":[]},{"c":"7","s":[{"x":null}]}]}}`
	texts := `{"a":"over","g":{"r":[{},{"h":{"d":"8"},"s":[{"e":"9"}]},{},{"c":"10"}]}}`
	for _, c := range []struct {
		repeat  string
		texts   []string
		want    []string
		unknown int
	}{
		{"", nil, []string{"[] [1é\n 2]"}, 3},
		{"", []string{texts}, []string{"[] [over 2]"}, 3},
		{"/data/g/r", nil, []string{"[1] [3 4]", "[2] [ ]", "[3] [7 ]"}, 3},
		{"/data/g/r", []string{texts}, []string{"[1] [3 4]", "[2] [ 8]", "[3] [7 ]", "[4] [10 ]"}, 3},
		{"/data/g/r/s", nil, []string{"[1 1] [5]", "[1 2] [6]", "[3 1] []"}, 3},
		{"/data/g/r/s", []string{texts}, []string{"[1 1] [5]", "[1 2] [6]", "[2 1] [9]", "[3 1] []"}, 3},
	} {
		t.Run(fmt.Sprintf("%s, %d texts", c.repeat, len(c.texts)), func(t *testing.T) {
			rows, unknown := reading(t, c.repeat, append([]string{answers}, c.texts...)...)
			if diff := cmp.Diff(c.want, rows); diff != "" || unknown != c.unknown {
				t.Errorf("%d unknown, want %d; rows (-want +got):\n%s", unknown, c.unknown, diff)
			}
		})
	}
}

// Any tree of answers is read as the standard library reads it.
func TestLinesReadWhatIsThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tree := drawTree(t, 4)
		content, err := json.Marshal(tree)
		if err != nil {
			t.Fatal(err)
		}
		for _, repeat := range append([]string{""}, nested.Repeats...) {
			rows, unknown := reading(t, repeat, string(content))
			var want []string
			wantUnknown := 0
			walk(tree, "", nil, repeat, func(path string, at []int, _ any) {
				if !isQuestion(path) {
					wantUnknown++
				}
			}, func(at []int, instance any) { want = append(want, fmt.Sprint(at, columnsOf(instance, repeat))) })
			if repeat == "" {
				want = []string{fmt.Sprint([]int(nil), columnsOf(tree, ""))}
			}
			if diff := cmp.Diff(want, rows); diff != "" || unknown != wantUnknown {
				t.Fatalf("%s\n%s: %d unknown, want %d; rows (-want +got):\n%s", content, repeat, unknown, wantUnknown, diff)
			}
		}
	})
}

func drawTree(t *rapid.T, depth int) map[string]any {
	tree := map[string]any{}
	for _, name := range rapid.SliceOfN(rapid.SampledFrom(strings.Fields("a b c d e g r s h z")), 0, 5).Draw(t, "names") {
		switch kind := rapid.IntRange(0, 6).Draw(t, "kind"); {
		case kind < 2 && depth > 0:
			tree[name] = drawTree(t, depth-1)
		case kind < 4 && depth > 0:
			list := []any{}
			for range rapid.IntRange(0, 3).Draw(t, "instances") {
				list = append(list, drawTree(t, depth-1))
			}
			tree[name] = list
		case kind == 4:
			tree[name] = rapid.SampledFrom([]any{nil, true, 1.5}).Draw(t, "other")
		default:
			tree[name] = rapid.String().Draw(t, "answer")
		}
	}
	return tree
}

func isQuestion(path string) bool {
	for _, q := range nested.Questions {
		if q.Path == nested.Root+path {
			return true
		}
	}
	return false
}

// walk visits the leaves of a tree by path, and the instances of a repeat.
func walk(value any, path string, at []int, repeat string, leaf func(string, []int, any), instance func([]int, any)) {
	switch v := value.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) { // as they are marshalled
			walk(v[name], path+"/"+name, at, repeat, leaf, instance)
		}
	case []any:
		for i, item := range v {
			here := []int{-1} // a list that the form does not have: no instance is behind it
			if full := nested.Root + path; slices.Contains(nested.Repeats, full) && !slices.Contains(at, -1) {
				here = append(at[:len(at):len(at)], i+1)
				if repeat == full && len(here) == nested.depth(repeat) {
					instance(here, item)
				}
			}
			walk(item, path, here, repeat, leaf, instance)
		}
	default:
		leaf(path, at, value)
	}
}

// columnsOf are the answers below the root, or below an instance of a repeat.
func columnsOf(value any, repeat string) []string {
	var out []string
	from := nested.Root
	if repeat != "" {
		from = repeat
	}
	for _, q := range nested.Questions {
		if q.Repeat != repeat {
			continue
		}
		v := value
		for _, key := range keys(q.Path, from) {
			group, _ := v.(map[string]any)
			v = group[key]
		}
		answer, _ := v.(string)
		out = append(out, answer)
	}
	return out
}

// FuzzLines sees that what is no JSON is refused, and what is JSON is not.
func FuzzLines(f *testing.F) {
	for _, s := range []string{`{}`, `{"a":"b\"c"}`, `{"g":{"r":[{"c":"1"},[],"x",{"s":[{"e":"\ud83d"}]}]}}`, `{"a":1e}`, `{"a"`, `{"a":"` + "\x01" + `"}`, `{} x`, `[`, `{"a":tru}`, `{"a":"\q"}`} {
		f.Add([]byte(s))
	}
	r := rawBook{book: newBook(Options{}), options: RawOptions{Texts: true}}
	l := linesOf(nested, "/data/g/r/s", r.rawColumns(nested, "/data/g/r/s"))
	f.Fuzz(func(t *testing.T, content []byte) {
		var tree map[string]any
		valid := json.Unmarshal(content, &tree) == nil && tree != nil
		l.reset()
		if err := l.read(content); (err == nil) != valid && strings.Count(string(content), "[")+strings.Count(string(content), "{") < deepest {
			t.Errorf("%q: %v, but JSON: %v", content, err, valid)
		}
	})
}
