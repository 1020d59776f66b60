package ui

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/vault"
	"solidaren/sync/client"
	"solidaren/ui/kit"
	"solidaren/ui/model"
	"solidaren/ui/uitest"
	"solidaren/ui/words"
)

const passphrase = "cinq mots font une phrase"

// office is the window over a real notebook in a folder of the test.
type office struct {
	*Shell
	model.Queue
	keys uitest.Keyboard
	t    *testing.T

	dir    string
	hours  time.Duration // how often the vault's clock was read
	last   *model.Desk
	offset time.Duration // of the clock
	nadia  string        // the person whose card is full
	draws  []string      // passphrases that are proposed next

	release func() // lets go on what is held for a picture, nil: nothing is
}

func (o *office) now() time.Time { return time.Now().Add(o.offset) }

func newOffice(t *testing.T) *office {
	t.Helper()
	return officeIn(t, t.TempDir())
}

// officeIn is the window over what the folder holds.
func officeIn(t *testing.T, dir string) *office {
	t.Helper()
	app := test.NewTempApp(t)
	o := &office{t: t, dir: dir}
	settings := model.NewSettings(app.Preferences(), "fr")
	o.Shell = NewShell(t.Context(), app, &o.Queue, settings, o, o.dir)
	o.window.Resize(fyne.NewSize(1024, 600))
	o.keys = uitest.Keyboard{Canvas: o.window.Canvas(), Window: o.window}
	o.room.Focus()
	t.Cleanup(func() { o.shut(); words.Use("fr") })
	return o
}

var catalogue = model.NewCatalogue()

// folder is the vault's folder, tried long enough after every wrong passphrase.
// Propose draws what the test says, else always the same.
func (o *office) Propose() string {
	if len(o.draws) == 0 {
		return proposal
	}
	next := o.draws[0]
	o.draws = o.draws[1:]
	return next
}

// proposal is what an office draws, so that its pictures stay what they are.
const proposal = "bocal avion cidre terrible olive moufle gazon"

func (o *office) folder() vault.Folder {
	return vault.Folder{Dir: o.dir, Clock: func() time.Time {
		o.hours++
		return time.Now().Add(o.hours * time.Hour)
	}}
}

func (o *office) Exists() bool                  { return vault.Exists(o.dir) }
func (o *office) Check(passphrase string) error { return vault.CheckPassphrase(passphrase) }

func (o *office) Create(ctx context.Context, passphrase string) (*model.Desk, error) {
	v, err := o.folder().Create(passphrase)
	return o.notebook(ctx, v, err)
}

func (o *office) Unlock(ctx context.Context, passphrase string) (*model.Desk, error) {
	v, err := o.folder().Open(passphrase)
	return o.notebook(ctx, v, err)
}

func (o *office) Recover(ctx context.Context, code, passphrase string) (*model.Desk, error) {
	v, err := o.folder().Recover(code)
	if err == nil {
		err = v.SetPassphrase(passphrase, false)
	}
	return o.notebook(ctx, v, err)
}

func (o *office) Delay() time.Duration            { return o.folder().Wait() }
func (o *office) Symbols() (there, free []string) { return nil, nil }
func (o *office) Choose(string)                   {}
func (o *office) Folder() string                  { return o.dir }

func (o *office) notebook(ctx context.Context, v *vault.Vault, err error) (*model.Desk, error) {
	if err != nil {
		return nil, err
	}
	nb, err := store.Open(ctx, v, store.Options{Clock: o.now})
	if err != nil {
		return nil, err
	}
	member, err := client.LoadMember(ctx, nb)
	if err != nil {
		return nil, err
	}
	nb.UseSealer(member.Keyring())
	o.last = &model.Desk{
		Dispatcher: &o.Queue, Notebook: nb, Member: member, Forms: catalogue, Clock: o.now,
		Lang: words.Language, Shut: func() error { v.Close(); return nb.Close() },
		Keys: testKeys{o, v},
	}
	return o.last, nil
}

// settle waits for the work that was started and shows its results. What is held
// for a picture is not waited for.
func (o *office) settle() {
	o.t.Helper()
	uitest.Tick()
	if o.release != nil {
		o.Drain()
		return
	}
	for {
		if l, ok := o.room.(interface{ Wait() }); ok {
			l.Wait()
		}
		if o.desk != nil {
			o.desk.Settle()
		}
		if o.sealing != nil {
			o.sealing.model.Settle()
		}
		if o.Drain() == 0 {
			return
		}
	}
}

// press presses keys and waits for what follows from each.
func (o *office) press(keys ...string) {
	o.t.Helper()
	for _, key := range keys {
		o.keys.Press(key)
		o.settle()
	}
}

// unlocked is an office whose notebook was made by keyboard.
func unlocked(t *testing.T) *office {
	t.Helper()
	o := newOffice(t)
	o.make()
	return o
}

// make makes the notebook.
func (o *office) make() {
	o.t.Helper()
	o.keys.Type(passphrase)
	o.press("Enter")
	o.keys.Type(passphrase)
	o.press("Enter")
	if o.desk == nil {
		o.t.Fatalf("the notebook was not made; the window shows %q", o.window.Title())
	}
	o.press("Escape") // the sheet can wait
}

func (o *office) wantTitle(want string) {
	o.t.Helper()
	if got := o.window.Title(); got != "SolidaRen – "+want {
		o.t.Errorf("the window shows %q, want %q", got, want)
	}
}

func TestCreateByKeyboard(t *testing.T) {
	o := unlocked(t)
	o.wantTitle("Aujourd'hui")
	if o.window.Canvas().Focused() == nil {
		t.Error("nothing has the focus")
	}
}

func TestLockAndUnlock(t *testing.T) {
	o := unlocked(t)
	desk := o.desk
	o.press("Ctrl+Shift+l")
	o.wantTitle("Verrouillé")
	if o.desk != nil || o.can(opened) {
		t.Error("the notebook is still open")
	}
	if _, err := desk.Notebook.Drafts(t.Context()); err == nil {
		t.Error("the database can still be read")
	}
	o.keys.Type("une tout autre phrase de passe")
	o.press("Enter")
	o.wantTitle("Verrouillé")
	o.keys.Type(passphrase) // in the place of the wrong one
	o.press("Enter")
	o.wantTitle("Aujourd'hui")
}

func TestRoomsByKeyboard(t *testing.T) {
	o := unlocked(t)
	for keys, title := range map[string]string{
		"Ctrl+2": "Maraude", "Ctrl+3": "Entretiens", "Ctrl+4": "Personnes", "Ctrl+5": "Suivis", "Ctrl+9": "À décider", "Ctrl+8": "Export", "Ctrl+0": "Envoi", "Ctrl+1": "Aujourd'hui",
	} {
		o.press(keys)
		o.wantTitle(title)
	}
	o.press("Ctrl+2", "Ctrl+4", "Alt+Left")
	o.wantTitle("Maraude")
}

func TestEveryRoomFitsTheSmallestWindow(t *testing.T) {
	for _, language := range []string{"fr", "en"} {
		t.Run(language, func(t *testing.T) {
			o := unlocked(t)
			o.settings.SetLanguage(language)
			for _, p := range places {
				name := p.name
				o.Go(name)
				o.settle()
				o.window.Resize(fyne.NewSize(1024, 600))
				if least := o.middle.MinSize(); least.Width > 1024-80 || least.Height > 600-70 {
					t.Errorf("%s needs %v", name, least)
				}
				if o.window.Canvas().Focused() == nil {
					t.Errorf("%s: nothing has the focus", name)
				}
			}
		})
	}
}

func TestLanguageChangesAtOnce(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+4", "Ctrl+2")
	o.settings.SetLanguage("en")
	o.settle()
	o.wantTitle("Outreach")
	if o.window.Canvas().Focused() == nil {
		t.Error("the focus is lost")
	}
	if got := o.window.MainMenu().Items[0].Label; got != "File" {
		t.Errorf("the menu says %q", got)
	}
	o.press("Ctrl+4")
	o.wantTitle("People")
}

func TestHeaderAndWindowCallAFormTheSame(t *testing.T) {
	o := unlocked(t)
	o.settings.SetLanguage("en")
	o.StartForm("lieu")
	o.settle()
	o.wantTitle("Place")
	if !strings.Contains(test.RenderToMarkup(o.window.Canvas()), ">Place ·") {
		t.Error("the header of the form does not say Place")
	}
}

func TestNoCommandUnderADialog(t *testing.T) {
	o := unlocked(t)
	o.Confirm(kit.Question{Title: "?", Text: "?", Yes: "Oui", Then: func() {}})
	o.press("Ctrl+4")
	o.wantTitle("Aujourd'hui")
	o.press("Escape", "Ctrl+4")
	o.wantTitle("Personnes")
	o.Confirm(kit.Question{Title: "?", Text: "?", Yes: "Oui", Then: func() {}})
	o.press("Ctrl+Shift+l")
	o.wantTitle("Verrouillé")
	if o.modals.Open() {
		t.Error("the dialog stays over the lock")
	}
}

func TestShortcuts(t *testing.T) {
	forbidden := []string{"Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Y", "Ctrl+Z", "Ctrl+Insert", "Ctrl+-"}
	seen, named := map[string]string{}, map[string]bool{}
	for _, m := range menus() {
		if len(m.commands) == 0 {
			t.Errorf("menu %s is empty", m.label)
		}
		for _, c := range m.commands {
			if named[c.id] {
				t.Errorf("two commands are called %s: the palette would do both, and show the key of one", c.id)
			}
			named[c.id] = true
			if c.keys == "" {
				continue
			}
			if other := seen[c.keys]; other != "" {
				t.Errorf("%s and %s are both on %s", other, c.id, c.keys)
			}
			seen[c.keys] = c.id
			if slices.Contains(forbidden, c.keys) || strings.Contains(c.keys, "Ctrl+Alt") {
				t.Errorf("%s is on %s, which is taken", c.id, c.keys)
			}
			if !strings.HasPrefix(c.keys, "Ctrl+") && c.keys != "Alt+Left" {
				t.Errorf("%s is on %s: a menu shortcut needs Ctrl", c.id, c.keys)
			}
		}
	}
}

func TestTitleHoldsNothingPersonal(t *testing.T) {
	o := unlocked(t)
	person, err := o.desk.Notebook.Create(t.Context(), diagnostics.Record{
		Type:   diagnostics.TypePerson,
		Fields: diagnostics.Values{"code": "K7QM-4TR", "identity.handle": "Élodie"},
	})
	if err != nil {
		t.Fatal(err)
	}
	o.OpenPerson(person.ID)
	o.settle()
	if title := o.window.Title(); strings.Contains(title, "Élodie") || strings.Contains(title, "K7QM") {
		t.Errorf("the title says %q", title)
	}
}
