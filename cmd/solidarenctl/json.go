package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// writeJSON writes a value as one line of JSON, without the escapes that only
// web pages need.
func writeJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// maxLine bounds one line of a batch, in bytes.
const maxLine = 16 << 20

// eachLine hands every line that is not blank to do. A line may be long; one
// over maxLine ends the batch.
func eachLine(r io.Reader, do func(line []byte) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 64<<10), maxLine)
	for lines.Scan() {
		if line := bytes.TrimSpace(lines.Bytes()); len(line) > 0 {
			if err := do(line); err != nil {
				return err
			}
		}
	}
	return lines.Err()
}

// decodeStrict reads one JSON value with known fields only and nothing after
// it.
func decodeStrict(b []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(b))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one JSON value")
	}
	return nil
}
