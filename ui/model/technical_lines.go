package model

import (
	"fmt"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"solidaren/sync/wire"
	"solidaren/ui/words"
)

// Limits from which something should be done.
const (
	littleDisk = 500 << 20 // bytes
	clockOff   = 2 * time.Minute
	longAgo    = 8 * 24 * time.Hour // since the notebook was checked
)

// describe says all that is known, in groups. Every value is a number, a date,
// a version or a word of the program: there is nothing else that it could say.
func (m *Technical) describe() []TechnicalLine {
	lines := []TechnicalLine{
		{Name: words.T("tech.program"), Value: version()},
		{Name: words.T("tech.system"), Value: runtime.GOOS + " " + runtime.GOARCH + ", " + runtime.Version()},
		{Name: words.T("tech.schema"), Value: fmt.Sprintf("%d, %d", m.facts.health.Schema, wire.Proto)},
	}
	lines = append(lines, m.disk()...)
	lines = append(lines, m.soundness(), m.clockLine())
	lines = append(lines, m.sending()...)
	lines = append(lines, TechnicalLine{Name: words.T("tech.log")})
	for _, event := range slices.Backward(m.facts.events) {
		at, what, _ := strings.Cut(event, " ")
		lines = append(lines, TechnicalLine{Name: at, Value: what})
	}
	if len(m.facts.crashes) > 0 {
		lines = append(lines, TechnicalLine{Name: words.T("tech.crashes")})
		for i, line := range m.facts.crashes {
			lines = append(lines, TechnicalLine{Name: fmt.Sprint(i + 1), Value: line})
		}
	}
	return lines
}

// version is that of the program's source.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return words.T("tech.unknown")
	}
	text := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			text += " " + s.Value[:min(len(s.Value), 12)]
		}
	}
	return strings.TrimSpace(text)
}

func (m *Technical) disk() []TechnicalLine {
	size := func(bytes int64) string {
		if bytes < 0 {
			return words.T("tech.unknown")
		}
		return words.FileSize(bytes)
	}
	return []TechnicalLine{
		{Name: words.T("tech.free"), Value: size(m.facts.free), Bad: m.facts.free >= 0 && m.facts.free < littleDisk},
		{Name: words.T("tech.used"), Value: size(m.facts.used)},
	}
}

// soundness says whether the notebook is whole, and since when that is known.
func (m *Technical) soundness() TechnicalLine {
	line := TechnicalLine{Name: words.T("tech.whole")}
	checked := m.facts.health.Checked
	switch {
	case m.Damage != nil:
		line.Value, line.Bad = words.T("tech.damaged"), true
	case checked.IsZero():
		line.Value = words.T("tech.never")
	default:
		line.Value = words.T("tech.checked", When(checked, m.Clock(), m.Lang()))
		line.Bad = m.Clock().Sub(checked) > longAgo
	}
	return line
}

// clockLine compares the clock with the server's.
func (m *Technical) clockLine() TechnicalLine {
	line := TechnicalLine{Name: words.T("tech.clock")}
	ahead, since := m.Server.Ahead, words.T("tech.now")
	if !m.Asked {
		if m.facts.health.ServerAt.IsZero() {
			line.Value = words.T("tech.clock.unknown", m.Clock().Local().Format("-07:00"))
			return line
		}
		ahead, since = m.facts.health.Ahead, When(m.facts.health.ServerAt, m.Clock(), m.Lang())
	}
	key := "tech.clock.right"
	switch {
	case ahead > clockOff:
		key = "tech.clock.ahead"
	case ahead < -clockOff:
		key = "tech.clock.behind"
	}
	line.Value = words.T(key, ahead.Abs().Round(time.Second).String(), since)
	line.Bad = key != "tech.clock.right"
	return line
}

// sending says how the notebook and the server stand. The server and the team
// are not named.
func (m *Technical) sending() []TechnicalLine {
	member := words.T("tech.alone")
	switch {
	case m.Member.Rehearsal():
		member = words.T("demo.mark")
	case m.Member.ServerURL() != "":
		member = words.T("tech.member", m.Member.Role(), len(m.Member.Devices()))
	}
	last := words.T("tech.never")
	if !m.facts.counts.LastSync.IsZero() {
		last = When(m.facts.counts.LastSync, m.Clock(), m.Lang())
	}
	lines := []TechnicalLine{
		{Name: words.T("tech.team"), Value: member},
		{Name: words.T("tech.sync"), Value: last},
		{Name: words.T("tech.counts"), Value: fmt.Sprintf("%d, %d, %d", m.facts.counts.Unsent, m.facts.counts.Held, m.facts.counts.Conflicts)},
	}
	if m.Asked {
		lines = append(lines, TechnicalLine{Name: words.T("tech.server"), Value: words.T("tech.server.took", m.Server.Took.Round(time.Millisecond).String())})
	}
	return lines
}

// frame is a line of a goroutine's stack that names a function of the program's
// source; the line below it, begun by a tab, says where that is.
var frame = regexp.MustCompile(`^((?:solidaren/|runtime\.|runtime/|fyne\.io/|modernc\.org/|main\.)[\w./*()-]*)\(`)

// crashFrames is how many lines of crashes are kept.
const crashFrames = 60

// crashes picks the names of functions out of what the runtime wrote. It leaves
// out the sentence of the panic, arguments and paths, which may name somebody.
func crashes(lines []string) []string {
	var frames []string
	for i, line := range lines[:max(0, len(lines)-1)] {
		if match := frame.FindStringSubmatch(line); match != nil && strings.HasPrefix(lines[i+1], "\t") {
			frames = append(frames, match[1])
		}
	}
	return frames[max(0, len(frames)-crashFrames):]
}
