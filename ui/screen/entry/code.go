package entry

// InsertCode answers the form's question for a person's code, and says before
// whether the person is known, where the form asks for that. It reports false
// if the form asks for no code as things stand.
func (s *Screen) InsertCode(code string, known bool) bool {
	if s.form == nil {
		return false
	}
	link := "new"
	if known {
		link = "known"
	}
	if ref := s.model.Question("person.link"); ref != "" {
		s.form.Answer(ref, link)
	}
	ref := s.model.Question("person.code")
	if ref != "" {
		s.form.Answer(ref, code)
	}
	return ref != ""
}

// Answer is what the form holds for a target, "" if it asks nothing for it now.
func (s *Screen) Answer(target string) string {
	node, _ := s.model.Session.Node(s.model.Question(target))
	return node.Value
}
