package model

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"solidaren/ui/model/find"
	"solidaren/ui/words"
)

// HelpLine is one key and what it does, texts ready.
type HelpLine struct {
	Group, What, Keys string
	Also              []string // other words that find it
}

// Help lists keys, finds them by a few letters, and writes them down for the
// wall.
type Help struct {
	Lines []HelpLine // those that fit what is searched
	Saved string     // the document that was written last
	Err   error

	OnChange func()

	all   []HelpLine
	texts [][]string
	clock func() time.Time
	text  string
}

// NewHelp makes one over all keys.
func NewHelp(clock func() time.Time, all []HelpLine) *Help {
	m := &Help{clock: clock}
	m.Fill(all)
	return m
}

// Fill takes other keys: those of another language, or of another role.
func (m *Help) Fill(all []HelpLine) {
	m.all, m.texts = all, nil
	for _, l := range all {
		m.texts = append(m.texts, find.Words(strings.Join(append([]string{l.What, l.Group, l.Keys}, l.Also...), " ")))
	}
	m.Search(m.text)
}

// Search lists what fits the text, in the order of the screens.
func (m *Help) Search(text string) {
	m.text = text
	m.Lines = m.all
	if len(find.Words(text)) > 0 {
		fits := map[int]bool{}
		for _, i := range find.Best(text, len(m.all), m.texts) {
			fits[i] = true
		}
		m.Lines = nil
		for i, l := range m.all {
			if fits[i] {
				m.Lines = append(m.Lines, l)
			}
		}
	}
	if m.OnChange != nil {
		m.OnChange()
	}
}

// Printout is all keys as a document, screen by screen.
func (m *Help) Printout() Printout {
	out := Printout{Title: words.T("help.title"), Lead: words.T("help.lead")}
	for _, l := range m.all {
		last := len(out.Parts) - 1
		if last < 0 || out.Parts[last].Title != l.Group {
			out.Parts = append(out.Parts, PrintPart{Title: l.Group})
			last++
		}
		out.Parts[last].Lines = append(out.Parts[last].Lines, PrintLine{Label: l.Keys, Text: l.What})
	}
	return out
}

// Print writes all keys as a document to print, beside the worker's own files.
func (m *Help) Print() {
	m.Saved, m.Err = "", nil
	sheet := m.Printout().sheet(m.clock().Local())
	var b bytes.Buffer
	if m.Err = sheet.Write(&b); m.Err == nil {
		home, err := os.UserHomeDir()
		if err != nil {
			home = "."
		}
		path := filepath.Join(home, words.T("help.file")+".pdf")
		if m.Err = writeNew(context.Background(), path, b.String()); m.Err == nil {
			m.Saved = path
		}
	}
	m.OnChange()
}
