package xform

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
)

// Save writes the whole state, values that are irrelevant now and
// orphans included. It is written after every answer, so it is put together
// here and not by reflection: in the order and escapes of encoding/json, of
// which it is read back.
func (s *Session) Save() ([]byte, error) {
	head, err := json.Marshal(struct {
		Form     string `json:"form"`
		Version  string `json:"version"`
		Language string `json:"language"`
		ID       string `json:"id"`
	}{s.form.id, s.form.version, s.Language(), s.id})
	if err != nil {
		return nil, err
	}
	tail, err := json.Marshal(struct {
		Reasons map[string]string `json:"reasons,omitempty"`
		Orphans []Orphan          `json:"orphans,omitempty"`
		Audit   []Event           `json:"audit,omitempty"`
	}{s.reasons(func(*inode) bool { return true }), s.orphans, s.audit})
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, s.savedSize+s.savedSize/8+len(head))
	out = append(out, head[:len(head)-1]...)
	out = append(out, `,"answers":`...)
	if out, err = s.tree.root.pack(out); err != nil {
		return nil, err
	}
	if tail = bytes.TrimPrefix(tail, []byte("{")); len(tail) > 1 {
		out = append(out, ',')
	}
	out = append(out, tail...)
	s.savedSize = len(out)
	return out, nil
}

// member is a kid in the state: its name between quotes, and what it is.
type member struct {
	key  string
	kid  *def
	name []byte // "name":
}

// sortMembers puts the kids of every definition in the order of a saved object.
func (f *Form) sortMembers() error {
	for _, d := range f.defs {
		for _, k := range d.kids {
			key := k.key()
			name, err := json.Marshal(key)
			if err != nil {
				return err
			}
			d.members = append(d.members, member{key, k, append(name, ':')})
		}
		slices.SortFunc(d.members, func(a, b member) int { return cmp.Compare(a.key, b.key) })
	}
	return nil
}

// pack writes the values below a node: a leaf is a string, a group an object by
// name, a repeat an array. Empty leaves are left out of nothing: what was
// cleared stays cleared.
func (n *inode) pack(out []byte) ([]byte, error) {
	if n.def.leaf() && n.kids == nil {
		return quote(out, n.typed)
	}
	var err error
	out = append(out, '{')
	if n.def.leaf() {
		if out, err = quote(append(out, `"":`...), n.typed); err != nil {
			return nil, err
		}
		out = append(out, ',')
	}
	for _, m := range n.def.members {
		out = append(out, m.name...)
		if out, err = n.packMember(out, m.kid); err != nil {
			return nil, err
		}
		out = append(out, ',')
	}
	return append(bytes.TrimSuffix(out, []byte(",")), '}'), nil
}

func (n *inode) packMember(out []byte, k *def) ([]byte, error) {
	if !k.repeat {
		return n.kids[k.slot].pack(out)
	}
	var err error
	out = append(out, '[')
	for i, x := range n.reps[k.series] {
		if i > 0 {
			out = append(out, ',')
		}
		if out, err = x.pack(out); err != nil {
			return nil, err
		}
	}
	return append(out, ']'), nil
}

// quote writes a string of JSON; what needs care is left to encoding/json.
func quote(out []byte, text string) ([]byte, error) {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			escaped, err := json.Marshal(text)
			return append(out, escaped...), err
		}
	}
	out = append(out, '"')
	out = append(out, text...)
	return append(out, '"'), nil
}
