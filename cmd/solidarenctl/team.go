package main

import (
	"cmp"
	"fmt"
	"io"
	"time"

	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
	"solidaren/sync/client"
	"solidaren/sync/wire"
)

// teamCommands keep the team of the notebook. Who may is the server's to say.
type teamCommands struct {
	List       teamList       `cmd:"" help:"${team_list}"`
	Invite     teamInvite     `cmd:"" help:"${team_invite}"`
	Withdraw   teamWithdraw   `cmd:"" help:"${team_withdraw}"`
	Revoke     teamRevoke     `cmd:"" help:"${team_revoke}"`
	Safeguards teamSafeguards `cmd:"" help:"${team_safeguards}"`
}

type teamList struct{}

// teamState is a team as the notebook and the server know it.
type teamState struct {
	Team    string       `json:"team"`
	Devices []teamDevice `json:"devices"`
	Invites []teamWaits  `json:"invites"`
}

type teamDevice struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Role    string `json:"role"`
	Words   string `json:"words"` // its keys, to be read aloud
	Own     bool   `json:"own,omitempty"`
	Active  bool   `json:"active"`
	Revoked string `json:"revoked,omitempty"`
}

type teamWaits struct {
	ID      string    `json:"id"`
	Role    string    `json:"role"`
	Expires time.Time `json:"expires"`
}

func (s teamState) text(w io.Writer, lang string) {
	for _, d := range s.Devices {
		state := diagnostics.Text{FR: "actif", EN: "active"}.In(lang)
		if !d.Active {
			state = cmp.Or(d.Revoked, diagnostics.Text{FR: "retiré", EN: "taken out"}.In(lang))
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", d.ID, d.Name, d.Role, state, d.Words)
	}
	for _, i := range s.Invites {
		fmt.Fprintf(w, diagnostics.Text{FR: "%s\tinvitation\t%s\tjusqu'au %s\n", EN: "%s\tinvite\t%s\tuntil %s\n"}.In(lang),
			i.ID, i.Role, i.Expires.Local().Format("2006-01-02 15:04"))
	}
}

// teamAfter is the team after the server's reply.
func teamAfter(nb *notebook.Opened, reply wire.TeamReply) teamState {
	state := teamState{Team: nb.Member.Team(), Devices: []teamDevice{}, Invites: []teamWaits{}}
	for _, d := range nb.Member.Devices() {
		state.Devices = append(state.Devices, teamDevice{
			ID: d.ID, Name: d.Name, Role: d.Role, Words: vault.SpeakKey(d.AuthKey, d.Recipient),
			Own: d.ID == nb.Member.DeviceID(), Active: d.Active, Revoked: d.Revoked,
		})
	}
	for _, i := range reply.Invites {
		state.Invites = append(state.Invites, teamWaits{i.ID, i.Role, i.Expires})
	}
	return state
}

// Run shows the devices as of the last exchange, and the invites that wait.
func (teamList) Run(e *env) error { return e.changeTeam(wire.TeamRequest{}) }

// changeTeam has the server do one thing and shows the team. After a revocation an
// exchange follows, which brings the others the fresh key.
func (e *env) changeTeam(req wire.TeamRequest) error {
	return e.withNotebook(func(nb *notebook.Opened) error {
		reply, err := client.Team(e.ctx, nb.Store, nb.Member, req)
		if err == nil && req.Revoke != nil {
			_, err = client.Sync(e.ctx, nb.Store, nb.Member, nil)
		}
		if err != nil {
			return err
		}
		return e.print(teamAfter(nb, reply))
	})
}

type teamInvite struct {
	Role string `arg:"" name:"ROLE" enum:"worker,social_worker,coordinator,researcher,admin" help:"${team_role}"`
}

// invited is an invite, which nothing shows again.
type invited struct {
	Invite string `json:"invite"`
	Role   string `json:"role"`
}

func (i invited) text(w io.Writer, _ string) { fmt.Fprintln(w, i.Invite) }

// Run makes an invite.
func (c teamInvite) Run(e *env) error {
	return e.withNotebook(func(nb *notebook.Opened) error {
		invite, ask := nb.Member.NewInvite(c.Role)
		if _, err := client.Team(e.ctx, nb.Store, nb.Member, wire.TeamRequest{Invite: &ask}); err != nil {
			return err
		}
		return e.print(invited{invite.String(), c.Role})
	})
}

type teamWithdraw struct {
	ID string `arg:"" name:"ID" help:"${team_invite_id}"`
}

// Run takes an invite back.
func (c teamWithdraw) Run(e *env) error { return e.changeTeam(wire.TeamRequest{Withdraw: c.ID}) }

type teamRevoke struct {
	Device string `arg:"" name:"DEVICE" help:"${team_device}"`
	Why    string `required:"" enum:"replaced,stolen" help:"${team_why}"`
}

// Run takes a device out of the team, for ever.
func (c teamRevoke) Run(e *env) error {
	return e.changeTeam(wire.TeamRequest{Revoke: &wire.Revoke{Dev: c.Device, Why: c.Why}})
}

type teamSafeguards struct {
	Impact  *string `placeholder:"TEXT" help:"${team_impact}"`
	Officer *string `placeholder:"TEXT" help:"${team_officer}"`
}

// safeguarded is what the law asks for before real people are written down.
type safeguarded struct {
	Impact   string `json:"impact"`
	Officer  string `json:"officer"`
	Complete bool   `json:"complete"`
}

func (s safeguarded) text(w io.Writer, lang string) {
	said := diagnostics.Text{
		FR: "Analyse d'impact : %s\nDélégué à la protection des données : %s\n", EN: "Impact assessment: %s\nData protection officer: %s\n",
	}
	fmt.Fprintf(w, said.In(lang), cmp.Or(s.Impact, "–"), cmp.Or(s.Officer, "–"))
	if !s.Complete {
		fmt.Fprintln(w, diagnostics.Text{FR: "Essai – pas de personnes réelles.", EN: "Trial – no real people."}.In(lang))
	}
}

// Run shows them, after it wrote what was given. Only a coordinator does, or
// whoever holds a notebook without a team.
func (c teamSafeguards) Run(e *env) error {
	return e.withNotebook(func(nb *notebook.Opened) error {
		now, err := nb.Store.Safeguards(e.ctx)
		if err != nil {
			return err
		}
		if c.Impact != nil || c.Officer != nil {
			if r := role(nb); r != "" && r != diagnostics.RoleCoordinator {
				return diagnostics.E("solidarenctl", diagnostics.CodeForbidden,
					"Seule la coordination l'indique, pour toute l'équipe.", "Only a coordinator enters this, for the whole team.", nil)
			}
			if c.Impact != nil {
				now.Impact = *c.Impact
			}
			if c.Officer != nil {
				now.Officer = *c.Officer
			}
			if err := nb.Store.KeepSafeguards(e.ctx, now, nb.Member.Team()); err != nil {
				return err
			}
			if now, err = nb.Store.Safeguards(e.ctx); err != nil {
				return err
			}
		}
		return e.print(safeguarded{now.Impact, now.Officer, now.Complete()})
	})
}
