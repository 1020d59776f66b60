package main

import (
	"context"
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

// window opens the app and returns when it is closed.
func window(o options, lang string) error {
	crashes, err := crashFile(o.vault)
	if err != nil {
		return err
	}
	defer crashes.Close()
	app := fyneapp.NewWithID("fr.solidaren.app")
	app.SetIcon(fyne.NewStaticResource("solidaren.png", assets.Icon))
	settings := model.NewSettings(app.Preferences(), lang)
	if o.lang != "" {
		settings.Language = o.lang
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	vault := &folder{dir: o.vault, language: func() string { return settings.Language }}
	shell := ui.NewShell(ctx, app, ui.Dispatcher(), settings, vault, o.vault)
	stop := tick(shell.Tick)
	shell.Window().ShowAndRun()
	stop()
	return nil
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

// crashFile takes what the runtime writes when the program breaks: goroutines
// and source lines, nothing that was typed.
func crashFile(dir string) (*os.File, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, diagnostics.E("solidaren.crashFile", diagnostics.CodeForbidden,
			"Le dossier du carnet ne se laisse pas écrire.", "The notebook's folder cannot be written.", err)
	}
	file, err := os.OpenFile(filepath.Join(dir, "crash.txt"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, diagnostics.E("solidaren.crashFile", diagnostics.CodeForbidden,
			"Le dossier du carnet ne se laisse pas écrire.", "The notebook's folder cannot be written.", err)
	}
	return file, debug.SetCrashOutput(file, debug.CrashOptions{})
}

// folder is the notebook's folder as the lock screen sees it.
type folder struct {
	dir      string
	language func() string
}

var _ model.Vault = (*folder)(nil)

// Exists tells whether there is a notebook to unlock.
func (f *folder) Exists() bool { return vault.Exists(f.dir) }

// Check refuses a passphrase that is too weak.
func (f *folder) Check(passphrase string) error { return vault.CheckPassphrase(passphrase) }

// Create makes the notebook.
func (f *folder) Create(ctx context.Context, passphrase string) (*model.Desk, error) {
	opened, err := notebook.Create(ctx, f.dir, passphrase, time.Now)
	return f.desk(opened, err)
}

// Unlock opens it.
func (f *folder) Unlock(ctx context.Context, passphrase string) (*model.Desk, error) {
	opened, err := notebook.Open(ctx, f.dir, passphrase, time.Now)
	return f.desk(opened, err)
}

func (f *folder) desk(opened *notebook.Opened, err error) (*model.Desk, error) {
	if err != nil {
		return nil, err
	}
	return &model.Desk{
		Dispatcher: ui.Dispatcher(), Notebook: opened.Store, Member: opened.Member,
		Forms: model.NewCatalogue(), Clock: time.Now, Lang: f.language, Shut: opened.Close,
	}, nil
}
