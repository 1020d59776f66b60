package model

import (
	"strings"

	"solidaren/diagnostics"
)

// FieldLine is one field of a card that can be given another value.
type FieldLine struct {
	Field    string
	Value    string // as it is kept
	Text     string // as it is read
	List     string // code list of the answers, "" for text
	Multiple bool
}

// fieldLines writes some fields of a card.
func (d *Desk) fieldLines(card diagnostics.Record, fields []string) []FieldLine {
	entity, _ := diagnostics.LookupEntity(card.Type)
	var lines []FieldLine
	for _, name := range fields {
		field, ok := entity.Field(name)
		if !ok {
			continue
		}
		lines = append(lines, FieldLine{
			Field: name, Value: card.Get(name), Text: d.codeText(card.Type, name, card.Get(name)),
			List: field.List, Multiple: field.Type == diagnostics.TypeCodes,
		})
	}
	return lines
}

// codeText is a value of a card with the words of its codes.
func (d *Desk) codeText(recordType, name, value string) string {
	entity, _ := diagnostics.LookupEntity(recordType)
	field, ok := entity.Field(name)
	if !ok || field.List == "" {
		return value
	}
	texts := strings.Fields(value)
	for i, code := range texts {
		texts[i] = d.Label(field.List, code)
	}
	return strings.Join(texts, ", ")
}
