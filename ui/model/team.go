package model

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
	"solidaren/sync/client"
	"solidaren/sync/wire"
)

// TeamRow is one computer of the team, texts ready.
type TeamRow struct {
	ID, Name, Role string // role: its code
	Words          string // its keys, to be read aloud
	Own            bool   // it is this computer
	Active         bool
	Revoked, On    string // why and when it lost its access
}

// InviteRow is an invite that nobody has used yet, texts ready.
type InviteRow struct{ ID, Role, Ends string }

// Team lists the computers of the team as this one knows them since its last
// exchange, and the invites that wait on the server. It makes and withdraws
// invites and takes computers out of the team; who may is the server's to say.
type Team struct {
	Screen
	Rows    []TeamRow
	Invites []InviteRow
	AskErr  error // why it did not say so
	Err     error // why the last thing did not go
	Done    string

	ask, act Command
}

// What went well, as Done says it.
const (
	TeamWithdrawn = "withdrawn"
	TeamReplaced  = wire.RevokedReplaced
	TeamStolen    = wire.RevokedStolen
)

// NewTeam makes the list.
func NewTeam(d *Desk) *Team { return &Team{Screen: Screen{Desk: d}} }

// Enrolled reports whether this computer belongs to a team with a server.
func (m *Team) Enrolled() bool { return m.Member.ServerURL() != "" && !m.Member.Rehearsal() }

// Busy reports whether the server is being asked for a change.
func (m *Team) Busy() bool { return m.act.Running() }

// Load lists the computers again, this one first, and asks what waits.
func (m *Team) Load() {
	m.list()
	m.changed()
	if !m.Enrolled() {
		return
	}
	Run(m.scope, &m.ask, func(ctx context.Context) (wire.TeamReply, error) {
		return client.Team(ctx, m.Notebook, m.Member, wire.TeamRequest{})
	}, func(reply wire.TeamReply, err error) {
		if m.AskErr = err; cancelled(err) {
			m.AskErr = nil
		}
		m.take(reply, err)
	})
}

func (m *Team) list() {
	m.Rows = nil
	for _, d := range m.Member.Devices() {
		m.Rows = append(m.Rows, m.row(d))
	}
	rank := func(r TeamRow) int {
		switch {
		case r.Own:
			return 0
		case r.Active:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(m.Rows, func(a, b TeamRow) int { return rank(a) - rank(b) })
}

func (m *Team) row(d wire.Device) TeamRow {
	row := TeamRow{
		ID: d.ID, Name: d.Name, Role: d.Role, Own: d.ID == m.Member.DeviceID(), Active: d.Active,
		Words: vault.SpeakKey(d.AuthKey, d.Recipient), Revoked: d.Revoked,
	}
	if !d.RevokedAt.IsZero() {
		row.On = When(d.RevokedAt, m.Clock(), m.Lang())
	}
	return row
}

// take shows what the server said waits.
func (m *Team) take(reply wire.TeamReply, err error) {
	if err == nil {
		m.Invites = nil
		for _, i := range reply.Invites {
			m.Invites = append(m.Invites, InviteRow{ID: i.ID, Role: i.Role, Ends: When(i.Expires, m.Clock(), m.Lang())})
		}
	}
	m.list()
	m.changed()
}

// MayInvite lists the roles that this computer invites: who holds no key of the
// team invites nobody who would.
func (m *Team) MayInvite() []diagnostics.Role {
	return slices.DeleteFunc(diagnostics.Roles(), func(r diagnostics.Role) bool {
		return r.HoldsKey() && !m.Role().HoldsKey()
	})
}

// Invite makes an invite of a role; then is told its word, which nothing shows
// again.
func (m *Team) Invite(role string, then func(word string)) {
	invite, ask := m.Member.NewInvite(role)
	m.change(wire.TeamRequest{Invite: &ask}, func() { then(invite.String()) })
}

// Withdraw takes an invite back.
func (m *Team) Withdraw(id string) {
	m.change(wire.TeamRequest{Withdraw: id}, func() { m.Done = TeamWithdrawn })
}

// Revoke takes a computer out of the team, as TeamReplaced or TeamStolen, and goes
// on with a fresh key of the team.
func (m *Team) Revoke(device, why string) {
	m.change(wire.TeamRequest{Revoke: &wire.Revoke{Dev: device, Why: why}}, func() { m.Done = why })
}

// change has the server do one thing. After a revocation an exchange follows,
// which brings the other computers the fresh key; where it cannot, the next one
// does.
func (m *Team) change(req wire.TeamRequest, then func()) {
	if m.Busy() {
		return
	}
	m.Err, m.Done = nil, ""
	type changed struct {
		reply wire.TeamReply
		late  error // of the exchange
	}
	Run(m.scope, &m.act, func(ctx context.Context) (c changed, err error) {
		c.reply, err = client.Team(ctx, m.Notebook, m.Member, req)
		if err == nil && req.Revoke != nil {
			_, c.late = client.Sync(ctx, m.Notebook, m.Member, nil)
		}
		return c, err
	}, func(c changed, err error) {
		switch {
		case err == nil:
			then()
		case !cancelled(err):
			m.Err = err
			m.NoteError("team", err)
		}
		if c.late != nil {
			m.NoteError("sync", c.late)
		}
		m.saved()
		m.take(c.reply, err)
	})
	m.changed()
}

// WriteInvite writes an invite into a file, for a stick or a letter.
func (m *Team) WriteInvite(word string, done func(path string, err error)) {
	path := inHome("invitation-" + m.Clock().Local().Format(time.DateOnly) + ".txt")
	Run(m.scope, &m.act, func(context.Context) (string, error) {
		return path, WriteFile(path, func(w io.Writer) error {
			_, err := io.WriteString(w, word+"\n")
			return err
		})
	}, done)
}

// InviteCommand is what makes the first invite of a team, where the server runs.
func (m *Team) InviteCommand() string { return InviteCommand("", "") }

// FoundCommands are what begins the space of an organisation, where the server
// runs: the server itself, and the invite of its first coordinator.
func FoundCommands(url, team string) string {
	return "solidaren-server serve --listen 127.0.0.1:8640 --data …\n" + InviteCommand(strings.TrimSpace(url), strings.TrimSpace(team))
}

// InviteCommand is what makes the first invite of a team, where the server runs.
func InviteCommand(url, team string) string {
	if url == "" {
		url = "https://…"
	}
	if team == "" {
		team = "…"
	}
	return fmt.Sprintf("solidaren-server invite --data … --url %s --team %q --role coordinator", url, team)
}
