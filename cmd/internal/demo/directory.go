package demo

import (
	"context"
	"time"

	"solidaren/assets"
	"solidaren/diagnostics"
	"solidaren/diagnostics/directory"
	"solidaren/diagnostics/directory/table"
)

// DirectoryNotebook is where an invented directory goes.
type DirectoryNotebook interface {
	Directory(ctx context.Context) ([]diagnostics.Record, error)
	ImportDirectory(ctx context.Context, p directory.Plan) error
}

// directoryStream is the stream of chance of the directory's ids.
const directoryStream = 4

// shut is the action that a team found closed on the day before the last.
const shut = "laverie_blosne"

// Directory gives the invented actors and actions: those of the example of the
// import, as if they had been checked in the months before the last day. The
// field "actor" of an action holds the code of its actor, as a file does.
func Directory(o Options) ([]diagnostics.Record, error) {
	if o.Until.IsZero() {
		o.Until = LastDay
	}
	read, err := table.Read(assets.ExampleDirectory())
	if err != nil {
		return nil, err
	}
	d, later := roll(o.Seed, directoryStream), o.Until.Sub(LastDay)
	yesterday := o.Until.AddDate(0, 0, -1).Format(time.DateOnly)
	for i, card := range read.Cards {
		fields := card.Fields
		read.Cards[i].ID = d.id(o.Until.AddDate(0, 0, -1))
		fields["demo"] = "yes"
		fields["checked_on"] = card.Time("checked_on").Add(later).Format(time.DateOnly)
		if fields["code"] == shut {
			fields["saturation"], fields["checked_on"] = directory.Closed, yesterday
			fields["changed"], fields["changed_on"] = "saturation", yesterday
		}
	}
	return read.Cards, nil
}

// FillDirectory puts the invented directory into a notebook. A second time it
// adds nothing. Errors: those of the notebook.
func FillDirectory(ctx context.Context, nb DirectoryNotebook, o Options) error {
	cards, err := Directory(o)
	if err != nil {
		return err
	}
	known, err := nb.Directory(ctx)
	if err != nil {
		return err
	}
	plan := directory.Compare(known, cards, o.Until, teams[0].name)
	return nb.ImportDirectory(ctx, plan)
}
