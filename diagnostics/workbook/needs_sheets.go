package workbook

import (
	"slices"

	"solidaren/diagnostics/analysis"
)

func (n needsBook) effort() sheet {
	s := sheet{
		name:  "02_Effort",
		title: n.t("Effort des équipes, mois par mois", "Effort of the teams, month by month"),
		intro: []string{
			n.unit("tournées, heures, rencontres, diagnostics – ne s'additionnent pas entre colonnes",
				"tours, hours, encounters, diagnostics – never added across columns"),
			n.t("Une équipe qui sort plus voit plus : lire les besoins avec cette feuille.",
				"A team that goes out more sees more: read the needs with this sheet."),
			n.signs(),
		},
		columns: []column{
			{n.t("Mois", "Month"), 14, month},
			{n.t("Tournées", "Tours"), 11, whole},
			{n.t("Heures", "Hours"), 11, decimal},
			{n.t("Rencontres", "Encounters"), 13, whole},
			{n.t("dont échange", "of which talk"), 11, whole},
			{n.t("dont refus", "of which declined"), 11, whole},
			{n.t("dont dort", "of which asleep"), 11, whole},
			{n.t("Personnes avec code", "Persons with a code"), 13, whole},
			{n.t("Rencontres anonymes", "Anonymous encounters"), 13, whole},
			{n.t("Diagnostics", "Diagnostics"), 13, whole},
			{n.t("Diagnostics par rencontre", "Diagnostics per encounter"), 14, quotient},
			{n.t("Équipes", "Teams"), 10, whole},
		},
		freeze: 1,
	}
	var months []analysis.Bucket
	for _, l := range n.needs.Effort {
		first, w := any(l.Start()), plain
		if l.Whole {
			first, w = n.t("Ensemble", "All"), total
		} else {
			months = append(months, l.Bucket)
		}
		s.rows = append(s.rows, row{w, []any{
			first, l.Tours, l.Hours, l.Encounters.Rows, l.Talk, l.Refused, l.Asleep,
			l.Encounters.Persons, l.Encounters.Anonymous, l.Diagnostics, l.PerEncounter, l.Teams,
		}})
	}
	if len(n.cut(months)) > 0 {
		s.intro = append(s.intro, n.t("Le premier ou le dernier mois est incomplet : la période le coupe.",
			"The first or the last month is incomplete: the period cuts it."))
	}
	return s
}

func (n needsBook) publics() sheet {
	s := sheet{
		name:  "03_Publics",
		title: n.t("Publics rencontrés", "Publics met"),
		intro: append([]string{
			n.unit("personnes distinctes avec code ; rencontres anonymes à part, jamais ajoutées aux personnes",
				"distinct persons with a code; anonymous encounters apart, never added to the persons"),
			n.t("Une personne peut relever de plusieurs publics : le total n'est pas la somme.",
				"A person may belong to several publics: the total is not the sum."),
			n.signs(),
		}, n.cut(n.needs.Buckets)...),
		columns: append([]column{
			{n.t("Public", "Public"), 32, text},
			{n.t("Période", "Period"), 14, text},
			{n.t("Personnes avec code", "Persons with a code"), 13, whole},
			{n.t("Diagnostics anonymes", "Anonymous diagnostics"), 13, whole},
			{n.t("Diagnostics", "Diagnostics"), 13, whole},
		}, n.shareColumns(n.t("Part des personnes", "Share of persons"))...),
		freeze: 2, filter: true,
	}
	for _, l := range n.needs.Publics {
		period, w := n.t("Ensemble", "All"), group
		if l.Bucket >= 0 {
			period, w = n.step(n.needs.Buckets[l.Bucket]), plain
		}
		cells := []any{n.label("public", l.Public), period, l.Persons, l.Anonymous, l.Rows}
		s.rows = append(s.rows, row{w, append(cells, shareCells(l.Share)...)})
	}
	return s
}

func (n needsBook) byDomain() sheet {
	s := sheet{
		name:  n.t("04_Besoins_thème_période", "04_Needs_theme_period"),
		title: n.t("Besoins observés, par thème et par période", "Needs observed, by theme and period"),
		intro: append([]string{
			n.unit("« pers. » = personnes distinctes avec code ; « bes. » = besoins observés, ceux des rencontres anonymes compris",
				"“pers.” = distinct persons with a code; “needs” = needs observed, those of anonymous encounters included"),
			n.t("Évolution : besoins pour 100 diagnostics, dernière période par rapport à la précédente.",
				"Change: needs per 100 diagnostics, last period against the one before."),
			n.signs(),
		}, n.cut(n.needs.Buckets)...),
		columns: n.keyColumns(), freeze: 2, filter: true,
	}
	for _, unit := range []string{n.t("pers.", "pers."), n.t("bes.", "needs")} {
		for _, b := range n.needs.Buckets {
			s.columns = append(s.columns, column{n.step(b) + "\n" + unit, 10, whole})
		}
	}
	s.columns = append(s.columns,
		column{n.t("Total\npers.", "Total\npers."), 10, whole},
		column{n.t("Rencontres anonymes", "Anonymous encounters"), 13, whole},
		column{n.t("Total\nbes.", "Total\nneeds"), 10, whole},
		column{n.t("Part des besoins", "Share of needs"), 11, percent},
		column{n.t("Évolution", "Change"), 11, signedPercent})
	for _, l := range n.needs.ByDomain {
		cells, w := n.keyCells(l.Key)
		for _, split := range l.ByPeriod {
			cells = append(cells, split.Persons)
		}
		for _, split := range l.ByPeriod {
			cells = append(cells, split.Rows)
		}
		cells = append(cells, l.Total.Persons, l.Total.Anonymous, l.Total.Rows, l.Share, l.Change)
		s.rows = append(s.rows, row{w, cells})
	}
	return s
}

func (n needsBook) byDistrict() sheet {
	s := n.cross("district", n.needs.ByDistrict)
	s.name = n.t("05_Thème×quartier", "05_Theme×district")
	s.title = n.t("Besoins observés, par thème et par quartier", "Needs observed, by theme and district")
	s.intro = []string{
		n.unit("besoins observés, selon le quartier de la rencontre", "needs observed, by the district of the encounter"),
		n.t("Le fond est plus soutenu où les besoins sont plus nombreux ; il suit aussi le passage des équipes.",
			"The ground is darker where needs are more numerous; it follows where teams go, too."),
		n.signs(),
	}
	return s
}

func (n needsBook) byPublic() sheet {
	s := n.cross("public", n.needs.ByPublic)
	s.name = n.t("06_Thème×public", "06_Theme×public")
	s.title = n.t("Besoins observés, par thème et par public", "Needs observed, by theme and public")
	s.intro = []string{
		n.unit("besoins observés ; plusieurs publics possibles : le total n'est pas la somme de la ligne",
			"needs observed; several publics possible: the total is not the sum of the line"),
		n.signs(),
	}
	return s
}

// cross lays a cross table out; the ground of a domain's cell shows its class.
func (n needsBook) cross(list string, x analysis.Cross) sheet {
	s := sheet{columns: n.keyColumns(), freeze: 2, filter: true}
	for _, code := range x.Columns {
		s.columns = append(s.columns, column{n.label(list, code), 13, whole})
	}
	s.columns = append(s.columns, column{n.t("Total", "Total"), 10, whole})
	limits := classes(x)
	for _, l := range x.Lines {
		cells, w := n.keyCells(l.Key)
		for _, c := range l.Cells {
			value := shaded{Cell: c}
			if w == plain {
				value.class = classOf(c, limits)
			}
			cells = append(cells, value)
		}
		s.rows = append(s.rows, row{w, append(cells, l.Total)})
	}
	return s
}

// classes cuts the shown cells of the domains into four classes of about the
// same number of cells, and gives their upper limits.
func classes(x analysis.Cross) []float64 {
	var values []float64
	for _, l := range x.Lines {
		if l.Domain == analysis.All {
			continue
		}
		for _, c := range l.Cells {
			if c.State == analysis.Shown && c.Value > 0 {
				values = append(values, c.Value)
			}
		}
	}
	slices.Sort(values)
	var limits []float64
	parts := len(heat) - 1
	for i := 1; i <= parts && len(values) > 0; i++ {
		limits = append(limits, values[(i*len(values)+parts-1)/parts-1])
	}
	return limits
}

// classOf is the class of a cell: 0 where it is hidden or nothing.
func classOf(c analysis.Cell, limits []float64) int {
	if c.State != analysis.Shown || c.Value == 0 {
		return 0
	}
	for i, limit := range limits {
		if c.Value <= limit {
			return i + 1
		}
	}
	return len(limits)
}

func (n needsBook) coverage() sheet {
	s := sheet{
		name:  n.t("07_Couverture", "07_Coverage"),
		title: n.t("Besoins couverts et non couverts", "Needs covered and not covered"),
		intro: []string{
			n.unit("besoins observés", "needs observed"),
			n.t("Taux non couvert = (non + en partie) / (oui + en partie + non), avec l'intervalle à 95 % de Wilson ; « ne sait pas » et « non demandé » n'y entrent pas.",
				"Uncovered rate = (no + partly) / (yes + partly + no), with Wilson's 95% interval; “don't know” and “not asked” are left out."),
			n.signs(),
		},
		columns: slices.Concat(n.keyColumns(), []column{
			{n.t("Besoins", "Needs"), 10, whole},
			{n.t("Couvert", "Covered"), 10, whole},
			{n.t("En partie", "Partly"), 10, whole},
			{n.t("Non couvert", "Not covered"), 10, whole},
			{n.t("Ne sait pas, non demandé", "Not known, not asked"), 13, whole},
		}, n.shareColumns(n.t("Taux non couvert", "Uncovered rate")), n.reasonColumns("Raison", "Reason")),
		freeze: 2, filter: true,
	}
	for _, l := range n.needs.Coverage {
		cells, w := n.keyCells(l.Key)
		cells = append(cells, l.Needs, l.Yes, l.Partial, l.No, l.Unknown)
		s.rows = append(s.rows, row{w, slices.Concat(cells, shareCells(l.Uncovered), n.reasonCells(l.Reasons))})
	}
	return s
}

func (n needsBook) referrals() sheet {
	s := sheet{
		name:  n.t("13_Orientations", "13_Referrals"),
		title: n.t("Orientations proposées et réponses des personnes", "Referrals proposed and what people answered"),
		intro: []string{
			n.unit("orientations proposées", "referrals proposed"),
			n.t("Taux d'acceptation = acceptées / réponses connues. Une réponse n'est pas une prise en charge : les suites ne sont pas encore suivies ici.",
				"Acceptance = accepted / answers known. An answer is not an admission: what became of it is not followed here yet."),
			n.signs(),
		},
		columns: slices.Concat([]column{
			{n.t("Destination", "Destination"), 38, text},
			{n.t("Proposées", "Proposed"), 11, whole},
			{n.t("Acceptées", "Accepted"), 11, whole},
			{n.t("Réfléchit", "Thinking"), 11, whole},
			{n.t("Ne souhaite pas", "Declined"), 12, whole},
			{n.t("Déjà suivi", "Already followed"), 11, whole},
			{n.t("Sans réponse notée", "No answer noted"), 12, whole},
		}, n.shareColumns(n.t("Taux d'acceptation", "Acceptance")), n.reasonColumns("Raison du refus", "Why declined")),
		freeze: 1, filter: true,
	}
	for _, l := range n.needs.Referrals {
		w := plain
		if l.To == analysis.All {
			w = total
		}
		cells := []any{n.label("action", l.To), l.Proposed, l.Accepts, l.Thinks, l.Declines, l.Already, l.Unanswered}
		s.rows = append(s.rows, row{w, slices.Concat(cells, shareCells(l.Acceptance), n.reasonCells(l.Reasons))})
	}
	return s
}
