package intake_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"solidaren/diagnostics/xform"
)

// q is one question of a form written for a test.
type q struct {
	name, kind string // kind: text int decimal date dateTime one many trigger calculate group repeat
	observes   string
	calculate  string
	relevant   string
	kids       []q
}

// now is when the sessions of these tests take place: an evening in Rennes.
var now = time.Date(2026, 3, 5, 22, 40, 0, 0, time.FixedZone("CET", 3600))

// newForm compiles the questions into an XForm, as xlsform would.
func newForm(t *testing.T, id string, questions ...q) *xform.Form {
	t.Helper()
	w := &writer{}
	w.write("/data", questions)
	document := fmt.Sprintf(`<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa"
  xmlns:orx="http://openrosa.org/xforms" xmlns:sr="https://solidaren.example/observes">
<h:head><h:title>%[1]s</h:title><model><instance><data id="%[1]s" version="1">%[2]s<meta><instanceID/></meta></data></instance>
%[3]s<bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/></model></h:head>
<h:body>%[4]s</h:body></h:html>`, id, w.instance.String(), w.binds.String(), w.body.String())
	form, err := xform.Parse(strings.NewReader(document), xform.Options{})
	if err != nil {
		t.Fatalf("parse the form of the test: %v", err)
	}
	return form
}

type writer struct{ instance, binds, body strings.Builder }

var bindTypes = map[string]string{"text": "string", "one": "string", "many": "string", "trigger": "string", "calculate": "string"}

func (w *writer) write(path string, questions []q) {
	for _, one := range questions {
		ref := path + "/" + one.name
		if one.kids == nil {
			fmt.Fprintf(&w.instance, "<%s/>", one.name)
			w.leaf(ref, one)
			continue
		}
		fmt.Fprintf(&w.instance, "<%s>", one.name)
		fmt.Fprintf(&w.body, `<group ref="%s"><label>%s</label>`, ref, one.name)
		if one.kind == "repeat" {
			fmt.Fprintf(&w.body, `<repeat nodeset="%s">`, ref)
		}
		w.write(ref, one.kids)
		if one.kind == "repeat" {
			w.body.WriteString("</repeat>")
		}
		w.body.WriteString("</group>")
		fmt.Fprintf(&w.instance, "</%s>", one.name)
	}
}

// choices are what every select of these tests offers.
func choices() string {
	var b strings.Builder
	for _, code := range strings.Fields("fse food work weeks later rsa has quote meet far") {
		fmt.Fprintf(&b, "<item><label>%[1]s</label><value>%[1]s</value></item>", code)
	}
	return b.String()
}

func (w *writer) leaf(ref string, one q) {
	bind := bindTypes[one.kind]
	if bind == "" {
		bind = one.kind
	}
	fmt.Fprintf(&w.binds, `<bind nodeset="%s" type="%s"`, ref, bind)
	for name, value := range map[string]string{"sr:observes": one.observes, "calculate": one.calculate, "relevant": one.relevant} {
		if value != "" {
			fmt.Fprintf(&w.binds, ` %s="%s"`, name, value)
		}
	}
	w.binds.WriteString("/>\n")
	label := "<label>" + one.name + "</label>"
	switch one.kind {
	case "calculate":
	case "one":
		fmt.Fprintf(&w.body, `<select1 ref="%s">%s%s</select1>`, ref, label, choices())
	case "many":
		fmt.Fprintf(&w.body, `<select ref="%s">%s%s</select>`, ref, label, choices())
	case "trigger":
		fmt.Fprintf(&w.body, `<trigger ref="%s">%s</trigger>`, ref, label)
	default:
		fmt.Fprintf(&w.body, `<input ref="%s">%s</input>`, ref, label)
	}
}

// open starts a session of the form and answers it: ref to value, in order.
func open(t *testing.T, form *xform.Form, answers ...[2]string) *xform.Session {
	t.Helper()
	s, err := form.NewSession(xform.SessionOptions{Now: func() time.Time { return now }, Location: now.Location()})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range answers {
		if a[1] == "+" {
			_, err = s.AddRepeat(a[0])
		} else {
			_, err = s.Set(a[0], a[1])
		}
		if err != nil {
			t.Fatalf("%s: %v", a[0], err)
		}
	}
	return s
}

// street is a short form of the street: contact, person, needs, referral.
func street(t *testing.T) *xform.Form {
	return newForm(t, "street",
		q{name: "at", kind: "dateTime", observes: "encounter.at"},
		q{name: "district", kind: "one", observes: "encounter.district"},
		q{name: "contact", kind: "one", observes: "encounter.contact_kind"},
		q{name: "n", kind: "int", observes: "encounter.persons"},
		q{name: "info", kind: "one", observes: "encounter.info_given"},
		q{name: "link", kind: "one", observes: "person.link"},
		q{name: "code", kind: "text", observes: "person.code"},
		q{name: "age", kind: "one", observes: "person.age_band"},
		q{name: "handle", kind: "text", observes: "identity.handle"},
		q{name: "household", kind: "one", observes: "household.type"},
		q{name: "night", kind: "one", observes: "situation.night_place"},
		q{name: "needs", kind: "many", observes: "need.domain"},
		q{name: "words", kind: "text", observes: "need.own_words"},
		q{name: "urgency", kind: "one", observes: "need.urgency"},
		q{name: "orient", kind: "many", observes: "referral.to"},
		q{name: "answer", kind: "one", observes: "referral.answer"},
		q{name: "strengths", kind: "many", observes: "strength.kind"},
		q{name: "signal", kind: "text", observes: "note.signal"},
		q{name: "public", kind: "calculate", observes: "person.publics", calculate: "if(/data/night='tent','errance','')"},
		q{name: "again", kind: "date", observes: "followup.due_on"},
		q{name: "loose", kind: "text"},
	)
}

// talk is a short interview: needs and rights in repeats, one of them in a
// group.
func talk(t *testing.T) *xform.Form {
	return newForm(t, "talk",
		q{name: "date", kind: "date", observes: "encounter.at"},
		q{name: "code", kind: "text", observes: "person.code"},
		q{name: "public", kind: "many", observes: "person.publics"},
		q{name: "b", kind: "group", kids: []q{
			{name: "type", kind: "one", observes: "household.type"},
			{name: "minors", kind: "int", observes: "household.minors"},
			{name: "urgency", kind: "one", observes: "need.urgency"},
			{name: "needs", kind: "repeat", kids: []q{
				{name: "domain", kind: "one", observes: "need.domain"},
				{name: "words", kind: "text", observes: "need.own_words"},
				{name: "urg", kind: "one", observes: "need.urgency"},
			}},
		}},
		q{name: "rights", kind: "repeat", kids: []q{
			{name: "right", kind: "one", observes: "right.right"},
			{name: "status", kind: "one", observes: "right.status"},
		}},
		q{name: "voice", kind: "many", observes: "consent.purpose"},
	)
}
