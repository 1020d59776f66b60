package xpath

import (
	"math"
	"strings"
)

// functions is the table of all functions, filled from the tables beside it.
var functions = func() map[string]function {
	all := map[string]function{}
	for _, table := range []map[string]function{
		nodeFunctions, textFunctions, truthFunctions, mathFunctions, aggregateFunctions,
		selectFunctions, dateFunctions, geoFunctions, formFunctions,
	} {
		for name, f := range table {
			all[name] = f
		}
	}
	return all
}()

// KnownFunction reports whether the engine has a function of that name.
func KnownFunction(name string) bool {
	_, ok := functions[name]
	return ok
}

const wantsNodes = "needs a node-set"

// The makers below turn plain Go functions into entries of the tables.

func numeric1(f func(float64) float64) function {
	return function{min: 1, max: 1, build: func(c *compiler, args []code) (code, string) {
		a := c.number(args[0])
		return numberCode(func(ctx *Context) float64 { return f(a(ctx)) }), ""
	}}
}

func numeric2(f func(a, b float64) float64) function {
	return function{min: 2, max: 2, build: func(c *compiler, args []code) (code, string) {
		a, b := c.number(args[0]), c.number(args[1])
		return numberCode(func(ctx *Context) float64 { return f(a(ctx), b(ctx)) }), ""
	}}
}

func constant(v bool) function {
	return function{build: func(*compiler, []code) (code, string) {
		return truthCode(func(*Context) bool { return v }), ""
	}}
}

func texts2(f func(a, b string) string) function {
	return function{min: 2, max: 2, build: func(c *compiler, args []code) (code, string) {
		a, b := c.text(args[0]), c.text(args[1])
		return textCode(func(ctx *Context) string { return f(a(ctx), b(ctx)) }), ""
	}}
}

func textTest(f func(a, b string) bool) function {
	return function{min: 2, max: 2, build: func(c *compiler, args []code) (code, string) {
		a, b := c.text(args[0]), c.text(args[1])
		return truthCode(func(ctx *Context) bool { return f(a(ctx), b(ctx)) }), ""
	}}
}

// texts compiles a function of any number of strings; a node-set stands for
// the strings of all its nodes where spread is set.
func texts(min, max int, spread bool, f func([]string) string) function {
	return function{min: min, max: max, build: func(c *compiler, args []code) (code, string) {
		gather := c.gather(args, spread)
		return textCode(func(ctx *Context) string { return f(gather(ctx)) }), ""
	}}
}

// gather compiles arguments to the list of their strings.
func (c *compiler) gather(args []code, spread bool) func(*Context) []string {
	type part struct {
		text  func(*Context) string
		nodes func(*Context, []Node) []Node
	}
	parts := make([]part, len(args))
	for i, a := range args {
		if spread && a.typ == TypeNodes {
			parts[i].nodes, _ = c.nodeList(a, true)
		} else {
			parts[i].text = c.text(a)
		}
	}
	return func(ctx *Context) []string {
		list := make([]string, 0, len(parts))
		for _, p := range parts {
			if p.nodes == nil {
				list = append(list, p.text(ctx))
				continue
			}
			nodes := p.nodes(ctx, ctx.take())
			for _, n := range nodes {
				list = append(list, n.StringValue())
			}
			ctx.give(nodes)
		}
		return list
	}
}

// selfOr gives the argument, or the context node where there is none.
func (c *compiler) selfOr(args []code) code {
	if len(args) > 0 {
		return args[0]
	}
	one := func(ctx *Context) Node { return ctx.Node }
	return code{
		typ: TypeNodes, one: one, static: c.statics[len(c.statics)-1],
		nodes: func(ctx *Context, dst []Node) []Node { return append(dst, ctx.Node) },
	}
}

// nodeText makes a function of the first node of its argument, or of the
// context node.
func nodeText(f func(Node) string) function {
	return function{max: 1, build: func(c *compiler, args []code) (code, string) {
		x := c.selfOr(args)
		if x.typ != TypeNodes {
			return code{}, wantsNodes
		}
		c.read(x, false)
		first := x.first()
		return textCode(func(ctx *Context) string {
			if n := first(ctx); n != nil {
				return f(n)
			}
			return ""
		}), ""
	}}
}

func qualified(n Node) string {
	name := n.Name()
	if name.Prefix != "" {
		return name.Prefix + ":" + name.Local
	}
	return name.Local
}

var nodeFunctions = map[string]function{
	"name":          nodeText(qualified),
	"local-name":    nodeText(func(n Node) string { return n.Name().Local }),
	"namespace-uri": nodeText(func(n Node) string { return n.Name().Space }),
	"last": {build: func(*compiler, []code) (code, string) {
		return numberCode(func(ctx *Context) float64 { return float64(ctx.size) }), ""
	}},
	"position": {max: 1, build: position},
	"count": {min: 1, max: 1, build: func(c *compiler, args []code) (code, string) {
		nodes, ok := c.nodeList(args[0], false)
		if !ok {
			return code{}, wantsNodes
		}
		return numberCode(func(ctx *Context) float64 {
			list := nodes(ctx, ctx.take())
			n := len(list)
			ctx.give(list)
			return float64(n)
		}), ""
	}},
	"id": {min: 1, max: 1, build: func(c *compiler, args []code) (code, string) {
		gather := c.gather(args, true)
		return nodesCode(func(ctx *Context, dst []Node) []Node {
			start := len(dst)
			dst = append(dst, nodesByID(rootOf(ctx.Node), strings.Fields(strings.Join(gather(ctx), " ")))...)
			return dst[:start+len(sortNodes(dst[start:]))]
		}), ""
	}},
	"lang": {min: 1, max: 1, build: func(c *compiler, args []code) (code, string) {
		wanted := c.text(args[0])
		return truthCode(func(ctx *Context) bool { return inLanguage(ctx.Node, wanted(ctx)) }), ""
	}},
	"current": {build: func(c *compiler, _ []code) (code, string) {
		one := func(ctx *Context) Node { return ctx.current }
		return code{
			typ: TypeNodes, one: one, static: c.statics[0],
			nodes: func(ctx *Context, dst []Node) []Node { return append(dst, ctx.current) },
		}, ""
	}},
}

// position is that of the context node in its step, or of the argument's
// first node among its siblings of the same name.
func position(c *compiler, args []code) (code, string) {
	if len(args) == 0 {
		return numberCode(func(ctx *Context) float64 { return float64(ctx.pos) }), ""
	}
	if args[0].typ != TypeNodes {
		return code{}, wantsNodes
	}
	c.read(args[0], false)
	first := args[0].first()
	return numberCode(func(ctx *Context) float64 {
		n := first(ctx)
		if n == nil {
			return math.NaN()
		}
		if p, ok := n.(interface{ Position() int }); ok {
			return float64(p.Position())
		}
		before, _ := around(n)
		place := 1
		for _, x := range before {
			if x.Kind() == n.Kind() && x.Name() == n.Name() {
				place++
			}
		}
		return float64(place)
	}), ""
}

func nodesByID(root Node, ids []string) []Node {
	var list []Node
	doc, indexed := root.(*XMLNode)
	for _, id := range ids {
		if !indexed {
			break
		}
		if e := doc.ids[id]; e != nil {
			list = append(list, e)
		}
	}
	return list
}

func inLanguage(n Node, wanted string) bool {
	for ; n != nil; n = n.Parent() {
		for _, a := range n.Attributes() {
			if name := a.Name(); name.Local != "lang" || name.Prefix != "xml" {
				continue
			}
			have, wanted := strings.ToLower(a.StringValue()), strings.ToLower(wanted)
			return have == wanted || strings.HasPrefix(have, wanted+"-")
		}
	}
	return false
}
