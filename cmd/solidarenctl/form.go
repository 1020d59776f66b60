package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"solidaren/cmd/internal/cli"
	"solidaren/diagnostics"
	"solidaren/diagnostics/intake"
	"solidaren/diagnostics/xlsform"
	modelform "solidaren/ui/model/form"
	uiwords "solidaren/ui/words"
)

type formCommands struct {
	Check   formCheck   `cmd:"" help:"${form_check}"`
	Compile formCompile `cmd:"" help:"${form_compile}"`
	Play    formPlay    `cmd:"" help:"${form_play}"`
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

func at(cell xlsform.Cell, message string) issue {
	return issue{Sheet: cell.Sheet, Row: cell.Row, Column: cell.Column, Message: message}
}

// issues puts issues of the compiler in the language; never nil, for JSON.
func issues(list []xlsform.Issue, lang string) []issue {
	out := []issue{}
	for _, i := range list {
		out = append(out, at(i.Cell(), i.In(lang)))
	}
	return out
}

// verdict is what `form check` finds.
type verdict struct {
	OK       bool    `json:"ok"`
	Errors   []issue `json:"errors"`
	Warnings []issue `json:"warnings"`
}

// judge checks a form: the workbook, its expressions, the engine, what its
// answers mean, and, for a team, whether it may ask this at all. The error tells
// that the file cannot be had.
func judge(name, lang string, forTeam bool) (verdict, error) {
	v := verdict{Errors: []issue{}, Warnings: []issue{}}
	f, err := readForm(name)
	if f != nil && f.book != nil {
		checked, wrong := xlsform.Check(f.book, xlsform.CompileOptions{})
		if v.Errors = issues(wrong, lang); checked != nil {
			v.Warnings = issues(checked.Warnings, lang)
		}
	}
	if forTeam && f != nil {
		found, err := forbidden(f)
		if err != nil {
			return v, err
		}
		v.Errors = append(v.Errors, issues(found, lang)...)
	}
	var refused xlsform.Errors
	switch {
	case errors.As(err, &refused):
		return v, nil
	case diagnostics.Code(err) == diagnostics.CodeInvalid:
		v.Errors = append(v.Errors, issue{Message: cli.Sentence(err, lang)})
		return v, nil
	case err != nil:
		return v, err
	}
	cell := func(string, string) xlsform.Cell { return xlsform.Cell{} }
	if f.compiled != nil {
		cell = f.compiled.Cell
	}
	form, err := f.parse()
	if err != nil {
		v.tell(engineIssues(err, cell, lang))
		return v, nil
	}
	if forTeam {
		uiwords.Use(lang)
		for _, part := range modelform.ForeignParts(form) {
			v.Warnings = append(v.Warnings, at(cell(part.Path, "type"), part.Sentence))
		}
	}
	for _, i := range intake.Check(form) {
		v.Errors = append(v.Errors, at(cell(i.Path, "bind::"+intake.Attr), diagnostics.Text{FR: i.FR, EN: i.EN}.In(lang)))
	}
	v.OK = len(v.Errors) == 0
	return v, nil
}

// tell adds errors, but for those at cells that have one already: the compiler
// tells them with what to write instead.
func (v *verdict) tell(found []issue) {
	told := map[string]bool{}
	for _, i := range v.Errors {
		told[i.place()] = true
	}
	for _, i := range found {
		if place := i.place(); place == "" || !told[place] {
			told[place] = true
			v.Errors = append(v.Errors, i)
		}
	}
}

type formCheck struct {
	File    string `arg:"" name:"FILE" help:"${form_file}"`
	ForTeam bool   `name:"for-team" help:"${for_team}"`
}

func (c formCheck) Run(e *env) error {
	v, err := judge(c.File, e.Lang, c.ForTeam)
	if err != nil {
		return err
	}
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
	var refused xlsform.Errors
	if errors.As(err, &refused) {
		tell(e.err, issues(refused, e.Lang))
		return errTold
	}
	if err != nil {
		return err
	}
	if f.compiled != nil {
		tell(e.err, issues(f.compiled.Warnings, e.Lang))
	}
	if e.JSON {
		return writeJSON(e.out, map[string]string{"xform": string(f.xform)})
	}
	_, err = e.out.Write(f.xform)
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
		out.Errors = issues(refused, lang)
	case err != nil:
		out.Errors = []issue{{Message: cli.Sentence(err, lang)}}
	default:
		out.XForm, out.Warnings = string(compiled.XForm), issues(compiled.Warnings, lang)
	}
	return out
}
