package model

import (
	"context"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
)

// Keys are what the holder of the open notebook can do with its keys.
type Keys interface {
	// HasSheet tells whether a recovery code was made.
	HasSheet() bool
	// NewSheet makes a recovery code and gives it; the one before opens nothing any
	// more. Errors: corrupt, internal.
	NewSheet() (code string, err error)
	// Print writes the recovery sheet of a code into a file, for its owner alone.
	// Errors: forbidden, internal.
	Print(file, code, lang string) error
	// Try compares a passphrase with the one of the notebook. Errors: as Change.
	Try(ctx context.Context, passphrase string) error
	// Peppered tells whether the passphrase needs this computer's keyring.
	Peppered() bool
	// Change gives the notebook another passphrase. Errors: unauthorized (not the
	// present one), forbidden (too soon after a wrong one), invalid (weak), not_found
	// (no keyring), internal.
	Change(ctx context.Context, present, next string, pepper bool) error
	// Rehearse opens a copy of the notebook as if this computer were lost, reads it
	// whole, and gives how many records it holds. Errors: as opening.
	Rehearse(ctx context.Context, dir, passphrase string) (records int, err error)
}

// Names of the settings about the notebook's safety.
const (
	settingSheet  = "recovery.groups" // those to retype, until that was done
	settingBackup = "backup.last"     // Unix seconds and folder
)

// The groups of the recovery code that are retyped to prove that it was written
// down (counted from 1).
const (
	ProofFirst  = 3
	ProofSecond = 7
)

// Security keeps the notebook openable by its holder and by nobody else: the
// recovery sheet, the passphrase, copies, the check of the file.
type Security struct {
	Screen
	Code     string // of the sheet that was just made, "" for none
	Printed  string // the file that holds the sheet, "" for none
	Loaded   bool   // how things are was read
	Unproved bool   // there is a sheet that nobody proved to have written down
	// PhraseLeft says that the passphrase was typed at the making alone.
	PhraseLeft bool
	Checked    time.Time // when the file was last found whole
	Copied     time.Time // when the last copy was made
	CopiedTo   string
	Err        error  // why the last thing did not go
	Done       string // key of the words of what went well
	Args       []any  // of those words
	Text       string // what runs, "" for nothing; key of its words

	groups      [2]string
	done, total atomic.Int64
	load, work  Command
}

// NewSecurity makes the screen.
func NewSecurity(d *Desk) *Security { return &Security{Screen: Screen{Desk: d}} }

// Close forgets the code.
func (m *Security) Close() {
	m.Code = ""
	m.Screen.Close()
}

type securityRead struct {
	sheet, backup, setup string
	checked              time.Time
}

// Load reads how things are.
func (m *Security) Load() {
	Run(m.scope, &m.load, func(ctx context.Context) (r securityRead, err error) {
		if r.sheet, err = m.Notebook.Setting(ctx, settingSheet); err != nil {
			return r, err
		}
		if r.backup, err = m.Notebook.Setting(ctx, settingBackup); err != nil {
			return r, err
		}
		if r.setup, err = m.Notebook.Setting(ctx, settingSetup); err != nil {
			return r, err
		}
		r.checked, err = m.Notebook.CheckedAt(ctx)
		return r, err
	}, func(r securityRead, err error) {
		if m.failed("security", err) {
			return
		}
		if groups := strings.Fields(r.sheet); len(groups) == len(m.groups) {
			m.groups = [2]string(groups)
		} else {
			m.groups = [2]string{}
		}
		m.Loaded, m.Unproved, m.PhraseLeft = true, m.groups[0] != "", r.setup == phraseLeft
		m.Checked = r.checked
		seconds, dir, _ := strings.Cut(r.backup, " ")
		if n, err := strconv.ParseInt(seconds, 10, 64); err == nil {
			m.Copied, m.CopiedTo = time.Unix(n, 0), dir
		}
		m.changed()
	})
}

// Running reports whether something is being done.
func (m *Security) Running() bool { return m.work.Running() }

// Progress is how far it is, of how much; 0 of 0 where nobody knows.
func (m *Security) Progress() (done, total int64) { return m.done.Load(), m.total.Load() }

// Cancel stops what runs.
func (m *Security) Cancel() { m.work.Cancel() }

func (m *Security) progress(done, total int64) {
	m.done.Store(done)
	m.total.Store(total)
}

// do runs one thing at a time; text says what, while it runs.
func (m *Security) do(text string, work func(context.Context) error, then func()) {
	if m.Running() {
		return
	}
	m.Err, m.Done, m.Args, m.Text = nil, "", nil, text
	m.progress(0, 0)
	RunSampled(m.scope, &m.work, func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) },
		m.changed, func(_ struct{}, err error) {
			m.Text = ""
			if err == nil {
				then()
			} else if !cancelled(err) {
				m.Err = err
			}
			m.Load()
			m.changed()
		})
	m.changed()
}

// MakeSheet makes a new recovery code, which is shown until the screen is left.
func (m *Security) MakeSheet() {
	var code string
	m.do("security.sheet.making", func(ctx context.Context) (err error) {
		if code, err = m.Keys.NewSheet(); err != nil {
			return err
		}
		return m.Notebook.SetSettings(ctx, map[string]string{settingSheet: proofOf(code)})
	}, func() { m.Code, m.Printed = code, "" })
}

// Groups are those of the code that is shown.
func (m *Security) Groups() []string { return vault.RecoveryGroups(m.Code) }

// proofOf gives the groups of a code that have to be retyped.
func proofOf(code string) string {
	groups := vault.RecoveryGroups(code)
	return groups[ProofFirst-1] + " " + groups[ProofSecond-1]
}

// Show shows the code of a sheet that was made elsewhere: with a new data key.
func (m *Security) Show(code string) {
	m.Code = code
	m.do("security.sheet.making", func(ctx context.Context) error {
		return m.Notebook.SetSettings(ctx, map[string]string{settingSheet: proofOf(code)})
	}, func() {})
}

// Print writes the sheet into a file.
func (m *Security) Print(file string) {
	code, lang := m.Code, m.Lang()
	if code == "" {
		return
	}
	m.do("security.sheet.printing", func(context.Context) error { return m.Keys.Print(file, code, lang) },
		func() { m.Printed, m.Done, m.Args = file, "security.sheet.printed", []any{file} })
}

// Erased notes that the file of the sheet was removed.
func (m *Security) Erased() {
	m.Printed, m.Done = "", ""
	m.changed()
}

// Hide takes the code off the screen before its groups are retyped.
func (m *Security) Hide() {
	m.Code, m.Err, m.Done = "", nil, ""
	m.changed()
}

// Prove compares what was retyped from the sheet. It is done then.
func (m *Security) Prove(first, second string) {
	for i, typed := range []string{first, second} {
		clean := strings.ToUpper(strings.Join(strings.FieldsFunc(typed, func(r rune) bool { return r == '-' || r == ' ' }), ""))
		if clean != m.groups[i] {
			n := [2]int{ProofFirst, ProofSecond}[i]
			m.Done, m.Err = "", diagnostics.E("model.Prove", diagnostics.CodeInvalid,
				"Le groupe "+strconv.Itoa(n)+" ne correspond pas. Relisez la fiche, ou faites-en une nouvelle.",
				"Group "+strconv.Itoa(n)+" does not match. Read the sheet again, or make a new one.", nil)
			m.changed()
			return
		}
	}
	m.do("security.sheet.proving", func(ctx context.Context) error {
		return m.Notebook.SetSettings(ctx, map[string]string{settingSheet: ""})
	}, func() { m.Done, m.Code = "security.sheet.proved", "" })
}

// Change gives the notebook another passphrase, typed twice.
func (m *Security) Change(present, next, again string, pepper bool) {
	if next != again {
		m.Done, m.Err = "", phrasesDiffer()
		m.changed()
		return
	}
	m.do("security.phrase.changing", func(ctx context.Context) error { return m.Keys.Change(ctx, present, next, pepper) },
		func() { m.Done = "security.phrase.changed" })
}

// Backup writes a copy of the notebook into a new folder of dir and reads it
// back.
func (m *Security) Backup(dir string) {
	var made vault.Backup
	now := m.Clock()
	m.do("security.copy.writing", func(ctx context.Context) (err error) {
		if made, err = m.Notebook.Backup(ctx, strings.TrimSpace(dir)); err != nil {
			return err
		}
		return m.Notebook.SetSettings(ctx, map[string]string{settingBackup: strconv.FormatInt(now.Unix(), 10) + " " + made.Dir})
	}, func() { m.Done, m.Args = "security.copy.written", []any{made.Dir, int(made.Rows)} })
}

// Rehearse opens a copy as if this computer were lost.
func (m *Security) Rehearse(dir, passphrase string) {
	var records int
	m.do("security.copy.opening", func(ctx context.Context) (err error) {
		records, err = m.Keys.Rehearse(ctx, strings.TrimSpace(dir), passphrase)
		return err
	}, func() { m.Done, m.Args = "security.copy.opens", []any{records} })
}

// Check reads the whole notebook.
func (m *Security) Check() {
	m.do("security.check.running", func(ctx context.Context) error { return m.Notebook.Check(ctx, m.progress) },
		func() { m.Done = "security.check.sound" })
}
