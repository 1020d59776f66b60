package main

import (
	"errors"

	"solidaren/cmd/internal/cli"
	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
	"solidaren/diagnostics/xlsform"
)

// columns are the columns of a workbook that the attributes of a bind are
// written in, where the names differ.
var columns = map[string]string{
	"calculate": "calculation", "readonly": "read_only", "nodeset": "choice_filter", "itemset": "choice_filter",
	"setvalue": "default", "": "name",
}

// engineIssues are the reasons for which the engine refuses a form, each at the
// cell of its question where the workbook has one.
func engineIssues(err error, cell func(path, column string) xlsform.Cell, lang string) []issue {
	var refused xform.Errors
	if !errors.As(err, &refused) {
		return []issue{{Message: cli.Sentence(err, lang)}}
	}
	out := []issue{}
	for _, e := range refused {
		column := e.Attr
		if known, ok := columns[e.Attr]; ok {
			column = known
		}
		i := at(cell(e.Path, column), engineSentence(e).In(lang))
		if i.Sheet == "" && e.Path != "" {
			i.Message = e.Path + ": " + i.Message
		}
		out = append(out, i)
	}
	return out
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
	return diagnostics.E("solidarenctl.form", diagnostics.CodeInvalid, place+first.FR, place+first.EN, err)
}
