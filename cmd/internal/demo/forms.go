package demo

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"solidaren/assets"
	"solidaren/diagnostics/xform"
	"solidaren/diagnostics/xlsform"
)

// load compiles a questionnaire of the program, changed first if change is not
// nil.
func load(k kind, change func(*xlsform.Workbook)) (*xform.Form, error) {
	b, ok := assets.Form(string(k))
	if !ok {
		return nil, fmt.Errorf("demo: the program carries no form %q", k)
	}
	book, err := xlsform.ReadXLSX(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	if change != nil {
		change(book)
	}
	compiled, err := xlsform.Compile(book, xlsform.CompileOptions{})
	if err != nil {
		return nil, err
	}
	return xform.Parse(bytes.NewReader(compiled.XForm), xform.Options{Files: assets.List})
}

// dropped is the question that the second version of `maraude` no longer asks:
// a form that asks less can still be read with the form before it.
const dropped = "m_phone"

// revise makes the second version of a questionnaire.
func revise(book *xlsform.Workbook) {
	for i := range book.Sheets {
		sheet := &book.Sheets[i]
		switch sheet.Name {
		case "survey":
			name := column(sheet, "name")
			sheet.Rows = slices.DeleteFunc(sheet.Rows, func(r xlsform.Row) bool { return cell(r, name) == dropped })
		case "settings":
			if version := column(sheet, "version"); version >= 0 && len(sheet.Rows) > 1 {
				sheet.Rows[1].Cells[version] = "2"
			}
		}
	}
}

// column finds a column by its header, -1 if there is none.
func column(sheet *xlsform.Sheet, header string) int {
	if len(sheet.Rows) == 0 {
		return -1
	}
	return slices.Index(sheet.Rows[0].Cells, header)
}

func cell(r xlsform.Row, column int) string {
	if column < 0 || column >= len(r.Cells) {
		return ""
	}
	return r.Cells[column]
}

// offered gives the codes of the actions that a form offers for a referral.
func offered(form *xform.Form) ([]string, error) {
	session, err := form.NewSession(xform.SessionOptions{Location: zone})
	if err != nil {
		return nil, err
	}
	var codes []string
	for _, n := range session.Nodes() {
		if n.Name != "m_orient" {
			continue
		}
		for _, choice := range n.Choices {
			codes = append(codes, choice.Value)
		}
	}
	return codes, nil
}

// operation is what the coordinator prepared for the night of the count:
// operation, sector, team and hours, taken over from the record before. Other
// forms start from nothing.
func (e event) operation() []byte {
	if e.kind != count {
		return nil
	}
	begin := time.Date(e.at.Year(), e.at.Month(), e.at.Day(), e.team.start, 0, 0, 0, zone)
	var b strings.Builder
	b.WriteString(`<data id="nuit_solidarite" version="1"><n_start>`)
	for _, q := range [][2]string{
		{"n_op", "Nuit " + begin.Format("2006")},
		{"n_sector", fmt.Sprintf("S%02d", e.at.Minute()%sectors+1)},
		{"n_team", e.team.name},
		{"n_from", begin.Format(moment)},
		{"n_to", begin.Add(time.Duration(e.team.hours) * time.Hour).Format(moment)},
	} {
		fmt.Fprintf(&b, "<%[1]s>%[2]s</%[1]s>", q[0], q[1])
	}
	b.WriteString(`</n_start></data>`)
	return []byte(b.String())
}
