package diagnostics

// Kind tells how records of a type change (SYNC.md §2.1).
type Kind string

// A fact is immutable once finished and corrected by a new fact; a card is
// changed field by field.
const (
	Fact Kind = "fact"
	Card Kind = "card"
)

// FieldType is the shape of a field's value. Every value is kept as the text
// that the form engine writes.
type FieldType string

// Field types and their texts: a code; codes separated by spaces; a whole
// number; yes or no; YYYY-MM-DD; RFC 3339 in UTC; free text; the id of another
// record; a JSON object; a file in base64.
const (
	TypeCode  FieldType = "code"
	TypeCodes FieldType = "codes"
	TypeInt   FieldType = "int"
	TypeBool  FieldType = "bool"
	TypeDate  FieldType = "date"
	TypeTime  FieldType = "time"
	TypeText  FieldType = "text"
	TypeRef   FieldType = "ref"
	TypeJSON  FieldType = "json"
	TypeBytes FieldType = "bytes"
)

// Field is one field of a type of record.
type Field struct {
	Name string
	Type FieldType
	List string // code list of a code or codes field, "" if free
	// Sealed fields leave the laptop as ciphertext only: identities, exact
	// places, free text (DESIGN.md, decision 5).
	Sealed bool
}

// Entity is one type of record and its fields.
type Entity struct {
	Type   string
	Kind   Kind
	Fields []Field
	// Key is the field that makes one record a choice when a select_multiple
	// outside a repeat observes it.
	Key string
}

// Field finds a field by name.
func (e Entity) Field(name string) (Field, bool) {
	for _, f := range e.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// LookupEntity finds a type of record.
func LookupEntity(recordType string) (Entity, bool) {
	for _, e := range entities {
		if e.Type == recordType {
			return e, true
		}
	}
	return Entity{}, false
}

// Entities lists every type of record.
func Entities() []Entity { return append([]Entity(nil), entities...) }

// Dated gives the field of a situation that says what a field of a card said on
// a day: of two answers both may have been right then.
func Dated(recordType, field string) (Field, bool) {
	if recordType != TypePerson {
		return Field{}, false
	}
	situation, _ := LookupEntity(TypeSituation)
	f, ok := situation.Field(field)
	return f, ok && f.List != "" && f.List != "yn" // and not what every record has
}

// Types of record (DOMAIN.md §1, §2.1).
const (
	TypePerson     = "person"
	TypeHousehold  = "household"
	TypeTour       = "tour"
	TypeEncounter  = "encounter"
	TypeDiagnostic = "diagnostic"
	TypeSituation  = "situation"
	TypePlace      = "place"
	TypeNeed       = "need"
	TypeRight      = "right"
	TypeStrength   = "strength"
	TypeReferral   = "referral"
	TypeFollowUp   = "followup"
	TypeConsent    = "consent"
	TypeNote       = "note"
	// TypeRequest is what a person asks about her own data (DOMAIN.md L12 to L15).
	TypeRequest = "request"
	// TypeRectification tells of a card's field that was put right or linked: what
	// it was, what it is, and what the person says of it (DOMAIN.md L14).
	TypeRectification = "rectification"
	TypeTerritory     = "territory"
	TypeCount         = "count"
	// TypeWithdrawal takes back a record that was finished by mistake: what it
	// corrects stops counting, and nothing stands in its place.
	TypeWithdrawal = "withdrawal"
	// TypeOutcome is what became of a referral; the latest one counts.
	TypeOutcome = "outcome"
	// TypeForm is a questionnaire that a coordinator gave the team: one version of
	// it, as the file that it is.
	TypeForm = "form"
	// TypeResolution tells how different answers to one question were decided:
	// what was kept, what was set aside, and why. Nothing that was answered is
	// lost by a decision.
	TypeResolution = "resolution"
	// TypeMember tells that a person lives in a household from a day, to a day or
	// still.
	TypeMember = "member"
	// TypeActor is an organisation of the directory, TypeAction what it offers:
	// who does what. Neither is about a person.
	TypeActor  = "actor"
	TypeAction = "action"
	// TypeSafeguard tells what the law asks for before real persons are written
	// down, as the coordinator entered it (DOMAIN.md L8); the latest one counts. It
	// is about no person; it is sealed because anything may be typed there.
	TypeSafeguard = "safeguard"
)

// ListMemberRole is the code list of what a member of a household is to the
// others.
const ListMemberRole = "member_role"

// ListActorKind is the code list of what kind of organisation an actor is.
const ListActorKind = "actor_kind"

// IdentityPrefix begins the names of the identity fields of a person's card;
// all of them are sealed.
const IdentityPrefix = "identity."

// What a person restricts (DOMAIN.md L14), as fields of the card: no use in
// research, no sharing outside the team, no use at all.
const (
	NoResearch = "restrictions.no_research"
	NoShare    = "restrictions.no_share"
	Objection  = "restrictions.objection"
)

func code(name, list string) Field  { return Field{Name: name, Type: TypeCode, List: list} }
func codes(name, list string) Field { return Field{Name: name, Type: TypeCodes, List: list} }
func num(name string) Field         { return Field{Name: name, Type: TypeInt} }
func flag(name string) Field        { return Field{Name: name, Type: TypeCode, List: "yn"} }
func date(name string) Field        { return Field{Name: name, Type: TypeDate} }
func instant(name string) Field     { return Field{Name: name, Type: TypeTime} }
func ref(name string) Field         { return Field{Name: name, Type: TypeRef} }
func plain(name string) Field       { return Field{Name: name, Type: TypeText} }
func words(name string) Field       { return Field{Name: name, Type: TypeText, Sealed: true} }

// observed are the fields that every fact seen by a diagnostic carries, beside
// its own: the diagnostic and encounter that it comes from, whom it is about,
// where and when, and by which outreach team.
func observed(own ...Field) []Field {
	return append([]Field{
		ref("diagnostic"), ref("encounter"), ref("person"),
		code("district", "district"), instant("at"), plain("team"), flag("demo"),
	}, own...)
}

// listed are the fields that both types of the directory have, beside their
// own. code is the key of a line, the same at every import; checked_on and
// checked_by tell when and by which team it was last seen to be true;
// changed_on and changed what was last put right. All but the remark is as
// public as the posters of the organisation itself.
func listed(own ...Field) []Field {
	return append([]Field{
		code("code", ""), plain("name"), plain("description"), codes("districts", "district"),
		plain("opening_hours"), plain("phone"), date("checked_on"), plain("checked_by"),
		date("changed_on"), codes("changed", ""), words("remark"), flag("demo"),
	}, own...)
}

// entities is the whole data model: one row a type, one entry a field.
var entities = []Entity{
	{Type: TypePerson, Kind: Card, Fields: []Field{
		plain("code"), code("age_band", "age_band"), code("gender", "gender"),
		codes("publics", "public"), codes("languages_spoken", ""), ref("household"),
		date("first_contact_on"), date("last_contact_on"), code("status", ""), flag("demo"),
		date(ArchiveUntil), words(ArchiveReason), code(ArchiveRights, ListArchiveRights),
		ref("same_as"), flag(NoResearch), flag(NoShare), flag(Objection),
		words("identity.handle"), words("identity.names"), words("identity.birth_date"),
		words("identity.phone"), words("identity.email"), words("identity.exact_place"),
	}},
	{Type: TypeHousehold, Kind: Card, Fields: []Field{
		code("type", "household_type"), num("adults"), num("minors"), flag("animals"), flag("demo"),
	}},
	{Type: TypeMember, Kind: Card, Fields: []Field{
		ref("household"), ref("person"), code("role", ListMemberRole), date("from"), date("until"),
		flag("mistake"), // it never was
		flag("demo"),
	}},
	{Type: TypeTour, Kind: Card, Fields: []Field{
		code("kind", ""), plain("team"), instant("start"), instant("end"), codes("sectors", "district"),
		num("staff"), num("volunteers"), code("weather", "weather"), flag("plan_froid"),
		plain("op"), plain("sector"), flag("demo"), // op and sector: of a night of counting
	}},
	{Type: TypeEncounter, Kind: Fact, Fields: []Field{
		ref("diagnostic"), ref("tour"), plain("team"), code("kind", "encounter_kind"), instant("at"), num("duration_min"),
		code("district", "district"), code("place_kind", "place_kind"), code("contact_kind", "contact_kind"),
		num("persons"), num("anonymous_count"), code("info_given", "info_given"), ref("person"),
		ref("household"), code("household_type", "household_type"), num("minors"),
		code("entry_mode", ""), flag("demo"),
	}},
	{Type: TypeDiagnostic, Kind: Fact, Fields: []Field{
		plain("form_id"), plain("form_version"), plain("lang"), code("subject", "subject"), ref("person"), ref("encounter"),
		ref("tour"), plain("team"), instant("at"), code("district", "district"), instant("completed_at"),
		codes("publics", "public"), codes("response", "response"), flag("reread"), flag("partial"),
		{Name: "answers", Type: TypeJSON},
		{Name: "texts", Type: TypeJSON, Sealed: true},
		{Name: "unsaid", Type: TypeJSON}, // ref → why it has no answer: rf, dk, not_discussed
		{Name: "orphans", Type: TypeJSON, Sealed: true},
		words("missing"), words("wish"), ref("corrects"), plain("author_device"), flag("demo"),
	}},
	{Type: TypeSituation, Kind: Fact, Fields: observed(
		code("night_place", "night_place"), code("since_band", "since_band"), codes("trigger", "trigger"),
		codes("resources", "right"), code("income_band", "income_band"), code("activity", "act"),
		code("stay_status", "stay_status"),
		// What a card says now, as it was on a day (see Dated).
		code("age_band", "age_band"), code("gender", "gender"))},
	{Type: TypePlace, Kind: Fact, Fields: observed(
		codes("kind", "place_kind"), code("usage", "usage"), words("what_it_gives"), code("threatened", "threat"))},
	{Type: TypeNeed, Kind: Fact, Key: "domain", Fields: observed(
		code("domain", "need_domain"), words("own_words"), flag("quotable"), code("urgency", "urgency"),
		code("covered", "covered"), code("covered_by", "action"), codes("why_not_covered", "why_not"),
		code("expressed_by", ""), flag("new"), codes("tags", ""), codes("publics", "public"))},
	{Type: TypeRight, Kind: Fact, Key: "right", Fields: observed(
		code("right", "right"), code("status", "right_status"), code("nontakeup_form", "nontakeup_form"),
		codes("nontakeup_reason", "nontakeup_reason"))},
	{Type: TypeStrength, Kind: Fact, Key: "kind", Fields: observed(
		code("kind", "strength"), words("words"))},
	{Type: TypeReferral, Kind: Fact, Key: "to", Fields: observed(
		code("to", "action"), code("how", "how"), code("answer", "person_answer"),
		codes("why_declined", "why_not"), flag("share"))},
	{Type: TypeFollowUp, Kind: Card, Fields: observed(
		words("what"), date("due_on"), code("status", ""), words("result"))},
	{Type: TypeConsent, Kind: Fact, Key: "purpose", Fields: observed(code("purpose", "voice"), code("to", "action"), flag("given"), words("proof"))},
	{Type: TypeNote, Kind: Fact, Fields: observed(words("private"), words("signal"))},
	{Type: TypeRequest, Kind: Card, Fields: []Field{
		ref("person"), code("kind", ListRequest), code("identity_checked", ListIdentityCheck), date("received_on"), date("due_on"),
		date("extended_to"), words("extended_why"), date("closed_on"), code("answer", ListRequestAnswer), words("note"),
		plain("team"), flag("demo"),
	}},
	{Type: TypeRectification, Kind: Fact, Fields: []Field{
		ref("person"), instant("at"), plain("team"), code("field", ""), words("before"), words("after"), words("statement"), flag("demo"),
	}},
	{Type: TypeTerritory, Kind: Fact, Fields: observed(
		ref("tour"), code("place_kind", "place_kind"), num("tents"), num("people_seen"), flag("police"),
		code("atmosphere", "atmosphere"), num("mediation"), words("note"))},
	{Type: TypeCount, Kind: Fact, Fields: observed(
		plain("op"), plain("sector"), code("place", "place_kind"), code("case", "case"),
		num("seen"), num("closed"), flag("asleep"), flag("again"), flag("know"), code("night", "night_place"),
		flag("ok"), code("gender", "gender"), code("age", "age_band"), num("minors"),
		code("hh", "household_type"), code("since", "since_band"), code("115", "call115"),
		codes("115why", "why115"), flag("sw"), codes("use", "use"), codes("needs", "need_domain"), words("say"))},
	{Type: TypeOutcome, Kind: Fact, Fields: []Field{
		ref("referral"), ref("person"), code("outcome", "outcome"),
		date("on"), words("result"), instant("at"), plain("team"), flag("demo"),
	}},
	{Type: TypeResolution, Kind: Fact, Fields: []Field{
		ref("record"), ref("person"), code("field", ""),
		words("kept"), words("set_aside"), words("why"),
		words("answers"), flag("reopened"), // all answers, as JSON; the question is asked again
		instant("at"), plain("team"), flag("demo"),
	}},
	// Title and content are sealed so that nobody but a member of the team can put a
	// question into a worker's mouth.
	{Type: TypeForm, Kind: Fact, Fields: []Field{
		plain("form_id"), plain("version"), words("title"), code("format", ""),
		{Name: "content", Type: TypeBytes, Sealed: true},
		instant("at"), plain("team"), flag("demo"),
	}},
	{Type: TypeSafeguard, Kind: Fact, Fields: []Field{words("impact"), words("officer"), instant("at"), plain("team"), flag("demo")}},
	{Type: TypeWithdrawal, Kind: Fact, Fields: []Field{ref("corrects"), instant("at"), plain("team"), flag("demo")}},
	{Type: TypeActor, Kind: Card, Fields: listed(
		code("kind", ListActorKind), plain("address"), plain("email"), plain("site"))},
	{Type: TypeAction, Kind: Card, Fields: listed(
		ref("actor"), plain("name_en"), codes("needs", "need_domain"), codes("publics", "public"), code("animals", "yn"),
		plain("address"), plain("fees"), plain("conditions"), num("capacity"), code("phase", "phase"),
		code("saturation", "saturation"), date("saturation_on"))},
}
