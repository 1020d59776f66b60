package model

import (
	"context"
	"slices"
	"strings"

	"solidaren/diagnostics"
	"solidaren/diagnostics/directory"
	"solidaren/diagnostics/store"
	"solidaren/ui/model/find"
)

// PaletteCommand is something that the window can do, as the palette finds it.
type PaletteCommand struct {
	ID     string
	Title  string
	Keys   string   // as they are shown, "" for none
	Reason string   // why it cannot be done now, "" if it can
	Also   []string // texts that find it too: the title in the other language
}

// Prefixes of what is typed into the palette.
const (
	PrefixCommand = ">"
	PrefixPerson  = "@"
	PrefixAction  = "!"
)

// PaletteRow is one line of the palette.
type PaletteRow struct {
	Title, Detail, Keys string
	Reason              string // why it cannot be taken now
	Command             string // id of the command to do
	Person              string // id of the person to open
	Action              string // code of the action of the directory to open
}

// Palette finds commands, and persons by their code, by a few letters.
type Palette struct {
	Screen
	Rows            []PaletteRow
	Persons, Actors bool // the holder of the notebook may look for them

	commands []PaletteCommand
	texts    [][]string
	recent   []string
	count    int
	text     string
	search   Command
}

// NewPalette makes one over commands, which lists at most count lines; recent
// are the ids of those used last.
func NewPalette(d *Desk, commands []PaletteCommand, recent []string, count int) *Palette {
	m := &Palette{Screen: Screen{Desk: d}, commands: commands, recent: recent, count: count}
	for _, c := range commands {
		m.texts = append(m.texts, find.Words(strings.Join(append([]string{c.Title}, c.Also...), " ")))
	}
	return m
}

// Open starts the search of persons, where there is a notebook.
func (m *Palette) Open() {
	if m.Desk != nil {
		m.Screen.Open()
	}
}

// Search lists what fits the text.
func (m *Palette) Search(text string) {
	m.text = text
	switch {
	case strings.HasPrefix(text, PrefixPerson):
		m.persons(strings.TrimSpace(strings.TrimPrefix(text, PrefixPerson)))
	case strings.HasPrefix(text, PrefixAction):
		m.who(strings.TrimPrefix(text, PrefixAction))
	default:
		m.Rows = m.matching(strings.TrimPrefix(text, PrefixCommand))
		m.changed()
	}
}

// matching lists commands: without a text those used last first, then those
// that can be done, in the order of the menus; else the best first.
func (m *Palette) matching(text string) []PaletteRow {
	order := find.Best(text, len(m.commands), m.texts)
	typed := len(find.Words(text)) > 0
	slices.SortStableFunc(order, func(a, b int) int { return m.rank(a, typed) - m.rank(b, typed) })
	rows := make([]PaletteRow, 0, m.count)
	for _, i := range order[:min(m.count, len(order))] {
		c := m.commands[i]
		rows = append(rows, PaletteRow{Title: c.Title, Keys: c.Keys, Reason: c.Reason, Command: c.ID})
	}
	return rows
}

// rank puts what was used lately before the rest, and what cannot be done now
// behind all.
func (m *Palette) rank(i int, typed bool) int {
	if m.commands[i].Reason != "" {
		return len(m.recent) + 1
	}
	if at := slices.Index(m.recent, m.commands[i].ID); at >= 0 && !typed {
		return at
	}
	return len(m.recent)
}

// persons looks for a code, or what the search of persons takes.
func (m *Palette) persons(text string) {
	if !m.Persons || text == "" {
		m.Rows = nil
		m.changed()
		return
	}
	filter, asked := store.PersonFilter{Text: text, Limit: m.count}, m.text
	Run(m.scope, &m.search, func(ctx context.Context) ([]diagnostics.PersonRow, error) {
		return m.Notebook.Persons(ctx, filter)
	}, func(read []diagnostics.PersonRow, err error) {
		if m.failed("palette", err) || m.text != asked {
			return
		}
		m.Rows = nil
		for _, p := range m.personLines(read) {
			m.Rows = append(m.Rows, PaletteRow{Title: p.Code, Detail: joined(p.Traits, p.Place, p.Last), Person: p.ID})
		}
		m.changed()
	})
}

// who looks into the directory.
func (m *Palette) who(text string) {
	m.Rows = nil
	if m.Actors {
		d, now := m.Directory(), m.Clock().Local()
		for _, i := range d.Search(directory.Filter{Text: text}, m.count) {
			line := m.directoryLine(d.Entries[i], now)
			m.Rows = append(m.Rows, PaletteRow{Title: line.Name, Detail: joined(line.Side, line.Detail), Action: line.Code})
		}
	}
	m.changed()
}

// joined writes the parts that are not empty in one line.
func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " · ")
}
