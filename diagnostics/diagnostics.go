// Package diagnostics is the domain of SolidaRen: the records that field
// workers make about people and places, the fields each may hold, the rules
// that a record must keep, and the one error type of the program.
//
// It does no input or output and imports nothing but the standard library,
// golang.org/x/text and google/uuid. It knows no window, no SQL and no network,
// and it refuses to rank or score persons.
package diagnostics

import "time"

// Clock tells the time. Code that needs the time takes a Clock, so that tests
// can hold it still.
type Clock func() time.Time

// SchemaVersion is the version of the data model that operations are written
// in. It grows when a field changes its meaning, not when one is added.
const SchemaVersion = 1

// Audience is whom an export is for; it decides the threshold under which a
// cell is hidden.
type Audience string

// Audiences of an export (DOMAIN.md D2).
const (
	AudiencePlenary    Audience = "plenary"
	AudienceRestricted Audience = "restricted"
	AudienceGroup      Audience = "group"
)

// Threshold is the least number of distinct persons that a published cell may
// show: 11 for the plenary and the public, 5 for working groups and the
// restricted committee (DOMAIN.md D1, D2). An unknown audience gets the
// stricter one.
func (a Audience) Threshold() int {
	switch a {
	case AudienceRestricted, AudienceGroup:
		return 5
	default:
		return 11
	}
}

// Valid reports whether a is one of the known audiences.
func (a Audience) Valid() bool {
	return a == AudiencePlenary || a == AudienceRestricted || a == AudienceGroup
}

// Role is what a member of a team may do.
type Role string

// Roles (SYNC.md §2.7). A researcher and an admin hold no team key.
const (
	RoleWorker       Role = "worker"
	RoleSocialWorker Role = "social_worker"
	RoleCoordinator  Role = "coordinator"
	RoleResearcher   Role = "researcher"
	RoleAdmin        Role = "admin"
)

// RoleVolunteer is who counts one sector for one night: no account and no team,
// a token of the coordinator's. No server knows this role.
const RoleVolunteer Role = "volunteer"

// Roles lists every role of a team, the least powerful first.
func Roles() []Role {
	return []Role{RoleWorker, RoleSocialWorker, RoleCoordinator, RoleResearcher, RoleAdmin}
}

// Valid reports whether r is one of the known roles.
func (r Role) Valid() bool {
	for _, k := range Roles() {
		if r == k {
			return true
		}
	}
	return false
}

// HoldsKey reports whether a device with this role may hold the team key, and
// so read names and words.
func (r Role) HoldsKey() bool {
	return r == RoleWorker || r == RoleSocialWorker || r == RoleCoordinator
}
