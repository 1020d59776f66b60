package vault_test

import (
	"strings"
	"testing"

	"solidaren/diagnostics/vault"
)

func TestSpeakKey(t *testing.T) {
	words := vault.SpeakKey("auth", "recipient")
	if n := len(strings.Fields(words)); n != vault.SpokenWords {
		t.Errorf("%d words: %s", n, words)
	}
	if words != vault.SpeakKey("auth", "recipient") {
		t.Error("the same keys are said otherwise")
	}
	for _, other := range []string{vault.SpeakKey("auth", "recipiens"), vault.SpeakKey("recipient", "auth"), vault.SpeakKey("authrecipient")} {
		if words == other {
			t.Errorf("other keys are said the same: %s", words)
		}
	}
}
