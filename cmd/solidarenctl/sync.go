package main

import (
	"fmt"
	"io"

	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
	"solidaren/sync/client"
)

type enrolCommand struct {
	Invite string `arg:"" name:"INVITE" help:"${invite}"`
	// Not the host's name: that often holds a person's, and the server sees it.
	DeviceName string `default:"poste" placeholder:"NAME" help:"${device_name}"`
}

// membership tells which team a notebook has joined.
type membership struct {
	Team   string `json:"team"`
	Role   string `json:"role"`
	Server string `json:"server"`
	Device string `json:"device"`
}

func (m membership) text(w io.Writer, lang string) {
	said := diagnostics.Text{FR: "Équipe rejointe : %s (%s)\n", EN: "Team joined: %s (%s)\n"}
	fmt.Fprintf(w, said.In(lang), m.Team, m.Role)
}

func (c enrolCommand) Run(e *env) error {
	return e.withNotebook(func(nb *notebook.Opened) error {
		if err := client.Enrol(e.ctx, nb.Store, nb.Member, c.Invite, c.DeviceName); err != nil {
			return err
		}
		return e.print(membership{Team: nb.Member.Team(), Role: nb.Member.Role(), Server: nb.Member.ServerURL(), Device: nb.Member.DeviceID()})
	})
}

type syncCommand struct{}

// synced tells what went over the line.
type synced struct {
	Pushed    int   `json:"pushed"`
	Pulled    int   `json:"pulled"`
	Held      int   `json:"held"`
	Conflicts int   `json:"conflicts"`
	Requests  int   `json:"requests"`
	Bytes     int64 `json:"bytes"` // both ways
	BytesUp   int64 `json:"bytes_up"`
	BytesDown int64 `json:"bytes_down"`
}

func (s synced) text(w io.Writer, lang string) {
	said := diagnostics.Text{
		FR: "envoyé %d, reçu %d, en attente %d, en conflit %d, %d requête(s), %d octets envoyés, %d octets reçus\n",
		EN: "pushed %d, pulled %d, held %d, conflicts %d, %d request(s), %d bytes up, %d bytes down\n",
	}
	fmt.Fprintf(w, said.In(lang), s.Pushed, s.Pulled, s.Held, s.Conflicts, s.Requests, s.BytesUp, s.BytesDown)
}

func (syncCommand) Run(e *env) error {
	return e.withNotebook(func(nb *notebook.Opened) error {
		r, err := client.Sync(e.ctx, nb.Store, nb.Member, nil)
		if err != nil {
			return err
		}
		return e.print(synced{r.Pushed, r.Pulled, r.Held, r.Conflicts, r.Requests, r.BytesUp + r.BytesDown, r.BytesUp, r.BytesDown})
	})
}
