package main

import (
	"fmt"
	"io"

	"solidaren/cmd/internal/demo"
	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
)

type demoCommands struct {
	Fill demoFill `cmd:"" help:"${demo_fill}"`
}

type demoFill struct {
	Persons int    `default:"200" help:"${persons}"`
	Seed    uint64 `default:"1" help:"${seed}"`
	Until   string `placeholder:"YYYY-MM-DD" help:"${until}"`
}

// filled tells what the demo made.
type filled struct{ demo.Summary }

func (f filled) text(w io.Writer, lang string) {
	total := 0
	for _, n := range f.Diagnostics {
		total += n
	}
	said := diagnostics.Text{
		FR: "%d personnes, %d diagnostics et %d besoins inventés, du %s au %s\n",
		EN: "%d persons, %d diagnostics and %d needs made up, from %s to %s\n",
	}
	fmt.Fprintf(w, said.In(lang), f.Persons, total, f.Records[diagnostics.TypeNeed], f.From, f.Until)
}

func (c demoFill) Run(e *env) error {
	o := demo.Options{Persons: c.Persons, Seed: c.Seed, Until: demo.LastDay}
	if c.Until != "" {
		var err error
		if o.Until, err = day("--until", c.Until, nil); err != nil {
			return err
		}
	}
	return e.withNotebook(func(nb *notebook.Opened) error {
		summary, err := demo.Fill(e.ctx, nb.Store, o, nil)
		if err == nil {
			err = demo.FillDirectory(e.ctx, nb.Store, o)
		}
		if err != nil {
			return err
		}
		return e.print(filled{summary})
	})
}
