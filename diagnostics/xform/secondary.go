package xform

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"solidaren/diagnostics/xpath"
)

// maxSideFile bounds the size of a side file, in bytes.
const maxSideFile = 64 << 20

// readInstances reads the secondary instances: those in the form, and side
// files.
func (p *parser) readInstances(*xpath.XMLNode) {
	for i, e := range p.model.Elements() {
		if e.Name().Local != "instance" || len(e.Elements()) > 0 && e.Elements()[0] == p.form.prototype {
			continue
		}
		id, src := attribute(e, "id"), attribute(e, "src")
		switch {
		case id == "":
			p.fail(fmt.Sprintf("instance %d", i+1), "", "", "une instance secondaire n'a pas d'id", "a secondary instance has no id")
		case src == "jr://instance/last-saved":
			p.form.lastSaved[id] = true
		case src == "":
			p.form.instances[id] = e
		default:
			p.form.instances[id] = p.sideFile(src)
			p.sideFiles[id] = true
		}
	}
	if queries(p.body) {
		p.readItemsets()
	}
}

// queries reports whether a control below takes its choices from itemsets.csv.
func queries(e *xpath.XMLNode) bool {
	return slices.ContainsFunc(e.Elements(), func(x *xpath.XMLNode) bool { return attribute(x, "query") != "" || queries(x) })
}

// readItemsets makes one instance of each list of itemsets.csv, by its column
// list_name.
func (p *parser) readItemsets() {
	lists := map[string]*xpath.XMLNode{}
	for _, root := range p.sideFile("jr://file/itemsets.csv").Elements() {
		for _, row := range root.Elements() {
			name := row.First("list_name")
			if name == nil || p.form.instances[name.StringValue()] != nil {
				continue
			}
			id := name.StringValue()
			if lists[id] == nil {
				lists[id] = xpath.NewElement("root").AppendTo(xpath.NewRoot(), "")
			}
			item := xpath.NewElement("item").AppendTo(lists[id], "")
			for _, cell := range row.Elements() {
				xpath.NewElement(cell.Name().Local).AppendTo(item, cell.StringValue())
			}
		}
	}
	for id, root := range lists {
		p.sideFiles[id] = true
		p.form.instances[id] = root.Parent().(*xpath.XMLNode)
	}
}

// sideFile reads jr://file/x.xml, jr://file-csv/x.csv and the like. A file
// that is not there leaves the list empty: a form must open without it.
func (p *parser) sideFile(src string) *xpath.XMLNode {
	if p.options.Files == nil {
		return xpath.NewRoot()
	}
	name := path.Base(src)
	file, err := p.options.Files(name)
	if err != nil {
		p.fail("", "instance", src, "le fichier « "+name+" » manque", "the file "+name+" is missing")
		return xpath.NewRoot()
	}
	defer file.Close()
	root, err := readSideFile(name, io.LimitReader(file, maxSideFile))
	if err != nil {
		p.fail("", "instance", src, "le fichier « "+name+" » n'est pas lisible : "+err.Error(), "the file "+name+" cannot be read: "+err.Error())
		return xpath.NewRoot()
	}
	return root
}

func readSideFile(name string, r io.Reader) (*xpath.XMLNode, error) {
	switch strings.ToLower(path.Ext(name)) {
	case ".csv":
		return readCSV(r)
	case ".geojson", ".json":
		return readGeoJSON(r)
	}
	return xpath.ParseDocument(r)
}

// delimiters of lists, the preferred first.
const delimiters = ",;\t"

// delimiter is the one that parts the names in the first line of a list.
func delimiter(head string) rune {
	bare := quoted.ReplaceAllString(head, "")
	for _, d := range delimiters {
		if strings.ContainsRune(bare, d) {
			return d
		}
	}
	return ','
}

var quoted = regexp.MustCompile(`"[^"]*"`)

// readCSV makes root/item elements of the rows of a list.
func readCSV(r io.Reader) (*xpath.XMLNode, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	head, _, _ := bytes.Cut(text, []byte("\n"))
	rows := csv.NewReader(bytes.NewReader(text))
	rows.Comma = delimiter(string(head))
	rows.FieldsPerRecord = -1
	rows.LazyQuotes = true
	header, err := rows.Read()
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	document := xpath.NewRoot()
	root := xpath.NewElement("root").AppendTo(document, "")
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return document, nil
		}
		if err != nil {
			return nil, err
		}
		item := xpath.NewElement("item").AppendTo(root, "")
		for i, column := range header {
			if i < len(row) {
				xpath.NewElement(strings.TrimSpace(column)).AppendTo(item, row[i])
			}
		}
	}
}

// readGeoJSON makes root/item elements of the features of a collection: their
// id, properties and geometry.
func readGeoJSON(r io.Reader) (*xpath.XMLNode, error) {
	var collection struct {
		Type     string
		Features []struct {
			ID         any
			Properties map[string]any
			Geometry   struct {
				Type        string
				Coordinates json.RawMessage
			}
		}
	}
	decoder := json.NewDecoder(r)
	decoder.UseNumber() // numbers are copied as they are written
	if err := decoder.Decode(&collection); err != nil {
		return nil, err
	}
	if collection.Type != "FeatureCollection" {
		return nil, errors.New("not a collection of features")
	}
	document := xpath.NewRoot()
	root := xpath.NewElement("root").AppendTo(document, "")
	for _, f := range collection.Features {
		item := xpath.NewElement("item").AppendTo(root, "")
		places, err := geometry(f.Geometry.Type, f.Geometry.Coordinates)
		if err != nil {
			return nil, err
		}
		xpath.NewElement("geometry").AppendTo(item, places)
		if f.ID != nil {
			xpath.NewElement("id").AppendTo(item, fmt.Sprint(f.ID))
		}
		for _, name := range slices.Sorted(maps.Keys(f.Properties)) {
			if value := f.Properties[name]; (name != "id" || f.ID == nil) && value != nil {
				xpath.NewElement(name).AppendTo(item, fmt.Sprint(value))
			}
		}
	}
	return document, nil
}

// geometry writes a point, line or polygon as ODK does: "lat lng 0 0; …".
func geometry(kind string, raw json.RawMessage) (string, error) {
	var points [][]float64
	var err error
	switch kind {
	case "Point":
		points = make([][]float64, 1)
		err = json.Unmarshal(raw, &points[0])
	case "LineString":
		err = json.Unmarshal(raw, &points)
	case "Polygon":
		var rings [][][]float64
		if err = json.Unmarshal(raw, &rings); err == nil && len(rings) > 0 {
			points = rings[0]
		}
	default:
		return "", fmt.Errorf("geometry %q is not supported", kind)
	}
	if err != nil {
		return "", err
	}
	list := make([]string, len(points))
	for i, p := range points {
		if len(p) < 2 {
			return "", errors.New("a point has no longitude and latitude")
		}
		list[i] = xpath.FormatNumber(p[1]) + " " + xpath.FormatNumber(p[0]) + " 0 0"
	}
	return strings.Join(list, "; "), nil
}
