package workbook

import (
	"bytes"
	"fmt"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zip"
)

// archive is the zip file of a workbook. The library that makes the parts
// hands each over whole; rows of a long sheet are written into theirs at that
// moment, so that they are never held in memory, nor in a file in the clear
// beside the one that was asked for.
type archive struct {
	*zip.Writer
	rows map[string]func(io.Writer) error // by part, what goes in before the end of its rows
	err  error                            // the first error: the library forgets those of parts
}

func newArchive(w io.Writer, rows map[string]func(io.Writer) error) *archive {
	a := &archive{Writer: zip.NewWriter(w), rows: rows}
	a.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.DefaultCompression)
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
	return &part{archive: a, w: w, rows: a.rows[name]}, nil
}

type part struct {
	archive *archive
	w       io.Writer
	rows    func(io.Writer) error
}

// Write takes the whole part.
func (p *part) Write(content []byte) (int, error) {
	if err := p.write(content); err != nil {
		p.archive.err = err
		return 0, err
	}
	return len(content), nil
}

var endOfRows = []byte("</sheetData>")

func (p *part) write(content []byte) error {
	if p.rows == nil {
		_, err := p.w.Write(content)
		return err
	}
	at := bytes.LastIndex(content, endOfRows)
	if at < 0 {
		return fmt.Errorf("workbook: a sheet without rows cannot take more")
	}
	if _, err := p.w.Write(content[:at]); err != nil {
		return err
	}
	if err := p.rows(p.w); err != nil {
		return err
	}
	_, err := p.w.Write(content[at:])
	return err
}
