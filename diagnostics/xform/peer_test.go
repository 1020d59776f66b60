package xform_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics/xform"
)

// walked is what one engine makes of the walk of the survey: times in
// microseconds, and the answers at the end.
type walked struct {
	Load  float64            `json:"load"`
	Added float64            `json:"added"`
	Steps map[string]float64 `json:"steps"` // medians
	End   map[string]answer  `json:"end"`
}

type answer struct {
	Relevant bool   `json:"relevant"`
	Value    string `json:"value"`
}

// TestPeer fills the survey here and in @getodk/xforms-engine, turn by turn, and
// sees the same answers at the end; it tells the ratios of the times, ours to
// theirs. SOLIDAREN_PEERS names the folder where npm has installed what
// testdata/peer/package.json lists, SOLIDAREN_PEER_CHANGES the number of changes
// of each of the five kinds (1,000), SOLIDAREN_PEER_ROUNDS that of turns (3).
func TestPeer(t *testing.T) {
	folder := os.Getenv("SOLIDAREN_PEERS")
	if folder == "" {
		t.Skip("peer: SKIPPED, SOLIDAREN_PEERS names no folder with @getodk/xforms-engine")
	}
	const members = 100
	changes, rounds := numberOf(t, "SOLIDAREN_PEER_CHANGES", 1000), numberOf(t, "SOLIDAREN_PEER_ROUNDS", 3)
	var ours, theirs []walked
	for range rounds {
		theirs = append(theirs, walkPeer(t, folder, changes, members))
		ours = append(ours, walkHere(t, changes, members))
	}
	if diff := cmp.Diff(theirs[0].End, ours[0].End); diff != "" || len(ours[0].End) < 200 {
		t.Errorf("after %d changes, %d answers (-theirs +ours):\n%s", 5*changes, len(ours[0].End), diff)
	}
	t.Logf("%d changes end alike in %d answers", 5*changes, len(ours[0].End))
	tell := func(name string, of func(walked) float64) {
		a, b := median(ours, of), median(theirs, of)
		t.Logf("%-10s %10.2f µs / %12.2f µs = %.4f", name, a, b, a/b)
	}
	tell("load", func(w walked) float64 { return w.Load })
	tell("add", func(w walked) float64 { return w.Added })
	for _, kind := range surveySteps {
		tell(kind.name, func(w walked) float64 { return w.Steps[kind.name] })
	}
}

func numberOf(t *testing.T, variable string, usual int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func median(list []walked, of func(walked) float64) float64 {
	values := make([]float64, len(list))
	for i, w := range list {
		values[i] = of(w)
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// walkPeer runs the walk in the peer.
func walkPeer(t *testing.T, folder string, changes, members int) (w walked) {
	t.Helper()
	script, err := os.ReadFile("testdata/peer/walk.mjs")
	if err != nil {
		t.Fatal(err)
	}
	beside := filepath.Join(folder, "solidaren-walk.mjs") // where its modules are found
	form := filepath.Join(t.TempDir(), "survey.xml")
	for path, content := range map[string][]byte{beside: script, form: []byte(survey())} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := exec.CommandContext(t.Context(), "node", "--conditions=browser", beside, form, fmt.Sprint(changes), fmt.Sprint(members))
	run.Stderr = os.Stderr
	out, err := run.Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out, &w); err != nil {
		t.Fatal(err)
	}
	return w
}

// walkHere runs the walk in this engine.
func walkHere(t *testing.T, changes, members int) walked {
	t.Helper()
	w := walked{Steps: map[string]float64{}, End: map[string]answer{}}
	since := func(start time.Time) float64 { return float64(time.Since(start).Nanoseconds()) / 1000 }
	source := survey()
	start := time.Now()
	s := begin(t, parse(t, source))
	w.Load = since(start)
	start = time.Now()
	for range members - 1 {
		play(t, s, "+/data/member")
	}
	w.Added = since(start)
	d := dice(12345)
	for _, kind := range surveySteps {
		spent := make([]float64, changes)
		for i := range changes {
			ref, value := kind.draw(&d, i, members)
			start := time.Now()
			if _, err := s.Set(ref, value); err != nil {
				t.Fatal(err)
			}
			spent[i] = since(start)
		}
		slices.Sort(spent)
		w.Steps[kind.name] = spent[changes/2]
	}
	for _, n := range s.Nodes() {
		if n.Kind == xform.KindQuestion || n.Kind == xform.KindCalculate && n.Name != "instanceID" {
			value := n.Value
			if !n.Relevant {
				value = "" // the peer shows none; here it is kept, to return
			}
			w.End[n.Ref] = answer{n.Relevant, value}
		}
	}
	return w
}
