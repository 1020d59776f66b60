package form

import (
	"slices"
	"strconv"
	"strings"

	"solidaren/diagnostics/xform"
	"solidaren/ui/words"
)

// arrange puts the rows of each repeat where they belong: before what the open
// one holds, and a place for one more row behind them all.
func (m *Model) arrange(items []Item) []Item {
	var out []Item
	for i := 0; i < len(items); i++ {
		item := items[i]
		if item.Kind == Page {
			item.Text = words.T("form.rows", item.Count)
		}
		if item.Kind != Add {
			out = append(out, item)
			continue
		}
		end := i + 1
		for end < len(items) && strings.HasPrefix(items[end].Ref, item.Ref+"[") {
			end++
		}
		heading := Item{Kind: Heading, Ref: item.Ref + "#", Path: item.Path, Label: item.Label, Lent: item.Lent, Hint: item.Hint, Depth: item.Depth}
		out = append(out, heading)
		out = append(out, m.rows(item, m.arrange(items[i+1:end]))...)
		if !item.Fixed {
			out = append(out, m.trailing(item)...)
		}
		i = end - 1
	}
	return out
}

// rows lists the rows of a repeat; content is what the open ones hold.
func (m *Model) rows(repeat Item, content []Item) []Item {
	var out []Item
	for index := 1; index <= repeat.Count; index++ {
		ref := repeat.Ref + "[" + strconv.Itoa(index) + "]"
		row := Item{Kind: Row, Ref: ref, Path: repeat.Path, Index: index, Count: repeat.Count, Depth: repeat.Depth, Open: m.isOpen(repeat.Ref, index), Fixed: repeat.Fixed}
		row.Label = m.summary(ref)
		out = append(out, row)
		for _, item := range content {
			if row.Open && strings.HasPrefix(item.Ref, ref+"/") {
				out = append(out, item)
			}
		}
	}
	return out
}

// trailing is the empty row behind the others, of which the first question
// shows: answering it makes the row. Where that cannot be known, it is a button.
func (m *Model) trailing(repeat Item) []Item {
	sample, ok := m.session.Sample(repeat.Ref)
	if !ok {
		return []Item{repeat}
	}
	for _, n := range sample {
		if n.Kind != xform.KindQuestion || n.Control == "" || !n.Relevant || len(rowsOf(n.Ref)) != len(rowsOf(repeat.Ref))+1 {
			continue
		}
		first := m.append(nil, n)
		if len(first) == 0 || !first[0].stop() {
			continue
		}
		row := Item{
			Kind: Row, New: true, Ref: rowOf(n.Ref), Path: repeat.Path, Label: words.T("form.row.new", repeat.Label),
			Index: repeat.Count + 1, Count: repeat.Count, Depth: repeat.Depth,
		}
		first[0].New = true
		return []Item{row, first[0]}
	}
	return []Item{repeat}
}

// isNew reports whether a ref lies in a row that is not there yet.
func (m *Model) isNew(ref string) bool {
	_, known := m.session.Node(ref)
	return !known && rowOf(ref) != ""
}

// materialize adds the row that a ref lies in, if it is the next one.
func (m *Model) materialize(ref string) bool {
	row := rowOf(ref)
	repeat, index := repeatOf(row)
	node, ok := m.session.Node(repeat)
	if !ok || strconv.Itoa(node.Count+1) != index {
		return false
	}
	if _, err := m.session.AddRepeat(repeat); err != nil {
		m.refused(err)
		return false
	}
	m.trim(row + "/")
	return true
}

// closed gives the first row round a node that is closed, or the repeat round
// it that has a page of its own; "" if the node shows.
func (m *Model) closed(n xform.Node) string {
	rows := rowsOf(n.Ref)
	for i, row := range rows {
		repeat, index := repeatOf(row)
		if i >= m.pageRows() && i > 0 {
			return repeat
		}
		if number, _ := strconv.Atoi(index); row != n.Ref && !m.isOpen(repeat, number) && !strings.HasPrefix(m.page, row+"/") {
			return row
		}
	}
	if n.Kind == xform.KindRepeat && len(rows) > 0 && n.Ref != m.page && !strings.HasPrefix(m.page, n.Ref+"[") {
		return n.Ref
	}
	return ""
}

// pageRows is how many rows deep the questions on screen lie.
func (m *Model) pageRows() int { return len(rowsOf(m.page)) + 1 }

// onPage reports whether a ref belongs to the page on screen.
func (m *Model) onPage(ref string) bool {
	return m.page == "" || ref == m.page || strings.HasPrefix(ref, m.page+"[")
}

// pageOf is the page that a ref is shown on: the innermost repeat round it that
// stands in a row of another; "" for the section itself.
func pageOf(ref string) string {
	rows := rowsOf(ref)
	if len(rows) < 2 {
		return ""
	}
	repeat, _ := repeatOf(rows[len(rows)-1])
	return repeat
}

// isOpen reports whether a row shows its questions; of a repeat in which no row
// was opened it is the first.
func (m *Model) isOpen(repeat string, index int) bool {
	rows, known := m.open[repeat]
	if !known {
		return index == 1
	}
	return slices.Contains(rows, index)
}

// reveal opens the rows that a ref lies in. The rows that were open stay so
// until the cursor goes elsewhere, so that nothing moves under the worker's eyes.
func (m *Model) reveal(ref string) {
	for _, row := range rowsOf(ref) {
		repeat, index := repeatOf(row)
		number, _ := strconv.Atoi(index)
		rows, known := m.open[repeat]
		if !known && number != 1 {
			rows = []int{1}
		}
		rows = slices.DeleteFunc(slices.Clone(rows), func(i int) bool { return i == number })
		m.open[repeat] = append(rows, number)
	}
}

// settleRows closes all rows but the one that was opened last, and reports
// whether there were others.
func (m *Model) settleRows() bool {
	closed := false
	for repeat, rows := range m.open {
		if len(rows) > 1 {
			m.open[repeat] = rows[len(rows)-1:]
			closed = true
		}
	}
	return closed
}

// turnTo opens the row that an item lies in and closes the others.
func (m *Model) turnTo(ref string) bool {
	if item, ok := m.Item(ref); ok && item.Kind != Row {
		m.reveal(ref)
	}
	return m.settleRows()
}

// AddRow adds a row to a repeat and puts the cursor on its first question.
func (m *Model) AddRow(repeat string) {
	m.commit()
	m.remind()
	changes, err := m.session.AddRepeat(repeat)
	if err != nil {
		m.refused(err)
		return
	}
	node, _ := m.session.Node(repeat)
	row := repeat + "[" + strconv.Itoa(node.Count) + "]"
	m.trim(row + "/")
	m.open[repeat] = []int{node.Count}
	m.settle(changes)
	m.enterRow(row)
}

// EnterRow shows the questions of a row instead of those of the row before, and
// puts the cursor on the first.
func (m *Model) EnterRow(row string) {
	m.commit()
	repeat, index := repeatOf(row)
	number, _ := strconv.Atoi(index)
	m.open[repeat] = []int{number}
	m.rebuild()
	m.enterRow(row)
}

// enterRow puts the cursor on the first question of a row.
func (m *Model) enterRow(row string) {
	inside := false
	for _, item := range m.items {
		if inside && item.Focusable() {
			m.place(item.Ref, ChangeItems|ChangeCursor)
			return
		}
		inside = inside || item.Ref == row
	}
}

// StepRow moves the cursor from the header of a row to that of the one before or
// after. It reports false if there is none.
func (m *Model) StepRow(row string, by int) bool {
	repeat, index := repeatOf(row)
	number, _ := strconv.Atoi(index)
	other := repeat + "[" + strconv.Itoa(number+by) + "]"
	if item, ok := m.Item(other); !ok || item.Kind != Row || item.New {
		return false
	}
	m.place(other, ChangeCursor)
	return true
}

// RemoveRow takes a row with all its answers away.
func (m *Model) RemoveRow(row string) {
	m.put(typing{})
	if m.isNew(row) {
		return
	}
	m.remind()
	repeat, _ := repeatOf(row)
	changes, err := m.session.RemoveRepeat(row)
	if err != nil {
		m.refused(err)
		return
	}
	m.open[repeat] = []int{}
	m.trail = nil // the refs of later rows have moved
	m.rebuild()
	m.cursor = m.stopAt(row)
	m.settle(changes)
	m.notice(words.T("form.notice.row_removed"))
	m.changed(ChangeCursor)
}

// stopAt is the item of that ref if it can have the cursor, else the next one
// that can.
func (m *Model) stopAt(ref string) string {
	passed := false
	for _, item := range m.items {
		if passed = passed || item.Ref == ref; passed && item.Focusable() {
			return item.Ref
		}
	}
	return m.nearest(ref)
}

// RowAtCursor is the innermost row that the cursor is in; "" for none.
func (m *Model) RowAtCursor() string { return rowOf(m.cursor) }

// trim takes away the rows below prefix that are there from the beginning and
// hold nothing: the row at the end of each repeat stands for them.
func (m *Model) trim(prefix string) {
	nodes := m.session.Nodes()
	for _, n := range slices.Backward(nodes) {
		if n.Kind != xform.KindRepeat || n.ReadOnly || !strings.HasPrefix(n.Ref, prefix) {
			continue
		}
		sample, ok := m.session.Sample(n.Ref)
		if !ok {
			continue
		}
		fresh := relative(sample, n.Ref)
		for count := n.Count; count > 0; count-- {
			row := n.Ref + "[" + strconv.Itoa(count) + "]"
			if !m.blank(nodes, row, fresh) {
				break
			}
			if _, err := m.session.RemoveRepeat(row); err != nil {
				break
			}
		}
	}
}

// relative gives the values of a row's nodes by their refs below it.
func relative(sample []xform.Node, repeat string) map[string]string {
	values := map[string]string{}
	for _, n := range sample {
		_, below, _ := strings.Cut(n.Ref[len(repeat):], "]")
		values[below] = n.Value
	}
	return values
}

// blank reports whether a row holds what a new one would hold: fresh.
func (m *Model) blank(nodes []xform.Node, row string, fresh map[string]string) bool {
	for _, n := range nodes {
		below, inside := strings.CutPrefix(n.Ref, row)
		if !inside || below == "" || below[0] != '/' {
			continue
		}
		now, there := m.session.Node(n.Ref)
		switch {
		case !there: // trimmed before
		case n.Kind == xform.KindRepeat && !n.ReadOnly && now.Count > 0:
			return false
		case n.Kind == xform.KindQuestion && n.Control != "" && (now.Value != fresh[below] || now.Reason != ""):
			return false
		}
	}
	return true
}

// summaryQuestions is how many questions tell one row from another.
const summaryQuestions = 2

// summary names a row by the answers to its first questions.
func (m *Model) summary(row string) string {
	var parts []string
	seen := 0
	for _, n := range m.inside(row) {
		if n.Kind != xform.KindQuestion || n.Control == "" || rowOf(n.Ref) != row {
			continue
		}
		if seen++; seen > summaryQuestions {
			break
		}
		if n.Value == "" || !n.Relevant {
			continue
		}
		text, _ := m.write(n)
		if len(n.Choices) > 0 {
			text = choiceLabels(n)
		}
		parts = append(parts, text)
	}
	if len(parts) == 0 {
		return words.T("form.row.empty")
	}
	return strings.Join(parts, " · ")
}
