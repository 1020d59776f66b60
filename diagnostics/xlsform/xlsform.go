// Package xlsform compiles a questionnaire that a coordinator wrote in Excel
// (an XLSForm: xlsx, markdown table or csv) into an XForm, as the field's
// standard tools do, so that the same questionnaire behaves here as in ODK.
//
// It judges by the standard alone: whether a team may ask a question is not
// its business, and it evaluates no expression. What it refuses, it refuses
// with every reason at once, each with its sheet, row and column and with what
// to write instead, in French and English.
package xlsform

import "strings"

// CompileOptions are what the caller decides about the XForm.
type CompileOptions struct {
	Name string // of the instance's root element; "data" when empty
	ID   string // of the form, where its settings give none; "data" when empty
}

// Result is a compiled questionnaire.
type Result struct {
	XForm              []byte
	ID, Title, Version string
	Warnings           []Issue
	// Rows maps the path of a question (/data/group/question) to the cell of
	// its name, so that later checks can name the place.
	Rows map[string]Cell
	// Asked lists what is asked: questions and groups, then choices.
	Asked []Asked
	// Itemsets is the file itemsets.csv that select_one_external looks choices
	// up in; nil where the form has no sheet external_choices.
	Itemsets []byte

	columns map[string]string // canonical column → letters, of the survey sheet
	counts  map[string]bool   // paths of the questions that count a repeat
}

// Cell is the place of one column of a question ("type", "relevant",
// "bind::sr:observes"), or of its name where the sheet has no such column.
func (r *Result) Cell(path, column string) Cell {
	cell := r.Rows[path]
	key := surveyLayout.key(column, true)
	if r.counts[path] {
		key = "control::jr:count"
	}
	if letters, ok := r.columns[key]; ok && cell.Sheet != "" {
		cell.Column = letters
	}
	return cell
}

// Compile turns a workbook into an XForm. The error is Errors where the
// workbook is refused; it then holds every reason, not the first alone.
func Compile(w *Workbook, o CompileOptions) (*Result, error) {
	c, document := compileAll(w, o)
	if document == nil {
		return nil, c.sorted()
	}
	return c.result(document), nil
}

// compileAll reads a workbook and writes its XForm, nil where there are errors.
func compileAll(w *Workbook, o CompileOptions) (*compiler, *node) {
	if o.Name == "" {
		o.Name = "data"
	}
	if o.ID == "" {
		o.ID = "data"
	}
	c := &compiler{book: w, lists: map[string]*choiceList{}, byName: map[string][]*element{}}
	c.readSettings(o)
	c.readChoices()
	c.readEntities()
	c.readSurvey()
	c.index()
	if len(c.errors) == 0 {
		c.placeEntities()
	}
	c.addMeta()
	c.checkReferences()
	c.checkForm()
	if len(c.errors) > 0 {
		return c, nil
	}
	document := c.document()
	if len(c.errors) > 0 {
		return c, nil
	}
	return c, document
}

func (c *compiler) result(document *node) *Result {
	return &Result{
		XForm: document.bytes(), ID: c.settings.id, Title: c.settings.title, Version: c.settings.version,
		Warnings: c.warnings, Rows: c.rows(), columns: c.letters, counts: c.counts(), Asked: c.asked(),
		Itemsets: c.itemsetsFile(),
	}
}

// compiler holds a form while it is read and written.
type compiler struct {
	report
	book         *Workbook
	settings     settings
	lists        map[string]*choiceList
	external     map[string]bool // lists of the sheet external_choices
	itemsets     [][]string      // the sheet external_choices as a table
	externalRows []*record
	osm          map[string][]*record
	listOrder    []string
	meta         []*element // questions that go into the meta block
	entities     []*entity
	version      string // of the entities specification; "" without entities
	geometries   []geometryUse
	triggers     map[string][]*element // by the name of the question that triggers them
	root         *element
	byName       map[string][]*element
	records      []*record         // rows whose references are checked
	letters      map[string]string // columns of the survey sheet
	itext        itext
	orOther      bool
}

// index finds elements by name, and by what triggers them.
func (c *compiler) index() {
	c.triggers = map[string][]*element{}
	c.root.walk(func(e *element) {
		if e.row != nil {
			c.byName[e.name] = append(c.byName[e.name], e)
		}
		for _, name := range e.triggers {
			c.triggers[name] = append(c.triggers[name], e)
		}
	})
}

func (c *compiler) rows() map[string]Cell {
	out := map[string]Cell{}
	c.root.walk(func(e *element) {
		if e.row != nil {
			out[e.path()] = e.row.cell("name")
		}
	})
	return out
}

// counts are the questions that the compiler made for expressions of the
// column repeat_count.
func (c *compiler) counts() map[string]bool {
	out := map[string]bool{}
	c.root.walk(func(e *element) {
		if e.row != nil && e.name == e.row.get("name")+"_count" {
			out[e.path()] = true
		}
	})
	return out
}

// find gives the element of that name, where there is exactly one.
func (c *compiler) find(name string) *element {
	if found := c.byName[name]; len(found) == 1 {
		return found[0]
	}
	return nil
}

// sheet finds a sheet that has rows.
func (c *compiler) sheet(name string) *Sheet {
	s := c.book.sheet(name)
	if s == nil || len(s.Rows) == 0 {
		return nil
	}
	return s
}

// similarSheets lists sheets whose names look like a misspelling of name, for
// a message: "« chioces »".
func (c *compiler) similarSheets(name string) string {
	var found []string
	for _, s := range c.book.Sheets {
		known := knownSheet(s.Name)
		if !known && !strings.HasPrefix(s.Name, "_") && distance(strings.ToLower(s.Name), name) <= 2 {
			found = append(found, "« "+s.Name+" »")
		}
	}
	return strings.Join(found, ", ")
}

func knownSheet(name string) bool {
	switch strings.ToLower(name) {
	case sheetSurvey, sheetChoices, sheetSettings, sheetExternal, sheetEntities, sheetOSM:
		return true
	}
	return false
}
