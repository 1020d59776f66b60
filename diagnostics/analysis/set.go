package analysis

// pageBits is the number of members on one page of a set.
const pageBits = 1 << 12

// set is a set of small numbers. A page of 512 bytes is kept for each stretch
// that has a member, so that a hundred cells over a million persons stay small.
type set struct {
	pages []*[pageBits / 64]uint64
	n     int
}

func (s *set) add(id uint32) {
	page, bit := int(id/pageBits), id%pageBits
	for len(s.pages) <= page {
		s.pages = append(s.pages, nil)
	}
	if s.pages[page] == nil {
		s.pages[page] = new([pageBits / 64]uint64)
	}
	word := &s.pages[page][bit/64]
	if mask := uint64(1) << (bit % 64); *word&mask == 0 {
		*word |= mask
		s.n++
	}
}

// names numbers the names it meets, from 0.
type names map[string]uint32

func (n names) number(name string) uint32 {
	id, ok := n[name]
	if !ok {
		id = uint32(len(n))
		n[name] = id
	}
	return id
}

// sole remembers whether more than one contributor was met.
type sole struct {
	id         uint32
	met, other bool
}

func (s *sole) add(id uint32) {
	switch {
	case !s.met:
		s.id, s.met = id, true
	case s.id != id:
		s.other = true
	}
}
