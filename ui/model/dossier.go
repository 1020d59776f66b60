package model

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/intake"
	"solidaren/diagnostics/paper"
)

// sectionWords are the titles and the introductions of the document's parts.
var sectionWords = map[string]struct{ title, intro diagnostics.Text }{
	"card":       {diagnostics.Text{FR: "Votre fiche", EN: "Your card"}, diagnostics.Text{}},
	"records":    {diagnostics.Text{FR: "Vos entretiens et rencontres, réponse par réponse", EN: "Your interviews and encounters, answer by answer"}, diagnostics.Text{}},
	"observed":   {diagnostics.Text{FR: "Ce que l'équipe en a retenu", EN: "What the team kept of it"}, diagnostics.Text{}},
	"sharing":    {diagnostics.Text{FR: "Vos accords et ce qui a été partagé", EN: "Your agreements and what was shared"}, diagnostics.Text{}},
	"requests":   {diagnostics.Text{FR: "Vos demandes", EN: "Your requests"}, diagnostics.Text{}},
	"history":    {diagnostics.Text{FR: "Ce qui a été corrigé", EN: "What was put right"}, diagnostics.Text{FR: "Les changements faits depuis ce poste, et les entretiens remplacés par une correction.", EN: "The changes made on this computer, and the interviews replaced by a correction."}},
	"recipients": {diagnostics.Text{FR: "Qui a ces données", EN: "Who has these data"}, diagnostics.Text{FR: "Le serveur de l'équipe ne peut lire ni votre nom ni vos mots.", EN: "The team's server can read neither your name nor your words."}},
	"keeping":    {diagnostics.Text{FR: "Combien de temps", EN: "For how long"}, diagnostics.Text{}},
}

// sharing are the types of record that say what may be shared, and was.
var sharing = []string{diagnostics.TypeConsent, diagnostics.TypeReferral}

// links are the fields that hold ids and say nothing to a reader.
var links = []string{"diagnostic", "encounter", "person", "tour", "household", "corrects", "answers", "texts", "demo", "same_as", "referral", "record"}

// Dossier gathers all that the notebook knows of a person, for the person
// (DOMAIN.md L12). It is logged as an export. Errors: not_found, internal.
func (d *Desk) Dossier(ctx context.Context, personID, lang string) (paper.Dossier, error) {
	card, err := d.Notebook.Get(ctx, personID)
	if err != nil {
		return paper.Dossier{}, err
	}
	all, err := d.Notebook.PersonTimeline(ctx, personID)
	if err != nil {
		return paper.Dossier{}, err
	}
	slices.Reverse(all) // oldest first
	err = d.Notebook.Log(ctx, diagnostics.Access{Action: diagnostics.ActionExport, Target: personID, Purpose: "right", Count: len(all) + 1})
	if err != nil {
		return paper.Dossier{}, err
	}
	w := &dossierWriter{Desk: d, ctx: ctx, lang: lang, card: card, all: all, corrected: map[string]bool{}}
	w.out = paper.Dossier{Code: card.Get("code"), Made: d.Clock(), Lang: lang}
	w.out.Data = paper.Data{Made: d.Clock().UTC(), Person: dataRecord(card), KeptUntil: diagnostics.KeptUntil(card).Format(time.DateOnly)}
	if law, err := d.Notebook.Safeguards(ctx); err == nil { // one that cannot be read yet is left out
		w.out.Officer = law.Officer
	}
	for _, r := range all {
		w.out.Data.Records = append(w.out.Data.Records, dataRecord(r))
		w.corrected[r.Get("corrects")] = true
	}
	for _, write := range []func() error{w.cardSection, w.recordsSection, w.observedSection, w.sharingSection, w.requestsSection, w.historySection, w.recipientsSection, w.keepingSection} {
		if err := write(); err != nil {
			return paper.Dossier{}, err
		}
	}
	return w.out, nil
}

func dataRecord(r diagnostics.Record) paper.DataRecord {
	return paper.DataRecord{ID: r.ID, Type: r.Type, Fields: r.Fields, Sealed: r.Sealed}
}

// dossierWriter writes the document part by part.
type dossierWriter struct {
	*Desk
	ctx       context.Context
	lang      string
	card      diagnostics.Record
	all       []diagnostics.Record
	corrected map[string]bool // diagnostics in whose place another one stands
	out       paper.Dossier
}

func (w *dossierWriter) section(name string, entries []paper.DossierEntry) {
	words := sectionWords[name]
	w.out.Sections = append(w.out.Sections, paper.Section{Title: words.title.In(w.lang), Intro: words.intro.In(w.lang), Entries: entries})
}

func (w *dossierWriter) cardSection() error {
	entries := []paper.DossierEntry{w.entry(w.card, "")}
	if home := w.card.Get("household"); home != "" {
		if household, err := w.Notebook.Get(w.ctx, home); err == nil {
			w.out.Data.Records = append(w.out.Data.Records, dataRecord(household))
			entries = append(entries, w.entry(household, typeWords[household.Type].In(w.lang)))
		}
	}
	w.section("card", entries)
	return nil
}

// entry writes the fields of a record in words, in the order of the data model.
func (w *dossierWriter) entry(r diagnostics.Record, title string) paper.DossierEntry {
	e := paper.DossierEntry{Title: title}
	entity, _ := diagnostics.LookupEntity(r.Type)
	shown := map[string]bool{}
	for _, f := range entity.Fields {
		shown[f.Name] = true
		switch {
		case slices.Contains(links, f.Name):
		case slices.Contains(r.Sealed, f.Name):
			e.Lines = append(e.Lines, paper.DossierLine{Label: FieldLabel(f.Name, w.lang), Text: diagnostics.Text{
				FR: "(scellé : la clé n'est pas sur ce poste)", EN: "(sealed: the key is not on this computer)",
			}.In(w.lang)})
		case r.Get(f.Name) != "":
			e.Lines = append(e.Lines, paper.DossierLine{Label: FieldLabel(f.Name, w.lang), Text: w.text(f, r.Get(f.Name))})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.Fields)) {
		if !shown[name] && r.Get(name) != "" { // of a newer program
			e.Lines = append(e.Lines, paper.DossierLine{Label: name, Text: r.Get(name)})
		}
	}
	return e
}

// text writes a field's value in words.
func (w *dossierWriter) text(f diagnostics.Field, value string) string {
	switch f.Type {
	case diagnostics.TypeCodes:
		codes := strings.Fields(value)
		for i, code := range codes {
			codes[i] = Labels(w.Directory())(f.List, code, w.lang)
		}
		return strings.Join(codes, ", ")
	case diagnostics.TypeCode:
		if words, ok := unlisted[value]; ok && f.List == "" {
			return words.In(w.lang)
		}
		return Labels(w.Directory())(f.List, value, w.lang)
	case diagnostics.TypeDate, diagnostics.TypeTime:
		at := (diagnostics.Record{Fields: diagnostics.Values{"v": value}}).Time("v")
		if f.Type == diagnostics.TypeDate {
			return Day(at)
		}
		return Day(at.Local()) + " " + at.Local().Format("15:04")
	}
	return value
}

// day is the day of a record in a title.
func (w *dossierWriter) day(r diagnostics.Record) string {
	at := r.Time("at")
	if at.IsZero() {
		return ""
	}
	return Day(at.Local())
}

func titled(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), " — ")
}

func (w *dossierWriter) recordsSection() error {
	var entries []paper.DossierEntry
	for _, r := range w.all {
		if r.Type != diagnostics.TypeDiagnostic {
			continue
		}
		e, err := w.answers(r)
		if err != nil {
			return err
		}
		entries = append(entries, e)
	}
	w.section("records", entries)
	return nil
}

// answers writes a finished record question by question.
func (w *dossierWriter) answers(r diagnostics.Record) (paper.DossierEntry, error) {
	r, err := w.finished(w.ctx, r.ID)
	if err != nil {
		return paper.DossierEntry{}, err
	}
	title, read := r.Get("form_id"), rawLines(r)
	if session, err := w.read(r, w.lang); err == nil {
		title, read = session.Form().Title(), append(lines(session), asideLines(session.Orphans())...)
	} else if orphans, err := intake.Orphans(r); err == nil {
		read = append(read, asideLines(orphans)...)
	}
	e := paper.DossierEntry{Title: titled(w.day(r), title, Label("district", r.Get("district"), w.lang), r.Get("team"))}
	if w.corrected[r.ID] {
		e.Title = titled(e.Title, diagnostics.Text{FR: "remplacé par une correction", EN: "replaced by a correction"}.In(w.lang))
	}
	for _, line := range read {
		if !line.Heading {
			e.Lines = append(e.Lines, paper.DossierLine{Label: line.Label, Text: line.Answer})
		}
	}
	return e, nil
}

func (w *dossierWriter) observedSection() error {
	w.section("observed", w.entriesOf(func(r diagnostics.Record) bool {
		return r.Type != diagnostics.TypeDiagnostic && r.Type != diagnostics.TypeRequest && !slices.Contains(sharing, r.Type)
	}))
	return nil
}

func (w *dossierWriter) sharingSection() error {
	w.section("sharing", w.entriesOf(func(r diagnostics.Record) bool { return slices.Contains(sharing, r.Type) }))
	return nil
}

func (w *dossierWriter) requestsSection() error {
	w.section("requests", w.entriesOf(func(r diagnostics.Record) bool { return r.Type == diagnostics.TypeRequest }))
	return nil
}

func (w *dossierWriter) entriesOf(wanted func(diagnostics.Record) bool) []paper.DossierEntry {
	var entries []paper.DossierEntry
	for _, r := range w.all {
		if !wanted(r) {
			continue
		}
		name := r.Type
		if text, ok := typeWords[r.Type]; ok {
			name = text.In(w.lang)
		}
		entries = append(entries, w.entry(r, titled(w.day(r), name)))
	}
	return entries
}

// historySection tells what was changed on the card after it was made, and
// which records were corrected.
func (w *dossierWriter) historySection() error {
	changes, err := w.Notebook.Changes(w.ctx, w.card.ID)
	if err != nil {
		return err
	}
	entity, _ := diagnostics.LookupEntity(w.card.Type)
	times := map[string]int{}
	for _, c := range changes {
		times[c.Field]++
	}
	e := paper.DossierEntry{}
	for _, c := range changes {
		w.out.Data.History = append(w.out.Data.History, paper.DataChange{At: c.At, Record: w.card.ID, Field: c.Field, Value: c.Text})
		field, _ := entity.Field(c.Field)
		if times[c.Field] > 1 && !slices.Contains(links, c.Field) {
			text := w.text(field, c.Text)
			if c.Text == "" {
				text = "–"
			}
			e.Lines = append(e.Lines, paper.DossierLine{Label: Day(c.At.Local()) + " · " + FieldLabel(c.Field, w.lang), Text: text})
		}
	}
	for _, r := range w.all {
		if r.Get("corrects") != "" {
			e.Lines = append(e.Lines, paper.DossierLine{Label: Day(r.Time("completed_at").Local()), Text: diagnostics.Text{
				FR: "Un entretien a été corrigé.", EN: "An interview was corrected.",
			}.In(w.lang)})
		}
	}
	var entries []paper.DossierEntry
	if len(e.Lines) > 0 {
		entries = append(entries, e)
	}
	w.section("history", entries)
	return nil
}

// recipientsSection names who holds the data: the laptops of the team, the
// server, the partners to whom the person agreed.
func (w *dossierWriter) recipientsSection() error {
	var all []paper.DataReceiver
	for _, device := range w.Member.Devices() {
		if diagnostics.Role(device.Role).HoldsKey() {
			all = append(all, paper.DataReceiver{Kind: "laptop", Name: device.Team + " · " + device.Name, Role: device.Role})
		}
	}
	if w.Member.ServerURL() == "" {
		all = append(all, paper.DataReceiver{Kind: "laptop", Name: diagnostics.Text{FR: "ce poste seul", EN: "this computer alone"}.In(w.lang)})
	} else {
		all = append(all, paper.DataReceiver{Kind: "server", Name: w.Member.ServerURL()})
	}
	for _, r := range w.all {
		if r.Type == diagnostics.TypeReferral && r.Get("share") == "yes" {
			all = append(all, paper.DataReceiver{Kind: "partner", Name: Labels(w.Directory())("action", r.Get("to"), w.lang)})
		}
	}
	kinds := map[string]diagnostics.Text{
		"laptop": {FR: "Poste de l'équipe", EN: "Computer of the team"}, "server": {FR: "Serveur", EN: "Server"}, "partner": {FR: "Partenaire, avec votre accord", EN: "Partner, with your agreement"},
	}
	e := paper.DossierEntry{}
	for _, r := range all {
		e.Lines = append(e.Lines, paper.DossierLine{Label: kinds[r.Kind].In(w.lang), Text: r.Name})
	}
	w.out.Data.Recipients = all
	w.section("recipients", []paper.DossierEntry{e})
	return nil
}

func (w *dossierWriter) keepingSection() error {
	text := diagnostics.Text{
		FR: "Sans nouvelle rencontre, tout est effacé le %s (deux ans après le dernier contact). Les notes de travail sont effacées après 90 jours.",
		EN: "Without another encounter everything is erased on %s (two years after the last contact). Working notes are erased after 90 days.",
	}
	if w.card.Archived() {
		text = diagnostics.Text{FR: "Votre dossier est archivé : il est effacé le %s.", EN: "Your file is archived: it is erased on %s."}
	}
	w.section("keeping", []paper.DossierEntry{{Lines: []paper.DossierLine{{Text: fmt.Sprintf(text.In(w.lang), Day(diagnostics.KeptUntil(w.card)))}}}})
	return nil
}
