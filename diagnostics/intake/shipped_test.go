package intake_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"solidaren/assets"
	"solidaren/diagnostics"
	"solidaren/diagnostics/intake"
	"solidaren/diagnostics/xform"
	"solidaren/diagnostics/xlsform"
)

// shipped compiles a questionnaire of the program.
func shipped(t *testing.T, id string) *xform.Form {
	t.Helper()
	b, ok := assets.Form(id)
	if !ok {
		t.Fatalf("no form %s", id)
	}
	book, err := xlsform.ReadXLSX(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := xlsform.Compile(book, xlsform.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	form, err := xform.Parse(bytes.NewReader(compiled.XForm), xform.Options{Files: assets.List})
	if err != nil {
		t.Fatal(err)
	}
	return form
}

// What the shipped questionnaires say of their answers is right.
func TestShippedCheck(t *testing.T) {
	for _, id := range assets.FormIDs() {
		for _, issue := range intake.Check(shipped(t, id)) {
			t.Errorf("%s: %s (%s): %s", id, issue.Path, issue.Attr, issue.EN)
		}
	}
}

// Each shipped questionnaire, answered as in the field, becomes these records.
func TestShippedRecords(t *testing.T) {
	tests := []struct {
		name, form, answers string
		want                map[string][]string
	}{
		{
			"a talk in the street", "maraude", `{"m_at":"2026-03-05T22:30:00.000+01:00","m_district":"q01","m_place":"street","m_contact":"talk",
			"m_info":"oral","m_link":"known","m_code":"ABCD-EFC","m_household":"hs","m_gender":"m","m_age":"a40","m_night":"tent","m_since":"y1",
			"m_pets":"yes","m_sw":"no","m_needs":"hygiene animals","m_words":"Une douche.","m_urg":"days","m_done":"talk info",
			"m_orient":"siao_115 veterinaire","m_answer":"declines","m_decl":"rules","m_str":"pet","m_weak":"La laverie a fermé.","m_next":"2026-03-12"}`,
			map[string][]string{
				"encounter: kind contact_kind place_kind info_given persons anonymous_count person household_type entry_mode": {
					"kind=maraude contact_kind=talk place_kind=street info_given=oral persons=1 anonymous_count=0 person=" + knownID + " household_type=hs entry_mode=live",
				},
				"person: code age_band gender publics last_contact_on": {"code=" + knownCode + " age_band=a40 gender=m publics=very_low errance far last_contact_on=2026-03-05"},
				"household: type animals":                              {"type=hs animals=yes"},
				"situation: night_place since_band":                    {"night_place=tent since_band=y1"},
				"need: domain own_words urgency publics team": {
					"domain=hygiene own_words=Une douche. urgency=days publics=very_low errance far team=Nord",
					"domain=animals own_words=Une douche. urgency=days publics=very_low errance far team=Nord",
				},
				"referral: to answer why_declined": {"to=siao_115 answer=declines why_declined=rules", "to=veterinaire answer=declines why_declined=rules"},
				"strength: kind":                   {"kind=pet"},
				"note: signal":                     {"signal=La laverie a fermé."},
				"followup: due_on status":          {"due_on=2026-03-12 status=todo"},
				"diagnostic: form_id subject response lang": {
					"form_id=maraude subject=person response=talk info lang=fr",
				},
			},
		},
		{
			"someone asleep", "maraude", `{"m_at":"2026-03-05T22:30:00.000+01:00","m_district":"q01","m_place":"hall","m_contact":"asleep","m_gender":"f","m_age":"a25"}`,
			map[string][]string{
				"encounter: contact_kind persons": {"contact_kind=asleep persons=1"}, "person: gender": nil, "situation: night_place": nil,
				"diagnostic: answers": {`answers={"m_screen1":{"m_at":"2026-03-05T22:30:00.000+01:00","m_contact":"asleep","m_district":"q01","m_n":"1","m_place":"hall"}}`},
			},
		},
		{
			"an interview", "entretien", `{"e_date":"2026-03-02","e_where":"day_centre","e_district":"q11","e_code":"ABCD-EFC","e_info":"oral",
			"e_request":"Dormir au sec.","e_public":"errance far","e_hh":"fse","e_adults":1,"e_minors":2,"e_night":"squat","e_threat":"date",
			"e_place_good":"On se connaît.","e_place_matters":"library","e_res":"rsa","e_income":"r2","e_str":"rf","e_wish":"Une clé.","e_voice":"quote research",
			"e_rights":[{"er_right":"rsa","er_status":"has"},{"er_right":"css","er_status":"eligible_no","er_form":"nonknow","er_reason":"info complex"}],
			"e_needs":[{"en_domain":"housing","en_words":"Huit ans.","en_quote":"yes","en_urg":"weeks","en_cov":"no","en_why":"full no_offer","en_new":"no"},
				{"en_domain":"digital","en_words":"Le mot de passe.","en_urg":"later","en_cov":"partial","en_by":"conseiller_numerique","en_why":"far"}],
			"e_ref":[{"er_action":"avocat","er_how":"call","er_answer":"accepts","er_share":"yes"}],"e_next":"Rappeler.","e_next_on":"2026-03-09","e_reread":"yes"}`,
			map[string][]string{
				"encounter: kind at persons household_type minors": {"kind=interview at=2026-03-02T11:00:00Z persons=1 household_type=fse minors=2"},
				"household: type adults minors":                    {"type=fse adults=1 minors=2"},
				"person: publics":                                  {"publics=errance far"},
				"situation: night_place resources income_band":     {"night_place=squat resources=rsa income_band=r2"},
				"place: kind what_it_gives threatened":             {"kind=library what_it_gives=On se connaît. threatened=date"},
				"right: right status nontakeup_form nontakeup_reason": {
					"right=rsa status=has", "right=css status=eligible_no nontakeup_form=nonknow nontakeup_reason=info complex",
				},
				"need: domain quotable covered covered_by why_not_covered new district": {
					"domain=housing quotable=yes covered=no why_not_covered=full no_offer new=no district=q11",
					"domain=digital quotable=no covered=partial covered_by=conseiller_numerique why_not_covered=far district=q11",
				},
				"referral: to how answer share": {"to=avocat how=call answer=accepts share=yes"},
				"consent: purpose":              {"purpose=quote", "purpose=research"},
				"followup: what due_on":         {"what=Rappeler. due_on=2026-03-09"},
				"strength: kind":                nil,
				"diagnostic: wish reread":       {"wish=Une clé. reread=yes"},
			},
		},
		{
			"a place", "lieu", `{"l_at":"2026-03-05T21:00:00.000+01:00","l_district":"q08","l_place":"park","l_tents":3,"l_people":5,"l_police":"no"}`,
			map[string][]string{
				"territory: place_kind tents people_seen police district tour": {"place_kind=park tents=3 people_seen=5 police=no district=q08 tour=tour-1"},
				"encounter: kind": nil, "diagnostic: subject district": {"subject=territory district=q08"},
			},
		},
		{
			"one person of the count", "nuit_solidarite", `{"n_at":"2026-03-05T21:00:00.000+01:00","n_place":"street","n_case":"alone","n_seen":1,"n_asleep":"no","n_again":"no",
			"n_know":"no","n_night":"street","n_ok":"yes","n_gender":"f","n_age":"a25","n_115":"no_more","n_115why":"full","n_needs":"shelter hygiene","n_say":"Ouvrez."}`,
			map[string][]string{
				"count: place case seen asleep know night gender age 115 115why needs say": {
					"place=street case=alone seen=1 asleep=no know=no night=street gender=f age=a25 115=no_more 115why=full needs=shelter hygiene say=Ouvrez.",
				},
				"need: domain": nil, "encounter: kind": nil, "person: code": nil,
			},
		},
		{
			"someone asleep in the count", "nuit_solidarite", `{"n_at":"2026-03-05T21:00:00.000+01:00","n_place":"street","n_case":"alone","n_seen":1,"n_asleep":"yes","n_gender":"f"}`,
			map[string][]string{"count: place seen asleep gender night": {"place=street seen=1 asleep=yes"}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := answered(t, tt.form, tt.answers)
			sub := read(t, s, fixed(func(c *intake.Context) { c.EntryMode = "live" }))
			for what, want := range tt.want {
				recordType, names, _ := strings.Cut(what, ": ")
				if diff := cmp.Diff(want, fields(sub, recordType, strings.Fields(names)...)); diff != "" {
					t.Errorf("%s (-want +got):\n%s", what, diff)
				}
			}
		})
	}
}

// answered fills a shipped form and ends it.
func answered(t *testing.T, id, answers string) *xform.Session {
	t.Helper()
	s, err := shipped(t, id).NewSession(xform.SessionOptions{Now: func() time.Time { return now }, Location: now.Location()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := intake.Fill(s, []byte(answers)); err != nil {
		t.Fatal(err)
	}
	problems, err := s.Finish()
	if err != nil || len(problems) > 0 {
		t.Fatalf("problems %v, error %v", problems, err)
	}
	return s
}

// A correction starts from the answers that are kept: nothing is lost or added
// on the way back into the form.
func TestShippedAnswersComeBack(t *testing.T) {
	first := answered(t, "entretien", `{"e_date":"2026-03-02","e_where":"home","e_district":"q11","e_info":"oral","e_request":"Dormir.","e_public":"far","e_hh":"cs",
		"e_night":"third","e_str":"ties","e_rights":[{"er_right":"rsa","er_status":"has"}],
		"e_needs":[{"en_domain":"work","en_words":"Travailler.","en_urg":"later","en_cov":"yes"},{"en_domain":"sport","en_words":"Courir.","en_urg":"later","en_cov":"dk"}]}`)
	answers, texts, err := intake.Answers(first)
	if err != nil {
		t.Fatal(err)
	}
	again, err := first.Form().NewSession(xform.SessionOptions{Now: func() time.Time { return now }, Location: now.Location()})
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range [][]byte{answers, texts} {
		if _, err := intake.Fill(again, part); err != nil {
			t.Fatal(err)
		}
	}
	gotAnswers, gotTexts, err := intake.Answers(again)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{string(answers), string(texts)}, []string{string(gotAnswers), string(gotTexts)}); diff != "" {
		t.Errorf("answers and texts (-first +again):\n%s", diff)
	}
	if strings.Contains(string(answers), "Travailler") || diagnostics.HoldsNIR(string(texts)) {
		t.Errorf("words are readable in %s", answers)
	}
}
