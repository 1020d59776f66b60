package workbook

// codebook is the sheet that says what each column and code means.
func (r *rawBook) codebook() sheet {
	return sheet{
		name:  r.t("99_Dictionnaire", "99_Codebook"),
		title: r.t("Dictionnaire des questions et des codes", "Codebook of questions and codes"),
		intro: []string{r.t("Une ligne par question, puis une par choix.", "One row a question, then one a choice.")},
		columns: []column{
			{r.t("Feuille", "Sheet"), 22, text},
			{r.t("Question", "Question"), 20, text},
			{r.t("Libellé", "Label"), 48, text},
			{r.t("Type", "Type"), 14, text},
			{r.t("Observe", "Observes"), 24, text},
			{r.t("Code", "Code"), 16, text},
			{r.t("Libellé du code", "Label of the code"), 40, text},
		},
		freeze: 2, filter: true,
	}
}

// codes are the rows of the codebook for the columns of a sheet.
func (r *rawBook) codes(sheet string, columns []rawColumn) []row {
	var rows []row
	for _, c := range columns {
		rows = append(rows, row{group, []any{sheet, c.name(), c.Label, r.typeName(c.Question), c.Observes, "", ""}})
		for _, choice := range c.Choices {
			rows = append(rows, row{plain, []any{sheet, c.name(), "", "", "", choice.Value, choice.Label}})
		}
	}
	return rows
}

// typeName is the kind of a question in words.
func (r *rawBook) typeName(q Question) string {
	switch {
	case q.Control == "select1":
		return r.t("un choix", "one choice")
	case q.Control == "select":
		return r.t("plusieurs choix", "several choices")
	case q.Control == "":
		return r.t("calcul", "calculation")
	}
	switch q.format() {
	case whole, general:
		return r.t("nombre", "number")
	case date:
		return r.t("date", "date")
	case moment:
		return r.t("date et heure", "date and time")
	}
	return r.t("texte", "text")
}
