package xform

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// typeRule says which texts a type takes, and what to tell whoever typed
// another.
type typeRule struct {
	fits   func(string) bool
	fr, en string
}

// typeRules are the types of XForms that do not take every text.
var typeRules = map[string]typeRule{
	"int":      {isInteger, "Nombre entier attendu.", "A whole number is expected."},
	"integer":  {isInteger, "Nombre entier attendu.", "A whole number is expected."},
	"decimal":  {isDecimal, "Nombre attendu.", "A number is expected."},
	"date":     {isDate, "Date attendue.", "A date is expected."},
	"dateTime": {isDateTime, "Date et heure attendues.", "A date and time are expected."},
	"time":     {isTime, "Heure attendue.", "A time is expected."},
	"boolean":  {isBoolean, "Oui ou non attendu.", "Yes or no is expected."},
	"geopoint": {isPoint, "Lieu attendu.", "A place is expected."},
	"geotrace": {isPoints, "Tracé attendu.", "A line is expected."},
	"geoshape": {isPoints, "Contour attendu.", "A shape is expected."},
}

var choiceRule = typeRule{fr: "Choix inconnu.", en: "Unknown choice."}

func isInteger(s string) bool {
	_, err := strconv.ParseInt(s, 10, 64)
	return err == nil
}

var decimal = regexp.MustCompile(`^[+-]?(\d+(\.\d*)?|\.\d+)$`)

func isDecimal(s string) bool { return decimal.MatchString(s) }

func isBoolean(s string) bool {
	return slices.Contains([]string{"true", "false", "1", "0"}, s)
}

func isDate(s string) bool { return parses(s, time.DateOnly) }

func isDateTime(s string) bool {
	return parses(s, "2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z07")
}

func isTime(s string) bool {
	return parses(s, "15:04:05Z07:00", "15:04:05", "15:04", "15:04Z07:00", "15:04:05Z07")
}

func parses(s string, layouts ...string) bool {
	for _, layout := range layouts {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}

func isPoint(s string) bool {
	fields := strings.Fields(s)
	if len(fields) < 2 || len(fields) > 4 {
		return false
	}
	for _, f := range fields {
		if _, err := strconv.ParseFloat(f, 64); err != nil {
			return false
		}
	}
	return true
}

func isPoints(s string) bool {
	for _, p := range strings.Split(strings.TrimRight(s, "; "), ";") {
		if !isPoint(p) {
			return false
		}
	}
	return true
}

// fits reports whether the value is of the node's type, and among its choices.
func (s *Session) fits(n *inode) bool {
	if n.value == "" {
		return true
	}
	if c := n.def.control; c != nil && c.choices != nil {
		words := []string{n.value}
		if c.name != "select1" {
			words = strings.Fields(n.value)
		}
		for _, w := range words {
			if listed, now := s.offered(n, w); !listed && !now {
				return false
			}
		}
		return true
	}
	rule, ok := typeRules[n.def.bind.typ]
	return !ok || rule.fits(n.value)
}

var frenchName = regexp.MustCompile(`(?i)\(fr([-_][a-z]+)?\)|^fr([-_][a-z]+)?$|^fran[cç]ais|^french`)

// isFrench reports whether a language, as forms write them, is French:
// "Français (fr)", "French", "fr".
func isFrench(l string) bool { return frenchName.MatchString(l) }

// french reports whether the engine's own messages are in French.
func (s *Session) french() bool { return s.Language() == "" || isFrench(s.Language()) }

func (s *Session) say(fr, en string) string {
	if s.french() {
		return fr
	}
	return en
}
