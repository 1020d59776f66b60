package intake

import (
	"slices"
	"strings"
	"time"

	"solidaren/diagnostics"
)

// personCard finds or makes the card of the person whose code was given, and
// the card of the household. Without a code, with the link "anon", or where no
// information could be given, the encounter stays anonymous and every answer
// about the person's card is dropped.
func (r *reader) personCard() error {
	code := r.seen.first(diagnostics.TypePerson, "code")
	if code == "" || r.seen.first(diagnostics.TypePerson, "link") == "anon" ||
		r.seen.first(diagnostics.TypeEncounter, "info_given") == "not_possible" {
		return nil
	}
	id, known := r.find(code)
	if !known && !diagnostics.CheckPersonCode(code) {
		return &diagnostics.Error{Op: "intake.Read", Code: diagnostics.CodeInvalid, Field: "person.code", Msg: diagnostics.Text{
			FR: "Ce code de personne n'est pas juste : son dernier caractère, qui contrôle les autres, ne correspond pas. Relisez-le.",
			EN: "This person's code is not right: its last character, which checks the others, does not fit. Read it again.",
		}}
	}
	if !known {
		id = r.NewID()
	}
	r.person = id
	present := r.card(id)
	r.householdCard(present)
	v := r.seen.of(diagnostics.TypePerson).values("")
	delete(v, link.Name)
	for name, value := range v {
		v[name] = without(value, "dk", "rf") // not knowing does not wipe out what was known
	}
	r.knownPublics(v, present)
	v["code"], v["household"] = code, r.household
	r.contact(v, present, known)
	r.add(diagnostics.TypePerson, id, v)
	return nil
}

// knownPublics puts what the form says of the person's publics together with
// what the card says: an answer takes its place, a deduction is added to it.
// What results holds for every record of the submission.
func (r *reader) knownPublics(v diagnostics.Values, present diagnostics.Record) {
	asked := slices.ContainsFunc(r.seen, func(x observation) bool {
		return x.target.is(diagnostics.TypePerson, "publics") && !x.deduced
	})
	if known := present.Get("publics"); !asked && known != "" {
		v["publics"] = without(union(known, v["publics"]), "none")
	}
	r.publics = v["publics"]
}

func (r *reader) find(code string) (string, bool) {
	if r.FindPerson == nil {
		return "", false
	}
	return r.FindPerson(code)
}

func (r *reader) card(id string) diagnostics.Record {
	if r.Card == nil || id == "" {
		return diagnostics.Record{}
	}
	card, ok := r.Card(id)
	if !ok {
		return diagnostics.Record{}
	}
	return card
}

// householdCard changes the person's household, or makes the first one, where
// the form tells something of it.
func (r *reader) householdCard(person diagnostics.Record) {
	v := r.seen.of(diagnostics.TypeHousehold).values("")
	r.household = person.Get("household")
	if len(v) == 0 {
		return
	}
	if r.household == "" {
		r.household = r.NewID()
	}
	r.add(diagnostics.TypeHousehold, r.household, v)
}

// contacts are the kinds of contact after which the two years of keeping
// begin anew: someone was spoken with (DOMAIN.md L1, L3).
var contacts = []string{"talk", "short"}

// contact sets the dates of contact: both on a new card, the last one on a
// known card if it is later than the present one. A correction moves none.
func (r *reader) contact(v diagnostics.Values, present diagnostics.Record, known bool) {
	at, err := time.Parse(time.RFC3339, r.at)
	if err != nil {
		return // Validate names the field
	}
	day := at.In(r.Now.Location()).Format(time.DateOnly)
	kind := r.seen.first(diagnostics.TypeEncounter, "contact_kind")
	switch {
	case !known:
		v["first_contact_on"], v["last_contact_on"] = day, day
	case r.Corrects == "" && (kind == "" || slices.Contains(contacts, kind)) && day > present.Get("last_contact_on"):
		v["last_contact_on"] = day
	}
}

// without leaves codes out of a list of codes.
func without(value string, codes ...string) string {
	if !slices.ContainsFunc(codes, func(code string) bool { return strings.Contains(value, code) }) {
		return value
	}
	kept := slices.DeleteFunc(strings.Fields(value), func(code string) bool { return slices.Contains(codes, code) })
	return strings.Join(kept, " ")
}
