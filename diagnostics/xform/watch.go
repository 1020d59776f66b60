package xform

// Watch is the list of every node as Nodes gives it, kept up to date: what a
// step costs follows what the step changed, not the length of the form.
type Watch struct {
	s      *Session
	tree   *tree
	nodes  []Node
	place  map[*inode]int
	series []watchedSeries
	stale  []*inode // changed since the last Refresh
	whole  bool     // the list itself is no longer right
}

// watchedSeries is a repeat as a whole. It is described anew each time: what
// it would be without instances is evaluated, not propagated.
type watchedSeries struct {
	at     int
	parent *inode
	def    *def
}

// Watch begins to follow the nodes of the session. A session has one watch; a
// second one takes the place of the first.
func (s *Session) Watch() *Watch {
	w := &Watch{s: s, whole: true}
	s.watch = w
	return w
}

// Nodes are the nodes as they were at the last Refresh, in document order. They
// are not to be changed.
func (w *Watch) Nodes() []Node { return w.nodes }

// Refresh brings the list up to date. It gives the places that were written
// anew, or whole: the list may be another one.
func (w *Watch) Refresh() (places []int, whole bool) {
	if w.whole || w.tree != w.s.tree {
		w.list()
		return nil, true
	}
	for _, n := range w.stale {
		if at, ok := w.place[n]; ok {
			w.nodes[at] = w.s.node(n)
			places = append(places, at)
		}
	}
	if len(w.stale) > 0 {
		for _, r := range w.series {
			w.nodes[r.at] = w.s.seriesNode(r.parent, r.def)
			places = append(places, r.at)
		}
	}
	w.stale = w.stale[:0]
	return places, false
}

// follow takes note of a step.
func (w *Watch) follow(changed []*inode, c Changes) {
	w.stale = append(w.stale, changed...)
	w.whole = w.whole || len(c.Added) > 0 || len(c.Removed) > 0
}

func (w *Watch) list() {
	w.tree, w.whole, w.stale, w.series = w.s.tree, false, w.stale[:0], nil
	w.nodes = make([]Node, 0, max(len(w.nodes), len(w.s.form.defs)))
	w.place = make(map[*inode]int, cap(w.nodes))
	w.add(w.s.tree.root)
}

func (w *Watch) add(n *inode) {
	if n != w.s.tree.root {
		w.place[n] = len(w.nodes)
		w.nodes = append(w.nodes, w.s.node(n))
	}
	for _, k := range n.def.kids {
		switch {
		case k.attr:
		case k.repeat:
			w.series = append(w.series, watchedSeries{len(w.nodes), n, k})
			w.nodes = append(w.nodes, w.s.seriesNode(n, k))
			for _, x := range n.reps[k.series] {
				w.add(x)
			}
		default:
			w.add(n.kids[k.slot])
		}
	}
}
