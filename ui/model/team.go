package model

import (
	"fmt"
	"slices"

	"solidaren/diagnostics/vault"
	"solidaren/sync/wire"
)

// TeamRow is one computer of the team, texts ready.
type TeamRow struct {
	Name, Role string // role: its code
	Words      string // its keys, to be read aloud
	Own        bool   // it is this computer
	Active     bool
}

// Team lists the computers of the team as this one knows them since its last
// exchange. It makes no invite and takes none away: the server does.
type Team struct {
	Screen
	Rows []TeamRow
}

// NewTeam makes the list.
func NewTeam(d *Desk) *Team { return &Team{Screen: Screen{Desk: d}} }

// Load lists the computers again, this one first.
func (m *Team) Load() {
	m.Rows = nil
	for _, d := range m.Member.Devices() {
		m.Rows = append(m.Rows, m.row(d))
	}
	slices.SortStableFunc(m.Rows, func(a, b TeamRow) int {
		switch {
		case a.Own == b.Own:
			return 0
		case a.Own:
			return -1
		}
		return 1
	})
	m.changed()
}

func (m *Team) row(d wire.Device) TeamRow {
	return TeamRow{
		Name: d.Name, Role: d.Role, Own: d.ID == m.Member.DeviceID(), Active: d.Active,
		Words: vault.SpeakKey(d.AuthKey, d.Recipient),
	}
}

// InviteCommand is what makes an invite, where the server runs.
func (m *Team) InviteCommand() string {
	url, team := m.Member.ServerURL(), m.Member.Team()
	if url == "" {
		url, team = "https://…", "…"
	}
	return fmt.Sprintf("solidaren-server invite --data … --url %s --team %q --role worker", url, team)
}
