package main

import (
	"os/exec"
	"strings"
	"testing"
	"time"
)

// TestFactsOfTheKeyboard presses what the design rests on (UX.md §0), on the
// real program with real key events.
func TestFactsOfTheKeyboard(t *testing.T) {
	a, _ := goalApp(t)

	// Fact 2: Ctrl and a key of the digit row need no Shift on a French keyboard.
	a.keys("ctrl+" + digit["4"])
	a.title("Personnes")
	a.keys("ctrl+" + digit["1"])
	a.title("Aujourd'hui")

	// Fact 3: a menu shortcut arrives with a dialog open, and does nothing then.
	a.keys("ctrl+k")
	a.keys("ctrl+" + digit["4"])
	a.title("Aujourd'hui")
	a.keys("Escape", "ctrl+"+digit["4"])
	a.title("Personnes")

	// Fact 4: F1 and Escape reach the field that has the focus; F1 shows a dialog,
	// so that the shortcut of a place does nothing until Escape.
	a.keys("F1", "ctrl+"+digit["1"])
	a.title("Personnes")
	a.keys("Escape", "ctrl+"+digit["1"])
	a.title("Aujourd'hui")

	// Fact 7: -noreset keeps the layout that was set, whatever has come since.
	if layout := a.tool("setxkbmap", "-query"); !containsLine(layout, "layout", "fr") {
		t.Errorf("the keyboard is %s", layout)
	}
	a.quit()
}

// TestFactLayoutIsLost is fact 7: a screen that is started without -noreset
// begins anew when its last program has gone, and its keyboard is the US one
// again. The screens of these tests are started with it.
func TestFactLayoutIsLost(t *testing.T) {
	kept := newDesktop(t)
	if query := kept.tool("setxkbmap", "-query"); !containsLine(query, "layout", "fr") {
		t.Errorf("with -noreset the keyboard is\n%s", query)
	}
	lost := newScreen(t)
	lost.tool("setxkbmap", "fr")
	var query []byte
	for end := time.Now().Add(wait); ; time.Sleep(100 * time.Millisecond) { // while it begins anew it answers nobody
		cmd := exec.CommandContext(t.Context(), "setxkbmap", "-query")
		cmd.Env = lost.env()
		var err error
		if query, err = cmd.Output(); err == nil {
			break
		}
		if time.Now().After(end) {
			t.Fatal(err)
		}
	}
	if containsLine(string(query), "layout", "fr") {
		t.Errorf("without -noreset the layout stays now:\n%s", query)
	}
}

// containsLine tells whether "name:   value" is a line of a text.
func containsLine(text, name, value string) bool {
	for line := range strings.Lines(text) {
		if key, said, ok := strings.Cut(line, ":"); ok && key == name && strings.TrimSpace(said) == value {
			return true
		}
	}
	return false
}
