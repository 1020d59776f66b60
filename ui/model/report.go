package model

import (
	"strings"

	"solidaren/diagnostics/xform"
	"solidaren/ui/words"
)

// Tone is how grave a line of a report is.
type Tone int

// The tones of a report's lines.
const (
	Plain   Tone = iota
	Caution      // a warning
	Wrong        // keeps the questionnaire out
)

// ReportLine is one thing that a report on a questionnaire says: a short line,
// and the whole of it.
type ReportLine struct {
	Tone  Tone
	Mark  string
	Title string // where, or which question
	Kind  string // what it is about, in a few words
	Text  string // all of it
}

// Report says what was found in a questionnaire and what it would change, the
// gravest first, in the language of the window.
func (p *Proposed) Report(lang string, day func(DraftMove) string) []ReportLine {
	var lines []ReportLine
	add := func(issues []FormIssue, tone Tone, mark, kind string) {
		for _, i := range issues {
			title := i.Cell.String()
			if title == "" {
				title = p.File.Name
			}
			lines = append(lines, ReportLine{tone, mark, title, kind, i.Message.In(lang)})
		}
	}
	add(p.Verdict.Errors, Wrong, "!", words.T("forms.line.error"))
	add(p.Verdict.Forbidden, Wrong, "§", words.T("forms.line.forbidden"))
	add(p.Verdict.Warnings, Caution, "i", words.T("forms.line.warning"))
	if p.OK() {
		lines = append(lines, changeLines(p.Changes)...)
		for _, d := range p.Drafts {
			lines = append(lines, ReportLine{
				Plain, "◐", words.T("forms.line.draft", day(d)), words.T("forms.line.draft.aside", d.Aside),
				words.T("forms.draft.text", d.From, d.Kept, d.Renamed, d.Aside),
			})
		}
	}
	return lines
}

// changeLines tell how a version differs from another one.
func changeLines(c xform.Comparison) []ReportLine {
	var lines []ReportLine
	for _, q := range c.Added {
		lines = append(lines, ReportLine{Plain, "+", q.Called(), words.T("forms.line.added"), words.T("forms.added.text", q.Called(), q.Name)})
	}
	for _, q := range c.Removed {
		lines = append(lines, ReportLine{Plain, "−", q.Called(), words.T("forms.line.removed"), words.T("forms.removed.text", q.Called(), q.Name)})
	}
	for _, q := range c.Renamed {
		lines = append(lines, ReportLine{
			Plain, "→", q.Called(), words.T("forms.line.renamed"),
			words.T("forms.renamed.text", q.Called(), lastOf(q.From), q.Name),
		})
	}
	for _, q := range c.Changed {
		lines = append(lines, ReportLine{Plain, "≠", q.Called(), words.T("forms.line.changed"), changedText(q)})
	}
	return lines
}

func lastOf(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// differences and the words that name them.
var differences = map[xform.Difference]string{
	xform.LabelChanged: "forms.what.label", xform.TypeChanged: "forms.what.type", xform.ChoicesChanged: "forms.what.choices",
	xform.OrderChanged: "forms.what.order", xform.RequiredChanged: "forms.what.required", xform.RelevantChanged: "forms.what.relevant",
	xform.RuleChanged: "forms.what.constraint", xform.ObservesChanged: "forms.what.observes",
}

func whatWords(q xform.ChangedQuestion) string {
	var what []string
	for _, w := range q.What {
		what = append(what, words.T(differences[w]))
	}
	return strings.Join(what, ", ")
}

// changedText says all of what has changed in a question.
func changedText(q xform.ChangedQuestion) string {
	lines := []string{words.T("forms.changed.text", q.Called(), whatWords(q))}
	if q.Before != "" {
		lines = append(lines, words.T("forms.changed.before", q.Before))
	}
	if len(q.AddedChoices) > 0 {
		lines = append(lines, words.T("forms.changed.choices.added", choiceNames(q.AddedChoices)))
	}
	if len(q.RemovedChoices) > 0 {
		lines = append(lines, words.T("forms.changed.choices.removed", choiceNames(q.RemovedChoices)))
	}
	return strings.Join(lines, "\n")
}

func choiceNames(choices []xform.Choice) string {
	var names []string
	for _, c := range choices {
		names = append(names, c.Label)
	}
	return strings.Join(names, " · ")
}
