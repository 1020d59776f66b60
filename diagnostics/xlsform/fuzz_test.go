package xlsform

import (
	"errors"
	"flag"
	"testing"
)

// fuzzing reports whether inputs are to be made, not only the seeds tried.
func fuzzing() bool {
	f := flag.Lookup("test.fuzz")
	return f != nil && f.Value.String() != ""
}

// maxSeed bounds seeds, in bytes: on a busy machine the fuzzer takes the forms
// of thousands of questions for a hang.
const maxSeed = 1 << 14

// FuzzMarkdown compiles any table: it is refused with issues that have a
// sentence, or gives a document that is XML.
func FuzzMarkdown(f *testing.F) {
	f.Add("| survey |\n| | type | name | label |\n| | text | q | Q ${q} |\n")
	f.Add("| survey |\n| | type | name | label::fr | bind::x |\n| | select_one l or_other | q | a | 1 |\n| choices |\n| | list_name | name | label::fr | a&b |\n| | l | <x> | & | 2 |\n")
	f.Add("| survey |\n| | type | name | label |\n| | begin_repeat | r | R |\n| | select_one ${q} | s | S |\n| | text | q | Q |\n| | end_repeat | | |\n| entities |\n| | list_name | label |\n| | e | ${q} |\n")
	f.Add("| settings |\n| | namespaces | form_id | attribute::a |\n| | a=\"b\" | \x00 | 1 |\n| survey |\n| | type | name |\n| | range | q |\n")
	if fuzzing() {
		for _, c := range corpusOf(f) {
			if len(c.MD) < maxSeed {
				f.Add(c.MD)
			}
		}
	}
	f.Fuzz(func(t *testing.T, md string) {
		w, err := ReadMarkdown(md)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Compile(w, CompileOptions{})
		var issues Errors
		switch {
		case err == nil:
			canonical(t, string(r.XForm))
		case !errors.As(err, &issues) || len(issues) == 0 || issues[0].Message == "":
			t.Fatalf("refused without a reason: %v", err)
		}
		AskedIn(w, CompileOptions{}) // also of what is refused
	})
}
