package main

import (
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"solidaren/assets"
	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
	"solidaren/sync/synctest"
	"solidaren/sync/wire"
)

// canary is a word that nobody else writes.
const canary = "Zéphyrine-Canari"

// answersWithCanaries finish each questionnaire with a canary in every answer
// that is typed words.
var answersWithCanaries = map[string]string{
	"maraude": `{"m_district":"q01","m_place":"street","m_contact":"talk","m_info":"oral","m_link":"new","m_code":"ABCD-EFC",
		"m_needs":"food","m_words":"CANARY","m_urg":"days","m_weak":"CANARY"}`,
	"entretien": `{"e_date":"2026-03-09","e_where":"day_centre","e_district":"q01","e_code":"ABCD-EFC","e_info":"oral","e_request":"CANARY",
		"e_public":"errance","e_hh":"hs","e_night":"tent","e_place_good":"CANARY","e_skills":"CANARY","e_str":"skill","e_wish":"CANARY",
		"e_next":"CANARY","e_missing":"CANARY","e_private":"CANARY",
		"e_needs":[{"en_domain":"shelter","en_words":"CANARY","en_urg":"weeks","en_cov":"no","en_why":"full"}]}`,
	"nuit_solidarite": `{"n_place":"street","n_case":"alone","n_seen":1,"n_asleep":"no","n_again":"no","n_know":"no","n_night":"street",
		"n_ok":"yes","n_say":"CANARY"}`,
	"lieu": `{"l_district":"q01","l_place":"street","l_note":"CANARY"}`,
}

// typed are the questions of a form whose answers are words: all texts but
// codes of persons.
func typed(t *testing.T, id string) []string {
	t.Helper()
	form, err := openForm(id)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, q := range form.Questions() {
		if q.Kind == xform.KindQuestion && q.Control == "input" && q.Type == "string" && q.Attrs["sr:observes"] != "person.code" {
			names = append(names, q.Path[strings.LastIndex(q.Path, "/")+1:])
		}
	}
	return names
}

// Words typed into any shipped questionnaire, and every identity field of a
// person's card, are in no byte of the server's files, of its log, or of the
// traffic; what is coded is, so the search works.
func TestNoWordLeavesTheLaptopOpen(t *testing.T) {
	hub := synctest.NewServer(t, nil)
	target, err := url.Parse(hub.URL)
	if err != nil {
		t.Fatal(err)
	}
	traffic := &synctest.Faults{Next: func() synctest.Fault { return synctest.None }, Base: http.DefaultTransport}
	front := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }, Transport: traffic,
	})
	defer front.Close()
	invite := func() string {
		parsed, err := wire.ParseInvite(hub.Invite(t, "Rennes", diagnostics.RoleSocialWorker))
		if err != nil {
			t.Fatal(err)
		}
		parsed.URL = front.URL
		return parsed.String()
	}
	first, second := newLaptop(t), newLaptop(t)
	for _, id := range assets.FormIDs() {
		answers := answersWithCanaries[id]
		for _, question := range typed(t, id) {
			if !strings.Contains(answers, fmt.Sprintf("%q:%q", question, "CANARY")) {
				t.Errorf("%s: no canary in %s", id, question)
			}
		}
		file := filepath.Join(t.TempDir(), "answers.json")
		if err := os.WriteFile(file, []byte(strings.ReplaceAll(answers, "CANARY", canary)), 0o600); err != nil {
			t.Fatal(err)
		}
		first.must("record", id, file)
	}
	first.identify("ABCD-EFC")
	first.must("enrol", invite())
	first.must("sync")
	second.must("enrol", invite())
	second.must("sync")
	first.must("sync") // hands the key over
	second.must("sync")
	if found := second.must("search", canary)["persons"].([]any); len(found) != 1 {
		t.Errorf("the second laptop finds %v", found)
	}

	files := read(t, hub.Dir)
	for where, content := range map[string]string{"files": files, "log": hub.Log.String(), "traffic": traffic.Wire()} {
		for _, word := range []string{canary, "Canari", strings.ToLower(canary), strings.Trim(fmt.Sprintf("%+q", canary), `"`)} {
			if strings.Contains(content, word) {
				t.Errorf("%q is in the server's %s", word, where)
			}
		}
		if content == "" || where == "traffic" && !strings.Contains(content, "ABCD-EFC") {
			t.Errorf("what is sent open is not in the server's %s: the search does not work", where)
		}
	}
}

// identify writes the canary into every identity field of a person's card.
func (l laptop) identify(code string) {
	l.t.Helper()
	phrase, err := os.ReadFile(l.flags[len(l.flags)-1])
	if err != nil {
		l.t.Fatal(err)
	}
	nb, err := notebook.Open(l.t.Context(), l.flags[4], strings.TrimSpace(string(phrase)), time.Now)
	if err != nil {
		l.t.Fatal(err)
	}
	person, err := nb.Store.PersonByCode(l.t.Context(), code)
	if err != nil {
		l.t.Fatal(err)
	}
	entity, _ := diagnostics.LookupEntity(diagnostics.TypePerson)
	values := diagnostics.Values{}
	for _, f := range entity.Fields {
		if strings.HasPrefix(f.Name, diagnostics.IdentityPrefix) && f.Type == diagnostics.TypeText {
			values[f.Name] = canary
		}
	}
	if len(values) < 4 {
		l.t.Errorf("only %v identify a person", values)
	}
	if _, err = nb.Store.Update(l.t.Context(), person.ID, values); err != nil {
		l.t.Fatal(err)
	}
	if err := nb.Close(); err != nil {
		l.t.Fatal(err)
	}
}

// read gives every byte of the files of a folder.
func read(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		all.Write(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}
