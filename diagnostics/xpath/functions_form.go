package xpath

import (
	"errors"
	"fmt"
)

// formFunctions ask the form around the document, through Env.
var formFunctions = map[string]function{
	"instance": {min: 1, max: 1, build: func(c *compiler, args []code) (code, string) {
		id := c.text(args[0])
		one := func(ctx *Context) Node {
			if ctx.Env.Instance == nil {
				return nil
			}
			return ctx.Env.Instance(id(ctx))
		}
		return code{typ: TypeNodes, one: one, nodes: func(ctx *Context, dst []Node) []Node {
			if n := one(ctx); n != nil {
				dst = append(dst, n)
			}
			return dst
		}}, ""
	}},
	"jr:itext": {min: 1, max: 1, build: func(c *compiler, args []code) (code, string) {
		id := c.text(args[0])
		return textCode(func(ctx *Context) string {
			if ctx.Env.Itext == nil {
				return ""
			}
			return ctx.Env.Itext(id(ctx))
		}), ""
	}},
	"jr:choice-name": {min: 2, max: 2, build: choiceName},
	"choice-name":    {min: 2, max: 2, build: choiceName},
	"property": {min: 1, max: 1, build: func(c *compiler, args []code) (code, string) {
		name := c.text(args[0])
		return textCode(func(ctx *Context) string {
			if ctx.Env.Property == nil {
				return ""
			}
			return ctx.Env.Property(name(ctx))
		}), ""
	}},
	"pulldata":       {min: 4, max: 4, build: pullData},
	"indexed-repeat": {min: 3, max: -1, rewrite: indexedRepeat},
	"version": {build: func(*compiler, []code) (code, string) {
		return textCode(func(ctx *Context) string {
			if ctx.Env.Property == nil {
				return ""
			}
			return ctx.Env.Property("version")
		}), ""
	}},
}

func choiceName(c *compiler, args []code) (code, string) {
	value, path := c.text(args[0]), c.text(args[1])
	return textCode(func(ctx *Context) string {
		if ctx.Env.ChoiceName == nil {
			return ""
		}
		return ctx.Env.ChoiceName(value(ctx), path(ctx), ctx.Node)
	}), ""
}

// pullData looks a row up in a list: pulldata(list, column, key column, key).
func pullData(c *compiler, args []code) (code, string) {
	gather := c.gather(args, false)
	return textCode(func(ctx *Context) string {
		a := gather(ctx)
		if ctx.Env.Instance == nil {
			return ""
		}
		list := ctx.Env.Instance(a[0])
		if list == nil {
			return ""
		}
		for _, root := range list.Children() {
			for _, row := range root.Children() {
				if key, ok := childText(row, a[2]); ok && equalText(key, a[3], ctx.Env) {
					text, _ := childText(row, a[1])
					return text
				}
			}
		}
		return ""
	}), ""
}

func childText(n Node, local string) (string, bool) {
	for _, child := range n.Children() {
		if child.Kind() == KindElement && child.Name().Local == local {
			return child.StringValue(), true
		}
	}
	return "", false
}

// indexedRepeat turns indexed-repeat(/d/r/q, /d/r, 2) into /d/r[2]/q.
func indexedRepeat(x *Call) (Expr, error) {
	target, ok := x.Args[0].(*Path)
	if !ok || len(x.Args)%2 == 0 {
		return nil, errors.New("indexed-repeat() needs a path, then pairs of a repeat and a position")
	}
	result := &Path{Start: target.Start, Absolute: target.Absolute, Steps: append([]Step(nil), target.Steps...)}
	for i := 1; i < len(x.Args); i += 2 {
		repeat, ok := x.Args[i].(*Path)
		if !ok || !prefixOf(repeat, target) {
			return nil, fmt.Errorf("indexed-repeat(): argument %d is not a repeat around the question", i+1)
		}
		step := &result.Steps[len(repeat.Steps)-1]
		here := &Call{Name: "position", At: x.At}
		step.Predicates = append(step.Predicates[:len(step.Predicates):len(step.Predicates)],
			&Binary{Op: "=", Left: here, Right: &AtCurrent{X: x.Args[i+1]}})
	}
	return result, nil
}

func prefixOf(repeat, target *Path) bool {
	if repeat.Absolute != target.Absolute || len(repeat.Steps) == 0 || len(repeat.Steps) > len(target.Steps) {
		return false
	}
	for i, step := range repeat.Steps {
		if step.Axis != target.Steps[i].Axis || step.Test != target.Steps[i].Test {
			return false
		}
	}
	return true
}
