package analysis

import (
	"slices"

	"solidaren/diagnostics"
)

// themeRow names the row of a theme in a grid of needs; a domain's row is its
// code.
func themeRow(theme string) string { return "theme:" + theme }

// needRows are the rows that a need of the domain counts on.
func needRows(domain string) []string {
	entry, ok := diagnostics.FindCode("need_domain", domain)
	if !ok || entry.Theme == "" {
		return []string{All, domain}
	}
	return []string{All, themeRow(entry.Theme), domain}
}

// needLine is a line of needs: its key, and its row in the grids.
type needLine struct {
	Key
	row string
}

// needLines are all needs, then each theme and its domains, then the domains
// of no theme, last those of a newer code list that the grid holds.
func needLines(g grid) []needLine {
	lines := []needLine{{Key{All, All}, All}}
	domains := diagnostics.Codes("need_domain")
	for _, theme := range append(diagnostics.Codes("theme"), diagnostics.Entry{}) {
		if theme.Code != "" {
			lines = append(lines, needLine{Key{theme.Code, All}, themeRow(theme.Code)})
		}
		for _, d := range domains {
			if d.Theme == theme.Code {
				lines = append(lines, needLine{Key{theme.Code, d.Code}, d.Code})
			}
		}
	}
	var unknown []string
	for at := range g {
		if !slices.ContainsFunc(lines, func(l needLine) bool { return l.row == at.row }) {
			unknown = append(unknown, at.row)
		}
	}
	for _, code := range sorted(unknown) {
		lines = append(lines, needLine{Key{"", code}, code})
	}
	return lines
}

// axis gives the codes of a list that make columns: all of them but the ways
// out, which stand, like unknown codes and "", only where the grid holds them.
func axis(list string, g grid) []string {
	seen := map[string]bool{}
	for at := range g {
		seen[at.col] = true
	}
	var codes []string
	for _, entry := range diagnostics.Codes(list) {
		wayOut := entry.Code == diagnostics.DontKnow || entry.Code == diagnostics.NotToSay
		if !wayOut || seen[entry.Code] {
			codes = append(codes, entry.Code)
		}
		delete(seen, entry.Code)
	}
	delete(seen, All)
	nobodySaid := seen[""]
	delete(seen, "")
	var unknown []string
	for code := range seen {
		unknown = append(unknown, code)
	}
	codes = append(codes, sorted(unknown)...)
	if nobodySaid {
		codes = append(codes, "")
	}
	return codes
}

func sorted(codes []string) []string {
	slices.Sort(codes)
	return slices.Compact(codes)
}
