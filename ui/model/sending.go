package model

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/vault"
	"solidaren/sync/client"
	"solidaren/sync/handover"
	"solidaren/sync/wire"
)

// Sending exchanges records with the central API. Not being connected is a
// normal state: nothing else waits for it.
type Sending struct {
	Screen
	Counts   store.SyncCounts
	LastSync string
	Invite   string        // that did not lead into a team yet, "" for none
	Joined   bool          // this laptop has just joined
	Report   client.Report // of the exchange that runs, or of the last one
	Done     bool          // Report is of an exchange that went through
	Err      error         // why the last one stopped, nil if it did not

	load, enrol, sync Command
}

// NewSending makes the screen.
func NewSending(d *Desk) *Sending {
	return &Sending{Screen: Screen{Desk: d}, sync: Command{kept: "stopped.sync"}}
}

// Enrolled reports whether this laptop has joined a team.
func (m *Sending) Enrolled() bool { return m.Member.ServerURL() != "" }

// Words are those of this computer's keys, to be read aloud, "" before it has
// joined a team.
func (m *Sending) Words() string {
	for _, d := range m.Member.Devices() {
		if d.ID == m.Member.DeviceID() {
			return vault.SpeakKey(d.AuthKey, d.Recipient)
		}
	}
	return ""
}

// Running reports whether an exchange runs.
func (m *Sending) Running() bool { return m.sync.Running() }

// Enrolling reports whether the laptop is just joining.
func (m *Sending) Enrolling() bool { return m.enrol.Running() }

// settingInvite keeps an invite until it has led into a team: without a network
// it is tried again later.
const settingInvite = "enrol.invite"

// Load counts what waits.
func (m *Sending) Load() {
	type read struct {
		counts store.SyncCounts
		invite string
	}
	Run(m.scope, &m.load, func(ctx context.Context) (read, error) {
		counts, err1 := m.Notebook.SyncCounts(ctx)
		invite, err2 := m.Notebook.Setting(ctx, settingInvite)
		return read{counts, invite}, errors.Join(err1, err2)
	}, func(r read, err error) {
		if m.failed("sending", err) {
			return
		}
		m.Counts, m.LastSync, m.Invite = r.counts, When(r.counts.LastSync, m.Clock(), m.Lang()), r.invite
		m.changed()
	})
}

// Enrol joins the team whose invite is in the text, and exchanges for the first
// time. An invite that could not be tried, for want of a network, is kept.
func (m *Sending) Enrol(text, deviceName string) {
	deviceName = strings.TrimSpace(deviceName)
	if m.Enrolling() || m.Enrolled() {
		return
	}
	m.Err = nil
	if token, err := handover.FindToken(text); err == nil {
		m.takeSector(token, m.failed)
		return
	}
	invite := strings.TrimSpace(text)
	if found, err := wire.FindInvite(text); err == nil {
		invite = found.String()
	}
	switch {
	case invite == "":
		m.Err = diagnostics.E("model.Sending.Enrol", diagnostics.CodeInvalid,
			"Collez d'abord l'invitation reçue de la coordination.", "Paste the invite from the coordinator first.", nil)
	case deviceName == "":
		m.Err = diagnostics.E("model.Sending.Enrol", diagnostics.CodeInvalid,
			"Donnez un nom à ce poste, par exemple « Poste de maraude ».", "Give this computer a name, for example “Outreach computer”.", nil)
	}
	if m.Err != nil {
		m.changed()
		return
	}
	Run(m.scope, &m.enrol, func(ctx context.Context) (kept string, err error) {
		err = client.Enrol(ctx, m.Notebook, m.Member, invite, deviceName)
		if code := diagnostics.Code(err); code == diagnostics.CodeOffline || code == diagnostics.CodeTimeout {
			kept = invite
		}
		keeping := m.Notebook.SetSettings(context.WithoutCancel(ctx), map[string]string{settingInvite: kept})
		return kept, errors.Join(err, keeping)
	}, func(kept string, err error) {
		m.Err, m.Joined, m.Invite = err, err == nil, kept
		if cancelled(err) {
			m.Err = nil
		}
		switch {
		case err == nil:
			m.Note("enrol", "done")
			m.saved()
			m.Start()
		case !cancelled(err):
			m.NoteError("enrol", err)
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
		switch {
		case cancelled(err):
			m.Err = nil
		case err != nil:
			m.NoteError("sync", err)
		default:
			m.Note("sync", "done")
		}
		m.rereadDirectory()
		m.saved()
		m.Load()
	})
	m.changed()
}

// Cancel stops after the page that is under way; what was sent stays sent. An
// invite that was on its way may be tried again.
func (m *Sending) Cancel() {
	m.enrol.Cancel()
	m.sync.Cancel()
}
