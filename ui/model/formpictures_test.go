package model_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
	"solidaren/sync/synctest"
	"solidaren/ui/model"
)

// picturedBook writes a questionnaire whose questions have pictures and a sound.
func picturedBook(t *testing.T, version string) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for sheet, rows := range map[string][][]any{
		"survey": {
			{"type", "name", "label", "media::image", "media::audio"},
			{"select_one l", "q", "Où ?", "rue.png", "q.mp3"},
			{"text", "b", "Autre", "absente.png", ""},
		},
		"choices":  {{"list_name", "name", "label", "media::image"}, {"l", "a", "Une", "une.png"}, {"l", "b", "Deux", ""}},
		"settings": {{"form_id", "version", "form_title"}, {"veille_images", version, "Veille"}},
	} {
		if _, err := f.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			cell, _ := excelize.CoordinatesToCellName(1, i+1)
			if err := f.SetSheetRow(sheet, cell, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	path := filepath.Join(t.TempDir(), "veille.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// noise is a picture that compresses badly.
func noise(t *testing.T, side int) []byte {
	t.Helper()
	random := rand.New(rand.NewPCG(1, uint64(side)))
	m := image.NewRGBA(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			m.Set(x, y, color.RGBA{uint8(random.IntN(256)), uint8(random.IntN(256)), uint8(y), 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func put(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func fileOf(t *testing.T, form *xform.Form, name string) []byte {
	t.Helper()
	file, err := form.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// The pictures beside a workbook are imported with it and reach the whole team;
// what is missing or is no picture is told before.
func TestPicturesTravelWithTheForm(t *testing.T) {
	server := synctest.NewServer(t, nil)
	d, colleague := newDesk(t), newDesk(t)
	join(t, server, map[*desk]diagnostics.Role{d: diagnostics.RoleCoordinator, colleague: diagnostics.RoleWorker}, d, colleague)
	path := picturedBook(t, "1")
	small := noise(t, 20)
	put(t, filepath.Join(filepath.Dir(path), "rue.png"), small)
	put(t, filepath.Join(filepath.Dir(path), "veille-media", "une.png"), noise(t, 1500))
	q := open(d, model.NewQuestionnaires(d.Desk))
	q.Propose(path)
	d.settle()
	p := q.Proposed
	if p == nil || !p.OK() {
		t.Fatalf("proposed %+v, error %v", p, q.Err)
	}
	var told []string
	for _, issue := range p.Verdict.Warnings {
		told = append(told, issue.In("fr"))
	}
	all := strings.Join(told, "\n")
	if !strings.Contains(all, "absente.png") || !strings.Contains(all, "q.mp3") || strings.Contains(all, "rue.png") {
		t.Errorf("told %q", told)
	}
	if got := fileOf(t, p.Form, "rue.png"); !bytes.Equal(got, small) {
		t.Errorf("a small picture has %d bytes, had %d", len(got), len(small))
	}
	q.Give()
	d.settle()
	if q.Err != nil {
		t.Fatal(q.Err)
	}
	exchange(t, d, colleague)
	form, err := colleague.Forms.Form("veille_images")
	if err != nil {
		t.Fatal(err)
	}
	shape, _, err := image.DecodeConfig(bytes.NewReader(fileOf(t, form, "une.png")))
	if err != nil || max(shape.Width, shape.Height) > 1000 {
		t.Errorf("a large picture is %v, %v", shape, err)
	}
	if got := fileOf(t, form, "rue.png"); !bytes.Equal(got, small) {
		t.Errorf("a colleague has a picture of %d bytes", len(got))
	}
	if _, err := form.Open("absente.png"); err == nil {
		t.Error("a picture that nobody has opens")
	}

	put(t, filepath.Join(filepath.Dir(path), "absente.png"), small)
	q.Propose(path)
	d.settle()
	if q.Proposed.OK() || !strings.Contains(q.Proposed.Verdict.Errors[0].In("fr"), "dit autre chose") {
		t.Errorf("the same version with other pictures: %+v", q.Proposed.Verdict)
	}
}

// A picture that makes the workbook too large for a team is left out and told;
// the form is imported all the same.
func TestPicturesThatAreTooLarge(t *testing.T) {
	d := newDesk(t)
	path := picturedBook(t, "1")
	put(t, filepath.Join(filepath.Dir(path), "rue.png"), noise(t, 20))
	large := make([]byte, model.MaxTeamForm)
	random := rand.NewChaCha8([32]byte{})
	_, _ = random.Read(large)
	put(t, filepath.Join(filepath.Dir(path), "une.png"), large)
	q := open(d, model.NewQuestionnaires(d.Desk))
	q.Propose(path)
	d.settle()
	p := q.Proposed
	if p == nil || !p.OK() || len(p.File.Content) > model.MaxTeamForm {
		t.Fatalf("proposed %+v, error %v", p, q.Err)
	}
	if _, err := p.Form.Open("rue.png"); err != nil {
		t.Error("the small picture is left out")
	}
	if _, err := p.Form.Open("une.png"); err == nil {
		t.Error("the large picture is there")
	}
}
