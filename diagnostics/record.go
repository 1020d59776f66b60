package diagnostics

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Values are the fields of a record by name, each as text (see FieldType).
type Values map[string]string

// Record is one record as the laptop knows it: a fact or a card.
type Record struct {
	ID       string
	Type     string
	Fields   Values
	Conflict []string // names of fields with two or more answers, nil if none
	Sealed   []string // names of fields that came sealed and cannot be opened yet, nil if none
}

// Get gives a field's text, "" if absent.
func (r Record) Get(name string) string { return r.Fields[name] }

// List gives a codes field's codes.
func (r Record) List(name string) []string { return strings.Fields(r.Fields[name]) }

// Int gives a whole number field, 0 if absent or not a number.
func (r Record) Int(name string) int {
	n, _ := strconv.Atoi(r.Fields[name])
	return n
}

// Time gives a time or date field in UTC, the zero time if absent.
func (r Record) Time(name string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, time.DateOnly} {
		if t, err := time.Parse(layout, r.Fields[name]); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// FormatTime writes a time as a time field keeps it.
func FormatTime(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// Submission is what a finished Session becomes: its Diagnostic and the
// records that it observed, saved in one transaction.
type Submission struct {
	Diagnostic Record
	Records    []Record
	// XML is the submission of the form engine, kept for correction and for
	// the defaults of the next record of the same form.
	XML []byte
}

// All lists the records, the diagnostic first.
func (s Submission) All() []Record { return append([]Record{s.Diagnostic}, s.Records...) }

// Validate checks a record against the data model: known type, known fields,
// values of the right shape, no social security number anywhere. The
// error is CodeInvalid and names the field, never its value.
func (r Record) Validate() error {
	entity, ok := LookupEntity(r.Type)
	if !ok {
		return &Error{
			Op: "diagnostics.Validate", Code: CodeInvalid, Field: r.Type,
			Msg: Text{"Type de fiche inconnu.", "Unknown type of record."},
		}
	}
	for name, value := range r.Fields {
		field, known := entity.Field(name)
		if !known {
			return invalidField(r.Type, name, "champ inconnu", "unknown field")
		}
		if value == "" {
			continue
		}
		if !field.fits(value) {
			return invalidField(r.Type, name, "valeur d'une autre forme que "+string(field.Type), "value is not a "+string(field.Type))
		}
		if field.holdsNIR(value) {
			return NIRError("diagnostics.Validate", r.Type+"."+name)
		}
	}
	return nil
}

func invalidField(recordType, name, fr, en string) error {
	field := recordType + "." + name
	return &Error{
		Op: "diagnostics.Validate", Code: CodeInvalid, Field: field,
		Msg: Text{fmt.Sprintf("Champ « %s » : %s.", field, fr), fmt.Sprintf("Field %q: %s.", field, en)},
	}
}

// fits reports whether a text has the shape of the field's type.
func (f Field) fits(value string) bool {
	var err error
	switch f.Type {
	case TypeInt:
		_, err = strconv.Atoi(value)
	case TypeDate:
		_, err = time.Parse(time.DateOnly, value)
	case TypeTime:
		_, err = time.Parse(time.RFC3339Nano, value)
	case TypeBool:
		return value == "yes" || value == "no"
	case TypeJSON:
		var object map[string]json.RawMessage
		return json.Unmarshal([]byte(value), &object) == nil && object != nil
	case TypeBytes:
		_, err = base64.StdEncoding.DecodeString(value)
	case TypeCode:
		return !strings.ContainsAny(value, " \t\n")
	}
	return err == nil
}
