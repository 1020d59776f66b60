package main

import (
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// digit names the key of the digit row that bears a digit on a French
// keyboard: it is pressed as workers do, without Shift.
var digit = map[string]string{
	"0": "agrave", "1": "ampersand", "2": "eacute", "3": "quotedbl", "4": "apostrophe",
	"5": "parenleft", "6": "minus", "7": "egrave", "8": "underscore", "9": "ccedilla",
}

// digits presses keys of the digit row one after the other.
func (a *app) digits(names ...string) {
	a.t.Helper()
	for i, n := range names {
		names[i] = digit[n]
	}
	a.keys(names...)
}

// TestJourney is the main journey, on the real programs with real key events:
// a notebook is created, a diagnostic with two needs is begun, the power fails,
// the draft is found and finished, the notebook joins a team and sends, a
// second laptop receives, and its workbook counts the two needs.
func TestJourney(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a screen and half a minute")
	}
	d := newDesktop(t)
	p := buildPrograms(t)
	folder := t.TempDir()
	first, second, data := filepath.Join(folder, "maraude"), filepath.Join(folder, "coordination"), filepath.Join(folder, "server")
	url := p.server(data)

	coordination(p, second, p.invite(data, url, "nord", "coordinator"))
	before := needsOf(t, p, second)

	a := d.start(p.path("solidaren"), "--vault", first, "--lang", "fr")
	a.createNotebook()
	a.beginMaraude()
	a.kill() // half a sentence is on the screen

	a = d.start(p.path("solidaren"), "--vault", first, "--lang", "fr")
	a.unlock()
	a.shot("draft-found")
	a.finishDraft()
	a.joinAndSend(p.invite(data, url, "nord", "worker"))
	a.quit()

	if out := p.ctl(second, "sync"); out == "" {
		t.Error("sync said nothing")
	}
	checkNeeds(t, before, needsOf(t, p, second))
	checkAnswers(t, p, second)

	a = d.start(p.path("solidaren"), "--vault", second, "--lang", "fr")
	a.unlock()
	a.records()
	a.still()
	a.shot("second-laptop")
	a.keys("Return")
	a.title("Fiche")
	a.still()
	a.shot("second-laptop-record")
	a.keys("ctrl+" + digit["8"])
	a.title("Export")
	a.still()
	a.shot("export")
	a.quit()
}

func (a *app) createNotebook() {
	a.title("Bienvenue")
	a.still()
	a.digits("4") // without a team, for now
	a.title("Verrouillé")
	a.text(passphrase)
	a.keys("Return")
	a.text(passphrase)
	a.shot("create")
	a.keys("Return")
	a.title("Mise en route")
	a.still()
	a.shot("setup")
	a.keys("Escape") // the sheet can wait
	a.title("Aujourd'hui")
	a.still()
	a.shot("today")
}

func (a *app) unlock() {
	a.title("Verrouillé")
	a.text(passphrase)
	a.keys("Return")
	a.title("Aujourd'hui")
	a.still()
}

// beginMaraude fills the form up to the middle of a sentence.
func (a *app) beginMaraude() {
	a.keys("ctrl+m")
	a.title("Maraude")
	a.still()
	a.keys("ctrl+l", "a") // where: Le Blosne,
	a.digits("1")         // in the street
	a.digits("1")         // a conversation
	a.keys("Return")
	a.shot("encounter")
	a.digits("1") // told by word of mouth; screen 2 comes by itself
	a.digits("1") // anonymous
	a.keys("Next")
	a.digits("1", "2") // food, hygiene
	a.keys("Return")
	a.text("manger chaud et pouvoir se ")
	a.shot("needs")
	time.Sleep(time.Second) // typing is written at the latest half a second after a key
}

func (a *app) finishDraft() {
	a.keys("Return") // the first draft has the focus
	a.title("Maraude")
	a.still()
	a.keys("End")
	a.text("laver le dimanche")
	a.keys("Tab")
	a.digits("2") // within 72 hours
	a.shot("resumed")
	a.keys("ctrl+Return")
	a.title("Maraude")
	a.records()
	a.still()
	a.shot("records")
}

// records goes to the list of records by a few letters.
func (a *app) records() {
	a.keys("ctrl+k")
	a.text("fiches")
	a.keys("Return")
	a.title("Fiches")
}

func (a *app) joinAndSend(invite string) {
	a.keys("ctrl+" + digit["0"])
	a.title("Envoi")
	a.still()
	a.text(invite)
	a.shot("join")
	a.keys("ctrl+Return")
	a.still()
	a.keys("ctrl+Return") // send
	time.Sleep(5 * time.Second)
	a.still()
	a.shot("sent")
}

func (a *app) quit() {
	a.keysDown("ctrl+q")
	select {
	case <-a.done:
	case <-time.After(wait):
		a.t.Fatal("the app did not close")
	}
}

// coordination is the second laptop: a notebook with made-up people of the
// last year, in the same team.
func coordination(p *programs, vault, invite string) {
	p.ctl(vault, "vault", "create")
	p.ctl(vault, "demo", "fill", "--persons", "150", "--seed", "1", "--until", day(-1))
	p.ctl(vault, "enrol", invite)
	p.ctl(vault, "sync")
}

// day is the date some days from today.
func day(n int) string { return time.Now().AddDate(0, 0, n).Format(time.DateOnly) }

// sheets of the needs analysis and columns of its coverage table.
const (
	coverageSheet                = "07_Couverture"
	domainColumn, observedColumn = 1, 2
)

// needsOf exports the needs analysis of the last year and reads back how many
// needs of each domain it counts.
func needsOf(t *testing.T, p *programs, vault string) map[string]int {
	t.Helper()
	book := exported(t, p, vault, "needs", day(-365), "--audience", "group")
	rows, err := book.GetRows(coverageSheet)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, row := range rows {
		if len(row) <= observedColumn {
			continue
		}
		if n, err := strconv.Atoi(row[observedColumn]); err == nil {
			counts[row[domainColumn]] = n
		}
	}
	return counts
}

// exported writes a workbook from a day on and opens it.
func exported(t *testing.T, p *programs, vault, kind, from string, more ...string) *excelize.File {
	t.Helper()
	file := filepath.Join(t.TempDir(), kind+".xlsx")
	p.ctl(vault, append([]string{"export", kind, "--from", from, "--to", day(0), "--out", file}, more...)...)
	book, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	return book
}

// checkNeeds: each of the two needs counts one more, nothing else moved.
func checkNeeds(t *testing.T, before, after map[string]int) {
	t.Helper()
	want := maps.Clone(before)
	for line, more := range map[string]int{"Alimentation": 1, "Hygiène, laverie, toilettes": 1, "Ensemble des besoins": 2} {
		want[line] += more
	}
	// Themes share one label; the journey's two needs are of everyday life.
	delete(want, "Ensemble du thème")
	delete(after, "Ensemble du thème")
	if diff := cmp.Diff(want, after); diff != "" {
		t.Errorf("needs counted (-want +got):\n%s", diff)
	}
}

// checkAnswers: the second laptop holds the answers of the first one, the words
// that were typed before and after the power failed among them.
func checkAnswers(t *testing.T, p *programs, vault string) {
	t.Helper()
	book := exported(t, p, vault, "raw", day(0), "--texts")
	found := false
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			found = found || slices.Contains(row, "manger chaud et pouvoir se laver le dimanche")
		}
	}
	if !found {
		t.Error("the words of the diagnostic are not on the second laptop")
	}
}
