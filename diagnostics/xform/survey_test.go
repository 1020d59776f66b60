package xform_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"solidaren/diagnostics/xform"
)

// survey writes a household survey of 200 questions: 70 numbers, 50 choices,
// 30 texts, 50 calculations (30 of them a chain), 50 conditions, and a repeat
// of members whose fields are summed and counted. It is the form by which
// engines of the field were compared.
func survey() string {
	w := &surveyWriter{}
	for k := 1; k <= 70; k++ {
		constraint := ""
		if k <= 20 {
			constraint = ` constraint=". &gt;= 0 and . &lt;= 100000"`
		}
		w.question("n", k, "int", fmt.Sprint(k), constraint, `<input ref="%s">%s</input>`)
	}
	for k := 1; k <= 40; k++ {
		relevant := ""
		if k > 20 {
			relevant = fmt.Sprintf(` relevant="/data/s%d = 'yes' and /data/n%d &gt; 5"`, k-20, k)
		}
		w.question("s", k, "string", []string{"no", "yes"}[k%2], relevant, `<select1 ref="%s">%s`+items("yes", "no", "dk")+`</select1>`)
	}
	for k := 1; k <= 10; k++ {
		w.question("m", k, "string", "", "", `<select ref="%s">%s`+items(needs()...)+`</select>`)
	}
	for k := 1; k <= 30; k++ {
		relevant := fmt.Sprintf("/data/c%d &gt; %d", k, k*20)
		switch {
		case k <= 10:
			relevant = fmt.Sprintf("selected(/data/m%d, 'need_%d')", k, k)
		case k <= 20:
			relevant = fmt.Sprintf("/data/s%d = 'no' or /data/n%d &gt;= 40", k, k+30)
		}
		w.question("t", k, "string", "", ` relevant="`+relevant+`"`, `<input ref="%s">%s</input>`)
	}
	w.calculations()
	const member = `<age>20</age><sex>yes</sex><weight>50.5</weight><score/><idx/><job/>`
	instance := w.instance.String() + `<member jr:template="">` + member + `</member><member>` + member + `</member><meta><instanceID/></meta>`
	binds := w.binds.String() + `<bind nodeset="/data/member/age" type="int"/><bind nodeset="/data/member/sex" type="string"/><bind nodeset="/data/member/weight" type="decimal"/>
<bind nodeset="/data/member/score" type="string" calculate="../age * 2 + /data/n1" readonly="true()"/><bind nodeset="/data/member/idx" type="string" calculate="position(..)" readonly="true()"/>
<bind nodeset="/data/member/job" type="string" relevant="../age &gt;= 15"/>`
	body := w.body.String() + `<group ref="/data/member"><label>Members</label><repeat nodeset="/data/member"><input ref="/data/member/age"/><select1 ref="/data/member/sex">` +
		items("yes", "no", "dk") + `</select1><input ref="/data/member/weight"/><input ref="/data/member/job"/></repeat></group>`
	return document(instance, binds, body)
}

type surveyWriter struct{ instance, binds, body strings.Builder }

func (w *surveyWriter) question(letter string, k int, typ, value, more, body string) {
	name := fmt.Sprintf("%s%d", letter, k)
	fmt.Fprintf(&w.instance, "<%s>%s</%s>", name, value, name)
	fmt.Fprintf(&w.binds, `<bind nodeset="/data/%s" type="%s"%s/>`, name, typ, more)
	if body != "" {
		fmt.Fprintf(&w.body, body, "/data/"+name, "<label>Question "+name+" of the household survey</label>")
	}
}

func (w *surveyWriter) calculations() {
	expr := map[int]string{
		1: "/data/n1 + /data/n2", 46: "sum(/data/member/score)", 47: "count(/data/member)", 48: "sum(/data/member/age)",
		49: "count(/data/member[age &gt;= 15])", 50: "if(/data/c47 &gt; 0, round(/data/c46 div /data/c47, 2), 0)",
	}
	for k := 1; k <= 50; k++ {
		x := expr[k]
		switch {
		case x != "":
		case k <= 30:
			x = fmt.Sprintf("/data/c%d + /data/n%d", k-1, k+1)
		case k <= 40:
			x = fmt.Sprintf("if(/data/s%d = 'yes', /data/n%d * 2, 0)", k-30, k)
		default:
			x = fmt.Sprintf("concat('HH-', /data/n%d, '-', count-selected(/data/m%d))", k, k-40)
		}
		w.question("c", k, "string", "", ` calculate="`+x+`" readonly="true()"`, "")
	}
}

func items(values ...string) string {
	var b strings.Builder
	for _, v := range values {
		b.WriteString("<item><label>" + v + "</label><value>" + v + "</value></item>")
	}
	return b.String()
}

func needs() (list []string) {
	for k := 1; k <= 20; k++ {
		list = append(list, fmt.Sprintf("need_%d", k))
	}
	return list
}

// dice are the random numbers of the walk, the same in every engine.
type dice uint32

func (d *dice) roll(n int) int {
	*d = (*d*1103515245 + 12345) & 0x7fffffff
	return int(*d>>8) % n
}

// surveySteps are the five kinds of change of the walk: how step i is drawn.
var surveySteps = []struct {
	name string
	draw func(d *dice, i, members int) (ref, value string)
}{
	{"leaf-text", func(_ *dice, i, _ int) (string, string) {
		return fmt.Sprintf("/data/t%d", 1+i%10), fmt.Sprintf("x%d", i)
	}},
	{"select", func(d *dice, _, _ int) (string, string) {
		ref := fmt.Sprintf("/data/s%d", 1+d.roll(20))
		return ref, []string{"yes", "no", "dk"}[d.roll(3)]
	}},
	{"chain", func(d *dice, _, _ int) (string, string) {
		ref := fmt.Sprintf("/data/n%d", 2+d.roll(30))
		return ref, fmt.Sprint(d.roll(1000))
	}},
	{"fan-out", func(d *dice, _, _ int) (string, string) { return "/data/n1", fmt.Sprint(d.roll(1000)) }},
	{"instance", func(d *dice, _, members int) (string, string) {
		ref := fmt.Sprintf("/data/member[%d]/age", 1+d.roll(members))
		return ref, fmt.Sprint(d.roll(90))
	}},
}

func surveySession(t testing.TB, members int) *xform.Session {
	t.Helper()
	s := begin(t, parse(t, survey()))
	for range members - 1 {
		play(t, s, "+/data/member")
	}
	return s
}

// TestSurveyWalk makes 5,000 seeded changes. The end values are those to which
// JavaRosa and @getodk/xforms-engine 0.22.0 came, each on its own.
func TestSurveyWalk(t *testing.T) {
	const members, changes = 100, 1000
	s := surveySession(t, members)
	d := dice(12345)
	for _, kind := range surveySteps {
		for i := range changes {
			ref, value := kind.draw(&d, i, members)
			if _, err := s.Set(ref, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, want := range map[string]string{"c30": "13742", "c31": "0", "c46": "31668", "c47": "100", "c48": "4384", "c49": "77", "c50": "316.68"} {
		if n, _ := s.Node("/data/" + name); n.Value != want {
			t.Errorf("%s: got %s, want %s", name, n.Value, want)
		}
	}
}

// BenchmarkSurvey times one change of each kind in the survey with 100 and
// 1,000 members; the median is what peers are compared by.
func BenchmarkSurvey(b *testing.B) {
	for _, members := range []int{100, 1000} {
		s := surveySession(b, members)
		for _, kind := range surveySteps {
			b.Run(fmt.Sprintf("%s/%d", kind.name, members), func(b *testing.B) {
				d := dice(12345)
				var spent []time.Duration
				for i := 0; b.Loop(); i++ {
					ref, value := kind.draw(&d, i, members)
					start := time.Now()
					if _, err := s.Set(ref, value); err != nil {
						b.Fatal(err)
					}
					spent = append(spent, time.Since(start))
				}
				slices.Sort(spent)
				b.ReportMetric(float64(spent[len(spent)/2].Nanoseconds()), "ns-median")
				b.ReportMetric(float64(spent[len(spent)*99/100].Nanoseconds()), "ns-p99")
			})
		}
	}
}

// BenchmarkSurveyLoad times opening the survey: parse, compile, first
// evaluation. BenchmarkSurveyGrow times adding 99 and 999 members.
func BenchmarkSurveyLoad(b *testing.B) {
	source := survey()
	for b.Loop() {
		begin(b, parse(b, source))
	}
}

func BenchmarkSurveyGrow(b *testing.B) {
	form := parse(b, survey())
	var few, many []time.Duration
	for b.Loop() {
		for _, size := range []struct {
			members int
			spent   *[]time.Duration
		}{{100, &few}, {1000, &many}} {
			s := begin(b, form)
			start := time.Now()
			for range size.members - 1 {
				play(b, s, "+/data/member")
			}
			*size.spent = append(*size.spent, time.Since(start))
		}
	}
	// The quickest: the longer of the two is the more often interrupted.
	quick, long := float64(slices.Min(few)), float64(slices.Min(many))
	b.ReportMetric(quick/1000, "µs/99-added")
	b.ReportMetric(long/quick, "999/99-added")
}
