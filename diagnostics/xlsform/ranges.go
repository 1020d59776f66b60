package xlsform

import (
	"math"
	"strconv"
	"strings"
)

// finishRange completes the parameters of a range and checks them together.
func (b *builder) finishRange(e *element, at Cell) {
	for _, d := range []attr{{"start", "1"}, {"end", "10"}, {"step", "1"}} {
		if _, ok := e.params.get(d.name); !ok {
			e.params.set(d.name, d.value)
		}
	}
	numbers := map[string]float64{}
	for _, p := range e.params {
		if p.name == "tick_labelset" {
			continue
		}
		n, err := strconv.ParseFloat(p.value, 64)
		if err != nil {
			return
		}
		numbers[p.name] = n
		if strings.Contains(p.value, ".") {
			e.bind.set("type", "decimal")
		}
	}
	b.checkRange(e, at, numbers)
}

func (b *builder) checkRange(e *element, at Cell, n map[string]float64) {
	for _, p := range []struct {
		name   string
		origin float64
	}{{"tick_interval", 0}, {"placeholder", n["start"]}} {
		if v, ok := n[p.name]; ok && !multipleOf(v-p.origin, n["step"]) {
			b.fail(at, "range_multiple", p.name)
		}
	}
	if v, ok := n["placeholder"]; ok && (v < min(n["start"], n["end"]) || v > max(n["start"], n["end"])) {
		b.fail(at, "range_between", "placeholder")
	}
	b.checkTickLabels(e, at, n)
	b.checkRangeAppearance(e, at)
}

func multipleOf(v, step float64) bool {
	ratio := v / step
	return step != 0 && math.Abs(ratio-math.Round(ratio)) < 1e-9
}

// checkTickLabels sees that each label of the scale stands on it.
func (b *builder) checkTickLabels(e *element, at Cell, n map[string]float64) {
	name, ok := e.params.get("tick_labelset")
	if !ok {
		return
	}
	list := b.lists[name]
	if list == nil {
		b.fail(at, "range_labels", orNone(suggest(name, keys(b.lists))))
		return
	}
	e.list = name
	appearance, _ := e.control.get("appearance")
	noTicks := strings.Contains(appearance, "no-ticks")
	if noTicks && len(list.items) > 2 {
		b.fail(at, "range_two_labels")
	}
	for _, it := range list.items {
		v, err := strconv.ParseFloat(it.name, 64)
		if err != nil || v < min(n["start"], n["end"]) || v > max(n["start"], n["end"]) {
			b.fail(at, "range_between", "tick_labelset")
			return
		}
		if noTicks && v != n["start"] && v != n["end"] {
			b.fail(at, "range_two_labels")
			return
		}
	}
}

// checkRangeAppearance sees that what only a plain scale can show is not asked
// of another appearance.
func (b *builder) checkRangeAppearance(e *element, at Cell) {
	appearance, _ := e.control.get("appearance")
	plain := true
	for _, word := range strings.Fields(appearance) {
		plain = plain && (word == "vertical" || word == "no-ticks")
	}
	if plain {
		return
	}
	for _, name := range []string{"tick_interval", "placeholder", "tick_labelset"} {
		if _, ok := e.params.get(name); ok {
			b.fail(at, "range_appearance")
			return
		}
	}
}

// rangeAttrs are the attributes that the control of a range takes from its
// parameters.
func (c *compiler) rangeAttrs(e *element) attrs {
	var out attrs
	for _, p := range e.params {
		switch p.name {
		case "tick_interval":
			out.set("odk:tick-interval", p.value)
		case "placeholder":
			out.set("odk:placeholder", p.value)
		case "tick_labelset":
		default:
			out.set(p.name, p.value)
		}
	}
	return out
}
