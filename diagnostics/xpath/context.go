package xpath

import (
	"math/rand/v2"
	"time"
)

// Env is what an evaluation needs from outside the document.
type Env struct {
	Now      func() time.Time // nil: time.Now
	Location *time.Location   // nil: time.Local
	Random   *rand.Rand       // nil: the shared source
	French   bool             // names of months and days; else English
	// Instance gives the node whose child is the root element of a secondary
	// instance, nil if there is none of that name.
	Instance func(id string) Node
	// Itext gives a text of the form in the language in use.
	Itext func(id string) string
	// ChoiceName gives the label of a choice of the question at path.
	ChoiceName func(value, path string, at Node) string
	// Property gives what the device knows: deviceid, username…
	Property func(name string) string
}

func (e *Env) now() time.Time {
	if e.Now != nil {
		return e.Now().In(e.location())
	}
	return time.Now().In(e.location())
}

func (e *Env) location() *time.Location {
	if e.Location != nil {
		return e.Location
	}
	return time.Local
}

func (e *Env) float() float64 {
	if e.Random != nil {
		return e.Random.Float64()
	}
	return rand.Float64()
}

// Context is where an expression is evaluated. It holds room that evaluations
// reuse, so it belongs to one goroutine.
type Context struct {
	Node Node
	Env  *Env

	current   Node
	pos, size int
	free      [][]Node
	err       error
}

// Err is the first error of the evaluations since the last At; only
// expressions compiled leniently have any.
func (c *Context) Err() error { return c.err }

// Current is the node that the expression belongs to.
func (c *Context) Current() Node { return c.current }

// At sets the node that the next evaluation belongs to.
func (c *Context) At(n Node) *Context {
	c.Node, c.current, c.pos, c.size, c.err = n, n, 1, 1, nil
	return c
}

// take lends an empty slice; give takes it back.
func (c *Context) take() []Node {
	if n := len(c.free); n > 0 {
		s := c.free[n-1]
		c.free = c.free[:n-1]
		return s
	}
	return make([]Node, 0, 16)
}

func (c *Context) give(s []Node) { c.free = append(c.free, s[:0]) }

// Static is what the owner of a document knows, before there is any document,
// of the nodes that a path can reach. A nil Static knows nothing.
type Static interface {
	// Step follows one step, without its predicates. The Static that it gives
	// is never nil; pick may be: then the axis is walked in the usual way.
	Step(axis Axis, test Test) (next Static, pick *Pick)
	// Read is told that nodes reached are read: their text if value, else
	// only that they are there.
	Read(value bool)
}

// Pick is a shorter way along a step than walking the axis. One is for a step
// that gives at most one node, All for any other.
type Pick struct {
	One func(Node) Node
	All func(Node, []Node) []Node
}

// Scope is what a document's owner says when it compiles an expression.
type Scope struct {
	// Context is what is known of the node that the expression belongs to.
	Context Static
	// Absolute gives where an absolute path begins: how many of its steps are
	// done already, what is known of the node there, and how to get it. The
	// statics are those of the nodes around, the innermost last. nil: absolute
	// paths begin at the root of the document.
	Absolute func(p *Path, around []Static) (done int, at Static, from func(*Context) Node)
	// Visible hides nodes from the node-sets that paths give (irrelevant ones).
	// nil: all are seen.
	Visible func(Node) bool
	// Written compares names as they are written, with their prefix; else they
	// are compared by their namespace.
	Written bool
	// Namespaces resolves the prefixes of names.
	Namespaces map[string]string
	// Lenient leaves wrong calls of functions for the evaluation to find, if it
	// comes to them; forms are compiled strictly.
	Lenient bool
	// Fold takes over sum() and count() of one argument, if it knows a shorter
	// way to the result than to visit every node. nil, or giving nil: it does not.
	Fold func(call *Call, around []Static) func(*Context) float64
	// Called is told of each function that is called.
	Called func(name string)
}
