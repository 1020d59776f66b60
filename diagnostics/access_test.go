package diagnostics_test

import (
	"testing"

	"solidaren/diagnostics"
)

func TestAccessValidate(t *testing.T) {
	tests := []struct {
		name string
		a    diagnostics.Access
		ok   bool
	}{
		{"reading needs no purpose", diagnostics.Access{Action: diagnostics.ActionRead}, true},
		{"an identity needs one", diagnostics.Access{Action: diagnostics.ActionUnseal}, false},
		{"an identity with one", diagnostics.Access{Action: diagnostics.ActionUnseal, Purpose: "support"}, true},
		{"free words are no purpose", diagnostics.Access{Action: diagnostics.ActionExport, Purpose: "pour Loulou"}, false},
		{"an action that is none", diagnostics.Access{Action: "rank"}, false},
	}
	for _, tt := range tests {
		if err := tt.a.Validate(); (err == nil) != tt.ok {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	for _, a := range diagnostics.Actions() {
		if _, ok := diagnostics.FindCode(diagnostics.ListAction, string(a)); !ok {
			t.Errorf("action %s has no words", a)
		}
	}
	if n := len(diagnostics.Codes(diagnostics.ListAction)); n != len(diagnostics.Actions()) {
		t.Errorf("%d words for %d actions", n, len(diagnostics.Actions()))
	}
}
