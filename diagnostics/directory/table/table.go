// Package table reads the directory of actors and actions from workbooks (.xlsx)
// and tables (.csv) that people keep: headers in French or English, words or
// codes, dates and numbers as Excel spoils them. It tells all that is wrong at
// once, each thing with its sheet and cell, and guesses nothing. It writes
// nothing and knows no notebook.
package table

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"solidaren/diagnostics"
	"solidaren/diagnostics/directory"
)

// File is what a file says of actors and actions. The field "actor" of an
// action holds the code of its actor.
type File struct {
	Cards []diagnostics.Record
	// Issues are all that is wrong, and what was left as it is (Warning). With
	// one that is no warning the file is not to be taken in.
	Issues []Issue
}

// Issue is something about one cell. Cell is "C7", or "7" for a whole line,
// "" for the sheet; Sheet is "" for a file without sheets.
type Issue struct {
	Sheet, Cell string
	Warning     bool
	Msg         diagnostics.Text
}

// Where names the cell: "actions!C7".
func (i Issue) Where() string {
	if i.Sheet == "" || i.Cell == "" {
		return i.Sheet + i.Cell
	}
	return i.Sheet + "!" + i.Cell
}

// Refused reports whether something is wrong that is no warning.
func (d *File) Refused() bool {
	return slices.ContainsFunc(d.Issues, func(i Issue) bool { return !i.Warning })
}

// MaxBytes is the greatest size of a file, and of what it unpacks to.
const MaxBytes = 32 << 20

const (
	maxRows    = 50_000
	mostIssues = 100 // told of one file
)

// zipStart begins every .xlsx file.
const zipStart = "PK\x03\x04"

// Read reads actors and actions from a workbook (.xlsx) or a table
// (.csv): headers in French or English, in any order, or those of
// data·inclusion. Errors: invalid (it is neither, or no sheet has the columns);
// what is wrong in cells is told by the result's Issues.
func Read(file []byte) (*File, error) {
	tables, err := readTables(file)
	if err != nil {
		return nil, err
	}
	r := &reader{actors: map[string]string{}, seen: map[string]string{}}
	var actions []sheet
	for _, t := range tables {
		switch t.kind() {
		case diagnostics.TypeActor:
			r.listsActors = true
			r.read(t, actorColumns, r.actor)
		case diagnostics.TypeAction:
			actions = append(actions, t)
		}
	}
	for _, t := range actions {
		r.read(t, actionColumns, r.action)
	}
	if len(actions) == 0 && !r.listsActors {
		return nil, diagnostics.E("table.Read", diagnostics.CodeInvalid,
			"Ce fichier n'a ni acteurs ni actions : il faut au moins les colonnes « nom » et « acteur ».",
			"This file has neither actors nor actions: at least the columns “name” and “actor” are needed.", nil)
	}
	if len(r.out.Issues) > mostIssues {
		r.out.Issues = r.out.Issues[:mostIssues]
	}
	return &r.out, nil
}

// sheet is one table: its rows as texts.
type sheet struct {
	name string
	rows [][]string
}

func readTables(file []byte) ([]sheet, error) {
	if !bytes.HasPrefix(file, []byte(zipStart)) {
		return readCSV(file)
	}
	f, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{UnzipSizeLimit: MaxBytes, UnzipXMLSizeLimit: MaxBytes})
	if err != nil {
		return nil, noTable(err)
	}
	defer f.Close()
	var tables []sheet
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, noTable(err)
		}
		tables = append(tables, sheet{name, rows})
	}
	return tables, nil
}

// byteOrderMark is what Excel puts before a .csv in UTF-8.
const byteOrderMark = "\ufeff"

func readCSV(file []byte) ([]sheet, error) {
	if len(file) > MaxBytes || bytes.IndexByte(file, 0) >= 0 {
		return nil, noTable(errors.New("no text"))
	}
	text := string(file)
	if !utf8.Valid(file) { // as older Excels write
		decoded, err := charmap.Windows1252.NewDecoder().Bytes(file)
		if err != nil {
			return nil, noTable(err)
		}
		text = string(decoded)
	}
	text = strings.TrimPrefix(text, byteOrderMark)
	head, _, _ := strings.Cut(text, "\n")
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = ',', -1, true
	for _, comma := range []rune{';', '\t'} {
		if strings.Count(head, string(comma)) > strings.Count(head, string(r.Comma)) {
			r.Comma = comma
		}
	}
	rows, err := r.ReadAll()
	if err != nil {
		return nil, noTable(err)
	}
	return []sheet{{"", rows}}, nil
}

func noTable(err error) error {
	return diagnostics.E("table.Read", diagnostics.CodeInvalid,
		"Ce fichier n'est pas un tableau lisible. Enregistrez-le au format .xlsx ou .csv.",
		"This file is not a readable table. Save it as .xlsx or .csv.", err)
}

// sheetNames tell what a sheet holds.
var sheetNames = map[string]string{
	"acteurs": diagnostics.TypeActor, "actors": diagnostics.TypeActor, "structures": diagnostics.TypeActor, "structure": diagnostics.TypeActor,
	"actions": diagnostics.TypeAction, "services": diagnostics.TypeAction, "service": diagnostics.TypeAction,
	"annuaire": diagnostics.TypeAction, "directory": diagnostics.TypeAction,
}

// kind tells by name or columns what a table holds, "" if it is something else.
func (t sheet) kind() string {
	if len(t.rows) == 0 {
		return ""
	}
	if kind, ok := sheetNames[plainWords(t.name)]; ok {
		return kind
	}
	columns, _ := match(t.rows[0], actionColumns)
	_, name := columns["name"]
	_, actor := columns["actor"]
	if name && actor {
		return diagnostics.TypeAction
	}
	return ""
}

// reader gathers cards and issues.
type reader struct {
	out         File
	listsActors bool
	actors      map[string]string // code or plain name → code
	seen        map[string]string // type and code → where it stood first
}

// line is one row of a table by field.
type line struct {
	*reader
	sheet  string
	row    int
	cells  map[string]cellText
	fields diagnostics.Values
}

type cellText struct{ text, cell string }

// read reads the lines of a table.
func (r *reader) read(t sheet, columns []column, take func(*line)) {
	where, unknown := match(t.rows[0], columns)
	if _, ok := where["name"]; !ok {
		r.issue(t.name, "1", false, "Il manque la colonne « nom ».", "The column “name” is missing.")
		return
	}
	for _, i := range unknown {
		r.issue(t.name, cellName(i, 0), true, fmt.Sprintf("Colonne « %s » inconnue : elle n'est pas lue.", t.rows[0][i]),
			fmt.Sprintf("Unknown column “%s”: it is not read.", t.rows[0][i]))
	}
	if len(t.rows) > maxRows {
		r.issue(t.name, "", false, fmt.Sprintf("Plus de %d lignes.", maxRows), fmt.Sprintf("More than %d lines.", maxRows))
		return
	}
	for n, row := range t.rows[1:] {
		l := &line{reader: r, sheet: t.name, row: n + 2, cells: map[string]cellText{}, fields: diagnostics.Values{}}
		empty := true
		for field, at := range where {
			if at < len(row) {
				text := strings.TrimSpace(strings.ReplaceAll(row[at], "\u00a0", " "))
				l.cells[field] = cellText{text, cellName(at, n+1)}
				empty = empty && text == ""
			}
		}
		if empty {
			continue
		}
		for _, c := range columns {
			if cell := l.cells[c.field]; cell.text != "" && c.read != nil {
				c.read(l, c.field, cell)
			}
		}
		if l.cells["name"].text == "" {
			l.issue(t.name, fmt.Sprint(l.row), false, "Il manque le nom.", "The name is missing.")
			continue
		}
		take(l)
	}
}

// actor takes a line of the actors in.
func (r *reader) actor(l *line) {
	name := l.fields["name"]
	code := cmp.Or(l.fields["code"], directory.Key(name))
	if !l.once(diagnostics.TypeActor, code) {
		return
	}
	r.actors[code], r.actors[plainWords(name)] = code, code
	l.add(diagnostics.TypeActor, code)
}

// action takes a line of the actions in, with its actor where the file has no
// list of actors.
func (r *reader) action(l *line) {
	cell := l.cells["actor"]
	if cell.text == "" {
		l.issue(l.sheet, fmt.Sprint(l.row), false, "Il manque l'acteur.", "The actor is missing.")
		return
	}
	actor, ok := r.actors[cell.text]
	if !ok {
		actor, ok = r.actors[plainWords(cell.text)]
	}
	switch {
	case !ok && r.listsActors:
		l.issue(l.sheet, cell.cell, false, fmt.Sprintf("Acteur « %s » absent de la feuille des acteurs.", cell.text),
			fmt.Sprintf("Actor “%s” is not on the sheet of actors.", cell.text))
		return
	case !ok:
		actor = directory.Key(cell.text)
		r.actors[plainWords(cell.text)] = actor
		r.out.Cards = append(r.out.Cards, diagnostics.Record{
			Type:   diagnostics.TypeActor,
			Fields: diagnostics.Values{"code": actor, "name": cell.text, "checked_on": l.fields["checked_on"]},
		})
	}
	code := cmp.Or(l.fields["code"], directory.Key(actor+" "+l.fields["name"]))
	if !l.once(diagnostics.TypeAction, code) {
		return
	}
	l.fields["actor"] = actor
	l.add(diagnostics.TypeAction, code)
}

// once refuses a key that stands twice.
func (l *line) once(recordType, code string) bool {
	key, at := recordType+" "+code, Issue{Sheet: l.sheet, Cell: fmt.Sprint(l.row)}.Where()
	if first, twice := l.seen[key]; twice {
		l.issue(l.sheet, fmt.Sprint(l.row), false,
			fmt.Sprintf("L'identifiant « %s » est déjà à la ligne %s. Donnez un identifiant à chaque ligne.", code, first),
			fmt.Sprintf("The id “%s” stands on line %s already. Give each line its own id.", code, first))
		return false
	}
	l.seen[key] = at
	return true
}

// add checks the card and keeps it.
func (l *line) add(recordType, code string) {
	l.fields["code"] = code
	card := diagnostics.Record{Type: recordType, Fields: l.fields}
	probe := diagnostics.Record{Type: recordType, Fields: diagnostics.Values{}}
	for field, value := range l.fields {
		if field == "actor" {
			continue // a code here, an id in the notebook
		}
		probe.Fields = diagnostics.Values{field: value}
		if err := probe.Validate(); err != nil {
			l.issue(l.sheet, cmp.Or(l.cells[field].cell, fmt.Sprint(l.row)), false,
				diagnostics.Sentence(err, "fr"), diagnostics.Sentence(err, "en"))
			return
		}
	}
	l.out.Cards = append(l.out.Cards, card)
}

func (r *reader) issue(sheet, cell string, warning bool, fr, en string) {
	r.out.Issues = append(r.out.Issues, Issue{sheet, cell, warning, diagnostics.Text{FR: fr, EN: en}})
}

func cellName(column, row int) string {
	name, _ := excelize.CoordinatesToCellName(column+1, row+1) // numbers from 1 are always valid
	return name
}
