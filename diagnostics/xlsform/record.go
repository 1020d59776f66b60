package xlsform

import (
	"regexp"
	"strings"
)

// record is one row under the headers of its sheet. Empty cells are absent.
type record struct {
	sheet  string
	row    int
	fields []field
}

type field struct {
	column
	value string
}

// records reads the rows under the headers. squeeze makes one space of
// several, as the survey sheet wants.
func (r *report) records(s *Sheet, l layout, squeeze bool) ([]column, []record) {
	head := r.columns(s, l)
	var out []record
	for i, row := range s.Rows {
		if i == 0 {
			continue
		}
		rec := record{sheet: l.sheet, row: row.Number}
		for _, c := range head {
			if c.index >= len(row.Cells) {
				continue
			}
			if value := clean(row.Cells[c.index], squeeze); value != "" {
				rec.fields = append(rec.fields, field{c, value})
			}
		}
		out = append(out, rec)
	}
	return head, out
}

var (
	straighten = strings.NewReplacer("\u2018", "'", "\u2019", "'", "\u201c", `"`, "\u201d", `"`)
	manySpaces = regexp.MustCompile(` +`)
)

// clean straightens the quotes that a word processor bends, since they break
// expressions, and trims.
func clean(value string, squeeze bool) string {
	value = straighten.Replace(strings.TrimSpace(value))
	if squeeze {
		value = manySpaces.ReplaceAllString(value, " ")
	}
	return value
}

func (rec *record) get(key string) string {
	for _, f := range rec.fields {
		if f.key == key {
			return f.value
		}
	}
	return ""
}

func (rec *record) has(key string) bool { return rec.get(key) != "" }

// cell is the place of a column in the row; the first column of the row where
// that one is not filled in.
func (rec *record) cell(key string) Cell {
	for _, f := range rec.fields {
		if f.key == key || strings.HasPrefix(f.key, key+sep) {
			return Cell{rec.sheet, rec.row, letters(f.index)}
		}
	}
	return Cell{Sheet: rec.sheet, Row: rec.row, Column: "A"}
}

// text is a cell that may be translated: one plain value, or one a language.
type text struct {
	plain  string
	byLang []translation
}

type translation struct{ lang, value string }

func (t text) translated() bool { return len(t.byLang) > 0 }
func (t text) empty() bool      { return t.plain == "" && len(t.byLang) == 0 }

// in gives the values by language; a plain value counts as one in the default
// language.
func (t text) in(language string) []translation {
	if t.translated() || t.plain == "" {
		return t.byLang
	}
	return []translation{{language, t.plain}}
}

// text reads a column and its translations. Where both are filled in, the
// plain one is that of the default language, unless that one is translated.
func (rec *record) text(key, language string) text {
	var t text
	plainFirst := true
	for _, f := range rec.fields {
		switch {
		case f.key == key:
			t.plain = f.value
			plainFirst = len(t.byLang) == 0
		case strings.HasPrefix(f.key, key+sep):
			t.byLang = append(t.byLang, translation{f.key[len(key)+len(sep):], f.value})
		}
	}
	if t.plain == "" || !t.translated() {
		return t
	}
	for _, tr := range t.byLang {
		if tr.lang == language {
			return text{byLang: t.byLang}
		}
	}
	own := []translation{{language, t.plain}}
	if plainFirst {
		return text{byLang: append(own, t.byLang...)}
	}
	return text{byLang: append(t.byLang, own...)}
}

// attrs gives the columns of a group (bind::x, control::x) that have no
// further level.
func (rec *record) attrs(group string) attrs {
	var out attrs
	for _, f := range rec.fields {
		if name, ok := strings.CutPrefix(f.key, group+sep); ok && !strings.Contains(name, sep) {
			out.set(name, f.value)
		}
	}
	return out
}
