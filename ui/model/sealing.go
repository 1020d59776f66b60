package model

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/vault"
	"solidaren/diagnostics/xform"
)

// Offer is what an open notebook leaves for recording while it is locked. What
// is more than codes of places stays in memory.
type Offer struct {
	Kit vault.CaptureKit

	outing Outing // without its lines, which tell of persons
}

// sealedForms can be filled while the notebook is locked; the first is the one
// that opens where the kit names no outing.
var sealedForms = []string{formMaraude, formCount, formPlace}

// sealable are those of a role: a volunteer counts, and does nothing else.
func sealable(role diagnostics.Role) []string {
	if role == diagnostics.RoleVolunteer {
		return []string{formCount}
	}
	return sealedForms
}

// offer puts beside the notebook what recording while it is locked needs; nil
// for the demo, which is never locked.
func (d *Desk) offer(ctx context.Context, role diagnostics.Role) (*Offer, error) {
	if d.Member.Rehearsal() {
		return nil, nil
	}
	tour, err := d.Notebook.CurrentTour(ctx)
	if err != nil && diagnostics.Code(err) != diagnostics.CodeNotFound {
		return nil, err
	}
	outing, err := d.outing(ctx, LoopForm(kindOf(tour)))
	if err != nil {
		return nil, err
	}
	kit := store.CaptureKit{Defaults: diagnostics.Values{}}
	for _, id := range sealable(role) {
		form, err := d.captureForm(ctx, id)
		if err != nil {
			return nil, err
		}
		kit.Forms = append(kit.Forms, form)
	}
	if actions := d.Forms.offered(); actions != nil {
		kit.Lists = map[string][]byte{ActionFile: actions}
	}
	for field, value := range map[string]string{"district": outing.district, "place_kind": outing.place, "kind": tour.Get("kind"), "sectors": tour.Get("sectors")} {
		if value != "" {
			kit.Defaults[field] = value
		}
	}
	written, err := d.Notebook.OfferCapture(kit)
	if err != nil {
		return nil, err
	}
	outing.Lines, outing.Records, outing.People = nil, 0, 0
	return &Offer{Kit: written, outing: outing}, nil
}

// captureForm gives the version of a form that is in use, with its file where it
// is one of the team's own.
func (d *Desk) captureForm(ctx context.Context, id string) (store.CaptureForm, error) {
	for _, v := range d.Forms.heads(id) {
		if _, err := v.open(); err != nil {
			continue
		}
		form := store.CaptureForm{ID: id, Version: v.Version}
		if v.Record == "" {
			return form, nil
		}
		var err error
		form.Format = v.format
		form.File, err = d.Notebook.FormContent(ctx, v.Record)
		return form, err
	}
	return store.CaptureForm{}, unknown(id)
}

// form finds a form as the kit gives it; one that cannot be read leaves the
// program's own in use.
func (s *Sealing) form(id string) (*xform.Form, error) {
	i := slices.IndexFunc(s.recording.Kit.Forms, func(f store.CaptureForm) bool { return f.ID == id && f.File != nil })
	if i < 0 {
		return s.Desk.Forms.Form(id)
	}
	given := s.recording.Kit.Forms[i]
	form, err := s.given.get(id, func() (*xform.Form, error) {
		return ReadForm(id+"."+given.Format, given.File, s.Desk.Forms.side).OpenForTeam()
	})
	if err != nil || form.ID() != id {
		return s.Desk.Forms.Form(id)
	}
	return form, nil
}

// Offer makes recording possible from now on, should the program end without
// locking. What goes wrong is told to nobody: the lock screen says so.
func (d *Desk) Offer() {
	var command Command
	role := d.Role()
	Run(d.scope, &command, func(ctx context.Context) (*Offer, error) { return d.offer(ctx, role) }, func(offered *Offer, err error) {
		if err == nil {
			d.offered = offered
		}
	})
}

// Offered is what was offered last, nil if nothing was.
func (d *Desk) Offered() *Offer { return d.offered }

// Sealing is recording while the notebook is locked: it writes records that
// nobody can read before the next opening, and knows of them only the present one
// and the one before, in memory.
type Sealing struct {
	*Desk // without a notebook: what a screen needs besides

	recording *store.Recording
	outing    Outing
	kind      string
	previous  map[string]func(string) (string, bool) // the record before, by form
	last      *sealedRecord                          // that can still be taken back
	given     *compiled                              // forms of the team
}

// sealedRecord is one record of a sealed capture. It is the journal of its typist.
type sealedRecord struct {
	sealing *Sealing
	number  uint32
	draft   store.Draft
}

// JournalDraft seals a state; see journal.
func (r *sealedRecord) JournalDraft(d store.Draft) error {
	return r.sealing.recording.Seal(r.number, vault.Writing, d)
}

// SyncJournal has the disk take it; see journal.
func (r *sealedRecord) SyncJournal() error { return r.sealing.recording.Sync() }

// OpenSealing begins to record in the folder of a locked notebook; d is a desk
// without a notebook, offered what the notebook left in memory, nil if it was not
// open since the program began. Errors: as store.OpenRecording.
func OpenSealing(ctx context.Context, d *Desk, dir string, offered *Offer) (*Sealing, error) {
	s := &Sealing{Desk: d, previous: map[string]func(string) (string, bool){}, given: newCompiled()}
	var trusted *vault.CaptureKit
	if offered != nil {
		trusted = &offered.Kit
	}
	recording, err := store.OpenRecording(dir, trusted)
	if err != nil {
		return nil, err
	}
	s.recording = recording
	defaults := recording.Kit.Defaults
	s.outing = Outing{district: defaults["district"], place: defaults["place_kind"]}
	if sectors := strings.Fields(defaults["sectors"]); s.outing.district == "" && len(sectors) == 1 {
		s.outing.district = sectors[0]
	}
	s.kind = defaults["kind"]
	if offered != nil {
		s.outing = offered.outing
	}
	d.Forms.Offer(recording.Kit.Lists[ActionFile])
	d.begin(ctx)
	return s, nil
}

// Close writes what is still being sealed and forgets everything.
func (s *Sealing) Close(patience time.Duration) error {
	err := s.Desk.Close(patience)
	if failed := s.recording.Close(); err == nil {
		err = failed
	}
	s.previous, s.last, s.outing = nil, nil, Outing{}
	return err
}

// Forms are those that can be filled, the one of the outing first.
func (s *Sealing) Forms() []string {
	var ids []string
	for _, form := range s.recording.Kit.Forms {
		if slices.Contains(s.Desk.Forms.IDs(), form.ID) {
			ids = append(ids, form.ID)
		}
	}
	if first := LoopForm(s.kind); slices.Contains(ids, first) {
		ids = slices.DeleteFunc(ids, func(id string) bool { return id == first })
		ids = slices.Insert(ids, 0, first)
	}
	return ids
}

// Count is how many records wait for the opening.
func (s *Sealing) Count() int { return s.recording.Count() }

// Entry makes a blank record of a form that is sealed as it is typed.
func (s *Sealing) Entry(formID string) *Entry {
	m := NewEntry(s.Desk, formID)
	m.sealed = &sealedRecord{sealing: s}
	return m
}

// Sealed reports whether the record is written while the notebook is locked.
func (m *Entry) Sealed() bool { return m.sealed != nil }

// Withdraw takes the last record back. Errors: too_large, internal.
func (s *Sealing) Withdraw() error {
	r := s.last
	if r == nil {
		return nil
	}
	if err := s.recording.Seal(r.number, vault.Withdrawn, store.Draft{ID: r.draft.ID}); err != nil {
		return err
	}
	if err := s.recording.Sync(); err != nil {
		return err
	}
	s.last = nil
	if len(s.outing.Lines) > 0 {
		s.outing.Records--
		if line := s.outing.Lines[0]; line.FormID != formPlace {
			s.outing.People -= line.Persons
		}
		s.outing.Lines = nil
	}
	return nil
}

// blank is a new record: where it is comes from the record before.
func (r *sealedRecord) blank(m *Entry, formID, lang string) (*opening, error) {
	s := r.sealing
	form, err := s.form(formID)
	if err != nil {
		return nil, err
	}
	outing := s.outing
	outing.Lines = slices.Clone(outing.Lines)
	var last []byte
	if formID == formCount {
		if last, err = outing.countedBefore(form); err != nil {
			return nil, err
		}
	}
	o := &opening{draft: store.Draft{FormID: formID, FormVersion: form.Version()}, previous: s.previous[formID]}
	if Loops(formID) {
		o.outing = &outing
	}
	if o.session, err = form.NewSession(m.options(form, lang, last)); err != nil {
		return nil, err
	}
	outing.begin(o.session)
	return o, nil
}

// end seals the last state of a record: it is finished.
func (r *sealedRecord) end(d store.Draft) error {
	d.Revision++
	if err := r.sealing.recording.Seal(r.number, vault.Done, d); err != nil {
		return err
	}
	return r.sealing.recording.Sync()
}

// keep remembers a finished record until the next one is finished.
func (r *sealedRecord) keep(m *Entry) {
	s := r.sealing
	r.draft = store.Draft{ID: m.Draft.ID}
	s.last = r
	answers := answersOf(m.Session)
	s.previous[m.FormID] = func(ref string) (string, bool) { value, ok := answers[ref]; return value, ok }
	row := store.NightRow{
		ID: m.Draft.ID, Form: m.FormID, At: m.Hour(), Contact: m.value("encounter.contact_kind", "count.case"),
		District:  m.value("encounter.district", "territory.district", "count.district"),
		PlaceKind: m.value("encounter.place_kind", "territory.place_kind", "count.place"),
		Asleep:    m.value("count.asleep") == "yes",
	}
	row.Persons, _ = strconv.Atoi(m.value("encounter.persons", "count.seen", "territory.people_seen"))
	s.outing.Lines = []NightLine{s.nightLine(row)}
	s.outing.Records++
	if m.FormID != formPlace {
		s.outing.People += row.Persons
	}
	if row.District != "" {
		s.outing.district = row.District
	}
	if Loops(m.FormID) && row.PlaceKind != "" {
		s.outing.place = row.PlaceKind
	}
	if m.FormID == formCount { // what the next record of the night takes over
		s.outing.Tour.Fields = diagnostics.Values{
			"op": m.value("count.op"), "sector": m.value("count.sector"), "team": m.value("count.team"), "start": m.value("count.from"),
		}
	}
}

// value is the answer to the question that is bound to one of the targets, ""
// if there is none.
func (m *Entry) value(targets ...string) string {
	for _, ref := range questions(m.Session, targets) {
		if node, ok := m.Session.Node(ref); ok && node.Value != "" {
			return node.Value
		}
	}
	return ""
}

// answersOf are the answers of a session, by reference.
func answersOf(s *xform.Session) map[string]string {
	answers := map[string]string{}
	for _, node := range s.Nodes() {
		if node.Relevant && node.Value != "" {
			answers[node.Ref] = node.Value
		}
	}
	return answers
}
