package workbook

import (
	"io"
	"math"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// rowWriter writes the rows of a long sheet as the file format has them. The
// headers are row 1.
type rowWriter struct {
	w         io.Writer
	shared    *sharedTexts
	buf       []byte
	letters   []string
	rows      int // rows begun, headers not counted
	col       int
	textStyle int
}

// flushAt is the size in bytes at which the buffer is handed on.
const flushAt = 1 << 16

func newRowWriter(w io.Writer, columns int, shared *sharedTexts) *rowWriter {
	r := &rowWriter{w: w, shared: shared, letters: make([]string, columns), buf: make([]byte, 0, flushAt+1<<15)}
	for i := range r.letters {
		r.letters[i], _ = excelize.ColumnNumberToName(i + 1)
	}
	return r
}

func (r *rowWriter) begin() {
	r.rows++
	r.col = 0
	r.buf = append(r.buf, `<row r="`...)
	r.buf = strconv.AppendInt(r.buf, int64(r.rows+1), 10)
	r.buf = append(r.buf, `">`...)
}

func (r *rowWriter) end() error {
	r.buf = append(r.buf, `</row>`...)
	if len(r.buf) < flushAt {
		return nil
	}
	return r.flush()
}

func (r *rowWriter) flush() error {
	_, err := r.w.Write(r.buf)
	r.buf = r.buf[:0]
	return err
}

// cell opens a cell.
func (r *rowWriter) cell(style int) {
	r.buf = append(r.buf, `<c r="`...)
	r.buf = append(r.buf, r.letters[r.col]...)
	r.buf = strconv.AppendInt(r.buf, int64(r.rows+1), 10)
	if style > 0 {
		r.buf = append(r.buf, `" s="`...)
		r.buf = strconv.AppendInt(r.buf, int64(style), 10)
	}
	r.buf = append(r.buf, '"')
	r.col++
}

// skip leaves a cell empty.
func (r *rowWriter) skip() { r.col++ }

// text writes a text: never a formula, whatever it begins with.
func (r *rowWriter) text(s string) {
	if s == "" {
		r.skip()
		return
	}
	r.cell(r.textStyle)
	r.buf = append(r.buf, ` t="inlineStr"><is><t xml:space="preserve">`...)
	r.buf = appendEscaped(r.buf, s)
	r.buf = append(r.buf, `</t></is></c>`...)
}

// label writes a text that many cells have.
func (r *rowWriter) label(s string) {
	if s == "" {
		r.skip()
		return
	}
	if n, ok := r.shared.number(s); ok {
		r.labelAt(n)
		return
	}
	r.text(s)
}

// labelAt writes a shared text by its number.
func (r *rowWriter) labelAt(n int) {
	r.cell(r.textStyle)
	r.buf = append(r.buf, ` t="s"><v>`...)
	r.buf = strconv.AppendInt(r.buf, int64(n), 10)
	r.buf = append(r.buf, `</v></c>`...)
}

func (r *rowWriter) number(v float64, style int) {
	r.cell(style)
	r.buf = append(r.buf, `><v>`...)
	r.buf = strconv.AppendFloat(r.buf, v, 'f', -1, 64)
	r.buf = append(r.buf, `</v></c>`...)
}

// numberText writes a number that is given as text; false if it is none.
func (r *rowWriter) numberText(s string, style int) bool {
	if isPlain(s) {
		r.cell(style)
		r.buf = append(r.buf, `><v>`...)
		r.buf = append(r.buf, s...)
		r.buf = append(r.buf, `</v></c>`...)
		return true
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return false
	}
	r.number(v, style)
	return true
}

// isPlain reports whether a text is a whole number as the file format writes
// it, of no more digits than Excel keeps.
func isPlain(s string) bool {
	if len(s) == 0 || len(s) > 15 || s[0] == '0' && len(s) > 1 {
		return false
	}
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// epoch is day 0 of the file format, and firstDay the first one that Excel
// shows as what it is: it takes 1900 for a leap year.
var (
	epoch    = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	firstDay = time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC)
)

// moment writes the date and time that a clock on the wall of t's time zone
// shows.
func (r *rowWriter) moment(t time.Time, style int) {
	wall := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
	r.number(wall.Sub(epoch).Hours()/24, style)
}

// dateText writes a date, or a date and time, that is given as text; false if
// it is none, or older than Excel knows.
func (r *rowWriter) dateText(s string, style int) bool {
	for _, layout := range []string{time.DateOnly, time.RFC3339Nano} {
		if t, err := time.Parse(layout, s); err == nil && t.After(firstDay) {
			r.moment(t, style)
			return true
		}
	}
	return false
}

// longestText is the number of UTF-16 units that a cell holds.
const longestText = 32767

// appendEscaped writes a text as XML. Characters that XML has no place for
// become the sign of replacement; a text too long for a cell is cut.
func appendEscaped(buf []byte, s string) []byte {
	units, from := 0, 0 // from: what is not yet copied
	for i, c := range s {
		if units++; c > 0xFFFF {
			units++
		}
		if units > longestText {
			return append(buf, s[from:i]...)
		}
		if as, width := escaped(c, s[i:]); width > 0 {
			buf = append(append(buf, s[from:i]...), as...)
			from = i + width
		}
	}
	return append(buf, s[from:]...)
}

// escaped is what stands for a character that cannot stand for itself, with
// the bytes that it takes in s; 0 for all others.
func escaped(c rune, s string) (string, int) {
	switch {
	case c == '&':
		return "&amp;", 1
	case c == '<':
		return "&lt;", 1
	case c == '>':
		return "&gt;", 1
	case c == '\r':
		return "&#13;", 1
	case c < ' ' && c != '\n' && c != '\t':
		return "\uFFFD", 1
	case c == 0xFFFE, c == 0xFFFF, c == utf8.RuneError:
		_, width := utf8.DecodeRuneInString(s)
		return "\uFFFD", width
	}
	return "", 0
}
