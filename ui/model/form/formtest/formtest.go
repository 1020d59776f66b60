// Package formtest makes forms and sessions for tests, from questionnaires in
// markdown and from those that are shipped. It is the same way that a real
// questionnaire goes: XLSForm, XForm, Form, Session.
package formtest

import (
	"bytes"
	"io"
	"io/fs"
	"testing"
	"time"

	"solidaren/assets"
	"solidaren/diagnostics/xform"
	"solidaren/diagnostics/xlsform"
)

// Now is the moment in which test sessions live: Tuesday, at night.
var Now = time.Date(2026, 11, 24, 23, 14, 0, 0, time.FixedZone("CET", 3600))

// Compile makes a form of an XLSForm written as markdown tables.
func Compile(t testing.TB, markdown string) *xform.Form {
	t.Helper()
	book, err := xlsform.ReadMarkdown(markdown)
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, book, assets.List)
}

// CompileWith makes a form that brings files along, by their names.
func CompileWith(t testing.TB, markdown string, files map[string][]byte) *xform.Form {
	t.Helper()
	book, err := xlsform.ReadMarkdown(markdown)
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, book, func(name string) (io.ReadCloser, error) {
		content, ok := files[name]
		if !ok {
			return nil, fs.ErrNotExist
		}
		return io.NopCloser(bytes.NewReader(content)), nil
	})
}

// Shipped gives one of the questionnaires of the program.
func Shipped(t testing.TB, id string) *xform.Form {
	t.Helper()
	data, ok := assets.Form(id)
	if !ok {
		t.Fatalf("no form %s", id)
	}
	book, err := xlsform.ReadXLSX(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, book, assets.List)
}

func parse(t testing.TB, book *xlsform.Workbook, files func(string) (io.ReadCloser, error)) *xform.Form {
	t.Helper()
	result, err := xlsform.Compile(book, xlsform.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	form, err := xform.Parse(bytes.NewReader(result.XForm), xform.Options{Files: files})
	if err != nil {
		t.Fatal(err)
	}
	return form
}

// Session opens a session at Now.
func Session(t testing.TB, f *xform.Form) *xform.Session {
	t.Helper()
	s, err := f.NewSession(options())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Restore opens a session on a saved state.
func Restore(t testing.TB, f *xform.Form, state []byte) *xform.Session {
	t.Helper()
	s, err := f.Restore(state, options())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func options() xform.SessionOptions {
	return xform.SessionOptions{Now: func() time.Time { return Now }, Location: Now.Location(), Seed: 1}
}
