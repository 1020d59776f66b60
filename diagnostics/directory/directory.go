// Package directory is "who does what": the actors of the territory and what
// they offer, put together from the cards of a notebook, searched as one types,
// filtered, and compared with a file that is imported.
//
// It works on what it is given, in memory. It holds organisations only: it
// knows no person, ranks no action, and never says that something is open when
// it cannot read the hours.
package directory

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"slices"
	"strings"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/likeness"
)

// Entry is one action with the actor that offers it.
type Entry struct {
	Action, Actor diagnostics.Record

	text  string // all its words, folded, each behind a space
	sort  string // its name and its actor's, folded
	hours Hours
	known bool // the hours could be read
}

// Directory is all actors and actions.
type Directory struct {
	Entries []Entry              // by name
	Actors  []diagnostics.Record // by name
}

// New puts the cards together. Of two cards of one code, made on two laptops
// that did not know of each other, the one checked last stands. An action
// without a known actor stands by itself.
func New(cards []diagnostics.Record) *Directory {
	d := &Directory{}
	actors := map[string]diagnostics.Record{}   // by id
	standing := map[string]diagnostics.Record{} // by code
	var actions []diagnostics.Record
	for _, r := range current(cards) {
		switch r.Type {
		case diagnostics.TypeActor:
			d.Actors = append(d.Actors, r)
			standing[r.Get("code")] = r
		case diagnostics.TypeAction:
			actions = append(actions, r)
		}
	}
	for _, r := range cards {
		if r.Type == diagnostics.TypeActor {
			actors[r.ID] = r
			if s, ok := standing[r.Get("code")]; ok {
				actors[r.ID] = s
			}
		}
	}
	f := folder{folded: map[string]string{}, hours: map[string]Hours{}}
	for _, a := range actions {
		d.Entries = append(d.Entries, f.entry(a, actors[a.Get("actor")]))
	}
	slices.SortStableFunc(d.Actors, func(a, b diagnostics.Record) int { return cmp.Compare(f.fold(a.Get("name")), f.fold(b.Get("name"))) })
	slices.SortStableFunc(d.Entries, func(a, b Entry) int { return cmp.Compare(a.sort, b.sort) })
	return d
}

// folder reads each text once: the words of codes, the names of actors and
// opening hours stand in many entries.
type folder struct {
	folded map[string]string
	hours  map[string]Hours // those that can be read
}

func (f folder) fold(text string) string {
	folded, ok := f.folded[text]
	if !ok && text != "" {
		folded = " " + strings.Join(likeness.Fold(text), " ")
		f.folded[text] = folded
	}
	return folded
}

func (f folder) parse(text string) (h Hours, known bool) {
	if h, known = f.hours[text]; known || text == "" {
		return h, known
	}
	h, err := ParseHours(text)
	if err == nil {
		f.hours[text] = h
	}
	return h, err == nil
}

// current leaves one card of each type and code.
func current(cards []diagnostics.Record) []diagnostics.Record {
	type key struct{ recordType, code string }
	at := map[key]int{}
	var out []diagnostics.Record
	for _, r := range cards {
		k := key{r.Type, r.Get("code")}
		i, twice := at[k]
		switch {
		case r.Get("name") == "" && k.code == "": // made by mistake
		case !twice || k.code == "":
			at[k] = len(out)
			out = append(out, r)
		case stands(r, out[i]):
			out[i] = r
		}
	}
	return out
}

func stands(a, b diagnostics.Record) bool {
	return cmp.Or(cmp.Compare(a.Get("checked_on"), b.Get("checked_on")), -cmp.Compare(a.ID, b.ID)) > 0
}

// animalWords find what takes animals in.
const animalWords = " animal animaux animals chien chiens chat dog dogs cat pet pets"

func (f folder) entry(action, actor diagnostics.Record) Entry {
	e := Entry{Action: action, Actor: actor, sort: f.fold(action.Get("name")) + f.fold(actor.Get("name"))}
	var b strings.Builder
	for _, text := range []string{
		action.Get("name"), action.Get("name_en"), actor.Get("name"), action.Get("description"), actor.Get("description"),
		e.Get("address"), action.Get("conditions"), strings.ReplaceAll(e.Get("phone"), " ", ""),
	} {
		b.WriteString(f.fold(text))
	}
	for _, list := range []struct{ field, list string }{
		{"needs", "need_domain"}, {"publics", "public"}, {"districts", "district"},
	} {
		for _, code := range e.List(list.field) {
			b.WriteString(f.fold(code))
			b.WriteString(f.fold(diagnostics.Label(list.list, code, "fr")))
			b.WriteString(f.fold(diagnostics.Label(list.list, code, "en")))
		}
	}
	if action.Get("animals") == "yes" {
		b.WriteString(animalWords)
	}
	e.text = b.String()
	e.hours, e.known = f.parse(e.Get("opening_hours"))
	return e
}

// shared are the fields that an action has from its actor where it has none of
// its own.
var shared = []string{"phone", "address", "opening_hours", "districts"}

// Get gives a field of the action, or the one of its actor that stands for it.
func (e Entry) Get(field string) string {
	if text := e.Action.Get(field); text != "" || !slices.Contains(shared, field) {
		return text
	}
	return e.Actor.Get(field)
}

// List gives the codes of a field, as Get.
func (e Entry) List(field string) []string { return strings.Fields(e.Get(field)) }

// Open tells whether it is open at a moment of local time, and when that
// changes. known is false where no hours are written, or none that can be read.
// What is closed until further notice or has stopped is not open.
func (e Entry) Open(t time.Time) (open, known bool, change time.Time) {
	if e.Shut() {
		return false, true, time.Time{}
	}
	if !e.known {
		return false, false, time.Time{}
	}
	open, change = e.hours.OpenAt(t)
	return open, true, change
}

// Codes of saturation and phase that more than words depend on.
const (
	Closed  = "closed"
	Stopped = "stopped"
)

// CheckedOn is the last day on which something of the entry was seen to be
// true, zero if that was never noted.
func (e Entry) CheckedOn() time.Time {
	return latest(e.Action.Time("checked_on"), e.Action.Time("saturation_on"))
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// Label gives the name of an action by its code, in the language.
func (d *Directory) Label(code, lang string) (string, bool) {
	e, ok := d.Find(code)
	if !ok {
		return "", false
	}
	return diagnostics.Text{FR: e.Action.Get("name"), EN: e.Action.Get("name_en")}.In(lang), true
}

// Find gives the entry of an action by its code.
func (d *Directory) Find(code string) (Entry, bool) {
	i := slices.IndexFunc(d.Entries, func(e Entry) bool { return e.Action.Get("code") == code })
	if i < 0 {
		return Entry{}, false
	}
	return d.Entries[i], true
}

// Of gives the actions of an actor.
func (d *Directory) Of(actorID string) []Entry {
	var out []Entry
	for _, e := range d.Entries {
		if e.Actor.ID == actorID {
			out = append(out, e)
		}
	}
	return out
}

// themes are those of the needs (DOMAIN.md §2.3).
func (e Entry) themes() string {
	var themes []string
	for _, code := range e.List("needs") {
		if need, ok := diagnostics.FindCode("need_domain", code); ok && need.Theme != "" && !slices.Contains(themes, need.Theme) {
			themes = append(themes, need.Theme)
		}
	}
	return strings.Join(themes, " ")
}

// CSV is the directory as the questionnaires choose from it: actions.csv, with
// the columns that their filters may use. What has stopped is not offered.
func (d *Directory) CSV() ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	rows := [][]string{{"name", "label", "label_en", "actor", "themes", "needs", "district", "publics", "animals", "opening_hours", "saturation"}}
	for _, e := range d.Entries {
		if e.Action.Get("phase") == Stopped || e.Action.Get("code") == "" {
			continue
		}
		fr := e.Action.Get("name")
		rows = append(rows, []string{
			e.Action.Get("code"), fr, cmp.Or(e.Action.Get("name_en"), fr), e.Actor.Get("name"), e.themes(), e.Get("needs"),
			e.Get("districts"), cmp.Or(e.Get("publics"), "all"), cmp.Or(e.Get("animals"), "unknown"), e.Get("opening_hours"), cmp.Or(e.Get("saturation"), "unknown"),
		})
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
