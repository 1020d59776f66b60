package directory_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/directory"
)

var zone = func() *time.Location {
	z, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		panic(err)
	}
	return z
}()

func at(text string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", text, zone)
	if err != nil {
		panic(err)
	}
	return t
}

func TestOpeningHours(t *testing.T) {
	const week = "Mo-Fr 09:00-12:00,14:00-17:00; Sa 10:00-12:00; PH off"
	for _, c := range []struct {
		hours, when string
		open        bool
		change      string // "" for none
	}{
		{week, "2026-11-24 09:00", true, "2026-11-24 12:00"},
		{week, "2026-11-24 12:00", false, "2026-11-24 14:00"},
		{week, "2026-11-28 13:00", false, "2026-11-30 09:00"},
		{week, "2026-11-11 10:00", false, "2026-11-12 09:00"}, // Armistice
		{week, "2026-05-14 10:00", false, "2026-05-15 09:00"}, // Ascension
		{week, "2026-04-06 10:00", false, "2026-04-07 09:00"}, // Easter Monday
		{"24/7", "2026-12-25 03:00", true, ""},
		{"Mo-Su 20:00-08:00", "2026-11-24 07:59", true, "2026-11-24 08:00"},
		{"Mo-Su 20:00-08:00", "2026-11-24 08:00", false, "2026-11-24 20:00"},
		{"Fr 20:00-02:00", "2026-11-28 01:00", true, "2026-11-28 02:00"},
		{"Sa-Mo 10:00-11:00", "2026-11-29 10:30", true, "2026-11-29 11:00"},
		{"Mo-Fr 09:00-17:00; We off", "2026-11-25 10:00", false, "2026-11-26 09:00"},
		{"Lu-Ve 9h-12h30, 14h-17h", "2026-11-24 12:15", true, "2026-11-24 12:30"},
		{"lundi, mercredi 14h à 16h", "2026-11-25 15:00", true, "2026-11-25 16:00"},
		{"Mo-Su 01:00-04:00", "2026-03-29 03:30", true, "2026-03-29 04:00"}, // the night of summer time
		{"off", "2026-11-25 10:00", false, ""},
	} {
		h, err := directory.ParseHours(c.hours)
		if err != nil {
			t.Errorf("%s: %v", c.hours, err)
			continue
		}
		open, change := h.OpenAt(at(c.when))
		got := ""
		if !change.IsZero() {
			got = change.Format("2006-01-02 15:04")
		}
		if open != c.open || got != c.change {
			t.Errorf("%s at %s: open %v until %q, want %v %q", c.hours, c.when, open, got, c.open, c.change)
		}
	}
	for _, wrong := range []string{
		"sur rendez-vous", "Mo-Xx 09:00-12:00", "Mo 9-", "Mo 25:00-26:00", "Dec-Feb Mo 09:00-12:00",
		"Mo[1] 09:00-12:00", "PH 10:00-12:00", "Mo-Fr", "week 1-10 09:00-10:00",
	} {
		if _, err := directory.ParseHours(wrong); err == nil {
			t.Errorf("%q was read", wrong)
		}
	}
}

func FuzzHours(f *testing.F) {
	f.Add("Mo-Fr 09:00-12:00,14:00-17:00; PH off", int64(1764000000))
	f.Fuzz(func(t *testing.T, text string, unix int64) {
		h, err := directory.ParseHours(text)
		if err != nil {
			return
		}
		now := time.Unix(unix%4e9, 0).In(zone)
		if open, change := h.OpenAt(now); open && !change.IsZero() && !change.After(now) {
			t.Errorf("%q: open at %s until %s", text, now, change)
		}
	})
}

func card(recordType, id string, fields ...string) diagnostics.Record {
	r := diagnostics.Record{ID: id, Type: recordType, Fields: diagnostics.Values{"code": id, "name": id}}
	for i := 0; i+1 < len(fields); i += 2 {
		r.Fields[fields[i]] = fields[i+1]
	}
	return r
}

func small() *directory.Directory {
	return directory.New([]diagnostics.Record{
		card("actor", "quai", "name", "Le Quai Ouvert", "phone", "02 61 91 00 01", "districts", "q01", "opening_hours", "Mo-Fr 09:00-17:00"),
		card("action", "jour", "name", "Accueil de jour", "actor", "quai", "needs", "listening hygiene", "publics", "errance", "animals", "yes", "saturation", "tense"),
		card("action", "epicerie", "name", "Épicerie sociale", "actor", "quai", "needs", "food", "districts", "q11", "opening_hours", "sur rendez-vous"),
		card("action", "maraude", "name", "Maraude", "needs", "food", "districts", "q99", "opening_hours", "24/7"),
		card("action", "bains", "name", "Bains-douches", "actor", "quai", "needs", "hygiene", "saturation", "closed", "phone", "02 61 91 00 02"),
	})
}

func found(d *directory.Directory, f directory.Filter) string {
	var codes []string
	for _, i := range d.Search(f, 0) {
		codes = append(codes, d.Entries[i].Action.Get("code"))
	}
	return strings.Join(codes, " ")
}

func TestSearch(t *testing.T) {
	d, tuesday := small(), at("2026-11-24 10:00")
	for _, c := range []struct {
		name string
		f    directory.Filter
		want string
	}{
		{"all, by name", directory.Filter{}, "jour bains epicerie maraude"},
		{"accents", directory.Filter{Text: "EPICERIE"}, "epicerie"},
		{"the beginning of a word of the need", directory.Filter{Text: "alim"}, "epicerie maraude"},
		{"inside a word", directory.Filter{Text: "douch"}, "bains"},
		{"two words of two things", directory.Filter{Text: "quai chien"}, "jour"},
		{"a district by its name", directory.Filter{Text: "blosne"}, "epicerie"},
		{"in English", directory.Filter{Text: "food"}, "epicerie maraude"},
		{"a number", directory.Filter{Text: "0261910002"}, "bains"},
		{"nothing", directory.Filter{Text: "piscine"}, ""},
		{"district: there, everywhere, or its actor's", directory.Filter{District: "q01"}, "jour bains maraude"},
		{"public: for them or for all", directory.Filter{Public: "very_low"}, "bains epicerie maraude"},
		{"need", directory.Filter{Need: "hygiene"}, "jour bains"},
		{"animals only where they are told", directory.Filter{Animals: true}, "jour"},
		{"open: not what is closed, nor unread hours", directory.Filter{OpenAt: tuesday}, "jour maraude"},
		{"all together", directory.Filter{Text: "quai", Need: "listening", District: "q01", OpenAt: tuesday}, "jour"},
	} {
		if got := found(d, c.f); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	if e, _ := d.Find("jour"); e.Get("phone") != "02 61 91 00 01" {
		t.Error("an action has no number of its actor's")
	}
}

func TestDoublesOfOneCodeAreOne(t *testing.T) {
	d := directory.New([]diagnostics.Record{
		card("actor", "a1", "code", "quai"), card("actor", "a2", "code", "quai", "phone", "02 61 91 00 09", "checked_on", "2026-11-01"),
		card("action", "x", "code", "jour", "actor", "a1", "checked_on", "2026-10-01"),
		card("action", "y", "code", "jour", "actor", "a1", "checked_on", "2026-11-02"),
	})
	if len(d.Entries) != 1 || d.Entries[0].Action.ID != "y" || d.Entries[0].Get("phone") != "02 61 91 00 09" || len(d.Actors) != 1 {
		t.Errorf("got %+v", d)
	}
}

func wanted() []diagnostics.Record {
	return []diagnostics.Record{
		{Type: "action", Fields: diagnostics.Values{"code": "jour", "name": "Accueil de jour", "actor": "quai", "saturation": "ok"}},
		{Type: "actor", Fields: diagnostics.Values{"code": "quai", "name": "Le Quai"}},
	}
}

func apply(cards []diagnostics.Record, p directory.Plan) []diagnostics.Record {
	cards = append(slices.Clone(cards), p.Create...)
	for _, c := range p.Update {
		for i := range cards {
			if cards[i].ID == c.ID {
				for field, value := range c.Set {
					cards[i].Fields[field] = value
				}
			}
		}
	}
	return cards
}

func TestImportTwiceDoublesNothing(t *testing.T) {
	today := at("2026-11-24 10:00")
	first := directory.Compare(nil, wanted(), today, "nord")
	if len(first.Create) != 2 || first.Create[0].Type != "actor" || first.Create[1].Get("actor") != first.Create[0].ID {
		t.Fatalf("got %+v", first)
	}
	if got := first.Create[1]; got.Get("checked_on") != "2026-11-24" || got.Get("checked_by") != "nord" || got.Get("changed") != "" {
		t.Errorf("a new line: %v", got.Fields)
	}
	cards := apply(nil, first)
	again := directory.Compare(cards, wanted(), today, "nord")
	if len(again.Create)+len(again.Update) != 0 || again.Same != 2 {
		t.Errorf("the same file again: %+v", again)
	}
	changed := wanted()
	changed[0].Fields["phone"], changed[0].Fields["name"] = "02 61 91 00 03", "Accueil du Quai"
	third := directory.Compare(cards, changed, today.AddDate(0, 0, 7), "sud")
	if len(third.Update) != 1 || third.Update[0].Set["changed"] != "name phone" || third.Update[0].Set["changed_on"] != "2026-12-01" {
		t.Errorf("a changed line: %+v", third)
	}
	gone := directory.Compare(cards, nil, today, "")
	if len(gone.Create)+len(gone.Update) != 0 || !slices.Equal(gone.Missing, []string{"Accueil de jour"}) {
		t.Errorf("an empty file: %+v", gone)
	}
}

// What a worker saw at the door is not undone by an older file, nor by one that
// does not say when it was checked.
func TestAnImportDoesNotUndoWhatWasSeenLater(t *testing.T) {
	cards := apply(nil, directory.Compare(nil, wanted(), at("2026-11-01 10:00"), ""))
	for i := range cards {
		if cards[i].Type == "action" {
			set := directory.Correct(cards[i], diagnostics.Values{"saturation": "closed"}, at("2026-11-23 10:00"), "nord")
			for field, value := range set {
				cards[i].Fields[field] = value
			}
		}
	}
	saturation := func(cards []diagnostics.Record) string {
		return directory.New(cards).Entries[0].Action.Get("saturation")
	}
	if news := directory.New(cards).News(at("2026-11-20 00:00")); len(news) != 1 || news[0].Action.Get("changed") != "saturation" {
		t.Errorf("news: %+v", news)
	}
	if got := saturation(apply(cards, directory.Compare(cards, wanted(), at("2026-11-24 10:00"), ""))); got != "closed" {
		t.Errorf("an undated file makes it %s", got)
	}
	dated := wanted()
	dated[0].Fields["checked_on"] = "2026-11-10"
	if got := saturation(apply(cards, directory.Compare(cards, dated, at("2026-11-24 10:00"), ""))); got != "closed" {
		t.Errorf("an older file makes it %s", got)
	}
	dated[0].Fields["checked_on"] = "2026-11-24"
	if got := saturation(apply(cards, directory.Compare(cards, dated, at("2026-11-24 12:00"), ""))); got != "ok" {
		t.Errorf("a newer file leaves it %s", got)
	}
}

func TestCSVIsWhatFormsChooseFrom(t *testing.T) {
	d := directory.New([]diagnostics.Record{
		card("action", "jour", "name", "Accueil, de jour", "name_en", "Day centre", "needs", "hygiene food work"), card("action", "fini", "phase", "stopped"),
	})
	csv, err := d.CSV()
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Split(strings.TrimSpace(string(csv)), "\n"); len(lines) != 2 ||
		!strings.HasPrefix(lines[0], "name,label,label_en,") || !strings.HasPrefix(lines[1], `jour,"Accueil, de jour",Day centre,,V S,hygiene food work,,all,unknown,,unknown`) {
		t.Errorf("got %s", csv)
	}
}
