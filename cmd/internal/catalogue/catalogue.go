// Package catalogue gives the questionnaires that the program carries, ready to
// be filled. Each is compiled once, when it is first asked for. It knows no
// file of the user and no notebook.
package catalogue

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"

	"solidaren/assets"
	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
	"solidaren/diagnostics/xlsform"
)

// Catalogue is safe for use from several goroutines. The zero value is ready.
type Catalogue struct {
	mu    sync.Mutex
	forms map[string]*xform.Form
}

// IDs lists the questionnaires in the order in which they are offered.
func (c *Catalogue) IDs() []string { return assets.FormIDs() }

// Form gives a questionnaire by its id. Errors: not_found; invalid, if the
// program carries one that does not compile.
func (c *Catalogue) Form(id string) (*xform.Form, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if form, ok := c.forms[id]; ok {
		return form, nil
	}
	book, err := Workbook(id)
	if err != nil {
		return nil, err
	}
	form, err := Compile(book)
	if err != nil {
		return nil, fmt.Errorf("catalogue: %s: %w", id, err)
	}
	if c.forms == nil {
		c.forms = map[string]*xform.Form{}
	}
	c.forms[id] = form
	return form, nil
}

// Workbook gives the sheets of a questionnaire. Errors: not_found.
func Workbook(id string) (*xlsform.Workbook, error) {
	if !slices.Contains(assets.FormIDs(), id) {
		known := strings.Join(assets.FormIDs(), ", ")
		return nil, diagnostics.E("catalogue.Workbook", diagnostics.CodeNotFound,
			fmt.Sprintf("Le questionnaire « %s » n'existe pas ; il y a : %s.", id, known),
			fmt.Sprintf("There is no form %q; there are: %s.", id, known), nil)
	}
	b, _ := assets.Form(id)
	return xlsform.ReadXLSX(bytes.NewReader(b))
}

// Compile makes a form of a workbook; files that it takes choices from are
// those of the program. Errors: invalid.
func Compile(book *xlsform.Workbook) (*xform.Form, error) {
	compiled, err := xlsform.Compile(book, xlsform.CompileOptions{})
	if err != nil {
		return nil, err
	}
	return xform.Parse(bytes.NewReader(compiled.XForm), xform.Options{Files: assets.List})
}
