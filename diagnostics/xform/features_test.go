package xform_test

import (
	"bytes"
	"io"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
	"solidaren/diagnostics/xlsform"
)

// fromSheets compiles a questionnaire in markdown.
func fromSheets(t testing.TB, sheets string, files map[string]string) *xform.Form {
	t.Helper()
	book, err := xlsform.ReadMarkdown(sheets)
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := xlsform.Compile(book, xlsform.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	form, err := xform.Parse(bytes.NewReader(compiled.XForm), xform.Options{Files: func(name string) (io.ReadCloser, error) {
		if text, ok := files[name]; ok {
			return io.NopCloser(strings.NewReader(text)), nil
		}
		return nil, fs.ErrNotExist
	}})
	if err != nil {
		t.Fatal(err)
	}
	return form
}

const externalSheets = `
| survey |                     |        |        |                      |
|        | type                | name   | label  | choice_filter        |
|        | select_one regions  | region | Région |                      |
|        | select_one_external cities | city | Ville | region=${region} |
| choices |           |       |       |
|         | list_name | name  | label |
|         | regions   | b     | Bretagne |
|         | regions   | n     | Normandie |
| external_choices |        |       |         |        |
|         | list_name | name  | label   | region |
|         | cities    | ren   | Rennes  | b      |
`

func TestExternalChoices(t *testing.T) {
	rows := "list_name,name,label,region\ncities,ren,Rennes,b\ncities,caen,Caen,n\ntrees,oak,Chêne,b\n"
	s := begin(t, fromSheets(t, externalSheets, map[string]string{"itemsets.csv": rows}))
	play(t, s, "/data/region=b")
	n, _ := s.Node("/data/city")
	if diff := cmp.Diff([]xform.Choice{{Value: "ren", Label: "Rennes", Position: 1}}, n.Choices); diff != "" || n.Control != "select1" {
		t.Errorf("%s: %s", n.Control, diff)
	}
	play(t, s, "/data/city=ren", "/data/region=n")
	if got := show(t, s, "/data/city"); got != "" {
		t.Errorf("a city of the other region stays: %q", got)
	}
	play(t, s, "/data/city=oak")
	if got := show(t, s, "/data/city"); got != "oak invalid" {
		t.Errorf("a row of another list is taken: %q", got)
	}
}

const mediaSheets = `
| survey  |              |      |                       |                     |                          |               |
|         | type         | name | label::Français (fr)  | label::English (en) | media::image::Français (fr) | media::audio::English (en) |
|         | select_one l | q    | Où ?                  | Where?              | ou.png                   | where.mp3     |
|         | note         | n    | Ici                   | Here                |                          |               |
| choices |              |      |                       |                     |                          |               |
|         | list_name    | name | label::Français (fr)  | label::English (en) | media::image::Français (fr) | media::video::English (en) |
|         | l            | a    | A fr                  | A en                | a.png                    | a.mp4         |
|         | l            | b    | B fr                  | B en                |                          |               |
`

func TestMedia(t *testing.T) {
	o := options()
	o.Language = "English (en)"
	s, err := fromSheets(t, mediaSheets, nil).NewSession(o)
	if err != nil {
		t.Fatal(err)
	}
	want := &xform.Media{Image: "jr://images/ou.png", Audio: "jr://audio/where.mp3"}
	n, _ := s.Node("/data/q")
	if diff := cmp.Diff(want, n.Media); diff != "" {
		t.Errorf("of the question: %s", diff)
	}
	choices := []xform.Choice{
		{Value: "a", Label: "A en", Position: 1, Media: &xform.Media{Image: "jr://images/a.png", Video: "jr://video/a.mp4"}},
		{Value: "b", Label: "B en", Position: 2},
	}
	if diff := cmp.Diff(choices, n.Choices); diff != "" {
		t.Errorf("of the choices: %s", diff)
	}
	if n, _ = s.Node("/data/n"); n.Media != nil {
		t.Errorf("a note without media has %+v", n.Media)
	}
}

const entitySheets = `
| survey   |              |       |         |         |
|          | type         | name  | label   | save_to |
|          | text         | place | Lieu    |         |
|          | begin_repeat | trees | Arbres  |         |
|          | text         | kind  | Espèce  | species |
|          | end_repeat   | trees |         |         |
| settings |              |       |         |         |
|          | form_id      | version |       |         |
|          | visit        | 1     |         |         |
| entities |              |       |         |         |
|          | list_name    | label |         |         |
|          | trees        | ${kind} |       |         |
`

var uuids = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// entities lists the entity elements of a submission; ids are numbered.
func entities(t *testing.T, s *xform.Session) []string {
	t.Helper()
	submission, err := s.Submission()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	var list []string
	for _, e := range regexp.MustCompile(`<entity.*?</entity>`).FindAllString(string(submission), -1) {
		list = append(list, uuids.ReplaceAllStringFunc(e, func(id string) string {
			if seen[id] == "" {
				seen[id] = "id" + string(rune('1'+len(seen)))
			}
			return seen[id]
		}))
	}
	return list
}

func TestEntitiesInRepeats(t *testing.T) {
	s := begin(t, fromSheets(t, entitySheets, nil))
	play(t, s, "/data/trees[1]/kind=chêne", "+/data/trees", "/data/trees[2]/kind=tilleul")
	want := []string{
		`<entity dataset="trees" create="1" id="id1"><label>chêne</label></entity>`,
		`<entity dataset="trees" create="1" id="id2"><label>tilleul</label></entity>`,
	}
	if diff := cmp.Diff(want, entities(t, s)); diff != "" {
		t.Error(diff)
	}
}

const entityUpdateSheets = `
| survey   |                          |      |       |         |
|          | type                     | name | label | save_to |
|          | select_one_from_file trees.csv | tree | Arbre |   |
|          | integer                  | size | Taille | size   |
| entities |                          |      |       |         |
|          | list_name                | entity_id | create_if | update_if | label |
|          | trees                    | ${tree} | ${tree} = '' | ${tree} != '' | ${size} |
`

func TestEntitiesUpdate(t *testing.T) {
	const oak = "11111111-1111-4111-8111-111111111111"
	rows := "name,label,__version,__trunkVersion,__branchId\n" + oak + ",Chêne,4,2,b\n"
	s := begin(t, fromSheets(t, entityUpdateSheets, map[string]string{"trees.csv": rows}))
	play(t, s, "/data/tree="+oak, "/data/size=7")
	got := entities(t, s)
	if len(got) != 1 {
		t.Fatalf("entities %q", got)
	}
	for _, want := range []string{`dataset="trees"`, `id="id1"`, `update="true"`, `create="false"`, `baseVersion="4"`, `trunkVersion="2"`, `branchId="b"`, "<label>7</label>"} {
		if !strings.Contains(got[0], want) {
			t.Errorf("no %s in %s", want, got[0])
		}
	}
}

// TestChoicesOfEarlierAnswers: in each instance, one of the kinds named so far
// is taken, or a new one is named. Each depends on the other.
func TestChoicesOfEarlierAnswers(t *testing.T) {
	s := begin(t, fromSheets(t, `
		| survey |                    |      |        |              |
		|        | type               | name | label  | relevant     |
		|        | begin_repeat       | pet  | Animal |              |
		|        | select_one ${kind} | same | Lequel | position(..) > 1 |
		|        | text               | kind | Nouveau | ${same} = '' |
		|        | end_repeat         | pet  |        |              |`, nil))
	play(t, s, "/data/pet[1]/kind=chat", "+/data/pet", "/data/pet[2]/same=chat", "+/data/pet", "/data/pet[3]/kind=chien")
	want := map[string]string{
		"/data/pet[1]/same": "irrelevant", "/data/pet[1]/kind": "chat", "/data/pet[2]/same": "chat", "/data/pet[2]/kind": "irrelevant",
		"/data/pet[3]/same": "", "/data/pet[3]/kind": "chien",
	}
	for ref, value := range want {
		if got := show(t, s, ref); got != value {
			t.Errorf("%s: got %q, want %q", ref, got, value)
		}
	}
	n, _ := s.Node("/data/pet[3]/same")
	var values []string
	for _, c := range n.Choices {
		values = append(values, c.Value)
	}
	if diff := cmp.Diff([]string{"chat", "chien"}, values); diff != "" {
		t.Error(diff)
	}
}

func TestFrenchDates(t *testing.T) {
	source := strings.Replace(document(`<d>2026-08-03</d><s/><a/>`, `<bind nodeset="/data/s" calculate="format-date(/data/d, '%a %e %b %Y')"/><bind nodeset="/data/a" calculate="format-date-time('2026-02-01T10:05:00', '%A %e %B, %Hh%M')"/>`, `<input ref="/data/d"/>`),
		"<instance>", `<itext><translation lang="English (en)"/><translation lang="Français (fr)"/></itext><instance>`, 1)
	s := begin(t, parse(t, source))
	got := []string{show(t, s, "/data/s"), show(t, s, "/data/a")}
	play(t, s, "@Français (fr)")
	got = append(got, show(t, s, "/data/s"), show(t, s, "/data/a"))
	want := []string{"Mon 3 Aug 2026", "Sunday 1 February, 10h05", "lun. 3 août 2026", "dimanche 1 février, 10h05"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestIndexedRepeat(t *testing.T) {
	for _, test := range []struct{ name, expr string }{
		{"absolute", "indexed-repeat(/data/r/a, /data/r, 2)"},
		{"question by a relative path", "indexed-repeat(../a, /data/r, 2)"},
		{"both relative", "indexed-repeat(../a, .., 2)"},
		{"both relative, the long way", "indexed-repeat(../../r/a, ../../r, 2)"},
		{"position of another instance", "indexed-repeat(../a, .., position(..) + 1)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := begin(t, parse(t, document(`<r><a>1</a><b/></r><r><a>2</a><b/></r>`, `<bind nodeset="/data/r/b" calculate="`+test.expr+`"/>`, `<repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat>`)))
			play(t, s, "/data/r[2]/a=9")
			if got := show(t, s, "/data/r[1]/b"); got != "9" {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestPreloads(t *testing.T) {
	bind := func(name, kind, params string) string {
		return `<bind nodeset="/data/` + name + `" jr:preload="` + kind + `" jr:preloadParams="` + params + `"/>`
	}
	form := parse(t, document(`<u/><d/><s/><e/><p/><n/><m/><w/><r jr:template=""><id/></r><r><id/></r>`,
		bind("u", "uid", "")+bind("d", "date", "today")+bind("s", "timestamp", "start")+bind("e", "timestamp", "end")+bind("p", "property", "deviceid")+
			bind("n", "property", "username")+bind("m", "property", "uri:email")+bind("w", "patient", "x")+bind("r/id", "uid", ""),
		`<repeat nodeset="/data/r"/>`))
	o := options()
	o.DeviceID, o.Properties = "device", map[string]string{"username": "amina", "email": "a@example.org"}
	s, err := form.NewSession(o)
	if err != nil {
		t.Fatal(err)
	}
	play(t, s, "+/data/r")
	if _, err = s.Finish(); err != nil {
		t.Fatal(err)
	}
	const moment = "2026-03-05T22:40:00.000+01:00"
	for ref, want := range map[string]string{"/data/d": "2026-03-05", "/data/s": moment, "/data/e": moment, "/data/p": "device", "/data/n": "amina", "/data/m": "a@example.org", "/data/w": ""} {
		if got := show(t, s, ref); got != want {
			t.Errorf("%s: got %q, want %q", ref, got, want)
		}
	}
	ids := map[string]bool{}
	for _, ref := range []string{"/data/u", "/data/r[1]/id", "/data/r[2]/id"} {
		ids[uuids.FindString(show(t, s, ref))] = true
	}
	if len(ids) != 3 || ids[""] {
		t.Errorf("ids %v", ids)
	}
	if w := form.Warnings(); len(w) != 1 || w[0].Path != "/data/w" || w[0].Attr != "jr:preload" {
		t.Errorf("warnings %v", w)
	}
}

func TestActions(t *testing.T) {
	form := parse(t, document(`<a/><g/><s/><n>0</n>`, `<odk:setgeopoint xmlns:odk="http://www.opendatakit.org/xforms" ref="/data/g" event="odk-instance-first-load"/>
<odk:recordaudio xmlns:odk="http://www.opendatakit.org/xforms" ref="/data/s" event="odk-instance-load"/><setvalue ref="/data/n" event="odk-instance-load" value="/data/n + 1"/>`,
		`<input ref="/data/a"><odk:setgeopoint xmlns:odk="http://www.opendatakit.org/xforms" ref="/data/g" event="xforms-value-changed"/></input>`))
	var got []string
	for _, w := range form.Warnings() {
		got = append(got, w.Path+" "+w.Attr)
	}
	if diff := cmp.Diff([]string{"/data/g setgeopoint", "/data/g setgeopoint", "/data/s recordaudio"}, got); diff != "" {
		t.Error(diff)
	}
	s := begin(t, form)
	play(t, s, "/data/a=x")
	state, err := s.Save()
	if err != nil {
		t.Fatal(err)
	}
	if s, err = form.Restore(state, options()); err != nil {
		t.Fatal(err)
	}
	if got := show(t, s, "/data/n") + show(t, s, "/data/g"); got != "2" {
		t.Errorf("set at two loads: %q", got)
	}
	if s, err = form.Restore(bytes.Replace(state, []byte(`"version":""`), []byte(`"version":"0"`), 1), options()); err != nil {
		t.Fatal(err)
	}
	if got := show(t, s, "/data/n"); got != "2" {
		t.Errorf("set when a draft of another version opens: %q", got)
	}
}

func TestAudit(t *testing.T) {
	form := fromSheets(t, "| survey | | | |\n| | type | name | label |\n| | text | a | A |\n| | begin_repeat | r | R |\n| | text | b | B |\n| | end_repeat | r | |\n| | audit | audit | |\n", nil)
	s := begin(t, form)
	play(t, s, "/data/a=secret", "/data/a=secrets", "+/data/r", "/data/r[2]/b=x", "-/data/r[1]")
	state, err := s.Save()
	if err != nil {
		t.Fatal(err)
	}
	if s, err = form.Restore(state, options()); err != nil {
		t.Fatal(err)
	}
	if problems, err := s.Finish(); err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	var log bytes.Buffer
	if err := s.WriteAudit(&log); err != nil {
		t.Fatal(err)
	}
	const at = ",1772746800000,\n"
	want := "event,node,start,end\nform start," + at + "question,/data/a" + at + "add repeat,/data/r" + at + "question,/data/r[2]/b" + at +
		"delete repeat,/data/r[1]" + at + "form resume," + at + "form finalize," + at
	if diff := cmp.Diff(want, log.String()); diff != "" {
		t.Error(diff)
	}
	if got := show(t, s, "/data/meta/audit"); got != "audit.csv" {
		t.Errorf("the submission names %q", got)
	}
	if quiet := visit(t); len(quiet.Audit()) > 0 {
		t.Error("a form that asks for no log has one")
	}
	if _, err := s.Set("/data/none", ""); diagnostics.Code(err) != diagnostics.CodeInvalid || len(s.Audit()) != 7 {
		t.Errorf("a refused answer is logged: %v", s.Audit())
	}
}
