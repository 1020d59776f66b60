package xlsform

import "strings"

// Sheets of a workbook, by the names that the standard gives them.
const (
	sheetSurvey   = "survey"
	sheetChoices  = "choices"
	sheetSettings = "settings"
	sheetExternal = "external_choices"
	sheetEntities = "entities"
	sheetOSM      = "osm"
)

// sep parts the levels of a column: bind::relevant, label::Français (fr).
const sep = "::"

// column is a header that was understood: key is its canonical name, such as
// "bind::relevant" for a header Relevance.
type column struct {
	index  int
	header string
	key    string
}

// layout says how the headers of one sheet are understood.
type layout struct {
	sheet   string
	known   map[string]bool
	aliases map[string]string
}

// columns reads the header row. A header that stands for the same column as
// another one is an error; one that stands twice, too.
func (r *report) columns(s *Sheet, l layout) []column {
	if len(s.Rows) == 0 {
		return nil
	}
	head := s.Rows[0]
	double := false
	for _, h := range head.Cells {
		double = double || strings.Contains(h, sep)
	}
	seen := map[string]string{}
	var out []column
	for i, h := range head.Cells {
		h = strings.TrimSpace(h)
		if h == "" {
			continue
		}
		key := l.key(h, double)
		if other, twice := seen[key]; twice {
			if key == "id_string" {
				r.warn(Cell{l.sheet, head.Number, letters(i)}, "two_ids")
				out = preferFormID(out, column{index: i, header: h, key: key})
				continue
			}
			r.fail(Cell{l.sheet, head.Number, letters(i)}, "duplicate_column", other, h)
			continue
		}
		seen[key] = h
		out = append(out, column{index: i, header: h, key: key})
	}
	return out
}

// preferFormID keeps of the two names of the form's id the one of today.
func preferFormID(head []column, other column) []column {
	for i, col := range head {
		if col.key == other.key && snake(other.header) == "form_id" {
			head[i] = other
		}
	}
	return head
}

// key gives the canonical name of a header. Single colons part its levels only
// in sheets that use no double ones (the old notation).
func (l layout) key(header string, double bool) string {
	for _, name := range []string{header, snake(header)} {
		if l.known[name] && l.aliases[name] == "" {
			return name
		}
	}
	var levels []string
	if double || strings.Contains(header, sep) {
		levels = strings.Split(header, sep)
	} else {
		levels = joinPrefix(strings.Split(header, ":"), "jr")
	}
	for i := range levels {
		levels[i] = strings.TrimSpace(levels[i])
	}
	first := snake(levels[0])
	if name, ok := l.aliases[first]; ok {
		levels[0] = name
	} else if l.known[first] {
		levels[0] = first
	} else if len(levels) == 1 {
		return header
	}
	return strings.Join(levels, sep)
}

// joinPrefix puts a namespace prefix that single colons cut off back before
// its name.
func joinPrefix(levels []string, prefix string) []string {
	for i := 0; i+1 < len(levels); i++ {
		if levels[i] == prefix {
			joined := append([]string(nil), levels[:i]...)
			joined = append(joined, prefix+":"+levels[i+1])
			return append(joined, levels[i+2:]...)
		}
	}
	return levels
}

// snake normalises a name as it is typed: "List  Name" is list_name.
func snake(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(s), "_"))
}

// names is a set of names from a list parted by white space.
func names(list string) map[string]bool {
	out := map[string]bool{}
	for _, n := range strings.Fields(list) {
		out[n] = true
	}
	return out
}

var surveyLayout = layout{
	sheet: sheetSurvey,
	known: names(`name label hint guidance_hint type default bind control media instance choice_filter
		parameters trigger itemset list_name query intent sms_field sms_option disabled flat`),
	aliases: map[string]string{
		"command": "type", "tag": "name", "value": "name", "caption": "label",
		"read_only": "bind::readonly", "readonly": "bind::readonly",
		"relevant": "bind::relevant", "relevance": "bind::relevant",
		"required": "bind::required", "constraint": "bind::constraint",
		"constraining_message": "bind::jr:constraintMsg", "constraint_message": "bind::jr:constraintMsg",
		"requiredmsg": "bind::jr:requiredMsg", "required_message": "bind::jr:requiredMsg",
		"noapperrorstring": "bind::jr:noAppErrorString", "no_app_error_string": "bind::jr:noAppErrorString",
		"calculation": "bind::calculate", "calculate": "bind::calculate",
		"appearance": "control::appearance", "count": "control::jr:count",
		"repeat_count": "control::jr:count", "jr:count": "control::jr:count",
		"autoplay": "control::autoplay", "rows": "control::rows", "body": "control",
		"image": "media::image", "big-image": "media::big-image", "audio": "media::audio", "video": "media::video",
		"compact_tag": "instance::odk:tag", "save_to": "save_to",
	},
}

var choiceLayout = layout{
	sheet: sheetChoices,
	known: names(`list_name name label media`),
	aliases: map[string]string{
		"caption": "label", "value": "name",
		"image": "media::image", "big-image": "media::big-image", "audio": "media::audio", "video": "media::video",
	},
}

var settingsLayout = layout{
	sheet: sheetSettings,
	known: names(`title id_string version default_language public_key submission_url auto_send auto_delete style
		namespaces instance_name instance_id instance_xmlns omit_instanceid allow_choice_duplicates clean_text_values
		attribute client_editable sms_keyword prefix delimiter name`),
	aliases: map[string]string{
		"form_title": "title", "set_form_title": "title", "form_id": "id_string", "set_form_id": "id_string",
	},
}

var entityLayout = layout{
	sheet:   sheetEntities,
	known:   names(`list_name entity_id create_if update_if label`),
	aliases: map[string]string{"dataset": "list_name"},
}

var osmLayout = layout{sheet: sheetOSM, known: choiceLayout.known, aliases: choiceLayout.aliases}
