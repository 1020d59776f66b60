package words

import (
	"regexp"
	"strings"
	"testing"
)

// most is how many words a sentence may have that a tired person reads.
const most = 20

// TestSentencesAreShort: one idea a sentence.
func TestSentencesAreShort(t *testing.T) {
	end := regexp.MustCompile(`[.?!…]\s+`)
	word := regexp.MustCompile(`[\pL\pN{}'’-]+`)
	everyText(func(language, key, text string) {
		for _, sentence := range end.Split(text, -1) {
			if n := len(word.FindAllString(sentence, -1)); n > most {
				t.Errorf("%s, %s: %d words in %q", language, key, n, sentence)
			}
		}
	})
}

// TestOneWordForOneThing: what has a name here has no other, no jargon is
// spoken, nobody is blamed and nothing shouts.
func TestOneWordForOneThing(t *testing.T) {
	other := map[string]map[string]string{
		"fr": {
			`coffre`: "carnet", `formulaire`: "questionnaire", `tournée`: "maraude", `sections?`: "partie",
			`ordinateurs?`: "poste", `synchronis\pL*`: "envoyer et recevoir", `conflits?`: "réponses différentes",
			`supprim\pL*`: "effacer, retirer", `vous avez oublié`: "ce qu'il faut faire", `erreur système`: "ce qui est arrivé",
			`requise?s?`: "nécessaire", `cliqu\pL*`: "la touche",
		},
		"en": {
			`vaults?`: "notebook", `questionnaires?`: "form", `outings?|tours?`: "shift", `laptops?`: "computer",
			`persons`: "people", `synchronis\pL*|sync`: "send and receive", `conflicts?`: "different answers",
			`you forgot`: "what to do", `system error`: "what happened", `mend|put right`: "correct", `click\pL*`: "the key",
		},
	}
	everyText(func(language, key, text string) {
		for bad, good := range other[language] {
			// A letter at either end would make it another word.
			at := regexp.MustCompile(`(^|\PL)(` + bad + `)($|\PL)`)
			if m := at.FindStringSubmatch(strings.ToLower(text)); m != nil {
				t.Errorf("%s, %s: %q; here one says: %s", language, key, m[2], good)
			}
		}
		if strings.HasSuffix(strings.TrimSpace(text), "!") {
			t.Errorf("%s, %s shouts: %q", language, key, text)
		}
		if strings.Contains(text, `"`) {
			t.Errorf("%s, %s: %s has straight quotes", language, key, text)
		}
	})
}

// everyText gives every text of both files, both numbers of those that count.
func everyText(see func(language, key, text string)) {
	for _, language := range Languages {
		for key, e := range books[language].entries {
			see(language, key, e.other)
			if e.one != "" {
				see(language, key, e.one)
			}
		}
	}
}
