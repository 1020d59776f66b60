package model

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"solidaren/assets"
	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/xform"
)

// Catalogue gives the questionnaires: those that the program brings and those
// that the notebook's team has received, each compiled on its first use. Of a
// questionnaire with several versions the latest is in use; the others stay for
// what was written on them. It may be used from several goroutines.
type Catalogue struct {
	shipped  *compiled
	received *compiled
	notebook *store.Notebook // nil: there are those of the program alone
	ctx      context.Context // as long as the notebook is open

	mu       sync.Mutex
	actions  []byte // actions.csv of the team's directory, nil: the one of the program
	revision int64  // of the notebook's forms when they were listed
	list     []store.ReceivedForm
	refused  map[string]error // by record id: why one that came cannot be used
}

// compiled keeps forms by a key, each made once.
type compiled struct {
	mu    sync.Mutex
	forms map[string]*xform.Form
}

func (c *compiled) get(key string, make func() (*xform.Form, error)) (*xform.Form, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if form := c.forms[key]; form != nil {
		return form, nil
	}
	form, err := make()
	if err == nil {
		c.forms[key] = form
	}
	return form, err
}

func newCompiled() *compiled { return &compiled{forms: map[string]*xform.Form{}} }

// NewCatalogue makes one of the program's questionnaires; nothing is compiled
// yet.
func NewCatalogue() *Catalogue { return &Catalogue{shipped: newCompiled(), received: newCompiled()} }

// With adds the questionnaires that a notebook has received, as long as the
// context lasts.
func (c *Catalogue) With(ctx context.Context, nb *store.Notebook) *Catalogue {
	shipped, _ := c.places()
	with := &Catalogue{
		ctx: ctx, shipped: shipped, received: newCompiled(), notebook: nb, actions: c.offered(),
		revision: -1, refused: map[string]error{},
	}
	with.Refresh()
	return with
}

// Offer sets the actions that the questionnaires choose from: actions.csv. Forms
// that are filled in go on with those that they began with.
func (c *Catalogue) Offer(actions []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !bytes.Equal(actions, c.actions) {
		c.actions, c.shipped, c.received = actions, newCompiled(), newCompiled()
	}
}

// offered gives what Offer was given, nil if nothing was.
func (c *Catalogue) offered() []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.actions
}

// places are where compiled forms are kept.
func (c *Catalogue) places() (shipped, received *compiled) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.shipped, c.received
}

// side opens a file that questionnaires take choices from.
func (c *Catalogue) side(name string) (io.ReadCloser, error) {
	if actions := c.offered(); name == ActionFile && actions != nil {
		return io.NopCloser(bytes.NewReader(actions)), nil
	}
	return teamFiles(name)
}

// Shipped finds a questionnaire as the program brings it. Errors: not_found,
// invalid.
func (c *Catalogue) Shipped(id string) (*xform.Form, error) {
	content, ok := assets.Form(id)
	if !ok {
		return nil, unknown(id)
	}
	shipped, _ := c.places()
	return shipped.get(id, func() (*xform.Form, error) {
		form, err := ReadForm(id+".xlsx", content, c.side).Open()
		if err != nil {
			return nil, fmt.Errorf("model: compile form %s: %w", id, err)
		}
		return form, nil
	})
}

func unknown(id string) error {
	return diagnostics.E("model.Catalogue", diagnostics.CodeNotFound,
		fmt.Sprintf("Le questionnaire « %s » n'est pas sur ce poste.", id),
		fmt.Sprintf("The questionnaire %q is not on this computer.", id), nil)
}

// Version is one version of a questionnaire.
type Version struct {
	FormID, Version, Title string
	Record                 string    // id of the record that brought it, "" for the program's own
	At                     time.Time // when it was imported, zero for the program's own
	Err                    error     // why it cannot be used here
	format                 string
	open                   func() (*xform.Form, error)
}

// IDs lists the questionnaires in the order in which they are offered: the
// program's own, then those that were received.
func (c *Catalogue) IDs() []string { return append(assets.FormIDs(), c.ReceivedIDs()...) }

// ReceivedIDs lists the questionnaires that the program does not bring.
func (c *Catalogue) ReceivedIDs() []string {
	var ids []string
	for _, r := range c.known() {
		if _, own := assets.Form(r.FormID); !own && !slices.Contains(ids, r.FormID) {
			ids = append(ids, r.FormID)
		}
	}
	slices.Sort(ids)
	return ids
}

// Title is that of the latest version that was received, "" for a questionnaire
// that the program brings alone. It reads nothing.
func (c *Catalogue) Title(id string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	title, version := "", ""
	for _, r := range c.list {
		if r.FormID == id && (title == "" || CompareVersions(r.Version, version) > 0) {
			title, version = cmp.Or(r.Title, id), r.Version
		}
	}
	return title
}

// Form finds the version in use: the latest that can be used here. Errors:
// not_found, invalid.
func (c *Catalogue) Form(id string) (*xform.Form, error) {
	var first error
	for _, v := range c.heads(id) {
		form, err := v.open()
		if err == nil {
			return form, nil
		}
		first = cmp.Or(first, err)
	}
	if first != nil {
		return nil, first
	}
	return nil, unknown(id)
}

// At finds a version of a questionnaire, nil where it is not here or cannot be
// used.
func (c *Catalogue) At(id, version string) *xform.Form {
	for _, v := range c.heads(id) {
		if v.Version != version {
			continue
		}
		if form, err := v.open(); err == nil {
			return form
		}
	}
	return nil
}

// Versions lists the versions of a questionnaire, the latest first, each
// compiled.
func (c *Catalogue) Versions(id string) []Version {
	versions := c.heads(id)
	for i := range versions {
		_, versions[i].Err = versions[i].open()
	}
	return versions
}

// heads lists the versions of a questionnaire, the latest first. Of one version
// that came twice, every notebook uses the same.
func (c *Catalogue) heads(id string) []Version {
	var versions []Version
	c.Refresh()
	for _, r := range c.known() {
		if r.FormID == id {
			versions = append(versions, Version{
				FormID: id, Version: r.Version, Title: cmp.Or(r.Title, id), Record: r.Record, At: r.At, format: r.Format,
				open: func() (*xform.Form, error) { return c.open(r) },
			})
		}
	}
	if _, ok := assets.Form(id); ok {
		form, err := c.Shipped(id)
		own := Version{FormID: id, open: func() (*xform.Form, error) { return form, err }}
		if err == nil {
			own.Version, own.Title = form.Version(), form.Title()
		}
		versions = append(versions, own)
	}
	slices.SortStableFunc(versions, func(a, b Version) int {
		return cmp.Or(CompareVersions(b.Version, a.Version), cmp.Compare(a.Record, b.Record))
	})
	return versions
}

// open compiles what was received. What no team may be asked is refused here,
// too, whoever sent it. A refusal is remembered until other forms come.
func (c *Catalogue) open(r store.ReceivedForm) (*xform.Form, error) {
	c.mu.Lock()
	err := c.refused[r.Record]
	c.mu.Unlock()
	if err != nil {
		return nil, err
	}
	_, received := c.places()
	form, err := received.get(r.Record, func() (*xform.Form, error) {
		file, err := c.receivedFile(r.Record, r.FormID, r.Format)
		if err != nil {
			return nil, err
		}
		form, err := file.OpenForTeam()
		if err == nil && (form.ID() != r.FormID || form.Version() != r.Version) {
			err = diagnostics.E("model.Catalogue", diagnostics.CodeCorrupt,
				"Ce questionnaire n'est pas celui qu'il dit être.", "This form is not the one that it says it is.", nil)
		}
		return form, err
	})
	if err != nil {
		c.mu.Lock()
		c.refused[r.Record] = err
		c.mu.Unlock()
	}
	return form, err
}

// receivedFile reads a questionnaire of the team. Errors: not_found,
// unauthorized, corrupt.
func (c *Catalogue) receivedFile(record, id, format string) (*FormFile, error) {
	content, err := c.notebook.FormContent(c.ctx, record)
	if err != nil {
		return nil, err
	}
	return ReadForm(id+"."+format, content, c.side), nil
}

// file reads a version as it was written. Errors: as receivedFile.
func (c *Catalogue) file(v Version) (*FormFile, error) {
	if v.Record != "" {
		return c.receivedFile(v.Record, v.FormID, v.format)
	}
	content, _ := assets.Form(v.FormID)
	return ReadForm(v.FormID+".xlsx", content, assets.List), nil
}

// Stale reports whether a questionnaire has come that is not listed yet.
func (c *Catalogue) Stale() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.notebook != nil && c.notebook.FormsRevision() != c.revision
}

// Refresh lists what was received, where something has come since. Where that
// fails, what was known holds.
func (c *Catalogue) Refresh() {
	if !c.Stale() {
		return
	}
	revision := c.notebook.FormsRevision()
	list, err := c.notebook.Forms(c.ctx)
	if err != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list, c.revision = list, revision
	clear(c.refused)
}

// known gives what is listed.
func (c *Catalogue) known() []store.ReceivedForm {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.list)
}

// CompareVersions orders versions: numbers by their size, all else letter by
// letter, so that 2 comes before 10 and 2026112401 before 2026112502.
func CompareVersions(a, b string) int {
	whole := cmp.Compare(a, b) // of two that say the same in other digits
	for a != "" && b != "" {
		partA, restA := cutPart(a)
		partB, restB := cutPart(b)
		digitsA, digitsB := strings.TrimLeft(partA, "0"), strings.TrimLeft(partB, "0")
		order := cmp.Compare(partA, partB)
		if isDigit(partA) && isDigit(partB) {
			order = cmp.Or(cmp.Compare(len(digitsA), len(digitsB)), cmp.Compare(digitsA, digitsB))
		}
		if order != 0 {
			return order
		}
		a, b = restA, restB
	}
	return cmp.Or(cmp.Compare(len(a), len(b)), whole)
}

// cutPart cuts the digits, or all but digits, off the front.
func cutPart(s string) (part, rest string) {
	digits := isDigit(s)
	end := strings.IndexFunc(s, func(r rune) bool { return (unicode.IsDigit(r) && r < 128) != digits })
	if end < 0 {
		end = len(s)
	}
	return s[:end], s[end:]
}

func isDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }
