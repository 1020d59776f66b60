package assets_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"solidaren/assets"
	"solidaren/diagnostics/xform"
	"solidaren/diagnostics/xlsform"
)

var tonight = time.Date(2026, 1, 15, 22, 0, 0, 0, time.UTC)

// open begins a record of a questionnaire, in the night of 15 January 2026.
func open(t *testing.T, form string, o xform.SessionOptions) *xform.Session {
	t.Helper()
	r, err := xlsform.Compile(workbook(t, form), xlsform.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	f, err := xform.Parse(bytes.NewReader(r.XForm), xform.Options{Files: assets.List})
	if err != nil {
		t.Fatal(err)
	}
	o.Now = func() time.Time { return tonight }
	o.Location = time.UTC
	s, err := f.NewSession(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// node finds a question by its name, or by name and instance of its repeat:
// "en_domain 2".
func node(t *testing.T, s *xform.Session, name string) xform.Node {
	t.Helper()
	name, instance, _ := strings.Cut(name, " ")
	for _, n := range s.Nodes() {
		if n.Name == name && (instance == "" || strings.Contains(n.Ref, "["+instance+"]")) {
			return n
		}
	}
	t.Fatalf("no question %s %s", name, instance)
	return xform.Node{}
}

// play sets answers ("name=value"), adds instances ("+repeat"), and checks
// states: "name?" relevant, "name!" required, "name~" not valid; "-" before
// says that it is not so.
func play(t *testing.T, s *xform.Session, script string) {
	t.Helper()
	for _, step := range strings.Split(script, ";") {
		step = strings.TrimSpace(step)
		if name, value, ok := strings.Cut(step, "="); ok {
			if _, err := s.Set(node(t, s, name).Ref, value); err != nil {
				t.Fatalf("%s: %v", step, err)
			}
			continue
		}
		if name, ok := strings.CutPrefix(step, "+"); ok {
			if _, err := s.AddRepeat(node(t, s, name).Path); err != nil {
				t.Fatalf("%s: %v", step, err)
			}
			continue
		}
		bare, not := strings.CutPrefix(step, "-")
		n := node(t, s, bare[:len(bare)-1])
		got := map[byte]bool{'?': n.Relevant, '!': n.Relevant && n.Required, '~': !n.Valid}[bare[len(bare)-1]]
		if got == not {
			t.Errorf("%s: not so (value %q, relevant %v, required %v, valid %v)", step, n.Value, n.Relevant, n.Required, n.Valid)
		}
	}
}

// TestFormsBehave plays what DOMAIN.md §3 says of relevance, constraints and
// defaults.
func TestFormsBehave(t *testing.T) {
	for _, tt := range []struct{ name, form, script string }{
		{"defaults", "maraude", "m_at!; -m_at~; m_district!; -m_info?; -m_link?; -m_code?; -m_night?"},
		{"a talk", "maraude", "m_contact=talk; m_info!; m_link!; m_night?; m_pets?; m_115?; m_needs?; m_orient?; -m_words?; -m_urg?"},
		{"a greeting", "maraude", "m_contact=short; -m_info?; m_link!; m_needs?; m_done?; -m_night?; -m_orient?"},
		{"nobody talked to", "maraude", "m_contact=asleep; -m_link?; -m_code?; -m_needs?; -m_night?; -m_next?"},
		{"number of people", "maraude", "m_n=0; m_n~; m_n=50; -m_n~; m_n=51; m_n~; -m_gender?; m_n=1; m_gender?; m_age?"},
		{"time to come", "maraude", "m_at=2026-01-15T22:30:00.000Z; m_at~; m_at=2026-01-15T21:30:00.000Z; -m_at~"},
		{"code", "maraude", "m_contact=talk; m_link=known; m_code!; m_code=ABCI-234; m_code~; m_code=ABCD-234; -m_code~; m_next?"},
		{"no information, no code", "maraude", "m_contact=talk; m_info=not_possible; -m_link~; m_link=known; m_link~"},
		{"children", "maraude", "-m_minors?; m_n=2; m_minors?; m_minors=3; m_minors~; m_minors=2; -m_minors~; m_n=1; m_contact=talk; -m_minors?; m_household=fse; m_minors?"},
		{"since", "maraude", "m_contact=talk; m_since?; m_night=home; -m_since?; m_night=tent; m_since?"},
		{"115", "maraude", "m_contact=talk; -m_115why?; m_115=yes; -m_115why?; m_115=never; m_115why?"},
		{"needs", "maraude", "m_contact=talk; m_needs=food shelter; m_words?; m_urg!; -m_alert?; m_urg=danger; m_alert?"},
		{"a minor alone", "maraude", "m_contact=short; -m_alert?; m_household=mna; m_alert?"},
		{"referral", "maraude", "m_contact=talk; -m_answer?; m_orient=siao_115; m_answer!; -m_decl?; m_answer=declines; m_decl?"},
		{"see again", "maraude", "m_contact=talk; m_link=new; m_next=2026-01-14; m_next~; m_next=2026-01-15; -m_next~"},
		{"date", "entretien", "e_date=2026-01-16; e_date~; e_date=2026-01-15; -e_date~; e_next_on=2026-01-14; e_next_on~; e_next_on=2026-01-20; -e_next_on~"},
		{"anonymous", "entretien", "e_code?; e_code=abc; e_code~; e_code=ABCD-234; -e_code~; e_info=not_possible; -e_code?"},
		{"school", "entretien", "-e_school?; e_minors=21; e_minors~; e_minors=1; -e_minors~; e_school?"},
		{"threat", "entretien", "-e_threat?; e_night=squat; e_threat?; e_since?; e_night=home; -e_threat?; -e_since?"},
		{"income", "entretien", "e_income?; e_res=rf; -e_income?; e_res=rsa; e_income?"},
		{"rights", "entretien", "-er_right!; er_status=eligible_no; er_right!; er_form!; -er_reason?; er_form=nonknow; er_reason?; er_status=refused; er_form?; -er_form!; er_status=has; -er_form?"},
		{"a right twice", "entretien", "er_right=rsa; -er_right~; +e_rights; er_right 2!; er_right 2=rsa; er_right 2~; er_right 2=apl; -er_right 2~"},
		{"stay", "entretien", "-e_stay?; e_stay_needed=yes; e_stay?; e_stay_needed=no; -e_stay?"},
		{"needs one by one", "entretien", "en_domain!; en_words!; en_urg!; en_cov!; -en_by?; -en_why?; en_cov=partial; en_by?; en_why!; en_cov=yes; en_by?; -en_why?"},
		{"no need", "entretien", "-e_noneed!; e_noneed=OK; -en_domain?; -e_noneed~"},
		{"equipment", "entretien", "-e_charge?; e_dev=none smart; e_dev~; e_dev=smart; -e_dev~; e_charge?"},
		{"consents", "entretien", "e_voice=quote none; e_voice~; e_voice=quote meet; -e_voice~"},
		{"a group counted", "nuit_solidarite", "n_case=group; n_seen=3; n_seen~; n_seen=5; -n_seen~; -n_closed?; n_case=tents; n_closed!"},
		{"asleep ends it", "nuit_solidarite", "-n_again?; -n_know?; n_asleep=yes; -n_again?; -n_know?; -n_gender?"},
		{"again ends it", "nuit_solidarite", "n_asleep=no; n_again!; -n_know?; n_again=yes; -n_know?; n_again=no; n_know!; n_night!; n_ok!"},
		{"no ends it", "nuit_solidarite", "n_asleep=no; n_again=no; n_ok=no; -n_gender?; n_ok=yes; n_gender?; n_needs?; n_say?"},
		{"three needs", "nuit_solidarite", "n_asleep=no; n_again=no; n_ok=yes; n_needs=food housing health work; n_needs~; n_needs=food housing health; -n_needs~; -n_115why?; n_115=no_today; n_115why?"},
		{"hours of the operation", "nuit_solidarite", "-n_at~; n_from=2026-01-15T22:30:00.000Z; n_at=2026-01-15T21:59:00.000Z; n_at~; n_from=2026-01-15T20:00:00.000Z; n_at=2026-01-15T21:58:00.000Z; -n_at~"},
		{"a place", "lieu", "l_tents=-1; l_tents~; l_tents=3; -l_tents~; l_at!; l_district!"},
	} {
		t.Run(tt.form+" "+tt.name, func(t *testing.T) { play(t, open(t, tt.form, xform.SessionOptions{}), tt.script) })
	}
}

// TestFirstScreenSavesAlone finishes a meeting that is a count.
func TestFirstScreenSavesAlone(t *testing.T) {
	s := open(t, "maraude", xform.SessionOptions{})
	play(t, s, "m_district=q11; m_place=street; m_contact=seen; m_n=2")
	problems, err := s.Finish()
	if err != nil || len(problems) > 0 {
		t.Fatalf("problems %v, error %v", problems, err)
	}
	first, err := s.Submission()
	if err != nil {
		t.Fatal(err)
	}
	next := open(t, "maraude", xform.SessionOptions{LastSaved: first})
	for name, want := range map[string]string{"m_district": "q11", "m_place": "street", "m_contact": "", "m_n": "1"} {
		if got := node(t, next, name).Value; got != want {
			t.Errorf("the next meeting begins with %s=%q, want %q", name, got, want)
		}
	}
}

// TestOperationIsCarriedOn sees that what the app sets at the start of a count
// is there in every further record.
func TestOperationIsCarriedOn(t *testing.T) {
	s := open(t, "nuit_solidarite", xform.SessionOptions{})
	play(t, s, "n_op=2026; n_sector=s12; n_team=t3; n_place=street; n_case=alone; n_seen=1; n_asleep=yes")
	if problems, err := s.Finish(); err != nil || len(problems) > 0 {
		t.Fatalf("problems %v, error %v", problems, err)
	}
	first, err := s.Submission()
	if err != nil {
		t.Fatal(err)
	}
	next := open(t, "nuit_solidarite", xform.SessionOptions{LastSaved: first})
	for name, want := range map[string]string{"n_op": "2026", "n_sector": "s12", "n_team": "t3", "n_place": ""} {
		if got := node(t, next, name).Value; got != want {
			t.Errorf("%s=%q, want %q", name, got, want)
		}
	}
}

func TestPublicIsWorkedOut(t *testing.T) {
	for script, want := range map[string]string{
		"m_contact=talk; m_night=tent; m_sw=no":   "errance far",
		"m_contact=talk; m_night=tent; m_sw=yes":  "errance",
		"m_contact=talk; m_night=home; m_sw=no":   "far",
		"m_contact=talk; m_night=third; m_sw=yes": "",
		"m_contact=talk":                          "",
	} {
		s := open(t, "maraude", xform.SessionOptions{})
		play(t, s, script)
		if got := node(t, s, "m_public").Value; got != want {
			t.Errorf("%s: %q, want %q", script, got, want)
		}
	}
}

// TestChoicesAndLanguages looks at lists from the workbook and from the file,
// and at messages in both languages.
func TestChoicesAndLanguages(t *testing.T) {
	s := open(t, "entretien", xform.SessionOptions{})
	var codes []string
	for _, c := range node(t, s, "e_res").Choices {
		codes = append(codes, c.Value)
	}
	if !slices.Contains(codes, "rsa") || !slices.Contains(codes, "rf") || slices.Contains(codes, "css") {
		t.Errorf("resources %v", codes)
	}
	if n := len(node(t, s, "er_action").Choices); n < 20 {
		t.Errorf("%d actions", n)
	}
	play(t, s, "e_date=2027-01-01")
	for language, want := range map[string]string{"Français (fr)": "futur", "English (en)": "future"} {
		if err := s.SetLanguage(language); err != nil {
			t.Fatal(err)
		}
		if n := node(t, s, "e_date"); !strings.Contains(n.Error, want) {
			t.Errorf("in %s: %q", language, n.Error)
		}
	}
}

// TestInterviewCanBeFinished fills only what an interview must hold.
func TestInterviewCanBeFinished(t *testing.T) {
	s := open(t, "entretien", xform.SessionOptions{})
	play(t, s, `e_date=2026-01-15; e_where=day_centre; e_district=q05; e_info=oral; e_request=dormir; e_public=errance;
		e_hh=hs; e_night=tent; e_noneed=OK; e_str=rf`)
	if problems, err := s.Finish(); err != nil || len(problems) > 0 {
		t.Fatalf("problems %+v, error %v", problems, err)
	}
}
