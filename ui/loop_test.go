package ui

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/theme"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	look "solidaren/ui/kit/theme"
)

// night is what was recorded on the tour, the newest first.
func (o *office) night() []store.NightRow {
	o.t.Helper()
	rows, err := o.desk.Notebook.Night(o.t.Context(), "", time.Now().Add(-time.Hour))
	if err != nil {
		o.t.Fatal(err)
	}
	return rows
}

// outing is an office on a tour whose first record is written.
func outing(t *testing.T) *office {
	t.Helper()
	o := unlocked(t)
	if _, err := o.desk.Notebook.Create(t.Context(), diagnostics.Record{Type: diagnostics.TypeTour, Fields: diagnostics.Values{
		"kind": "maraude", "team": "nord", "start": diagnostics.FormatTime(time.Now().Add(-time.Minute)), "sectors": "q01 q11",
	}}); err != nil {
		t.Fatal(err)
	}
	o.press("Ctrl+m")
	o.asleep()
	if rows := o.night(); len(rows) != 1 || rows[0].District != "q11" || rows[0].PlaceKind != "street" || !rows[0].Asleep {
		t.Fatalf("the night has %+v", rows)
	}
	return o
}

// TestCountAtTheSamePlace is G1: a record of sleepers at the same place.
func TestCountAtTheSamePlace(t *testing.T) {
	for name, c := range map[string]struct {
		keys []string
		want int
	}{
		"one": {[]string{"4", "Enter"}, 1}, "twelve": {[]string{"4", "1", "2", "Enter"}, 12},
		"presumed": {[]string{"5", "3", "Enter"}, 3}, "brief": {[]string{"2", "Enter"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			o := outing(t)
			o.press(c.keys...)
			rows := o.night()
			if len(rows) != 2 || rows[0].Persons != c.want || rows[0].District != "q11" || rows[0].PlaceKind != "street" {
				t.Fatalf("the night has %+v", rows)
			}
			if o.loop() == nil || o.loop().DraftID() != "" || len(o.drafts()) != 0 {
				t.Error("the next blank record is not in front")
			}
			if o.window.Canvas().Focused() == nil {
				t.Error("nothing has the focus")
			}
		})
	}
}

// TestCountAtAnotherPlace is G2: seven keys, Ctrl+L counting as two.
func TestCountAtAnotherPlace(t *testing.T) {
	o := outing(t)
	o.press("Ctrl+l", "1", "6", "4", "3", "Enter")
	rows := o.night()
	if len(rows) != 2 || rows[0].District != "q01" || rows[0].PlaceKind != "station" || rows[0].Persons != 3 {
		t.Fatalf("the night has %+v", rows)
	}
	o.press("4", "Enter") // and goes on there
	if rows = o.night(); len(rows) != 3 || rows[0].District != "q01" || rows[0].PlaceKind != "station" {
		t.Fatalf("the night has %+v", rows)
	}
}

func TestPlaceDialogKeepsWhatIsChosen(t *testing.T) {
	o := outing(t)
	o.press("Ctrl+l", "Enter", "6", "4", "Enter")
	if rows := o.night(); rows[0].District != "q11" || rows[0].PlaceKind != "station" {
		t.Errorf("the night has %+v", rows)
	}
	o.press("Ctrl+l", "1", "Escape", "4", "Enter") // the district alone
	if rows := o.night(); rows[0].District != "q01" || rows[0].PlaceKind != "station" {
		t.Errorf("the night has %+v", rows)
	}
}

// TestATalkGoesOn: Enter does not end the record of a conversation, which has
// needs to tell.
func TestATalkGoesOn(t *testing.T) {
	o := outing(t)
	o.press("1", "Enter")
	if rows := o.night(); len(rows) != 1 {
		t.Fatalf("%d records", len(rows))
	}
	o.press("5") // information was not possible: the second screen comes
	if rows := o.night(); len(rows) != 1 {
		t.Fatalf("%d records", len(rows))
	}
	o.press("Ctrl+Enter")
	if rows := o.night(); len(rows) != 2 || rows[0].Contact != "talk" {
		t.Errorf("the night has %+v", o.night())
	}
}

func TestHourOfTheFirstAnswer(t *testing.T) {
	o := outing(t)
	opened := o.loop().Hour()
	o.offset = 20 * time.Minute // the blank record waited so long
	o.Tick()
	o.press("4", "Enter")
	if got := o.night()[0].At.Sub(opened); got < 19*time.Minute {
		t.Errorf("the record is of the time when the blank one came: %v later", got)
	}
	o.offset = 40 * time.Minute // the lid was shut: no tick
	o.press("4", "Enter")
	if got := o.night()[0].At.Sub(opened); got < 39*time.Minute {
		t.Errorf("the record is of the time before the lid was shut: %v later", got)
	}
}

func TestHourIsChanged(t *testing.T) {
	o := outing(t)
	o.press("Ctrl+h")
	o.keys.Type("30m")
	o.press("Enter", "4", "Enter")
	if ago := time.Since(o.night()[1].At); ago < 29*time.Minute || ago > 31*time.Minute {
		t.Errorf("the record is %v old", ago)
	}
	o.press("Ctrl+h")
	o.keys.Type("xx")
	o.press("Enter")
	if !o.modals.Open() {
		t.Error("nonsense was taken for an hour")
	}
}

func TestLastCountRecordIsTakenBack(t *testing.T) {
	o := outing(t)
	o.press("4", "9", "Enter")
	if !o.shows("[Ctrl+Maj+Z] annuler") {
		t.Error("the line at the bottom does not offer it")
	}
	o.press("Ctrl+Shift+z")
	if rows := o.night(); len(rows) != 1 || rows[0].Persons != 1 {
		t.Errorf("the night has %+v", rows)
	}
	if !o.shows("1 fiche · 1 personne") {
		t.Error("it still counts on the screen")
	}
	o.press("Ctrl+Shift+z") // only once
	if rows := o.night(); len(rows) != 1 {
		t.Errorf("the night has %+v", rows)
	}
	if o.loop() == nil {
		t.Error("the blank record is gone")
	}
	o.Go(roomRecords)
	o.settle()
	if !o.shows("retirée · Le Blosne") {
		t.Error("the list of records does not say that it was taken back")
	}
}

// TestARecordWithACardIsNotTakenBack: the card was changed with it; it is
// corrected instead.
func TestARecordWithACardIsNotTakenBack(t *testing.T) {
	o := outing(t)
	o.press("1", "Enter", "1", "3") // a talk, informed, a new code
	o.press("Ctrl+f", "Ctrl+Enter", "Ctrl+Enter")
	if rows := o.night(); len(rows) != 2 || rows[0].PersonCode == "" {
		t.Fatalf("the night has %+v", rows)
	}
	if o.undo != nil {
		t.Error("it can be taken back")
	}
}

func TestGlovesOutdoorsOnly(t *testing.T) {
	o := outing(t)
	if target := theme.Size(look.Target); target != 52 {
		t.Errorf("targets of %v in the loop", target)
	}
	o.press("Ctrl+1")
	if target := theme.Size(look.Target); target != 40 {
		t.Errorf("targets of %v indoors", target)
	}
}

func TestTheNightIsShown(t *testing.T) {
	o := outing(t)
	o.press("4", "3", "Enter")
	for _, text := range []string{"2 fiches · 4 personnes", "Le Blosne", "Dort"} {
		if !o.shows(text) {
			t.Errorf("%q is not shown", text)
		}
	}
	o.press("Ctrl+d")
	if !strings.HasSuffix(o.window.Title(), "Maraude") || o.name != roomTour {
		t.Errorf("Ctrl+D leads to %q", o.window.Title())
	}
}

// TestStartOfATour: what changes from one evening to the next takes four keys.
func TestStartOfATour(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+2")
	o.keys.Type("Maraude nord")
	o.press("Enter", "a", "0", "Enter", "3", "1", "Enter")
	tour, err := o.desk.Notebook.CurrentTour(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if tour.Get("team") != "Maraude nord" || tour.Get("sectors") != "q10 q11" || tour.Int("staff") != 3 || tour.Get("weather") == "" {
		t.Errorf("the tour is %v", tour.Fields)
	}
	if o.loop() == nil {
		t.Fatal("the first record is not in front")
	}
	o.asleep()
	o.press("Ctrl+d")
	o.press("Tab", "Tab", "Enter") // end it
	o.press("Tab", "Enter")
	if _, err := o.desk.Notebook.CurrentTour(t.Context()); diagnostics.Code(err) != diagnostics.CodeNotFound {
		t.Fatalf("the tour is still out: %v", err)
	}
	if !o.shows("Maraude nord est de retour : 1 fiche · 1 personne") {
		t.Error("the end does not tell what the tour has brought")
	}
	o.press("Ctrl+1", "Ctrl+2", "Enter", "2", "2", "Enter") // the same team and sectors again
	if tour, err = o.desk.Notebook.CurrentTour(t.Context()); err != nil || tour.Get("team") != "Maraude nord" || tour.Int("staff") != 2 {
		t.Errorf("the second tour is %v, %v", tour.Fields, err)
	}
}

// TestNightOfCounting is G5: a sleeper in four keys, then the next one.
func TestNightOfCounting(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+k")
	o.keys.Type("nuit de la")
	o.press("Enter")
	for _, text := range []string{"Équipe 7", "Nuit 2027", "S07"} {
		o.keys.Type(text)
		o.press("Enter")
	}
	o.press("a", "Enter", "2", "1", "Enter")
	o.search("rue")
	for range 2 {
		o.press("1", "Enter", "1", "Enter")
	}
	rows := o.night()
	if len(rows) != 2 || rows[0].Persons != 1 || !rows[0].Asleep || rows[0].PlaceKind != "street" || rows[0].Form != "nuit_solidarite" {
		t.Fatalf("the night has %+v", rows)
	}
	o.press("Ctrl+m") // the blank record is one of the count
	if o.loop() == nil || o.loop().Title() != "Comptage" {
		t.Errorf("Ctrl+M opens %q", o.window.Title())
	}
}

// TestFastFingersLoseNothing: what is typed before the next blank record is
// there is meant for it.
func TestFastFingersLoseNothing(t *testing.T) {
	o := outing(t)
	o.keys.Press("4", "3", "Enter", "4", "1", "2", "Enter") // nothing is waited for
	o.settle()
	rows := o.night()
	if len(rows) != 3 || rows[0].Persons != 12 || rows[1].Persons != 3 {
		t.Errorf("the night has %+v", rows)
	}
}

// TestFastFingersReachTheForm: what is typed before a form is read is meant for
// its first question.
func TestFastFingersReachTheForm(t *testing.T) {
	o := unlocked(t)
	o.keys.Press("Ctrl+e", "a", "Enter") // today, typed at once
	o.settle()
	o.press("Ctrl+1")
	drafts := o.drafts()
	if len(drafts) != 1 || !strings.Contains(string(drafts[0].State), `"e_date":"20`) {
		t.Errorf("the interview has no date: %d drafts", len(drafts))
	}
}
