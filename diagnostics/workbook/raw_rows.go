package workbook

import (
	"encoding/json"
	"io"
	"maps"
	"strings"

	"solidaren/diagnostics"
)

// rawColumn is one question on a sheet of answers.
type rawColumn struct {
	Question
	keys   []string // from the root or the repeat
	style  int
	labels map[string]string
	list   string // code list of the observed field, for choices that a filter kept out of sight
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
		c := rawColumn{Question: q, keys: keys(q.Path, from), labels: map[string]string{}}
		for _, choice := range q.Choices {
			c.labels[choice.Value] = choice.Label
		}
		if q.Control == "select1" || q.Control == "select" || q.Control == "rank" {
			c.list = observedList(q.Observes)
		}
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
		if c.style, err = r.style(look{format: c.format(), weight: dense}); err != nil {
			return s, err
		}
		s.columns = append(s.columns, column{c.heading(), min(40, max(12, float64(len(c.heading()))/2)), c.format()})
	}
	when, err := r.style(look{format: moment, weight: dense})
	if err != nil {
		return s, err
	}
	words, err := r.style(look{format: text, weight: dense})
	if err != nil {
		return s, err
	}
	known := f.known()
	s.long = func(w io.Writer) error {
		out := newRowWriter(w, len(s.columns))
		out.textStyle = words
		err := r.src.Answers(r.ctx, f.ID, r.options.Period, func(row diagnostics.AnswerRow) error {
			tree, err := r.open(row)
			if err != nil {
				return err
			}
			if repeat == "" {
				r.mainRow(out, row, tree, known, columns, when)
				return r.endRow(out)
			}
			return eachInstance(tree, f.steps(repeat), nil, func(at []int, instance map[string]any) error {
				out.begin()
				out.text(row.ID)
				for _, n := range at {
					out.number(float64(n), 0)
				}
				r.answerCells(out, instance, columns)
				return r.endRow(out)
			})
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
	if c.Label == "" {
		return c.name()
	}
	return c.Label + " (" + c.name() + ")"
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

func (r *rawBook) mainRow(out *rowWriter, row diagnostics.AnswerRow, tree map[string]any, known map[string]bool, columns []rawColumn, when int) {
	out.begin()
	out.text(row.ID)
	out.moment(row.At.In(r.GeneratedAt.Location()), when)
	out.text(r.label("district", row.District))
	out.text(row.PersonCode)
	out.text(row.Version)
	if row.Demo {
		out.text(r.t("DÉMO", "DEMO"))
	} else {
		out.skip()
	}
	if n := unknown(tree, "", known); n > 0 {
		out.number(float64(n), 0)
	} else {
		out.skip()
	}
	r.answerCells(out, tree, columns)
}

// open reads the answers of a row, and its free texts where they were asked
// for.
func (r *rawBook) open(row diagnostics.AnswerRow) (map[string]any, error) {
	tree := map[string]any{}
	if len(row.Answers) > 0 {
		if err := json.Unmarshal(row.Answers, &tree); err != nil {
			return nil, damaged(err)
		}
	}
	if !r.options.Texts || row.Texts == nil {
		return tree, nil
	}
	content, err := row.Texts()
	if err != nil || len(content) == 0 {
		return tree, err
	}
	texts := map[string]any{}
	if err := json.Unmarshal(content, &texts); err != nil {
		return nil, damaged(err)
	}
	return merge(tree, texts), nil
}

func damaged(cause error) error {
	return diagnostics.E("workbook.WriteRaw", diagnostics.CodeCorrupt,
		"Les réponses d'une fiche sont illisibles.", "The answers of a record cannot be read.", cause)
}

// merge puts the leaves of b into a, instance by instance.
func merge(a, b map[string]any) map[string]any {
	for name, value := range b {
		switch inner := value.(type) {
		case map[string]any:
			into, _ := a[name].(map[string]any)
			a[name] = merge(orEmpty(into), inner)
		case []any:
			list, _ := a[name].([]any)
			for i, instance := range inner {
				if i == len(list) {
					list = append(list, map[string]any{})
				}
				into, _ := list[i].(map[string]any)
				from, _ := instance.(map[string]any)
				list[i] = merge(orEmpty(into), from)
			}
			a[name] = list
		default:
			a[name] = value
		}
	}
	return a
}

func orEmpty(m map[string]any) map[string]any {
	if m == nil {
		return map[string]any{}
	}
	return m
}

// lookup finds the answer at the end of the keys, "" if there is none.
func lookup(tree map[string]any, keys []string) string {
	for _, key := range keys[:len(keys)-1] {
		tree, _ = tree[key].(map[string]any)
	}
	answer, _ := tree[keys[len(keys)-1]].(string)
	return answer
}

func (r *rawBook) answerCells(out *rowWriter, tree map[string]any, columns []rawColumn) {
	for i := range columns {
		r.put(out, &columns[i], lookup(tree, columns[i].keys))
	}
}

// put writes an answer as what it is: a number, a date, the words of a choice,
// a text. What does not read as its type is written as it stands.
func (r *rawBook) put(out *rowWriter, c *rawColumn, answer string) {
	switch {
	case answer == "":
		out.skip()
	case len(c.labels) > 0 || c.list != "":
		out.text(r.words(c, answer))
	case c.format().isNumber() && out.numberText(answer, c.style):
	case (c.format() == date || c.format() == moment) && out.dateText(answer, c.style):
	default:
		out.text(answer)
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

// eachInstance calls fn for every instance below the steps, with its numbers,
// counted from 1, one for each level.
func eachInstance(tree map[string]any, steps [][]string, at []int, fn func([]int, map[string]any) error) error {
	if len(steps) == 0 {
		return fn(at, tree)
	}
	last := len(steps[0]) - 1
	for _, key := range steps[0][:last] {
		tree, _ = tree[key].(map[string]any)
	}
	list, _ := tree[steps[0][last]].([]any)
	for i, item := range list {
		instance, _ := item.(map[string]any)
		if err := eachInstance(instance, steps[1:], append(at[:len(at):len(at)], i+1), fn); err != nil {
			return err
		}
	}
	return nil
}

// known are the paths of the questions below the root, also of those that are
// not written.
func (f Form) known() map[string]bool {
	paths := map[string]bool{}
	for _, q := range f.Questions {
		paths[strings.TrimPrefix(q.Path, f.Root)] = true
	}
	return paths
}

// unknown counts the answers whose question this version of the form does not
// have. They are not written, since nothing tells what they hold.
func unknown(value any, path string, known map[string]bool) int {
	n := 0
	switch v := value.(type) {
	case map[string]any:
		for name := range maps.Keys(v) {
			n += unknown(v[name], path+"/"+name, known)
		}
	case []any:
		for _, item := range v {
			n += unknown(item, path, known)
		}
	default:
		if !known[path] {
			n = 1
		}
	}
	return n
}
