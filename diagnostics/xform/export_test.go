package xform

import "bytes"

// Scratch restores a session and evaluates everything again, calculations
// included.
func (f *Form) Scratch(saved []byte, o SessionOptions) (*Session, error) {
	was := []byte(`"version":"` + f.version + `"`)
	return f.Restore(bytes.Replace(saved, was, []byte(`"version":"before"`), 1), o)
}

// EvaluateAll evaluates every expression of the form again.
func (s *Session) EvaluateAll() {
	s.evaluateAll(true)
	s.drain()
}
