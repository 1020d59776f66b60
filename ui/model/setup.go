package model

import (
	"context"

	"solidaren/sync/wire"
)

// settingSetup tells what of the making of the notebook is left: "phrase", its
// passphrase was not typed again yet.
const (
	settingSetup = "firstrun.left"
	phraseLeft   = "phrase"
)

// SetupStage is what the set-up asks for next.
type SetupStage int

// Stages of the set-up, in their order.
const (
	SetupReading SetupStage = iota // what is left is not known yet
	SetupOffer                     // to make the recovery sheet
	SetupCode                      // to write its code down
	SetupProof                     // to retype two of its groups
	SetupPhrase                    // to type the passphrase again, after a while
	SetupEnd
)

// Setup is what follows the making of a notebook: its recovery sheet, and its
// passphrase once more. All of it can be put off; the first room reminds of what
// is left.
type Setup struct {
	*Security
	OnEnd func()
}

// NewSetup makes the screen.
func NewSetup(d *Desk) *Setup { return &Setup{Security: NewSecurity(d)} }

// Begin notes, in a notebook that was just made, what is to be done; the invite
// that it is to join a team with is kept meanwhile.
func (m *Setup) Begin(invite string) {
	values := map[string]string{settingSetup: phraseLeft}
	if _, err := wire.ParseInvite(invite); err == nil {
		values[settingInvite] = invite
	}
	m.do("lock.busy", func(ctx context.Context) error { return m.Notebook.SetSettings(ctx, values) }, func() {})
}

// Stage is what to ask for.
func (m *Setup) Stage() SetupStage {
	switch {
	case m.Code != "":
		return SetupCode
	case !m.Loaded:
		return SetupReading
	case !m.Keys.HasSheet():
		return SetupOffer
	case m.Unproved:
		return SetupProof
	case m.PhraseLeft:
		return SetupPhrase
	}
	return SetupEnd
}

// Try compares the passphrase with the one of the notebook.
func (m *Setup) Try(passphrase string) {
	m.do("lock.busy", func(ctx context.Context) error {
		if err := m.Keys.Try(ctx, passphrase); err != nil {
			return err
		}
		return m.Notebook.SetSettings(ctx, map[string]string{settingSetup: ""})
	}, func() {})
}

// Left is what of the set-up is left, for whoever reminds of it.
type Left struct {
	Sheet  bool // there is no recovery sheet that was proved to be written down
	Phrase bool // the passphrase was typed at the making alone
}

// SetupLeft finds out what of the set-up is left.
func (d *Desk) SetupLeft(then func(Left)) {
	if d.Keys == nil {
		return
	}
	var command Command
	Run(d.scope, &command, func(ctx context.Context) (left Left, err error) {
		groups, err := d.Notebook.Setting(ctx, settingSheet)
		if err != nil {
			return left, err
		}
		setup, err := d.Notebook.Setting(ctx, settingSetup)
		return Left{Sheet: groups != "" || !d.Keys.HasSheet(), Phrase: setup == phraseLeft}, err
	}, func(left Left, err error) {
		if err == nil {
			then(left)
		}
	})
}
