package diagnostics

import (
	"slices"
	"time"
)

// Action is what somebody did with what the notebook holds about people, as
// the access log names it (DOMAIN.md L17).
type Action string

// Actions.
const (
	ActionCreate Action = "create"
	ActionRead   Action = "read"   // a person's card or a diagnostic was opened
	ActionUnseal Action = "unseal" // an identity was shown
	ActionModify Action = "modify"
	ActionDelete Action = "delete" // a draft was thrown away
	ActionSearch Action = "search"
	ActionExport Action = "export"
	ActionPrint  Action = "print"
	ActionErase  Action = "erase"
	ActionMerge  Action = "merge"
)

// Actions lists every action.
func Actions() []Action {
	return []Action{
		ActionCreate, ActionRead, ActionUnseal, ActionModify, ActionDelete,
		ActionSearch, ActionExport, ActionPrint, ActionErase, ActionMerge,
	}
}

// purposeful are the actions that need a purpose.
var purposeful = []Action{ActionUnseal, ActionExport, ActionPrint, ActionErase}

// NeedsPurpose reports whether the log takes the action only with a purpose.
func (a Action) NeedsPurpose() bool { return slices.Contains(purposeful, a) }

// ListPurpose is the code list of purposes, ListAction that of actions.
const (
	ListPurpose = "purpose"
	ListAction  = "access_action"
)

// PurposeRetention is the purpose of what the clock does by itself.
const PurposeRetention = "retention"

// Access is one entry of the access log. It holds nothing personal: the target
// is a record id, the purpose a code. Who it was is the notebook that holds the
// log: each worker has one.
type Access struct {
	N       int64 // its number, set by the log
	At      time.Time
	Action  Action
	Target  string // record id, "" if there is no single one
	Purpose string // code of ListPurpose, "" where none is needed
	Count   int    // records that it was about, 0 if it says nothing
}

// Validate refuses an entry that says too little, or more than codes and ids.
// Errors: invalid.
func (a Access) Validate() error {
	_, known := FindCode(ListAction, string(a.Action))
	_, purpose := FindCode(ListPurpose, a.Purpose)
	switch {
	case !known:
		return E("diagnostics.Access", CodeInvalid, "Action inconnue du journal d'accès.", "The access log knows no such action.", nil)
	case a.Purpose == "" && a.Action.NeedsPurpose():
		return E("diagnostics.Access", CodeInvalid, "Dites d'abord pour quelle raison.", "Say for what purpose first.", nil)
	case a.Purpose != "" && !purpose:
		return E("diagnostics.Access", CodeInvalid, "Cette raison n'est pas dans la liste.", "This purpose is not on the list.", nil)
	}
	return nil
}
