package xlsform

import (
	"fmt"
	"sort"
	"strings"

	"solidaren/diagnostics"
)

// Issue is one thing that is wrong (or, as a warning, doubtful) in a workbook:
// where, what, and what to write instead. Row is 0 and Column empty where the
// issue has no single cell.
type Issue struct {
	Sheet     string `json:"sheet"`
	Row       int    `json:"row"`
	Column    string `json:"column"`
	Message   string `json:"message"`
	MessageEN string `json:"-"`
	Code      string `json:"code"`
}

// Cell is the place of the issue.
func (i Issue) Cell() Cell { return Cell{Sheet: i.Sheet, Row: i.Row, Column: i.Column} }

// In is the sentence in the language ("fr" or "en"), French by default.
func (i Issue) In(lang string) string {
	return diagnostics.Text{FR: i.Message, EN: i.MessageEN}.In(lang)
}

// Errors are the reasons for which a workbook is refused, in the order of the
// sheets and rows.
type Errors []Issue

// Error lists every issue, one a line, in English.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, issue := range e {
		lines[i] = strings.TrimPrefix(issue.Cell().String()+": "+issue.MessageEN, ": ")
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the program's error type, so that diagnostics.Code(err) says
// invalid and diagnostics.Sentence tells the first issue.
func (e Errors) Unwrap() error {
	if len(e) == 0 {
		return nil
	}
	out := diagnostics.E("xlsform.Compile", diagnostics.CodeInvalid, e[0].Message, e[0].MessageEN, nil)
	out.Field = e[0].Cell().String()
	return out
}

// report collects issues.
type report struct {
	errors   []Issue
	warnings []Issue
}

func (r *report) fail(at Cell, code string, args ...any) {
	r.errors = appendOnce(r.errors, newIssue(at, code, args))
}

func (r *report) warn(at Cell, code string, args ...any) {
	r.warnings = appendOnce(r.warnings, newIssue(at, code, args))
}

// appendOnce keeps one issue a cell and sentence: an expression is looked at
// from several sides.
func appendOnce(list []Issue, issue Issue) []Issue {
	for _, old := range list {
		if old == issue {
			return list
		}
	}
	return append(list, issue)
}

func newIssue(at Cell, code string, args []any) Issue {
	text, ok := sentences[code]
	if !ok {
		panic("xlsform: no sentence for code " + code)
	}
	return Issue{
		Sheet: at.Sheet, Row: at.Row, Column: at.Column, Code: code,
		Message: withoutDash(fmt.Sprintf(text.fr, args...)), MessageEN: withoutDash(fmt.Sprintf(text.en, args...)),
	}
}

// withoutDash leaves out a last sentence that has nothing to name ("Nearest name:
// —.").
func withoutDash(message string) string {
	if !strings.HasSuffix(message, ": "+nothing+".") {
		return message
	}
	if end := strings.LastIndex(message, ". "); end > 0 {
		return message[:end+1]
	}
	return message
}

// sorted gives the errors by sheet (in the order in which they are read), row
// and column.
func (r *report) sorted() Errors {
	order := map[string]int{}
	for i, name := range []string{sheetSettings, sheetExternal, sheetChoices, sheetEntities, sheetSurvey} {
		order[name] = i + 1
	}
	out := append(Errors(nil), r.errors...)
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i], out[j]
		if order[a.Sheet] != order[b.Sheet] {
			return order[a.Sheet] < order[b.Sheet]
		}
		return a.Row < b.Row
	})
	return out
}
