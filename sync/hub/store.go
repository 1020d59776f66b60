package hub

import (
	"context"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// Store keeps what the central API knows. Update and View run fn in one
// transaction; Update is durable when it returns nil, and may run fn again
// after a serialization failure. Errors of fn come back unchanged.
type Store interface {
	Update(ctx context.Context, fn func(Tx) error) error
	View(ctx context.Context, fn func(Tx) error) error
	// Wipe makes sure that nothing of what was erased or emptied is in a file of
	// the store any more.
	Wipe(ctx context.Context) error
	Close() error
}

// Tx is one transaction of a Store. Every method returns CodeInternal on a
// fault of the database, beside the codes that it lists.
type Tx interface {
	SettingTx
	MemberTx
	OpTx
	RecordTx
	ErasureTx
}

// SettingTx keeps the few values that belong to the server itself.
type SettingTx interface {
	// Setting gives a value, nil if absent.
	Setting(ctx context.Context, key string) ([]byte, error)
	SetSetting(ctx context.Context, key string, value []byte) error
}

// Invite is the permission to enrol one device. The secret itself is never
// kept.
type Invite struct {
	Hash    []byte // SHA-256 of the secret
	Team    string
	Role    diagnostics.Role
	Expires time.Time
	UsedBy  string // device, "" while it is unused
}

// Device is an enrolled device and how much of its stream is durable.
type Device struct {
	wire.Device
	Acked  int64
	Anchor string // of the device's log up to Acked, "" if it gave none
	Wiped  int64  // up to this change of its team it holds nothing erased any more
}

// Role is the device's role.
func (d Device) role() diagnostics.Role { return diagnostics.Role(d.Role) }

// MemberTx keeps teams, invites, devices, their tokens and key envelopes.
// Changes of a team's membership (a device, an envelope) are numbered per team.
type MemberTx interface {
	// EnsureTeam creates the team where it is absent.
	EnsureTeam(ctx context.Context, team string) error
	AddInvite(ctx context.Context, i Invite) error
	// Invite returns CodeNotFound.
	Invite(ctx context.Context, hash []byte) (Invite, error)
	UseInvite(ctx context.Context, hash []byte, device string) error
	// DropInvite forgets an invite.
	DropInvite(ctx context.Context, hash []byte) error
	// Invites lists those of a team that are unused and have not ended, the first
	// to end first.
	Invites(ctx context.Context, team string, now time.Time) ([]Invite, error)

	// Device returns CodeNotFound. Within Update it locks the device.
	Device(ctx context.Context, id string) (Device, error)
	AddDevice(ctx context.Context, d wire.Device, member int64) error
	// SetInactive takes a device out of its team.
	SetInactive(ctx context.Context, id string, member int64) error
	// Devices lists a team's devices that changed after a member number.
	Devices(ctx context.Context, team string, after int64) ([]wire.Device, error)

	// AddToken keeps a token by its hash and forgets those that ended before
	// now; CodeConflict if the nonce bought a token before.
	AddToken(ctx context.Context, t Token, now time.Time) error
	// TokenDevice returns CodeNotFound for an unknown or ended token.
	TokenDevice(ctx context.Context, hash []byte, now time.Time) (Device, error)

	// BumpMembers takes the next k member numbers and gives the last of them;
	// k = 0 reads.
	BumpMembers(ctx context.Context, team string, k int) (int64, error)
	// AddEnvelope leaves an envelope that is there already as it is.
	AddEnvelope(ctx context.Context, e wire.Envelope, member int64) error
	// Envelopes lists those for a device after a member number.
	Envelopes(ctx context.Context, device string, after int64) ([]wire.Envelope, error)
	// Wanted lists the envelopes that active devices of these roles in the
	// device's team lack, of keys that the device has an envelope of.
	Wanted(ctx context.Context, device string, roles []diagnostics.Role, limit int) ([]wire.Wanted, error)
}

// Token is the right of a device to call until it ends.
type Token struct {
	Hash    []byte // SHA-256 of the token
	Nonce   []byte // SHA-256 of the nonce that bought it
	Device  string
	Expires time.Time
}

// StoredOp is an operation as the server keeps it.
type StoredOp struct {
	wire.Op
	Held     string // why it was not applied, "" if it was
	Received time.Time
}

// OpTx keeps each device's stream of operations.
type OpTx interface {
	// OpIDs gives the ids of a device's operations first to last by number.
	OpIDs(ctx context.Context, device string, first, last int64) (map[int64]string, error)
	// AppendOps keeps operations that follow each other and sets the device's
	// acked number to the last, and its anchor.
	AppendOps(ctx context.Context, team, device string, ops []StoredOp, anchor string) error
	// Held lists a device's held operations first to last.
	Held(ctx context.Context, device string, first, last int64) ([]wire.Held, error)
	// Settled tells which of a device's operations are held no more, or dropped.
	Settled(ctx context.Context, device string, numbers []int64) ([]wire.Held, error)
	// HeldIn lists what is held in a team and was not dropped, the oldest first and
	// each device's in order; device "" means all of them, count 0 no limit.
	HeldIn(ctx context.Context, team, device string, count int) ([]wire.HeldOp, error)
	// SettleOp says what became of a held operation and by whom: why is "" once it
	// is applied.
	SettleOp(ctx context.Context, device string, n int64, why, by string, at time.Time) error
	// HeldRecords tells which of the records have a held operation.
	HeldRecords(ctx context.Context, team string, ids []string) (map[string]bool, error)
	// Scrub removes the contents of every operation on a record.
	Scrub(ctx context.Context, team, record string) error
}

// RecordTx keeps the state of each team's records and their order of change.
type RecordTx interface {
	// Records gives those of the ids that exist. Within Update it locks them.
	Records(ctx context.Context, team string, ids []string) (map[string]wire.Record, error)
	// BumpHead takes the next k numbers of the team's sequence and gives the
	// last; k = 0 reads. It is the last statement before PutRecords: the order
	// of numbers is then the order in which transactions become visible.
	BumpHead(ctx context.Context, team string, k int) (int64, error)
	PutRecords(ctx context.Context, team string, records []wire.Record) error
	// About lists the records, and those that held operations alone tell of, that
	// are about a person (PersonOf).
	About(ctx context.Context, team, person string) ([]string, error)
	// Changes lists records after a number in order, at least one and about
	// limit bytes, and tells whether more follow.
	Changes(ctx context.Context, team string, after int64, limit int) ([]wire.Record, bool, error)
}

// ErasureTx keeps what was erased, and which devices have confirmed it.
type ErasureTx interface {
	// Erased lists all that was erased.
	Erased(ctx context.Context) ([]Erased, error)
	// ErasedAfter lists erased persons of a team behind a number, in order.
	ErasedAfter(ctx context.Context, team string, after int64, limit int) ([]wire.Record, error)
	// SetWiped keeps up to which number a device has confirmed.
	SetWiped(ctx context.Context, device string, seq int64) error
	// ForgetWiped takes all confirmations back: the numbers begin anew.
	ForgetWiped(ctx context.Context) error
	// Holders lists the active devices of a team that have one of the roles.
	Holders(ctx context.Context, team string, roles []diagnostics.Role) ([]Device, error)
}
