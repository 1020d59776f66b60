package xlsform

import (
	"archive/zip"
	"bytes"
	"errors"
	"testing"

	"solidaren/diagnostics"
)

// The parts of a small workbook in the format of Excel; the fuzzer changes
// some of them. What a part holds is all that differs from one workbook to
// another: the frame of a zip is not worth its time.
const (
	xlsxTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`
	xlsxRels  = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookRels  = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="r3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`
	xlsxBook  = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="survey" sheetId="1" r:id="r1"/><sheet name="choices" sheetId="2" r:id="r2"/></sheets></workbook>`
	xlsxSheet = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%</sheetData></worksheet>`
)

// workbookOf packs the parts of a workbook.
func workbookOf(t testing.TB, book, survey, choices, shared, styles []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range []struct {
		name string
		text []byte
	}{
		{"[Content_Types].xml", []byte(xlsxTypes)},
		{"_rels/.rels", []byte(xlsxRels)},
		{"xl/_rels/workbook.xml.rels", []byte(bookRels)},
		{"xl/workbook.xml", book},
		{"xl/worksheets/sheet1.xml", survey},
		{"xl/worksheets/sheet2.xml", choices},
		{"xl/sharedStrings.xml", shared},
		{"xl/styles.xml", styles},
	} {
		f, err := w.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(part.text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// sheetOf writes a sheet from its rows.
func sheetOf(rows string) []byte {
	return bytes.Replace([]byte(xlsxSheet), []byte("%"), []byte(rows), 1)
}

const (
	headRow   = `<row r="1"><c r="A1" t="inlineStr"><is><t>type</t></is></c><c r="B1" t="inlineStr"><is><t>name</t></is></c><c r="C1" t="inlineStr"><is><t>label</t></is></c></row>`
	sharedOne = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="2" uniqueCount="2"><si><t>type</t></si><si><r><t>na</t></r><r><t xml:space="preserve">me </t></r></si></sst>`
	stylesOne = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd hh:mm"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`
)

// FuzzWorkbook reads any parts of a workbook in the format of Excel, and
// compiles what they hold: a file is refused with a sentence, or read.
func FuzzWorkbook(f *testing.F) {
	add := func(survey, choices, shared string) {
		f.Add([]byte(xlsxBook), sheetOf(survey), sheetOf(choices), []byte(shared), []byte(stylesOne))
	}
	add(headRow+`<row r="2"><c r="A2" t="inlineStr"><is><t>text</t></is></c><c r="B2" t="inlineStr"><is><t>q</t></is></c><c r="C2" s="1"><v>45000</v></c></row>`, "", sharedOne)
	add(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="s"><v>9</v></c></row><row r="9"><c r="A9" t="b"><v>1</v></c><c r="B9"><f>1+1</f><v>2.0</v></c><c r="C9" s="2"><v>0.5</v></c></row>`, "", sharedOne)
	add(headRow+`<row><c t="str"><v>select_one l</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2026-01-05T10:00:00</v></c></row>`, `<row r="1"><c r="A1" t="inlineStr"><is><t>list_name</t></is></c></row><row r="2"><c r="XFD2"><v>1e309</v></c></row>`, "")
	f.Fuzz(func(t *testing.T, book, survey, choices, shared, styles []byte) {
		w, err := ReadXLSX(bytes.NewReader(workbookOf(t, book, survey, choices, shared, styles)))
		if err != nil {
			if diagnostics.Code(err) != diagnostics.CodeInvalid {
				t.Fatalf("refused without a sentence: %v", err)
			}
			return
		}
		r, err := Compile(w, CompileOptions{})
		var issues Errors
		switch {
		case err == nil:
			canonical(t, string(r.XForm))
		case !errors.As(err, &issues) || len(issues) == 0 || issues[0].Message == "":
			t.Fatalf("refused without a reason: %v", err)
		}
	})
}
