package xlsform

import (
	"bytes"
	"encoding/csv"
)

// readExternal reads the sheet external_choices: lists that are too long for
// the form itself, which looks them up in a file beside it.
func (c *compiler) readExternal() {
	s := c.sheet(sheetExternal)
	if s == nil {
		return
	}
	c.external = map[string]bool{}
	head, records := c.report.records(s, choiceLayout, false)
	table := [][]string{headers(head)}
	for i := range records {
		if name := records[i].get("list_name"); name != "" {
			c.external[name] = true
			c.externalRows = append(c.externalRows, &records[i])
			table = append(table, records[i].under(head))
		}
	}
	c.itemsets = table
}

// headers are the names of the columns: those of the standard for what it
// knows, and as they are typed for others and for translations.
func headers(head []column) []string {
	out := make([]string, len(head))
	for i, col := range head {
		if out[i] = col.header; choiceLayout.known[col.key] {
			out[i] = col.key
		}
	}
	return out
}

// under gives the cells of the row under each column.
func (rec *record) under(head []column) []string {
	out := make([]string, len(head))
	for i, col := range head {
		out[i] = rec.get(col.key)
	}
	return out
}

// itemsetsFile writes the lists of external_choices as the file itemsets.csv,
// nil where there are none.
func (c *compiler) itemsetsFile() []byte {
	if len(c.itemsets) == 0 {
		return nil
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(c.itemsets); err != nil {
		return nil // a bytes.Buffer does not fail
	}
	return b.Bytes()
}
