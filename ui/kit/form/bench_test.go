package form_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"solidaren/diagnostics/xform"
	"solidaren/ui/kit/form"
	look "solidaren/ui/kit/theme"
	modelform "solidaren/ui/model/form"
	"solidaren/ui/model/form/formtest"
	"solidaren/ui/uitest"
)

// long makes a form of n questions, each asked only after an answer to the first.
func long(n int) string {
	var b strings.Builder
	b.WriteString("| survey |\n| | type | name | label | relevant |\n| | integer | first | First | |\n")
	for i := range n - 1 {
		if i%10 == 0 {
			fmt.Fprintf(&b, "| | begin_group | g%d | Group %d | |\n", i/10, i/10)
		}
		fmt.Fprintf(&b, "| | text | q%d | Question %d | ${first} > 0 |\n", i, i)
		if i%10 == 9 || i == n-2 {
			b.WriteString("| | end_group | | | |\n")
		}
	}
	return b.String()
}

// BenchmarkLongForm compares a form of 1000 questions with one of 20: opening
// it and showing it, an answer and an answer with its repaint, as ratios of
// medians. Opening and showing are compared with a window of the same size that
// is opened and painted with nothing in it, too.
func BenchmarkLongForm(b *testing.B) {
	app := test.NewTempApp(b)
	app.Settings().SetTheme(look.New(look.Options{Palette: look.Light}))
	lengths := []int{20, 1000}
	forms := map[int]*xform.Form{}
	for _, n := range lengths {
		forms[n] = formtest.Compile(b, long(n))
	}
	opening, showing := map[int]spans{}, map[int]spans{}
	answering, painting := map[int]spans{}, map[int]spans{}
	var empty spans
	w := app.NewWindow("")
	defer w.Close()
	for b.Loop() {
		start := time.Now()
		blank := app.NewWindow("")
		blank.Resize(fyne.NewSize(1280, 720))
		blank.Canvas().Capture()
		empty = append(empty, time.Since(start))
		blank.Close()
		for _, n := range lengths {
			start := time.Now()
			m := modelform.New(formtest.Session(b, forms[n]), modelform.Options{Save: func([]byte, string) {}})
			w.SetContent(form.New(m, form.Options{}))
			w.Resize(fyne.NewSize(1280, 720))
			opening[n] = append(opening[n], time.Since(start))
			w.Canvas().Capture()
			showing[n] = append(showing[n], time.Since(start))
			m.Answer("/data/first", "1")
			m.Show(1)
			for i := range 4 {
				start = time.Now()
				m.Type("/data/g0/q1", strconv.Itoa(i))
				m.Leave("/data/g0/q1")
				answering[n] = append(answering[n], time.Since(start))
				w.Canvas().Capture()
				painting[n] = append(painting[n], time.Since(start))
			}
		}
	}
	b.ReportMetric(opening[1000].median()/opening[20].median(), "open-1000/20")
	b.ReportMetric(showing[1000].median()/showing[20].median(), "shown-1000/20")
	b.ReportMetric(opening[1000].median()/empty.median(), "open-1000/empty")
	b.ReportMetric(showing[1000].median()/empty.median(), "shown-1000/empty")
	b.ReportMetric(answering[1000].median()/answering[20].median(), "answer-1000/20")
	b.ReportMetric(painting[1000].median()/painting[20].median(), "repaint-1000/20")
	b.ReportMetric(1000*opening[1000].median(), "open-1000-ms")
	b.ReportMetric(1000*answering[1000].median(), "answer-1000-ms")
	b.ReportMetric(1000*painting[1000].median(), "repaint-1000-ms")
}

// spans are times of the same thing.
type spans []time.Duration

// median is the middle one, in seconds.
func (s spans) median() float64 {
	slices.Sort(s)
	return s[len(s)/2].Seconds()
}

// BenchmarkLongList compares a list of 5,000 answers with one of 50: a key of
// its search, and leaving a text field that stands beside it.
func BenchmarkLongList(b *testing.B) {
	app := test.NewTempApp(b)
	app.Settings().SetTheme(look.New(look.Options{Palette: look.Light}))
	w := app.NewWindow("")
	defer w.Close()
	searching, leaving := map[int]spans{}, map[int]spans{}
	for _, n := range []int{50, 5000} {
		var rows strings.Builder
		for i := range n {
			fmt.Fprintf(&rows, "| | l | v%d | Commune numéro %d |\n", i, i)
		}
		f := formtest.Compile(b, "| survey |\n| | type | name | label | appearance |\n| | select_one l | q | Q | minimal |\n| | text | a | A | |\n| choices |\n| | list_name | name | label |\n"+rows.String())
		m := modelform.New(formtest.Session(b, f), modelform.Options{Save: func([]byte, string) {}})
		view := form.New(m, form.Options{})
		w.SetContent(view)
		w.Resize(fyne.NewSize(1280, 720))
		view.Focus()
		keys := uitest.Keyboard{Canvas: w.Canvas(), Window: w}
		keys.Type("com")
		for i := range 40 {
			start := time.Now()
			keys.Type(strconv.Itoa(i % 10))
			searching[n] = append(searching[n], time.Since(start))
			keys.Press("Backspace")
			start = time.Now()
			m.Type("/data/a", strconv.Itoa(i))
			m.Leave("/data/a")
			leaving[n] = append(leaving[n], time.Since(start))
		}
	}
	for b.Loop() { // all was measured before
	}
	b.ReportMetric(searching[5000].median()/searching[50].median(), "search-5000/50")
	b.ReportMetric(leaving[5000].median()/leaving[50].median(), "leave-5000/50")
	b.ReportMetric(1000*searching[5000].median(), "search-5000-ms")
	b.ReportMetric(1000*leaving[5000].median(), "leave-5000-ms")
}
