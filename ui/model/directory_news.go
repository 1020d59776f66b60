package model

import (
	"slices"
	"strings"
	"time"

	"solidaren/ui/words"
)

// DirectoryNews is a change of the directory, told on the first screen.
type DirectoryNews struct{ Code, Text string }

// directoryNews tells what was put right lately, the latest first.
func (d *Desk) directoryNews() []DirectoryNews {
	now := d.Clock().Local()
	var out []DirectoryNews
	for _, e := range d.Directory().News(dateOf(now.Add(-newsFor))) {
		changed := strings.Fields(e.Action.Get("changed"))
		what := d.Label("saturation", e.Action.Get("saturation"))
		if !slices.Contains(changed, "saturation") {
			what = newsOf(changed)
		}
		out = append(out, DirectoryNews{e.Action.Get("code"), words.T("directory.news", d.actionName(e), strings.ToLower(what), ago(e.Action.Time("changed_on"), now))})
	}
	return out
}

// newsFields are what teams ask for first, with the words of its change.
var newsFields = []struct{ field, key string }{
	{"name", "directory.changed.name"},
	{"phase", "directory.changed.phase"},
	{"opening_hours", "directory.changed.hours"},
	{"phone", "directory.changed.phone"},
	{"address", "directory.changed.address"},
	{"conditions", "directory.changed.conditions"},
	{"remark", "directory.changed.remark"},
}

// newsOf says of what kind the changed fields are.
func newsOf(changed []string) string {
	for _, f := range newsFields {
		if slices.Contains(changed, f.field) {
			return words.T(f.key)
		}
	}
	return words.T("directory.changed.other")
}

// ago says a day of the last week in words.
func ago(day, now time.Time) string {
	switch days := int(dateOf(now).Sub(dateOf(day)).Hours() / 24); {
	case days <= 0:
		return words.T("ago.today")
	case days == 1:
		return words.T("ago.yesterday")
	default:
		return words.T("ago.days", days)
	}
}
