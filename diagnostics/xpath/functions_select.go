package xpath

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"strings"
)

var selectFunctions = map[string]function{
	"selected": textTest(func(list, item string) bool { return hasItem(list, strings.TrimSpace(item)) }),
	"selected-at": {min: 2, max: 2, build: func(c *compiler, args []code) (code, string) {
		list, at := c.text(args[0]), c.number(args[1])
		return textCode(func(ctx *Context) string {
			items, i := strings.Fields(list(ctx)), at(ctx)
			if i >= 0 && i < float64(len(items)) {
				return items[int(i)]
			}
			return ""
		}), ""
	}},
	"count-selected": {min: 1, max: 1, build: func(c *compiler, args []code) (code, string) {
		list := c.text(args[0])
		return numberCode(func(ctx *Context) float64 { return float64(len(strings.Fields(list(ctx)))) }), ""
	}},
	"if":                 {min: 3, max: 3, build: choose},
	"coalesce":           {min: 2, max: -1, build: coalesce},
	"once":               {min: 1, max: 1, build: once},
	"checklist":          {min: 3, max: -1, build: checklist},
	"weighted-checklist": {min: 4, max: -1, build: weightedChecklist},
	"randomize":          {min: 1, max: 2, build: randomize},
}

// hasItem reports whether a list of words holds the word; an empty list holds
// the empty word.
func hasItem(list, item string) bool {
	if item == "" {
		return strings.TrimSpace(list) == ""
	}
	for rest := list; ; {
		i := strings.Index(rest, item)
		if i < 0 {
			return false
		}
		end := i + len(item)
		if (i == 0 || isSpace(rest[i-1])) && (end == len(rest) || isSpace(rest[end])) {
			return true
		}
		rest = rest[end:]
	}
}

func isSpace(b byte) bool { return strings.IndexByte(xmlSpace, b) >= 0 }

// choose compiles if(); only the branch that is taken is evaluated.
func choose(c *compiler, args []code) (code, string) {
	condition, yes, no := c.truth(args[0]), args[1], args[2]
	c.read(yes, true)
	c.read(no, true)
	switch {
	case yes.typ == TypeNumber && no.typ == TypeNumber:
		a, b := yes.num, no.num
		return numberCode(func(ctx *Context) float64 {
			if condition(ctx) {
				return a(ctx)
			}
			return b(ctx)
		}), ""
	case yes.typ == TypeString && no.typ == TypeString:
		a, b := yes.str, no.str
		return textCode(func(ctx *Context) string {
			if condition(ctx) {
				return a(ctx)
			}
			return b(ctx)
		}), ""
	case yes.typ == TypeBoolean && no.typ == TypeBoolean:
		a, b := yes.truth, no.truth
		return truthCode(func(ctx *Context) bool {
			if condition(ctx) {
				return a(ctx)
			}
			return b(ctx)
		}), ""
	}
	return anyCode(func(ctx *Context) Value {
		if condition(ctx) {
			return yes.value(ctx)
		}
		return no.value(ctx)
	}), ""
}

// coalesce gives the first text that is not empty.
func coalesce(c *compiler, args []code) (code, string) {
	list := make([]func(*Context) string, len(args))
	for i, a := range args {
		list[i] = c.text(a)
	}
	return textCode(func(ctx *Context) string {
		for _, text := range list {
			if s := text(ctx); s != "" {
				return s
			}
		}
		return ""
	}), ""
}

// once keeps the value that the node has, if it has one.
func once(c *compiler, args []code) (code, string) {
	value := args[0]
	c.read(value, true)
	return anyCode(func(ctx *Context) Value {
		if s := ctx.current.StringValue(); s != "" {
			return Value{Type: TypeString, Str: s}
		}
		return value.value(ctx)
	}), ""
}

// checklist counts the conditions that hold; -1 leaves a bound open. A
// node-set stands for one condition a node.
func checklist(c *compiler, args []code) (code, string) {
	low, high := c.number(args[0]), c.number(args[1])
	each := make([]func(*Context) int, len(args)-2)
	for i, a := range args[2:] {
		if a.typ != TypeNodes {
			truth := c.truth(a)
			each[i] = func(ctx *Context) int {
				if truth(ctx) {
					return 1
				}
				return 0
			}
			continue
		}
		nodes, _ := c.nodeList(a, true)
		each[i] = func(ctx *Context) int {
			list := nodes(ctx, ctx.take())
			n := 0
			for _, x := range list {
				if x.StringValue() != "" {
					n++
				}
			}
			ctx.give(list)
			return n
		}
	}
	return truthCode(func(ctx *Context) bool {
		n := 0
		for _, f := range each {
			n += f(ctx)
		}
		return within(float64(n), low(ctx), high(ctx))
	}), ""
}

func within(n, low, high float64) bool {
	return (low < 0 || n >= low) && (high < 0 || n <= high)
}

// weightedChecklist adds the weights of the conditions that hold.
func weightedChecklist(c *compiler, args []code) (code, string) {
	if len(args)%2 != 0 {
		return code{}, "needs pairs of a condition and its weight"
	}
	low, high := c.number(args[0]), c.number(args[1])
	for _, a := range args[2:] {
		c.read(a, true)
	}
	pairs := args[2:]
	return truthCode(func(ctx *Context) bool {
		total := 0.0
		for i := 0; i < len(pairs); i += 2 {
			total += weight(pairs[i].value(ctx), pairs[i+1].value(ctx), ctx.Env)
		}
		return within(total, low(ctx), high(ctx))
	}), ""
}

// weight pairs the nodes of two node-sets, or takes one condition and weight.
func weight(condition, weights Value, e *Env) float64 {
	if condition.Type != TypeNodes {
		if condition.truth() {
			return weights.number(e)
		}
		return 0
	}
	total := 0.0
	for i, n := range condition.Nodes {
		switch {
		case n.StringValue() == "":
		case weights.Type != TypeNodes:
			total += weights.number(e)
		case i < len(weights.Nodes):
			total += nodeNumber(weights.Nodes[i], e)
		}
	}
	return total
}

// randomize shuffles nodes; with a seed always in the same order, the one
// that the specification gives: Park–Miller, and Fisher–Yates inside out.
func randomize(c *compiler, args []code) (code, string) {
	nodes, ok := c.nodeList(args[0], true)
	if !ok {
		return code{}, wantsNodes
	}
	var seed func(*Context) int64
	if len(args) == 2 {
		seed = c.seed(args[1])
	}
	result := nodesCode(func(ctx *Context, dst []Node) []Node {
		start := len(dst)
		dst = nodes(ctx, dst)
		next := ctx.Env.float
		if seed != nil {
			next = parkMiller(seed(ctx))
		}
		list := dst[start:]
		for i := range list {
			j := int(next() * float64(i+1))
			list[i], list[j] = list[j], list[i]
		}
		return dst
	})
	result.static = args[0].static
	return result, ""
}

// seed compiles the seed of a shuffle: a whole number, and of any other text a
// number that stands for it, so that two texts shuffle differently.
func (c *compiler) seed(x code) func(*Context) int64 {
	number, text := c.number(x), c.text(x)
	return func(ctx *Context) int64 {
		switch f := number(ctx); {
		case f >= math.MaxInt64:
			return math.MaxInt64
		case f <= math.MinInt64:
			return math.MinInt64
		case !math.IsNaN(f):
			return int64(f)
		}
		s := text(ctx)
		if s == "" || s == "NaN" {
			return 0
		}
		sum := sha256.Sum256([]byte(s))
		return int64(binary.BigEndian.Uint64(sum[:8])) //nolint:gosec // any 64 bits will do
	}
}

// parkMiller is the generator of the ODK XForms specification.
func parkMiller(seed int64) func() float64 {
	const modulus = 2147483647
	state := seed % modulus
	if state <= 0 {
		state += modulus - 1
	}
	return func() float64 {
		state = state * 16807 % modulus
		return float64(state-1) / (modulus - 1)
	}
}
