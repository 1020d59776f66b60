package neverask_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/assets"
	"solidaren/diagnostics"
	"solidaren/diagnostics/xlsform"
	"solidaren/diagnostics/xlsform/neverask"
)

// list reads the list that comes with the program.
func list(t *testing.T) *neverask.List {
	t.Helper()
	f, err := assets.List("never-ask.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	l, err := neverask.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// rules gives the ids of the rules that the form breaks.
func rules(t *testing.T, asked ...xlsform.Asked) string {
	t.Helper()
	var out []string
	for _, i := range list(t).Check(asked) {
		out = append(out, i.Code)
	}
	return strings.Join(out, " ")
}

func label(text string) xlsform.Asked {
	return xlsform.Asked{Path: "/data/q", Type: "text", Texts: []xlsform.Text{{Kind: xlsform.TextLabel, Value: text}}}
}

// forbidden are wordings, by the rule that refuses them.
var forbidden = map[string][]string{
	"nir": {
		"NIR", "N° de sécu", "Nº de Sécurité sociale", "Numéro de sécurité sociale", "numero de securite sociale", "Num. sécu", "n° SS",
		"Numéros de sécurité sociale", "Numéro de carte Vitale", "Sécurité sociale (numéro)", "SSN", "Social security number", "Social Security no.", "National insurance number",
	},
	"ethnic_origin": {
		"Origine ethnique", "ORIGINE ETHNIQUE ?", "Ethnie", "Appartenance ethnique", "Origines ethniques de la famille", "Race", "Couleur de peau", "Couleur de la peau",
		"Ethnicity", "Ethnic group", "What is your race?", "Skin color", "Tribe",
	},
	"religion": {
		"Religion", "Votre religion ?", "Sans religion", "Confession", "Confession religieuse", "Croyances", "Êtes-vous croyant ?", "Êtes-vous pratiquant ?",
		"Religious affiliation", "Faith", "What is your religion?", "Religious denomination",
	},
	"politics": {
		"Opinions politiques", "Opinion politique", "Parti politique", "Pour qui votez-vous ?", "Orientation politique", "Politique", "Political opinions", "Political party", "Who did you vote for?",
	},
	"union": {"Êtes-vous syndiqué ?", "Appartenance syndicale", "Syndicat", "Syndiquée", "Trade union member", "Trade unions", "Do you belong to a union?", "Union membership"},
	"sex_life": {
		"Orientation sexuelle", "Vie sexuelle", "Préférences sexuelles", "Rapports sexuels", "Homosexuel", "Prostitution", "Sexual orientation", "Sex life", "LGBTQ+", "Sexuality",
	},
	"offence": {
		"Casier judiciaire", "Casier", "Condamnations", "Avez-vous été condamné ?", "Infractions commises", "Passage en détention", "Sortie de prison", "Antécédents judiciaires", "Incarcération", "Garde à vue",
		"Criminal record", "Convictions", "Time in prison", "Offences", "Have you been arrested?",
	},
	"diagnosis": {
		"Diagnostic médical", "Diagnostics psychiatriques", "Séropositif", "Séropositivité", "VIH", "Maladie", "Maladies chroniques", "Pathologies", "Hépatite C", "Schizophrénie", "Troubles psychiques", "De quoi souffrez-vous ?",
		"Diagnosis", "HIV status", "Chronic illness", "Diseases", "Medical history", "Have you been diagnosed?", "Medical diagnoses", "Groupe sanguin", "Hospitalisation en psychiatrie",
	},
	"consumption": {
		"Consommation d'alcool", "Consommations", "Alcool", "Consommation de drogues", "Usage de stupéfiants", "Addictions", "Toxicomanie", "Usager de drogues",
		"Alcohol consumption", "Drug use", "Drugs", "Substance abuse", "Do you smoke?", "Produits consommés", "Que consommez-vous ?", "Buvez-vous ?", "How much do you drink?",
	},
	"birth_country": {
		"Pays de naissance", "Lieu de naissance", "Ville de naissance", "Pays d'origine", "Nationalité", "Nationalités", "De quel pays venez-vous ?", "Né dans quel pays ?", "Quelles sont vos origines ?",
		"Country of birth", "Place of birth", "Birthplace", "Nationality", "Country of origin", "Where were you born?", "Citizenship", "Are you a citizen?",
	},
	"id_scan": {
		"Scan de la pièce d'identité", "Photo de votre carte d'identité", "Photocopie du passeport", "Numéro de passeport", "Scan du titre de séjour", "Passport scan", "Photo of ID card", "Scan of identity document",
	},
	"photo": {
		"Photo de la personne", "Photo de la tente", "Photos des tentes", "Portrait de la famille", "Selfie", "Photo of the person", "Picture of the tent", "Face photo",
	},
}

func TestForbiddenWordings(t *testing.T) {
	for rule, wordings := range forbidden {
		for _, wording := range wordings {
			if got := rules(t, label(wording)); got != rule {
				t.Errorf("%q breaks %q, want %s", wording, got, rule)
			}
		}
	}
}

func TestInnocentWordings(t *testing.T) {
	for _, wording := range []string{
		"Origine de la demande", "Race de l'animal", "Race du chien", "Races des animaux", "Pays de la Loire", "Voyage", "Gens du voyage", "Union libre", "Union européenne",
		"Sexe", "Genre", "Quelle est l'origine de la demande ?", "Syndic", "Syndic de copropriété", "Syndicat d'initiative", "Diagnostic social", "Diagnostic", "Diagnostic de territoire", "Consommation d'énergie", "Consommation d'eau",
		"Sécurité", "Accès à la sécurité sociale", "Avez-vous une assurance maladie ?", "Arrêt maladie", "Protection maladie", "Sortie du territoire", "Bonne foi", "Quelle est l'origine de vos ressources ?", "Besoin d'une photo d'identité", "Adresse", "Suite à une expulsion", "Droit de vote", "Combien de fois ?",
		"Une fois", "Finir", "Avenir", "Venir", "Punir", "Tenir", "Politique de la ville", "Quartier prioritaire de la politique de la ville", "Lieu de culte", "Santé", "Accès aux soins", "Couverture maladie",
		"Langue parlée", "Réfugié politique", "Où dormez-vous ?", "Depuis quand ?", "Vote du budget participatif", "Secours catholique", "Casier de consigne", "Détention d'un animal",
		"À peine", "Porter ma parole", "Dénomination de l'association", "Pénalités de retard", "L'eau jaillit", "Photo du lieu", "Avez-vous une pièce d'identité ?", "Papiers, démarches", "Numéro de téléphone", "Numéro de la rue", "Discriminations raciales subies",
		"Gel hydroalcoolique", "Centre d'addictologie", "Ne sait pas", "Né·e", "Date", "Pays",
		"Origin of the request", "Dog's race", "Trace", "Grace", "Needs diagnosis", "European Union", "Gender", "Sex", "Energy consumption", "Good faith", "Social diagnosis of needs",
		"Security", "Social security office", "Drugstore", "Sick leave", "Address", "Place of the meeting", "Country walks", "Voting rights", "Where were you last night?", "What do you need?",
	} {
		if got := rules(t, label(wording)); got != "" {
			t.Errorf("%q breaks %s", wording, got)
		}
	}
}

func TestNames(t *testing.T) {
	for name, want := range map[string]string{
		"nir": "nir", "num_secu": "nir", "ssn": "nir", "q12_religion": "religion", "q12religion": "religion", "paysNaissance": "birth_country", "country_of_birth": "birth_country", "origine_ethnique": "ethnic_origin",
		"finir": "", "race_animal": "", "sexe": "", "e_origin_request": "", "nb_fois": "",
	} {
		asked := xlsform.Asked{Path: "/data/" + name, Texts: []xlsform.Text{{Kind: xlsform.TextName, Value: name}, {Kind: xlsform.TextLabel, Value: "Question"}}}
		if got := rules(t, asked); got != want {
			t.Errorf("%s breaks %q, want %q", name, got, want)
		}
	}
	innocent := xlsform.Asked{Path: "/data/race", Texts: []xlsform.Text{{Kind: xlsform.TextName, Value: "race"}, {Kind: xlsform.TextLabel, Value: "Race de l'animal"}}}
	if got := rules(t, innocent); got != "" {
		t.Errorf("a name that the label explains breaks %s", got)
	}
}

// TestHintsMayForbid sees that a hint is free to say what not to write, and no
// more than that.
func TestHintsMayForbid(t *testing.T) {
	for hint, want := range map[string]string{
		"Pas de nom, pas de diagnostic médical":               "",
		"No diagnosis, no consumption":                        "",
		"Ne jamais noter la religion.":                        "",
		"Do not write down the country of birth":              "",
		"Noter la religion.":                                  "religion",
		"Ne notez pas le nom. Indiquez le pays de naissance.": "birth_country",
	} {
		asked := label("Question")
		asked.Texts = append(asked.Texts, xlsform.Text{Kind: xlsform.TextHint, Value: hint})
		if got := rules(t, asked); got != want {
			t.Errorf("%q breaks %q, want %q", hint, got, want)
		}
	}
	note := label("Ne demandez jamais la religion")
	if note.Type = "note"; rules(t, note) != "" {
		t.Error("a note may not forbid")
	}
}

func choices(labels ...string) []xlsform.Asked {
	var out []xlsform.Asked
	for _, l := range labels {
		out = append(out, xlsform.Asked{List: "l", Texts: []xlsform.Text{{Kind: xlsform.TextLabel, Value: l}}})
	}
	return out
}

func TestLists(t *testing.T) {
	for _, tt := range []struct {
		name, want string
		labels     []string
	}{
		{"countries", "birth_country", []string{"France", "Roumanie", "Géorgie", "Autre", "Mali"}},
		{"countries in English", "birth_country", []string{"Romania", "Georgia", "Sudan"}},
		{"religions", "religion", []string{"Catholique", "Musulmane", "Juive"}},
		{"origins", "ethnic_origin", []string{"Rom", "Maghrébin"}},
		{"one forbidden choice", "diagnosis", []string{"Papiers", "Séropositif"}},
		{"consumptions", "consumption", []string{"Cannabis", "Autre"}},
		{"languages", "", []string{"Français", "Arabe", "Roumain", "Géorgien", "Albanais", "Anglais"}},
		{"two destinations", "", []string{"Portugal", "Espagne"}},
		{"associations", "", []string{"Secours catholique", "Entraide protestante", "Secours islamique"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := rules(t, choices(tt.labels...)...); got != tt.want {
				t.Errorf("breaks %q, want %q", got, tt.want)
			}
		})
	}
}

// TestStayStatus sees that the short list passes under a condition, and only
// so.
func TestStayStatus(t *testing.T) {
	gated := label("Nationalité")
	gated.Observes, gated.Relevant, gated.List = "situation.stay_status", "${aid} = 'yes'", "l"
	short := slices.Clip(choices("Français", "UE", "Hors UE"))
	ungated, other, long := gated, gated, choices("a", "b", "c", "d", "e", "f")
	ungated.Relevant, other.Observes = "", "situation.activity"
	for name, tt := range map[string]struct {
		asked []xlsform.Asked
		want  string
	}{
		"gated":         {append(short, gated), ""},
		"always asked":  {append(short, ungated), "birth_country"},
		"other meaning": {append(short, other), "birth_country"},
		"long list":     {append(long, gated), "birth_country"},
	} {
		if got := rules(t, tt.asked...); got != tt.want {
			t.Errorf("%s breaks %q, want %q", name, got, tt.want)
		}
	}
}

// TestTypes sees what may be asked in a form about persons and in one about
// places.
func TestTypes(t *testing.T) {
	for _, tt := range []struct{ typ, appearance, observes, label, want string }{
		{"photo", "", "person.code", "Image", "photo"},
		{"photo", "annotate", "", "Image", "photo"},
		{"photo", "signature", "person.code", "Signature", ""},
		{"photo", "", "place.kind", "Image du lieu", ""},
		{"photo", "", "place.kind", "Les tentes", "photo"},
		{"photo", "", "place.kind", "Le passeport", "id_scan"},
		{"file", "", "person.code", "Titre de séjour", "id_scan"},
		{"geopoint", "", "encounter.at", "Lieu", "precise_place"},
		{"geoshape", "", "", "Lieu", "precise_place"},
		{"start-geopoint", "", "need.domain", "", "precise_place"},
		{"geopoint", "", "place.kind", "Lieu", ""},
		{"text", "", "person.code", "Lieu", ""},
	} {
		asked := label(tt.label)
		asked.Type, asked.Appearance, asked.Observes = tt.typ, tt.appearance, tt.observes
		if got := rules(t, asked); got != tt.want {
			t.Errorf("%+v breaks %q, want %q", tt, got, tt.want)
		}
	}
}

// TestIssues looks at one form whole: cells, sentences in both languages, one
// issue a row and rule.
func TestIssues(t *testing.T) {
	w, err := xlsform.ReadMarkdown(`
		| survey  |              |          |                       |               |
		|         | type         | name     | label::Français (fr)  | label::English (en) |
		|         | text         | religion | Religion              | Religion      |
		|         | begin_group  | g        | Groupe                | Group         |
		|         | text         | q        | Fine                  | Ethnicity     |
		|         | end_group    |          |                       |               |
		|         | select_one l | s        | Choix                 | Choice        |
		| choices |              |          |                       |               |
		|         | list_name    | name     | label::Français (fr)  | label::English (en) |
		|         | l            | a        | Alcool                | Alcohol       |
		|         | l            | b        | Drogues               | Drugs         |`)
	if err != nil {
		t.Fatal(err)
	}
	result, err := xlsform.Compile(w, xlsform.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range list(t).Check(result.Asked) {
		got = append(got, i.Cell().String()+" "+i.Code)
		if !strings.Contains(i.Message, "RGPD art. 9") || !strings.Contains(i.MessageEN, "GDPR art. 9") {
			t.Errorf("no article: %q, %q", i.Message, i.MessageEN)
		}
	}
	want := []string{"survey!C2 religion", "survey!D4 ethnic_origin", "choices!C2 consumption"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("issues (-want +got):\n%s", diff)
	}
}

func TestReadRefuses(t *testing.T) {
	head := "# version 1\nrule,least,types,allowed_for,words_fr,words_en,except_fr,except_en,article_fr,article_en,message_fr,message_en\n"
	if l, err := neverask.Read(strings.NewReader(head + "r,1,,,mot,word,,,a,a,m,m\n")); err != nil || l.Version != "1" {
		t.Fatalf("a right list: %v, %v", l, err)
	}
	for name, text := range map[string]string{
		"empty": "", "no version": strings.TrimPrefix(head, "# version 1\n") + "r,1,,,mot,word,,,a,a,m,m\n", "no rule": head,
		"least": head + "r,0,,,mot,word,,,a,a,m,m\n", "no article": head + "r,1,,,mot,word,,,a,,m,m\n", "nothing forbidden": head + "r,1,,,,,,,a,a,m,m\n",
		"article": head + "r,1,,,le mot,word,,,a,a,m,m\n",
		"columns": "# version 1\na,b\nc,d\n",
	} {
		if _, err := neverask.Read(strings.NewReader(text)); diagnostics.Code(err) != diagnostics.CodeCorrupt {
			t.Errorf("%s: %v", name, err)
		}
	}
}
