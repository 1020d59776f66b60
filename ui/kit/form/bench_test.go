package form_test

import (
	"fmt"
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
// it, and answering a question in it, as a ratio.
func BenchmarkLongForm(b *testing.B) {
	app := test.NewTempApp(b)
	app.Settings().SetTheme(look.New(look.Options{Palette: look.Light}))
	forms := map[int]*xform.Form{20: formtest.Compile(b, long(20)), 1000: formtest.Compile(b, long(1000))}
	opening, typing := map[int]time.Duration{}, map[int]time.Duration{}
	w := app.NewWindow("")
	defer w.Close()
	for b.Loop() {
		for n, f := range forms {
			start := time.Now()
			m := modelform.New(formtest.Session(b, f), modelform.Options{Save: func([]byte, string) {}})
			w.SetContent(form.New(m, form.Options{}))
			w.Resize(fyne.NewSize(1280, 720))
			opening[n] += time.Since(start)
			m.Answer("/data/first", "1")
			m.Show(1)
			start = time.Now()
			m.Type("/data/g0/q1", "a")
			m.Leave("/data/g0/q1")
			typing[n] += time.Since(start)
		}
	}
	b.ReportMetric(float64(opening[1000])/float64(opening[20]), "open-1000/20")
	b.ReportMetric(float64(typing[1000])/float64(typing[20]), "answer-1000/20")
	b.ReportMetric(float64(typing[1000].Microseconds())/float64(b.N), "answer-1000-µs")
}
