package workbook_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"solidaren/diagnostics"
	"solidaren/diagnostics/workbook"
)

// answerRows is a source in memory, by form.
type answerRows map[string][]diagnostics.AnswerRow

func (a answerRows) Answers(_ context.Context, form string, _ diagnostics.Period, fn func(diagnostics.AnswerRow) error) error {
	for _, row := range a[form] {
		if err := fn(row); err != nil {
			return err
		}
	}
	return nil
}

func (a answerRows) CountAnswers(_ context.Context, form string, _ diagnostics.Period) (rows int, demo bool, err error) {
	for _, row := range a[form] {
		rows, demo = rows+1, demo || row.Demo
	}
	return rows, demo, nil
}

// interview is a form with everything that a column may be.
var interview = workbook.Form{
	ID: "entretien", Title: "Entretien", Root: "/data",
	Repeats: []string{"/data/F/needs", "/data/F/needs/steps"},
	Questions: []workbook.Question{
		{Path: "/data/when", Label: "Date", Type: "date", Control: "input"},
		{Path: "/data/at", Label: "Heure", Type: "dateTime", Control: "input"},
		{Path: "/data/code", Label: "Code", Type: "string", Control: "input", Observes: "person.code"},
		{Path: "/data/name", Label: "Surnom", Type: "string", Control: "input", Observes: "identity.handle"},
		{Path: "/data/stay", Label: "Nationalité", Type: "string", Control: "select1", Observes: "situation.stay_status"},
		{Path: "/data/notes", Label: "Notes", Type: "string", Control: "input", Observes: "note.private"},
		{Path: "/data/spot", Label: "Lieu", Type: "geopoint", Control: "input"},
		{Path: "/data/wish", Label: "Souhait", Type: "string", Control: "input"},
		{Path: "/data/B/adults", Label: "Adultes", Type: "int", Control: "input"},
		{Path: "/data/B/weight", Label: "Poids", Type: "decimal", Control: "input"},
		{
			Path: "/data/B/public", Label: "Publics", Type: "string", Control: "select", Observes: "person.publics",
			Choices: []workbook.Choice{{Value: "errance", Label: "En errance"}, {Value: "very_low", Label: "Ressources très faibles"}},
		},
		{
			Path: "/data/F/needs/domain", Label: "Domaine", Type: "string", Control: "select1", Repeat: "/data/F/needs",
			Choices: []workbook.Choice{{Value: "food", Label: "=Alimentation"}},
		},
		{Path: "/data/F/needs/words", Label: "Dans ses mots", Type: "string", Control: "input", Repeat: "/data/F/needs"},
		{Path: "/data/F/needs/steps/n", Label: "Étape", Type: "int", Control: "input", Repeat: "/data/F/needs/steps"},
		{Path: "/data/seen", Label: "", Type: "string"},
		{Path: "/data/deduced", Label: "", Type: "string", Observes: "person.publics"},
	},
}

var interviews = answerRows{"entretien": {
	{
		ID: "d1", At: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), District: "q11", PersonCode: "ABCD-EFG", Version: "2", Demo: true,
		Answers: []byte(`{"when":"2026-03-01","at":"2026-03-01T19:30:00.000+01:00","stay":"hue","B":{"adults":"2","weight":"61.25","public":"errance far very_low"},
			"F":{"needs":[{"domain":"food","steps":[{"n":"7"},{"n":"8"}]},{"domain":"newer"}]},"deduced":"errance far","gone":"hue"}`),
		Texts: func() ([]byte, error) {
			return []byte(`{"name":"Mimi","notes":"secret","seen":"yes","wish":"=1+1 <b>\u0001","F":{"needs":[{},{"words":"une douche"}]}}`), nil
		},
	},
	{
		ID: "d2", At: time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC), Version: "2",
		Answers: []byte(`{"when":"1850-01-01","B":{"adults":"many"}}`),
	},
}}

func rawOptions(texts bool) workbook.RawOptions {
	return workbook.RawOptions{
		Options: workbook.Options{GeneratedAt: madeOn}, Period: period,
		Forms: []workbook.Form{interview}, Texts: texts,
	}
}

func writtenRaw(t testing.TB, src workbook.AnswerSource, o workbook.RawOptions) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := workbook.WriteRaw(t.Context(), &buf, src, o); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestRawWorkbook(t *testing.T) {
	for _, c := range []struct {
		name  string
		texts bool
	}{{"raw", false}, {"raw_texts", true}} {
		t.Run(c.name, func(t *testing.T) {
			golden(t, c.name+".golden", extract(t, opened(t, writtenRaw(t, interviews, rawOptions(c.texts)))))
		})
	}
}

func TestRawNeverHolds(t *testing.T) {
	for _, texts := range []bool{false, true} {
		for name, content := range parts(t, writtenRaw(t, interviews, rawOptions(texts))) {
			for _, never := range []string{"Mimi", "secret", ">hue<", "stay_status", "geopoint"} {
				if strings.Contains(content, never) {
					t.Errorf("texts %v: %s holds %q", texts, name, never)
				}
			}
			if !texts && strings.Contains(content, "douche") {
				t.Errorf("%s holds words that were not asked for", name)
			}
		}
	}
}

func TestRawTypes(t *testing.T) {
	f := opened(t, writtenRaw(t, interviews, rawOptions(true)))
	for _, c := range []struct{ sheet, first, head, raw, shown string }{
		{"entretien", "d1", "Date (when)", "46082", "01/03/2026"},
		{"entretien", "d1", "Heure (at)", "46082.8125", "01/03/2026 19:30"}, // as the clock on the wall showed
		{"entretien", "d1", "Adultes (adults)", "2", "2"},
		{"entretien", "d1", "Poids (weight)", "61.25", "61.25"},
		{"entretien", "d1", "Quartier", "Le Blosne", "Le Blosne"},
		{"entretien", "d1", "Publics (public)", "En errance ; Éloigné de l'action sociale ; Ressources très faibles", ""},
		{"entretien", "d1", "seen", "yes", ""},
		{"entretien", "d1", "deduced", "En errance ; Éloigné de l'action sociale", ""},
		{"entretien", "d1", "Souhait (wish)", "=1+1 <b>\uFFFD", ""},
		{"entretien", "d1", "Réponses hors de cette version", "1", ""},
		{"entretien", "d2", "Date (when)", "1850-01-01", ""}, // older than Excel knows
		{"entretien", "d2", "Adultes (adults)", "many", ""},
		{"entretien.steps", "d1", "Étape (n)", "7", "7"},
	} {
		at := find(t, f, c.sheet, c.first, c.head)
		raw, _ := f.GetCellValue(c.sheet, at, excelize.Options{RawCellValue: true})
		if raw != c.raw {
			t.Errorf("%s!%s: %q, want %q", c.sheet, at, raw, c.raw)
		}
		if shown, _ := f.GetCellValue(c.sheet, at); c.shown != "" && shown != c.shown {
			t.Errorf("%s!%s: shown as %q, want %q", c.sheet, at, shown, c.shown)
		}
	}
	panes, err := f.GetPanes("entretien")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the headers are not the frozen first row: %+v %v", panes, err)
	}
}

func TestRawStops(t *testing.T) {
	many := answerRows{}
	for i := range 5000 {
		many["entretien"] = append(many["entretien"], diagnostics.AnswerRow{ID: fmt.Sprint(i), At: madeOn, Answers: []byte(`{"when":"2026-01-01"}`)})
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	o, last := rawOptions(false), 0
	o.Progress = func(rows int) { last = rows; cancel() }
	if err := workbook.WriteRaw(ctx, io.Discard, many, o); !errors.Is(err, context.Canceled) || last > 2048 {
		t.Errorf("cancelled after %d rows: %v", last, err)
	}
	broken := answerRows{"entretien": {{ID: "d", Answers: []byte(`{"a`)}}}
	if err := workbook.WriteRaw(t.Context(), io.Discard, broken, rawOptions(false)); diagnostics.Code(err) != diagnostics.CodeCorrupt {
		t.Errorf("answers that cannot be read: %v", err)
	}
	for _, src := range []endless{{}, {uncounted: true}} {
		if err := workbook.WriteRaw(t.Context(), io.Discard, src, rawOptions(false)); diagnostics.Code(err) != diagnostics.CodeTooLarge {
			t.Errorf("more rows than a sheet, %+v: %v", src, err)
		}
	}
}

// endless gives more rows than a sheet holds.
type endless struct{ uncounted bool }

func (e endless) CountAnswers(context.Context, string, diagnostics.Period) (int, bool, error) {
	if e.uncounted { // they came while others were written
		return 5, false, nil
	}
	return 1 << 20, false, nil
}

func (endless) Answers(_ context.Context, _ string, _ diagnostics.Period, fn func(diagnostics.AnswerRow) error) error {
	for range 1 << 20 {
		if err := fn(diagnostics.AnswerRow{ID: "d"}); err != nil {
			return err
		}
	}
	return nil
}

func TestRawWritesNoOtherFile(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	many := answerRows{}
	for i := range 20_000 { // more than a library's buffer of 16 MB
		many["entretien"] = append(many["entretien"], diagnostics.AnswerRow{
			ID: fmt.Sprint(i), At: madeOn,
			Answers: []byte(`{"when":"2026-01-01","seen":"` + strings.Repeat("x", 900) + `"}`),
		})
	}
	w := writerFunc(func(p []byte) (int, error) {
		if files, err := os.ReadDir(temp); err != nil || len(files) > 0 {
			t.Fatalf("answers lie in the clear in %v (%v)", files, err)
		}
		return len(p), nil
	})
	if err := workbook.WriteRaw(t.Context(), w, many, rawOptions(true)); err != nil {
		t.Fatal(err)
	}
}

func TestSheetNamesFitExcel(t *testing.T) {
	o := rawOptions(false)
	long := "a:very/long*form?id[with]every\\thing'that Excel refuses"
	o.Forms = []workbook.Form{{ID: long, Root: "/data"}, {ID: long + "2", Root: "/data"}}
	names := opened(t, writtenRaw(t, answerRows{}, o)).GetSheetList()
	want := []string{"00_Lisez-moi", "a_very_long_form_id_with_every_", "a_very_long_form_id_with_ever~2", "99_Dictionnaire"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
}

func TestAnyTextIsReadBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.String().Draw(rt, "text")
		want := strings.Map(func(c rune) rune {
			if (c < ' ' && !slices.Contains([]rune{'\n', '\t', '\r'}, c)) || c == 0xFFFE || c == 0xFFFF || c == unicode.ReplacementChar {
				return unicode.ReplacementChar
			}
			return c
		}, text)
		o := rawOptions(true)
		o.Forms = []workbook.Form{{ID: "f", Root: "/data", Questions: []workbook.Question{{Path: "/data/q", Type: "string", Control: "input"}}}}
		content, _ := json.Marshal(map[string]any{"q": text})
		src := answerRows{"f": {{ID: "d", At: madeOn, Texts: func() ([]byte, error) { return content, nil }}}}
		got, err := opened(t, writtenRaw(t, src, o)).GetCellValue("f", "H2")
		if err != nil || got != want {
			rt.Errorf("%q reads back as %q: %v", text, got, err)
		}
	})
}
