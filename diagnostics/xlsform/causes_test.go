package xlsform

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// cause is a part of what the field's compiler says, and the code of the same
// cause here; of several, parted by spaces, any will do.
type cause struct{ said, code string }

// What the field's compiler says of a place; a word in quotes alone is a name
// that is to be told.
var (
	saidRow    = regexp.MustCompile(`\[row : (\d+)\]`)
	saidSheet  = regexp.MustCompile(`On the '(\w+)' sheet`)
	quotedWord = regexp.MustCompile(`^'([^']+)'$`)
)

// is reports whether the issue has the cause, and stands where it is said to.
func (c cause) is(i Issue, said string) bool {
	if !slices.Contains(strings.Fields(c.code), i.Code) {
		return false
	}
	if m := saidSheet.FindStringSubmatch(said); m != nil && m[1] != i.Sheet {
		return false
	}
	m := saidRow.FindStringSubmatch(said)
	return m == nil || m[1] == strconv.Itoa(i.Row)
}

// causes maps what the field's compiler says to the code of the issue that
// names the same cause here. The first that fits counts.
var causes = []cause{
	{"There are multiple survey elements named", "ambiguous_reference"},
	{"names must be unique anywhere in the 'survey'", "ambiguous_reference"},
	{"location-max-age must be greater", "audit_age"},
	{"Audits must always be named", "audit_name"},
	{"location-min-interval must be greater", "parameter_count"},
	{"location-priority must be set", "parameter_priority"},
	{"track-changes-reasons must be", "parameter_reasons"},
	{"identify-user must be", "parameter_truth"},
	{"seed value must be", "parameter_seed"},
	{"Parameters must include randomize", "seed_alone"},
	{"parameters (label)", "parameter_name"},
	{"parameters (value)", "parameter_name"},
	{"The accepted parameter keys", "parameter_unknown"},
	{"'incremental' parameter may", "parameter_incremental"},
	{"must have an integer value", "parameter_integer"},
	{"must have a numeric value", "parameter_number"},
	{"must be a number", "parameter_number"},
	{"must be a multiple of 'step'", "range_multiple"},
	{"values, inclusive", "range_between"},
	{"must be a choice list name", "range_labels"},
	{"must have only 2 items", "range_two_labels"},
	{"when the 'appearance' is 'no-ticks'", "range_two_labels"},
	{"are only supported for the appearances", "range_appearance"},
	{"'reference-geometry' parameter must", "geometry_source"},
	{"Invalid value for quality", "parameter_quality"},
	{"On the 'entities' sheet, one or more column names", "entity_column"},
	{"must not contain a period", "entity_period"},
	{"must not have any duplicate names", "entity_twice"},
	{"Entity lists must have a name", "entity_name"},
	{"does not have a label, but", "entity_needs_label"},
	{"does not have an 'entity_id'", "entity_needs_id"},
	{"does not have an 'update_if'", "entity_needs_update"},
	{"no valid containers available", "entity_place"},
	{"has a reference in container scope", "entity_scope"},
	{"add an entities sheet", "save_alone"},
	{"names must be prefixed", "save_prefix"},
	{"was not found on the entities sheet", "save_unknown"},
	{"is already assigned by row", "save_twice"},
	{"must not be 'name' or 'label'", "save_name"},
	{"at most one '#' delimiter", "save_hashes"},
	{"the following sheets with similar names were found", "similar_sheet no_choices no_external no_survey"},
	{"no name", "no_name"},
	{"Duplicate column header", "duplicate_column"},
	{"This section has not been included", "unknown_type"},
	{"can't be saved as entity properties", "save_group"},
	{"Names must begin with a letter", "bad_name"},
	{"Reference variables must start with", "bad_reference"},
	{"must have a comma between", "trigger_commas"},
	{"Could not find the name", "missing_reference"},
	{"must also specify an image", "big_image"},
	{"Choices must have a name", "choice_name"},
	{"Choice names must be unique", "choice_twice"},
	{"Headers that are different names", "duplicate_column"},
	{"For XLSForms, this may be due a missing header row", "missing_column"},
	{"required column headers were not found", "missing_column"},
	{"is not user-visible", "hidden_trigger"},
	{"Instance name:", "instance_clash"},
	{"The same instance id will be generated", "instance_clash"},
	{"Questions, groups, and repeats must be unique", "name_twice"},
	{"Repeat names must unique", "repeat_twice"},
	{"Repeat names must not be the same", "repeat_is_root"},
	{"is reserved for form metadata", "reserved_name"},
	{"'calculation' column must be empty", "no_calculation_here"},
	{"'trigger' column must not be empty", "trigger_needed"},
	{"Missing calculation", "no_calculation"},
	{"There should be a choices sheet", "no_choices"},
	{"There should be an external_choices sheet", "no_external"},
	{"List name not in external choices sheet", "unknown_external"},
	{"Question or group with no name", "no_name"},
	{"You must have a sheet named 'survey'", "no_survey"},
	{"When looking for a sheet named", "similar_sheet"},
	{"has no label or hint", "no_text"},
	{"using 'search()'", "search_file"},
	{"Unmatched 'begin_", "unclosed"},
	{"Unmatched 'end_", "unopened"},
	{"Unknown question type", "unknown_type"},
	{"is missing the", "missing_translation"},
	{"do not contain valid machine-readable codes", "language_code"},
	{"Column headers must not be empty", "choice_column"},
	{"Choices should have a label", "choice_label"},
	{"Use the max-pixels parameter", "max_pixels"},
	{"is a case-insensitive match", "name_case"},
	{"Repeat has no label", "no_label"},
	{"is no longer supported on most devices", "old_device_type"},
	{"This form uses or_other and translations", "other_translations"},

	// Words that a message is to hold, alone.
	{"choices", "missing_column"},
	{"name", "missing_column"},
}
