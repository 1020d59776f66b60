package model_test

import (
	"testing"

	"solidaren/diagnostics"
	"solidaren/sync/synctest"
	"solidaren/ui/model"
)

// TestTeamSpeaksTheSameKeys joins two computers to a team: each sees both, itself
// first, and reads the same words of the same one.
func TestTeamSpeaksTheSameKeys(t *testing.T) {
	server := synctest.NewServer(t, nil)
	seen := map[string]map[string]bool{}
	first, second := newDesk(t), newDesk(t)
	for i, d := range []*desk{first, second, first} {
		m := open(d, model.NewSending(d.Desk))
		if i < 2 {
			m.Enrol(server.Invite(t, "nord", diagnostics.RoleCoordinator), []string{"ancre", "feuille"}[i])
		} else {
			m.Start()
		}
		d.settle()
	}
	for i, d := range []*desk{first, second} {
		m := open(d, model.NewTeam(d.Desk))
		m.Load()
		if len(m.Rows) != 2 || !m.Rows[0].Own || m.Rows[0].Name != []string{"ancre", "feuille"}[i] || m.Rows[1].Own || !m.Rows[1].Active {
			t.Fatalf("%d sees %+v", i, m.Rows)
		}
		for _, row := range m.Rows {
			if seen[row.Name] == nil {
				seen[row.Name] = map[string]bool{}
			}
			seen[row.Name][row.Words] = true
		}
	}
	if len(seen["ancre"]) != 1 || len(seen["feuille"]) != 1 {
		t.Errorf("the words are %v", seen)
	}
}
