package xform

import (
	"math"
	"math/bits"
	"strings"

	"solidaren/diagnostics/xpath"
)

// worklist is the computations that wait, by rank.
type worklist struct {
	waiting []uint64   // one bit a rank
	nodes   [][]*inode // by rank
	lowest  int        // no word below has a bit
	count   int        // of ranks that wait
}

func (w *worklist) size(ranks int) {
	w.waiting = make([]uint64, (ranks+63)/64)
	w.nodes = make([][]*inode, ranks)
}

// next takes the lowest rank that waits; -1 if none does.
func (w *worklist) next() int {
	if w.count == 0 {
		return -1
	}
	for ; w.lowest < len(w.waiting); w.lowest++ {
		if word := w.waiting[w.lowest]; word != 0 {
			bit := bits.TrailingZeros64(word)
			w.waiting[w.lowest] &^= 1 << bit
			w.count--
			return w.lowest*64 + bit
		}
	}
	return -1
}

// push makes a computation of a node wait.
func (s *Session) push(c *comp, n *inode) {
	if n.pending&c.mask != 0 {
		return
	}
	n.pending |= c.mask
	w := &s.work
	w.nodes[c.rank] = append(w.nodes[c.rank], n)
	if bit := uint64(1) << (c.rank % 64); w.waiting[c.rank/64]&bit == 0 {
		w.waiting[c.rank/64] |= bit
		w.count++
	}
	w.lowest = min(w.lowest, c.rank/64)
}

// fire makes everything wait that reads what changed at n.
func (s *Session) fire(edges []edge, n *inode) {
	for i := range edges {
		e := &edges[i]
		from := s.tree.root
		if e.up != nil {
			from = n.up(e.up)
		}
		s.fireDown(e.comp, from, e.chain)
	}
}

func (s *Session) fireDown(c *comp, n *inode, chain []*def) {
	for i, d := range chain {
		if d.repeat {
			for _, x := range n.reps[d.series] {
				s.fireDown(c, x, chain[i+1:])
			}
			return
		}
		n = n.kids[d.slot]
	}
	s.push(c, n)
}

// rounds bounds how long a circle of nodes that hide each other, or of a
// repeat that counts itself, is followed before it is left as it is. Without
// one, each computation comes up once.
func (w *worklist) rounds() int { return 20*len(w.nodes) + 3*maxInstances }

// run evaluates what waits, in the order of ranks.
func (s *Session) run() {
	for range s.work.rounds() {
		rank := s.work.next()
		if rank < 0 {
			return
		}
		c := s.form.comps[rank]
		list := s.work.nodes[rank]
		s.work.nodes[rank] = nil
		for _, n := range list {
			n.pending &^= c.mask
			s.evaluate(c, n)
		}
		if s.work.nodes[rank] == nil {
			s.work.nodes[rank] = list[:0]
		}
	}
	s.abandon()
}

// abandon forgets what waits.
func (s *Session) abandon() {
	for rank := s.work.next(); rank >= 0; rank = s.work.next() {
		for _, n := range s.work.nodes[rank] {
			n.pending &^= s.form.comps[rank].mask
		}
		s.work.nodes[rank] = nil
	}
}

// evaluate does one computation of one node.
func (s *Session) evaluate(c *comp, n *inode) {
	switch c.kind {
	case calculateKind:
		if !s.keeping {
			s.put(n, s.calculated(c, n))
		}
	case relevantKind:
		if own := c.program.Truth(s.at(n)); own != n.ownRelevant {
			n.ownRelevant = own
			s.spread(n)
			s.changes.Structure = true
		}
	case requiredKind:
		s.flag(n, &n.required, c.program.Truth(s.at(n)))
	case readonlyKind:
		if s.flag(n, &n.readonly, c.program.Truth(s.at(n))) {
			n.each(s.mark)
		}
	case constraintKind:
		s.constrain(n)
	case countKind:
		s.resize(c, n)
	case choicesKind:
		s.rechoose(n)
	case partKind:
		s.contribute(c.fold, n)
	case viewKind:
		n.choicesOf = 0
		s.mark(n)
	}
}

func (s *Session) flag(n *inode, at *bool, now bool) bool {
	if *at == now {
		return false
	}
	*at = now
	s.mark(n)
	return true
}

// mark lists a node as changed.
func (s *Session) mark(n *inode) {
	if !n.marked {
		n.marked = true
		s.changed = append(s.changed, n)
	}
}

// put changes the value of a node, and makes what reads it wait.
func (s *Session) put(n *inode, typed string) {
	value := s.allowed(n, typed)
	if n.typed == typed && n.value == value {
		return
	}
	n.typed = typed
	s.revalue(n, value)
}

func (s *Session) revalue(n *inode, value string) {
	n.value, n.numbered = value, false
	n.typeOK = s.fits(n)
	s.mark(n)
	if c := n.def.comps[constraintKind]; c != nil {
		s.push(c, n)
	}
	if n.relevant {
		s.fire(n.def.onValue, n)
	}
}

// spread hands relevance down from a node whose own has changed.
func (s *Session) spread(n *inode) {
	relevant := n.ownRelevant && (n.parent == nil || n.parent.relevant)
	if relevant == n.relevant {
		return
	}
	n.relevant = relevant
	n.numbered = false
	s.mark(n)
	s.fire(n.def.onRelevance, n)
	if n.def.leaf() {
		if n.value != "" {
			s.fire(n.def.onValue, n)
		}
		if c := n.def.comps[constraintKind]; c != nil {
			s.push(c, n)
		}
	}
	for i, k := range n.kids {
		if k != nil {
			s.spread(k)
			continue
		}
		for _, x := range n.reps[n.def.kids[i].series] {
			s.spread(x)
		}
	}
}

// constrain checks the constraint of a node; an empty answer keeps every
// constraint.
func (s *Session) constrain(n *inode) {
	ok := true
	if c := n.def.comps[constraintKind]; c != nil && n.value != "" && n.relevant {
		ok = c.program.Truth(s.at(n))
	}
	s.flag(n, &n.satisfied, ok)
}

// rechoose lets go of choices that the filter no longer offers, and takes
// them back when it offers them again.
func (s *Session) rechoose(n *inode) {
	n.choicesOf = 0
	s.mark(n)
	if n.typed == "" {
		return
	}
	if value := s.allowed(n, n.typed); value != n.value {
		s.revalue(n, value)
	}
	n.typeOK = s.fits(n)
}

// allowed leaves out choices that are listed but filtered out.
func (s *Session) allowed(n *inode, typed string) string {
	c := n.def.control
	if typed == "" || c == nil || c.choices == nil || !c.choices.filtered {
		return typed
	}
	if c.name == "select1" {
		if listed, now := s.offered(n, typed); listed && !now {
			return ""
		}
		return typed
	}
	words := strings.Fields(typed)
	kept := words[:0]
	for _, w := range words {
		if listed, now := s.offered(n, w); now || !listed {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}

// calculated is the value of a calculation in the lexical form of its type.
func (s *Session) calculated(c *comp, n *inode) string {
	switch c.program.Type() {
	case xpath.TypeNumber:
		return numberText(c.program.Number(s.at(n)), n.def.bind.typ)
	case xpath.TypeString, xpath.TypeBoolean:
		return c.program.Text(s.at(n))
	case xpath.TypeDate:
		return dateText(c.program.Text(s.at(n)), n.def.bind.typ)
	}
	v := c.program.Value(s.at(n))
	switch v.Type {
	case xpath.TypeNumber:
		return numberText(v.Num, n.def.bind.typ)
	case xpath.TypeDate:
		return dateText(c.program.Text(s.at(n)), n.def.bind.typ)
	case xpath.TypeString:
		return v.Str
	case xpath.TypeBoolean:
		if v.Bool {
			return "true"
		}
		return "false"
	}
	if len(v.Nodes) == 0 {
		return ""
	}
	return v.Nodes[0].StringValue()
}

// numberText writes a number; what is no number is no answer.
func numberText(f float64, typ string) string {
	if math.IsNaN(f) {
		return ""
	}
	if typ == "int" || typ == "integer" {
		f = math.Trunc(f)
	}
	return xpath.FormatNumber(f)
}

// dateText cuts a point in time to what the type holds.
func dateText(text, typ string) string {
	if text == "Invalid Date" {
		return ""
	}
	day, clock, timed := strings.Cut(text, "T")
	switch {
	case typ == "date":
		return day
	case typ == "time" && timed:
		return clock
	case typ == "dateTime" && !timed:
		return day + "T00:00:00.000"
	}
	return text
}

// evaluateAll does every computation of every node once. calculate is false
// for a restored session, whose calculations are kept as they were.
func (s *Session) evaluateAll(calculate bool) {
	s.keeping = !calculate
	s.tree.root.each(func(n *inode) { s.pushAll(n, calculate) })
	s.run()
	s.keeping = false
}

func (s *Session) pushAll(n *inode, calculate bool) {
	if n.def.leaf() {
		n.typeOK = s.fits(n)
	}
	for _, c := range n.def.comps {
		if c != nil && (calculate || c.kind != calculateKind) && c.kind != countKind {
			s.push(c, n)
		}
	}
	for _, f := range n.def.folds {
		s.push(f.comp, n)
	}
	if n.def.choiceComp != nil {
		s.push(n.def.choiceComp, n)
	}
	for _, k := range n.def.kids {
		if k.repeat && k.comps[countKind] != nil {
			s.push(k.comps[countKind], n)
		}
	}
}

// drain gives the changes of a step and begins the next.
func (s *Session) drain() Changes {
	c := s.changes
	for _, n := range s.changed {
		n.marked = false
		if n.parent != nil && s.attached(n) {
			c.Changed = append(c.Changed, n.reference())
		}
	}
	if s.watch != nil {
		s.watch.follow(s.changed, c)
	}
	s.changed = s.changed[:0]
	s.changes = Changes{}
	return c
}

// attached reports whether a node is still part of the answers.
func (s *Session) attached(n *inode) bool {
	for ; n.parent != nil; n = n.parent {
		if n.def.repeat {
			series := n.parent.reps[n.def.series]
			if n.position < 1 || n.position > len(series) || series[n.position-1] != n {
				return false
			}
		}
	}
	return n == s.tree.document
}
