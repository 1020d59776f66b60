package analysistest

import (
	"fmt"
	"math/rand/v2"
	"time"

	"solidaren/diagnostics"
)

// Options of Seeded.
type Options struct {
	Period     diagnostics.Period
	Encounters int
	Teams      int // 2 if 0
	Seed       uint64
	Demo       bool
}

// Seeded makes plausible rows: frequent domains, districts and publics, rare
// ones that stay under the threshold, anonymous encounters, several teams. The
// same options give the same rows. About 1.6 needs are made an encounter.
func Seeded(o Options) *Rows {
	if o.Teams == 0 {
		o.Teams = 2
	}
	s := &seeder{Options: o, rnd: rand.New(rand.NewPCG(o.Seed, 7)), rows: &Rows{}}
	days := int(o.Period.To.Sub(o.Period.From).Hours()/24) + 1
	perTour := max(1, o.Encounters/max(1, days/2))
	for met := 0; met < o.Encounters; {
		start := o.Period.From.AddDate(0, 0, s.rnd.IntN(days)).Add(19 * time.Hour)
		team := fmt.Sprintf("team %d", s.rnd.IntN(o.Teams)+1)
		s.rows.Tour = append(s.rows.Tour, diagnostics.TourRow{
			Start: start, End: start.Add(time.Duration(150+s.rnd.IntN(90)) * time.Minute),
			Team: team, Staff: 3, Demo: o.Demo,
		})
		for range min(perTour, o.Encounters-met) {
			s.encounter(met, start.Add(time.Duration(s.rnd.IntN(150))*time.Minute), team)
			met++
		}
	}
	return s.rows
}

type seeder struct {
	Options
	rnd  *rand.Rand
	rows *Rows
}

// pick draws a code of a list, the first ones far more often.
func (s *seeder) pick(list string) string {
	codes := diagnostics.Codes(list)
	u := s.rnd.Float64()
	return codes[int(u*u*float64(len(codes)))].Code
}

func (s *seeder) encounter(n int, at time.Time, team string) {
	district, person := s.pick("district"), ""
	if s.rnd.IntN(5) < 3 {
		person = fmt.Sprintf("person %d", s.rnd.IntN(s.Options.Encounters/3+1))
	}
	contact := s.pick("contact_kind")
	s.rows.Encounter = append(s.rows.Encounter, diagnostics.EncounterRow{
		At: at, Kind: "maraude", Contact: contact, District: district, Team: team,
		Person: person, Persons: 1 + s.rnd.IntN(3), Demo: s.Demo,
	})
	if contact != "talk" && contact != "short" {
		return
	}
	publics := []string{s.pick("public")}
	if extra := s.pick("public"); extra != publics[0] {
		publics = append(publics, extra)
	}
	s.rows.Done = append(s.rows.Done, diagnostics.DiagnosticRow{
		At: at, Form: "maraude", Subject: "person", District: district, Team: team,
		Person: person, Publics: publics, Demo: s.Demo,
	})
	household := fmt.Sprintf("encounter %d", n)
	if person != "" {
		household = "household of " + person
	}
	for range 1 + s.rnd.IntN(4) {
		s.need(diagnostics.NeedRow{
			At: at, District: district, Team: team, Person: person,
			Household: household, Publics: publics, Demo: s.Demo,
		})
	}
	if s.rnd.IntN(2) == 0 {
		s.referral(at, district, team, person)
	}
}

func (s *seeder) need(row diagnostics.NeedRow) {
	row.Domain, row.Urgency = s.pick("need_domain"), s.pick("urgency")
	row.Covered = []string{"no", "no", "no", "partial", "partial", "yes", "yes", "dk", ""}[s.rnd.IntN(9)]
	if row.Covered == "no" || row.Covered == "partial" {
		row.WhyNot = []string{s.pick("why_not")}
	}
	s.rows.Need = append(s.rows.Need, row)
}

func (s *seeder) referral(at time.Time, district, team, person string) {
	row := diagnostics.ReferralRow{
		At: at, District: district, Team: team, Person: person, Demo: s.Demo,
		To: fmt.Sprintf("action%d", s.rnd.IntN(3)*s.rnd.IntN(5)), Answer: s.pick("person_answer"),
	}
	if row.Answer == "declines" {
		row.Why = []string{s.pick("why_not")}
	}
	s.rows.Referral = append(s.rows.Referral, row)
}
