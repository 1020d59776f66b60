package intake_test

import (
	"testing"

	"solidaren/diagnostics"
	"solidaren/diagnostics/intake"
)

// Why a question has no answer goes with the record; nothing of it is kept of
// someone who was asleep.
func TestReadKeepsReasons(t *testing.T) {
	for _, c := range []struct{ contact, want string }{{"talk", `{"/data/code":"rf"}`}, {"asleep", ""}} {
		t.Run(c.contact, func(t *testing.T) {
			s := open(t, street(t), [2]string{"/data/contact", c.contact}, [2]string{"/data/n", "2"})
			ref := "/data/code"
			if c.contact == "asleep" {
				ref = "/data/n"
			}
			if _, err := s.Excuse(ref, "rf"); err != nil {
				t.Fatal(err)
			}
			sub, err := intake.Read(s, intake.Context{Now: now, Device: "d"})
			if err != nil {
				t.Fatal(err)
			}
			if got := sub.Diagnostic.Get("unsaid"); got != c.want {
				t.Errorf("unsaid is %q, want %q", got, c.want)
			}
			if sub.Diagnostic.Type != diagnostics.TypeDiagnostic {
				t.Errorf("type %q", sub.Diagnostic.Type)
			}
		})
	}
}
