package intake

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
)

// update writes the tables of targets of docs/forms.md anew: make guide.
var update = flag.Bool("update", false, "write the tables of targets of docs/forms.md")

const guide = "../../docs/forms.md"

// meanings say what a record is, for whoever writes a questionnaire.
var meanings = map[string]diagnostics.Text{
	diagnostics.TypePerson:     {FR: "la personne", EN: "the person"},
	diagnostics.TypeHousehold:  {FR: "son ménage", EN: "their household"},
	diagnostics.TypeTour:       {FR: "la tournée", EN: "the tour"},
	diagnostics.TypeEncounter:  {FR: "la rencontre", EN: "the encounter"},
	diagnostics.TypeDiagnostic: {FR: "le diagnostic lui-même", EN: "the diagnostic itself"},
	diagnostics.TypeSituation:  {FR: "la situation ce jour-là", EN: "the situation on that day"},
	diagnostics.TypePlace:      {FR: "un lieu qui compte", EN: "a place that matters"},
	diagnostics.TypeNeed:       {FR: "un besoin exprimé", EN: "a need expressed"},
	diagnostics.TypeRight:      {FR: "un droit", EN: "an entitlement"},
	diagnostics.TypeStrength:   {FR: "un appui, une force", EN: "a strength"},
	diagnostics.TypeReferral:   {FR: "une orientation", EN: "a referral"},
	diagnostics.TypeFollowUp:   {FR: "une suite à donner", EN: "a next step"},
	diagnostics.TypeConsent:    {FR: "un accord de la personne", EN: "a consent of the person"},
	diagnostics.TypeNote:       {FR: "une note de l'équipe", EN: "a note of the team"},
	diagnostics.TypeTerritory:  {FR: "une observation du lieu, sans personne", EN: "an observation of a place, without a person"},
	diagnostics.TypeCount:      {FR: "une fiche de comptage", EN: "a count record"},
}

// questionFor is the type of question that fills a type of field.
var questionFor = map[diagnostics.FieldType]string{
	diagnostics.TypeCode: "select_one", diagnostics.TypeCodes: "select_multiple", diagnostics.TypeInt: "integer",
	diagnostics.TypeBool: "select_one", diagnostics.TypeDate: "date", diagnostics.TypeTime: "dateTime", diagnostics.TypeText: "text",
}

// TestGuideTargets: the tables of docs/forms.md name every target that a form
// may write, and no other.
func TestGuideTargets(t *testing.T) {
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	page := string(text)
	for _, lang := range []string{"fr", "en"} {
		block := regexp.MustCompile(`(?s)(<!-- targets ` + lang + ` -->\n).*?(<!-- end -->)`)
		found := block.FindStringSubmatch(page)
		if found == nil {
			t.Fatalf("no table of targets in %s", lang)
		}
		want := found[1] + targetTable(lang) + found[2]
		if *update {
			page = strings.Replace(page, found[0], want, 1)
		} else if diff := cmp.Diff(want, found[0]); diff != "" {
			t.Errorf("make guide (-want +got):\n%s", diff)
		}
	}
	if *update {
		if err := os.WriteFile(guide, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func targetTable(lang string) string {
	var b strings.Builder
	b.WriteString(diagnostics.Text{FR: "| fiche | champs |\n|---|---|\n", EN: "| record | fields |\n|---|---|\n"}.In(lang))
	for _, e := range diagnostics.Entities() {
		var fields []string
		for _, f := range e.Fields {
			if text, ok := describeTarget(e, f, lang); ok {
				fields = append(fields, text)
			}
		}
		if e.Type == diagnostics.TypePerson {
			fields = slices.Insert(fields, 1, "`person.link` select_one "+listName(link))
		}
		if len(fields) > 0 {
			fmt.Fprintf(&b, "| %s | %s |\n", meanings[e.Type].In(lang), strings.Join(fields, " · "))
		}
	}
	return b.String()
}

// everywhere are the fields of every observation: the encounter gives them.
var everywhere = []string{"district", "at", "team"}

func describeTarget(e diagnostics.Entity, f diagnostics.Field, lang string) (string, bool) {
	name := e.Type + "." + f.Name
	if strings.HasPrefix(f.Name, diagnostics.IdentityPrefix) {
		name = f.Name
	}
	t, ok := lookup(name)
	ofEncounter := !slices.Contains(single, e.Type) && slices.Contains(everywhere, f.Name)
	if !ok || ofEncounter {
		return "", false
	}
	text := "`" + name + "`"
	if t.isKey() {
		text = "**" + text + "**"
	}
	text += " " + questionFor[f.Type]
	if f.List != "" {
		text += " " + listName(f)
	}
	if f.Sealed {
		text += " " + diagnostics.Text{FR: "(scellé)", EN: "(sealed)"}.In(lang)
	}
	return text, true
}

func listName(f diagnostics.Field) string { return "*" + f.List + "*" }
