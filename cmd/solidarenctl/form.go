package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"solidaren/cmd/internal/cli"
	"solidaren/diagnostics"
	"solidaren/diagnostics/xlsform"
	"solidaren/ui/model"
)

type formCommands struct {
	Check   formCheck   `cmd:"" help:"${form_check}"`
	Compile formCompile `cmd:"" help:"${form_compile}"`
	Play    formPlay    `cmd:"" help:"${form_play}"`
	Import  formImport  `cmd:"" help:"${form_import}"`
	List    formList    `cmd:"" help:"${form_list}"`
}

// issue is one thing that is wrong with a form, as it is printed. Row is 0 and
// the sheet empty where there is no cell: Message then names the node.
type issue struct {
	Sheet   string `json:"sheet"`
	Row     int    `json:"row"`
	Column  string `json:"column"`
	Message string `json:"message"`
}

// String is the issue on one line: "survey!B5: sentence".
func (i issue) String() string {
	if i.place() == "" {
		return i.Message
	}
	return i.place() + ": " + i.Message
}

// place is the issue's cell as Excel writes it, "" where it has none.
func (i issue) place() string {
	return xlsform.Cell{Sheet: i.Sheet, Row: i.Row, Column: i.Column}.String()
}

// issues puts what is wrong in the language; never nil, for JSON.
func issues(list []model.FormIssue, lang string) []issue {
	out := []issue{}
	for _, i := range list {
		out = append(out, issue{Sheet: i.Cell.Sheet, Row: i.Cell.Row, Column: i.Cell.Column, Message: i.Message.In(lang)})
	}
	return out
}

// compilerIssues are those of the compiler alone.
func compilerIssues(list []xlsform.Issue, lang string) []issue {
	out := []issue{}
	for _, i := range list {
		cell := i.Cell()
		out = append(out, issue{Sheet: cell.Sheet, Row: cell.Row, Column: cell.Column, Message: i.In(lang)})
	}
	return out
}

// verdict is what `form check` finds.
type verdict struct {
	OK       bool    `json:"ok"`
	Errors   []issue `json:"errors"`
	Warnings []issue `json:"warnings"`
}

func verdictOf(v model.Verdict, lang string) verdict {
	return verdict{OK: v.OK(), Errors: issues(append(v.Errors, v.Forbidden...), lang), Warnings: issues(v.Warnings, lang)}
}

type formCheck struct {
	File    string `arg:"" name:"FILE" help:"${form_file}"`
	ForTeam bool   `name:"for-team" help:"${for_team}"`
}

func (c formCheck) Run(e *env) error {
	f, err := readForm(c.File)
	if err != nil {
		return err
	}
	judged, err := f.Judge(c.ForTeam)
	if err != nil {
		return err
	}
	v := verdictOf(judged, e.Lang)
	if e.JSON {
		err = writeJSON(e.out, v)
	} else {
		tell(e.err, append(v.Errors, v.Warnings...))
	}
	if err == nil && !v.OK {
		err = errTold
	}
	return err
}

// tell writes issues one a line.
func tell(w io.Writer, list []issue) {
	for _, i := range list {
		fmt.Fprintln(w, i)
	}
}

type formCompile struct {
	File  string `arg:"" optional:"" name:"FILE" help:"${form_file}"`
	JSONL string `name:"jsonl" placeholder:"FILE" help:"${jsonl}"`
}

func (c formCompile) Run(e *env) error {
	if (c.File == "") == (c.JSONL == "") {
		return cli.NewMisuse("Nommez un questionnaire, ou --jsonl FICHIER.", "Name a form, or --jsonl FILE.")
	}
	if c.JSONL != "" {
		return compileLines(e, c.JSONL)
	}
	f, err := readForm(c.File)
	if err != nil {
		return err
	}
	if refused := xlsform.Errors(nil); errors.As(f.Err(), &refused) {
		tell(e.err, compilerIssues(refused, e.Lang))
		return errTold
	}
	if f.Err() != nil {
		return f.Err()
	}
	tell(e.err, compilerIssues(f.Warnings(), e.Lang))
	if e.JSON {
		return writeJSON(e.out, map[string]string{"xform": string(f.XForm())})
	}
	_, err = e.out.Write(f.XForm())
	return err
}

// compiledLine answers one line of a batch: the XForm, or why there is none.
type compiledLine struct {
	ID       json.RawMessage `json:"id"`
	XForm    string          `json:"xform,omitempty"`
	Errors   []issue         `json:"errors,omitempty"`
	Warnings []issue         `json:"warnings,omitempty"`
}

// compileLines compiles a batch of questionnaires in markdown, one a line. A
// form that is refused is an answer, not an error of the batch.
func compileLines(e *env, path string) error {
	in := e.in
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return cli.FileError(path, err)
		}
		defer f.Close()
		in = f
	}
	return eachLine(in, func(line []byte) error { return writeJSON(e.out, compileLine(line, e.Lang)) })
}

func compileLine(line []byte, lang string) compiledLine {
	var asked struct {
		ID   json.RawMessage `json:"id"`
		MD   string          `json:"md"`
		Name string          `json:"name"`
	}
	if err := json.Unmarshal(line, &asked); err != nil {
		said := diagnostics.Text{FR: "Cette ligne n'est pas un objet JSON : " + err.Error(), EN: "This line is no JSON object: " + err.Error()}
		return compiledLine{ID: json.RawMessage("null"), Errors: []issue{{Message: said.In(lang)}}}
	}
	out := compiledLine{ID: asked.ID}
	if out.ID == nil {
		out.ID = json.RawMessage("null")
	}
	book, err := xlsform.ReadMarkdown(asked.MD)
	var compiled *xlsform.Result
	if err == nil {
		compiled, err = xlsform.Compile(book, xlsform.CompileOptions{Name: asked.Name})
	}
	var refused xlsform.Errors
	switch {
	case errors.As(err, &refused):
		out.Errors = compilerIssues(refused, lang)
	case err != nil:
		out.Errors = []issue{{Message: cli.Sentence(err, lang)}}
	default:
		out.XForm, out.Warnings = string(compiled.XForm), compilerIssues(compiled.Warnings, lang)
	}
	return out
}
