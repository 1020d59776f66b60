package model_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/xform"
	"solidaren/ui/model"
)

// writer fills a form the way the screen does: each answer is handed to Save.
type writer struct {
	*model.Entry
	d *desk
}

func write(d *desk, m *model.Entry) *writer {
	d.t.Helper()
	open(d, m)
	m.Load()
	d.settle()
	if m.Session == nil {
		d.t.Fatal("the form did not open")
	}
	return &writer{m, d}
}

// answer sets questions by name, in order.
func (w *writer) answer(pairs ...string) {
	w.d.t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if _, err := w.Session.Set(w.ref(pairs[i]), pairs[i+1]); err != nil {
			w.d.t.Fatal(err)
		}
		state, err := w.Session.Save()
		if err != nil {
			w.d.t.Fatal(err)
		}
		w.Save(state, w.ref(pairs[i]), i/2+1)
	}
}

func (w *writer) ref(name string) string {
	w.d.t.Helper()
	return w.node(name).Ref
}

func (w *writer) node(name string) xform.Node {
	w.d.t.Helper()
	for _, node := range w.Session.Nodes() {
		if node.Name == name {
			return node
		}
	}
	w.d.t.Fatalf("the form has no question %s", name)
	return xform.Node{}
}

// finish ends the form, which must hold no problem.
func (w *writer) finish() {
	w.d.t.Helper()
	problems, err := w.Session.Finish()
	if err != nil || len(problems) > 0 {
		w.d.t.Fatalf("finish: %v %v", problems, err)
	}
	finished := false
	w.OnFinish = func() { finished = true }
	w.Finish()
	w.d.settle()
	if !finished {
		w.d.t.Fatal("the records were not written")
	}
}

// talk are the answers of a short outreach record with two needs.
var talk = []string{
	"m_district", "q11", "m_place", "street", "m_contact", "talk", "m_n", "1", "m_info", "oral",
	"m_needs", "hygiene food", "m_words", "une douche le dimanche", "m_urg", "days",
}

func (d *desk) drafts() []store.Draft {
	d.t.Helper()
	drafts, err := d.Notebook.Drafts(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	return drafts
}

func (d *desk) finished() []store.FinishedRow {
	d.t.Helper()
	rows, err := d.Notebook.Finished(d.t.Context(), store.FinishedFilter{Limit: 50})
	if err != nil {
		d.t.Fatal(err)
	}
	return rows
}

func TestEntryDraftBeginsWithTheFirstAnswer(t *testing.T) {
	d := newDesk(t)
	w := write(d, model.NewEntry(d.Desk, "maraude"))
	state, err := w.Session.Save()
	if err != nil {
		t.Fatal(err)
	}
	w.Save(state, w.ref("m_place"), 0) // the cursor moved
	d.settle()
	if got := d.drafts(); len(got) != 0 {
		t.Fatalf("%d drafts before any answer", len(got))
	}
	w.answer("m_district", "q11")
	d.settle()
	got := d.drafts()
	if len(got) != 1 || got[0].FormID != "maraude" || got[0].Answered != 1 {
		t.Fatalf("drafts after the first answer: %+v", got)
	}
}

func TestEntryResumesAfterAKill(t *testing.T) {
	d := newDesk(t)
	w := write(d, model.NewEntry(d.Desk, "maraude"))
	w.answer(talk[:10]...)
	cursor := w.ref("m_info")
	d.settle()

	d = d.reopen()
	today := open(d, model.NewToday(d.Desk))
	today.Load()
	d.settle()
	if len(today.Drafts) != 1 {
		t.Fatalf("the first screen shows %d drafts", len(today.Drafts))
	}
	w = write(d, model.ResumeEntry(d.Desk, today.Drafts[0].ID))
	if w.Cursor != cursor {
		t.Errorf("resumed at %q, want %q", w.Cursor, cursor)
	}
	if got := w.node("m_contact").Value; got != "talk" {
		t.Errorf("the contact is %q after the kill", got)
	}
	w.answer(talk[10:]...)
	w.finish()
	if got := d.drafts(); len(got) != 0 {
		t.Errorf("the finished draft is still there: %+v", got)
	}
	rows := d.finished()
	if len(rows) != 1 || rows[0].Needs != 2 || rows[0].District != "q11" {
		t.Errorf("finished: %+v", rows)
	}
}

func TestEntryHangsOnTheTour(t *testing.T) {
	d := newDesk(t)
	tour := open(d, model.NewTour(d.Desk))
	tour.Start(model.TourStart{Team: "Maraude nord", Sectors: []string{"q10", "q11"}, Staff: 3, Weather: "rain"})
	d.settle()
	if tour.Current == nil {
		t.Fatal("the tour did not start")
	}
	w := write(d, model.NewEntry(d.Desk, "maraude"))
	w.answer(talk...)
	w.finish()
	record, err := d.Notebook.Get(t.Context(), d.finished()[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if record.Get("tour") != tour.Current.ID || record.Get("team") != "Maraude nord" {
		t.Errorf("the record hangs on tour %q, team %q", record.Get("tour"), record.Get("team"))
	}
	tour.Load()
	d.settle()
	if tour.Outing.Records != 1 || tour.Outing.People != 1 {
		t.Errorf("the tour shows %+v", tour.Outing)
	}
	tour.End()
	d.settle()
	if tour.Current != nil || len(tour.Past) != 1 {
		t.Errorf("after its end: current %v, %d past", tour.Current, len(tour.Past))
	}
	if tour.Draft.Team != "Maraude nord" || tour.Draft.Staff != 3 {
		t.Errorf("the next start proposes %+v", tour.Draft)
	}
}

func TestEntryCorrectionIsANewFact(t *testing.T) {
	d := newDesk(t)
	w := write(d, model.NewEntry(d.Desk, "maraude"))
	w.answer(talk...)
	w.finish()
	first := d.finished()[0].ID

	w = write(d, model.CorrectEntry(d.Desk, first))
	if got := w.node("m_words").Value; got != "une douche le dimanche" {
		t.Fatalf("the correction starts with %q in the free text", got)
	}
	w.answer("m_needs", "hygiene")
	w.finish()
	rows := d.finished()
	if len(rows) != 2 {
		t.Fatalf("%d records after a correction", len(rows))
	}
	for _, row := range rows {
		if row.Corrected != (row.ID == first) || row.Correction == (row.ID == first) {
			t.Errorf("row %+v, first was %s", row, first)
		}
	}
	record := open(d, model.NewRecord(d.Desk, first))
	record.Load()
	d.settle()
	if !record.Readable || !holds(record.Lines, "une douche le dimanche") {
		t.Errorf("the corrected record reads %+v", record.Lines)
	}
}

func holds(lines []model.Line, answer string) bool {
	for _, line := range lines {
		if line.Answer == answer {
			return true
		}
	}
	return false
}

func TestRecordShowsLabels(t *testing.T) {
	d := newDesk(t)
	w := write(d, model.NewEntry(d.Desk, "maraude"))
	w.answer(talk...)
	w.finish()
	record := open(d, model.NewRecord(d.Desk, d.finished()[0].ID))
	record.Load()
	d.settle()
	want := diagnostics.Label("need_domain", "food", "fr") + " · " + diagnostics.Label("need_domain", "hygiene", "fr")
	other := diagnostics.Label("need_domain", "hygiene", "fr") + " · " + diagnostics.Label("need_domain", "food", "fr")
	if !holds(record.Lines, want) && !holds(record.Lines, other) {
		t.Errorf("no line reads %q: %+v", want, record.Lines)
	}
	if record.Place != "Le Blosne" {
		t.Errorf("the place reads %q", record.Place)
	}
}

func TestEntryRefusedFinishKeepsTheDraft(t *testing.T) {
	d := newDesk(t)
	w := write(d, model.NewEntry(d.Desk, "maraude"))
	w.answer(talk...)
	w.answer("m_words", "son numéro est 1 85 05 78 006 084 36")
	var got error
	w.Failing(func(_ string, err error) { got = err })
	w.Finish()
	d.settle()
	if diagnostics.Code(got) != diagnostics.CodeInvalid {
		t.Fatalf("a social security number was let through: %v", got)
	}
	if drafts := d.drafts(); len(drafts) != 1 {
		t.Errorf("%d drafts after a refused finish", len(drafts))
	}
	w.answer("m_words", "une douche")
	d.Settle()
	if drafts := d.drafts(); len(drafts) != 1 {
		t.Errorf("the draft is no longer saved: %d", len(drafts))
	}
}

func TestEntryFindsTheCodeQuestion(t *testing.T) {
	d := newDesk(t)
	w := write(d, model.NewEntry(d.Desk, "maraude"))
	w.answer(talk[:10]...)
	if ref := w.Question("person.code"); ref != "" {
		t.Errorf("an anonymous record asks for a code at %s", ref)
	}
	w.answer("m_link", "known")
	if ref := w.Question("person.code"); ref != w.ref("m_code") {
		t.Errorf("the code is asked at %q, want m_code", ref)
	}
}

// TestDraftOfAnOlderVersion goes on with a draft whose form has changed since:
// what becomes of its answers is told before anything is written, and what the
// form has no place for stays with the record.
func TestDraftOfAnOlderVersion(t *testing.T) {
	d := newDesk(t)
	w := write(d, model.NewEntry(d.Desk, "maraude"))
	w.answer(talk...)
	w.Close()
	d.settle()
	drafts, err := d.Notebook.Drafts(t.Context())
	if err != nil || len(drafts) != 1 {
		t.Fatal(drafts, err)
	}
	older := drafts[0]
	older.FormVersion, older.Revision = "0", older.Revision+1
	older.State = bytes.Replace(older.State, []byte(`"version":"`+drafts[0].FormVersion+`"`), []byte(`"version":"0"`), 1)
	older.State = bytes.Replace(older.State, []byte(`"answers":{`), []byte(`"answers":{"m_gone":"des mots d'avant",`), 1)
	if err := d.Notebook.SaveDraft(t.Context(), older); err != nil {
		t.Fatal(err)
	}
	w = write(d, model.ResumeEntry(d.Desk, older.ID))
	want := &model.Moved{From: "0", To: drafts[0].FormVersion, Kept: w.Moved.Kept, Aside: []model.Line{{Label: "m_gone", Answer: "des mots d'avant"}}}
	if diff := cmp.Diff(want, w.Moved); diff != "" || w.Moved.Kept < len(talk)/2 {
		t.Fatalf("told: %s", diff)
	}
	if now, err := d.Notebook.Draft(t.Context(), older.ID); err != nil || !bytes.Equal(now.State, older.State) {
		t.Error("looking at the changes has changed the draft", err)
	}
	w.finish()
	m := open(d, model.NewRecord(d.Desk, d.finished()[0].ID))
	m.Load()
	d.settle()
	last := m.Lines[len(m.Lines)-1]
	if last.Label != "m_gone" || last.Answer != "des mots d'avant" {
		t.Errorf("the record ends with %+v", last)
	}
}

// TestCorrectionOfAnOlderVersion corrects a record whose form has lost a
// question since: its answer is told before, and stays with the correction, as
// do those that were set aside before.
func TestCorrectionOfAnOlderVersion(t *testing.T) {
	d := newDesk(t)
	finished := d.create(diagnostics.TypeDiagnostic, diagnostics.Values{
		"form_id": "maraude", "form_version": "0", "at": "2026-11-23T20:00:00Z", "completed_at": "2026-11-23T20:30:00Z",
		"answers": `{"m_gone":"yes","a_place":{"m_district":"q11"}}`, "texts": `{"m_told":"des mots d'avant"}`,
		"orphans": `{"answers":[{"ref":"/data/m_first","label":"La première question","value":"trois","version":"-1"}]}`,
	})
	record := open(d, model.NewRecord(d.Desk, finished.ID))
	record.Load()
	d.settle()
	correction := write(d, model.CorrectEntry(d.Desk, finished.ID))
	want := []model.Line{
		{Label: "m_gone", Answer: "yes"}, {Label: "m_told", Answer: "des mots d'avant"}, {Label: "La première question", Answer: "trois"},
	}
	if correction.Moved == nil || correction.Moved.From != "0" {
		t.Fatalf("the change of the form is not told: %+v", correction.Moved)
	}
	if diff := cmp.Diff(want, correction.Moved.Aside); diff != "" {
		t.Errorf("set aside: %s", diff)
	}
	if got := correction.node("m_district").Value; got != "q11" {
		t.Errorf("the district is %q", got)
	}
	correction.answer(talk...)
	correction.finish()
	corrected := open(d, model.NewRecord(d.Desk, d.finished()[0].ID))
	corrected.Load()
	d.settle()
	for name, m := range map[string]*model.Record{"the record": record, "its correction": corrected} {
		if got := m.Lines[len(m.Lines)-3:]; !m.Readable || !m.Correctable() || cmp.Diff(want, got) != "" {
			t.Errorf("%s ends with %+v", name, got)
		}
	}
	if corrected.Corrects != finished.ID {
		t.Errorf("it corrects %q", corrected.Corrects)
	}
}

// What stands in a field when the program ends is there at the next start, and
// only the typing journal was written for it.
func TestKeystrokesAreKept(t *testing.T) {
	d := newDesk(t)
	w := write(d, model.NewEntry(d.Desk, "maraude"))
	w.answer("m_district", "q11")
	d.settle()
	state, err := w.Session.Save()
	if err != nil {
		t.Fatal(err)
	}
	before, err := d.Notebook.Draft(t.Context(), w.Draft.ID)
	if err != nil {
		t.Fatal(err)
	}
	mark := w.ref("m_words") + "\nune douche le dim"
	w.Save(state, mark, 1)
	d.settle()
	after, err := d.Notebook.Draft(t.Context(), w.Draft.ID)
	if err != nil || after.Revision != before.Revision {
		t.Errorf("a keystroke wrote the database: %d, then %d, error %v", before.Revision, after.Revision, err)
	}
	again := d.reopen()
	kept, err := again.Notebook.Draft(t.Context(), w.Draft.ID)
	if err != nil || kept.Cursor != mark || string(kept.State) != string(state) {
		t.Errorf("the cursor is %q, error %v", kept.Cursor, err)
	}
	resumed := write(again, model.ResumeEntry(again.Desk, w.Draft.ID))
	if resumed.Cursor != mark {
		t.Errorf("resumed at %q", resumed.Cursor)
	}
}
