package ui

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestGuideNamesKeysThatAreThere: every key with Ctrl that the guide and the
// README tell of is a command's, as it is shown; Ctrl+V is the fields' own.
func TestGuideNamesKeysThatAreThere(t *testing.T) {
	there := map[string]bool{"Ctrl+V": true}
	for _, m := range menus() {
		for _, c := range m.commands {
			there[c.keys] = true
		}
	}
	french := strings.NewReplacer("Maj", "Shift", "Entrée", "Enter", "Suppr", "Delete", "↑", "Up", "↓", "Down")
	key := regexp.MustCompile(`Ctrl\+(?:[\pL\d]+\+)*[\pL\d↑↓]+`)
	for _, document := range []string{"../docs/guide.md", "../README.md"} {
		text, err := os.ReadFile(document)
		if err != nil {
			t.Fatal(err)
		}
		for _, told := range key.FindAllString(string(text), -1) {
			if !there[french.Replace(told)] {
				t.Errorf("%s: %s does nothing", document, told)
			}
		}
	}
}
