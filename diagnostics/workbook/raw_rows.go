package workbook

import (
	"io"
	"strings"

	"solidaren/diagnostics"
)

// rawColumn is one question on a sheet of answers.
type rawColumn struct {
	Question
	keys   []string // from the root or the repeat
	kind   format
	style  int
	coded  bool // choices: the words of codes are written
	labels map[string]string
	list   string         // code list of the observed field, for choices that a filter kept out of sight
	shared map[string]int // answers seen, and the numbers of their words
}

// observedList is the code list of the first field that an answer goes to, ""
// if it has none.
func observedList(observes string) string {
	for _, target := range strings.Fields(observes) {
		recordType, name, _ := strings.Cut(target, ".")
		entity, _ := diagnostics.LookupEntity(recordType)
		if field, _ := entity.Field(name); field.List != "" {
			return field.List
		}
	}
	return ""
}

// rawColumns are the questions of a form that stand on a sheet: outside every
// repeat, or in one.
func (r *rawBook) rawColumns(f Form, repeat string) []rawColumn {
	from := f.Root
	if repeat != "" {
		from = repeat
	}
	var columns []rawColumn
	for _, q := range f.Questions {
		if q.Repeat != repeat || !q.mayLeave(r.options.Texts) {
			continue
		}
		c := rawColumn{Question: q, kind: q.format(), keys: keys(q.Path, from), labels: map[string]string{}, shared: map[string]int{}}
		for _, choice := range q.Choices {
			c.labels[choice.Value] = choice.Label
		}
		switch q.Control {
		case "select1", "select", "rank", "": // a calculation of codes, too
			c.list = observedList(q.Observes)
		}
		c.coded = len(c.labels) > 0 || c.list != ""
		columns = append(columns, c)
	}
	return columns
}

// answers is the sheet of a form, or of one of its repeats.
func (r *rawBook) answers(name string, f Form, repeat string, columns []rawColumn) (sheet, error) {
	s := sheet{name: name, bare: true, freeze: 1, columns: []column{{r.t("Fiche", "Record"), 38, text}}}
	if repeat == "" {
		s.columns = append(s.columns, column{r.t("Date", "Date"), 17, moment}, column{r.t("Quartier", "District"), 26, text},
			column{r.t("Personne", "Person"), 11, text}, column{r.t("Version", "Version"), 12, text},
			column{r.t("Synthétique", "Synthetic"), 12, text},
			column{r.t("Réponses hors de cette version", "Answers not of this version"), 16, whole})
	} else {
		for range f.depth(repeat) {
			s.columns = append(s.columns, column{r.t("N°", "No."), 6, whole})
		}
	}
	for i := range columns {
		c := &columns[i]
		var err error
		if c.style, err = r.style(look{format: c.kind, weight: dense}); err != nil {
			return s, err
		}
		s.columns = append(s.columns, column{c.heading(), min(40, max(12, float64(len(c.heading()))/2)), c.kind})
	}
	when, err := r.style(look{format: moment, weight: dense})
	if err != nil {
		return s, err
	}
	words, err := r.style(look{format: text, weight: dense})
	if err != nil {
		return s, err
	}
	s.long = func(w io.Writer) error {
		out := newRowWriter(w, len(s.columns), &r.shared)
		out.textStyle = words
		read := linesOf(f, repeat, columns)
		err := r.src.Answers(r.ctx, f.ID, r.options.Period, func(row diagnostics.AnswerRow) error {
			if err := r.read(read, row); err != nil {
				return err
			}
			for _, l := range read.rows {
				out.begin()
				out.text(row.ID)
				if repeat == "" {
					r.aboutRecord(out, row, read.unknown, when)
				}
				for _, n := range l.at {
					out.number(float64(n), 0)
				}
				for i := range columns {
					r.put(out, &columns[i], l.answers[i])
				}
				if err := r.endRow(out); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		return out.flush()
	}
	return s, nil
}

// name is the question's name in the form.
func (q Question) name() string { return q.Path[strings.LastIndex(q.Path, "/")+1:] }

// heading is the question as people read it, and its name: words alone may
// stand on several questions.
func (c rawColumn) heading() string {
	name := c.name()
	if c.Version != "" {
		name += ", v. " + c.Version
	}
	if c.Label == "" {
		return name
	}
	return c.Label + " (" + name + ")"
}

// endRow ends a row, counts it, and looks at the context.
func (r *rawBook) endRow(out *rowWriter) error {
	if out.rows > maxRows {
		return tooMany()
	}
	r.written++
	if r.written%1024 == 0 && r.options.Progress != nil {
		r.options.Progress(r.written)
	}
	if err := r.ctx.Err(); err != nil {
		return err
	}
	return out.end()
}

// aboutRecord writes the columns that stand before the questions.
func (r *rawBook) aboutRecord(out *rowWriter, row diagnostics.AnswerRow, unknown, when int) {
	out.moment(row.At.In(r.GeneratedAt.Location()), when)
	out.label(r.label("district", row.District))
	out.text(row.PersonCode)
	out.label(row.Version)
	if row.Demo {
		out.label(r.t("DÉMO", "DEMO"))
	} else {
		out.skip()
	}
	if unknown > 0 {
		out.number(float64(unknown), 0)
	} else {
		out.skip()
	}
}

// read takes in the answers of a record, and its free texts where they were
// asked for.
func (r *rawBook) read(l *lines, row diagnostics.AnswerRow) error {
	l.reset()
	if len(row.Answers) > 0 {
		if err := l.read(row.Answers); err != nil {
			return damaged(err)
		}
	}
	if !r.options.Texts || row.Texts == nil {
		return nil
	}
	content, err := row.Texts()
	if err != nil || len(content) == 0 {
		return err
	}
	if err := l.read(content); err != nil {
		return damaged(err)
	}
	return nil
}

func damaged(cause error) error {
	return diagnostics.E("workbook.WriteRaw", diagnostics.CodeCorrupt,
		"Les réponses d'une fiche sont illisibles.", "The answers of a record cannot be read.", cause)
}

// put writes an answer as what it is: a number, a date, the words of a choice,
// a text. What does not read as its type is written as it stands.
func (r *rawBook) put(out *rowWriter, c *rawColumn, answer string) {
	switch {
	case answer == "":
		out.skip()
	case c.coded:
		r.putWords(out, c, answer)
	case c.kind.isNumber() && out.numberText(answer, c.style):
	case (c.kind == date || c.kind == moment) && out.dateText(answer, c.style):
	default:
		out.text(answer)
	}
}

// putWords writes the words of a choice. Most answers of a column are among
// those that were seen before.
func (r *rawBook) putWords(out *rowWriter, c *rawColumn, answer string) {
	if n, seen := c.shared[answer]; seen {
		out.labelAt(n)
		return
	}
	words := r.words(c, answer)
	out.label(words)
	if n, ok := out.shared.numbers[words]; ok {
		c.shared[answer] = n
	}
}

// words are the labels of the choices made.
func (r *rawBook) words(c *rawColumn, answer string) string {
	if c.Control == "select1" {
		return r.word(c, answer)
	}
	values := strings.Fields(answer)
	for i, v := range values {
		values[i] = r.word(c, v)
	}
	return strings.Join(values, " ; ")
}

func (r *rawBook) word(c *rawColumn, value string) string {
	if label, ok := c.labels[value]; ok {
		return label
	}
	return r.label(c.list, value)
}

// steps are the keys from the root to a repeat, cut behind each repeat on the
// way: one part for each level of repetition.
func (f Form) steps(repeat string) [][]string {
	var steps [][]string
	from := f.Root
	for _, outer := range f.Repeats {
		if outer == repeat || strings.HasPrefix(repeat, outer+"/") {
			steps = append(steps, keys(outer, from))
			from = outer
		}
	}
	return steps
}

// depth is the number of repeats around and with this one.
func (f Form) depth(repeat string) int { return len(f.steps(repeat)) }
