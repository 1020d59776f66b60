package form

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"solidaren/diagnostics/xform"
	"solidaren/ui/words"
)

// Input is how a question is answered.
type Input string

// The inputs.
const (
	Line        Input = "line"  // one line of text
	Notes       Input = "notes" // several lines
	Integer     Input = "integer"
	Decimal     Input = "decimal"
	Range       Input = "range" // a number on a scale
	Date        Input = "date"
	Month       Input = "month"
	Year        Input = "year"
	Clock       Input = "clock"
	Moment      Input = "moment" // date and time of day
	Choice      Input = "choice" // a short list, by keys
	Choices     Input = "choices"
	Search      Input = "search" // a long list, by typing
	SearchMany  Input = "search-many"
	Rank        Input = "rank" // a list in order
	Tick        Input = "tick"
	Place       Input = "place" // latitude and longitude
	Trace       Input = "trace" // several places, one a line
	File        Input = "file"
	Drawing     Input = "drawing"
	ShownAnswer Input = "shown" // read-only
)

// inputs chooses the input of a question by its control and type.
var inputs = map[string]Input{
	"input int": Integer, "input integer": Integer, "input decimal": Decimal,
	"input date": Date, "input time": Clock, "input dateTime": Moment,
	"input geopoint": Place, "input geotrace": Trace, "input geoshape": Trace,
	"select1": Choice, "select": Choices, "rank": Rank, "trigger": Tick, "textarea": Notes,
	"range": Range, "upload": File,
}

func inputOf(n xform.Node) Input {
	if n.ReadOnly {
		return ShownAnswer
	}
	return writtenAs(n)
}

// writtenAs is the input whose way of writing an answer the question has, even
// where nobody may change it.
func writtenAs(n xform.Node) Input {
	input, ok := inputs[n.Control+" "+n.Type]
	if !ok {
		input, ok = inputs[n.Control]
	}
	if !ok {
		input = Line
	}
	return shaped(input, n)
}

// longText is the greatest length of an answer that still fits into one line.
const longText = 140

// shapes are what an appearance makes of an input.
var shapes = map[Input][]struct {
	appearance string
	to         Input
}{
	Line:    {{"multiline", Notes}},
	Integer: {{"bearing", Decimal}},
	Date:    {{"month-year", Month}, {"year", Year}},
	File:    {{"draw", Drawing}, {"signature", Drawing}, {"annotate", Drawing}},
}

// shaped is what the appearance, the limits and the list make of an input.
func shaped(input Input, n xform.Node) Input {
	for _, s := range shapes[input] {
		if hasAppearance(n, s.appearance) {
			return s.to
		}
	}
	switch {
	case input == Line && (n.Limit > longText || n.Params["rows"] != ""):
		return Notes
	case input == Range && hasAppearance(n, "rating") && stars(scaleOf(n)) > 0:
		return Choice
	case input == Choice && searched(n):
		return Search
	case input == Choices && searched(n):
		return SearchMany
	}
	return input
}

// searched reports whether a list is too long for keys, comes from a file, or
// says itself that it is to be searched.
func searched(n xform.Node) bool {
	if len(n.Choices) > len(keys) || n.FromFile {
		return true
	}
	return slices.ContainsFunc(appearances(n), func(word string) bool {
		return word == "minimal" || word == "autocomplete" || word == "search" || strings.HasPrefix(word, "search(")
	})
}

func appearances(n xform.Node) []string { return strings.Fields(n.Appearance) }

func hasAppearance(n xform.Node, name string) bool { return slices.Contains(appearances(n), name) }

// Layout is how the answers of a choice stand.
type Layout struct {
	Columns int  // 0: as many as fit
	Pack    bool // each as wide as its words
	Line    bool // one row of equal cells
	Quick   bool // goes on by itself even where that is switched off
	Bare    bool // cells without words, which stand in the head above
	Stars   bool // a rating
}

var columnsWord = regexp.MustCompile(`^(?:columns|compact|quickcompact)-(\d+)$`)

// layoutOf reads how the answers are to stand.
func layoutOf(n xform.Node) Layout {
	l := Layout{}
	for _, word := range appearances(n) {
		switch word {
		case "vertical":
			l.Columns = 1
		case "columns-pack", "compact", "horizontal", "horizontal-compact":
			l.Pack = true
		case "likert":
			l.Line = true
		case "list-nolabel":
			l.Line, l.Bare = true, true
		case "label":
			l.Line = true
		case "quick", "quickcompact":
			l.Quick = true
		case "rating":
			l.Line, l.Stars = n.Control == "range", n.Control == "range"
		}
		if m := columnsWord.FindStringSubmatch(word); m != nil {
			l.Columns, _ = strconv.Atoi(m[1])
			l.Quick = l.Quick || strings.HasPrefix(word, "quick")
		}
	}
	return l
}

// Number writes a number as XForms do, without the noise of binary fractions.
func Number(v float64) string {
	return strconv.FormatFloat(math.Round(v*1e9)/1e9, 'f', -1, 64)
}

// local writes a number as the reader's language does.
func local(value string) string { return words.Number(value) }

// accepted are the kinds of files that an upload takes: extensions by the
// control's media type; none for any file.
var accepted = map[string][]string{
	"image/*": {".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic"},
	"audio/*": {".mp3", ".m4a", ".ogg", ".opus", ".wav", ".aac", ".amr"},
	"video/*": {".mp4", ".mov", ".webm", ".mkv", ".3gp"},
}
