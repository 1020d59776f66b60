package model_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/sync/synctest"
	"solidaren/ui/model"
)

// marker is in everything that the notebook of the test holds.
const marker = "ZÉBULON"

// TestSupportFileHoldsNothingPersonal plants a marker wherever a worker writes
// something, in errors and in what the runtime wrote of a crash, and looks for
// it in the file.
func TestSupportFileHoldsNothingPersonal(t *testing.T) {
	server := synctest.NewServer(t, nil)
	d := newDesk(t)
	d.Machine = &model.Machine{
		Free: func() (int64, error) { return 100 << 20, nil },
		Used: func() (int64, error) { return 3 << 20, nil },
		Crashes: func() []string {
			return strings.Split("panic: cannot show "+marker+"\n\ngoroutine 1 [running]:\n"+
				"solidaren/ui/model.(*Entry).Finish(0xc000123456, {0xc0001, 0x7})\n\t/home/"+marker+"/solidaren/ui/model/entry.go:12 +0x1b\n"+
				"main.main()\n\t/home/x/main.go:1\n"+marker+"(1)\nmain."+marker+"(", "\n")
		},
	}
	person := d.create(diagnostics.TypePerson, diagnostics.Values{"identity.handle": marker, "identity.names": marker, "identity.phone": "0612345678"})
	d.create(diagnostics.TypeNote, diagnostics.Values{"person": person.ID, "private": marker})
	d.create(diagnostics.TypeFollowUp, diagnostics.Values{"person": person.ID, "what": marker})
	if err := d.Notebook.SaveDraft(t.Context(), store.Draft{ID: diagnostics.NewID(), FormID: marker, State: []byte(marker), Cursor: marker}); err != nil {
		t.Fatal(err)
	}
	sending := open(d, model.NewSending(d.Desk))
	sending.Enrol(server.Invite(t, marker, diagnostics.RoleWorker), marker)
	d.settle()
	if !sending.Enrolled() {
		t.Fatal(sending.Err)
	}
	d.NoteError(marker, errors.New(marker))
	d.NoteError("sync", diagnostics.E("op "+marker, diagnostics.CodeOffline, marker, marker, errors.New(marker)))
	d.NoteError("export", errors.New(marker))
	m := open(d, model.NewTechnical(d.Desk))
	m.Load()
	m.Check()
	d.settle()
	m.Ask()
	d.settle()
	m.File = filepath.Join(t.TempDir(), "technique.txt")
	m.Save()
	d.settle()
	if m.Err != nil || m.Saved == "" {
		t.Fatalf("saved %q, %v", m.Saved, m.Err)
	}
	written, err := os.ReadFile(m.Saved)
	if err != nil {
		t.Fatal(err)
	}
	text := string(written)
	if text != m.Text() {
		t.Error("the file is not what is shown")
	}
	personal := []string{marker, strings.ToLower(marker), "0612345678", person.ID, person.Get("code"), server.HTTP.URL, d.Member.DeviceID(), "/home/"}
	for _, word := range personal {
		if strings.Contains(strings.ToLower(text), strings.ToLower(word)) {
			t.Errorf("the file holds %q:\n%s", word, text)
		}
	}
	for _, want := range []string{"sync offline", "export internal", "enrol done", "solidaren/ui/model.(*Entry).Finish", "main.main", "3,0 Mo", "répond en", "rôle worker"} {
		if !strings.Contains(text, want) {
			t.Errorf("the file does not say %q:\n%s", want, text)
		}
	}
	m.Save()
	d.settle()
	if diagnostics.Code(m.Err) != diagnostics.CodeConflict {
		t.Errorf("a file that was there is written over: %v", m.Err)
	}
}

// TestTechnicalSaysWhatIsWrong has little room, a clock that is off and a log
// from before.
func TestTechnicalSaysWhatIsWrong(t *testing.T) {
	server := synctest.NewServer(t, func() time.Time { return now.Add(-time.Hour) })
	d := newDesk(t)
	d.Machine = &model.Machine{
		Free:    func() (int64, error) { return 10 << 20, nil },
		Used:    func() (int64, error) { return 0, errors.New("not there") },
		Crashes: func() []string { return nil },
	}
	sending := open(d, model.NewSending(d.Desk))
	sending.Enrol(server.Invite(t, "nord", diagnostics.RoleWorker), "Poste")
	d.settle()
	d = d.reopen()
	d.Machine = &model.Machine{
		Free: func() (int64, error) { return 10 << 20, nil }, Used: func() (int64, error) { return 0, errors.New("not there") },
		Crashes: func() []string { return nil },
	}
	m := open(d, model.NewTechnical(d.Desk))
	m.Load()
	d.settle()
	wrong := map[string]bool{}
	for _, line := range m.Lines {
		wrong[line.Name] = line.Bad
	}
	if !wrong["Place libre sur le disque"] || !wrong["Horloge de ce poste"] || wrong["Carnet entier"] {
		t.Errorf("%+v", m.Lines)
	}
	if text := m.Text(); !strings.Contains(text, "en avance de 1h0m0s") || !strings.Contains(text, "enrol done") || !strings.Contains(text, "Taille du carnet : inconnu") {
		t.Errorf("it shows\n%s", text)
	}
}
