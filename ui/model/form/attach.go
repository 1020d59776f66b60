package form

import "solidaren/ui/words"

// Files keeps what is attached to answers, beside the draft and then the record.
type Files interface {
	// Size gives the bytes of a file that is attached; false if it is not there.
	Size(name string) (int64, bool)
	// Content gives a file that is attached.
	Content(name string) ([]byte, error)
	// Keep takes a file and tells its name, which may differ from the one that
	// it had. It returns at once; done is called on the goroutine of the form.
	Keep(name string, content []byte, done func(name string, err error))
}

// Attach keeps a file as the answer to a question. It becomes the answer once it
// is kept.
func (m *Model) Attach(ref, name string, content []byte) {
	if m.options.Files == nil {
		m.notice(words.T("form.notice.no_files"))
		return
	}
	m.options.Files.Keep(name, content, func(kept string, err error) {
		if err != nil {
			m.refused(err)
			return
		}
		m.Answer(ref, kept)
	})
}

// Attachment gives the file that is the answer to a question.
func (m *Model) Attachment(name string) ([]byte, error) { return m.options.Files.Content(name) }

// TakesFiles reports whether files can be attached here.
func (m *Model) TakesFiles() bool { return m.options.Files != nil }

// attachedSize tells the size of an attached file in words.
func (m *Model) attachedSize(name string) string {
	if name == "" || m.options.Files == nil {
		return ""
	}
	size, ok := m.options.Files.Size(name)
	if !ok {
		return words.T("form.file.missing")
	}
	return words.FileSize(size)
}
