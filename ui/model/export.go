package model

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/analysis"
	"solidaren/diagnostics/workbook"
)

// What a workbook can hold.
const (
	ExportNeeds = "needs" // the protected needs analysis
	ExportRaw   = "raw"   // the coded answers, one row a record
)

// ExportOrder says what goes into the workbook.
type ExportOrder struct {
	Kind     string
	From, To string               // days as typed: 23/11/2026 or 2026-11-23, both included
	Audience diagnostics.Audience // of the needs analysis
	Lang     string               // of the workbook
	File     string
}

// Export writes an Excel file: the needs analysis, or the answers behind it.
type Export struct {
	Screen
	Order   ExportOrder
	Rows    int64  // read so far
	Done    string // the file that was written last
	Err     error
	Faults  map[string]error // by field of the order: why it cannot start
	command Command
}

// Fields of an order that can be refused.
const (
	FieldFrom = "from"
	FieldTo   = "to"
	FieldFile = "file"
)

// NewExport makes the screen. It proposes the last whole quarter.
func NewExport(d *Desk) *Export {
	from, to := lastQuarter(d.Clock().Local())
	return &Export{Screen: Screen{Desk: d}, Order: ExportOrder{
		Kind: ExportNeeds,
		From: Day(from), To: Day(to), Audience: diagnostics.AudiencePlenary, Lang: d.Lang(), File: proposedFile(from, d.Member.Rehearsal()),
	}, command: Command{kept: "stopped.export"}}
}

// lastQuarter is the quarter before the one that now lies in.
func lastQuarter(now time.Time) (from, to time.Time) {
	first := time.Month((int(now.Month())-1)/3*3 + 1)
	start := time.Date(now.Year(), first, 1, 0, 0, 0, 0, now.Location())
	return start.AddDate(0, -3, 0), start.AddDate(0, 0, -1)
}

// proposedFile stands in the home folder and names the period; of the demo it
// says so.
func proposedFile(from time.Time, demo bool) string {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "."
	}
	name := "besoins-" + from.Format("2006-01") + ".xlsx"
	if demo {
		name = "DEMO-" + name
	}
	return filepath.Join(home, name)
}

// Running reports whether a workbook is being written.
func (m *Export) Running() bool { return m.command.Running() }

// Cancel stops within a second; nothing is left behind.
func (m *Export) Cancel() { m.command.Cancel() }

// Load has nothing to read: the order is the writer's.
func (m *Export) Load() { m.changed() }

// Start writes the workbook of the order.
func (m *Export) Start() {
	if m.Running() {
		return
	}
	query, err := m.query()
	m.Done, m.Err = "", nil
	if err != nil {
		m.changed()
		return
	}
	order, write := m.Order, m.needs
	if order.Kind == ExportRaw {
		write = m.raw
	}
	options := workbook.Options{Lang: order.Lang, GeneratedAt: m.Clock(), Labels: Labels(m.Directory())}
	var rows atomic.Int64
	m.Rows = 0
	RunSampled(m.scope, &m.command, func(ctx context.Context) (string, error) {
		if err := m.Notebook.Log(ctx, ExportAccess()); err != nil {
			return "", err
		}
		ctx, err := m.Notebook.AsOf(ctx)
		if err != nil {
			return "", err
		}
		return order.File, WriteFile(order.File, func(w io.Writer) error {
			return write(ctx, w, query, options, func(n int) { rows.Store(int64(n)) })
		})
	}, func() {
		m.Rows = rows.Load()
		m.changed()
	}, func(file string, err error) {
		m.Rows = rows.Load()
		if err == nil {
			m.Done = file
			m.checkTry()
		} else if !cancelled(err) {
			m.Err = err
		}
		m.changed()
	})
	m.changed()
}

// ExportAccess is what the access log says of a workbook.
func ExportAccess() diagnostics.Access {
	return diagnostics.Access{Action: diagnostics.ActionExport, Purpose: "analysis"}
}

// needs writes the needs analysis.
func (d *Desk) needs(ctx context.Context, w io.Writer, q analysis.Query, o workbook.Options, progress func(int)) error {
	needs, err := analysis.Compute(ctx, d.Notebook, q, progress)
	if err != nil {
		return err
	}
	return workbook.WriteNeeds(ctx, w, needs, o)
}

// raw writes the coded answers of all forms, without free texts.
func (d *Desk) raw(ctx context.Context, w io.Writer, q analysis.Query, o workbook.Options, progress func(int)) error {
	raw := workbook.RawOptions{Options: o, Period: q.Period, Progress: progress}
	d.Forms.Refresh()
	for _, id := range d.Forms.IDs() {
		described, err := d.Described(id, o.Lang)
		if err != nil {
			return err
		}
		raw.Forms = append(raw.Forms, described)
	}
	return workbook.WriteRaw(ctx, w, d.Notebook.Shared(), raw)
}

// Described tells the raw export what a questionnaire asks, and what the earlier
// versions asked that are here. Errors: not_found, invalid.
func (d *Desk) Described(id, lang string) (workbook.Form, error) {
	form, err := d.Forms.Form(id)
	if err != nil {
		return workbook.Form{}, err
	}
	described, err := workbook.Describe(form, lang)
	if err != nil {
		return described, err
	}
	for _, v := range d.Forms.Versions(id) {
		older, err := v.open()
		if err != nil || older == form {
			continue
		}
		was, err := workbook.Describe(older, lang)
		if err != nil {
			return described, err
		}
		changes, err := form.Compare(older, FormLanguage(form, lang))
		if err != nil {
			return described, err
		}
		renamed := map[string]string{}
		for _, q := range changes.Renamed {
			renamed[q.From] = q.Path
		}
		described = described.With(was, v.Version, renamed)
	}
	return described, nil
}

// query reads the order; what is refused stands in Faults.
func (m *Export) query() (analysis.Query, error) {
	m.Faults = map[string]error{}
	from, err := ParseDay(m.Order.From)
	if err != nil {
		m.Faults[FieldFrom] = err
	}
	to, err := ParseDay(m.Order.To)
	if err != nil {
		m.Faults[FieldTo] = err
	}
	if len(m.Faults) == 0 && to.Before(from) {
		m.Faults[FieldTo] = diagnostics.E("model.Export", diagnostics.CodeInvalid,
			"Le dernier jour est avant le premier.", "The last day is before the first.", nil)
	}
	if strings.TrimSpace(m.Order.File) == "" {
		m.Faults[FieldFile] = diagnostics.E("model.Export", diagnostics.CodeInvalid,
			"Indiquez le fichier à écrire.", "Name the file to write.", nil)
	}
	var faults []error
	for _, fault := range m.Faults {
		faults = append(faults, fault)
	}
	return analysis.Query{Period: diagnostics.Period{From: from, To: to}, Audience: m.Order.Audience}, errors.Join(faults...)
}

// ParseDay reads a day as it is typed, in local time. Errors: invalid.
func ParseDay(text string) (time.Time, error) {
	for _, layout := range []string{"2/1/2006", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, strings.TrimSpace(text), time.Local); err == nil {
			return t, nil
		}
	}
	return time.Time{}, diagnostics.E("model.ParseDay", diagnostics.CodeInvalid,
		"Écrivez le jour comme 23/11/2026.", "Write the day like 23/11/2026.", nil)
}

// WriteFile writes a whole file or none, for its owner alone: beside its place
// first, then moved. Errors: forbidden (the folder refuses), those of write.
func WriteFile(name string, write func(io.Writer) error) (err error) {
	refused := func(err error) error {
		return diagnostics.E("model.writeFile", diagnostics.CodeForbidden,
			"Le fichier ne se laisse pas écrire à cet endroit. Choisissez un autre dossier.",
			"The file cannot be written there. Choose another folder.", err)
	}
	temp, err := os.CreateTemp(filepath.Dir(name), ".solidaren-*")
	if err != nil {
		return refused(err)
	}
	defer func() {
		if err != nil {
			os.Remove(temp.Name())
		}
	}()
	if err := errors.Join(write(temp), temp.Sync(), temp.Close()); err != nil {
		return err
	}
	if err := os.Rename(temp.Name(), name); err != nil {
		return refused(err)
	}
	return nil
}
