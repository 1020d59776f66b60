package table

import (
	"slices"
	"strings"

	"solidaren/diagnostics/likeness"
)

// column is one field of a directory's file: the headers under which it stands,
// as plainWords writes them, and what reads its cells.
type column struct {
	field   string
	headers []string
	read    func(l *line, field string, c cellText)
}

// commonColumns are those that actors and actions both have. Among the headers
// are those of data·inclusion.
var commonColumns = []column{
	{"code", []string{"id", "code", "identifiant", "key", "cle"}, (*line).code},
	{"description", []string{"description", "presentation", "presentation resume", "resume", "summary"}, (*line).textCell},
	{"districts", []string{"quartier", "quartiers", "district", "districts", "zone", "zone eligibilite"}, (*line).districts},
	{"opening_hours", []string{"horaires", "horaires d ouverture", "horaires ouverture", "horaires accueil", "horaires d accueil", "opening hours", "hours"}, (*line).hours},
	{"phone", []string{"telephone", "tel", "phone", "numero"}, (*line).phone},
	{"address", []string{"adresse", "address", "lieu"}, (*line).textCell},
	{"checked_on", []string{"date maj", "mis a jour", "mis a jour le", "mise a jour", "date de mise a jour", "verifie le", "verifie", "checked on", "checked", "updated", "updated on"}, (*line).date},
}

var actorColumns = append([]column{
	{"name", []string{"nom", "name", "acteur", "actor", "structure", "organisme", "organisation"}, (*line).textCell},
	{"kind", []string{"type", "kind", "nature", "typologie"}, coded("actor_kind")},
	{"email", []string{"courriel", "email", "e mail", "mail"}, (*line).textCell},
	{"site", []string{"site", "site web", "website", "web"}, (*line).textCell},
}, commonColumns...)

var actionColumns = append([]column{
	{"name", []string{"nom", "name", "action", "service", "intitule", "label"}, (*line).textCell},
	{"name_en", []string{"nom anglais", "nom en anglais", "name en", "english name", "label en"}, (*line).textCell},
	{"actor", []string{"acteur", "actor", "structure", "structure id", "organisme", "organisation", "porteur"}, nil},
	{"needs", []string{"besoin", "besoins", "need", "needs", "thematique", "thematiques", "themes"}, (*line).needs},
	{"publics", []string{"public", "publics", "pour qui"}, (*line).publics},
	{"animals", []string{"animaux", "animal", "animals", "pets", "chiens", "animaux acceptes"}, (*line).yesNo},
	{"fees", []string{"frais", "fees", "tarif", "cost", "price", "prix"}, (*line).textCell},
	{"conditions", []string{"conditions", "conditions acces", "conditions d acces", "access"}, (*line).textCell},
	{"capacity", []string{"capacite", "capacity", "places"}, (*line).number},
	{"phase", []string{"phase", "etape", "stage"}, coded("phase")},
	{"saturation", []string{"saturation", "disponibilite", "availability", "etat"}, coded("saturation")},
	{"saturation_on", []string{"saturation le", "saturation on", "date saturation", "date de saturation"}, (*line).date},
}, commonColumns...)

// match finds the column of each field, and the columns that are no field's.
func match(header []string, columns []column) (where map[string]int, unknown []int) {
	where = map[string]int{}
	for i, text := range header {
		plain := plainWords(text)
		at := slices.IndexFunc(columns, func(c column) bool { return slices.Contains(c.headers, plain) })
		switch {
		case plain == "":
		case at < 0:
			unknown = append(unknown, i)
		default:
			if _, twice := where[columns[at].field]; twice {
				unknown = append(unknown, i)
				continue
			}
			where[columns[at].field] = i
		}
	}
	return where, unknown
}

// plainWords writes a text without accents, capitals and signs.
func plainWords(text string) string { return strings.Join(likeness.Fold(text), " ") }
