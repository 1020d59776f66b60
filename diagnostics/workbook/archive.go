package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/zip"
)

// archive is the zip file of a workbook. The library that makes the parts
// hands each over whole; rows of a long sheet, and the texts that they share,
// are written into theirs at that moment, so that they are never held in
// memory, nor in a file in the clear beside the one that was asked for.
type archive struct {
	*zip.Writer
	rows    map[string]func(io.Writer) error // by part, what goes in before the end of its rows
	shared  *sharedTexts
	running sync.WaitGroup // blocks that are being compressed
	err     error          // the first error: the library forgets those of parts
}

func newArchive(w io.Writer, rows map[string]func(io.Writer) error, shared *sharedTexts) *archive {
	a := &archive{Writer: zip.NewWriter(w), rows: rows, shared: shared}
	a.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return newDeflater(out, &a.running), nil
	})
	return a
}

// Create begins a part.
func (a *archive) Create(name string) (io.Writer, error) {
	if a.err != nil {
		return nil, a.err
	}
	w, err := a.Writer.Create(name)
	if err != nil {
		return nil, err
	}
	return &part{archive: a, w: w, name: name}, nil
}

type part struct {
	archive *archive
	w       io.Writer
	name    string
}

// Write takes the whole part.
func (p *part) Write(content []byte) (int, error) {
	if err := p.write(content); err != nil {
		p.archive.err = err
		return 0, err
	}
	return len(content), nil
}

func (p *part) write(content []byte) error {
	a := p.archive
	rows, long := a.rows[p.name]
	switch {
	case long && a.shared.written:
		return errors.New("workbook: the shared texts came before rows that use them")
	case long:
		return p.insert(content, "</sheetData>", rows)
	case p.name == sharedPart:
		return p.insert(a.shared.recount(content), "</sst>", a.shared.write)
	}
	_, err := p.w.Write(content)
	return err
}

// insert writes a part with more in it, before the end of an element.
func (p *part) insert(content []byte, end string, more func(io.Writer) error) error {
	at := bytes.LastIndex(content, []byte(end))
	if at < 0 {
		return fmt.Errorf("workbook: %s has no %s", p.name, end)
	}
	if _, err := p.w.Write(content[:at]); err != nil {
		return err
	}
	if err := more(p.w); err != nil {
		return err
	}
	_, err := p.w.Write(content[at:])
	return err
}
