package ui

import (
	"solidaren/diagnostics"
	"solidaren/ui/words"
)

// tellCare says in the line at the bottom what the work of the day did. What is
// damaged is said until somebody has read it.
func (s *Shell) tellCare() {
	c := s.care
	switch {
	case c.Damage != nil:
		s.Fail("check", c.Damage)
	case c.Checking:
		s.Say(words.T("care.checking"))
	case c.Checked:
		s.Say(words.T("care.sound"))
	case c.Kept.Doubt:
		s.Say(words.T("care.doubt"))
	case c.Kept.Persons > 0:
		s.Say(words.T("care.erased", c.Kept.Persons))
	case c.Kept.Soon > 0 && s.desk.Role() != diagnostics.RoleWorker:
		s.Say(words.T("care.soon", c.Kept.Soon))
	}
}
