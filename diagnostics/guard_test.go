package diagnostics_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
)

func TestGuards(t *testing.T) {
	tests := []struct {
		text string
		want []diagnostics.Guard
	}{
		{"Il dort mal.", nil},
		{"le 06 12 34 56 78 le soir", []diagnostics.Guard{diagnostics.GuardPhone}},
		{"0612345678", []diagnostics.Guard{diagnostics.GuardPhone}},
		{"+33 (0)6.12.34.56.78", []diagnostics.Guard{diagnostics.GuardPhone}},
		{"écrire à jean.dupont@exemple.fr", []diagnostics.Guard{diagnostics.GuardEmail}},
		{"il vit 3 rue de Nantes", []diagnostics.Guard{diagnostics.GuardAddress}},
		{"12 bis, avenue Janvier", []diagnostics.Guard{diagnostics.GuardAddress}},
		{"1 85 05 78 006 084 36", []diagnostics.Guard{diagnostics.GuardNIR}},
		{"3 places de parking", nil},
		{"dans la rue depuis 3 ans", nil},
		{"2 nuits, 3 repas le 12/03/2026", nil},
		{"10 h, place de la mairie", nil},
		{"code 115, 112", nil},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, diagnostics.Guards(tt.text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.text, diff)
		}
	}
}
