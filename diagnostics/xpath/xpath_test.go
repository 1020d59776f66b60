package xpath_test

import (
	"flag"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics/xpath"
)

const sample = `<data xmlns:p="urn:p"><a id="one">1</a><b><c>2</c><c>x</c><c/></b><p:d>2026-03-05</p:d><list>u v w</list><!-- note --><o><i>0</i><i>1</i><i>2</i><i>3</i><i>4</i><i>5</i><i>6</i><i>7</i></o></data>`

func evalOptions() xpath.EvalOptions {
	zone := time.FixedZone("CET", 3600)
	return xpath.EvalOptions{
		Location: zone, Now: func() time.Time { return time.Date(2026, 3, 5, 22, 40, 0, 0, zone) },
		Namespaces: map[string]string{"p": "urn:p"},
	}
}

func TestEvalCase(t *testing.T) {
	for _, test := range []struct {
		expr, context, typ string
		want               any
	}{
		{"1 + 2 * 3", "", "", 7.0},
		{"(1 + 2) * 3 - -1", "", "", 10.0},
		{"7 mod 3 = 1 and 8 div 4 = 2", "", "", true},
		{"1 div 0", "", "", "Infinity"},
		{"0 div 0", "", "", "NaN"},
		{"- -/data/a", "", "", 1.0},
		{"/data/b/c[2]", "", "string", "x"},
		{"//c", "", "nodes", []string{"/*[1]/*[2]/*[1]", "/*[1]/*[2]/*[2]", "/*[1]/*[2]/*[3]"}},
		{"(//c)[last()]", "", "nodes", []string{"/*[1]/*[2]/*[3]"}},
		{"//c[. = 'x']/preceding-sibling::*", "", "nodes", []string{"/*[1]/*[2]/*[1]"}},
		{"..", "/*[1]/*[2]/*[1]", "nodes", []string{"/*[1]/*[2]"}},
		{"@id | ../b", "/*[1]/*[1]", "nodes", []string{"/*[1]/*[1]/@id", "/*[1]/*[2]"}},
		{"/data/p:d", "", "string", "2026-03-05"},
		{"/data/d", "", "string", ""},
		{"/data/comment()", "", "nodes", []string{"/*[1]/comment()[1]"}},
		{"count(//c[. != ''])", "", "", 2.0},
		{"//c = 2", "", "", true},
		{"//c > 2", "", "", false},
		{"selected(/data/list, 'v')", "", "", true},
		{"selected(/data/list, '')", "", "", false},
		{"selected-at(/data/list, 2)", "", "", "w"},
		{"count-selected(/data/list)", "", "", 3.0},
		{"if(/data/a = 1, 'yes', 2)", "", "string", "yes"},
		{"if(/data/a = 2, 'yes', 2)", "", "number", 2.0},
		{"coalesce(/data/b/c[3], 'none')", "", "", "none"},
		{"substr('bonjour', 1, 3)", "", "", "on"},
		{"substr('bonjour', -3)", "", "", "our"},
		{"regex('A2BC-D3E', '^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{3}$')", "", "", true},
		{"today()", "", "string", "2026-03-05"},
		{"now()", "", "string", "2026-03-05T22:40:00.000+01:00"},
		{"date(/data/p:d + 7)", "", "string", "2026-03-12"},
		{"/data/p:d <= today()", "", "", true},
		{"format-date(/data/p:d, '%e/%n/%y %%')", "", "", "5/3/26 %"},
		{"round(2.345, 2)", "", "", 2.35},
		{"indexed-repeat(/data/b/c, /data/b, 1)", "", "string", "2"},
		{"string-length('été')", "", "", 3.0},
		{"translate('bar', 'abc', 'AB')", "", "", "BAr"},
		{"base64-decode('w6k=')", "", "", "é"},
		{"geofence('1 1', '0 0;0 2;2 2;2 0;0 0')", "", "", true},
		{"intersects('0 0;1 1;0 1;1 0')", "", "", true},
		{"intersects('0 0;0 1;1 1;0 0')", "", "", false},
		{"join(' ', randomize(//i, 42))", "", "", "0 5 2 1 7 4 6 3"},
		{"join(' ', randomize(//i, -1))", "", "", "3 2 1 5 4 7 6 0"},
		{"join(' ', randomize(//i, 3.7)) = join(' ', randomize(//i, 3))", "", "", true},
		{"join(' ', randomize(//i, 'abc'))", "", "", "0 2 1 7 5 6 3 4"},
		{"join(' ', randomize(//i, '')) = join(' ', randomize(//i, 0))", "", "", true},
		{"join(/data/none, 'a', //i[. < 2])", "", "", "a01"},
		{"join(/data/none)", "", "", ""},
		{"join(//c, 'a', 'b')", "", "", "a2b"},
		{"max(1 div 0, 'a')", "", "", "NaN"},
		{"min(-1 div 0, /data/b/c[3])", "", "", "NaN"},
		{"min(3, -1 div 0)", "", "", "-Infinity"},
		{"pulldata('none', 'a', 'b', 'c')", "", "", ""},
	} {
		t.Run(test.expr, func(t *testing.T) {
			got, err := xpath.EvalCase(test.expr, sample, test.context, test.typ, evalOptions())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got.Value); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	for _, test := range []struct{ expr, want string }{
		{"", `unexpected end at character 1`},
		{"1 +", "unexpected end at character 4"},
		{"/data/a[", "unexpected end"},
		{"'a", "string without its closing quote at character 1"},
		{"1 2", `unexpected "2" at character 3`},
		{"a b", `unexpected "b" at character 3`},
		{"/data/a ? 2", "unexpected character at character 9"},
		{"nope(1)", "unknown function nope() at character 1"},
		{"count(1)", "count() needs a node-set"},
		{"not()", "wrong number of arguments for not()"},
		{"1 | 2", "| needs a node-set on both sides"},
		{"1/a", "a path can begin only with nodes"},
		{"regex('a', '[')", "has a pattern that cannot be read"},
		{strings.Repeat("(", 600) + "1" + strings.Repeat(")", 600), "nested too deep"},
		{"é = $x", "unexpected"},
	} {
		t.Run(test.want, func(t *testing.T) {
			_, err := xpath.Compile(test.expr, xpath.Scope{})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%q: got %v, want %q", test.expr, err, test.want)
			}
		})
	}
}

func TestDocuments(t *testing.T) {
	for _, test := range []struct{ name, xml string }{
		{"nothing", ""},
		{"two roots", "<a/><b/>"},
		{"not closed", "<a>"},
		{"wrong end", "<a></b>"},
		{"text", "hello"},
		{"too deep", strings.Repeat("<a>", 1200)},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := xpath.ParseDocument(strings.NewReader(test.xml)); err == nil {
				t.Error("accepted")
			}
		})
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]float64{" 12 ": 12, "-.5": -.5, "1e3": 1000, "": math.NaN(), "1,5": math.NaN(), "0x10": math.NaN(), "Inf": math.NaN()} {
		if got := xpath.ParseNumber(text); got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
	for want, number := range map[string]float64{"0": math.Copysign(0, -1), "1000000000000000000000": 1e21, "0.1": 0.1, "-2": -2} {
		if got := xpath.FormatNumber(number); got != want {
			t.Errorf("%v: got %q, want %q", number, got, want)
		}
	}
}

// FuzzExpression parses and evaluates whatever it is given: an error or a
// value, never a panic.
func FuzzExpression(f *testing.F) {
	for _, seed := range []string{"1 + /data/a", "//c[position() = last()]/..", "if(selected(/data/list, 'u'), sum(//c), 'x')", "format-date(today(), '%Y')", "(//a | //c)[2]", "indexed-repeat(/data/b/c, /data/b, 1)", "area('0 0;0 1;1 1')"} {
		f.Add(seed)
	}
	if flag.Lookup("test.fuzz").Value.String() != "" {
		for _, c := range corpusOf(f) {
			f.Add(c.Expr)
		}
	}
	f.Fuzz(func(t *testing.T, expr string) {
		for _, typ := range []string{"", "boolean", "number", "string", "nodes"} {
			_, _ = xpath.EvalCase(expr, sample, "/*[1]/*[2]", typ, evalOptions())
		}
	})
}
