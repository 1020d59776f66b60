package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"solidaren/cmd/internal/cli"
	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
	"solidaren/diagnostics/analysis"
	"solidaren/diagnostics/workbook"
	"solidaren/ui/model"
)

type exportCommands struct {
	Needs exportNeeds `cmd:"" help:"${export_needs}"`
	Raw   exportRaw   `cmd:"" help:"${export_raw}"`
}

// span is a period and a file, common to every export.
type span struct {
	From string `required:"" placeholder:"YYYY-MM-DD" help:"${from}"`
	To   string `required:"" placeholder:"YYYY-MM-DD" help:"${to}"`
	Out  string `required:"" placeholder:"FILE.xlsx" help:"${out}"`
}

// period reads the days in the machine's time zone. Errors: misuse.
func (s span) period() (p diagnostics.Period, err error) {
	if p.From, err = day("--from", s.From, time.Local); err != nil {
		return p, err
	}
	if p.To, err = day("--to", s.To, time.Local); err != nil {
		return p, err
	}
	if p.To.Before(p.From) {
		err = cli.NewMisuse("--to est avant --from.", "--to is before --from.")
	}
	return p, err
}

// day reads a date of the command line, in UTC if zone is nil. Errors: misuse.
func day(flag, text string, zone *time.Location) (time.Time, error) {
	if zone == nil {
		zone = time.UTC
	}
	t, err := time.ParseInLocation(time.DateOnly, text, zone)
	if err != nil {
		return t, cli.NewMisuse(fmt.Sprintf("%s attend une date AAAA-MM-JJ, et non « %s ».", flag, text),
			fmt.Sprintf("%s takes a date YYYY-MM-DD, not %q.", flag, text))
	}
	return t, nil
}

// exported tells of a workbook.
type exported struct {
	Out   string `json:"out"`
	Bytes int64  `json:"bytes"`
}

func (x exported) text(w io.Writer, lang string) {
	fmt.Fprintf(w, diagnostics.Text{FR: "Classeur écrit : %s\n", EN: "Workbook written: %s\n"}.In(lang), x.Out)
}

type exportNeeds struct {
	span
	Audience string `enum:"plenary,restricted,group" default:"plenary" help:"${audience}"`
}

func (c exportNeeds) Run(e *env) error {
	period, err := c.period()
	if err != nil {
		return err
	}
	return e.withNotebook(func(nb *notebook.Opened) error {
		if err := nb.Store.Log(e.ctx, model.ExportAccess()); err != nil {
			return err
		}
		needs, err := analysis.Compute(e.ctx, nb.Store, analysis.Query{Period: period, Audience: diagnostics.Audience(c.Audience)}, nil)
		if err != nil {
			return err
		}
		options, err := e.options(nb)
		if err != nil {
			return err
		}
		return e.workbook(c.Out, func(w io.Writer) error {
			return workbook.WriteNeeds(e.ctx, w, needs, options)
		})
	})
}

// options of every workbook: the command's language, and labels that know the
// directory of actions.
func (e *env) options(nb *notebook.Opened) (workbook.Options, error) {
	directory, err := model.ReadDirectory(e.ctx, nb.Store)
	return workbook.Options{Lang: e.Lang, GeneratedAt: time.Now(), Labels: model.Labels(directory)}, err
}

// workbook writes a file whole or not at all: it stands under its name only
// when every byte is on disk.
func (e *env) workbook(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".solidaren-*.xlsx")
	if err != nil {
		return cli.FileError(path, err)
	}
	defer os.Remove(f.Name()) // gone already when all went well
	defer f.Close()
	buffered := bufio.NewWriterSize(f, 1<<20)
	if err := write(buffered); err != nil {
		return err
	}
	if err := buffered.Flush(); err != nil {
		return cli.FileError(path, err)
	}
	if err := f.Sync(); err != nil {
		return cli.FileError(path, err)
	}
	info, err := f.Stat()
	if err != nil {
		return cli.FileError(path, err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return cli.FileError(path, err)
	}
	return e.print(exported{Out: path, Bytes: info.Size()})
}
