package xlsform

import (
	"encoding/xml"
	"regexp"
	"strings"
)

// settings are the one row of the settings sheet.
type settings struct {
	name, id, title, version, language string

	instanceName, instanceID, instanceXmlns string
	omitInstanceID, allowDuplicates, clean  bool
	style, namespaces                       string
	prefix, delimiter                       string
	submission                              attrs
	publicKey                               string
	attributes                              attrs
}

// readSettings reads the settings sheet, which a form may do without.
func (c *compiler) readSettings(o CompileOptions) {
	defer func() {
		if !isName(c.settings.name) {
			c.fail(Cell{Sheet: sheetSettings}, "bad_name", c.settings.name)
		}
	}()
	c.settings = settings{name: o.Name, id: o.ID, language: noLanguage, clean: true, instanceID: "uid"}
	s := c.sheet(sheetSettings)
	if s == nil {
		if similar := c.similarSheets(sheetSettings); similar != "" {
			c.warn(Cell{}, "similar_sheet", sheetSettings, similar)
		}
		c.settings.title = c.settings.id
		return
	}
	head, records := c.report.records(s, settingsLayout, false)
	if len(records) == 0 {
		c.settings.title = c.settings.id
		return
	}
	rec := &records[0]
	c.records = append(c.records, rec)
	c.applySettings(rec)
	c.checkAttributes(sheetSettings, head, "attribute")
}

func (c *compiler) applySettings(rec *record) {
	st := &c.settings
	for key, to := range map[string]*string{
		"id_string": &st.id, "version": &st.version, "default_language": &st.language, "name": &st.name,
		"instance_name": &st.instanceName, "instance_id": &st.instanceID, "instance_xmlns": &st.instanceXmlns,
		"style": &st.style, "namespaces": &st.namespaces, "prefix": &st.prefix, "delimiter": &st.delimiter,
		"public_key": &st.publicKey,
	} {
		if v := rec.get(key); v != "" {
			*to = v
		}
	}
	st.title = rec.get("title")
	if st.title == "" {
		st.title = st.id
	}
	st.omitInstanceID = yes[rec.get("omit_instanceid")]
	st.allowDuplicates = yes[rec.get("allow_choice_duplicates")]
	if truth, said := yes[rec.get("clean_text_values")]; said {
		st.clean = truth
	}
	st.attributes = rec.attrs("attribute")
	if st.omitInstanceID && st.publicKey != "" {
		c.fail(rec.cell("omit_instanceid"), "instance_id_needed")
	}
	if yes[rec.get("client_editable")] {
		st.submission.set("odk:client-editable", "true")
	}
	for _, a := range []attr{
		{"submission_url", "action"},
		{"public_key", "base64RsaPublicKey"},
		{"auto_send", "orx:auto-send"},
		{"auto_delete", "orx:auto-delete"},
	} {
		v := rec.get(a.name)
		if v == "" {
			continue
		}
		st.submission.set(a.value, v)
		if a.name == "submission_url" {
			st.submission.set("method", "post")
		}
	}
}

// nameStart and nameRest follow the NCName of XML namespaces.
const (
	nameStart = `A-Z_a-z\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{2FF}\x{370}-\x{37D}\x{37F}-\x{1FFF}\x{200C}-\x{200D}` +
		`\x{2070}-\x{218F}\x{2C00}-\x{2FEF}\x{3001}-\x{D7FF}\x{F900}-\x{FDCF}\x{FDF0}-\x{FFFD}\x{10000}-\x{EFFFF}`
	nameRest = nameStart + `\-.0-9\x{B7}\x{0300}-\x{036F}\x{203F}-\x{2040}`
	ncName   = `[` + nameStart + `][` + nameRest + `]*`
)

var (
	wholeName     = regexp.MustCompile(`^` + ncName + `$`)
	wholeQName    = regexp.MustCompile(`^(?:` + ncName + `:)?` + ncName + `$`)
	namespacePair = regexp.MustCompile(`(\S+?)=["']?([^"'\s]+)["']?`)
)

// isName reports whether s can be the name of an element, here and in the XML
// reader of this program, which knows fewer letters than the standard of today.
func isName(s string) bool {
	if !wholeQName.MatchString(s) {
		return false
	}
	_, err := xml.NewDecoder(strings.NewReader("<" + s + "/>")).Token()
	return err == nil
}
