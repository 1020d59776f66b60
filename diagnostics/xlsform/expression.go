package xlsform

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"solidaren/diagnostics/xpath"
)

// expressionColumns are the columns that hold an expression, by sheet.
var expressionColumns = map[string][]string{
	sheetSurvey: {
		"bind::relevant", "bind::constraint", "bind::calculate", "bind::required", "bind::readonly",
		"choice_filter", "control::jr:count", "default",
	},
	sheetSettings: {"instance_name"},
	sheetEntities: {"entity_id", "create_if", "update_if", "label"},
}

// Check compiles a workbook and, beyond what the standard asks, reads every
// expression in it: the field's compiler hands broken ones on, to a form that
// does not open. The result is nil where the workbook is refused by the
// standard; the errors hold everything that is wrong, the broken expressions
// among them, at their cells. The warnings of the result name each text that
// lacks a language.
func Check(w *Workbook, o CompileOptions) (*Result, Errors) {
	c, document := compileAll(w, o)
	c.checkCellTranslations()
	var result *Result
	if document != nil {
		result = c.result(document)
	}
	c.checkExpressions()
	return result, c.sorted()
}

// expression is a cell that holds one.
type expression struct {
	at     Cell
	header string
	source string
	filter bool // it stands in a predicate: bare names are columns of the list
	kids   []*element
}

// checkExpressions reads the expression of each cell that has no error yet.
func (c *compiler) checkExpressions() {
	for _, rec := range c.records {
		for _, f := range rec.fields {
			e := expression{
				at: Cell{rec.sheet, rec.row, letters(f.index)}, header: f.header, source: f.value, filter: f.key == "choice_filter",
			}
			if !slices.Contains(expressionColumns[rec.sheet], f.key) || c.isPlain(rec, f) || c.told(e.at) {
				continue
			}
			if own := c.find(rec.get("name")); own != nil && rec.sheet == sheetSurvey {
				e.kids = own.kids
			}
			c.checkExpression(e)
		}
	}
}

// isPlain reports whether the cell holds a value: yes or no, a default that is
// no expression, or words that a loop puts in.
func (c *compiler) isPlain(rec *record, f field) bool {
	_, truth := yes[f.value]
	return truth || strings.Contains(f.value, "%(") || f.key == "default" && !isDynamic(f.value, rec.get("type"))
}

// told reports whether the cell has an error already.
func (c *compiler) told(at Cell) bool {
	return slices.ContainsFunc(c.errors, func(i Issue) bool { return i.Cell() == at })
}

// checkExpression tells what is wrong with one expression: how it is written,
// the functions that it calls, the names that are no references.
func (c *compiler) checkExpression(e expression) {
	text := mask(e.source)
	tree, err := xpath.Parse(text)
	if err != nil {
		c.failExpression(e, err)
		return
	}
	unknown := false
	xpath.Walk(tree, func(x xpath.Expr) {
		if call, ok := x.(*xpath.Call); ok && !xpath.KnownFunction(call.Name) {
			unknown = true
			c.fail(e.at, "expression_function", call.Name, place(text, call.At), orNone(suggestFunction(call.Name)))
		}
	})
	if unknown {
		return
	}
	_, err = xpath.CompileTree(text, tree, xpath.Scope{Written: true})
	if err != nil && strings.Contains(err.Error(), wrongArguments) { // the rest needs the real paths
		c.failExpression(e, err)
		return
	}
	if !e.filter {
		c.checkBareNames(e, tree)
	}
}

// mask makes absolute paths of the references, letter for letter, so that
// places in the text stay the same.
func mask(source string) string {
	return reference.ReplaceAllStringFunc(source, func(ref string) string {
		return strings.NewReplacer("${", "/_", "#", "_", "}", "_").Replace(ref)
	})
}

// place counts characters as people do, from 1.
func place(text string, at int) int { return utf8.RuneCountInString(text[:min(at, len(text))]) + 1 }

// slips are what people write who know other notations, and the sentence that
// says what to write here.
var slips = []struct{ text, code string }{
	{";", "expression_semicolon"},
	{"==", "expression_equal"},
	{"<>", "expression_different"},
	{"!", "expression_not"},
	{"&&", "expression_and"},
	{"||", "expression_or"},
	{"&", "expression_join"},
	{"=>", "expression_at_least"},
	{"=<", "expression_at_most"},
}

// wrongArguments is how the engine begins to tell of a call's arguments.
const wrongArguments = "wrong number of arguments for "

// failExpression tells a mistake of writing.
func (c *compiler) failExpression(e expression, err error) {
	var syntax *xpath.SyntaxError
	if !errors.As(err, &syntax) {
		c.fail(e.at, "expression_refused", 1, e.header)
		return
	}
	from, n := min(syntax.At, len(e.source)), place(e.source, syntax.At)
	for _, slip := range slips {
		if strings.HasPrefix(e.source[from:], slip.text) || from > 0 && strings.HasPrefix(e.source[from-1:], slip.text) && len(slip.text) > 1 {
			c.fail(e.at, slip.code, n)
			return
		}
	}
	expected, isExpected := strings.CutPrefix(syntax.What, "expected ")
	name, isArguments := strings.CutPrefix(syntax.What, wrongArguments)
	switch {
	case strings.HasPrefix(syntax.What, "string without"):
		c.fail(e.at, "expression_quote", n)
	case isArguments:
		c.fail(e.at, "expression_arguments", name, n)
	case from == len(e.source) && strings.Count(e.source, "(") > strings.Count(e.source, ")"):
		c.fail(e.at, "expression_parenthesis")
	case from == len(e.source):
		c.fail(e.at, "expression_end", e.header)
	case isExpected:
		c.fail(e.at, "expression_expected", strings.Trim(expected, `"`), n, excerpt(e.source[from:]))
	case strings.HasPrefix(syntax.What, "unexpected"):
		c.fail(e.at, "expression_unexpected", excerpt(e.source[from:]), n)
	default:
		c.fail(e.at, "expression_refused", n, e.header)
	}
}

// maxExcerpt bounds what a message repeats of an expression, in characters.
const maxExcerpt = 20

// excerpt is the beginning of a text, for a message.
func excerpt(text string) string {
	if runes := []rune(text); len(runes) > maxExcerpt {
		return string(runes[:maxExcerpt]) + "…"
	}
	return text
}

// checkBareNames finds names that are meant as references: a name alone is a
// part of the question itself, and only groups have parts.
func (c *compiler) checkBareNames(e expression, tree xpath.Expr) {
	walkOutside(tree, func(p *xpath.Path) {
		name := bareName(p)
		own := slices.ContainsFunc(e.kids, func(k *element) bool { return k.name == name })
		switch {
		case name == "" || own:
		case c.find(name) != nil:
			c.fail(e.at, "expression_bare", name, name)
		default:
			c.fail(e.at, "expression_name", name, name, orNone(suggest(name, keys(c.byName))))
		}
	})
}

// bareName is the name that a path consists of, "" for any other path.
func bareName(p *xpath.Path) string {
	if p.Absolute || p.Start != nil || len(p.Steps) != 1 {
		return ""
	}
	step := p.Steps[0]
	if step.Axis != xpath.Child || step.Test.Kind != xpath.TestName || step.Test.Prefix != "" {
		return ""
	}
	return step.Test.Local
}

// walkOutside visits the paths that stand in no predicate.
func walkOutside(x xpath.Expr, visit func(*xpath.Path)) {
	switch x := x.(type) {
	case *xpath.Call:
		for _, a := range x.Args {
			walkOutside(a, visit)
		}
	case *xpath.Binary:
		walkOutside(x.Left, visit)
		walkOutside(x.Right, visit)
	case *xpath.Negate:
		walkOutside(x.X, visit)
	case *xpath.Filter:
		walkOutside(x.X, visit)
	case *xpath.Path:
		visit(x)
		walkOutside(x.Start, visit)
	}
}

// functionWords are what people write instead of a function, from Excel in
// either language or from other notations; the functions of a form, for
// misspellings, are those on the right and those below.
var functionWords = map[string]string{
	"si": "if", "iif": "if", "et": "and", "ou": "or", "non": "not", "somme": "sum", "nb": "count", "nbcar": "string-length",
	"len": "string-length", "length": "string-length", "strlen": "string-length", "concatener": "concat", "aujourdhui": "today",
	"maintenant": "now", "arrondi": "round", "entier": "int", "gauche": "substr", "left": "substr",
	"mid": "substr", "substring-of": "substring-before",
	"vrai": "true", "faux": "false", "date-diff": "decimal-date-time", "datedif": "decimal-date-time", "annee": "format-date",
	"year": "format-date", "texte": "format-date", "text": "format-date", "contient": "contains", "choisi": "selected",
	"nombre": "number", "alea": "random", "rand": "random", "puissance": "pow", "racine": "sqrt", "match": "regex", "matches": "regex",
	"lower": "translate", "upper": "translate", "trim": "normalize-space", "vlookup": "pulldata", "recherchev": "pulldata",
}

// functionNames are the functions that a misspelling may have meant.
var functionNames = strings.Fields(`abs area boolean ceiling checklist choice-name coalesce concat contains count count-non-empty
	count-selected current date date-time decimal-date-time decimal-time distance ends-with exp false floor format-date
	format-date-time if indexed-repeat instance int join jr:choice-name jr:itext last log max min normalize-space not now
	number once pi position pow pulldata random randomize regex round selected selected-at sin sqrt starts-with
	string string-length substr substring substring-after substring-before sum tan today translate true uuid weighted-checklist`)

// suggestFunction names the function or operator that is meant, "" if none is near.
func suggestFunction(name string) string {
	plain := strings.ToLower(strings.ReplaceAll(name, "_", "-"))
	meant, ok := functionWords[plain]
	if !ok {
		meant = suggest(plain, functionNames)
	}
	switch meant {
	case "", "and", "or": // operators stand between values
		return meant
	default:
		return meant + "()"
	}
}
