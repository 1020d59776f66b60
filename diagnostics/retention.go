package diagnostics

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// How long what is known of people is kept (DOMAIN.md L1, e_private), and how
// long before its end one is warned.
const (
	RetentionYears = 2  // after the last contact
	NoteDays       = 90 // a working note
	WarningDays    = 60
)

// Fields of a person's card that keep the file longer, in the intermediate
// archive: until when, why, and who may open it (DOMAIN.md L2). None of them
// goes without the others.
const (
	ArchivePrefix = "archive."
	ArchiveUntil  = "archive.until"
	ArchiveReason = "archive.reason"
	ArchiveRights = "archive.rights" // code of ListArchiveRights
)

// ListArchiveRights is the code list of who may open an archived file.
const ListArchiveRights = "archive_rights"

// KeptUntil is the day, in UTC, from which what is known of a person is no
// longer kept: two years after the last contact, or after the card was made if
// there was none; the end of the archive if that is later.
func KeptUntil(person Record) time.Time {
	from := person.Time("last_contact_on")
	if from.IsZero() {
		from = madeOn(person.ID)
	}
	until := from.AddDate(RetentionYears, 0, 0)
	if archived := person.Time(ArchiveUntil); archived.After(until) {
		return archived
	}
	return until
}

// madeOn is the day on which an id was made, the zero day if it does not say.
func madeOn(id string) time.Time {
	u, err := uuid.Parse(id)
	if err != nil || u.Version() != 7 {
		return time.Time{}
	}
	seconds, nanos := u.Time().UnixTime()
	return time.Unix(seconds, nanos).UTC().Truncate(24 * time.Hour)
}

// Archived reports whether a person's file is in the intermediate archive.
func (r Record) Archived() bool { return r.Get(ArchiveUntil) != "" }

// settled are the fields whose answers from several devices are no question
// for anybody: the last contact is the last of them, the first one the first; a
// line of the directory was checked when it was checked last.
var settled = map[string]bool{
	TypePerson + ".last_contact_on": true, TypePerson + ".first_contact_on": false,
	TypeActor + ".checked_on": true, TypeActor + ".checked_by": true, TypeActor + ".changed_on": true, TypeActor + ".changed": true,
	TypeAction + ".checked_on": true, TypeAction + ".checked_by": true, TypeAction + ".changed_on": true, TypeAction + ".changed": true,
	TypeAction + ".saturation_on": true,
}

// Settle gives the one of several answers that holds, where the field decides
// that by itself.
func Settle(recordType, field string, answers []string) (string, bool) {
	latest, ok := settled[recordType+"."+field]
	answers = slices.DeleteFunc(slices.Clone(answers), func(a string) bool { return a == "" })
	switch {
	case !ok || len(answers) == 0:
		return "", false
	case latest:
		return slices.MaxFunc(answers, strings.Compare), true
	default:
		return slices.MinFunc(answers, strings.Compare), true
	}
}

// RequestKind is what a person asks for, as a code of ListRequest.
const (
	RequestAccess   = "access"
	RequestRectify  = "rectify"
	RequestErase    = "erase"
	RequestRestrict = "restrict"
	RequestObject   = "object"
)

// ListRequest is the code list of what a person may ask for, ListIdentityCheck
// that of how it was made sure who asks (DOMAIN.md L13).
const (
	ListRequest       = "rights_request"
	ListRequestAnswer = "request_answer"
	ListIdentityCheck = "identity_check"
)

// Delays of an answer, in months (DOMAIN.md L12).
const (
	AnswerMonths    = 1
	ExtensionMonths = 2
)

// DueOn is the day by which a request must be answered: the extended one, if
// there is one.
func DueOn(request Record) time.Time {
	if extended := request.Time("extended_to"); !extended.IsZero() {
		return extended
	}
	return request.Time("due_on")
}

// AnswerBy is the day by which a request received on a day must be answered:
// the same day of the next month, or that month's last.
func AnswerBy(received time.Time, months int) time.Time {
	due := received.AddDate(0, months, 0)
	if due.Day() != received.Day() {
		due = due.AddDate(0, 0, -due.Day()) // AddDate ran over the end of the month
	}
	return due
}
