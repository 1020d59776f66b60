package form

import (
	"bytes"
	"strings"
	"time"
)

// saving is what is known of the last state given to Save.
type saving struct {
	state []byte
	mark  string // the cursor given with it
	at    time.Time
	err   error
	open  bool      // a state was given and its end is not known
	since time.Time // when the first of those was given
}

// Saved tells when the last change was written, and whether one is under way or
// failed.
func (m *Model) Saved() (at time.Time, pending bool, err error) {
	return m.saving.at, m.saving.open, m.saving.err
}

// slowSave is how long a write may last before it is told.
const slowSave = time.Second

// SavesSlowly reports whether what was typed waits for the disk so long that the
// worker should know.
func (m *Model) SavesSlowly() bool {
	return m.saving.open && m.options.Now().Sub(m.saving.since) >= slowSave
}

// SaveDone tells that a state given to Save was written, or why not.
func (m *Model) SaveDone(err error) {
	m.saving.open = false
	m.saving.err = err
	if err == nil {
		m.saving.at = m.now()
	}
	m.changed(ChangeSaved)
}

// Flush makes an answer of what is being typed and saves it, before the form
// leaves the screen.
func (m *Model) Flush() {
	m.commit()
	m.save()
}

// save hands the state to Save.
func (m *Model) save() {
	state, err := m.session.Save()
	if err != nil {
		m.SaveDone(err)
		return
	}
	if !bytes.Equal(state, m.state) {
		m.state = state
	}
	if m.options.Save == nil {
		return
	}
	if bytes.Equal(state, m.saving.state) && m.mark() == m.saving.mark {
		return
	}
	m.saving.state = state
	m.give()
}

// saveCursor saves what is being typed and where the cursor is: the answers have
// not changed.
func (m *Model) saveCursor() {
	if m.options.Save == nil || m.mark() == m.saving.mark {
		return
	}
	if m.saving.state == nil {
		if m.typing.ref == "" {
			return // nothing was answered yet: there is no draft
		}
		m.save()
		return
	}
	m.give()
}

func (m *Model) give() {
	m.saving.mark = m.mark()
	if !m.saving.open {
		m.saving.open, m.saving.since = true, m.options.Now()
	}
	m.options.Save(m.saving.state, m.saving.mark)
}

// mark is the cursor as it is saved: the ref, and the text that is being typed
// on the following lines.
func (m *Model) mark() string {
	if m.typing.ref == "" {
		return m.cursor
	}
	return m.typing.ref + "\n" + m.typing.text
}

// resume puts the cursor where a mark says, and takes up what was being typed.
func (m *Model) resume(mark string) {
	ref, text, typed := strings.Cut(mark, "\n")
	if ref == "" || !m.GoTo(ref) {
		m.cursor = m.firstItem()
		return
	}
	if typed {
		m.put(typing{ref, text})
		m.rebuild()
	}
}
