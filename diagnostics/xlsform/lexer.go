package xlsform

import "regexp"

// token is a piece of an expression; its kind is the name of the rule that
// found it.
type token struct {
	kind       string
	text       string
	start, end int
}

// lexRules find the next token, the first rule that fits winning. They know
// just enough of XPath to find functions, predicates and references.
var lexRules = func() []lexRule {
	date := `-?\d{4}-\d{2}-\d{2}`
	clock := `\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?`
	rules := []lexRule{}
	for _, r := range [][2]string{
		{"datetime", date + `T` + clock},
		{"date", date},
		{"time", clock},
		{"number", `-?\d+\.\d*|-?\.\d+|-?\d+`},
		{"math", `[*+\-]| mod | div `},
		{"compare", `!=|<=|>=|=|<|>`},
		{"bool", ` and | or `},
		{"union", `\|`},
		{"open", `\(`},
		{"close", `\)`},
		{"parent", `\.\.`},
		{"self", `\.`},
		{"slash", `/`},
		{"literal", `"[^"]*"|'[^']*'`},
		{"comma", `,`},
		{"space", `\s+`},
		{"reference", `\$\{(?:last-saved#)?` + ncName + `\}`},
		{"call", `(?:` + ncName + `:)?` + ncName + `\(`},
		{"predicate", ncName + `\[`},
		{"bracket", `\[`},
		{"endbracket", `\]`},
		{"uri", ncName + `://`},
		{"name", `(?:` + ncName + `:)?` + ncName},
		{"other", `(?s).`},
	} {
		rules = append(rules, lexRule{r[0], regexp.MustCompile(`^(?:` + r[1] + `)`)})
	}
	return rules
}()

type lexRule struct {
	kind string
	re   *regexp.Regexp
}

// lex cuts an expression, or any text, into tokens.
func lex(s string) []token {
	var out []token
	for at := 0; at < len(s); {
		for _, rule := range lexRules {
			if m := rule.re.FindString(s[at:]); m != "" {
				out = append(out, token{rule.kind, m, at, at + len(m)})
				at += len(m)
				break
			}
		}
	}
	return out
}

// hyphenTypes are the types whose plain defaults may hold a hyphen.
var hyphenTypes = map[string]bool{
	"geopoint": true, "geotrace": true, "geoshape": true, "date": true, "dateTime": true, "time": true,
}

// isDynamic reports whether a default is an expression rather than a value.
func isDynamic(value, typeName string) bool {
	for _, t := range lex(value) {
		switch t.kind {
		case "math":
			if t.text != "-" || !hyphenTypes[typeName] {
				return true
			}
			return false
		case "union", "predicate", "reference", "call":
			return true
		}
	}
	return false
}
