package model

import (
	"errors"
	"path"
	"path/filepath"
	"strings"

	"solidaren/diagnostics"
	"solidaren/diagnostics/intake"
	"solidaren/diagnostics/xform"
	"solidaren/diagnostics/xlsform"
	"solidaren/ui/model/form"
)

// FormIssue is one thing that is wrong with a questionnaire, at its cell where
// it has one.
type FormIssue struct {
	Cell    xlsform.Cell
	Message diagnostics.Text // what is wrong, and what to write instead
}

// In is the issue on one line, in a language: "survey!B5: sentence".
func (i FormIssue) In(lang string) string {
	if place := i.Cell.String(); place != "" {
		return place + ": " + i.Message.In(lang)
	}
	return i.Message.In(lang)
}

// Verdict is what is found in a questionnaire. It may be used where there is no
// error; warnings are for its author to read.
type Verdict struct {
	Errors    []FormIssue // written wrongly
	Forbidden []FormIssue // asks what no team may ask, each with the article
	Warnings  []FormIssue
}

// OK reports whether the questionnaire may be used.
func (v Verdict) OK() bool { return len(v.Errors)+len(v.Forbidden) == 0 }

// columns are the columns of a workbook that the attributes of a bind are
// written in, where the names differ.
var columns = map[string]string{
	"calculate": "calculation", "readonly": "read_only", "nodeset": "choice_filter", "itemset": "choice_filter",
	"setvalue": "default", "": "name",
}

// Judge checks the questionnaire: the workbook, its expressions, the engine,
// what its answers mean, and, for a team, whether it may ask this at all.
// Errors: corrupt (the list of what is never asked).
func (f *FormFile) Judge(forTeam bool) (Verdict, error) {
	var v Verdict
	if f.book != nil {
		checked, wrong := xlsform.Check(f.book, xlsform.CompileOptions{})
		if v.Errors = issuesOf(wrong); checked != nil {
			v.Warnings = issuesOf(checked.Warnings)
		}
	}
	if forTeam {
		found, err := f.forbidden()
		if err != nil {
			return v, err
		}
		v.Forbidden = issuesOf(found)
	}
	if f.fault != nil {
		if refused := xlsform.Errors(nil); !errors.As(f.fault, &refused) {
			v.Errors = append(v.Errors, FormIssue{Message: bothSentences(f.fault)})
		}
		return v, nil
	}
	parsed, err := f.Parse()
	if err != nil {
		v.tell(f.engineIssues(err))
		return v, nil
	}
	if forTeam {
		for _, part := range form.ForeignParts(parsed) {
			v.Warnings = append(v.Warnings, FormIssue{f.cell(part.Path, "type"), part.Sentence})
		}
	}
	for _, i := range intake.Check(parsed) {
		v.Errors = append(v.Errors, FormIssue{f.cell(i.Path, "bind::"+intake.Attr), diagnostics.Text{FR: i.FR, EN: i.EN}})
	}
	return v, nil
}

// tell adds errors, but for those at cells that have one already: the compiler
// tells them with what to write instead.
func (v *Verdict) tell(found []FormIssue) {
	told := map[string]bool{}
	for _, i := range v.Errors {
		told[i.Cell.String()] = true
	}
	for _, i := range found {
		if place := i.Cell.String(); place == "" || !told[place] {
			told[place] = true
			v.Errors = append(v.Errors, i)
		}
	}
}

func issuesOf(list []xlsform.Issue) []FormIssue {
	var out []FormIssue
	for _, i := range list {
		out = append(out, FormIssue{i.Cell(), diagnostics.Text{FR: i.In("fr"), EN: i.In("en")}})
	}
	return out
}

func bothSentences(err error) diagnostics.Text {
	return diagnostics.Text{FR: diagnostics.Sentence(err, "fr"), EN: diagnostics.Sentence(err, "en")}
}

// engineIssues are the reasons for which the engine refuses a form, each at the
// cell of its question where the workbook has one.
func (f *FormFile) engineIssues(err error) []FormIssue {
	var refused xform.Errors
	if !errors.As(err, &refused) {
		return []FormIssue{{Message: bothSentences(err)}}
	}
	var out []FormIssue
	for _, e := range refused {
		column := e.Attr
		if known, ok := columns[e.Attr]; ok {
			column = known
		}
		i := FormIssue{f.cell(e.Path, column), engineSentence(e)}
		if name, ok := sideFile(e); ok && f.book != nil {
			i = FormIssue{f.book.Find(strings.TrimSuffix(name, filepath.Ext(name))), bothSentences(missingFile(name))}
		}
		if i.Cell.String() == "" && e.Path != "" {
			i.Message = diagnostics.Text{FR: e.Path + ": " + i.Message.FR, EN: e.Path + ": " + i.Message.EN}
		}
		out = append(out, i)
	}
	return out
}

// sideFile is the name of the file that a form lacks.
func sideFile(e *xform.FormError) (string, bool) {
	if e.Path != "" || !strings.HasPrefix(e.Expr, "jr://file") {
		return "", false
	}
	return path.Base(e.Expr), true
}

func missingFile(name string) error {
	return diagnostics.E("model.FormFile", diagnostics.CodeNotFound,
		"Le fichier « "+name+" » manque. Écrivez ses choix dans la feuille choices.",
		"The file “"+name+"” is missing. Write its choices in the sheet choices.", nil)
}

// engineSentence tells one reason, with the expression at fault.
func engineSentence(e *xform.FormError) diagnostics.Text {
	if e.Expr == "" {
		return diagnostics.Text{FR: e.FR, EN: e.EN}
	}
	return diagnostics.Text{FR: e.FR + " (" + e.Expr + ")", EN: e.EN + " (" + e.Expr + ")"}
}

// refusedForm gives the engine's refusal the sentence of its first reason.
func refusedForm(err error) error {
	var refused xform.Errors
	if !errors.As(err, &refused) || len(refused) == 0 {
		return err
	}
	first := engineSentence(refused[0])
	place := refused[0].Path
	if place != "" {
		place += ": "
	}
	return diagnostics.E("model.FormFile", diagnostics.CodeInvalid, place+first.FR, place+first.EN, err)
}
