package hub

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/google/uuid"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// fieldTypes are the types of record that every field role writes.
var fieldTypes = []string{
	diagnostics.TypePerson, diagnostics.TypeHousehold, diagnostics.TypeTour, diagnostics.TypeEncounter,
	diagnostics.TypeDiagnostic, diagnostics.TypeSituation, diagnostics.TypePlace, diagnostics.TypeNeed,
	diagnostics.TypeRight, diagnostics.TypeStrength, diagnostics.TypeReferral, diagnostics.TypeFollowUp,
	diagnostics.TypeConsent, diagnostics.TypeNote, diagnostics.TypeRequest, diagnostics.TypeRectification,
	diagnostics.TypeTerritory, diagnostics.TypeCount, diagnostics.TypeWithdrawal, diagnostics.TypeOutcome, diagnostics.TypeResolution,
	diagnostics.TypeActor, diagnostics.TypeAction, diagnostics.TypeMember,
}

// coordinated are the questionnaires of a team and what it promises the law: its
// coordinator gives them.
var coordinated = []string{diagnostics.TypeForm, diagnostics.TypeSafeguard}

// oldNotes are what every field role may erase, once it is due.
var oldNotes = []string{diagnostics.TypeNote}

// permits says which role may do what to which types of record (SYNC.md §2.7).
// What is not here is forbidden: a researcher reads pseudonymised exports and
// an admin keeps accounts, so neither writes a record.
var permits = []struct {
	role  diagnostics.Role
	kinds []wire.OpKind
	types []string
}{
	{diagnostics.RoleWorker, []wire.OpKind{wire.OpFact, wire.OpSet}, fieldTypes},
	{diagnostics.RoleSocialWorker, []wire.OpKind{wire.OpFact, wire.OpSet}, fieldTypes},
	{diagnostics.RoleWorker, []wire.OpKind{wire.OpErase}, oldNotes},
	{diagnostics.RoleSocialWorker, []wire.OpKind{wire.OpErase}, oldNotes},
	{diagnostics.RoleCoordinator, []wire.OpKind{wire.OpFact, wire.OpSet, wire.OpErase}, fieldTypes},
	{diagnostics.RoleCoordinator, []wire.OpKind{wire.OpFact}, coordinated},
}

func permitted(role diagnostics.Role, kind wire.OpKind, recordType string) bool {
	for _, p := range permits {
		if p.role == role && slices.Contains(p.kinds, kind) && slices.Contains(p.types, recordType) {
			return true
		}
	}
	return false
}

// admit says why an operation cannot be applied to the record (nil if it does
// not exist), "" if it can. creatorHeld: the operation that makes the record is
// held.
func admit(role diagnostics.Role, op wire.Op, record *wire.Record, creatorHeld bool) string {
	entity, known := diagnostics.LookupEntity(op.Type)
	switch {
	case !wellFormed(op):
		return wire.HeldBadValue
	case op.Kind == wire.OpVoid:
		return ""
	case !known:
		return wire.HeldUnknownType
	case !permitted(role, op.Kind, op.Type):
		return wire.HeldForbidden
	case record != nil && record.Type != op.Type:
		return wire.HeldBadValue
	case op.Kind == wire.OpErase:
		return ""
	case op.Kind != kindOf(entity) || !valuesFit(entity, op):
		return wire.HeldBadValue
	case record != nil && op.Kind == wire.OpFact:
		return wire.HeldFactExists
	case record == nil && creatorHeld:
		return wire.HeldCreatorHeld
	case !archives(role, op):
		return wire.HeldForbidden
	}
	return ""
}

// archives reports whether an operation leaves the intermediate archive alone,
// or is a coordinator's that says until when, why and who may open it.
func archives(role diagnostics.Role, op wire.Op) bool {
	touched := 0
	for name, raw := range op.Set {
		if strings.HasPrefix(name, diagnostics.ArchivePrefix) {
			touched++
			if !isNull(op.Set[diagnostics.ArchiveUntil]) && isNull(raw) {
				return false
			}
		}
	}
	return touched == 0 || touched == archiveFields && role == diagnostics.RoleCoordinator
}

// archiveFields is how many fields of a card the archive has.
const archiveFields = 3

func kindOf(e diagnostics.Entity) wire.OpKind {
	if e.Kind == diagnostics.Fact {
		return wire.OpFact
	}
	return wire.OpSet
}

func wellFormed(op wire.Op) bool {
	return uuid.Validate(op.ID) == nil && uuid.Validate(op.Rec) == nil
}

// valuesFit checks the values that the server can read: texts of known fields
// by the data model. A sealed value is opaque and an unknown field is kept as
// it came, for a newer program.
func valuesFit(entity diagnostics.Entity, op wire.Op) bool {
	plain := diagnostics.Record{Type: op.Type, Fields: diagnostics.Values{}}
	for name, raw := range op.Set {
		if mustBeSealed(entity, name) && !isNull(raw) && !isSealed(raw) {
			return false
		}
		if _, known := entity.Field(name); !known || isNull(raw) || isSealed(raw) {
			continue
		}
		var text string
		if json.Unmarshal(raw, &text) != nil {
			return false
		}
		plain.Fields[name] = text
	}
	return plain.Validate() == nil
}

// redact removes from an operation what must never be kept in clear. The
// laptop still has it in its own log.
func redact(op wire.Op) wire.Op {
	entity, known := diagnostics.LookupEntity(op.Type)
	if !known {
		entity = diagnostics.Entity{}
	}
	for name, raw := range op.Set {
		if mustBeSealed(entity, name) && !isSealed(raw) {
			op.Set[name] = json.RawMessage("null")
		}
	}
	return op
}

func mustBeSealed(entity diagnostics.Entity, name string) bool {
	field, known := entity.Field(name)
	return known && field.Sealed || strings.HasPrefix(name, diagnostics.IdentityPrefix)
}

func isNull(raw json.RawMessage) bool { return len(raw) == 0 || string(raw) == "null" }

func isSealed(raw json.RawMessage) bool {
	var s wire.Sealed
	return json.Unmarshal(raw, &s) == nil && s.Key != "" && s.Op != "" && s.Cipher != ""
}
