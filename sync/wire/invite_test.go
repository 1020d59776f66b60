package wire_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

func TestInviteRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := wire.Invite{URL: rapid.String().Draw(t, "url"), Secret: rapid.String().Draw(t, "secret"), Team: rapid.String().Draw(t, "team")}
		word := want.String()
		if strings.ContainsAny(word, " \t\n-") || word[0] < 'a' || word[0] > 'z' {
			t.Fatalf("%q is not one word that begins with a letter", word)
		}
		got, err := wire.ParseInvite("  " + strings.ToUpper(word) + "\n")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestParseInviteRefuses(t *testing.T) {
	word := wire.Invite{URL: "https://h", Secret: "s", Team: "Nord"}.String()
	last := byte('a')
	if word[len(word)-1] == 'a' {
		last = 'b'
	}
	tests := []struct{ name, word string }{
		{"nothing", ""},
		{"another word", "bonjour"},
		{"prefix alone", "solida"},
		{"one letter missing", word[:len(word)-1]},
		{"one letter wrong", word[:20] + "7777" + word[24:]},
		{"last letter wrong", word[:len(word)-2] + string(last) + string(last)},
		{"not in the alphabet", word[:30] + "!" + word[31:]},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := wire.ParseInvite(tt.word)
			if diagnostics.Code(err) != diagnostics.CodeInvalid {
				t.Errorf("error %v, want invalid", err)
			}
		})
	}
}

func TestFindInvite(t *testing.T) {
	want := wire.Invite{URL: "https://api.example.org", Secret: "abc", Team: "Nord"}
	word := want.String()
	for name, text := range map[string]string{
		"the word":       " " + word + "\n",
		"a link":         "https://api.example.org/rejoindre#" + word,
		"a letter":       "Bonjour,\nvoici votre invitation : " + word + ".\nÀ bientôt sur SolidaRen",
		"broken lines":   word[:30] + "\n" + word[30:60] + "\r\n" + word[60:],
		"capital letter": strings.ToUpper(word[:1]) + word[1:],
		"words behind":   "SolidaRen : " + word[:30] + "\n" + word[30:60] + "\n" + word[60:] + "\nbonne journée\n",
		"words around":   "votre invitation\n" + word[:7] + "\n" + word[7:40] + "\n" + word[40:] + " merci de la garder pour vous",
		"quoted reply":   "> " + word[:50] + "\n> " + word[50:] + "\n> bien à vous",
		"broken prefix":  "prenez " + word[:3] + "\n" + word[3:] + " puis ouvrez",
		"after a bad":    word[:40] + " coupée\nvoici la bonne\n" + word[:50] + "\n" + word[50:] + "\nmerci",
	} {
		got, err := wire.FindInvite(text)
		if err != nil || got != want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	for _, text := range []string{"", "Bonjour", word[:len(word)-3], "solidarité"} {
		if _, err := wire.FindInvite(text); diagnostics.Code(err) != diagnostics.CodeInvalid {
			t.Errorf("%q: %v", text, err)
		}
	}
}
