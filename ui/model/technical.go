package model

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/sync/client"
)

// Machine is what the program knows of the computer it runs on.
type Machine struct {
	Free    func() (int64, error) // bytes left on the disk of the notebook
	Used    func() (int64, error) // bytes of the notebook
	Crashes func() []string       // what the runtime wrote when the program broke
}

// TechnicalLine is one thing about the program, its texts ready. Bad says that
// something should be done about it.
type TechnicalLine struct {
	Name, Value string
	Bad         bool
}

// Technical tells how the program and its notebook are, for whoever helps. It
// knows nothing of persons, and what it saves is what it shows.
type Technical struct {
	Screen
	Lines []TechnicalLine

	Done, Total int64         // of the check that runs
	Sound       *bool         // what the check found, nil: it did not run
	Damage      error         // what it found
	Server      client.Probed // of the last question
	Asked       bool          // the server was asked, and answered
	Err         error         // why something did not work
	Saved       string        // the file that was written last
	File        string        // to be written

	facts              technicalFacts
	load, check, probe Command
	write              Command
}

// technicalFacts are what is read of the notebook and the computer.
type technicalFacts struct {
	health     store.Health
	counts     store.SyncCounts
	free, used int64 // -1: not known
	events     []string
	crashes    []string
}

// NewTechnical makes the screen.
func NewTechnical(d *Desk) *Technical {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "."
	}
	name := "solidaren-technique-" + d.Clock().Local().Format("2006-01-02-1504") + ".txt"
	m := &Technical{Screen: Screen{Desk: d}, File: filepath.Join(home, name), check: Command{kept: "stopped.check"}}
	m.probe.quiet = true
	return m
}

// Checking reports whether the notebook is being checked.
func (m *Technical) Checking() bool { return m.check.Running() }

// Asking reports whether the server is being asked.
func (m *Technical) Asking() bool { return m.probe.Running() }

// Load reads everything again.
func (m *Technical) Load() {
	machine := m.Machine
	lines := append([]string(nil), m.log.lines...)
	Run(m.scope, &m.load, func(ctx context.Context) (technicalFacts, error) {
		facts := technicalFacts{free: -1, used: -1}
		var err1, err2, err3 error
		facts.health, err1 = m.Notebook.Health(ctx)
		facts.counts, err2 = m.Notebook.SyncCounts(ctx)
		text, err3 := m.Notebook.Setting(ctx, settingEvents)
		facts.events = lastEvents(strings.Split(text, "\n"))
		if len(facts.events) == 0 {
			facts.events = lines
		}
		if machine != nil {
			facts.free, facts.used = known(machine.Free), known(machine.Used)
			facts.crashes = crashes(machine.Crashes())
		}
		return facts, errors.Join(err1, err2, err3)
	}, func(facts technicalFacts, err error) {
		if m.failed("technical", err) {
			return
		}
		m.facts = facts
		m.tell()
	})
}

func known(measure func() (int64, error)) int64 {
	n, err := measure()
	if err != nil {
		return -1
	}
	return n
}

// tell writes the lines anew and shows them.
func (m *Technical) tell() {
	m.Lines = m.describe()
	m.changed()
}

// Check reads the whole notebook.
func (m *Technical) Check() {
	if m.Checking() {
		return
	}
	var done, total atomic.Int64
	m.Done, m.Total, m.Damage, m.Err = 0, 0, nil, nil
	RunSampled(m.scope, &m.check, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, m.Notebook.Check(ctx, func(d, t int64) {
			done.Store(d)
			total.Store(t)
		})
	}, func() {
		m.Done, m.Total = done.Load(), total.Load()
		m.changed()
	}, func(_ struct{}, err error) {
		if !cancelled(err) {
			sound := err == nil
			m.Sound, m.Damage, m.Err = &sound, err, err
			m.Note("check", map[bool]string{true: "sound", false: "damaged"}[sound])
		}
		m.Load()
		m.changed()
	})
	m.changed()
}

// Ask asks the server whether it answers, and for its time.
func (m *Technical) Ask() {
	if m.Asking() {
		return
	}
	m.Err, m.Asked = nil, false
	Run(m.scope, &m.probe, func(ctx context.Context) (client.Probed, error) {
		return client.Probe(ctx, m.Member, m.Clock)
	}, func(server client.Probed, err error) {
		m.Server, m.Asked = server, err == nil
		if err != nil && !cancelled(err) {
			m.Err = err
			m.NoteError("ask", err)
		}
		m.tell()
	})
	m.changed()
}

// Saving reports whether the file is being written: a stick may be slow.
func (m *Technical) Saving() bool { return m.write.Running() }

// Cancel stops what runs; nothing is changed by it, and no file is left.
func (m *Technical) Cancel() {
	m.check.Cancel()
	m.probe.Cancel()
	m.write.Cancel()
}

// Text is what Save writes: the lines that are shown, and nothing else.
func (m *Technical) Text() string {
	var b strings.Builder
	for _, line := range m.Lines {
		if line.Value == "" {
			fmt.Fprintf(&b, "\n%s\n", line.Name)
			continue
		}
		fmt.Fprintf(&b, "%s : %s\n", line.Name, line.Value)
	}
	return b.String()
}

// Save writes what is shown to the file.
func (m *Technical) Save() {
	if m.write.Running() {
		return
	}
	path, text := strings.TrimSpace(m.File), m.Text()
	m.Err, m.Saved = nil, ""
	Run(m.scope, &m.write, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, writeNew(ctx, path, text)
	}, func(_ struct{}, err error) {
		switch {
		case err == nil:
			m.Saved = path
		case !cancelled(err):
			m.Err = err
		}
		m.changed()
	})
	m.changed()
}

// writeNew writes a file that is not there yet. One that could not be written to
// its end, or is not wanted any more, is removed. Errors: conflict (it is there),
// forbidden, and the context's.
func writeNew(ctx context.Context, path, text string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return diagnostics.E("model.Technical", diagnostics.CodeConflict,
			"Ce fichier existe déjà. Donnez un autre nom.", "This file exists already. Give another name.", err)
	}
	if err == nil {
		_, err = f.WriteString(text)
		if err = errors.Join(err, f.Close(), ctx.Err()); err != nil {
			_ = os.Remove(path)
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return diagnostics.E("model.Technical", diagnostics.CodeForbidden,
			"Le fichier ne s'écrit pas à cet endroit. Choisissez un autre dossier.",
			"The file cannot be written there. Choose another folder.", err)
	}
	return nil
}
