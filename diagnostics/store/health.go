package store

import (
	"context"
	"strconv"
	"time"
)

// settingClockAhead keeps by how many seconds the clock was ahead of the
// server's at the last exchange.
const settingClockAhead = "clock.ahead"

// Health tells how the notebook is, without a word of what is in it.
type Health struct {
	Schema   int           // version of its tables
	Checked  time.Time     // when it was last found whole, zero: never
	ServerAt time.Time     // the server's time in its last reply, zero: there was none
	Ahead    time.Duration // by how much this clock was ahead of it then
}

// Health reads it. Errors: internal.
func (n *Notebook) Health(ctx context.Context) (Health, error) {
	h := Health{Schema: latestSchema}
	for key, take := range map[string]func(int64){
		settingChecked:     func(s int64) { h.Checked = time.Unix(s, 0).UTC() },
		settingClockServer: func(s int64) { h.ServerAt = time.Unix(s, 0).UTC() },
		settingClockAhead:  func(s int64) { h.Ahead = time.Duration(s) * time.Second },
	} {
		text, err := n.Setting(ctx, key)
		if err != nil {
			return h, err
		}
		if seconds, err := strconv.ParseInt(text, 10, 64); err == nil {
			take(seconds)
		}
	}
	return h, nil
}
