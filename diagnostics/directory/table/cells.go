package table

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"solidaren/diagnostics"
	"solidaren/diagnostics/directory"
)

// longestText is the greatest number of characters of a cell.
const longestText = 1000

func (l *line) wrong(c cellText, fr, en string) { l.issue(l.sheet, c.cell, false, fr, en) }

func (l *line) textCell(field string, c cellText) {
	if len([]rune(c.text)) > longestText {
		l.wrong(c, fmt.Sprintf("Texte de plus de %d caractères.", longestText), fmt.Sprintf("Text of more than %d characters.", longestText))
		return
	}
	l.fields[field] = c.text
}

// code is the key of a line: no space, so that questionnaires can name it.
func (l *line) code(field string, c cellText) {
	if strings.ContainsFunc(c.text, unicode.IsSpace) {
		l.wrong(c, "Un identifiant ne contient pas d'espace.", "An id holds no space.")
		return
	}
	l.fields[field] = c.text
}

// coded reads one code of a list, or its words in either language.
func coded(list string) func(*line, string, cellText) {
	return func(l *line, field string, c cellText) {
		if code, ok := findCode(list, c.text); ok {
			l.fields[field] = code
			return
		}
		l.unknown(list, c, c.text)
	}
}

// unknown tells which words a cell may hold.
func (l *line) unknown(list string, c cellText, text string) {
	var fr, en []string
	for _, code := range diagnostics.Codes(list) {
		fr, en = append(fr, code.FR), append(en, code.EN)
	}
	const most = 6
	if len(fr) > most {
		fr, en = append(fr[:most:most], "…"), append(en[:most:most], "…")
	}
	l.wrong(c, fmt.Sprintf("« %s » n'est pas reconnu. Choix possibles : %s.", text, strings.Join(fr, " · ")),
		fmt.Sprintf("“%s” is not known. Possible: %s.", text, strings.Join(en, " · ")))
}

// findCode finds a code by itself, its words in either language, or words that
// only one code has.
func findCode(list, text string) (string, bool) {
	plain := plainWords(text)
	if plain == "" {
		return "", false
	}
	words := strings.Fields(plain)
	var near []string
	for _, c := range diagnostics.Codes(list) {
		if c.Code == text || plain == plainWords(c.Code) || plain == plainWords(c.FR) || plain == plainWords(c.EN) {
			return c.Code, true
		}
		for _, label := range []string{c.FR, c.EN} {
			if holds(strings.Fields(plainWords(label)), words) && !slices.Contains(near, c.Code) {
				near = append(near, c.Code)
			}
		}
	}
	if len(near) == 1 {
		return near[0], true
	}
	return "", false
}

func holds(all, some []string) bool {
	return !slices.ContainsFunc(some, func(w string) bool { return !slices.Contains(all, w) })
}

// codes reads several codes: the whole cell, or its parts.
func (l *line) codes(list, field string, c cellText, find func(text string) (string, bool)) {
	if code, ok := find(c.text); ok {
		l.fields[field] = code
		return
	}
	parts := strings.FieldsFunc(c.text, func(r rune) bool { return strings.ContainsRune(";|\n", r) })
	if len(parts) == 1 {
		parts = strings.Split(c.text, ",")
	}
	var found []string
	for _, part := range parts {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		code, ok := find(part)
		if !ok && l.each(&found, part, find) {
			continue
		}
		if !ok {
			l.unknown(list, c, part)
			return
		}
		if !slices.Contains(found, code) {
			found = append(found, code)
		}
	}
	l.fields[field] = strings.Join(found, " ")
}

// each reads codes between spaces, as a notebook keeps them.
func (l *line) each(found *[]string, part string, find func(text string) (string, bool)) bool {
	var more []string
	for word := range strings.FieldsSeq(part) {
		code, ok := find(word)
		if !ok || code != word {
			return false
		}
		more = append(more, code)
	}
	*found = append(*found, more...)
	return true
}

// everybody are the words for no restriction.
var everybody = []string{"tous", "tout public", "all", "everybody", "tous publics", "toutes", "rennes", "tout rennes", "everywhere", "partout"}

func (l *line) publics(field string, c cellText) {
	if slices.Contains(everybody, plainWords(c.text)) {
		return
	}
	l.codes("public", field, c, func(text string) (string, bool) { return findCode("public", text) })
}

var quarter = regexp.MustCompile(`(?i)^q?0?(\d{1,2})$`)

// districts reads "Le Blosne", "q11", "Q11" or "11".
func (l *line) districts(field string, c cellText) {
	if slices.Contains(everybody, plainWords(c.text)) {
		return
	}
	l.codes("district", field, c, func(text string) (string, bool) {
		if parts := quarter.FindStringSubmatch(strings.TrimSpace(text)); parts != nil {
			n, _ := strconv.Atoi(parts[1])
			text = fmt.Sprintf("q%02d", n)
		}
		return findCode("district", text)
	})
}

// needs reads domains of needs, or themes of data·inclusion ("numerique--…").
func (l *line) needs(field string, c cellText) {
	l.codes("need_domain", field, c, func(text string) (string, bool) {
		theme, _, inclusion := strings.Cut(text, "--")
		for _, code := range diagnostics.Codes("need_domain") {
			if code.Service != "" && (code.Service == theme || inclusion && plainWords(code.Service) == plainWords(theme)) {
				return code.Code, true
			}
		}
		return findCode("need_domain", text)
	})
}

func (l *line) yesNo(field string, c cellText) {
	switch plainWords(c.text) {
	case "oui", "yes", "o", "y", "true", "1", "acceptes", "accepted":
		l.fields[field] = "yes"
	case "non", "no", "n", "false", "0", "refuses":
		l.fields[field] = "no"
	case "unknown", "inconnu", "ne sait pas", "dk":
	default:
		l.wrong(c, fmt.Sprintf("« %s » : écrivez oui ou non.", c.text), fmt.Sprintf("“%s”: write yes or no.", c.text))
	}
}

func (l *line) number(field string, c cellText) {
	n, err := strconv.ParseFloat(c.text, 64)
	if err != nil || n != math.Trunc(n) || n < 0 || n > 1e6 {
		l.wrong(c, fmt.Sprintf("« %s » n'est pas un nombre entier.", c.text), fmt.Sprintf("“%s” is not a whole number.", c.text))
		return
	}
	l.fields[field] = strconv.Itoa(int(n))
}

// excelDay is day 0 of Excel's calendar.
var excelDay = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// date reads a day, as a date cell holds it or as it is written.
func (l *line) date(field string, c cellText) {
	text, _, _ := strings.Cut(c.text, "T")
	for _, layout := range []string{time.DateOnly, "02/01/2006", "2/1/2006", "02-01-2006", "02.01.2006"} {
		if day, err := time.Parse(layout, text); err == nil {
			l.fields[field] = day.Format(time.DateOnly)
			return
		}
	}
	if serial, err := strconv.ParseFloat(text, 64); err == nil && serial > 36526 && serial < 73050 { // 2000 to 2099
		l.fields[field] = excelDay.AddDate(0, 0, int(serial)).Format(time.DateOnly)
		return
	}
	l.wrong(c, fmt.Sprintf("« %s » n'est pas une date. Exemple : 23/11/2026.", c.text), fmt.Sprintf("“%s” is not a date. Example: 23/11/2026.", c.text))
}

// phone writes a number of ten digits in pairs. A cell that holds a number has
// lost its zero; a short number ("115") stays.
func (l *line) phone(field string, c cellText) {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, c.text)
	if len(digits) == 9 && digits == c.text {
		digits = "0" + digits
	}
	if len(digits) == 10 && !strings.HasPrefix(c.text, "+") {
		c.text = strings.Join([]string{digits[:2], digits[2:4], digits[4:6], digits[6:8], digits[8:]}, " ")
	}
	if len(digits) < 2 {
		l.wrong(c, fmt.Sprintf("« %s » n'est pas un numéro de téléphone.", c.text), fmt.Sprintf("“%s” is not a phone number.", c.text))
		return
	}
	l.textCell(field, c)
}

// hours keeps opening hours as they are written; those that cannot be read are
// shown, and never counted as open.
func (l *line) hours(field string, c cellText) {
	if _, err := directory.ParseHours(c.text); err != nil {
		l.issue(l.sheet, c.cell, true,
			fmt.Sprintf("Horaires « %s » gardés tels quels : « ouvert maintenant » ne sait pas les lire. Exemple : Mo-Fr 09:00-12:00,14:00-17:00.", c.text),
			fmt.Sprintf("Hours “%s” are kept as they are: “open now” cannot read them. Example: Mo-Fr 09:00-12:00,14:00-17:00.", c.text))
	}
	l.textCell(field, c)
}
