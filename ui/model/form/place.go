package form

import (
	"strconv"
	"strings"

	"solidaren/diagnostics/xform"
	"solidaren/ui/words"
)

// readPlace makes a geopoint of a latitude and a longitude: "48.117 -1.677",
// "48,117 -1,677", "48.117, -1.677", "48,117 N 1,677 O": a French keyboard has no
// minus where its digit row types digits.
func readPlace(text string) (string, bool) {
	fields := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ';' || r == '\t' || r == '\u00a0' || r == '\u202f' })
	if len(fields) == 1 && strings.Count(text, ",") == 1 && strings.Contains(text, ".") {
		fields = strings.Split(text, ",") // 48.117,-1.677
	}
	fields = signed(fields)
	if len(fields) < 2 || len(fields) > 4 {
		return "", false
	}
	for i, f := range fields {
		f = strings.Replace(strings.Trim(f, ","), ",", ".", 1)
		if _, err := strconv.ParseFloat(f, 64); err != nil {
			return "", false
		}
		fields[i] = f
	}
	for len(fields) < 4 { // altitude and accuracy, which are not known
		fields = append(fields, "0")
	}
	return strings.Join(fields, " "), true
}

// sides are the letters of the sides of the world, in both languages, with the
// sign that they stand for.
var sides = map[byte]string{'N': "", 'E': "", 'S': "-", 'O': "-", 'W': "-"}

// signed gives numbers the sign of the letter behind them.
func signed(fields []string) []string {
	var out []string
	for _, f := range fields {
		letter := f[len(f)-1] &^ 0x20 // upper case
		sign, ok := sides[letter]
		if !ok {
			out = append(out, f)
			continue
		}
		digits := f[:len(f)-1]
		if digits == "" && len(out) > 0 {
			digits, out = out[len(out)-1], out[:len(out)-1]
		}
		out = append(out, sign+digits)
	}
	return out
}

// readTrace makes a geotrace or geoshape of places, one a line. A shape ends
// where it began.
func readTrace(n xform.Node, text string) (string, bool) {
	var places []string
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == ';' }) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		place, ok := readPlace(strings.TrimSpace(line))
		if !ok {
			return "", false
		}
		places = append(places, place)
	}
	if n.Type == "geoshape" && len(places) > 2 && places[0] != places[len(places)-1] {
		places = append(places, places[0])
	}
	return strings.Join(places, "; "), len(places) > 0
}

// writePlace writes a geopoint as it is typed; a value that is none stands as it
// is.
func writePlace(value string) string {
	fields := strings.Fields(value)
	if _, ok := readPlace(value); !ok || len(fields) < 2 {
		return value
	}
	for len(fields) > 2 && fields[len(fields)-1] == "0" {
		fields = fields[:len(fields)-1]
	}
	for i, f := range fields {
		fields[i] = local(f)
	}
	return strings.Join(fields, " ")
}

func writeTrace(value string) (text, echo string) {
	var lines []string
	for _, place := range strings.Split(value, ";") {
		if place = strings.TrimSpace(place); place != "" {
			lines = append(lines, writePlace(place))
		}
	}
	if len(lines) == 0 {
		return "", ""
	}
	return strings.Join(lines, "\n"), words.T("form.places", len(lines))
}

// onGlobe reports whether every latitude and longitude is possible.
func onGlobe(value string) bool {
	for _, place := range strings.Split(value, ";") {
		fields := strings.Fields(place)
		if len(fields) < 2 {
			continue
		}
		lat, err1 := strconv.ParseFloat(fields[0], 64)
		lon, err2 := strconv.ParseFloat(fields[1], 64)
		if err1 == nil && err2 == nil && (lat < -90 || lat > 90 || lon < -180 || lon > 180) {
			return false
		}
	}
	return true
}
