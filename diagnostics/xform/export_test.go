package xform

// Scratch restores a session and evaluates everything again, calculations
// included.
func (f *Form) Scratch(saved []byte, o SessionOptions) (*Session, error) {
	s, err := f.Restore(saved, o)
	if err == nil {
		s.EvaluateAll()
	}
	return s, err
}

// EvaluateAll evaluates every expression of the form again.
func (s *Session) EvaluateAll() {
	s.evaluateAll(true)
	s.drain()
}
