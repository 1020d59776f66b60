package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"solidaren/assets"
	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
	"solidaren/ui"
	"solidaren/ui/model"
)

// threads is watched in the builds of the end-to-end tests, by the linker: there
// Fyne asks at every refresh of anything whether it comes from the thread of the
// window, by a trace of the whole stack. That took a third to a half of the time
// of a key or of another screen, so that the program says that it need not ask.
var threads string

const watched = "watched"

// metadata is what Fyne knows of the program.
func metadata() fyne.AppMetadata {
	return fyne.AppMetadata{
		ID: "fr.solidaren.app", Name: "SolidaRen", Icon: fyne.NewStaticResource("solidaren.png", assets.Icon),
		Migrations: map[string]bool{"fyneDo": threads != watched},
	}
}

// window opens the app and returns when it is closed, or false at once where it
// cannot be drawn.
func window(o options, lang string) (drawn bool, err error) {
	crashes, err := crashFile(o.vault)
	if err != nil {
		return false, err
	}
	defer crashes.Close()
	fyneapp.SetMetadata(metadata())
	app := fyneapp.NewWithID(metadata().ID)
	settings := model.NewSettings(app.Preferences(), lang)
	if o.lang != "" {
		settings.Language = o.lang
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	vault := &folder{dir: o.vault, shelf: o.shelf, language: func() string { return settings.Language }}
	shell := ui.NewShell(ctx, app, ui.Dispatcher(), settings, vault, o.vault)
	shell.Offer(newTrial(vault))
	if !shows(shell.Window()) {
		return false, nil
	}
	stop := tick(shell.Tick)
	app.Run()
	stop()
	return true, nil
}

// tick calls f on the UI thread once a second until it is stopped.
func tick(f func()) (stop func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		ticker := time.NewTicker(time.Second)
		defer ticker.Stop()
		for {
			select {
			case <-done:
				return
			case <-ticker.C:
				ui.Dispatcher().Post(f)
			}
		}
	}()
	return func() {
		close(done)
		<-ended
	}
}

// crashName is the file in the program's folder that takes what the runtime
// writes when the program breaks.
const crashName = "crash.txt"

// crashFile takes what the runtime writes when the program breaks: goroutines
// and source lines, nothing that was typed.
func crashFile(dir string) (*os.File, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, diagnostics.E("solidaren.crashFile", diagnostics.CodeForbidden,
			"Le dossier du carnet ne se laisse pas écrire.", "The notebook's folder cannot be written.", err)
	}
	file, err := os.OpenFile(filepath.Join(dir, crashName), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, diagnostics.E("solidaren.crashFile", diagnostics.CodeForbidden,
			"Le dossier du carnet ne se laisse pas écrire.", "The notebook's folder cannot be written.", err)
	}
	return file, debug.SetCrashOutput(file, debug.CrashOptions{})
}

// folder is the notebook's folder as the lock screen sees it.
type folder struct {
	dir      string
	shelf    bool // dir holds a folder for each notebook, by symbol
	symbol   string
	language func() string
}

var _ model.Vault = (*folder)(nil)

// Exists tells whether there is a notebook to unlock.
func (f *folder) Exists() bool { return vault.Exists(f.path()) }

// path is the folder of the notebook that is meant.
func (f *folder) path() string {
	if !f.shelf {
		return f.dir
	}
	return vault.Shelf{Dir: f.dir}.Path(f.symbol)
}

// Symbols lists the notebooks of this computer, and the symbols that are free.
func (f *folder) Symbols() (there, free []string) {
	if !f.shelf {
		return nil, nil
	}
	shelf := vault.Shelf{Dir: f.dir}
	return shelf.Vaults(), shelf.Free()
}

// Choose says which notebook is meant.
func (f *folder) Choose(symbol string) { f.symbol = symbol }

// Folder is where the notebook is that is meant.
func (f *folder) Folder() string { return f.path() }

// Delay is how long the next try has to wait for.
func (f *folder) Delay() time.Duration { return notebook.Folder(f.path(), time.Now).Wait() }

// Propose draws a passphrase.
func (f *folder) Propose() string { return vault.ProposePassphrase() }

// Recover opens by the recovery sheet and sets a new passphrase.
func (f *folder) Recover(ctx context.Context, code, passphrase string) (*model.Desk, error) {
	opened, err := notebook.Recover(ctx, f.path(), code, time.Now)
	if err == nil {
		if err = opened.Vault.SetPassphrase(passphrase, false); err != nil {
			err = errors.Join(err, opened.Close())
		}
	}
	return f.desk(opened, err)
}

// Check refuses a passphrase that is too weak.
func (f *folder) Check(passphrase string) error { return vault.CheckPassphrase(passphrase) }

// Create makes the notebook.
func (f *folder) Create(ctx context.Context, passphrase string) (*model.Desk, error) {
	if f.shelf {
		if _, err := (vault.Shelf{Dir: f.dir}).Place(f.symbol); err != nil {
			return nil, err
		}
	}
	opened, err := notebook.Create(ctx, f.path(), passphrase, time.Now)
	return f.desk(opened, err)
}

// Unlock opens it.
func (f *folder) Unlock(ctx context.Context, passphrase string) (*model.Desk, error) {
	opened, err := notebook.Open(ctx, f.path(), passphrase, time.Now)
	return f.desk(opened, err)
}

func (f *folder) desk(opened *notebook.Opened, err error) (*model.Desk, error) {
	if err != nil {
		return nil, err
	}
	return &model.Desk{
		Dispatcher: ui.Dispatcher(), Notebook: opened.Store, Member: opened.Member,
		Forms: model.NewCatalogue(), Clock: time.Now, Lang: f.language, Shut: opened.Close,
		Machine: machine(f.dir, opened.Vault.Dir()), Keys: keys{opened},
	}, nil
}
