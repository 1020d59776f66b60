package ui

import (
	"testing"
	"time"

	"solidaren/diagnostics"
)

// picture is one thing to look at. A place of the window is one by itself, full
// and empty; what else there is to see stands in a line of others.
type picture struct {
	name string
	of   string // the state of the office
	show func(*office)
}

// state is what an office is in when it is looked at.
type state struct {
	name string
	fill func(*office)    // makes the notebook, once for all pictures; nil: there is none
	open func(*office)    // brings a copy of it into the state
	role diagnostics.Role // that it is looked at as, where it can be another one
}

// States of an office.
const (
	full      = "full"      // something in every place
	empty     = "empty"     // a notebook just made
	locked    = "locked"    // a notebook that waits for its passphrase
	fresh     = "fresh"     // no notebook yet
	unmet     = "unmet"     // the very first opening
	demo      = "demo"      // the demo
	sealedUp  = "sealed"    // a locked notebook that was written in without opening it
	teamed    = "joined"    // a notebook of a team
	volunteer = "volunteer" // one of a volunteer who counts
)

var states = []state{
	{full, (*office).furnish, (*office).openUp, ""},
	{empty, (*office).make, (*office).openUp, ""},
	{locked, (*office).make, nil, ""},
	{fresh, nil, nil, ""},
	{unmet, nil, func(o *office) { o.greet() }, ""},
	{demo, (*office).furnish, (*office).rehearse, demoRoles[0]},
	{sealedUp, (*office).sealTwo, nil, ""},
	{teamed, (*office).joinTeam, (*office).openUp, ""},
	{volunteer, (*office).volunteer, (*office).openUp, ""},
}

// pictures are those of a state.
func pictures(of string) []picture {
	var all []picture
	for _, p := range places {
		name := p.name
		if of == empty {
			name += "-empty"
		}
		if of == full || of == empty {
			all = append(all, picture{name, of, func(o *office) { o.Go(p.name) }})
		}
	}
	for _, p := range others {
		if p.of == of {
			all = append(all, p)
		}
	}
	return all
}

// officeOf is an office in a state, over a notebook of its own.
func officeOf(t *testing.T, name string) *office {
	t.Helper()
	o := newOffice(t)
	o.offset = time.Until(evening)
	for _, s := range states {
		if s.name != name {
			continue
		}
		if s.fill != nil {
			s.fill(o)
		}
		switch {
		case s.open == nil && o.desk != nil:
			o.Lock()
			o.settle()
		case s.open != nil && o.desk == nil:
			s.open(o)
			o.settle()
		}
	}
	return o
}
