package directory

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/likeness"
)

// longestKey keeps keys readable.
const longestKey = 60

// Key makes the key of a line from a name: the same name has the same key at
// every import.
func Key(name string) string {
	key := strings.Join(likeness.Fold(name), "_")
	return key[:min(len(key), longestKey)]
}

// Add plans a new action, and its actor where that is unknown, and gives the
// code of the action. Errors: invalid (a name is missing), conflict (the actor
// has an action of this name).
func (d *Directory) Add(name, actor string, today time.Time, by string) (Plan, string, error) {
	name, actor = strings.TrimSpace(name), strings.TrimSpace(actor)
	if Key(name) == "" || Key(actor) == "" {
		return Plan{}, "", diagnostics.E("directory.Add", diagnostics.CodeInvalid,
			"Il faut le nom de l'action et celui de l'acteur.", "The name of the action and that of the actor are needed.", nil)
	}
	var p Plan
	day := today.Format(time.DateOnly)
	card := d.actorNamed(actor)
	if card.ID == "" {
		card = diagnostics.Record{ID: diagnostics.NewID(), Type: diagnostics.TypeActor, Fields: diagnostics.Values{
			"code": d.free(diagnostics.TypeActor, Key(actor)), "name": actor,
		}}
		stamp(card.Fields, "", day, by)
		p.Create = append(p.Create, card)
	}
	for _, e := range d.Of(card.ID) {
		if Key(e.Action.Get("name")) == Key(name) {
			return Plan{}, "", diagnostics.E("directory.Add", diagnostics.CodeConflict,
				"Cet acteur a déjà une action de ce nom.", "This actor has an action of this name already.", nil)
		}
	}
	code := d.free(diagnostics.TypeAction, Key(card.Get("code")+" "+name))
	action := diagnostics.Record{ID: diagnostics.NewID(), Type: diagnostics.TypeAction, Fields: diagnostics.Values{
		"code": code, "name": name, "actor": card.ID, "changed": "name", "changed_on": day,
	}}
	stamp(action.Fields, "", day, by)
	p.Create = append(p.Create, action)
	return p, code, nil
}

// actorNamed finds an actor by the name, however it is written.
func (d *Directory) actorNamed(name string) diagnostics.Record {
	for _, a := range d.Actors {
		if Key(a.Get("name")) == Key(name) {
			return a
		}
	}
	return diagnostics.Record{}
}

// free gives a key that no other line has.
func (d *Directory) free(recordType, key string) string {
	for n := 2; ; n++ {
		candidate := key
		if n > 2 {
			candidate = fmt.Sprintf("%s_%d", key, n-1)
		}
		taken := slices.ContainsFunc(d.Actors, func(a diagnostics.Record) bool { return a.Get("code") == candidate })
		if recordType == diagnostics.TypeAction {
			_, taken = d.Find(candidate)
		}
		if !taken {
			return candidate
		}
	}
}

// Unmake plans to take back what a plan made: a card without a name and a key
// was made by mistake and stands in no list.
func Unmake(p Plan) Plan {
	var back Plan
	for _, r := range p.Create {
		back.Update = append(back.Update, Change{r.ID, r.Type, r.Get("name"), diagnostics.Values{"name": "", "code": "", "changed": "", "changed_on": ""}})
	}
	return back
}

// Undo plans to take back changes of cards.
func Undo(cards []diagnostics.Record, p Plan) Plan {
	var back Plan
	for _, c := range p.Update {
		i := slices.IndexFunc(cards, func(r diagnostics.Record) bool { return r.ID == c.ID })
		if i < 0 {
			continue
		}
		set := diagnostics.Values{}
		for field := range c.Set {
			set[field] = cards[i].Get(field)
		}
		back.Update = append(back.Update, Change{c.ID, c.Type, c.Name, set})
	}
	return back
}

// Put plans to put one field of a card right, dated and signed. Errors: invalid
// (no name is left, or the value does not fit the field).
func Put(card diagnostics.Record, field, value string, today time.Time, by string) (Plan, error) {
	value = strings.TrimSpace(value)
	if field == "name" && value == "" {
		return Plan{}, diagnostics.E("directory.Put", diagnostics.CodeInvalid,
			"Un nom est nécessaire pour qu'on s'y retrouve.", "A name is needed for people to find it.", nil)
	}
	set := Correct(card, diagnostics.Values{field: value}, today, by)
	err := diagnostics.Record{Type: card.Type, Fields: set}.Validate()
	return Plan{Update: []Change{{card.ID, card.Type, card.Get("name"), set}}}, err
}

// Shut plans to close entries until further notice, or to open them again: how
// full they are is then to be found out.
func Shut(entries []Entry, shut bool, today time.Time, by string) Plan {
	var p Plan
	for _, e := range entries {
		set := diagnostics.Values{"saturation": Closed}
		if !shut {
			set = diagnostics.Values{"saturation": "unknown"}
			if e.Action.Get("phase") == Stopped {
				set["phase"] = "running"
			}
		}
		if e.Shut() != shut {
			p.Update = append(p.Update, Change{e.Action.ID, e.Action.Type, e.Action.Get("name"), Correct(e.Action, set, today, by)})
		}
	}
	return p
}

// Shut reports whether it is closed until further notice, or has stopped.
func (e Entry) Shut() bool {
	return e.Action.Get("saturation") == Closed || e.Action.Get("phase") == Stopped
}
