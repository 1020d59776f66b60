package client

import (
	"context"
	"maps"
	"slices"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// announcement wraps for this device itself the keys that the server does not
// yet know it to hold: the server can then ask for them on behalf of others.
func (m *Member) announcement(me membership) ([]wire.Envelope, error) {
	if !diagnostics.Role(me.role).HoldsKey() {
		return nil, nil
	}
	var own []wire.Envelope
	for _, key := range m.ring.IDs() {
		if me.announced[key] {
			continue
		}
		body, err := m.ring.Wrap(key, m.recipient)
		if err != nil {
			return nil, err
		}
		own = append(own, wire.Envelope{Key: key, Team: me.team, Device: m.id, From: m.id, Body: body})
	}
	return own, nil
}

// wrapped wraps wanted keys for devices that this one knows as active key
// holders of its team. A key that is not here and a device that is not known
// are left to another member.
func (m *Member) wrapped(wanted []wire.Wanted) []wire.Envelope {
	me := m.snapshot()
	var envelopes []wire.Envelope
	for _, w := range wanted {
		d, known := me.devices[w.Device]
		if !known || !d.Active || d.Team != me.team || !diagnostics.Role(d.Role).HoldsKey() {
			continue
		}
		if body, err := m.ring.Wrap(w.Key, d.Recipient); err == nil {
			envelopes = append(envelopes, wire.Envelope{Key: w.Key, Team: me.team, Device: d.ID, From: m.id, Body: body})
		}
	}
	return envelopes
}

// addKeys opens envelopes for this device and keeps the keyring. One that
// cannot be opened is passed over: it must not stop the sync.
func (m *Member) addKeys(ctx context.Context, s Settings, envelopes []wire.Envelope) (bool, error) {
	added := false
	for _, e := range envelopes {
		if fresh, err := m.ring.Add(m.identity, e); err == nil && fresh {
			added = true
		}
	}
	if !added {
		return false, nil
	}
	keys, err := m.ring.Marshal()
	if err == nil {
		err = keepKeys(ctx, s, keys)
	}
	if err != nil {
		return false, err
	}
	return true, m.change(ctx, s, func(me *membership) { me.waiting = false })
}

func keepKeys(ctx context.Context, s Settings, keys []byte) error {
	return s.SetSettings(ctx, map[string]string{settingKeys: string(keys)})
}

// noteMembers remembers the devices of the team and which keys were announced. A
// device that lost its access has the team go on with a fresh key, unless the
// reply brought one of a later generation than the one before; rotated says that
// there is one to give to the others.
func (m *Member) noteMembers(ctx context.Context, s Settings, request wire.SyncRequest, reply wire.SyncReply, before int) (rotated bool, err error) {
	if reply.Members == request.Members && len(request.Envelopes) == 0 {
		return false, nil
	}
	me := m.snapshot()
	devices, lost := seen(me.devices, reply.Devices)
	if lost && diagnostics.Role(me.role).HoldsKey() && m.ring.Generation() <= before {
		if err := m.ring.Rotate(func(keys []byte) error { return keepKeys(ctx, s, keys) }); err != nil {
			return false, err
		}
		rotated = true
	}
	return rotated, m.change(ctx, s, func(me *membership) {
		me.members = reply.Members
		me.devices, me.announced = devices, maps.Clone(me.announced)
		if me.announced == nil {
			me.announced = map[string]bool{}
		}
		for _, d := range reply.Devices {
			if d.ID == m.id {
				me.role = d.Role
			}
		}
		for _, e := range slices.Concat(request.Envelopes, reply.Envelopes) {
			if e.Device == m.id {
				me.announced[e.Key] = true
			}
		}
	})
}
