package xlsform

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// noLanguage is the language of what is written in none.
const noLanguage = "default"

// translatable are the columns that may be written once a language, and the
// names by which messages call them.
var translatable = map[string]string{
	"label": "label", "hint": "hint", "guidance_hint": "guidance_hint",
	"media::image": "image", "media::big-image": "big-image", "media::audio": "audio", "media::video": "video",
	"bind::jr:constraintMsg": "constraint_message", "bind::jr:requiredMsg": "required_message",
}

// checkTranslations warns of columns that a language of the sheet lacks.
func (c *compiler) checkTranslations(sheet string, head []column) {
	var languages, columns []string
	has := map[[2]string]bool{}
	for _, col := range head {
		name, lang := translationOf(col.key)
		if name == "" {
			continue
		}
		if !slices.Contains(languages, lang) {
			languages = append(languages, lang)
		}
		if !slices.Contains(columns, name) {
			columns = append(columns, name)
		}
		has[[2]string{lang, name}] = true
	}
	slices.Sort(columns)
	for _, lang := range languages {
		var missing []string
		for _, name := range columns {
			if !has[[2]string{lang, name}] {
				missing = append(missing, name)
			}
		}
		if len(missing) > 0 {
			c.warn(Cell{Sheet: sheet}, "missing_translation", lang, sheet, strings.Join(missing, ", "))
		}
	}
}

// translationOf gives the translatable column and the language of a header.
func translationOf(key string) (name, lang string) {
	if name = translatable[key]; name != "" {
		return name, noLanguage
	}
	at := strings.LastIndex(key, sep)
	if at < 0 {
		return "", ""
	}
	return translatable[key[:at]], key[at+len(sep):]
}

// isTranslated reports whether the column is in one language of several, and
// gives its name without the language.
func isTranslated(key string) (name, lang string, ok bool) {
	at := strings.LastIndex(key, sep)
	if at < 0 || translatable[key] != "" || translatable[key[:at]] == "" {
		return "", "", false
	}
	return key[:at], key[at+len(sep):], true
}

// checkCellTranslations warns of texts that stand in one language and not in
// another one that the sheet has.
func (c *compiler) checkCellTranslations() {
	for _, s := range []struct {
		sheet  string
		layout layout
	}{{sheetSurvey, surveyLayout}, {sheetChoices, choiceLayout}} {
		sheet := c.sheet(s.sheet)
		if sheet == nil {
			continue
		}
		var quiet report // its issues are told already
		head, records := quiet.records(sheet, s.layout, false)
		for i := range records {
			c.checkRowTranslations(head, &records[i])
		}
	}
}

func (c *compiler) checkRowTranslations(head []column, rec *record) {
	written := map[string]bool{}
	for _, f := range rec.fields {
		if name, _, ok := isTranslated(f.key); ok {
			written[name] = true
		}
	}
	for _, col := range head {
		if name, lang, ok := isTranslated(col.key); ok && written[name] && !rec.has(col.key) {
			c.warn(Cell{rec.sheet, rec.row, letters(col.index)}, "cell_translation", translatable[name], lang)
		}
	}
}

// languageCode is the code of a language as its name ends with: Français (fr).
var languageCode = regexp.MustCompile(`\(([^()]+)\)$`)

// checkLanguages warns of languages whose names have no code, so that no
// program knows which they are.
func (c *compiler) checkLanguages() {
	var unknown []string
	for _, lang := range c.itext.langs {
		if lang == noLanguage {
			continue
		}
		m := languageCode.FindStringSubmatch(lang)
		if m == nil || !isLanguage(m[1]) {
			unknown = append(unknown, lang)
		}
	}
	if len(unknown) > 0 {
		c.warn(Cell{}, "language_code", strings.Join(unknown, ", "))
	}
}

func isLanguage(code string) bool {
	_, err := language.Parse(code)
	return err == nil
}
