package store_test

import (
	"strings"
	"testing"

	"solidaren/diagnostics"
)

// What was entered last counts; one of both is not enough, and spaces are none.
func TestSafeguards(t *testing.T) {
	n := notebook(t)
	got, err := n.Safeguards(t.Context())
	must(t, err)
	if got != (diagnostics.Safeguards{}) || got.Complete() {
		t.Errorf("an empty notebook has %+v", got)
	}
	for _, s := range []diagnostics.Safeguards{
		{Impact: "AIPD 2026-03", Officer: " "}, {Impact: " AIPD 2026-03 ", Officer: "dpo@association.example"}, {},
	} {
		must(t, n.KeepSafeguards(t.Context(), s, "nord"))
		want, _ := s.Tidy()
		if got, err = n.Safeguards(t.Context()); err != nil || got != want {
			t.Errorf("%+v was kept as %+v, %v", s, got, err)
		}
		if got.Complete() != (want.Officer != "") {
			t.Errorf("%+v is complete: %v", got, got.Complete())
		}
	}
	err = n.KeepSafeguards(t.Context(), diagnostics.Safeguards{Impact: strings.Repeat("é", 201)}, "nord")
	if diagnostics.Code(err) != diagnostics.CodeInvalid {
		t.Errorf("a whole page is taken: %v", err)
	}
}
