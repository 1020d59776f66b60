package directory

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"solidaren/diagnostics"
)

// Plan is what an import would do. Nothing is ever taken out: what the file
// does not name any more stays as it is, and is told.
type Plan struct {
	Create  []diagnostics.Record
	Update  []Change
	Same    int      // lines that say what the notebook knows
	Missing []string // names of actions of the notebook that the file does not hold
}

// Change is what a card is given.
type Change struct {
	ID, Type, Name string
	Set            diagnostics.Values
}

// Compare tells what brings the cards of a notebook to what a file says. Cards
// are known by their codes; "actor" of a wanted action is a code. A cell that
// is empty in the file empties nothing. A line that was checked later in the
// notebook than the file says keeps what was written there.
func Compare(cards, wanted []diagnostics.Record, today time.Time, by string) Plan {
	var p Plan
	ids := map[string]string{} // of actors by code
	known := map[string]diagnostics.Record{}
	for _, r := range current(cards) {
		known[r.Type+" "+r.Get("code")] = r
		if r.Type == diagnostics.TypeActor {
			ids[r.Get("code")] = r.ID
		}
	}
	day := today.Format(time.DateOnly)
	named := map[string]bool{}
	for _, r := range slices.SortedStableFunc(slices.Values(wanted), actorsFirst) {
		key := r.Type + " " + r.Get("code")
		named[key] = true
		set := maps.Clone(r.Fields)
		maps.DeleteFunc(set, func(_, value string) bool { return value == "" })
		if code := set["actor"]; code != "" {
			set["actor"] = ids[code]
		}
		old, there := known[key]
		if !there {
			r.ID, r.Fields = cmp.Or(r.ID, diagnostics.NewID()), set
			if r.Type == diagnostics.TypeActor {
				ids[r.Get("code")] = r.ID
			}
			stamp(set, set["checked_on"], day, by)
			p.Create = append(p.Create, r)
			continue
		}
		p.update(old, set, day, by)
	}
	for _, r := range current(cards) {
		if r.Type == diagnostics.TypeAction && !named[r.Type+" "+r.Get("code")] {
			p.Missing = append(p.Missing, r.Get("name"))
		}
	}
	return p
}

// actorsFirst: "actor" stands behind "action" by its letters.
func actorsFirst(a, b diagnostics.Record) int { return cmp.Compare(b.Type, a.Type) }

// update plans the change of a card that is there.
func (p *Plan) update(old diagnostics.Record, set diagnostics.Values, day, by string) {
	checked := set["checked_on"]
	if checked != "" && checked < old.Get("checked_on") {
		p.Same++ // the notebook knows better
		return
	}
	if checked == "" && old.Get("saturation") != "" {
		delete(set, "saturation") // nobody knows of when the file's is
	}
	maps.DeleteFunc(set, func(field, value string) bool { return value == old.Get(field) })
	delete(set, "checked_on")
	if len(set) == 0 {
		if checked != "" && checked != old.Get("checked_on") {
			p.Update = append(p.Update, Change{old.ID, old.Type, old.Get("name"), diagnostics.Values{"checked_on": checked, "checked_by": by}})
			return
		}
		p.Same++
		return
	}
	told(old, set, day)
	stamp(set, checked, day, by)
	p.Update = append(p.Update, Change{old.ID, old.Type, old.Get("name"), set})
}

// stamp dates what is written.
func stamp(set diagnostics.Values, checked, day, by string) {
	set["checked_on"] = cmp.Or(checked, day)
	set["checked_by"] = by
	if set["saturation"] != "" && set["saturation_on"] == "" {
		set["saturation_on"] = set["checked_on"]
	}
}

// silent are the fields whose change is news to nobody.
var silent = []string{"checked_on", "checked_by", "changed", "changed_on", "saturation_on", "code", "demo", "actor", "name_en"}

// told notes which fields a change puts right, so that teams hear of it.
func told(old diagnostics.Record, set diagnostics.Values, day string) {
	var fields []string
	for _, field := range slices.Sorted(maps.Keys(set)) {
		if !slices.Contains(silent, field) && set[field] != old.Get(field) {
			fields = append(fields, field)
		}
	}
	if len(fields) > 0 {
		set["changed"], set["changed_on"] = strings.Join(fields, " "), day
	}
}

// Correct is the change by which a team puts fields of a card right, or says
// that all of it still holds (no field). It is dated and signed.
func Correct(old diagnostics.Record, set diagnostics.Values, today time.Time, by string) diagnostics.Values {
	day := today.Format(time.DateOnly)
	set = maps.Clone(set)
	if set == nil {
		set = diagnostics.Values{}
	}
	maps.DeleteFunc(set, func(field, value string) bool { return field != "saturation" && value == old.Get(field) })
	told(old, set, day)
	if set["saturation"] != "" {
		set["saturation_on"] = day
	}
	set["checked_on"], set["checked_by"] = day, by
	return set
}

// News gives the entries that were put right since a day, the latest first.
func (d *Directory) News(since time.Time) []Entry {
	var out []Entry
	for _, e := range d.Entries {
		if on := e.Action.Time("changed_on"); !on.IsZero() && !on.Before(since) {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b Entry) int {
		return cmp.Compare(b.Action.Get("changed_on"), a.Action.Get("changed_on"))
	})
	return out
}
