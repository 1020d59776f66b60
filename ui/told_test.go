package ui

import (
	"testing"

	"solidaren/ui/words"
)

// TestNobodyKnownYet: nothing was searched, so no word is found wanting.
func TestNobodyKnownYet(t *testing.T) {
	o := unlocked(t)
	o.goTo(roomPersons)
	if !o.shows(words.T("persons.nobody")) || o.shows(words.T("persons.empty")) {
		t.Error("an empty notebook tells of words that nobody typed")
	}
	o.typed("zzz")
	if !o.shows(words.T("persons.empty")) {
		t.Error("a search in vain says nothing")
	}
}

// TestPickingAPerson: where somebody known is chosen no code is made, and the way
// back is shown.
func TestPickingAPerson(t *testing.T) {
	o := furnished(t)
	picked := ""
	o.PickPerson(func(code string) { picked = code })
	o.settle()
	o.wantTitle(words.T("persons.pick"))
	if o.shows(words.T("persons.fresh")) || o.shows(words.T("persons.none_fits")) || !o.shows(words.T("nav.back")) {
		t.Error("a code can be made, or there is no way back")
	}
	o.press("Ctrl+Enter")
	o.typed("zzz")
	if picked != "" || !o.shows(words.T("persons.empty.known")) {
		t.Errorf("picked %q of nobody", picked)
	}
	o.press("Ctrl+a")
	o.typed("nadia")
	o.press("Enter")
	if picked != nadia {
		t.Errorf("picked %q", picked)
	}
}

// TestDecidedAboutTwoCards is told in words of cards, not of answers.
func TestDecidedAboutTwoCards(t *testing.T) {
	for key, told := range map[string]string{"1": "decide.pair.same.done", "2": "decide.pair.apart.done", "3": "decide.pair.later.done"} {
		o := unlocked(t)
		o.twins()
		o.press("Ctrl+9", key, "Enter")
		if !o.shows(words.T(told)) {
			t.Errorf("after %s nothing says %q", key, words.T(told))
		}
	}
}

// TestHeldRecordIsNamed: who wrote it is told which of their records waits.
func TestHeldRecordIsNamed(t *testing.T) {
	o := furnished(t)
	o.add("need", map[string]string{"person": o.nadia, "domain": "food", "at": o.day(0) + "T20:00:00Z"})
	o.setAside()
	o.press("Ctrl+9", "Down")
	if !o.shows("Besoin · " + nadia) {
		t.Error("nothing says what was set aside")
	}
}

// TestEmptyDirectoryOffersNothing: where no action is in front nothing can be done
// with it.
func TestEmptyDirectoryOffersNothing(t *testing.T) {
	o := furnished(t)
	o.goTo(roomDirectory)
	if !o.shows(words.T("directory.copy")) {
		t.Fatal("nothing can be done with an action")
	}
	o.typed("zzz")
	if o.shows(words.T("directory.copy")) || o.shows(words.T("directory.edit")) {
		t.Error("something can be done with nothing")
	}
}

// TestNothingToDecideIsSaidOnce: no counts of nothing stand over it.
func TestNothingToDecideIsSaidOnce(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+9")
	if !o.shows(words.T("decide.none")) || o.shows(words.T("decide.count.pairs", 0)) {
		t.Error("nothing is counted")
	}
}

// TestEnglishColon: a label and its value are written as the language does.
func TestEnglishColon(t *testing.T) {
	o := furnished(t)
	o.settings.SetLanguage("en")
	o.settle()
	o.goTo(roomDirectory)
	o.press("Down", "q", "1")
	if !o.shows("District: Centre") {
		t.Error("the filter is not labelled as in English")
	}
}
