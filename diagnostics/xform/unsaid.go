package xform

import (
	"maps"
	"slices"
)

// Excuse says why a question has no answer: a word of whoever fills the form,
// such as "rf" for a refusal. The answer is taken away, the word stands beside
// it, and a required question no longer keeps the form from being finished.
// An answer, or an empty word, takes the word away. Errors: as Set.
func (s *Session) Excuse(ref, reason string) (Changes, error) {
	n, err := s.answerable("Excuse", ref)
	if err != nil {
		return Changes{}, err
	}
	if n.reason != reason {
		n.reason = reason
		s.mark(n)
	}
	if reason == "" {
		return s.drain(), nil
	}
	before := n.value
	s.put(n, "")
	s.run()
	if before != "" {
		s.trigger(n)
	}
	s.note(EventQuestion, ref)
	return s.drain(), nil
}

// Reasons lists why questions that are asked have no answer, by ref.
func (s *Session) Reasons() map[string]string {
	return s.reasons(func(n *inode) bool { return n.relevant })
}

func (s *Session) reasons(which func(*inode) bool) map[string]string {
	list := map[string]string{}
	s.tree.root.each(func(n *inode) {
		if n.reason != "" && which(n) {
			list[n.reference()] = n.reason
		}
	})
	return list
}

// excuseAll puts saved reasons back where there is still no answer.
func (s *Session) excuseAll(reasons map[string]string) {
	for _, ref := range slices.Sorted(maps.Keys(reasons)) {
		if at, ok := s.locate(ref); ok && at.series == nil && at.node.def.leaf() && at.node.typed == "" {
			at.node.reason = reasons[ref]
		}
	}
}

// Sample gives the nodes that another instance of a repeat would have, in
// document order, without adding it: with its defaults, texts and choices, and
// with what is relevant, required and read-only in it at first. ref is that of
// AddRepeat. It reports false for what is no repeat, or where the form decides
// how many there are.
func (s *Session) Sample(ref string) ([]Node, bool) {
	at, ok := s.locate(ref)
	if !ok || at.series == nil || at.series.fixed || at.series.counted || s.frozen(at.node) {
		return nil, false
	}
	n := build(at.series, s.tree, at.node, at.series.template)
	n.position = len(at.node.reps[at.series.series]) + 1
	var list []Node
	n.each(func(x *inode) {
		s.preset(x)
		s.sketch(x)
		list = append(list, s.node(x))
	})
	return list, true
}

// sketch evaluates what a screen asks of a node that is in no tree.
func (s *Session) sketch(n *inode) {
	holds := func(k kind, otherwise bool) bool {
		if c := n.def.comps[k]; c != nil {
			return c.program.Truth(s.at(n))
		}
		return otherwise
	}
	n.ownRelevant = holds(relevantKind, true)
	n.relevant = n.parent.relevant && n.ownRelevant
	n.required, n.readonly = holds(requiredKind, false), holds(readonlyKind, false)
	n.typeOK = true
}

// Rewind puts the answers back to a state that this session saved; what was
// asked for at the time stays as it is: language, log, id. Errors: as Restore.
func (s *Session) Rewind(saved []byte) (Changes, error) {
	st, err := s.form.read(saved)
	if err != nil {
		return Changes{}, err
	}
	t := &tree{}
	t.document = newNode(s.form.document, t, nil)
	if t.root, err = unpack(s.form.root, t, t.document, st.Answers); err != nil {
		return Changes{}, unreadable(err)
	}
	if st.Version != s.form.version || t.foreign {
		return Changes{}, invalid("Rewind", "cet état vient d'une autre version", "this state is of another version", nil)
	}
	s.abandon()
	t.document.kids[0] = t.root
	s.tree, s.orphans = t, st.Orphans
	s.excuseAll(st.Reasons)
	s.evaluateAll(false)
	changes := s.drain()
	changes.Structure = true
	return changes, nil
}
