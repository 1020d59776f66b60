package xlsform

import "strings"

// questionType says what one type of the survey sheet becomes.
type questionType struct {
	name      string // canonical name
	control   string // element of the body; "" is not shown
	bind      string // type attribute of the bind
	mediatype string
	binds     attrs // further attributes of the bind
	hint      string
}

// typeTable lists each type: canonical name and its other spellings, control,
// bind type.
var typeTable = []struct {
	names, control, bind, mediatype string
	binds                           attrs
	hint                            string
}{
	{names: "text|string|q string|add text prompt", control: "input", bind: "string"},
	{names: "integer|int|q int|add integer prompt", control: "input", bind: "int"},
	{names: "decimal|q decimal|add decimal prompt", control: "input", bind: "decimal"},
	{names: "date|q date|add date prompt", control: "input", bind: "date"},
	{names: "time", control: "input", bind: "time"},
	{names: "dateTime|datetime|date time|q date time|q dateTime|add date time prompt|add dateTime prompt", control: "input", bind: "dateTime"},
	{names: "note|q note|add note prompt", control: "input", bind: "string", binds: attrs{{"readonly", "true()"}}},
	{names: "calculate|q calculate|add calculate prompt|hidden", bind: "string"},
	{names: "acknowledge|q acknowledge|add acknowledge prompt", control: "trigger", bind: "string"},
	{names: "trigger", control: "trigger"},
	{names: "barcode|q barcode|add barcode prompt", control: "input", bind: "barcode"},
	{names: "geopoint|gps|location|q location|q geopoint|add location prompt", control: "input", bind: "geopoint"},
	{names: "geotrace", control: "input", bind: "geotrace"},
	{names: "geoshape", control: "input", bind: "geoshape"},
	{names: "range", control: "range", bind: "int"},
	{names: "photo|image|q picture|q image|add image prompt|add photo prompt", control: "upload", bind: "binary", mediatype: "image/*"},
	{names: "audio|q audio|add audio prompt", control: "upload", bind: "binary", mediatype: "audio/*"},
	{names: "video|q video|add video prompt", control: "upload", bind: "binary", mediatype: "video/*"},
	{names: "file|add file prompt", control: "upload", bind: "binary", mediatype: "application/*"},
	{names: "osm", control: "upload", bind: "binary", mediatype: "osm/*"},
	{names: "select one", control: "select1", bind: "string"},
	{names: "select all that apply", control: "select", bind: "string"},
	{names: "rank", control: "odk:rank", bind: "odk:rank"},
	{names: "select one external", control: "input", bind: "string"},
	{names: "percentage", control: "input", bind: "int", binds: attrs{{"constraint", "0 <= . and . <= 100"}}},
	{names: "phone number", control: "input", bind: "string", binds: attrs{{"constraint", `regex(., '^\d*$')`}}, hint: "Enter numbers only."},
	{names: "number of days in last month", control: "input", bind: "int", binds: attrs{{"constraint", "0 <= . and . <= 31"}}, hint: "Enter a number 0-31."},
	{names: "number of days in last six months", control: "input", bind: "int", binds: attrs{{"constraint", "0 <= . and . <= 183"}}, hint: "Enter a number 0-183."},
	{names: "number of days in last year", control: "input", bind: "int", binds: attrs{{"constraint", "0 <= . and . <= 365"}}, hint: "Enter a number 0-365."},
	{names: "start|start time|get start time", bind: "dateTime", binds: preload("timestamp", "start")},
	{names: "end|end time|get end time", bind: "dateTime", binds: preload("timestamp", "end")},
	{names: "today|get today", bind: "date", binds: preload("date", "today")},
	{names: "deviceid|imei|device id|get device id", bind: "string", binds: preload("property", "deviceid")},
	{names: "subscriberid|subscriber id|get subscriber id", bind: "string", binds: preload("property", "subscriberid")},
	{names: "simserial|sim id|get sim id", bind: "string", binds: preload("property", "simserial")},
	{names: "phonenumber|get phone number", bind: "string", binds: preload("property", "phonenumber")},
	{names: "username", bind: "string", binds: preload("property", "username")},
	{names: "email", bind: "string", binds: preload("property", "email")},
	{names: "uri:deviceid", bind: "string", binds: preload("property", "uri:deviceid")},
	{names: "uri:subscriberid", bind: "string", binds: preload("property", "uri:subscriberid")},
	{names: "uri:simserial", bind: "string", binds: preload("property", "uri:simserial")},
	{names: "uri:phonenumber", bind: "string", binds: preload("property", "uri:phonenumber")},
	{names: "uri:username", bind: "string", binds: preload("property", "uri:username")},
	{names: "uri:email", bind: "string", binds: preload("property", "uri:email")},
	{names: "audit", bind: "binary"},
	{names: "start-geopoint", bind: "geopoint"},
	{names: "background-geopoint", bind: "geopoint"},
	{names: "background-audio", bind: "binary"},
	{names: "xml-external"},
	{names: "csv-external"},
}

func preload(kind, params string) attrs {
	return attrs{{"jr:preload", kind}, {"jr:preloadParams", params}}
}

// types maps every spelling to its type; typeNames are the spellings, for
// suggestions.
var types, typeNames = func() (map[string]*questionType, []string) {
	byName := map[string]*questionType{}
	var spelled []string
	for _, row := range typeTable {
		spellings := strings.Split(row.names, "|")
		t := &questionType{
			name: spellings[0], control: row.control, bind: row.bind,
			mediatype: row.mediatype, binds: row.binds, hint: row.hint,
		}
		for _, s := range spellings {
			byName[s] = t
		}
		spelled = append(spelled, spellings[0])
	}
	return byName, append(spelled, "select_one", "select_multiple", "begin_group", "end_group", "begin_repeat", "end_repeat")
}()

// selectTypes maps the first words of a select's type to the select.
var selectTypes = map[string]string{
	"select_one": "select one", "select one": "select one", "select one from": "select one", "select1": "select one",
	"add select one prompt using": "select one", "select_one_from_file": "select one", "select one from file": "select one",
	"select_multiple": "select all that apply", "select all that apply": "select all that apply",
	"select all that apply from": "select all that apply", "select multiple from": "select all that apply",
	"add select multiple prompt using": "select all that apply",
	"select_multiple_from_file":        "select all that apply", "select multiple from file": "select all that apply",
	"select_one_external": "select one external", "rank": "rank",
}

// yes holds the spellings of yes and no in truth cells.
var yes = map[string]bool{
	"yes": true, "Yes": true, "YES": true, "true": true, "True": true, "TRUE": true, "true()": true,
	"no": false, "No": false, "NO": false, "false": false, "False": false, "FALSE": false, "false()": false,
}

// expressionOfTruth writes yes and no cells as XPath, and leaves expressions.
func expressionOfTruth(value string) string {
	truth, ok := yes[value]
	switch {
	case !ok:
		return value
	case truth:
		return "true()"
	default:
		return "false()"
	}
}
