package workbook

import "strings"

// readMe is the first sheet: for whom, of when, what is hidden, and what the
// figures do not say.
func (n needsBook) readMe(tables []sheet) sheet {
	s := sheet{
		name:    n.t("00_Lisez-moi", "00_Read-me"),
		title:   n.title(),
		columns: []column{{n.t("Rubrique", "Heading"), 34, text}, {n.t("Contenu", "Content"), 110, text}},
	}
	add := func(w weight, head string, value any) {
		s.rows = append(s.rows, row{w, []any{head, value}})
	}
	if n.needs.Demo {
		add(alert, n.t("DÉMO", "DEMO (DÉMO)"), n.t(
			"Données inventées pour la démonstration. Aucun chiffre de ce classeur ne décrit une situation réelle.",
			"Data invented for the demonstration. No figure in this workbook describes a real situation."))
	}
	add(plain, n.t("Destinataires", "Audience"), capital(n.audience()))
	add(plain, n.t("Seuil", "Threshold"), as{n.needs.Threshold, figure})
	add(plain, n.t("Période, du", "Period, from"), as{n.needs.Period.From, date})
	add(plain, n.t("Période, au (compris)", "Period, to (included)"), as{n.needs.Period.To, date})
	add(plain, n.t("Filtres", "Filters"), n.t("Aucun : toutes les fiches finies présentes sur ce poste, corrections comprises",
		"None: every finished record on this laptop, corrections included"))
	add(plain, n.t("Équipes", "Teams"), as{n.needs.Teams, figure})
	add(plain, n.t("Produit le", "Made on"), as{n.GeneratedAt, moment})
	s.rows = append(s.rows, n.explanations()...)
	for i, t := range tables {
		head := ""
		if i == 0 {
			head = n.t("Feuilles", "Sheets")
		}
		add(plain, head, link{t.name})
	}
	return s
}

// explanations are the texts of the read-me, in the order of reading.
func (n needsBook) explanations() []row {
	texts := []struct{ head, fr, en string }{
		{
			n.t("Signe « s »", "The sign “s”"),
			"Case protégée : moins de {threshold} personnes (ou rencontres anonymes) derrière le chiffre, un seul ménage, ou une seule équipe quand l'analyse en couvre plusieurs. Un taux calculé à partir d'une case protégée est protégé aussi. Un zéro est un vrai zéro.",
			"Protected cell: fewer than {threshold} persons (or anonymous encounters) stand behind the figure, or one household, or one team where the analysis covers several. A rate computed from a protected cell is protected, too. A zero is a real zero.",
		},
		{
			n.t("Ce qui n'est pas encore protégé", "What is not protected yet"),
			"Seule la suppression primaire est faite. La suppression secondaire (masquer d'autres cases pour qu'un « s » ne puisse pas être retrouvé par soustraction d'un total, d'une autre feuille ou d'une autre édition) n'est pas encore faite : relire le classeur avant de le diffuser au-delà des destinataires ci-dessus.",
			"Only primary suppression is done. Secondary suppression (hiding further cells, so that an “s” cannot be worked out from a total, another sheet or another edition) is not done yet: read the workbook over before passing it beyond the audience above.",
		},
		{
			n.t("D'où viennent les chiffres", "Where the figures come from"),
			"Des fiches finies par les équipes de terrain : maraudes, entretiens, comptages. Une fiche corrigée ne compte qu'une fois, dans sa dernière version.",
			"From records finished by field teams: tours, interviews, counts. A corrected record counts once, in its last version.",
		},
		{
			n.t("Limites", "Limits"),
			"Les équipes ne vont pas partout, ni à toute heure. Les rencontres anonymes ne peuvent pas être dédoublonnées : une personne vue dix fois sans code compte dix rencontres. Un besoin noté dépend de ce que la personne dit, de ce que l'équipe voit et de ce que le formulaire demande.",
			"Teams do not go everywhere, nor at every hour. Anonymous encounters cannot be told apart: a person seen ten times without a code counts as ten encounters. A need noted depends on what the person says, what the team sees and what the form asks.",
		},
		{
			n.t("Ce que ces chiffres ne disent pas", "What these figures do not say"),
			"Ils ne comptent pas les personnes à la rue et ne mesurent pas la pauvreté d'un quartier. Un quartier sans chiffre n'est pas un quartier sans besoin. Ils ne jugent ni une personne, ni une équipe, ni un service. Une hausse peut venir d'une équipe qui sort plus. Les chiffres proposent ; seul un tour de table reconnaît un besoin.",
			"They do not count the people who live in the street, nor measure the poverty of a district. A district without figures is not a district without needs. They judge no person, no team, no service. A rise may come from a team that goes out more. Figures propose; only a round table recognises a need.",
		},
	}
	var rows []row
	for _, t := range texts {
		words := strings.ReplaceAll(n.t(t.fr, t.en), "{threshold}", itoa(n.needs.Threshold))
		rows = append(rows, row{plain, []any{t.head, words}})
	}
	return rows
}

// definitions say how each figure is made.
func (n needsBook) definitions() sheet {
	s := sheet{
		name:    n.t("23_Définitions", "23_Definitions"),
		title:   n.t("Définitions et calculs", "Definitions and formulas"),
		columns: []column{{n.t("Terme", "Term"), 34, text}, {n.t("Définition", "Definition"), 110, text}},
		freeze:  1,
	}
	for _, d := range definitions {
		s.rows = append(s.rows, row{plain, []any{n.t(d.term.FR, d.term.EN), n.t(d.means.FR, d.means.EN)}})
	}
	return s
}
