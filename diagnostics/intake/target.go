package intake

import (
	"slices"
	"strings"

	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
)

// Attr is the bind attribute that says what an answer means. Its value is one
// target, record.field ("need.domain"), or several separated by spaces.
const Attr = "sr:observes"

// target is where an answer goes: one field of one type of record.
type target struct {
	entity diagnostics.Entity
	field  diagnostics.Field
}

func (t target) is(recordType, field string) bool {
	return t.entity.Type == recordType && t.field.Name == field
}

func (t target) isKey() bool { return t.entity.Key == t.field.Name && t.entity.Key != "" }

func (t target) String() string {
	if strings.HasPrefix(t.field.Name, diagnostics.IdentityPrefix) {
		return t.field.Name
	}
	return t.entity.Type + "." + t.field.Name
}

// link says who the person is (anon, known, new). It steers the intake and is
// kept in the answers alone.
var link = diagnostics.Field{Name: "link", Type: diagnostics.TypeCode, List: "link"}

// single are the types of which one session makes at most one record, so that
// a repeat cannot observe them.
var single = []string{
	diagnostics.TypePerson, diagnostics.TypeHousehold, diagnostics.TypeTour,
	diagnostics.TypeEncounter, diagnostics.TypeDiagnostic,
}

// unasked are the types of record that no form makes.
var unasked = []string{diagnostics.TypeRequest}

// withheld are the fields that no form may write: the intake or the program
// sets them.
var withheld = map[string][]string{
	diagnostics.TypePerson: {
		"first_contact_on", "last_contact_on", "status",
		diagnostics.ArchiveUntil, diagnostics.ArchiveReason, diagnostics.ArchiveRights,
		diagnostics.NoResearch, diagnostics.NoShare, diagnostics.Objection,
	},
	diagnostics.TypeConsent:    {"to", "given", "proof"},
	diagnostics.TypeEncounter:  {"team", "entry_mode", "household_type", "minors"},
	diagnostics.TypeFollowUp:   {"status", "result"},
	diagnostics.TypeDiagnostic: {"form_id", "form_version", "lang", "subject", "team", "completed_at", "author_device"},
}

// foreign are the types that no form writes: the program does.
var foreign = []string{diagnostics.TypeForm, diagnostics.TypeSafeguard, diagnostics.TypeWithdrawal, diagnostics.TypeOutcome, diagnostics.TypeResolution, diagnostics.TypeRectification, diagnostics.TypeActor, diagnostics.TypeAction, diagnostics.TypeMember}

// lookup finds a target by its text, as a form writes it.
func lookup(text string) (target, bool) {
	recordType, name, ok := strings.Cut(text, ".")
	if !ok {
		return target{}, false
	}
	if strings.HasPrefix(text, diagnostics.IdentityPrefix) {
		recordType, name = diagnostics.TypePerson, text
	}
	entity, ok := diagnostics.LookupEntity(recordType)
	if !ok || slices.Contains(foreign, recordType) {
		return target{}, false
	}
	if entity.Type == diagnostics.TypePerson && name == link.Name {
		return target{entity, link}, true
	}
	field, ok := entity.Field(name)
	if !ok || name == "demo" || slices.Contains(unasked, recordType) || slices.Contains(withheld[recordType], name) ||
		field.Type == diagnostics.TypeRef || field.Type == diagnostics.TypeJSON {
		return target{}, false
	}
	return target{entity, field}, true
}

// targets gives the targets of a question that exist.
func targets(attrs map[string]string) []target {
	var out []target
	for _, text := range strings.Fields(attrs[Attr]) {
		if t, ok := lookup(text); ok {
			out = append(out, t)
		}
	}
	return out
}

// Targets lists what the form's questions observe: path of the question to
// record.field, one entry a question that has a target ("need.domain", several
// separated by a space).
func Targets(f *xform.Form) map[string]string {
	out := map[string]string{}
	for _, q := range f.Questions() {
		if text := strings.Join(strings.Fields(q.Attrs[Attr]), " "); text != "" {
			out[q.Path] = text
		}
	}
	return out
}

// shape is what kind of answer a question takes, as far as targets care.
type shape string

const (
	anyText  shape = "calculate" // known only when it is computed
	oneCode  shape = "one"
	manyCode shape = "many"
	noShape  shape = ""
)

// accepts tells which fields a shape of answer may fill; "one" to "date" are
// the XForms types of typed answers.
var accepts = map[shape][]diagnostics.FieldType{
	oneCode:    {diagnostics.TypeCode, diagnostics.TypeCodes, diagnostics.TypeBool, diagnostics.TypeText},
	manyCode:   {diagnostics.TypeCodes},
	"string":   {diagnostics.TypeText},
	"int":      {diagnostics.TypeInt},
	"integer":  {diagnostics.TypeInt},
	"date":     {diagnostics.TypeDate, diagnostics.TypeTime},
	"dateTime": {diagnostics.TypeTime, diagnostics.TypeDate},
	"boolean":  {diagnostics.TypeBool},
}

func shapeOf(q xform.Question) shape {
	kind := shape(q.Type[strings.LastIndex(q.Type, ":")+1:])
	if kind == "" {
		kind = "string"
	}
	switch {
	case q.Kind == xform.KindCalculate && kind == "string":
		return anyText
	case q.Kind != xform.KindQuestion && q.Kind != xform.KindCalculate:
		return noShape
	case q.Control == "select1":
		return oneCode
	case q.Control == "select", q.Control == "rank":
		return manyCode
	case q.Control == "trigger", q.Control == "upload":
		return noShape
	}
	return kind
}

// fits reports whether answers of that shape can fill the target. A list of
// codes fills a single code where each code makes a record of its own.
func (s shape) fits(t target) bool {
	if s == anyText || s == manyCode && t.isKey() {
		return true
	}
	return slices.Contains(accepts[s], t.field.Type)
}
