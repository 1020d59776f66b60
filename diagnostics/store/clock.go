package store

import (
	"context"
	"strconv"
	"time"
)

// Settings by which the clock is judged, in Unix seconds.
const (
	settingClockSeen   = "clock.seen"   // when Housekeep last ran
	settingClockJumped = "clock.jumped" // when it found that the clock had jumped
	settingClockServer = "clock.server" // the server's time in its last reply
)

// How far the clock may go ahead from one use of the notebook to the next, and
// how long it is doubted when it went further.
const (
	clockLeap  = 60 * 24 * time.Hour
	clockDoubt = 7 * 24 * time.Hour
)

// clockMarks are the times by which the clock is judged, zero where unknown.
type clockMarks struct{ seen, jumped, server time.Time }

// judge tells whether the laptop's clock is good enough to erase by, and what is
// to be remembered: a clock set years ahead would take everything along. One
// that a server confirms is good, one that leapt is doubted for a while.
func (c clockMarks) judge(now time.Time) (bool, clockMarks) {
	next := c
	next.seen = now
	switch {
	case !c.server.IsZero() && now.Sub(c.server) <= clockLeap:
	case !c.seen.IsZero() && now.Sub(c.seen) > clockLeap:
		next.jumped = now
		return false, next
	case !c.jumped.IsZero() && now.Sub(c.jumped) <= clockDoubt:
		return false, next
	}
	next.jumped = time.Time{}
	return true, next
}

// clockIsSure judges the clock and remembers it.
func (t *tx) clockIsSure(ctx context.Context) (bool, error) {
	var marks clockMarks
	kept := map[string]*time.Time{settingClockSeen: &marks.seen, settingClockJumped: &marks.jumped, settingClockServer: &marks.server}
	for key, mark := range kept {
		texts, err := collect(ctx, t, scanText, "SELECT value FROM settings WHERE key = ?", key)
		if err != nil {
			return false, err
		}
		if len(texts) > 0 {
			if seconds, err := strconv.ParseInt(texts[0], 10, 64); err == nil {
				*mark = time.Unix(seconds, 0)
			}
		}
	}
	sure, next := marks.judge(t.now)
	marks = next
	for key, mark := range kept {
		if err := t.setSetting(ctx, key, unixText(*mark)); err != nil {
			return false, err
		}
	}
	return sure, nil
}

// unixText writes a time as the settings keep it, "" for none.
func unixText(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return strconv.FormatInt(at.Unix(), 10)
}
