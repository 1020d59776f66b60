package workbook

import (
	"io"
	"regexp"
)

// sharedPart is the part of the file format with the texts of cells that refer
// to them by number.
const sharedPart = "xl/sharedStrings.xml"

// maxShared is how many texts of long sheets are shared: labels, not what
// people typed.
const maxShared = 1 << 14

// sharedTexts are the texts that cells of long sheets share. They stand behind
// those that the library numbers itself.
type sharedTexts struct {
	before  int // texts of the library, all of them there when the first row is written
	numbers map[string]int
	xml     []byte
	written bool
}

// number gives the number of a text, false if there is no room for it.
func (s *sharedTexts) number(text string) (int, bool) {
	if n, ok := s.numbers[text]; ok {
		return n, true
	}
	if len(s.numbers) == maxShared {
		return 0, false
	}
	n := s.before + len(s.numbers)
	s.numbers[text] = n
	s.xml = append(s.xml, `<si><t xml:space="preserve">`...)
	s.xml = appendEscaped(s.xml, text)
	s.xml = append(s.xml, `</t></si>`...)
	return n, true
}

func (s *sharedTexts) write(w io.Writer) error {
	s.written = true
	_, err := w.Write(s.xml)
	return err
}

var counts = regexp.MustCompile(` (?:uniqueCount|count)="\d+"`)

// recount takes away what the library counted, which a reader may go without.
func (s *sharedTexts) recount(content []byte) []byte {
	if len(s.numbers) == 0 {
		return content
	}
	for range 2 {
		if at := counts.FindIndex(content); at != nil {
			content = append(content[:at[0]:at[0]], content[at[1]:]...)
		}
	}
	return content
}
