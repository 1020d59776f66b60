package workbook

import (
	"slices"
	"strings"
)

// With adds what an earlier version of the form asked, so that the answers that
// were given to it have their columns: a question that has another name now
// (renamed: from its path to the present one) shares the column, one that is
// gone keeps a column of its own, marked with the version.
func (f Form) With(older Form, version string, renamed map[string]string) Form {
	rebase := func(path string) string { return f.Root + strings.TrimPrefix(path, older.Root) }
	f.Questions, f.Repeats = slices.Clone(f.Questions), slices.Clone(f.Repeats)
	for _, repeat := range older.Repeats {
		if r := rebase(repeat); !slices.Contains(f.Repeats, r) {
			f.Repeats = append(f.Repeats, r)
		}
	}
	for _, q := range older.Questions {
		now := renamed[q.Path]
		q.Path = rebase(q.Path)
		if q.Repeat != "" {
			q.Repeat = rebase(q.Repeat)
		}
		at := slices.IndexFunc(f.Questions, func(known Question) bool { return known.Path == q.Path || slices.Contains(known.Was, q.Path) })
		if at < 0 && now != "" {
			at = slices.IndexFunc(f.Questions, func(known Question) bool { return known.Path == now && known.Repeat == q.Repeat })
			if at >= 0 {
				f.Questions[at].Was = append(slices.Clip(f.Questions[at].Was), q.Path)
			}
		}
		if at < 0 {
			q.Version = version
			f.Questions = append(f.Questions, q)
			continue
		}
		f.Questions[at].Choices = withChoices(f.Questions[at].Choices, q.Choices)
	}
	return f
}

// withChoices adds the choices of an earlier version that are gone.
func withChoices(now, older []Choice) []Choice {
	now = slices.Clip(now)
	for _, c := range older {
		if !slices.ContainsFunc(now, func(known Choice) bool { return known.Value == c.Value }) {
			now = append(now, c)
		}
	}
	return now
}
