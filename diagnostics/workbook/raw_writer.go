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
	buf       []byte
	letters   []string
	rows      int // rows begun, headers not counted
	col       int
	textStyle int
}

// flushAt is the size in bytes at which the buffer is handed on.
const flushAt = 1 << 16

func newRowWriter(w io.Writer, columns int) *rowWriter {
	r := &rowWriter{w: w, letters: make([]string, columns), buf: make([]byte, 0, flushAt+1<<15)}
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

func (r *rowWriter) number(v float64, style int) {
	r.cell(style)
	r.buf = append(r.buf, `><v>`...)
	r.buf = strconv.AppendFloat(r.buf, v, 'f', -1, 64)
	r.buf = append(r.buf, `</v></c>`...)
}

// numberText writes a number that is given as text; false if it is none.
func (r *rowWriter) numberText(s string, style int) bool {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return false
	}
	r.number(v, style)
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
	units := 0
	for _, c := range s {
		if units++; c > 0xFFFF {
			units++
		}
		if units > longestText {
			break
		}
		switch {
		case c == '&':
			buf = append(buf, "&amp;"...)
		case c == '<':
			buf = append(buf, "&lt;"...)
		case c == '>':
			buf = append(buf, "&gt;"...)
		case c == '\r':
			buf = append(buf, "&#13;"...)
		case c < ' ' && c != '\n' && c != '\t', c == 0xFFFE, c == 0xFFFF:
			buf = append(buf, "\uFFFD"...)
		default:
			buf = utf8.AppendRune(buf, c)
		}
	}
	return buf
}
