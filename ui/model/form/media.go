package form

import (
	"io"
	"path"
	"slices"

	"solidaren/diagnostics/xform"
)

// maxMedia bounds a picture of a form, in bytes.
const maxMedia = 8 << 20

// Picture reads a picture that the form brings along, by its reference; false
// where it is not there.
func (m *Model) Picture(ref string) ([]byte, bool) {
	file, err := m.session.Form().Open(path.Base(ref))
	if err != nil {
		return nil, false
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, maxMedia))
	return content, err == nil && len(content) < maxMedia
}

// image is the reference of a picture, "" for none.
func image(media *xform.Media) string {
	if media == nil {
		return ""
	}
	if media.Image == "" {
		return media.BigImage
	}
	return media.Image
}

// unplayed names the sounds and films that belong to a question and its answers.
func unplayed(n xform.Node) []string {
	var all []string
	add := func(m *xform.Media) {
		if m == nil {
			return
		}
		for _, ref := range []string{m.Audio, m.Video} {
			if name := path.Base(ref); ref != "" && !slices.Contains(all, name) {
				all = append(all, name)
			}
		}
	}
	add(n.Media)
	for _, c := range n.Choices {
		add(c.Media)
	}
	return all
}
