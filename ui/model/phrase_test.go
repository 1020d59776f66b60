package model_test

import (
	"testing"

	"solidaren/diagnostics/vault"
	"solidaren/ui/model"
)

func TestPhraseStrength(t *testing.T) {
	m := &model.Lock{Vault: folder{}}
	const drawn = "bocal avion cidre terrible olive moufle gazon"
	tests := []struct {
		typed string
		want  model.Strength
	}{
		{"", model.PhraseNone},
		{"   ", model.PhraseNone},
		{"un deux trois quatre", model.PhraseFair}, // 20 characters are enough
		{"un deux trois", model.PhraseShort},
		{"a b c d e", model.PhraseFair},
		{drawn + " ", model.PhraseDrawn},
		{"un deux trois quatre cinq six sept", model.PhraseLong},
		{"quarantecaracteressansaucunespacedutoutoui", model.PhraseLong},
	}
	for _, tt := range tests {
		if tt.typed != "" && (vault.CheckPassphrase(tt.typed) == nil) != (tt.want >= model.PhraseFair) {
			t.Errorf("%q: the vault and the measure do not agree", tt.typed)
		}
		if got, _, _ := m.Phrase(tt.typed, drawn); got != tt.want {
			t.Errorf("%q: %d, want %d", tt.typed, got, tt.want)
		}
	}
	if _, words, chars := m.Phrase(" été à deux ", drawn); words != 3 || chars != 10 {
		t.Errorf("%d words, %d characters", words, chars)
	}
}

func TestCapsLock(t *testing.T) {
	for typed, want := range map[string]bool{
		"": false, "AB": false, "BOC": true, "BOCAL AVION": true, "Bocal": false, "ÉTÉ": true, "BOCAl": false, "12 34": false,
	} {
		if got := model.CapsLock(typed); got != want {
			t.Errorf("%q: %v", typed, got)
		}
	}
}
