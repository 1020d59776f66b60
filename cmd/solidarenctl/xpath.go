package main

import (
	"encoding/json"
	"fmt"
	"time"
	_ "time/tzdata"

	"solidaren/cmd/internal/cli"
	"solidaren/diagnostics/xpath"
)

type xpathCommands struct {
	Eval xpathEval `cmd:"" help:"${xpath_eval}"`
}

type xpathEval struct {
	TZ string `name:"tz" placeholder:"ZONE" help:"${tz}"`
}

// expression is one line of the batch. Type is the wanted type of the result;
// "" and "error" leave it to the expression.
type expression struct {
	Expr    string `json:"expr"`
	XML     string `json:"xml"`
	Context string `json:"context"`
	Type    string `json:"type"`
}

// failed answers a line that cannot be evaluated.
type failed struct {
	Error string `json:"error"`
}

// Run answers each line of standard input by one line, in order. A line that
// cannot be evaluated is answered by its error; it does not end the batch.
func (c xpathEval) Run(e *env) error {
	o := xpath.EvalOptions{Location: time.Local}
	if c.TZ != "" {
		var err error
		if o.Location, err = time.LoadLocation(c.TZ); err != nil {
			return cli.NewMisuse(fmt.Sprintf("Le fuseau horaire « %s » n'existe pas.", c.TZ),
				fmt.Sprintf("There is no time zone %q.", c.TZ))
		}
	}
	return eachLine(e.in, func(line []byte) error { return writeJSON(e.out, evaluate(line, o)) })
}

// evaluate answers one line: a result or why there is none.
func evaluate(line []byte, o xpath.EvalOptions) any {
	var x expression
	if err := json.Unmarshal(line, &x); err != nil {
		return failed{err.Error()}
	}
	if x.XML == "" {
		x.XML = "<empty/>" // an expression that needs no document
	}
	if x.Type == "error" {
		x.Type = ""
	}
	result, err := xpath.EvalCase(x.Expr, x.XML, x.Context, x.Type, o)
	if err != nil {
		return failed{err.Error()}
	}
	return result
}
