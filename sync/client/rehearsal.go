package client

import (
	"context"

	"solidaren/sync/wire"
)

// Rehearse makes the notebook that of a demo: it has a made-up team with
// laptops of these names, and can never be enrolled nor exchange anything.
// Codes: internal.
func (m *Member) Rehearse(ctx context.Context, s Settings, team string, laptops []wire.Device) error {
	if err := s.SetSettings(ctx, map[string]string{settingRehearsal: "yes"}); err != nil {
		return err
	}
	m.rehearsal = true
	return m.change(ctx, s, func(me *membership) {
		me.team, me.devices = team, map[string]wire.Device{}
		for _, d := range laptops {
			me.devices[d.ID] = d
		}
	})
}

// Rehearsal reports whether the notebook is that of a demo.
func (m *Member) Rehearsal() bool { return m.rehearsal }
