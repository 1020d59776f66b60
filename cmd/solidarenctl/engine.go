package main

import (
	"solidaren/cmd/internal/cli"
	"solidaren/diagnostics/xlsform"
)

// engineIssues are the reasons for which the engine refuses a form, each at the
// cell of its question where the workbook has one.
func engineIssues(err error, cell func(path, column string) xlsform.Cell, lang string) []issue {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		out := []issue{}
		for _, one := range joined.Unwrap() {
			out = append(out, engineIssues(one, cell, lang)...)
		}
		return out
	}
	return []issue{{Message: cli.Sentence(err, lang)}}
}
