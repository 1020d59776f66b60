package model

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/paper"
	"solidaren/ui/words"
)

// Printout is what a screen shows, as a document to print. It bears no name: a
// person is told by the code alone.
type Printout struct {
	Title, Lead string
	Parts       []PrintPart
	// Personal says that it is about persons: the log takes for what it is printed,
	// and each page says how to keep it.
	Personal bool
	Target   string // id of the record that it is about, "" if there is no single one
	Count    int    // how many records it is about
}

// PrintPart is a part of a printout: its title, what it is about, its lines.
type PrintPart struct {
	Title, Intro string
	Lines        []PrintLine
}

// PrintLine is an answer with what it answers, "" if nothing; or a title over the
// lines that follow.
type PrintLine struct{ Title, Label, Text string }

// section is the part on paper.
func (p PrintPart) section() paper.Section {
	s := paper.Section{Title: p.Title, Intro: p.Intro}
	for _, line := range p.Lines {
		if line.Title != "" || len(s.Entries) == 0 {
			s.Entries = append(s.Entries, paper.DossierEntry{Title: line.Title})
		}
		if line.Title == "" {
			last := &s.Entries[len(s.Entries)-1]
			last.Lines = append(last.Lines, paper.DossierLine{Label: line.Label, Text: line.Text})
		}
	}
	return s
}

// sheet is the printout on paper.
func (p Printout) sheet(made time.Time) paper.Sheet {
	sheet := paper.Sheet{Title: p.Title, Lead: p.Lead, Lang: words.Language(), Made: made, Foot: words.T("print.foot", Day(made))}
	if p.Personal {
		sheet.Foot = words.T("print.foot.personal", Day(made))
	}
	for _, part := range p.Parts {
		sheet.Sections = append(sheet.Sections, part.section())
	}
	return sheet
}

// Fleeting is a folder for files that are to be printed and then removed, and
// whether it is in memory, so that nothing of it stays on the disk.
func Fleeting() (dir string, inMemory bool) {
	if dir := os.Getenv("XDG_RUNTIME_DIR"); dir != "" && runtime.GOOS == "linux" {
		return dir, true
	}
	return os.TempDir(), false
}

// Print writes a printout for a purpose and tells its file, which is removed when
// the notebook is locked, at the latest. The log takes it first: nothing that is
// not logged is written.
func (d *Desk) Print(p Printout, purpose string, then func(file string, err error)) {
	dir, _ := Fleeting()
	made := d.Clock().Local()
	name, lead := words.T("print.file"), p.Lead
	if d.Member.Rehearsal() {
		name, lead = words.T("demo.mark")+" "+name, words.T("demo.ribbon")+"\n"+lead
	}
	file := filepath.Join(dir, fileName(name+made.Format("-2006-01-02-150405"))+".pdf")
	p.Lead = lead
	sheet := p.sheet(made)
	d.printed = append(d.printed, file)
	Run(d.scope, &d.print, func(ctx context.Context) (string, error) {
		if p.Personal {
			err := d.Notebook.Log(ctx, diagnostics.Access{
				At: made, Action: diagnostics.ActionPrint, Target: p.Target, Purpose: purpose, Count: p.Count,
			})
			if err != nil {
				return "", err
			}
		}
		return file, WriteFile(file, sheet.Write)
	}, then)
}

// Printed reports whether a file of a printout is there still.
func (d *Desk) Printed(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

// Unprint removes the file of a printout.
func (d *Desk) Unprint(file string) error { return os.Remove(file) }

// unprintAll removes what was printed. What another program holds, as it may on
// Windows, stays: the window said so.
func (d *Desk) unprintAll() {
	for _, file := range d.printed {
		_ = os.Remove(file)
	}
	d.printed = nil
}
