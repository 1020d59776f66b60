package model

import (
	"context"
	"regexp"
	"strings"
	"time"

	"solidaren/diagnostics"
)

// eventLog is what the program did and where it failed, for whoever helps: the
// hour, what was done, and a code. It has no room for anything else: no name, no
// word, no sentence of an error. The notebook keeps its end.
type eventLog struct {
	lines []string // since the notebook was opened
	save  *Autosave[[]string]
}

// Bounds of the log.
const (
	settingEvents = "technical_events"
	eventsKept    = 200
)

// eventShape is all that an event may be made of.
var eventShape = regexp.MustCompile(`^[a-z][a-z._ -]{0,40}$`)

// Note writes an event down. What has not the shape of one is left out.
func (d *Desk) Note(op string, code string) {
	op = strings.ToLower(op)
	if !eventShape.MatchString(op) || !eventShape.MatchString(code) || d.log.save == nil {
		return
	}
	d.log.lines = append(d.log.lines, d.Clock().UTC().Format(time.RFC3339)+" "+op+" "+code)
	if over := len(d.log.lines) - eventsKept; over > 0 {
		d.log.lines = d.log.lines[over:]
	}
	d.log.save.Save(append([]string(nil), d.log.lines...))
}

// NoteError writes down that something failed, by its code alone.
func (d *Desk) NoteError(op string, err error) {
	code := diagnostics.Code(err)
	if code == "" {
		code = diagnostics.CodeInternal
	}
	d.Note(op, string(code))
}

// openEvents makes the log ready. The lines of earlier days are read with the
// first that is written.
func (d *Desk) openEvents() {
	var before []string
	known := false
	d.log.save = NewAutosave(0, func(ctx context.Context, lines []string) error {
		if !known {
			text, err := d.Notebook.Setting(ctx, settingEvents)
			if err != nil {
				return err
			}
			before, known = strings.Split(text, "\n"), true
		}
		return d.Notebook.SetSettings(ctx, map[string]string{settingEvents: strings.Join(lastEvents(before, lines), "\n")})
	}, func([]string, error) {})
	d.saves[d.log.save] = true
}

// lastEvents puts logs one after the other and keeps the end.
func lastEvents(logs ...[]string) []string {
	var all []string
	for _, log := range logs {
		for _, line := range log {
			if line != "" {
				all = append(all, line)
			}
		}
	}
	return all[max(0, len(all)-eventsKept):]
}
