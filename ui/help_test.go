package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	kitform "solidaren/ui/kit/form"
	"solidaren/ui/words"
)

// TestHelpKnowsTheKeysOfTheScreen opens the help over a screen, finds a key in it
// by a few letters of the other language, and closes it.
func TestHelpKnowsTheKeysOfTheScreen(t *testing.T) {
	o := unlocked(t)
	o.press("F1")
	if !o.modals.Open() || !o.shows("Nouvel entretien") || !o.shows("Partout") {
		t.Error("F1 does not list the keys of this screen")
	}
	o.keys.Type("find a pers")
	o.settle()
	if !o.shows("Ctrl+F") || o.shows("Ctrl+E") {
		t.Error("the help finds nothing by a few letters")
	}
	o.press("Escape")
	if o.modals.Open() {
		t.Error("Escape leaves the help open")
	}
	o.press("Ctrl+9", "Ctrl+Shift+h")
	if !o.shows("choisir la réponse qui compte") {
		t.Error("the help of another screen lists other keys")
	}
}

// TestHelpListsEveryBinding looks for each key of each table in the help of the
// whole window, in both languages, and writes it down.
func TestHelpListsEveryBinding(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	o := unlocked(t)
	for _, language := range []string{"fr", "en"} {
		o.settings.SetLanguage(language)
		o.settle()
		var all strings.Builder
		for _, line := range o.everywhere() {
			if line.Group == "" || line.What == "" || line.Keys == "" {
				t.Errorf("a line without words: %+v", line)
			}
			all.WriteString(line.What + " " + line.Keys + "\n")
		}
		for _, p := range places {
			o.Go(p.name)
			o.settle()
			if k, ok := o.room.(keyed); ok {
				for _, b := range k.Bindings() {
					if want := words.T(b.Label) + " " + showKeyList(b.Keys); !strings.Contains(all.String(), want) {
						t.Errorf("%s: the help lacks %q", p.name, want)
					}
				}
			}
		}
		for _, b := range kitform.Bindings() {
			if !strings.Contains(all.String(), words.T(b.Label)) {
				t.Errorf("the help lacks %q", words.T(b.Label))
			}
		}
	}
	o.Go(roomHelp)
	o.window.Resize(fyne.NewSize(1024, 600))
	o.press("Ctrl+Enter")
	content, err := os.ReadFile(filepath.Join(os.Getenv("HOME"), "solidaren-keys.pdf"))
	if err != nil || !strings.HasPrefix(string(content), "%PDF-") {
		t.Errorf("the document: %v", err)
	}
}
