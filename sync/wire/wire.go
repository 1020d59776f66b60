// Package wire holds the JSON types, limits and versions of the sync protocol
// (one call, POST /v1/sync, beside enrolment and tokens). It has no logic but
// the spelling of its types: it neither applies an operation nor talks to a
// network.
package wire

import (
	"encoding/json"
	"time"
)

// Proto is the version of the protocol that this program speaks; MinProto the
// oldest that a server still pulls for. A push is accepted from any version.
const (
	Proto    = 3
	MinProto = 3
)

// Limits of one request, in bytes and operations.
const (
	MaxBody         = 4 << 20 // request body, before and after decompression
	MaxOps          = 1000    // operations in one push
	DefaultPageSize = 256 << 10
)

// OpKind is what an operation does to its record.
type OpKind string

// Kinds of operation (SYNC.md §2.1).
const (
	OpSet   OpKind = "set"   // change fields of a card
	OpFact  OpKind = "fact"  // create an immutable fact
	OpErase OpKind = "erase" // remove a record for ever (role-gated); of a person, all that is about them
	OpVoid  OpKind = "void"  // its contents were erased before it was sent: it takes its number, no more
)

// Erase says why a record is erased, which the server checks: two persons for
// what somebody asks, the clock for what is due.
type Erase struct {
	Why     string `json:"why"`               // one of the Erase… constants
	Person  string `json:"person,omitempty"`  // id of the card of the person whom it is about
	Request string `json:"request,omitempty"` // of EraseRequest: id of the record in which another device asked
}

// Why a record is erased.
const (
	EraseRequest   = "request"   // the person asked, and two members acted
	EraseRetention = "retention" // it was kept as long as it may
)

// Op is one operation of a device's stream: numbered 1, 2, 3… without a gap.
type Op struct {
	N      int64                      `json:"n"`
	ID     string                     `json:"id"`   // UUIDv7 of the operation
	Rec    string                     `json:"rec"`  // record id
	Type   string                     `json:"type"` // record type
	Kind   OpKind                     `json:"kind"`
	Base   int64                      `json:"base"` // record version last pulled, 0 if new
	Erase  *Erase                     `json:"erase,omitempty"`
	Set    map[string]json.RawMessage `json:"set,omitempty"`
	At     time.Time                  `json:"at"`               // the device's clock: shown, never trusted
	TZ     string                     `json:"tz,omitempty"`     // e.g. "+01:00"
	By     string                     `json:"by,omitempty"`     // member id
	Schema int                        `json:"schema,omitempty"` // version of the data model
}

// An anchor stands for a device's whole log up to an operation: the beginning of
// the hash that its chain has there, in base64. The device makes it, the server
// keeps it with Acked and gives it back: a log that was put back from a copy and
// went another way has another anchor. "" is not known, and checks nothing.

// Sealed is a value that only holders of the key can open.
type Sealed struct {
	Key    string `json:"k"`      // id of the team key it is sealed with
	Op     string `json:"o"`      // id of the operation that wrote it
	Cipher string `json:"sealed"` // base64 of nonce and ciphertext
}

// Value is one present value of a field register.
type Value struct {
	V   json.RawMessage `json:"v"`
	Dev string          `json:"dev"`
	By  string          `json:"by,omitempty"`
	At  time.Time       `json:"at"`
	Ver int64           `json:"ver"` // record version that wrote it
	Op  string          `json:"op"`
}

// Record is the state of a record as the server gives it.
type Record struct {
	ID     string             `json:"id"`
	Seq    int64              `json:"seq"` // number of the change in the team, gap-free
	Ver    int64              `json:"ver"`
	Type   string             `json:"type"`
	Kind   OpKind             `json:"kind,omitempty"` // fact or set (a card)
	Fields map[string][]Value `json:"f,omitempty"`    // one value = clean, more = conflict
	Gone   string             `json:"gone,omitempty"` // "erased" or "moved": no field is set
	Why    string             `json:"why,omitempty"`  // of an erased one: one of the Erase… constants
	GoneAt time.Time          `json:"gone_at,omitzero"`
}

// SyncRequest pushes operations and pulls changes in one round trip.
type SyncRequest struct {
	Proto      int              `json:"proto"`
	Dev        string           `json:"dev"`
	Epoch      string           `json:"epoch,omitempty"` // "" on the first call
	SentAt     time.Time        `json:"sent_at"`
	Ops        []Op             `json:"ops,omitempty"`
	Before     string           `json:"before,omitempty"` // anchor of the device's log before Ops
	Anchor     string           `json:"anchor,omitempty"` // anchor of the log with Ops
	Cursors    map[string]int64 `json:"cursors"`          // per team, last seq pulled
	LimitBytes int              `json:"limit_bytes,omitempty"`
	Members    int64            `json:"members,omitempty"`   // last change of membership pulled
	Clean      bool             `json:"clean,omitempty"`     // nothing erased up to Cursors is in the device's files any more
	Envelopes  []Envelope       `json:"envelopes,omitempty"` // keys wrapped for devices of the team
	Held       []int64          `json:"held,omitempty"`      // own operations that are held, as far as the device knows
}

// SyncReply answers a SyncRequest.
type SyncReply struct {
	Epoch     string              `json:"epoch"`
	Acked     int64               `json:"acked"`            // highest n of this device that is durable
	Anchor    string              `json:"anchor,omitempty"` // of the log up to Acked, as the device gave it
	Now       time.Time           `json:"now"`
	Proto     []int               `json:"proto"`
	Changes   map[string][]Record `json:"changes,omitempty"`
	Cursors   map[string]int64    `json:"cursors"`
	More      bool                `json:"more"`
	Held      []Held              `json:"held,omitempty"`
	Members   int64               `json:"members,omitempty"`   // number of the last change of membership
	Devices   []Device            `json:"devices,omitempty"`   // of the team, changed since the request's Members
	Envelopes []Envelope          `json:"envelopes,omitempty"` // keys wrapped for this device since then
	Wanted    []Wanted            `json:"wanted,omitempty"`    // envelopes that devices lack, of keys that this device holds
	// Unconfirmed tells a coordinator of erased persons whom devices may still hold.
	Unconfirmed []Unconfirmed `json:"unconfirmed,omitempty"`
}

// Unconfirmed is an erased person whom some devices have not confirmed yet.
type Unconfirmed struct {
	ID      string    `json:"id"` // of the card that was erased
	At      time.Time `json:"at"`
	Devices []string  `json:"devices"` // their names
}

// Applied tells what a notebook took in of a reply.
type Applied struct {
	Records   int // records changed by others or by the server
	Conflicts int // of those, records with a field of two or more answers
}

// Why an operation was held.
const (
	HeldForbidden   = "forbidden"    // the role may not do it
	HeldUnknownType = "unknown_type" // a type of record that the server does not know
	HeldBadValue    = "bad_value"    // a value that does not fit, or a name that came unsealed
	HeldFactExists  = "fact_exists"  // a fact is written once
	HeldCreatorHeld = "creator_held" // the operation that creates the record is held itself
	HeldNotDue      = "not_due"      // what is to be erased is to be kept still
	HeldNotAsked    = "not_asked"    // nobody else asked for what is to be erased
	HeldReplaced    = "replaced"     // it came from a computer that was taken out of the team as replaced
	HeldDropped     = "dropped"      // a coordinator looked at it and left it out; it is kept
)

// Held is an operation that was stored but not applied.
type Held struct {
	N   int64  `json:"n"`
	Why string `json:"why"` // one of the Held… constants, "" once a coordinator released it
}

// HeldOp is a held operation as a coordinator looks at it.
type HeldOp struct {
	Dev      string    `json:"dev"` // whose it is
	Why      string    `json:"why"` // one of the Held… constants
	Received time.Time `json:"received"`
	Op       Op        `json:"op"`
}

// What a coordinator does with a held operation.
const (
	Release = "release" // apply it, with those on its record that waited for it
	Drop    = "drop"    // leave it out, with those on its record that waited for it
)

// Settle decides about one held operation.
type Settle struct {
	Dev string `json:"dev"`
	N   int64  `json:"n"`
	Do  string `json:"do"` // Release or Drop
}

// HeldRequest asks a coordinator's question: what is held in the team, after
// deciding about one of it, if any.
type HeldRequest struct {
	Settle *Settle `json:"settle,omitempty"`
}

// HeldReply lists what is held, the oldest first.
type HeldReply struct {
	Held []HeldOp `json:"held"`
	More bool     `json:"more,omitempty"` // there is more than this
}

// Device is a member device of a team.
type Device struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Team      string `json:"team"`
	Role      string `json:"role"`
	AuthKey   string `json:"auth_key"`  // base64 Ed25519 public key
	Recipient string `json:"recipient"` // age recipient (hybrid ML-KEM-768 and X25519)
	Active    bool   `json:"active"`
	// Revoked is why it lost its access (one of the Revoked… constants), "" if it did not.
	Revoked   string    `json:"revoked,omitempty"`
	RevokedAt time.Time `json:"revoked_at,omitzero"`
}

// Why a device lost its access.
const (
	RevokedReplaced = "replaced" // what it has not sent yet is taken, and set aside
	RevokedStolen   = "stolen"   // nothing in, nothing out
)

// NewInvite is an invite to the team of whoever makes it. The device makes the
// secret, so that a call whose answer was lost can be made again.
type NewInvite struct {
	Secret string `json:"secret"` // base64 of 16 random bytes
	Role   string `json:"role"`
}

// PendingInvite is an invite that nobody has used yet.
type PendingInvite struct {
	ID      string    `json:"id"` // nobody makes the word from it
	Role    string    `json:"role"`
	Expires time.Time `json:"expires"`
}

// Revoke takes a device out of the team.
type Revoke struct {
	Dev string `json:"dev"`
	Why string `json:"why"` // one of the Revoked… constants
}

// TeamRequest asks which invites wait, after one change of the team at most.
type TeamRequest struct {
	Invite   *NewInvite `json:"invite,omitempty"`
	Withdraw string     `json:"withdraw,omitempty"` // id of a pending invite
	Revoke   *Revoke    `json:"revoke,omitempty"`
}

// TeamReply lists the invites that wait, the first to end first.
type TeamReply struct {
	Invites []PendingInvite `json:"invites"`
}

// Envelope is a team key wrapped for one device with age.
type Envelope struct {
	Key    string `json:"key"`    // key id
	Team   string `json:"team"`   // team it belongs to
	Device string `json:"device"` // for whom
	From   string `json:"from"`   // by which device
	Body   string `json:"body"`   // base64 of the age file
}

// Wanted names a key that a device has no envelope of.
type Wanted struct {
	Key    string `json:"key"`
	Device string `json:"device"`
}

// EnrolRequest joins a team with a one-use invite.
type EnrolRequest struct {
	Secret    string `json:"secret"` // of the invite
	Dev       string `json:"dev"`
	Name      string `json:"name"`
	AuthKey   string `json:"auth_key"`
	Recipient string `json:"recipient"`
}

// EnrolReply says what the device has joined.
type EnrolReply struct {
	Epoch   string   `json:"epoch"`
	Team    string   `json:"team"`
	Role    string   `json:"role"`
	Devices []Device `json:"devices"` // of the team, this one included
}

// TokenRequest asks for a nonce (Nonce and Sig empty), then for a token.
type TokenRequest struct {
	Dev   string `json:"dev"`
	Nonce string `json:"nonce,omitempty"`
	Sig   string `json:"sig,omitempty"` // base64 Ed25519 signature of the nonce
}

// TokenReply holds a nonce to sign, or a token and when it ends.
type TokenReply struct {
	Nonce   string    `json:"nonce,omitempty"`
	Token   string    `json:"token,omitempty"`
	Expires time.Time `json:"expires,omitzero"`
}

// Problem is an error reply (RFC 9457, application/problem+json).
type Problem struct {
	Type     string `json:"type,omitempty"`
	Title    string `json:"title,omitempty"`
	Status   int    `json:"status"`
	Detail   string `json:"detail,omitempty"`
	Code     string `json:"code,omitempty"`     // a diagnostics.ErrorCode or one of the Problem… constants
	Expected int64  `json:"expected,omitempty"` // of a gap: the next n that the server takes
	Epoch    string `json:"epoch,omitempty"`    // of epoch-changed
	Acked    int64  `json:"acked,omitempty"`    // of epoch-changed
	Anchor   string `json:"anchor,omitempty"`   // of epoch-changed: of the log up to Acked
}

// Codes of problems that a client answers by itself or with its own sentence.
const (
	ProblemGap            = "gap"              // 409: push from Expected
	ProblemEpochChanged   = "epoch-changed"    // 409: push from Acked+1, pull from 0
	ProblemDeviceForked   = "device-forked"    // 409: this number was used for another operation
	ProblemInviteUnknown  = "invite-unknown"   // 403
	ProblemInviteUsed     = "invite-used"      // 403
	ProblemInviteExpired  = "invite-expired"   // 403
	ProblemRevoked        = "revoked"          // 403: the device has no access any more
	ProblemOwnDevice      = "own-device"       // 409: a computer does not revoke itself
	ProblemTooManyInvites = "too-many-invites" // 409
	ProblemTooOld         = "too-old"          // 426: may push, no longer pull
	ProblemStillHeld      = "still-held"       // 409: it cannot be applied, whoever wants it
	ProblemBusy           = "busy"             // 503 with Retry-After
)

// TokenMessage is what a device signs to get a token: the nonce, bound to the
// device and to this use.
func TokenMessage(dev, nonce string) []byte {
	return []byte("solidaren token 1\n" + dev + "\n" + nonce)
}
