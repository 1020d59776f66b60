package main

import (
	"fmt"
	"io"
	"time"

	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

type vaultRescue struct {
	Into string `required:"" placeholder:"DIR" help:"${rescue_into}"`
}

// rescued tells what was taken out of a damaged notebook.
type rescued struct {
	Into string `json:"into"`
	store.Rescued
}

func (r rescued) text(w io.Writer, lang string) {
	fmt.Fprintf(w, diagnostics.Text{
		FR: "Récupéré : %d enregistrements non envoyés (%d illisibles), %d brouillons et %d fichiers joints. Le carnet neuf est dans %s.\n",
		EN: "Rescued: %d records that were not sent (%d could not be read), %d drafts and %d attached files. The new notebook is in %s.\n",
	}.In(lang), r.Ops, r.Lost, r.Drafts, r.Files, r.Into)
	next := diagnostics.Text{
		FR: "Ouvrez-le et envoyez : tout ce que le serveur a reviendra. Gardez l'ancien dossier jusque-là.",
		EN: "Open it and send: all that the server has comes back. Keep the old folder until then.",
	}
	if !r.Member {
		next = diagnostics.Text{
			FR: "Il n'est plus membre de l'équipe : demandez une invitation, puis envoyez. Gardez l'ancien dossier jusque-là.",
			EN: "It is no longer a member of the team: ask for an invite, then send. Keep the old folder until then.",
		}
	}
	fmt.Fprintln(w, next.In(lang))
}

// Run reads the damaged notebook of --vault and makes a new one of the same
// passphrase.
func (c vaultRescue) Run(e *env) error {
	passphrase, err := e.passphrase()
	if err != nil {
		return err
	}
	from, err := notebook.Folder(e.Vault, time.Now).Open(passphrase)
	if err != nil {
		return err
	}
	done, err := notebook.Rescue(e.ctx, from, c.Into, passphrase, time.Now)
	if err != nil {
		return err
	}
	return e.print(rescued{Into: c.Into, Rescued: done})
}
