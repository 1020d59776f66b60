package xlsform

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// parameterRule says what one parameter of a type may hold, and where it goes:
// an attribute of the bind or of the control.
type parameterRule struct {
	check   func(string) bool
	code    string // of the error where check says no
	truth   bool   // yes and no are read as true and false
	bind    string
	control string
}

// parameterRules lists the parameters of each type.
var parameterRules = map[string]map[string]parameterRule{
	"text":             {"rows": {check: isInteger, code: "parameter_integer", control: "rows"}},
	"photo":            {"max-pixels": {check: isInteger, code: "parameter_integer", bind: "orx:max-pixels"}, "app": {}},
	"audio":            {"quality": {check: oneOf("voice-only", "low", "normal", "external"), code: "parameter_quality", bind: "odk:quality"}},
	"background-audio": {"quality": {check: oneOf("voice-only", "low", "normal"), code: "parameter_quality"}},
	"geopoint": {
		"allow-mock-accuracy": {truth: true, check: oneOf("true", "false"), code: "parameter_truth", bind: "odk:allow-mock-accuracy"},
		"capture-accuracy":    {check: isNumber, code: "parameter_number", control: "accuracyThreshold"},
		"warning-accuracy":    {check: isNumber, code: "parameter_number", control: "unacceptableAccuracyThreshold"},
		"reference-geometry":  {},
	},
	"geotrace": shapeRules, "geoshape": shapeRules,
	"range": {
		"start": {check: isNumber, code: "parameter_number"}, "end": {check: isNumber, code: "parameter_number"},
		"step": {check: isNumber, code: "parameter_number"}, "placeholder": {check: isNumber, code: "parameter_number"},
		"tick_interval": {check: isNumber, code: "parameter_number"}, "tick_labelset": {},
	},
	"select one": selectRules, "select all that apply": selectRules, "rank": selectRules, "select one external": selectRules,
	"audit": {
		"track-changes":         {truth: true, check: oneOf("true", "false"), code: "parameter_truth", bind: "odk:track-changes"},
		"identify-user":         {truth: true, check: oneOf("true", "false"), code: "parameter_truth", bind: "odk:identify-user"},
		"track-changes-reasons": {check: oneOf("on-form-edit"), code: "parameter_reasons", bind: "odk:track-changes-reasons"},
		"location-priority":     {check: oneOf("no-power", "low-power", "balanced", "high-accuracy"), code: "parameter_priority", bind: "odk:location-priority"},
		"location-min-interval": {check: isCount, code: "parameter_count", bind: "odk:location-min-interval"},
		"location-max-age":      {check: isCount, code: "parameter_count", bind: "odk:location-max-age"},
	},
}

var shapeRules = map[string]parameterRule{
	"allow-mock-accuracy": {truth: true, check: oneOf("true", "false"), code: "parameter_truth", bind: "odk:allow-mock-accuracy"},
	"incremental":         {truth: true, check: oneOf("true"), code: "parameter_incremental", control: "incremental"},
	"reference-geometry":  {},
}

var selectRules = map[string]parameterRule{
	"randomize": {truth: true, check: oneOf("true", "false"), code: "parameter_truth"},
	"seed":      {check: func(v string) bool { return isNumber(v) || soleReference.MatchString(v) }, code: "parameter_seed"},
	"value":     {check: wholeName.MatchString, code: "parameter_name"},
	"label":     {check: wholeName.MatchString, code: "parameter_name"},
}

func oneOf(values ...string) func(string) bool {
	return func(v string) bool { return slices.Contains(values, v) }
}

func isInteger(v string) bool { _, err := strconv.Atoi(v); return err == nil }
func isCount(v string) bool   { n, err := strconv.Atoi(v); return err == nil && n >= 0 }
func isNumber(v string) bool  { return plainNumber.MatchString(v) }

// plainNumber is a number that a parameter may hold.
var plainNumber = regexp.MustCompile(`^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$`)

// readParameters reads the column parameters into the element.
func (b *builder) readParameters(e *element) {
	rec := e.row
	at := rec.cell("parameters")
	rules := parameterRules[e.typ.name]
	pairs, wrong := splitParameters(rec.get("parameters"))
	if wrong != "" {
		b.fail(at, "parameter_form", wrong)
	}
	for _, pair := range pairs {
		key, value := pair.name, pair.value
		rule, known := rules[key]
		if truth, said := yes[value]; said && rule.truth {
			value = strconv.FormatBool(truth)
		}
		if rules == nil {
			continue
		}
		if !known || (key == "value" || key == "label") && !fromFile(e.list) {
			b.fail(at, "parameter_unknown", key, strings.Join(allowed(e, rules), ", "))
			continue
		}
		e.params.set(key, value)
		if rule.check != nil && !rule.check(value) {
			b.fail(at, rule.code, key, value)
			continue
		}
		if rule.bind != "" {
			e.bind.set(rule.bind, value)
		}
		if rule.control != "" {
			e.control.set(rule.control, value)
		}
	}
	b.finishParameters(e, at)
}

// allowed lists the parameters that the element may have.
func allowed(e *element, rules map[string]parameterRule) []string {
	out := keys(rules)
	if fromFile(e.list) {
		return out
	}
	return slices.DeleteFunc(out, func(k string) bool { return k == "value" || k == "label" })
}

// splitParameters cuts "a=1 b=2" into its pairs, parted by spaces, commas or
// semicolons; wrong is what is no pair, "" if all are. Names are written small,
// and values, too, unless they name something of the form.
func splitParameters(s string) (pairs attrs, wrong string) {
	rest := s
	for {
		m := parameterPair.FindStringSubmatchIndex(rest)
		if m == nil {
			return pairs, strings.Trim(rest, parameterGaps)
		}
		key, value := strings.ToLower(rest[m[2]:m[3]]), rest[m[4]:m[5]]
		if !named[key] {
			value = strings.ToLower(value)
		}
		pairs.set(key, value)
		rest = rest[m[1]:]
	}
}

// named are the parameters whose values name a list, a column or a question.
var named = names("reference-geometry value label tick_labelset seed")

const parameterGaps = " \t\r\n,;"

var parameterPair = regexp.MustCompile(`^[\s,;]*([^\s=,;]+)\s*=\s*([^\s=,;]+)`)

// finishParameters does what parameters ask for together.
func (b *builder) finishParameters(e *element, at Cell) {
	_, seed := e.params.get("seed")
	_, random := e.params.get("randomize")
	if seed && !random {
		b.fail(at, "seed_alone")
	}
	switch e.typ.name {
	case "photo":
		b.finishPhoto(e, at)
	case "range":
		b.finishRange(e, at)
	case "audit":
		b.finishAudit(e, at)
	case "geopoint", "geotrace", "geoshape":
		b.finishGeometry(e, at)
	}
}

func (b *builder) finishPhoto(e *element, at Cell) {
	if e.value != "" && !e.dynamic && !strings.Contains(e.value, "jr://images/") {
		e.value = "jr://images/" + e.value
	}
	if _, ok := e.params.get("max-pixels"); !ok {
		b.warn(e.cell("type"), "max_pixels")
	}
	app, ok := e.params.get("app")
	appearance, set := e.control.get("appearance")
	if !ok || set && appearance != "annotate" {
		return
	}
	if !androidPackage.MatchString(app) {
		b.fail(at, "parameter_package", app)
		return
	}
	e.control.set("intent", app)
}

var androidPackage = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)+$`)

func (b *builder) finishAudit(e *element, at Cell) {
	location := []string{"location-priority", "location-min-interval", "location-max-age"}
	var found []string
	for _, key := range location {
		if _, ok := e.params.get(key); ok {
			found = append(found, key)
		}
	}
	if len(found) == 0 {
		return
	}
	if len(found) < len(location) {
		b.fail(at, "audit_location", strings.Join(location, ", "))
		return
	}
	interval, _ := e.params.get("location-min-interval")
	age, _ := e.params.get("location-max-age")
	n, _ := strconv.Atoi(interval)
	m, _ := strconv.Atoi(age)
	if m < n {
		b.fail(at, "audit_age")
	}
}

// readAudit takes the row that asks for a log of the interview.
func (b *builder) readAudit(rec *record) {
	if name := rec.get("name"); name != "" && name != "audit" {
		b.fail(rec.cell("name"), "audit_name")
	}
	e := b.element(rec, question, types["audit"])
	e.name = "audit"
	b.readParameters(e)
	b.meta = append(b.meta, e)
}

// finishGeometry takes the geometry that is shown for reference from a list, a
// file or the answers of a repeat, as a select takes its choices.
func (b *builder) finishGeometry(e *element, at Cell) {
	geometry, ok := e.params.get("reference-geometry")
	if !ok {
		return
	}
	e.list = geometry
	b.geometries = append(b.geometries, geometryUse{geometry, at})
}
