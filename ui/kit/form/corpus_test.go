package form_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"solidaren/diagnostics/xform"
	"solidaren/diagnostics/xlsform"
	"solidaren/ui/kit"
	"solidaren/ui/kit/form"
	look "solidaren/ui/kit/theme"
	modelform "solidaren/ui/model/form"
	"solidaren/ui/model/form/formtest"
	"solidaren/ui/uitest"
)

// corpusForm is a questionnaire that was written elsewhere.
type corpusForm struct {
	name string
	open func() (*xform.Form, error)
}

// corpusForms lists the questionnaires of the folder that SOLIDAREN_CORPORA
// names: XForms, workbooks, and the cases of the field's own compiler.
func corpusForms(t *testing.T, folder string) []corpusForm {
	t.Helper()
	var all []corpusForm
	err := filepath.WalkDir(filepath.Join(folder, "forms"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, _ := filepath.Rel(folder, path)
		switch filepath.Ext(path) {
		case ".xml":
			all = append(all, corpusForm{name, func() (*xform.Form, error) {
				content, err := os.ReadFile(path)
				if err != nil {
					return nil, err
				}
				return parseBeside(path, content)
			}})
		case ".xlsx", ".xlsm", ".md":
			all = append(all, corpusForm{name, func() (*xform.Form, error) {
				book, err := xlsform.ReadFile(path)
				if err != nil {
					return nil, err
				}
				return compileBeside(path, book)
			}})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return append(all, corpusCases(t, folder)...)
}

// corpusCases are the cases in markdown, and those in sheets as their compiler
// wrote them.
func corpusCases(t *testing.T, folder string) []corpusForm {
	t.Helper()
	path := filepath.Join(folder, "pyxform_cases.jsonl")
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var all []corpusForm
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var c struct {
			Test   string `json:"test"`
			MD     string `json:"md"`
			Golden string `json:"golden_xform"`
		}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		switch {
		case c.MD != "":
			all = append(all, corpusForm{c.Test, func() (*xform.Form, error) {
				book, err := xlsform.ReadMarkdown(c.MD)
				if err != nil {
					return nil, err
				}
				return compileBeside(path, book)
			}})
		case c.Golden != "":
			all = append(all, corpusForm{c.Test, func() (*xform.Form, error) { return parseBeside(path, []byte(c.Golden)) }})
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func compileBeside(path string, book *xlsform.Workbook) (*xform.Form, error) {
	result, err := xlsform.Compile(book, xlsform.CompileOptions{})
	if err != nil {
		return nil, err
	}
	return parseBeside(path, result.XForm)
}

func parseBeside(path string, content []byte) (*xform.Form, error) {
	return xform.Parse(bytes.NewReader(content), xform.Options{Files: func(name string) (io.ReadCloser, error) {
		file, err := os.Open(filepath.Join(filepath.Dir(path), name))
		if stand, ok := standIns[filepath.Ext(name)]; ok && err != nil {
			return io.NopCloser(strings.NewReader(stand)), nil
		}
		return file, err
	}})
}

// standIns take the place of side files that the corpora name and have not.
var standIns = map[string]string{
	".csv":     "list_name,name,label,value,id,state,county\ncities,a,Une,1,1,x,y\ncities,b,Deux,2,2,x,y\n",
	".xml":     "<root><item><name>a</name><label>Une</label><id>1</id></item><item><name>b</name><label>Deux</label><id>2</id></item></root>",
	".geojson": `{"type":"FeatureCollection","features":[{"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"title":"Une","name":"a","label":"Une","id":"a"}}]}`,
}

// corpusSample is one form in so many of a usual run.
const corpusSample = 25

// TestCorpusOnScreen opens every questionnaire of the corpora in the window and
// goes through each of its sections by keyboard: none may panic, what stands in
// a field is what was typed or chosen, and looking at a section changes no
// answer. A usual run takes a sample; SOLIDAREN_CORPUS_ALL=1 takes them all,
// SOLIDAREN_CORPUS_CASE those with these words in their name.
func TestCorpusOnScreen(t *testing.T) {
	refused, sections, answers := 0, 0, 0
	shown := eachOfTheCorpora(t, func(s *screen, f *xform.Form, name string) {
		if s == nil {
			refused++
			return
		}
		walk := corpusWalk{screen: s, form: f, name: name}
		walk.look()
		walk.answer()
		walk.again()
		sections, answers = sections+walk.sections, answers+walk.answers
	})
	t.Logf("corpus on screen: %d questionnaires, %d sections, %d answers by keyboard; %d refused with a reason", shown, sections, answers, refused)
	if os.Getenv("SOLIDAREN_CORPUS_CASE") == "" && (shown < 10 || answers < 20) {
		t.Errorf("only %d questionnaires with %d answers", shown, answers)
	}
}

// eachOfTheCorpora shows the questionnaires one after the other, and tells how
// many; those that are refused come without a screen.
func eachOfTheCorpora(t *testing.T, do func(s *screen, f *xform.Form, name string)) (shown int) {
	t.Helper()
	folder := os.Getenv("SOLIDAREN_CORPORA")
	if folder == "" {
		t.Skip("corpus on screen: SKIPPED, SOLIDAREN_CORPORA names no folder of corpora")
	}
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Options{Palette: look.Light}))
	window := app.NewWindow("")
	defer window.Close()
	window.Resize(fyne.NewSize(1280, 720))
	every := corpusSample
	wanted := os.Getenv("SOLIDAREN_CORPUS_CASE")
	if os.Getenv("SOLIDAREN_CORPUS_ALL") != "" || wanted != "" {
		every = 1
	}
	for i, c := range corpusForms(t, folder) {
		if i%every != 0 || !strings.Contains(c.name, wanted) {
			continue
		}
		f, err := c.open()
		var session *xform.Session
		if err == nil {
			session, err = f.NewSession(xform.SessionOptions{Now: func() time.Time { return formtest.Now }, Location: formtest.Now.Location(), Seed: 1})
		}
		if err != nil {
			do(nil, nil, c.name)
			continue
		}
		s := &screen{t: t, session: session, window: window}
		s.model = modelform.New(session, modelform.Options{
			Now: func() time.Time { return formtest.Now }, Location: formtest.Now.Location(), AutoAdvance: true,
		})
		s.view = form.New(s.model, form.Options{Modals: kit.NewModals(window)})
		window.SetContent(s.view)
		s.Keyboard = uitest.Keyboard{Canvas: window.Canvas(), Window: window}
		do(s, f, c.name)
		s.view.Close()
		shown++
	}
	return shown
}

// corpusWalk goes through one form.
type corpusWalk struct {
	*screen
	form              *xform.Form
	name              string
	sections, answers int
}

func (w *corpusWalk) state() string {
	state, err := w.session.Save()
	if err != nil {
		w.t.Errorf("%s: %v", w.name, err)
	}
	return string(state)
}

// values are the answers that somebody gave or could give.
func (w *corpusWalk) values() map[string]string {
	all := map[string]string{}
	for _, n := range w.session.Nodes() {
		if n.Kind == xform.KindQuestion && n.Control != "" && n.Value != "" {
			all[n.Ref] = n.Value
		}
	}
	return all
}

// differ names what another map has otherwise.
func differ(before, after map[string]string) []string {
	var all []string
	for ref, value := range before {
		if after[ref] != value {
			all = append(all, fmt.Sprintf("%s: %q, was %q", ref, after[ref], value))
		}
	}
	slices.Sort(all)
	return all
}

// mostSections, mostItems bound what one form takes of the run.
const (
	mostSections = 40
	mostItems    = 40
)

// look shows each section in each language and puts the focus on each question
// of it, typing nothing.
func (w *corpusWalk) look() {
	before := w.values()
	first := w.model.Language()
	for _, language := range append(w.model.Languages(), first) {
		if language != "" {
			_ = w.model.SetLanguage(language) // one from right to left is refused
		}
		w.each(func(ref string) {
			if w.model.GoTo(ref) {
				w.Press("Tab")
			}
		})
	}
	if lost := differ(before, w.values()); len(lost) > 0 {
		w.t.Errorf("%s: looking changed %v", w.name, lost)
	}
	w.sections = len(w.model.Sections())
}

// each goes to the questions of the sections, as they are when it comes there.
func (w *corpusWalk) each(do func(ref string)) {
	for i := range min(len(w.model.Sections()), mostSections) {
		w.model.Show(i)
		items := w.model.Items()
		for _, item := range items[:min(len(items), mostItems)] {
			if item.Kind == modelform.Question && item.Focusable() {
				do(item.Ref)
			}
		}
	}
}

// typedFor is what is typed at a question; "" for one that is chosen.
func typedFor(item modelform.Item) string {
	switch item.Input {
	case modelform.Line, modelform.Notes:
		return "Un mot"
	case modelform.Integer, modelform.Range:
		return "7"
	case modelform.Decimal:
		return "1,5"
	case modelform.Date, modelform.Month:
		return "12/3"
	case modelform.Year:
		return "2026"
	case modelform.Clock:
		return "2314"
	case modelform.Moment:
		return "12/3 2314"
	case modelform.Place:
		return "48,1 N 1,6 O"
	case modelform.Trace:
		return "48,1 N 1,6 O"
	}
	return ""
}

// answer gives every question an answer by keyboard. What was typed stands in
// the field, or made the question go away.
func (w *corpusWalk) answer() {
	w.each(func(ref string) {
		item, ok := w.model.Item(ref)
		if !ok || !w.model.GoTo(ref) {
			return
		}
		text := typedFor(item)
		switch {
		case text != "":
			w.Type(text)
			w.Press("Tab")
		case item.Input == modelform.Choice || item.Input == modelform.Choices || item.Input == modelform.Rank:
			at := slices.IndexFunc(item.Choices, func(o modelform.Option) bool { return !slices.Contains(item.Chosen, o.Value) })
			if at < 0 {
				return
			}
			if item.Choices[at].Key == "" {
				w.t.Errorf("%s: answer %d of %s has no key", w.name, at+1, ref)
				return
			}
			w.Press(item.Choices[at].Key)
		case item.Input == modelform.Tick:
			w.Press("Space")
		default:
			return
		}
		w.answers++
		if node, ok := w.session.Node(ref); ok && node.Relevant && !node.ReadOnly && node.Value == "" {
			w.t.Errorf("%s: %s (%s %s) is empty after %q", w.name, ref, item.Input, item.Appearance, text)
		}
	})
}

// again restores what was saved: it is the same, and so is what is shown.
func (w *corpusWalk) again() {
	before, state := w.values(), w.state()
	w.each(func(ref string) { w.model.GoTo(ref) })
	if lost := differ(before, w.values()); len(lost) > 0 {
		w.t.Errorf("%s: going through it again changed %v", w.name, lost)
	}
	restored, err := w.form.Restore([]byte(state), xform.SessionOptions{Now: func() time.Time { return formtest.Now }, Location: formtest.Now.Location(), Seed: 1})
	if err != nil {
		w.t.Errorf("%s: %v", w.name, err)
		return
	}
	w.session = restored
	if lost := differ(before, w.values()); len(lost) > 0 {
		w.t.Errorf("%s: restoring lost %v", w.name, lost)
	}
}
