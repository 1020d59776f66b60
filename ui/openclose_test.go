package ui

import (
	"fmt"
	"os"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"solidaren/assets"
	"solidaren/diagnostics"
	"solidaren/ui/model"
)

// passage is one way into a screen and out of it again.
type passage struct {
	name string
	walk func(*office)
	dear bool // takes seconds
}

// passages are those that an office in each state has.
var passages = map[string]func(*office) []passage{
	full: func(o *office) []passage {
		return append(append(rooms(), forms()...), append(cards(o), dialogs()...)...)
	},
	locked: func(*office) []passage {
		return []passage{
			{"lock screen", (*office).fronts, false},
			{"sealed capture", (*office).seals, false},
			{"unlocking and locking", (*office).unlocks, true},
		}
	},
	fresh: func(*office) []passage { return []passage{{"new notebook", (*office).fronts, false}} },
	unmet: func(*office) []passage { return []passage{{"welcome", (*office).fronts, false}} },
}

// rooms are the places, each made, left, visited again and closed, and the
// whole window as each role sees it.
func rooms() []passage {
	var all []passage
	for _, p := range places {
		beside := roomToday
		if p.name == roomToday {
			beside = roomSettings
		}
		all = append(all, passage{"room " + p.name, func(o *office) {
			for _, name := range []string{p.name, beside, p.name, beside} {
				o.Go(name)
				o.settle()
			}
			o.forget(o.fixed[p.name])
			delete(o.fixed, p.name)
		}, false})
	}
	for _, role := range diagnostics.Roles() {
		all = append(all, passage{"all rooms of " + string(role), func(o *office) {
			o.playAs(role)
			for _, p := range places {
				o.Go(p.name)
				o.settle()
			}
			o.playAs("")
			o.settle()
		}, false})
	}
	return all
}

// forms are blank ones, and one that goes to the search of persons and back.
func forms() []passage {
	var all []passage
	for _, id := range assets.FormIDs() {
		all = append(all, there("form "+id, func(o *office) { o.StartForm(id) }))
	}
	return append(all,
		there("form shown before use", (*office).previews),
		there("search of a person from a form", func(o *office) {
			o.StartForm("entretien")
			o.settle()
			o.FindPerson()
			o.settle()
			o.Back()
		}))
}

// cards are screens of one thing.
func cards(o *office) []passage {
	record, draft := o.finished()[0].ID, o.draft("entretien")
	household := o.add(diagnostics.TypeHousehold, diagnostics.Values{"adults": "1"})
	return []passage{
		there("record", func(o *office) { o.OpenRecord(record) }),
		there("correction of a record", func(o *office) { o.Correct(record) }),
		there("draft", func(o *office) { o.Resume(draft) }),
		there("person", func(o *office) { o.OpenPerson(o.nadia) }),
		there("rectification", func(o *office) { o.Rectify(o.nadia) }),
		there("household", func(o *office) { o.showHousehold(household) }),
		there("what to try in the demo", (*office).showTries),
		{"search of persons", func(o *office) {
			o.Go(roomPersons)
			o.settle()
			o.press("Ctrl+a", "Delete")
			o.keys.Type("nad")
			o.settle()
			o.Go(roomToday)
			o.settle()
		}, false},
		{"topics of the notebook's safety", func(o *office) {
			o.safe(4)
			o.Go(roomToday)
			o.settle()
		}, false},
		{"language", func(o *office) {
			for _, language := range []string{"en", "fr"} {
				o.settings.SetLanguage(language)
				o.settle()
			}
		}, false},
	}
}

// dialogs are what stands over a room.
func dialogs() []passage {
	return []passage{
		over("palette", func(o *office) { o.press("Ctrl+k"); o.keys.Type("nad") }),
		over("keys of a room", func(o *office) { o.press("Ctrl+Shift+h") }),
		over("about", (*office).showAbout),
		over("error", func(o *office) {
			o.Fail("test", diagnostics.E("test", diagnostics.CodeInternal, "Rien.", "Nothing.", nil))
		}),
	}
}

// there is a screen that one goes to and comes back from.
func there(name string, open func(*office)) passage {
	return passage{name, func(o *office) {
		open(o)
		o.settle()
		o.Back()
		o.settle()
	}, false}
}

// over is a dialog over a room.
func over(name string, open func(*office)) passage {
	return passage{name, func(o *office) {
		open(o)
		o.settle()
		if !o.modals.Open() {
			o.t.Fatalf("%s does not open", name)
		}
		o.press("Escape")
		if o.modals.Open() {
			o.t.Fatalf("%s stays open", name)
		}
	}, false}
}

// fronts leaves what is in front of no notebook, and shows it again.
func (o *office) fronts() {
	o.room.Close()
	o.showFront()
	o.settle()
}

// previews shows the first questionnaire of the list.
func (o *office) previews() {
	o.t.Helper()
	list := model.NewQuestionnaires(o.desk)
	list.Open()
	defer list.Close()
	list.Load()
	o.settle()
	preview, err := list.Preview(0)
	if err != nil {
		o.t.Fatal(err)
	}
	o.PreviewForm(preview)
}

func (o *office) seals() {
	o.press("Enter")
	if o.sealing == nil {
		o.t.Fatal("nothing can be written")
	}
	o.stopSealing()
	o.settle()
}

func (o *office) unlocks() {
	o.unlock()
	for o.modals.Open() {
		o.press("Escape")
	}
	o.Lock()
	o.settle()
}

// held is what the program keeps.
type held struct {
	bytes, objects int64
	goroutines     int
}

// holds counts it when what Fyne remembers of things that are gone has been
// forgotten: its caches are cleaned as it paints, of what a minute has not
// touched. The clock is that of the bubble.
func (o *office) holds() held {
	o.settle()
	time.Sleep(5 * time.Minute)
	synctest.Wait()
	o.settle()
	o.window.Canvas().Capture()
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return held{int64(m.HeapAlloc), int64(m.HeapObjects), runtime.NumGoroutine()}
}

// What may be kept in addition, for tables of the runtime, of the store and of Fyne
// that grow to the size they need: bytes and objects, and objects a round.
const (
	slack  = 1 << 20
	tables = 500
	aRound = 4
)

// many walks a passage over and over, and holds what is kept afterwards against
// what was kept before.
func (o *office) many(p passage, rounds int) {
	o.t.Helper()
	for range min(60, rounds) {
		p.walk(o)
	}
	before := o.holds()
	for range rounds {
		p.walk(o)
	}
	after := o.holds()
	more := held{after.bytes - before.bytes, after.objects - before.objects, after.goroutines - before.goroutines}
	kept := fmt.Sprintf("%+.1f KiB, %+d objects, %+d goroutines", float64(more.bytes)/1024, more.objects, more.goroutines)
	o.t.Logf("%-32s %d rounds: %s", p.name, rounds, kept)
	if more.bytes > slack || more.objects > tables+aRound*int64(rounds) || more.goroutines > 0 {
		o.t.Errorf("%s: %d rounds leave %s", p.name, rounds, kept)
	}
}

// TestOpenAndCloseLeavesNothing opens and closes every screen again and again,
// 500 times by make torture: heap and goroutines stay what they were.
//
// Other colours and sizes of text are no screen and not among the passages: Fyne
// 2.8.1 keeps the fonts that it reads for each theme.
func TestOpenAndCloseLeavesNothing(t *testing.T) {
	rounds, dear := 10, 2
	if os.Getenv("SOLIDAREN_TORTURE") != "" {
		rounds, dear = 500, 500
	}
	for state, of := range passages {
		t.Run(state, func(t *testing.T) {
			timeless(t, func(t *testing.T) {
				o := officeOf(t, state)
				for _, p := range of(o) {
					if p.dear {
						o.many(p, dear)
					} else {
						o.many(p, rounds)
					}
				}
			})
		})
	}
}

// latest is the time that Fyne's caches have seen: that of the system, then
// that of the bubbles.
var latest = time.Now()

// timeless runs a test in a bubble where waiting takes no time. Clocks never go
// back from one bubble to the next.
func timeless(t *testing.T, test func(*testing.T)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(latest.Add(time.Hour)))
		test(t)
		latest = time.Now()
	})
}
