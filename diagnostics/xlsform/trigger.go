package xlsform

import "regexp"

var referenceList = regexp.MustCompile(`^[\s,]*\$\{[^}]*\}(\s*,[\s,]*\$\{[^}]*\})*[\s,]*$`)

// readTrigger reads which questions compute this one when they change.
func (b *builder) readTrigger(e *element) {
	trigger := e.row.get("trigger")
	at := e.row.cell("trigger")
	if e.typ.name == "background-geopoint" {
		if trigger == "" {
			b.fail(e.row.cell("type"), "trigger_needed")
		}
		if e.row.has("bind::calculate") {
			b.fail(e.row.cell("bind::calculate"), "no_calculation_here")
		}
	}
	switch {
	case trigger == "":
		return
	case !referenceList.MatchString(trigger):
		if len(reference.FindAllString(trigger, -1)) > 1 {
			b.fail(at, "trigger_commas")
		} else {
			b.fail(at, "bad_reference", "trigger")
		}
		return
	}
	for _, m := range reference.FindAllStringSubmatch(trigger, -1) {
		e.triggers = append(e.triggers, m[2])
		b.uses = append(b.uses, triggerUse{m[2], at})
	}
}

// checkTriggers sees that what triggers a calculation can be changed by the
// person who answers.
func (b *builder) checkTriggers() {
	shown := map[string]*element{}
	b.root.walk(func(e *element) {
		if e.kind == question {
			shown[e.name] = e
		}
	})
	for _, use := range b.uses {
		e := shown[use.name]
		if e == nil {
			continue // told by checkReferences
		}
		if e.hidden() && !e.shown() {
			b.fail(use.at, "hidden_trigger", use.name)
		}
	}
}

// triggered writes what happens when the question changes.
func (c *compiler) triggered(e *element) []*node {
	var out, places []*node
	for _, t := range c.triggers[e.name] {
		if t.typ.name == "background-geopoint" {
			places = append(places, el("odk:setgeopoint", "ref", t.path(), "event", "xforms-value-changed"))
			continue
		}
		n := el("setvalue", "ref", t.path(), "event", "xforms-value-changed")
		if calculation, ok := t.bind.get("calculate"); ok {
			n.attr.set("value", c.expand(calculation, view{from: t}))
		}
		out = append(out, n)
	}
	return append(out, places...)
}
