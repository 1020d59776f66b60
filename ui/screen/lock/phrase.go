package lock

import (
	"fyne.io/fyne/v2"

	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// newPhrase are the fields of a new passphrase, under a proposal for it. It is
// shown in clear while it is learnt.
func (s *Screen) newPhrase() []fyne.CanvasObject {
	s.phrase.OnBlank = s.onPropose
	s.learning = kit.VStack(look.Gap, kit.Text(words.T("lock.propose.why")), s.proposal,
		page.Flow(kit.NewButton(words.T("lock.propose"), s.onPropose).WithKey(words.T("keyname.space"))))
	return []fyne.CanvasObject{
		s.learning,
		s.field.Hint(words.T("lock.phrase.rule")),
		page.Field(words.T("lock.phrase.again"), "", s.again),
	}
}

// onPropose draws other words.
func (s *Screen) onPropose() {
	s.propose()
	kit.Focus(s.phrase)
}

// propose draws words and shows them while they are learnt.
func (s *Screen) propose() {
	s.draw(s.model.Vault.Propose())
	s.learn(true)
}

func (s *Screen) draw(words string) {
	s.proposal.Set(words)
	s.object.Refresh()
}

// learn shows what is learnt and what is typed, or hides both: the second time
// it is typed from memory.
func (s *Screen) learn(on bool) {
	if s.learning == nil {
		return
	}
	s.reveal.Set(on)
	s.onReveal(on)
	if on {
		s.learning.Show()
	} else {
		s.learning.Hide()
	}
	s.object.Refresh()
}

// onPhrase: Enter in the passphrase opens, or goes on to the second one. An empty
// one records without opening.
func (s *Screen) onPhrase() {
	if s.model.Creating || s.model.Recovering {
		if s.model.Vault.Check(s.phrase.Text) == nil {
			s.learn(false)
		}
		kit.Focus(s.again)
		return
	}
	s.onOpen()
}

// meters are the words of how well a passphrase would hold.
var meters = map[model.Strength]string{
	model.PhraseShort: "lock.meter.short", model.PhraseFair: "lock.meter.fair", model.PhraseLong: "lock.meter.long", model.PhraseDrawn: "lock.meter.drawn",
}

// onTyped measures what is typed, and looks at the case of its letters.
func (s *Screen) onTyped(string) {
	caps := ""
	if model.CapsLock(s.phrase.Text) || model.CapsLock(s.again.Text) {
		caps = words.T("lock.caps")
	}
	s.field.SetWarning(caps)
	if s.learning != nil {
		text := words.T("lock.phrase.rule")
		strength, count, chars := s.model.Phrase(s.phrase.Text, s.proposal.Text)
		if key, ok := meters[strength]; ok {
			text = words.T(key, count, chars)
		}
		s.field.Hint(text)
	}
	s.object.Refresh()
}

// Reveal shows the passphrase as it is typed, or dots again.
func (s *Screen) Reveal() {
	s.reveal.Set(!s.reveal.On)
	s.onReveal(s.reveal.On)
}

func (s *Screen) onReveal(on bool) {
	s.phrase.Reveal(on)
	s.again.Reveal(on)
	if on && s.learning != nil {
		s.learning.Show()
		s.object.Refresh()
	}
}
