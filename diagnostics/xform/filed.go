package xform

import "encoding/json"

// Filed is a finished record as it is archived: the values that were answered,
// by the names of groups, repeats and questions, in the version of the form that
// it was finished in.
type Filed struct {
	Version string
	Answers []byte            // JSON: question → text, group → object, repeat → array of objects
	Reasons map[string]string // ref → why it has no answer
	Orphans []Orphan          // answers that its form had no place for already
}

// Refill opens the answers of a finished record, of whichever version, and says
// what becomes of each, as Migrate does for a draft: what this version has no
// place for is among the session's orphans. Errors: invalid for answers that
// cannot be read.
func (f *Form) Refill(r Filed, o SessionOptions) (*Session, Migration, error) {
	return f.migrate(state{
		Form: f.id, Version: r.Version, Answers: json.RawMessage(r.Answers), Reasons: r.Reasons, Orphans: r.Orphans,
	}, o)
}
