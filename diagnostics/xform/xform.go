// Package xform runs XForms as ODK writes them: it parses a form once into an
// immutable Form, and opens Sessions that keep the answers, decide what is
// relevant, required, valid and read-only, calculate, repeat, and speak the
// languages of the form.
//
// Expressions are compiled at Parse into closures over the form's own nodes,
// with the dependencies between them known beforehand: a change of one answer
// evaluates again only what depends on it.
//
// It judges a form by the standard alone. It reads no file but through
// Options.Files, stores nothing, and knows nothing of what an answer means.
package xform

import (
	"io"
	"io/fs"
	"time"

	"solidaren/diagnostics/xpath"
)

// Options says where a form finds what it needs outside itself.
type Options struct {
	// Files opens a side file by its name: "x.csv" of jr://file-csv/x.csv. nil:
	// there are none. The form keeps it for Open: it is called from several
	// goroutines.
	Files func(name string) (io.ReadCloser, error)
}

// Kind says what a node is for whoever fills the form.
type Kind string

// Kinds of node. A repeat is the series; its instances are groups.
const (
	KindQuestion  Kind = "question"
	KindNote      Kind = "note"
	KindGroup     Kind = "group"
	KindRepeat    Kind = "repeat"
	KindCalculate Kind = "calculate"
)

// Question is what a form says of a node before there are answers.
type Question struct {
	Path       string // without positions: /data/group/question
	Name       string
	Kind       Kind
	Type       string // of the bind, without prefix: string, int, decimal, date, dateTime, time, boolean…
	Control    string // input, select1, select, rank, trigger, upload, range; "" for what nobody types
	Appearance string
	Attrs      map[string]string // further attributes of the bind, as written: "sr:observes"
	Repeat     string            // path of the nearest repeat around; "" for none
}

// Form is a compiled form; it is immutable and safe for concurrent use.
type Form struct {
	id, version, title string
	languages          []string
	defaultLanguage    int

	document  *def // above the root
	root      *def
	defs      []*def // in document order
	byPath    map[string]*def
	instances map[string]*xpath.XMLNode // secondary instances: the node above their root
	lastSaved map[string]bool           // those that hold the last saved record
	texts     itext
	actions   []*action
	comps     []*comp // in the order of their ranks
	namespace []declaration
	prototype *xpath.XMLNode // the root element of the primary instance
	warnings  Errors
	files     func(name string) (io.ReadCloser, error)
}

// declaration is a namespace of the form's document.
type declaration struct{ prefix, space string }

// ID is the form's id: the attribute id of the instance's root element.
func (f *Form) ID() string { return f.id }

// Version is the form's version, "" if it has none.
func (f *Form) Version() string { return f.version }

// Title is the form's title.
func (f *Form) Title() string { return f.title }

// Languages lists the languages of the form in its order; none for a form in
// one unnamed language.
func (f *Form) Languages() []string { return append([]string(nil), f.languages...) }

// DefaultLanguage is the language that a session begins with; "" for a form in
// one unnamed language.
func (f *Form) DefaultLanguage() string {
	if len(f.languages) == 0 {
		return ""
	}
	return f.languages[f.defaultLanguage]
}

// Warnings lists what the form says in vain, such as a bind of a node that is
// not there; the form works without.
func (f *Form) Warnings() []*FormError { return f.warnings }

// Open opens a file that the form brings along, by its name: "bus.png" of
// jr://images/bus.png. Errors: fs.ErrNotExist where there are none, those of
// Options.Files.
func (f *Form) Open(name string) (io.ReadCloser, error) {
	if f.files == nil {
		return nil, fs.ErrNotExist
	}
	return f.files(name)
}

// Root is the path of the root of the answers: "/data".
func (f *Form) Root() string { return f.root.path }

// Questions describes every question, group and calculation in document order.
func (f *Form) Questions() []Question {
	list := make([]Question, 0, len(f.defs))
	for _, d := range f.defs {
		if d == f.root || d.attr {
			continue
		}
		q := Question{Path: d.path, Name: d.name, Kind: d.kind(), Type: d.bind.typ, Attrs: d.bind.attrs}
		if d.control != nil {
			q.Control = d.control.name
		}
		if c := d.face(); c != nil {
			q.Appearance = c.appearance
		}
		if r := d.parent.scope(); r != nil {
			q.Repeat = r.path
		}
		list = append(list, q)
	}
	return list
}

// SessionOptions is what a session takes from outside. The zero value will do.
type SessionOptions struct {
	Now       func() time.Time // nil: time.Now
	Location  *time.Location   // nil: time.Local
	Language  string           // "": the form's default
	LastSaved []byte           // submission of the last record of the same form
	Seed      int64            // of random() and randomize(); 0: unpredictable
	DeviceID  string           // for preloads; opaque
	// Properties are what the host knows of who fills the form, for preloads and
	// property(): username, email, phonenumber…
	Properties map[string]string
	// Former is the form that a state to migrate was saved with, for the labels
	// of what this version no longer asks; nil: not known.
	Former *Form
}
