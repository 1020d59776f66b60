package analysis

// contributor is who stands behind one row: a person with a code, or an
// anonymous encounter, which may be several persons and counts as one.
type contributor struct {
	id        uint32 // number of the person, or of the anonymous encounter
	anonymous bool
	household uint32
	team      uint32
}

// tally is what is known of one cell before it is protected.
type tally struct {
	rows      int
	persons   set // with a code
	anonymous set // encounters without one
	household sole
	team      sole
}

func (t *tally) add(who contributor) {
	t.rows++
	if who.anonymous {
		t.anonymous.add(who.id)
	} else {
		t.persons.add(who.id)
	}
	t.household.add(who.household)
	t.team.add(who.team)
}

// place is a cell's place in a grid.
type place struct{ row, col string }

// grid holds the tallies of one table. A cell that nobody contributed to is
// not there, and reads as an empty tally.
type grid map[place]*tally

func (g grid) add(row, col string, who contributor) {
	t := g[place{row, col}]
	if t == nil {
		t = new(tally)
		g[place{row, col}] = t
	}
	t.add(who)
}

func (g grid) at(row, col string) *tally {
	if t := g[place{row, col}]; t != nil {
		return t
	}
	return new(tally)
}

// guard is the primary rule of disclosure control (DOMAIN.md D1, D2, D4, D9).
type guard struct {
	threshold int
	teams     bool // the export covers at least two teams
}

// passes reports whether a cell may be published: nobody stands behind it, or
// at least the threshold of persons and anonymous encounters, from more than
// one household and, where the export covers several teams, more than one team.
func (g guard) passes(t *tally) bool {
	if t.rows == 0 {
		return true
	}
	return t.persons.n+t.anonymous.n >= g.threshold && t.household.other && g.teamPasses(t.team)
}

func (g guard) teamPasses(s sole) bool { return !g.teams || !s.met || s.other }

// count publishes the number of rows of a cell.
func (g guard) count(t *tally) Cell {
	if !g.passes(t) {
		return Cell{}
	}
	return Count(t.rows)
}

// Split is one cell counted in three units that are never added: persons with
// a code, anonymous encounters, and rows (needs, diagnostics).
type Split struct{ Persons, Anonymous, Rows Cell }

// split publishes a cell in its three units. The rows follow the rule of the
// cell. Persons and anonymous encounters are shown together or not at all:
// with the rows and one of them, the other could often be worked out.
func (g guard) split(t *tally) Split {
	s := Split{Rows: g.count(t)}
	if s.Rows.State == Shown && g.enough(t.persons.n) && g.enough(t.anonymous.n) {
		s.Persons, s.Anonymous = Count(t.persons.n), Count(t.anonymous.n)
	}
	return s
}

func (g guard) enough(n int) bool { return n == 0 || n >= g.threshold }
