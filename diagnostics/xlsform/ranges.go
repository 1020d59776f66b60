package xlsform

import (
	"math/big"
	"strings"
)

// scale is a range with its numbers, exact as they are written.
type scale struct {
	start, end, step *big.Rat
	interval         *big.Rat // between ticks; nil: none is asked for
	placeholder      *big.Rat // where an empty answer stands; nil: nowhere
}

// finishRange completes the parameters of a range and checks them together.
func (b *builder) finishRange(e *element, at Cell) {
	for _, d := range []attr{{"start", "1"}, {"end", "10"}, {"step", "1"}} {
		if _, ok := e.params.get(d.name); !ok {
			e.params.set(d.name, d.value)
		}
	}
	var sc scale
	for name, to := range map[string]**big.Rat{
		"start": &sc.start, "end": &sc.end, "step": &sc.step, "tick_interval": &sc.interval, "placeholder": &sc.placeholder,
	} {
		value, ok := e.params.get(name)
		if !ok {
			continue
		}
		if *to = number(value); *to == nil {
			return // told where the parameters were read
		}
		if !(*to).IsInt() {
			e.bind.set("type", "decimal")
		}
	}
	b.checkScale(at, sc)
	b.checkTickLabels(e, at, sc)
	b.checkRangeAppearance(e, at)
}

// number reads a number exactly; nil for what is none.
func number(v string) *big.Rat {
	if !plainNumber.MatchString(v) {
		return nil
	}
	n, ok := new(big.Rat).SetString(v)
	if !ok {
		return nil
	}
	return n
}

// checkScale sees that the steps and ticks fit the scale.
func (b *builder) checkScale(at Cell, sc scale) {
	width := new(big.Rat).Sub(sc.end, sc.start)
	width.Abs(width)
	for _, p := range []struct {
		name string
		size *big.Rat
	}{{"step", sc.step}, {"tick_interval", sc.interval}} {
		switch {
		case p.size == nil:
		case p.size.Sign() == 0:
			b.fail(at, "range_zero", p.name)
		case p.size.Cmp(width) > 0:
			b.fail(at, "range_too_large", p.name)
		}
	}
	if sc.interval != nil && !multipleOf(sc.interval, sc.step) {
		b.fail(at, "range_multiple", "tick_interval")
	}
	if sc.placeholder == nil {
		return
	}
	if !sc.onStep(sc.placeholder, sc.step) {
		b.fail(at, "range_multiple", "placeholder")
	}
	if !sc.holds(sc.placeholder) {
		b.fail(at, "range_between", "placeholder")
	}
}

func multipleOf(v, step *big.Rat) bool {
	return step.Sign() == 0 || new(big.Rat).Quo(v, step).IsInt()
}

// onStep reports whether a value stands on a step, counted from the start.
func (sc scale) onStep(v, step *big.Rat) bool {
	return multipleOf(new(big.Rat).Sub(v, sc.start), step)
}

// holds reports whether a value stands on the scale, which may run backwards.
func (sc scale) holds(v *big.Rat) bool {
	return v.Cmp(sc.start)*v.Cmp(sc.end) <= 0
}

// checkTickLabels sees that each label of the scale stands on it.
func (b *builder) checkTickLabels(e *element, at Cell, sc scale) {
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
	step, steps := sc.step, "step"
	if sc.interval != nil {
		step, steps = sc.interval, "tick_interval"
	}
	appearance, _ := e.control.get("appearance")
	noTicks := strings.Contains(appearance, "no-ticks")
	ends, others := map[int]bool{}, 0
	for _, it := range list.items {
		v := number(it.name)
		switch {
		case v == nil:
			b.fail(at, "range_label_number", it.name)
			return
		case !sc.holds(v):
			b.fail(at, "range_between", "tick_labelset")
			return
		case !sc.onStep(v, step):
			b.fail(at, "range_label_step", it.name, steps)
			return
		case v.Cmp(sc.start) == 0:
			ends[0] = true
		case v.Cmp(sc.end) == 0:
			ends[1] = true
		default:
			others++
		}
	}
	if noTicks && (others > 0 || len(ends) < 2) {
		b.fail(at, "range_two_labels")
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
