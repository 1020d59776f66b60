package model

import (
	"bytes"
	"fmt"
	"io"
	"sync"

	"solidaren/assets"
	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
	"solidaren/diagnostics/xlsform"
)

// Catalogue gives the questionnaires that the program brings, each compiled on
// its first use. It may be used from several goroutines.
type Catalogue struct {
	mu      sync.Mutex
	forms   map[string]*xform.Form
	actions []byte // actions.csv of the team's directory, nil: the one of the program
}

// NewCatalogue makes an empty one; nothing is compiled yet.
func NewCatalogue() *Catalogue { return &Catalogue{forms: map[string]*xform.Form{}} }

// IDs lists the questionnaires in the order in which they are offered.
func (c *Catalogue) IDs() []string { return assets.FormIDs() }

// Form finds one. Errors: not_found, invalid.
func (c *Catalogue) Form(id string) (*xform.Form, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if form := c.forms[id]; form != nil {
		return form, nil
	}
	form, err := c.compile(id)
	if err != nil {
		return nil, err
	}
	c.forms[id] = form
	return form, nil
}

// Offer sets the actions that the questionnaires choose from: actions.csv. Forms
// that are filled in go on with those that they began with.
func (c *Catalogue) Offer(actions []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !bytes.Equal(actions, c.actions) {
		c.actions = actions
		clear(c.forms)
	}
}

// offered gives what Offer was given, nil if nothing was.
func (c *Catalogue) offered() []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.actions
}

// list opens a file that questionnaires take choices from.
func (c *Catalogue) list(name string) (io.ReadCloser, error) {
	if name == ActionFile && c.actions != nil {
		return io.NopCloser(bytes.NewReader(c.actions)), nil
	}
	return assets.List(name)
}

func (c *Catalogue) compile(id string) (*xform.Form, error) {
	b, ok := assets.Form(id)
	if !ok {
		return nil, diagnostics.E("model.Catalogue", diagnostics.CodeNotFound,
			fmt.Sprintf("Le questionnaire « %s » n'est pas sur ce poste.", id),
			fmt.Sprintf("The questionnaire %q is not on this computer.", id), nil)
	}
	book, err := xlsform.ReadXLSX(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("model: read form %s: %w", id, err)
	}
	compiled, err := xlsform.Compile(book, xlsform.CompileOptions{})
	if err != nil {
		return nil, fmt.Errorf("model: compile form %s: %w", id, err)
	}
	return xform.Parse(bytes.NewReader(compiled.XForm), xform.Options{Files: c.list})
}
