package model

import (
	"context"
	"encoding/csv"
	"sync"
	"time"

	"solidaren/assets"
	"solidaren/diagnostics"
	"solidaren/diagnostics/directory"
	"solidaren/diagnostics/store"
)

// ActionFile is the file of the directory of actions that the questionnaires choose from.
const ActionFile = "actions.csv"

// actions reads the names of the actions that the program brings, for teams
// that have no directory of their own yet, once, by code and language.
var actions = sync.OnceValue(func() map[string]diagnostics.Text {
	file, err := assets.List(ActionFile)
	if err != nil {
		return nil
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil
	}
	labels := map[string]diagnostics.Text{}
	for _, row := range rows { // name, label, label_en, and what screens do not show
		labels[row[0]] = diagnostics.Text{FR: row[1], EN: row[2]}
	}
	return labels
})

// Label gives the words of a code; those of an action that the program brings
// among them.
func Label(list, code, lang string) string {
	if text, ok := actions()[code]; ok && list == "action" {
		return text.In(lang)
	}
	return diagnostics.Label(list, code, lang)
}

// Labels is Label with the actions of a directory.
func Labels(d *directory.Directory) func(list, code, lang string) string {
	return func(list, code, lang string) string {
		if list == "action" && d != nil {
			if name, ok := d.Label(code, lang); ok {
				return name
			}
		}
		return Label(list, code, lang)
	}
}

// ReadDirectory puts the directory of a notebook together.
func ReadDirectory(ctx context.Context, n *store.Notebook) (*directory.Directory, error) {
	cards, err := n.Directory(ctx)
	if err != nil {
		return nil, err
	}
	return directory.New(cards), nil
}

// Directory is who does what, as it was read last; never nil.
func (d *Desk) Directory() *directory.Directory {
	if read := d.who.Load(); read != nil {
		return read
	}
	return &directory.Directory{}
}

// useDirectory shows a directory that was read, and offers its actions to the
// questionnaires.
func (d *Desk) useDirectory(read *directory.Directory) {
	d.who.Store(read)
	if d.Forms != nil {
		d.Forms.Offer(OfferedActions(read))
	}
}

// OfferedActions is the file of actions of a directory, nil for an empty one.
func OfferedActions(read *directory.Directory) []byte {
	if len(read.Entries) == 0 {
		return nil
	}
	offered, _ := read.CSV() // into memory
	return offered
}

// rereadDirectory reads the directory again in the background, after cards came
// in.
func (d *Desk) rereadDirectory() {
	Run(d.scope, &d.reread, func(ctx context.Context) (*directory.Directory, error) {
		return ReadDirectory(ctx, d.Notebook)
	}, func(read *directory.Directory, err error) {
		if err == nil { // what cannot be read is told by the screen that shows it
			d.useDirectory(read)
		}
	})
}

// newsFor is how long a change of the directory is told.
const newsFor = 7 * 24 * time.Hour
