package xlsform

import (
	"encoding/xml"
	"fmt"
	"io"
	"sort"
	"strings"
	"testing"
)

// canonical writes an XML document with its names in full, attributes sorted,
// and the white space between elements left out: two documents that mean the
// same give the same text, one element a line.
func canonical(t testing.TB, document string) string {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(document))
	var b strings.Builder
	depth := 0
	pending := ""
	flush := func() {
		if strings.TrimSpace(pending) != "" {
			fmt.Fprintf(&b, "%s%q\n", strings.Repeat("  ", depth), pending)
		}
		pending = ""
	}
	for {
		token, err := d.Token()
		if err == io.EOF {
			return b.String()
		}
		if err != nil {
			t.Fatalf("not XML: %v\n%s", err, document)
		}
		switch token := token.(type) {
		case xml.StartElement:
			flush()
			fmt.Fprintf(&b, "%s<%s%s>\n", strings.Repeat("  ", depth), name(token.Name), attributes(token.Attr))
			depth++
		case xml.EndElement:
			flush()
			depth--
		case xml.CharData:
			pending += string(token)
		}
	}
}

func name(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return "{" + n.Space + "}" + n.Local
}

func attributes(list []xml.Attr) string {
	var out []string
	for _, a := range list {
		if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
			out = append(out, fmt.Sprintf(" %s=%q", name(a.Name), a.Value))
		}
	}
	sort.Strings(out)
	return strings.Join(out, "")
}
