package workbook

import (
	"fmt"
	"strings"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/analysis"
)

// needsBook lays the needs analysis out as sheets (DOMAIN.md §4.1, whose
// numbers the names of the sheets keep).
type needsBook struct {
	*book
	needs *analysis.Needs
}

// sheets gives every sheet in its order.
func (n needsBook) sheets() []sheet {
	tables := []sheet{
		n.charts(), n.effort(), n.publics(), n.byDomain(), n.byDistrict(), n.byPublic(),
		n.coverage(), n.referrals(), n.definitions(),
	}
	return append([]sheet{n.readMe(tables)}, tables...)
}

func (n needsBook) title() string {
	title := n.t("Analyse des besoins", "Needs analysis") + " – " + n.period()
	if n.needs.Demo {
		title = n.demo() + " – " + title
	}
	return title
}

// demo marks a workbook of invented data.
func (b *book) demo() string {
	return b.t("DÉMO – données inventées", "DEMO (DÉMO) – invented data")
}

// footer is printed on every page: a page that was torn off still says for
// whom it was made.
func (n needsBook) footer() string {
	return fmt.Sprintf("%s · %s · %s %d", n.title(), n.audience(), n.t("seuil", "threshold"), n.needs.Threshold)
}

func (n needsBook) period() string {
	return n.day(n.needs.Period.From) + " – " + n.day(n.needs.Period.To)
}

func (n needsBook) day(t time.Time) string { return t.Format(n.t("02/01/2006", "2 Jan 2006")) }

func (n needsBook) audience() string {
	return map[diagnostics.Audience]string{
		diagnostics.AudiencePlenary:    n.t("comité de pilotage plénier et public", "plenary committee and public"),
		diagnostics.AudienceRestricted: n.t("comité de pilotage restreint", "restricted committee"),
		diagnostics.AudienceGroup:      n.t("groupe de travail", "working group"),
	}[n.needs.Audience]
}

// signs explains the signs of every table.
func (n needsBook) signs() string {
	return fmt.Sprintf(n.t(
		"s : case protégée (moins de %d personnes ou rencontres anonymes, un seul ménage ou une seule équipe).   – : pas de calcul (base inférieure à %d, ou pas de période précédente).",
		"s: protected cell (fewer than %d persons or anonymous encounters, one household or one team only).   –: not computed (base under %d, or no earlier period)."),
		n.needs.Threshold, analysis.MinBase)
}

func (n needsBook) unit(fr, en string) string { return n.t("Unité : "+fr, "Unit: "+en) }

// step names a column of time; an asterisk marks one that the period cuts.
func (n needsBook) step(b analysis.Bucket) string {
	start := b.Start()
	name := start.Format("2006")
	switch b.Step {
	case analysis.Quarter:
		name = fmt.Sprintf("%s%d %s", n.t("T", "Q"), (int(start.Month())+2)/3, name)
	case analysis.Month:
		name = start.Format(n.t("01/2006", "2006-01"))
	}
	if b.Partial {
		name += "*"
	}
	return name
}

// cut is the note under a table whose first or last step is not whole.
func (n needsBook) cut(buckets []analysis.Bucket) []string {
	for _, b := range buckets {
		if b.Partial {
			return []string{n.t("* : période incomplète, coupée par le début ou la fin de l'analyse.",
				"*: incomplete, cut by the beginning or the end of the analysis.")}
		}
	}
	return nil
}

// keyCells are the two first cells of a line of needs.
func (n needsBook) keyCells(k analysis.Key) (cells []any, w weight) {
	switch {
	case k.Theme == analysis.All:
		return []any{n.t("Tous", "All"), n.t("Ensemble des besoins", "All needs")}, total
	case k.Domain == analysis.All:
		return []any{n.label("theme", k.Theme), n.t("Ensemble du thème", "Whole theme")}, group
	case k.Theme == "":
		return []any{n.t("Autre", "Other"), n.label("need_domain", k.Domain)}, plain
	}
	return []any{n.label("theme", k.Theme), n.label("need_domain", k.Domain)}, plain
}

func (n needsBook) keyColumns() []column {
	return []column{{n.t("Thème", "Theme"), 26, text}, {n.t("Domaine", "Domain"), 30, text}}
}

// shareColumns are a rate and its interval.
func (n needsBook) shareColumns(rate string) []column {
	return []column{
		{rate, 14, percent},
		{n.t("IC 95 % bas", "95% CI low"), 11, percent},
		{n.t("IC 95 % haut", "95% CI high"), 11, percent},
	}
}

func shareCells(s analysis.Share) []any { return []any{s.Rate, s.Low, s.High} }

// reasonColumns are the first reasons, in words with their counts.
func (n needsBook) reasonColumns(fr, en string) []column {
	var columns []column
	for i := 1; i <= 3; i++ {
		columns = append(columns, column{fmt.Sprintf("%s %d", n.t(fr, en), i), 24, text})
	}
	return columns
}

func (n needsBook) reasonCells(reasons []analysis.Reason) []any {
	cells := []any{"", "", ""}
	for i, r := range reasons {
		cells[i] = fmt.Sprintf("%s (%.0f)", n.label("why_not", r.Code), r.Count.Value)
	}
	return cells
}

// capital makes the first letter of a text a capital.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
