package xlsform

import "testing"

func TestAMessageNamesNothing(t *testing.T) {
	for _, c := range []struct{ message, want string }{
		{"No question has that name. Nearest name: —.", "No question has that name."},
		{"Aucune question ne porte ce nom. Nom le plus proche : —.", "Aucune question ne porte ce nom."},
		{"No question has that name. Nearest name: age.", "No question has that name. Nearest name: age."},
		{"Nearest name: —.", "Nearest name: —."},
		{"Write — or nothing.", "Write — or nothing."},
	} {
		if got := withoutDash(c.message); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.message, got, c.want)
		}
	}
}
