//go:build unix

package model_test

import (
	"path/filepath"
	"slices"
	"syscall"
	"testing"

	"solidaren/diagnostics"
	"solidaren/ui/model"
)

// TestWhatIsStoppedSaysWhatIsKept starts what may last on a source that never
// answers, stops it, and looks at what is told, and that nothing has changed. A
// run that went on regardless would never let the test end.
func TestWhatIsStoppedSaysWhatIsKept(t *testing.T) {
	d := newDesk(t)
	var told []string
	d.Stopped = func(kept string) { told = append(told, kept) }
	slow := filepath.Join(t.TempDir(), "source.csv") // a pipe that nobody writes to
	if err := syscall.Mkfifo(slow, 0o600); err != nil {
		t.Fatal(err)
	}
	card := d.create(diagnostics.TypePerson, nil)
	d.create(diagnostics.TypeRequest, diagnostics.Values{"person": card.ID, "kind": diagnostics.RequestAccess, "identity_checked": "known"})
	home := t.TempDir()
	t.Setenv("HOME", home)

	people := open(d, model.NewDirectory(d.Desk))
	forms := open(d, model.NewQuestionnaires(d.Desk))
	export := open(d, model.NewExport(d.Desk))
	export.Order.File = filepath.Join(home, "classeur.xlsx")
	decide := open(d, model.NewDecide(d.Desk))
	rights := open(d, model.NewRights(d.Desk))
	rights.Load()
	d.settle()
	for _, c := range []struct {
		kept        string
		start, stop func()
	}{
		{"stopped.directory", func() {
			people.PlanImport(slow, func(model.ImportPlan, error) { t.Error("an import that was stopped is planned") })
		}, people.StopImport},
		{"stopped.form", func() { forms.Propose(slow) }, forms.Stop},
		{"stopped.export", export.Start, export.Cancel},
		{"stopped.scan", decide.Load, func() { d.Drain(); decide.StopScan() }},
		{"stopped.rights", func() { rights.Access(rights.Requests[0]) }, rights.Cancel},
	} {
		told = nil
		c.start()
		c.stop()
		d.settle()
		if c.kept == "stopped.scan" {
			continue // whether it was still comparing is the machine's business
		}
		if !slices.Equal(told, []string{c.kept}) {
			t.Errorf("%s: told %v", c.kept, told)
		}
	}
	if files, _ := filepath.Glob(filepath.Join(home, "*")); len(files) != 0 {
		t.Errorf("files were written: %v", files)
	}
	if cards, err := d.Notebook.Directory(t.Context()); err != nil || len(cards) != 0 {
		t.Errorf("the directory has %d cards, %v", len(cards), err)
	}
	if used, err := d.Notebook.FormsUse(t.Context()); err != nil || len(used) != 0 {
		t.Errorf("questionnaires are in use: %v, %v", used, err)
	}
}
