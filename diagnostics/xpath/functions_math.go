package xpath

import "math"

var truthFunctions = map[string]function{
	"true":  constant(true),
	"false": constant(false),
	"boolean": {min: 1, max: 1, build: func(c *compiler, args []code) (code, string) {
		return truthCode(c.truth(args[0])), ""
	}},
	"not": {min: 1, max: 1, build: func(c *compiler, args []code) (code, string) {
		x := c.truth(args[0])
		return truthCode(func(ctx *Context) bool { return !x(ctx) }), ""
	}},
	"boolean-from-string": {min: 1, max: 1, build: func(c *compiler, args []code) (code, string) {
		x := c.text(args[0])
		return truthCode(func(ctx *Context) bool { s := x(ctx); return s == "1" || s == "true" }), ""
	}},
}

var mathFunctions = map[string]function{
	"number": {max: 1, build: func(c *compiler, args []code) (code, string) {
		return numberCode(c.number(c.selfOr(args))), ""
	}},
	"floor":   numeric1(math.Floor),
	"ceiling": numeric1(math.Ceil),
	"int":     numeric1(math.Trunc),
	"abs":     numeric1(math.Abs),
	"sin":     numeric1(math.Sin),
	"cos":     numeric1(math.Cos),
	"tan":     numeric1(math.Tan),
	"asin":    numeric1(math.Asin),
	"acos":    numeric1(math.Acos),
	"atan":    numeric1(math.Atan),
	"log":     numeric1(math.Log),
	"log10":   numeric1(math.Log10),
	"exp":     numeric1(math.Exp),
	"exp10":   numeric1(func(x float64) float64 { return math.Pow(10, x) }),
	"sqrt":    numeric1(math.Sqrt),
	"atan2":   numeric2(math.Atan2),
	"pow":     numeric2(math.Pow),
	"pi": {build: func(*compiler, []code) (code, string) {
		return numberCode(func(*Context) float64 { return math.Pi }), ""
	}},
	"round": {min: 1, max: 2, build: func(c *compiler, args []code) (code, string) {
		x := c.number(args[0])
		if len(args) == 1 {
			return numberCode(func(ctx *Context) float64 { return roundAway(x(ctx)) }), ""
		}
		digits := c.number(args[1])
		return numberCode(func(ctx *Context) float64 { return roundTo(x(ctx), digits(ctx)) }), ""
	}},
	"random": {build: func(*compiler, []code) (code, string) {
		return numberCode(func(ctx *Context) float64 { return ctx.Env.float() }), ""
	}},
}

// roundHalfUp rounds as XPath 1.0 §4.4 says: halves towards infinity.
func roundHalfUp(x float64) float64 {
	if math.IsInf(x, 0) || math.IsNaN(x) {
		return x
	}
	return math.Floor(x + 0.5)
}

// roundAway rounds halves away from zero, as ODK does.
func roundAway(x float64) float64 { return math.Round(x) }

// roundTo rounds to a number of digits after the point, before it if negative.
func roundTo(x, digits float64) float64 {
	d := math.Trunc(digits)
	if math.IsNaN(d) || math.Abs(d) > 300 {
		return math.NaN()
	}
	if d < 0 {
		unit := math.Pow(10, -d)
		return roundAway(x/unit) * unit
	}
	unit := math.Pow(10, d)
	scaled := x * unit
	if math.IsInf(scaled, 0) {
		return x
	}
	// 2.15 is stored as 2.1499999999999999: a hair decides as a person would.
	return roundAway(scaled+math.Copysign(math.Abs(scaled)*1e-15, scaled)) / unit
}

var aggregateFunctions = map[string]function{
	"sum": {min: 1, max: 1, build: func(c *compiler, args []code) (code, string) {
		nodes, ok := c.nodeList(args[0], true)
		if !ok {
			return code{}, wantsNodes
		}
		return numberCode(func(ctx *Context) float64 {
			list := nodes(ctx, ctx.take())
			total := 0.0
			for _, n := range list {
				total += nodeNumber(n, ctx.Env)
			}
			ctx.give(list)
			return total
		}), ""
	}},
	"max":             extreme(math.Max),
	"min":             extreme(math.Min),
	"count-non-empty": {min: 1, max: 1, build: countNonEmpty},
}

// extreme makes min() and max(): of all numbers given, NaN where there is
// none or one is no number.
func extreme(pick func(a, b float64) float64) function {
	return function{min: 1, max: -1, build: func(c *compiler, args []code) (code, string) {
		numbers := c.numbers(args)
		return numberCode(func(ctx *Context) float64 {
			best, found := math.NaN(), false
			numbers(ctx, func(f float64) {
				switch {
				case !found || math.IsNaN(f): // which math.Max gives up for an infinity
					best, found = f, true
				case !math.IsNaN(best):
					best = pick(best, f)
				}
			})
			return best
		}), ""
	}}
}

// numbers compiles arguments to the sequence of their numbers; a node-set
// stands for the numbers of all its nodes.
func (c *compiler) numbers(args []code) func(*Context, func(float64)) {
	each := make([]func(*Context, func(float64)), len(args))
	for i, a := range args {
		if a.typ != TypeNodes {
			number := c.number(a)
			each[i] = func(ctx *Context, yield func(float64)) { yield(number(ctx)) }
			continue
		}
		nodes, _ := c.nodeList(a, true)
		each[i] = func(ctx *Context, yield func(float64)) {
			list := nodes(ctx, ctx.take())
			for _, n := range list {
				yield(nodeNumber(n, ctx.Env))
			}
			ctx.give(list)
		}
	}
	return func(ctx *Context, yield func(float64)) {
		for _, f := range each {
			f(ctx, yield)
		}
	}
}

func countNonEmpty(c *compiler, args []code) (code, string) {
	nodes, ok := c.nodeList(args[0], true)
	if !ok {
		return code{}, wantsNodes
	}
	return numberCode(func(ctx *Context) float64 {
		list := nodes(ctx, ctx.take())
		count := 0
		for _, n := range list {
			if n.StringValue() != "" {
				count++
			}
		}
		ctx.give(list)
		return float64(count)
	}), ""
}
