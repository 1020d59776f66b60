package table_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"solidaren/assets"
	"solidaren/diagnostics"
	"solidaren/diagnostics/directory/table"
)

// TestExample reads the example that the program brings: it is the form that
// coordinators start from, and the demo.
func TestExample(t *testing.T) {
	read, err := table.Read(assets.ExampleDirectory())
	if err != nil {
		t.Fatal(err)
	}
	for _, issue := range read.Issues {
		t.Errorf("%s: %s", issue.Where(), issue.Msg.FR)
	}
	count := map[string]int{}
	for _, card := range read.Cards {
		count[card.Type]++
		phone := card.Get("phone")
		if phone != "" && phone != "115" && !strings.HasPrefix(phone, "01 99 00 ") && !strings.HasPrefix(phone, "02 61 91 ") {
			t.Errorf("%s: %s may be somebody's number", card.Get("code"), phone)
		}
		if mail := card.Get("email"); mail != "" && !strings.HasSuffix(mail, ".example") {
			t.Errorf("%s: %s may be somebody's address", card.Get("code"), mail)
		}
		if card.Get("checked_on") == "" {
			t.Errorf("%s does not say when it was checked", card.Get("code"))
		}
	}
	if count["actor"] != 40 || count["action"] < 50 {
		t.Errorf("got %v", count)
	}
	// The actions that the questionnaires bring are among them.
	list, err := assets.List("actions.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	var text bytes.Buffer
	if _, err := text.ReadFrom(list); err != nil {
		t.Fatal(err)
	}
	for _, row := range strings.Split(strings.TrimSpace(text.String()), "\n")[1:] {
		code, _, _ := strings.Cut(row, ",")
		known := false
		for _, card := range read.Cards {
			known = known || card.Get("code") == code
		}
		if !known {
			t.Errorf("%s of the questionnaires is not in the directory", code)
		}
	}
}

func TestTablesAsPeopleKeepThem(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{
			"semicolons, French words", "Nom;Acteur;Quartier;Public;Animaux;Besoins;Saturation;Vérifié le;Téléphone\n" +
				"Douches;Les Bains;Blosne;En errance;Oui;Hygiène, laverie, toilettes;Saturé;23/11/2026;0261910001\n",
			"actor code=les_bains name=Les Bains checked_on=2026-11-23 | " +
				"action code=les_bains_douches name=Douches actor=les_bains districts=q11 publics=errance animals=yes needs=hygiene saturation=full checked_on=2026-11-23 phone=02 61 91 00 01",
		},
		{
			"commas, English words, an id", "id,name,actor,districts,publics,pets,needs,availability\n" +
				"d1,Showers,The Baths,\"q01; Bréquigny\",all,no,\"food | hygiene\",Strained\n",
			"actor code=the_baths name=The Baths | action code=d1 name=Showers actor=the_baths districts=q01 q12 animals=no needs=food hygiene saturation=tense",
		},
		{
			"an old Excel", "Nom;Acteur;T\xe9l\xe9phone\nSoci\xe9t\xe9;A;115\n",
			"actor code=a name=A | action code=a_societe name=Société actor=a phone=115",
		},
		{
			"data·inclusion", "id,nom,structure_id,thematiques,frais\ns1,Aide,x,numerique--acceder-a-ses-droits,gratuit\n",
			"actor code=x name=x | action code=s1 name=Aide actor=x needs=digital fees=gratuit",
		},
		{"empty lines", "nom;acteur\n;\n\nA;B\n", "actor code=b name=B | action code=b_a name=A actor=b"},
		{"codes as the notebook keeps them", "nom;acteur;besoins\nA;B;food hygiene\n", "actor code=b name=B | action code=b_a name=A actor=b needs=food hygiene"},
	} {
		read, err := table.Read([]byte(c.file))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if len(read.Issues) > 0 {
			t.Errorf("%s: %+v", c.name, read.Issues)
		}
		if diff := cmp.Diff(c.want, show(read.Cards)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func show(cards []diagnostics.Record) string {
	var all []string
	for _, card := range cards {
		text := card.Type
		for _, field := range []string{"code", "name", "actor", "districts", "publics", "animals", "needs", "saturation", "fees", "checked_on", "phone"} {
			if value := card.Get(field); value != "" {
				text += " " + field + "=" + value
			}
		}
		all = append(all, text)
	}
	return strings.Join(all, " | ")
}

// TestWorkbook reads what Excel makes of dates and numbers.
func TestWorkbook(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for i, name := range []string{"Acteurs", "Actions", "Notes"} {
		if i == 0 {
			name = "Acteurs"
			if err := f.SetSheetName("Sheet1", name); err != nil {
				t.Fatal(err)
			}
		} else if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
	}
	set := func(sheet, cell string, row []any) {
		if err := f.SetSheetRow(sheet, cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	set("Acteurs", "A1", []any{"id", "nom"})
	set("Acteurs", "A2", []any{"b", "Les Bains"})
	set("Actions", "A1", []any{"nom", "acteur", "téléphone", "vérifié le", "places", "horaires", "n'importe quoi"})
	set("Actions", "A2", []any{"Douches", "Les bains", 261910001, 46349, 12, "sur rendez-vous", "x"})
	set("Actions", "A3", []any{"Bains", "Personne", "", "hier", "douze"})
	set("Actions", "A4", []any{"", "b"})
	set("Actions", "A5", []any{"Douches", "b"})
	set("Notes", "A1", []any{"ceci n'est pas un tableau"})
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	read, err := table.Read(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if got := show(read.Cards); got != "actor code=b name=Les Bains | action code=b_douches name=Douches actor=b checked_on=2026-11-23 phone=02 61 91 00 01" {
		t.Errorf("got %s", got)
	}
	var where []string
	for _, issue := range read.Issues {
		text := issue.Where()
		if issue.Warning {
			text += "?"
		}
		where = append(where, text)
	}
	want := []string{"Actions!G1?", "Actions!F2?", "Actions!E3", "Actions!D3", "Actions!B3", "Actions!4", "Actions!5"}
	if diff := cmp.Diff(want, where); diff != "" {
		t.Errorf("issues (-want +got):\n%s", diff)
	}
	if !read.Refused() {
		t.Error("a file with mistakes is taken")
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"a value of no list", "nom;acteur;saturation\nA;B;bof\n", "C2: « bof » n'est pas reconnu. Choix possibles : Disponible · Tendu · Saturé · Fermé · Inconnu."},
		{"a social security number", "nom;acteur;description\nA;B;2 84 05 88 123 456 51\n", ""},
		{"an id with a space", "id;nom;acteur\na b;A;B\n", "A2: Un identifiant ne contient pas d'espace."},
	} {
		read, err := table.Read([]byte(c.file))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if !read.Refused() {
			t.Errorf("%s: taken", c.name)
		} else if got := read.Issues[0].Where() + ": " + read.Issues[0].Msg.FR; c.want != "" && got != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
	for name, file := range map[string]string{
		"no table": "bonjour\n", "an image": "\x89PNG\x00\x00", "a broken workbook": "PK\x03\x04 and then nothing", "nothing": "",
	} {
		if _, err := table.Read([]byte(file)); diagnostics.Code(err) != diagnostics.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("Nom;Acteur;Quartier;Horaires;Vérifié le\nA;B;q1;Mo-Fr 9h-12h;23/11/2026\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		read, err := table.Read(file)
		if err != nil {
			return
		}
		for _, card := range read.Cards {
			probe := diagnostics.Record{Type: card.Type, Fields: diagnostics.Values{}}
			for field, value := range card.Fields {
				if field != "actor" {
					probe.Fields[field] = value
				}
			}
			if err := probe.Validate(); err != nil {
				t.Errorf("a card that the notebook refuses: %v", err)
			}
		}
	})
}
