package paper_test

import (
	"bytes"
	"strconv"
	"testing"
	"time"

	"solidaren/diagnostics/paper"
)

// TestSheet writes a sheet of several pages, the same for the same contents.
func TestSheet(t *testing.T) {
	s := paper.Sheet{Title: "Touches", Lead: "Une touche répond.", Lang: "fr", Made: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}
	for i := range 30 {
		part := paper.Section{Title: "Écran " + strconv.Itoa(i), Entries: []paper.DossierEntry{{}}}
		for range 8 {
			part.Entries[0].Lines = append(part.Entries[0].Lines, paper.DossierLine{Label: "Ctrl+Maj+É", Text: "Œuvre : reprendre là où l'on était"})
		}
		s.Sections = append(s.Sections, part)
	}
	var first, again bytes.Buffer
	if err := s.Write(&first); err != nil {
		t.Fatal(err)
	}
	if err := s.Write(&again); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(first.Bytes(), []byte("%PDF-")) || !bytes.Equal(first.Bytes(), again.Bytes()) || first.Len() < 10_000 {
		t.Errorf("%d bytes, the same again: %v", first.Len(), bytes.Equal(first.Bytes(), again.Bytes()))
	}
}
