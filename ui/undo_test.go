package ui

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"solidaren/ui/words"
)

// taken is something that takes away what was written: how one comes to it, what
// does it, what the notebook holds of it, and for what is asked first, how it is
// agreed to.
type taken struct {
	name  string
	in    func(*office)
	do    []string
	holds func(*office) string
	agree func(*office) // nil: nothing is asked, it can be taken back
}

func heldDrafts(o *office) string { return fmt.Sprint(len(o.drafts())) }

func heldRecords(o *office) string {
	count := 0
	for _, row := range o.finished() {
		if !row.Withdrawn {
			count++
		}
	}
	return fmt.Sprint(count)
}

func heldSteps(o *office) string {
	rows, err := o.desk.Notebook.FollowUps(o.t.Context())
	return fmt.Sprint(len(rows), err)
}

func heldReferrals(o *office) string {
	rows, err := o.desk.Notebook.Awaited(o.t.Context(), o.now().AddDate(-1, 0, 0))
	return fmt.Sprint(len(rows), err)
}

func heldTours(o *office) string {
	tours, err := o.desk.Notebook.Tours(o.t.Context(), 5)
	said := fmt.Sprint(err)
	for _, tour := range tours {
		said += " " + tour.Get("end")
	}
	return said
}

func heldFiles(o *office) string {
	files, err := os.ReadDir(os.Getenv("HOME"))
	return fmt.Sprint(len(files), err)
}

func heldKarim(o *office) string {
	_, err := o.desk.Notebook.PersonByCode(o.t.Context(), karim)
	return fmt.Sprint(err)
}

// agree gives what presses keys.
func agree(names ...string) func(*office) { return func(o *office) { o.press(names...) } }

// losses are what takes something away (UX.md §7), but for what tests of its own
// hold: decisions, households, the directory, records that are sealed, and what a
// team withdraws.
var losses = []taken{
	{"a draft", func(o *office) { o.Go(roomInterviews) }, []string{"Delete"}, heldDrafts, nil},
	{"the last record", inNight, []string{"4", "Enter"}, heldRecords, nil},
	{"an answer", func(o *office) { inInterview(o); o.press("o", "1", "2") }, []string{"Delete"}, func(o *office) string {
		return o.asked("situation.resources")
	}, nil},
	{"a part that was not talked of", func(o *office) {
		o.Resume(o.draft("entretien"))
		o.settle()
		o.press("Ctrl+g", "g")
	}, []string{"p"}, func(o *office) string {
		return fmt.Sprint(strings.Count(o.scene(), words.T("form.state.silent")))
	}, nil},
	{"a next step", func(o *office) { o.Go(roomFollows) }, []string{"Enter", "4"}, heldSteps, nil},
	{"a referral", func(o *office) { o.Go(roomFollows); o.settle(); o.press("Tab") }, []string{"Enter", "2"}, heldReferrals, nil},
	{"an outing", func(o *office) { o.Go(roomTour); o.settle(); o.press("Home") }, []string{"Tab", "Tab", "Enter"}, heldTours, agree("Tab", "Enter")},
	{"an export", func(o *office) { o.Go(roomExport) }, []string{"Ctrl+Enter"}, heldFiles, agree("Tab", "Enter")},
	{"the file of a person", keyedRooms()[roomRights], []string{"Shift+Tab", "Shift+Tab", "Enter", "Tab", "Tab", "Tab", "Enter"}, heldKarim, func(o *office) {
		o.typed("effacer")
		o.press("Tab", "Tab", "Enter")
	}},
}

// TestNothingIsLostByOneKey: what takes something away either asks first, where
// Escape and Enter change nothing, or is taken back by one key.
func TestNothingIsLostByOneKey(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	o := furnished(t)
	for _, loss := range losses {
		begin := func() {
			o.clear()
			loss.in(o)
			o.settle()
		}
		begin()
		before := loss.holds(o)
		o.press(loss.do...)
		if loss.agree == nil {
			if o.modals.Open() || loss.holds(o) == before {
				t.Errorf("%s: nothing was done; a dialog is open: %v", loss.name, o.modals.Open())
			}
			o.press("Ctrl+Shift+z")
			if got := loss.holds(o); got != before {
				t.Errorf("%s: not taken back: %s, before %s", loss.name, got, before)
			}
			continue
		}
		for _, safe := range []string{"Escape", "Enter"} {
			if !o.modals.Open() {
				t.Errorf("%s: nothing is asked", loss.name)
			}
			o.press(safe)
			if got := loss.holds(o); o.modals.Open() || got != before {
				t.Errorf("%s: %s does it: %s, before %s", loss.name, safe, got, before)
			}
			begin()
			o.press(loss.do...)
		}
		loss.agree(o)
		if loss.holds(o) == before {
			t.Errorf("%s: agreed to, and nothing was done", loss.name)
		}
	}
}
