package model

import (
	"context"
	"encoding/xml"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/xform"
)

// What an outing is for.
const (
	TourMaraude = "maraude"
	TourCount   = "count" // a night of counting
)

// Forms that are filled one after another on an outing, by its kind.
const (
	formMaraude = "maraude"
	formCount   = "nuit_solidarite"
	formPlace   = "lieu"
)

// LoopForm is the form that an outing of a kind fills again and again.
func LoopForm(kind string) string {
	if kind == TourCount {
		return formCount
	}
	return formMaraude
}

// Loops reports whether the next blank record follows a finished one of a form.
func Loops(formID string) bool { return formID == formMaraude || formID == formCount }

// NightLine is one record of the night, its texts ready.
type NightLine struct {
	ID, FormID, When, Place, Contact, Person string
	Persons, Needs                           int
}

// Outing is what the records of one outing have in common: the tour, what was
// written on it, where one is.
type Outing struct {
	Tour    diagnostics.Record // without an id: none is out
	Lines   []NightLine        // the newest first
	Records int
	People  int

	district, place string // of the last record, or what the tour says
}

// alone is how far back records without a tour belong together.
const alone = 12 * time.Hour

// outing reads the tour that is out and what was recorded on it.
func (d *Desk) outing(ctx context.Context, formID string) (Outing, error) {
	tour, err := d.Notebook.CurrentTour(ctx)
	if err != nil && diagnostics.Code(err) != diagnostics.CodeNotFound {
		return Outing{}, err
	}
	since := d.Clock().Add(-alone)
	if tour.ID != "" {
		since = tour.Time("start").Add(-alone) // records that were begun before the tour
	}
	rows, err := d.Notebook.Night(ctx, tour.ID, since)
	if err != nil {
		return Outing{}, err
	}
	o := Outing{Tour: tour}
	for _, row := range rows {
		if tour.ID == "" && formID != "" && row.Form != formID {
			continue
		}
		o.Records++
		if row.Form != formPlace {
			o.People += row.Persons
		}
		o.Lines = append(o.Lines, d.nightLine(row))
		if o.district == "" {
			o.district = row.District
		}
		if o.place == "" && row.Form == formID {
			o.place = row.PlaceKind
		}
	}
	if sectors := tour.List("sectors"); o.district == "" && len(sectors) == 1 {
		o.district = sectors[0]
	}
	return o, nil
}

func (d *Desk) nightLine(row store.NightRow) NightLine {
	list := "contact_kind"
	if row.Form == formCount {
		list = "case"
	}
	contact := d.Label(list, row.Contact)
	if row.Asleep && row.Form == formCount {
		contact = joined(contact, d.Label("contact_kind", "asleep"))
	}
	return NightLine{
		ID: row.ID, FormID: row.Form, When: When(row.At, d.Clock(), d.Lang()), Persons: row.Persons, Needs: row.Needs,
		Place: joined(d.Label("place_kind", row.PlaceKind), d.Label("district", row.District)), Contact: contact, Person: row.PersonCode,
	}
}

// Where names the targets that say where one is, in the order in which they are
// asked.
var whereTargets = []string{
	"encounter.district", "territory.district", "count.district",
	"encounter.place_kind", "territory.place_kind", "count.place",
}

// whenTargets say when.
var whenTargets = []string{"encounter.at", "territory.at", "count.at"}

// begin puts what the outing knows into a blank record. A value that the form
// does not take is left out: the worker gives it.
func (o Outing) begin(s *xform.Session) {
	for target, ref := range questions(s, whereTargets) {
		value := o.place
		if strings.HasSuffix(target, ".district") {
			value = o.district
		}
		if value != "" {
			_, _ = s.Set(ref, value)
		}
	}
}

// questions finds the questions that a form binds to targets, relevant now.
func questions(s *xform.Session, wanted []string) map[string]string {
	found := map[string]string{}
	for _, node := range s.Nodes() {
		if !node.Relevant || node.Control == "" {
			continue
		}
		for name, targets := range node.Attrs {
			if !strings.HasSuffix(name, ":observes") {
				continue
			}
			for _, target := range strings.Fields(targets) {
				if _, known := found[target]; !known && slices.Contains(wanted, target) {
					found[target] = node.Ref
				}
			}
		}
	}
	return found
}

// countedBefore stands for the submission before the first one of a night of
// counting: the form takes operation, sector, team and hours over from it.
func (o Outing) countedBefore(form *xform.Form) ([]byte, error) {
	answers := map[string]string{
		"n_op": o.Tour.Get("op"), "n_sector": o.Tour.Get("sector"), "n_team": o.Tour.Get("team"), "n_from": o.Tour.Get("start"),
	}
	var b strings.Builder
	fmt.Fprintf(&b, "<data id=%q version=%q><n_start>", form.ID(), form.Version())
	for _, name := range []string{"n_op", "n_sector", "n_team", "n_from"} {
		fmt.Fprintf(&b, "<%s>", name)
		if err := xml.EscapeText(&b, []byte(answers[name])); err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "</%s>", name)
	}
	b.WriteString("</n_start></data>")
	return []byte(b.String()), nil
}

// ParseHour reads an hour as it is typed: "2314", "23h14", "23:14", "10m" or
// "-10" for ten minutes ago (the minus of a French keyboard is on the key 6). An hour that is still to come is yesterday's: records are
// written after midnight, too. Errors: invalid.
func ParseHour(text string, now time.Time) (time.Time, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	if minutes := strings.TrimSuffix(strings.TrimPrefix(text, "-"), "m"); minutes != text {
		if n, err := strconv.Atoi(strings.TrimSpace(minutes)); err == nil && n >= 0 && n < 24*60 {
			return now.Add(-time.Duration(n) * time.Minute), nil
		}
	}
	for _, layout := range []string{"15:04", "15h04", "1504", "15h"} {
		for _, padded := range []string{text, "0" + text} {
			if t, err := time.Parse(layout, padded); err == nil {
				at := time.Date(now.Year(), now.Month(), now.Day(), t.Hour(), t.Minute(), 0, 0, now.Location())
				if at.After(now) {
					at = at.AddDate(0, 0, -1)
				}
				return at, nil
			}
		}
	}
	return time.Time{}, diagnostics.E("model.ParseHour", diagnostics.CodeInvalid,
		"Écrivez l'heure comme 23h14, ou 10m pour il y a dix minutes.", "Write the hour like 23:14, or 10m for ten minutes ago.", nil)
}
