package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/vault"
	"solidaren/ui/model"
	"solidaren/ui/screen/security"
	"solidaren/ui/words"
)

// testKeys are the keys of an office's notebook, without the printing.
type testKeys struct {
	o *office
	v *vault.Vault
}

func (k testKeys) HasSheet() bool            { return k.v.HasRecoveryCode() }
func (k testKeys) NewSheet() (string, error) { return k.v.NewRecoveryCode() }
func (k testKeys) Peppered() bool            { return k.v.Peppered() }
func (k testKeys) Print(file, code, _ string) error {
	return os.WriteFile(file, []byte(code), 0o600)
}

func (k testKeys) Try(_ context.Context, passphrase string) error {
	v, err := k.o.folder().Open(passphrase)
	if err != nil {
		return err
	}
	v.Close()
	return nil
}

func (k testKeys) Change(ctx context.Context, present, next string, pepper bool) error {
	if err := k.Try(ctx, present); err != nil {
		return err
	}
	return k.v.SetPassphrase(next, pepper)
}

func (k testKeys) Rehearse(ctx context.Context, dir, passphrase string) (int, error) {
	v, err := vault.Open(dir, passphrase)
	if err != nil {
		return 0, err
	}
	defer v.Close()
	nb, err := store.Open(ctx, v, store.Options{})
	if err != nil {
		return 0, err
	}
	_, err = nb.Verify(ctx, nil)
	return 0, errors.Join(err, nb.Close())
}

// Rotate and Rescue make the office a model.Rotator and a model.Rescuer.
func (o *office) Rotate(ctx context.Context, passphrase string, progress func(written, whole int64)) (*model.Desk, string, error) {
	v, code, err := o.folder().Rotate(ctx, passphrase, progress)
	if err != nil {
		return nil, "", err
	}
	v.Close()
	desk, err := o.Unlock(ctx, passphrase)
	return desk, code, err
}

func (o *office) Rescue(ctx context.Context, code, passphrase string) (*model.Desk, model.Rescued, error) {
	open, secret := vault.Folder.Open, passphrase
	if code != "" {
		open, secret = vault.Folder.Recover, code
	}
	from, err := open(o.folder(), secret)
	if err != nil {
		return nil, model.Rescued{}, err
	}
	defer from.Close()
	o.dir = filepath.Join(o.t.TempDir(), "neuf")
	into, err := o.folder().Create(passphrase)
	if err != nil {
		return nil, model.Rescued{}, err
	}
	defer into.Close()
	done, err := store.Rescue(ctx, from, into, store.Options{})
	if err != nil {
		return nil, model.Rescued{}, err
	}
	desk, err := o.Unlock(ctx, passphrase)
	return desk, model.Rescued{Rescued: done, Folder: o.dir}, err
}

// safe goes to the safety of the notebook and down to a topic.
func (o *office) safe(topic int) *security.Screen {
	o.t.Helper()
	o.Go(roomSecurity)
	o.settle()
	room := o.room.(*security.Screen)
	room.Focus()
	for range 5 {
		o.press("Up")
	}
	for range topic {
		o.press("Down")
	}
	return room
}

func (o *office) setting(key string) string {
	o.t.Helper()
	value, err := o.desk.Notebook.Setting(o.t.Context(), key)
	if err != nil {
		o.t.Fatal(err)
	}
	return value
}

// The sheet is made, noted, and proved by two of its groups; until then the
// first room reminds of it.
func TestRecoverySheetByKeyboard(t *testing.T) {
	o := unlocked(t)
	if !o.setupLeft.Sheet || o.remind() == nil {
		t.Error("nothing reminds of the sheet")
	}
	o.safe(0)
	o.press("Enter", "Enter") // to the button, make
	groups := strings.Fields(o.setting("recovery.groups"))
	if len(groups) != 2 || !o.desk.Keys.HasSheet() {
		t.Fatalf("groups %q", groups)
	}
	o.press("Enter") // it is written down
	o.keys.Type(strings.ToLower(groups[0]))
	o.press("Enter")
	o.keys.Type("ZZZZ")
	o.press("Enter")
	if o.setting("recovery.groups") == "" {
		t.Fatal("a wrong group was taken")
	}
	o.room.Focus()
	o.press("Enter")
	o.press("Ctrl+a")
	o.keys.Type(groups[0][:2] + " " + groups[0][2:])
	o.room.Focus()
	o.press("Down", "Up", "Enter") // a look at another topic loses nothing of it
	o.press("Enter", "Ctrl+a")
	o.keys.Type(groups[1])
	o.press("Enter")
	if left := o.setting("recovery.groups"); left != "" {
		t.Errorf("%q is still to prove", left)
	}
	o.checkSetup()
	o.settle()
	if o.setupLeft.Sheet {
		t.Error("the sheet is still missed")
	}
}

func TestPassphraseIsChanged(t *testing.T) {
	o := unlocked(t)
	o.safe(1)
	o.press("Enter")
	const next = "six autres mots pour la suite"
	for _, text := range []string{"pas la bonne phrase ici", next, next} {
		o.keys.Type(text)
		o.press("Enter")
	}
	if _, err := o.folder().Open(next); err == nil {
		t.Fatal("a stranger changed the passphrase")
	}
	o.safe(1)
	o.press("Enter")
	for _, text := range []string{passphrase, next, next} {
		o.press("Ctrl+a")
		o.keys.Type(text)
		o.press("Enter")
	}
	v, err := o.folder().Open(next)
	if err != nil {
		t.Fatal(err)
	}
	v.Close()
}

// A copy is written, read back, and opened as if the computer were lost.
func TestCopyByKeyboard(t *testing.T) {
	o := unlocked(t)
	to := t.TempDir()
	room := o.safe(2)
	o.press("Enter", "Ctrl+a")
	o.keys.Type(to)
	o.press("Enter")
	copies, err := os.ReadDir(to)
	if err != nil || len(copies) != 1 || !strings.HasSuffix(o.setting("backup.last"), copies[0].Name()) {
		t.Fatalf("%d copies, %v, noted %q", len(copies), err, o.setting("backup.last"))
	}
	_ = room
	v, err := vault.Open(filepath.Join(to, copies[0].Name()), passphrase)
	if err != nil {
		t.Fatal(err)
	}
	v.Close()
}

// A new data key: the notebook comes back with all that was in it, and its new
// code is on the screen.
func TestNewKeyByKeyboard(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+m", "Ctrl+l", "a", "1", "4", "Enter")
	o.safe(4)
	o.press("Enter")
	o.keys.Type(passphrase)
	o.press("Enter", "Tab", "Enter") // not the safe choice
	room, ok := o.room.(*security.Screen)
	if !ok || len(o.finished()) != 1 || !o.desk.Keys.HasSheet() || o.setting("recovery.groups") == "" {
		t.Fatalf("the window shows %q", o.window.Title())
	}
	_ = room
	o.press("Ctrl+Shift+l")
	o.press("Enter", "4", "Enter") // what is offered belongs to the new key
	if o.sealing == nil || o.sealing.model.Count() != 1 {
		t.Fatalf("the window shows %q", o.window.Title())
	}
}

// A damaged notebook says so and is rescued from the lock screen.
func TestDamagedNotebookIsRescued(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+m", "Ctrl+l", "a", "1", "4", "Enter")
	o.press("Ctrl+Shift+l")
	damage(t, o.dir)
	o.wantTitle(words.T("lock.title"))
	o.keys.Type(passphrase)
	o.press("Enter")
	if o.desk != nil {
		t.Fatal("a damaged notebook opened")
	}
	o.rescueButton()
	if o.desk == nil || !o.modals.Open() {
		t.Fatalf("nothing was rescued: %q", o.window.Title())
	}
	o.press("Enter")
	if len(o.finished()) != 1 {
		t.Errorf("%d records were rescued, want 1", len(o.finished()))
	}
}

// The recovery sheet rescues, too, where the passphrase is forgotten.
func TestDamagedNotebookIsRescuedByTheSheet(t *testing.T) {
	o := unlocked(t)
	code, err := o.desk.Keys.NewSheet()
	if err != nil {
		t.Fatal(err)
	}
	o.press("Ctrl+m", "Ctrl+l", "a", "1", "4", "Enter")
	o.press("Ctrl+Shift+l")
	damage(t, o.dir)
	o.press("Tab", "Tab", "Tab", "Enter") // the passphrase is forgotten
	const next = "six autres mots pour la suite"
	for _, text := range []string{code, next, next} {
		o.keys.Type(text)
		o.press("Enter")
	}
	if o.desk != nil {
		t.Fatal("a damaged notebook opened")
	}
	o.rescueButton()
	if o.desk == nil || !o.modals.Open() {
		t.Fatalf("nothing was rescued: %q", o.window.Title())
	}
	if _, err := o.folder().Open(next); err != nil {
		t.Errorf("the new passphrase does not open the new notebook: %v", err)
	}
}

// rescueButton presses what the lock screen offers for a damaged notebook.
func (o *office) rescueButton() {
	o.t.Helper()
	o.press("Tab", "Tab", "Enter") // behind the box that shows what is typed
	o.settle()
}

// damage changes a byte of a page without which the notebook does not open,
// and which is not one of those that hold its records.
func damage(t *testing.T, dir string) {
	t.Helper()
	const unit = 4096 + 40 // a sealed page
	path := filepath.Join(dir, "notebook.db")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(dir, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	for page := len(whole)/unit - 1; page > 0; page-- {
		damaged := append([]byte(nil), whole...)
		damaged[page*unit+1000] ^= 1
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		nb, err := store.Open(t.Context(), v, store.Options{})
		if err == nil {
			if err := nb.Close(); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if diagnostics.Code(err) == diagnostics.CodeCorrupt && rescuable(t, v) {
			return
		}
	}
	t.Fatal("no damage keeps the notebook from opening")
}

func rescuable(t *testing.T, from *vault.Vault) bool {
	t.Helper()
	into, err := vault.Create(t.TempDir(), passphrase)
	if err != nil {
		t.Fatal(err)
	}
	defer into.Close()
	done, err := store.Rescue(t.Context(), from, into, store.Options{})
	return err == nil && done.Ops > 0 && done.Lost == 0
}
