package model

import (
	"context"
	"strings"
	"sync/atomic"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/sync/client"
)

// Sending exchanges records with the central API. Not being connected is a
// normal state: nothing else waits for it.
type Sending struct {
	Screen
	Counts   store.SyncCounts
	LastSync string
	Report   client.Report // of the exchange that runs, or of the last one
	Done     bool          // Report is of an exchange that went through
	Err      error         // why the last one stopped, nil if it did not

	load, enrol, sync Command
}

// NewSending makes the screen.
func NewSending(d *Desk) *Sending { return &Sending{Screen: Screen{Desk: d}} }

// Enrolled reports whether this laptop has joined a team.
func (m *Sending) Enrolled() bool { return m.Member.ServerURL() != "" }

// Running reports whether an exchange runs.
func (m *Sending) Running() bool { return m.sync.Running() }

// Enrolling reports whether the laptop is just joining.
func (m *Sending) Enrolling() bool { return m.enrol.Running() }

// Load counts what waits.
func (m *Sending) Load() {
	Run(m.scope, &m.load, m.Notebook.SyncCounts, func(counts store.SyncCounts, err error) {
		if m.failed("sending", err) {
			return
		}
		m.Counts, m.LastSync = counts, When(counts.LastSync, m.Clock(), m.Lang())
		m.changed()
	})
}

// Enrol joins the team that the invite is for.
func (m *Sending) Enrol(invite, deviceName string) {
	invite, deviceName = strings.TrimSpace(invite), strings.TrimSpace(deviceName)
	if m.Enrolling() {
		return
	}
	if invite == "" {
		m.Err = diagnostics.E("model.Sending.Enrol", diagnostics.CodeInvalid,
			"Collez d'abord l'invitation reçue de la coordination.", "Paste the invite from the coordinator first.", nil)
		m.changed()
		return
	}
	m.Err = nil
	Run(m.scope, &m.enrol, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, client.Enrol(ctx, m.Notebook, m.Member, invite, deviceName)
	}, func(_ struct{}, err error) {
		m.Err = err
		if err == nil {
			m.saved()
		}
		m.changed()
	})
	m.changed()
}

// Start sends and receives until nothing remains.
func (m *Sending) Start() {
	if m.Running() || !m.Enrolled() {
		return
	}
	var progress atomic.Pointer[client.Report]
	m.Err, m.Done, m.Report = nil, false, client.Report{}
	RunSampled(m.scope, &m.sync, func(ctx context.Context) (client.Report, error) {
		return client.Sync(ctx, m.Notebook, m.Member, func(r client.Report) { progress.Store(&r) })
	}, func() {
		if r := progress.Load(); r != nil {
			m.Report = *r
			m.changed()
		}
	}, func(report client.Report, err error) {
		m.Report, m.Done, m.Err = report, err == nil, err
		if cancelled(err) {
			m.Err = nil
		}
		m.saved()
		m.Load()
	})
	m.changed()
}

// Cancel stops after the page that is under way; what was sent stays sent.
func (m *Sending) Cancel() { m.sync.Cancel() }
