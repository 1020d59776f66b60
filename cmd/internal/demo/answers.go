package demo

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"solidaren/diagnostics"
)

// sheet is the answers of a form by question, as in a file of answers. Unlike
// a worker it also answers what is not asked: the form drops that.
type sheet map[string]any

// moment is how a form writes a date and a time.
const moment = "2006-01-02T15:04:05.000-07:00"

// sheet answers the form of an event. actions are the codes of the directory.
func (e event) sheet(actions []string, until time.Time) sheet {
	switch e.kind {
	case street:
		return e.street(actions, until)
	case talk:
		return e.talk(actions, until)
	case place:
		return e.place()
	default:
		return e.count()
	}
}

// street answers `maraude`.
func (e event) street(actions []string, until time.Time) sheet {
	d := e.dice
	s := sheet{
		"m_at": e.at.Format(moment), "m_district": one(d, e.team.districts), "m_place": d.pick(placesOut),
		"m_contact": d.pick(strangers), "m_n": "1", "m_info": d.pick(informed),
	}
	p := e.person
	switch {
	case p == nil:
		p = newPerson(d, nil)
		p.home = s["m_district"].(string)
		s["m_n"] = strconv.Itoa(1 + d.IntN(5)*d.IntN(2))
	case p.met:
		s["m_contact"] = d.pick(contactsOdd)
		s["m_district"] = e.near(p)
		s["m_link"], s["m_code"] = "known", p.code
		if d.chance(0.12) {
			s["m_link"] = "anon"
		}
	default:
		s["m_contact"], s["m_link"], s["m_code"], s["m_district"] = "talk", "new", p.code, e.near(p)
	}
	if p.minors > 0 {
		s["m_n"] = strconv.Itoa(p.adults + p.minors)
	}
	e.aboutPerson(s, p)
	e.aboutNeeds(s, p, actions, until)
	return s
}

// near is where the team meets the person: at home, or on its round.
func (e event) near(p *person) string {
	if slices.Contains(e.team.districts, p.home) && e.dice.chance(0.85) {
		return p.home
	}
	return one(e.dice, e.team.districts)
}

// aboutPerson answers the second screen of `maraude`.
func (e event) aboutPerson(s sheet, p *person) {
	d := e.dice
	s["m_household"] = d.sometimes(0.9, p.household)
	s["m_minors"] = strconv.Itoa(p.minors)
	s["m_gender"], s["m_age"] = d.sometimes(0.95, p.gender), d.sometimes(0.9, p.age)
	s["m_night"], s["m_since"] = p.night, d.sometimes(0.8, p.since)
	s["m_pets"], s["m_phone"] = d.sometimes(0.8, p.pets), d.sometimes(0.7, p.phone)
	s["m_115"], s["m_115why"] = d.sometimes(0.75, d.pick(calls)), d.some(whyNo115, 2)
	s["m_sw"] = d.sometimes(0.75, p.worker)
}

// aboutNeeds answers the third screen of `maraude`.
func (e event) aboutNeeds(s sheet, p *person, actions []string, until time.Time) {
	d := e.dice
	if d.chance(0.8) {
		domains := p.needs(d, needsStreet, 3, e.at, until)
		s["m_needs"] = strings.Join(domains, " ")
		s["m_words"] = d.sometimes(0.55, p.words(d, one(d, domains), e.at, until))
		s["m_urg"] = d.pick(urgencies)
	}
	s["m_done"] = d.some(done, 2)
	if len(actions) > 0 && d.chance(0.3) {
		s["m_orient"], s["m_answer"], s["m_decl"] = one(d, actions), d.pick(answers), d.some(whyNot, 2)
	}
	s["m_str"] = d.sometimes(0.15, d.some(strengths, 2))
	s["m_weak"] = d.sometimes(0.03, one(d, signals))
	s["m_next"] = d.sometimes(0.25, e.at.AddDate(0, 0, d.between(2, 21)).Format(time.DateOnly))
}

// talk answers `entretien`.
func (e event) talk(actions []string, until time.Time) sheet {
	d := e.dice
	p := e.person
	s := sheet{"e_date": e.at.Format(time.DateOnly), "e_where": d.pick(placesIn), "e_info": d.pick(informed)}
	if p == nil {
		p = newPerson(d, nil)
		s["e_info"] = "not_possible"
	} else {
		s["e_code"] = p.code
	}
	for name, value := range map[string]string{
		"e_district": p.home, "e_public": p.publics, "e_hh": p.household, "e_adults": strconv.Itoa(p.adults),
		"e_minors": strconv.Itoa(p.minors), "e_age": p.age, "e_gender": p.gender, "e_night": p.night, "e_since": p.since,
		"e_school": "yes",
	} {
		s[name] = value
	}
	for _, q := range talkQuestions {
		s[q.name] = d.sometimes(q.answered, d.some(q.odds, q.most))
	}
	s["e_request"], s["e_str"] = one(d, wishes), d.some(strengths, 3)
	s["e_wish"], s["e_missing"] = d.sometimes(0.6, one(d, wishes)), d.sometimes(0.08, one(d, missing))
	s["e_place_good"], s["e_skills"] = d.sometimes(0.3, one(d, goodPlaces)), d.sometimes(0.3, one(d, skills))
	s["e_next"], s["e_private"] = d.sometimes(0.5, one(d, nextSteps)), d.sometimes(0.1, one(d, privates))
	s["e_next_on"] = d.sometimes(0.5, e.at.AddDate(0, 0, d.between(5, 40)).Format(time.DateOnly))
	s["e_needs"] = e.needs(p, actions, until)
	s["e_rights"] = e.rights()
	s["e_ref"] = e.referrals(actions)
	return s
}

// talkQuestions are the questions of `entretien` that hang on nothing: how
// often each is answered, by what, by how many choices at most.
var talkQuestions = []struct {
	name     string
	answered float64
	odds     odds
	most     int
}{
	{"e_lang", 0.9, languages, 1},
	{"e_trigger", 0.8, triggers, 2},
	{"e_threat", 0.7, threats, 1},
	{"e_place_matters", 0.4, placesIn, 2},
	{"e_res", 0.9, benefits, 2},
	{"e_income", 0.85, incomes, 1},
	{"e_debt", 0.6, yesNo, 1},
	{"e_food_days", 0.6, foodDays, 1},
	{"e_dom", 0.8, yesNo, 1},
	{"e_dev", 0.8, devices, 2},
	{"e_net", 0.8, internet, 1},
	{"e_online", 0.8, online, 1},
	{"e_charge", 0.6, yesNo, 1},
	{"e_like", 0.5, likes, 3},
	{"e_last", 0.5, outings, 1},
	{"e_barrier", 0.3, whyNot, 2},
	{"e_alone", 0.5, lonely, 1},
	{"e_count", 0.5, yesNo, 1},
	{"e_act", 0.8, activities, 1},
	{"e_care", 0.7, care, 1},
	{"e_move", 0.6, moves, 2},
	{"e_safe", 0.5, yesNo, 1},
	{"e_voice", 0.7, voices, 1},
	{"e_reread", 0.6, yesNo, 1},
}

// needs answers the repeat of needs: none is possible, and then acknowledged.
func (e event) needs(p *person, actions []string, until time.Time) []sheet {
	d := e.dice
	list := []sheet{}
	for _, domain := range p.needs(d, needsTalk, 4, e.at, until) {
		need := sheet{
			"en_domain": domain, "en_words": p.words(d, domain, e.at, until), "en_quote": d.pick(yesNo),
			"en_urg": d.pick(urgencies), "en_cov": d.pick(covered), "en_why": d.some(whyNot, 2), "en_new": d.sometimes(0.5, "no"),
		}
		if domain == plantedDomain && p.emerges(d, e.at, until) {
			need["en_cov"], need["en_why"], need["en_new"] = "no", "no_offer", "yes"
		}
		if len(actions) > 0 {
			need["en_by"] = one(d, actions)
		}
		list = append(list, need)
	}
	return list
}

// rights answers the repeat of rights, each right once.
func (e event) rights() []sheet {
	d := e.dice
	list := []sheet{}
	for _, right := range strings.Fields(d.some(rightCodes, 5)) {
		list = append(list, sheet{"er_right": right, "er_status": d.pick(rightStatus), "er_form": d.pick(takeup), "er_reason": d.some(takeupWhy, 2)})
	}
	return list
}

// referrals answers the repeat of referrals.
func (e event) referrals(actions []string) []sheet {
	d := e.dice
	list := []sheet{}
	for len(actions) > 0 && len(list) < 3 && d.chance(0.5) {
		list = append(list, sheet{"er_action": one(d, actions), "er_how": d.pick(hows), "er_answer": d.pick(answers), "er_share": d.pick(yesNo)})
	}
	return list
}

// place answers `lieu`.
func (e event) place() sheet {
	d := e.dice
	return sheet{
		"l_at": e.at.Format(moment), "l_district": one(d, e.team.districts), "l_place": d.pick(placesOut),
		"l_tents": strconv.Itoa(d.IntN(7)), "l_people": strconv.Itoa(d.IntN(15)), "l_police": d.pick(yesNo),
		"l_atmosphere": d.pick(atmospheres), "l_mediation": strconv.Itoa(d.IntN(2)), "l_note": d.sometimes(0.15, one(d, signals)),
	}
}

// count answers `nuit_solidarite`.
func (e event) count() sheet {
	d := e.dice
	s := sheet{
		"n_at": e.at.Format(moment), "n_place": d.pick(placesOut), "n_case": d.pick(cases), "n_closed": strconv.Itoa(d.between(1, 6)),
		"n_asleep": "no", "n_again": "no", "n_know": d.pick(yesNo), "n_night": d.pick(nights), "n_ok": d.pick(yesNo),
		"n_gender": d.pick(genders), "n_age": d.pick(ages), "n_minors": "0", "n_since": d.pick(since), "n_115": d.pick(calls),
		"n_115why": d.some(whyNo115, 2), "n_sw": d.pick(yesNo), "n_use": d.pick(uses), "n_needs": d.some(needsStreet, 3),
		"n_say": d.sometimes(0.2, one(d, toElected)), "n_hh": d.pick(singles),
	}
	switch s["n_case"] {
	case "group":
		s["n_seen"] = strconv.Itoa(d.between(5, 11))
	case "family":
		s["n_seen"], s["n_hh"], s["n_minors"] = strconv.Itoa(d.between(2, 5)), d.pick(families), "1"
	default:
		s["n_seen"] = "1"
	}
	if d.chance(0.25) {
		s["n_asleep"] = "yes"
	} else if d.chance(0.05) {
		s["n_again"] = "yes"
	}
	return s
}

// outing is the tour's card of the team's outing that the event belongs to.
func (e event) outing(id string) diagnostics.Record {
	begin := time.Date(e.at.Year(), e.at.Month(), e.at.Day(), e.team.start, 0, 0, 0, zone)
	return diagnostics.Record{ID: id, Type: diagnostics.TypeTour, Fields: diagnostics.Values{
		"kind": "maraude", "team": e.team.name, "sectors": strings.Join(e.team.districts, " "),
		"start": diagnostics.FormatTime(begin), "end": diagnostics.FormatTime(begin.Add(time.Duration(e.team.hours) * time.Hour)),
		"staff": strconv.Itoa(e.team.staff), "volunteers": strconv.Itoa(e.dice.IntN(3)), "weather": e.dice.pick(weather), "demo": "yes",
	}}
}

// stillOpen is how long before the end a step that was promised may be open.
const stillOpen = 10 * 24 * time.Hour

// carryOut writes how a step ended whose day is past: nobody leaves two years of
// them open.
func (e event) carryOut(r diagnostics.Record, until time.Time) {
	if due := r.Time("due_on"); due.IsZero() || due.After(until.Add(-stillOpen)) {
		return
	}
	r.Fields["status"] = e.slips.pick(stepEnds)
}
