package xlsform

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"solidaren/diagnostics"
)

// TestNotationsAgree reads one questionnaire in its three notations.
func TestNotationsAgree(t *testing.T) {
	want := &Workbook{Sheets: []Sheet{
		{Name: "survey", Rows: []Row{
			{Number: 1, Cells: []string{"type", "name", "label"}},
			{Number: 2, Cells: []string{"text", "q", "A | B, c"}},
		}},
		{Name: "settings", Rows: []Row{
			{Number: 1, Cells: []string{"form_id"}},
			{Number: 2, Cells: []string{"f"}},
		}},
	}}
	dir := t.TempDir()
	files := map[string]string{
		"form.md":  "# Title\n\n| survey |\n| | type | name | label |\n|--|--|--|--|\n| | text | q | A \\| B, c |\n| settings |\n| | form_id |\n| | f |\n",
		"form.csv": "survey\n,type,name,label\n,text,q,\"A | B, c\"\n,,,\nsettings\n,form_id\n,f\n",
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	book := excelize.NewFile()
	for _, s := range want.Sheets {
		if _, err := book.NewSheet(s.Name); err != nil {
			t.Fatal(err)
		}
		for _, row := range s.Rows {
			for j, value := range row.Cells {
				if err := book.SetCellStr(s.Name, Cell{Row: row.Number, Column: letters(j), Sheet: "x"}.String()[2:], value); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := book.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	if err := book.SaveAs(filepath.Join(dir, "form.xlsx")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"form.md", "form.csv", "form.xlsx"} {
		got, err := ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestTypedCells reads cells that Excel holds as something else than text.
func TestTypedCells(t *testing.T) {
	book := excelize.NewFile()
	style, err := book.NewStyle(&excelize.Style{NumFmt: 10})
	if err != nil {
		t.Fatal(err)
	}
	values := []any{
		true, 12, 2.5, "1.0", time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC),
		time.Date(2026, 1, 5, 21, 30, 0, 0, time.UTC), "a\u00a0b", 0.5,
	}
	for i, v := range values {
		if err := book.SetCellValue("Sheet1", letters(i)+"1", v); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SetCellStyle("Sheet1", "H1", "H1", style); err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := book.Write(&file); err != nil {
		t.Fatal(err)
	}
	w, err := ReadXLSX(&file)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"TRUE", "12", "2.5", "1.0", "2026-01-05", "2026-01-05 21:30:00", "a b", "0.5"}
	if diff := cmp.Diff(want, w.Sheets[0].Rows[0].Cells); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
}

func TestUnreadableFiles(t *testing.T) {
	dir := t.TempDir()
	book := excelize.NewFile()
	var whole bytes.Buffer
	if err := book.Write(&whole); err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{
		"broken.xlsx": whole.Bytes()[:whole.Len()/2],
		"text.xlsx":   []byte("not a zip"),
		"empty.xlsx":  nil,
		"form.docx":   whole.Bytes(),
		"old.xls":     []byte(oldWorkbook + "…"),
		"old.xlsx":    []byte(oldWorkbook),
	}
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := ReadFile(path)
		if diagnostics.Code(err) != diagnostics.CodeInvalid || !strings.Contains(diagnostics.Sentence(err, "fr"), "classeur") {
			t.Errorf("%s: %v", name, err)
		}
		if old := strings.HasPrefix(name, "old."); old != strings.Contains(diagnostics.Sentence(err, "fr"), "ancienne version") {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := ReadFile(filepath.Join(dir, "absent.xlsx"))
	if diagnostics.Code(err) != diagnostics.CodeNotFound {
		t.Errorf("absent: %v", err)
	}
}

func TestLetters(t *testing.T) {
	for n, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"} {
		if got := letters(n); got != want {
			t.Errorf("column %d is %s, want %s", n, got, want)
		}
	}
}

func TestSuggest(t *testing.T) {
	known := []string{"m_district", "m_place", "m_contact"}
	for word, want := range map[string]string{"m_distrct": "m_district", "m_palce": "m_place", "entirely_else": ""} {
		if got := suggest(word, known); got != want {
			t.Errorf("%s: %q, want %q", word, got, want)
		}
	}
}
