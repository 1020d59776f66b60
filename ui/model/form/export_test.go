package form

// Recount gives the outline counted from scratch.
func (m *Model) Recount() []Section {
	m.seen.outline = make([]Section, len(m.seen.outline))
	m.seen.forget()
	return m.Sections()
}
