package client

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/teamkey"
	"solidaren/sync/wire"
)

// Keys of the settings in which a member is kept.
const (
	settingDevice    = "sync.device"   // id of this device
	settingAuth      = "sync.auth"     // base64 seed of its Ed25519 key
	settingIdentity  = "sync.identity" // age identity
	settingKeys      = "sync.keys"     // marshalled keyring
	settingAnnounced = "sync.announced"
	settingServer    = "sync.server"
	settingTeam      = "sync.team"
	settingRole      = "sync.role"
	settingMembers   = "sync.members"
	settingDevices   = "sync.devices"
	settingToken     = "sync.token"
	settingWaiting   = "sync.waiting"   // "yes": another device has to give the team's key
	settingRehearsal = "sync.rehearsal" // "yes": a demo, which never meets a server
)

// Member is this device: its keys, and the team that it belongs to once it is
// enrolled. Its methods are safe for use by several goroutines.
type Member struct {
	// Patience with the network; LoadMember sets what suits a waiting person.
	Patience Patience
	// Wrap, if set, is put around the HTTP transport (tests put faults there).
	Wrap func(http.RoundTripper) http.RoundTripper

	id        string
	auth      ed25519.PrivateKey
	identity  string // age
	recipient string
	ring      *teamkey.Keyring
	running   sync.Mutex // one exchange at a time
	rehearsal bool       // of a demo

	mu sync.Mutex
	membership
}

// membership is what changes as a device enrols and syncs; it is kept as JSON
// texts in the settings.
type membership struct {
	server, team, role string
	token              token
	members            int64                  // last change of membership seen
	devices            map[string]wire.Device // of the team, by id
	announced          map[string]bool        // keys that the server knows of this device
	waiting            bool                   // for the team's key, which another device has
}

type token struct {
	Value   string    `json:"value"`
	Expires time.Time `json:"expires"`
}

// LoadMember reads the device's keys from the notebook; on first use it makes
// them: an id, an Ed25519 key, an age identity, and a team key of its own.
func LoadMember(ctx context.Context, s Settings) (*Member, error) {
	r := settingsReader{ctx: ctx, s: s}
	m := &Member{Patience: defaultPatience, id: r.text(settingDevice), identity: r.text(settingIdentity)}
	seed, keys := r.text(settingAuth), r.text(settingKeys)
	m.rehearsal = r.text(settingRehearsal) != ""
	m.server, m.team, m.role = r.text(settingServer), r.text(settingTeam), r.text(settingRole)
	m.waiting = r.text(settingWaiting) != ""
	r.json(settingToken, &m.token)
	r.json(settingMembers, &m.members)
	r.json(settingDevices, &m.devices)
	r.json(settingAnnounced, &m.announced)
	if r.err != nil {
		return nil, r.err
	}
	if m.id == "" {
		return m, m.make(ctx, s)
	}
	raw, err := base64.StdEncoding.DecodeString(seed)
	if err != nil || len(raw) != ed25519.SeedSize {
		return nil, failure("client.LoadMember", diagnostics.CodeCorrupt, diagnostics.Text{
			FR: "La clé de ce poste est abîmée.", EN: "This computer's key is damaged.",
		}, nil)
	}
	m.auth = ed25519.NewKeyFromSeed(raw)
	if m.ring, err = teamkey.Load([]byte(keys)); err != nil {
		return nil, err
	}
	m.recipient, err = teamkey.Recipient(m.identity)
	return m, err
}

func (m *Member) make(ctx context.Context, s Settings) error {
	_, auth, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	identity, recipient, err := teamkey.NewIdentity()
	if err != nil {
		return err
	}
	ring, err := teamkey.NewKeyring()
	if err != nil {
		return err
	}
	keys, err := ring.Marshal()
	if err != nil {
		return err
	}
	m.id, m.auth, m.identity, m.recipient, m.ring = diagnostics.NewID(), auth, identity, recipient, ring
	return s.SetSettings(ctx, map[string]string{
		settingDevice:   m.id,
		settingAuth:     base64.StdEncoding.EncodeToString(auth.Seed()),
		settingIdentity: identity,
		settingKeys:     string(keys),
	})
}

// Keyring is the team keys of this device; it seals and opens names and words.
func (m *Member) Keyring() *teamkey.Keyring { return m.ring }

// DeviceID is the id of this device.
func (m *Member) DeviceID() string { return m.id }

// DeviceName is what the team calls a device, "" for one that is not known.
func (m *Member) DeviceName(id string) string { return m.snapshot().devices[id].Name }

// Team is the name of the team, "" before enrolment.
func (m *Member) Team() string { return m.snapshot().team }

// Role is the member's role, "" before enrolment.
func (m *Member) Role() string { return m.snapshot().role }

// ServerURL is where the central API is, "" before enrolment.
func (m *Member) ServerURL() string { return m.snapshot().server }

// Waiting reports whether another computer of the team has to give this one the
// key with which names and words are read. Recording and sending work meanwhile.
func (m *Member) Waiting() bool { return m.snapshot().waiting }

// Devices are the devices of the team that this one knows, by name.
func (m *Member) Devices() []wire.Device {
	return slices.SortedFunc(maps.Values(m.snapshot().devices), func(a, b wire.Device) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
}

func (m *Member) snapshot() membership {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.membership
}

// change keeps a changed membership in the notebook, then in memory.
func (m *Member) change(ctx context.Context, s Settings, fn func(*membership)) error {
	next := m.snapshot()
	fn(&next)
	values := map[string]string{settingServer: next.server, settingTeam: next.team, settingRole: next.role, settingWaiting: ""}
	if next.waiting {
		values[settingWaiting] = "yes"
	}
	for key, value := range map[string]any{
		settingToken: next.token, settingMembers: next.members,
		settingDevices: next.devices, settingAnnounced: next.announced,
	} {
		text, err := json.Marshal(value)
		if err != nil {
			return err
		}
		values[key] = string(text)
	}
	if err := s.SetSettings(ctx, values); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.membership = next
	return nil
}

// settingsReader reads settings until the first error.
type settingsReader struct {
	ctx context.Context
	s   Settings
	err error
}

func (r *settingsReader) text(key string) string {
	if r.err != nil {
		return ""
	}
	text, err := r.s.Setting(r.ctx, key)
	r.err = err
	return text
}

func (r *settingsReader) json(key string, into any) {
	text := r.text(key)
	if text == "" || r.err != nil {
		return
	}
	if err := json.Unmarshal([]byte(text), into); err != nil {
		r.err = errors.Join(failure("client.LoadMember", diagnostics.CodeCorrupt, diagnostics.Text{
			FR: "Un réglage d'envoi est abîmé sur ce poste.", EN: "A setting of sending is damaged on this computer.",
		}, nil), err)
	}
}
