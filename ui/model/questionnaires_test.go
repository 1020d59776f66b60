package model_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"solidaren/diagnostics"
	"solidaren/diagnostics/intake"
	"solidaren/diagnostics/workbook"
	"solidaren/sync/synctest"
	"solidaren/ui/model"
)

// changed is what a second version of each shipped questionnaire does: a
// question is added, one is removed, one has another name, a choice is gone, and
// in the interview one takes another type.
var changed = []struct {
	form    string
	answers string
	edit    func(bookEdit)
	renamed string   // the name now
	value   string   // of the renamed question
	aside   []string // answers that have no place any more
	lost    string   // the question that was removed
}{
	{
		"maraude", `{"m_district":"q11","m_place":"street","m_contact":"short","m_n":"1","m_gender":"f","m_age":"a25","m_str":"skill ties","m_weak":"la laverie ferme"}`,
		func(b bookEdit) {
			b.add("m_weak", "text", "zz_new", "Du nouveau ?")
			b.remove("survey", "m_age")
			b.rename("m_weak", "m_signal")
			b.remove("choices", "strength", "skill")
		},
		"m_signal", "la laverie ferme",
		[]string{"25–39", "skill"},
		"m_age",
	},
	{
		"entretien", `{"e_date":"2026-11-20","e_where":"day_centre","e_district":"q01","e_info":"oral","e_request":"Dormir au sec.","e_public":"errance",
		 "e_hh":"hs","e_night":"tent","e_str":"skill","e_like":"music cinema","e_skills":"cuisine","e_wish":"un chien","e_income":"r1",
		 "e_needs":[{"en_domain":"shelter","en_words":"Une clé.","en_urg":"weeks","en_cov":"no","en_why":"full"}]}`,
		func(b bookEdit) {
			b.add("e_wish", "text", "zz_new", "Du nouveau ?")
			b.remove("survey", "e_income")
			b.rename("e_wish", "e_hope")
			b.remove("choices", "like", "music")
			b.set("survey", b.row("survey", "e_skills"), "type", "integer")
		},
		"e_hope", "un chien",
		[]string{"r1", "music", "cuisine"},
		"e_income",
	},
	{
		"lieu", `{"l_district":"q01","l_place":"street","l_tents":"3","l_atmosphere":"calm","l_note":"une borne d'eau"}`,
		func(b bookEdit) {
			b.add("l_note", "text", "zz_new", "Du nouveau ?")
			b.remove("survey", "l_tents")
			b.rename("l_note", "l_words")
			b.remove("choices", "atmosphere", "calm")
		},
		"l_words", "une borne d'eau",
		[]string{"3", "calm"},
		"l_tents",
	},
}

// fill answers a form from JSON, as if it had been typed.
func (w *writer) fill(answers string) {
	w.d.t.Helper()
	if _, err := intake.Fill(w.Session, []byte(answers)); err != nil {
		w.d.t.Fatal(err)
	}
	state, err := w.Session.Save()
	if err != nil {
		w.d.t.Fatal(err)
	}
	w.Save(state, "", 5)
	w.d.settle()
}

// join makes notebooks members of one team; the first holds its key.
func join(t *testing.T, server *synctest.Server, roles map[*desk]diagnostics.Role, order ...*desk) {
	t.Helper()
	for _, d := range order {
		m := open(d, model.NewSending(d.Desk))
		m.Enrol(server.Invite(t, "nord", roles[d]), "Poste")
		d.settle()
		if m.Err != nil {
			t.Fatal(m.Err)
		}
	}
	exchange(t, append(slices.Clone(order), order...)...)
}

func exchange(t *testing.T, desks ...*desk) {
	t.Helper()
	for _, d := range desks {
		m := open(d, model.NewSending(d.Desk))
		m.Start()
		d.settle()
		if m.Err != nil || !m.Done {
			t.Fatalf("exchange: %v", m.Err)
		}
		if m.Counts.Held > 0 {
			t.Fatalf("%d operations are held", m.Counts.Held)
		}
	}
}

// TestNewVersionOfAShippedForm walks each shipped questionnaire through a second
// version, the whole way: records and drafts on the first one, import, a new
// record, the draft gone on with, a finished record corrected, a colleague's
// notebook, the workbook.
func TestNewVersionOfAShippedForm(t *testing.T) {
	for _, change := range changed {
		t.Run(change.form, func(t *testing.T) {
			server := synctest.NewServer(t, nil)
			d, colleague := newDesk(t), newDesk(t)
			join(t, server, map[*desk]diagnostics.Role{d: diagnostics.RoleCoordinator, colleague: diagnostics.RoleSocialWorker}, d, colleague)
			for range 2 {
				w := write(d, model.NewEntry(d.Desk, change.form))
				w.fill(change.answers)
				w.finish()
			}
			first := d.finished()
			w := write(d, model.NewEntry(d.Desk, change.form))
			w.fill(change.answers)
			w.Close()
			d.settle()

			edit := editForm(t, change.form)
			change.edit(edit)
			q := open(d, model.NewQuestionnaires(d.Desk))
			q.Propose(edit.save("2"))
			d.settle()
			p := q.Proposed
			if p == nil || !p.OK() || p.New || p.Before != "1" {
				t.Fatalf("proposed %+v, error %v", p, q.Err)
			}
			if c := p.Changes; len(c.Added) != 1 || len(c.Removed) != 1 || len(c.Renamed) != 1 || len(c.Changed) == 0 {
				t.Errorf("changes: %+v", c)
			}
			if len(p.Drafts) != 1 || p.Drafts[0].Aside != len(change.aside) || p.Drafts[0].Renamed != 1 || p.Drafts[0].Kept == 0 {
				t.Errorf("drafts: %+v", p.Drafts)
			}
			if form, err := d.Forms.Form(change.form); err != nil || form.Version() != "1" {
				t.Error("the version is in use before anybody agreed")
			}
			q.Give()
			d.settle()
			if q.Err != nil || q.Given == "" {
				t.Fatal(q.Err)
			}

			fresh := write(d, model.NewEntry(d.Desk, change.form))
			if fresh.Session.Form().Version() != "2" || fresh.node("zz_new").Label != "Du nouveau ?" {
				t.Error("a new record is not on the new version")
			}
			fresh.Close()

			draft := write(d, model.ResumeEntry(d.Desk, d.drafts()[0].ID))
			checkMoved(t, "draft", draft, change.renamed, change.value, change.aside)
			draft.finish()

			record := readRecord(d, first[0].ID)
			if !record.Readable || slices.ContainsFunc(record.Lines, func(l model.Line) bool { return l.Label == "Du nouveau ?" }) || heading(record, "de côté") {
				t.Errorf("a record of the first version reads %+v", record.Lines)
			}
			correction := write(d, model.CorrectEntry(d.Desk, first[0].ID))
			checkMoved(t, "correction", correction, change.renamed, change.value, change.aside)
			correction.finish()
			corrected := d.finished()[0].ID
			checkKept(t, "corrected record", readRecord(d, corrected), change.value, change.aside)

			exchange(t, d, colleague)
			if form, err := colleague.Forms.Form(change.form); err != nil || form.Version() != "2" {
				t.Fatalf("the colleague has not the new version: %v", err)
			}
			checkKept(t, "colleague's record", readRecord(colleague, corrected), change.value, change.aside)
			if old := readRecord(colleague, first[1].ID); !old.Readable || !old.Correctable() || heading(old, "de côté") {
				t.Errorf("the colleague reads the first version as %+v", old.Lines)
			}
			theirs := write(colleague, model.CorrectEntry(colleague.Desk, first[1].ID))
			checkMoved(t, "colleague's correction", theirs, change.renamed, change.value, change.aside)

			checkWorkbook(t, colleague, change.form, change.renamed, change.lost, change.value)
		})
	}
}

func readRecord(d *desk, id string) *model.Record {
	d.t.Helper()
	m := open(d, model.NewRecord(d.Desk, id))
	m.Load()
	d.settle()
	return m
}

func heading(m *model.Record, part string) bool {
	return slices.ContainsFunc(m.Lines, func(l model.Line) bool { return l.Heading && strings.Contains(l.Label, part) })
}

// checkMoved sees that what becomes of the answers is told, with the questions'
// labels.
func checkMoved(t *testing.T, what string, w *writer, renamed, value string, aside []string) {
	t.Helper()
	if w.Moved == nil || len(w.Moved.Renamed) != 1 || len(w.Moved.Aside) != len(aside) || w.Moved.Kept == 0 {
		t.Fatalf("%s: told %+v", what, w.Moved)
	}
	for _, line := range w.Moved.Aside {
		if line.Label == "" || strings.Contains(line.Label, "_") {
			t.Errorf("%s: %q is set aside without the question's words", what, line.Label)
		}
	}
	if got := w.node(renamed).Value; got != value {
		t.Errorf("%s: %s is %q", what, renamed, got)
	}
}

// checkKept sees that a record shows the answers that follow, and those that its
// form has no place for.
func checkKept(t *testing.T, what string, m *model.Record, value string, aside []string) {
	t.Helper()
	if !m.Readable || !holds(m.Lines, value) || !heading(m, "de côté") {
		t.Errorf("%s reads %+v", what, m.Lines)
	}
	if rest := m.Lines[len(m.Lines)-len(aside):]; len(rest) != len(aside) || rest[0].Heading {
		t.Errorf("%s ends with %+v", what, rest)
	}
}

// checkWorkbook looks at the columns of the raw export: one for the question
// that has another name, one for the one that is gone.
func checkWorkbook(t *testing.T, d *desk, form, renamed, lost, value string) {
	t.Helper()
	described, err := d.Described(form, "fr")
	if err != nil {
		t.Fatal(err)
	}
	from := now.AddDate(0, 0, -7)
	var b bytes.Buffer
	err = workbook.WriteRaw(t.Context(), &b, d.Notebook, workbook.RawOptions{
		Options: workbook.Options{Lang: "fr", GeneratedAt: now, Labels: model.Label},
		Period:  diagnostics.Period{From: from, To: now.AddDate(1, 0, 0)}, Forms: []workbook.Form{described}, Texts: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("SOLIDAREN_KEEP_WORKBOOKS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, form+".xlsx"), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	book, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(form)
	if err != nil {
		t.Fatal(err)
	}
	column := func(name string) int {
		return slices.IndexFunc(rows[0], func(h string) bool { return strings.Contains(h, "("+name+")") || strings.Contains(h, "("+name+",") })
	}
	said, gone := 0, 0
	for _, row := range rows[1:] {
		if at := column(renamed); at >= 0 && at < len(row) && row[at] == value {
			said++
		}
		if at := column(lost); at >= 0 && at < len(row) && row[at] != "" {
			gone++
		}
	}
	if len(rows) != 4 || said != 3 || gone != 1 || column("zz_new") < 0 {
		t.Errorf("%d rows; %d with the renamed answer, %d with the lost one; headers %v", len(rows)-1, said, gone, rows[0])
	}
	if at := column(lost); at >= 0 && !strings.Contains(rows[0][at], ", v. 1)") {
		t.Errorf("the lost question is called %q", rows[0][at])
	}
}

// TestTeamFormIsRefused: what no team may ask does not reach the notebook, and
// neither does anything from whoever is no coordinator.
func TestTeamFormIsRefused(t *testing.T) {
	d := newDesk(t)
	path := filepath.Join(t.TempDir(), "veille.md")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const settings = "| settings |\n| | form_id | version |\n| | veille | 1 |\n"
	q := open(d, model.NewQuestionnaires(d.Desk))
	propose := func(text string) *model.Proposed {
		t.Helper()
		write(text)
		q.Propose(`"` + path + `"`)
		d.settle()
		if q.Proposed == nil {
			t.Fatal(q.Err)
		}
		return q.Proposed
	}
	p := propose("| survey |\n| | type | name | label |\n| | text | a | Votre religion |\n| | text | b | Nationalité de la personne |\n| | slect_one x | c | Autre |\n" + settings)
	if len(p.Verdict.Errors) != 1 || len(p.Verdict.Forbidden) != 2 {
		t.Fatalf("errors %+v, forbidden %+v", p.Verdict.Errors, p.Verdict.Forbidden)
	}
	for _, issue := range p.Verdict.Forbidden {
		if !strings.Contains(issue.In("fr"), "RGPD art.") || !strings.Contains(issue.In("en"), "GDPR art.") || !strings.HasPrefix(issue.In("fr"), "survey!") {
			t.Errorf("refused with %q", issue.In("fr"))
		}
	}
	q.Give()
	d.settle()
	if forms, err := d.Notebook.Forms(t.Context()); err != nil || len(forms) != 0 || len(d.Forms.ReceivedIDs()) != 0 {
		t.Errorf("kept %v %v", forms, err)
	}

	propose("| survey |\n| | type | name | label |\n| | text | a | Question |\n" + settings)
	d.ActAs = diagnostics.RoleWorker
	q.Give()
	d.settle()
	if diagnostics.Code(q.Err) != diagnostics.CodeForbidden || len(d.Forms.ReceivedIDs()) != 0 {
		t.Errorf("a worker gave the team a form: %v", q.Err)
	}
	d.ActAs = ""
	q.Give()
	d.settle()
	if got := d.Forms.ReceivedIDs(); q.Err != nil || !slices.Equal(got, []string{"veille"}) {
		t.Errorf("received %v, error %v", got, q.Err)
	}
}

func TestCompareVersions(t *testing.T) {
	order := []string{"", "1", "2", "10", "10.1", "10.2", "2026112401", "2026112402", "v1", "v2", "v10"}
	for i, a := range order {
		for j, b := range order {
			got, want := model.CompareVersions(a, b), 0
			switch {
			case i < j:
				want = -1
			case i > j:
				want = 1
			}
			if got != want {
				t.Errorf("%q and %q: %d, want %d", a, b, got, want)
			}
		}
	}
	if model.CompareVersions("007", "7") == 0 {
		t.Error("two versions are told apart by all that is written")
	}
}
