package workbook

import (
	"context"
	"fmt"
	"io"
	"strings"

	"solidaren/diagnostics"
)

// AnswerSource gives the finished diagnostics of a form with their answers,
// those that a correction took the place of left out, in any order but always
// the same one.
type AnswerSource interface {
	// CountAnswers tells how many rows Answers gives, and whether one of them is
	// made up. Codes: internal, timeout.
	CountAnswers(ctx context.Context, form string, p diagnostics.Period) (rows int, demo bool, err error)
	// Answers ends with the error of fn, or with the context's. Codes: internal,
	// corrupt, timeout.
	Answers(ctx context.Context, form string, p diagnostics.Period, fn func(diagnostics.AnswerRow) error) error
}

// RawOptions of an export of answers.
type RawOptions struct {
	Options
	Period diagnostics.Period
	Forms  []Form
	// Texts adds the free texts, which are opened one by one. Identities, places,
	// working notes and stay_status are never written.
	Texts    bool
	Progress func(rows int) // rows written so far, over all sheets; may be nil
}

// WriteRaw writes the answers: a sheet a form with one row a finished
// diagnostic, a sheet a repeat with one row an instance, and the codebook.
// Rows go from the source to w one by one; nothing is kept, nor written to
// another file. Codes: too_large (more rows than a sheet holds), those of the
// source, the context's error, that of w.
func WriteRaw(ctx context.Context, w io.Writer, src AnswerSource, o RawOptions) error {
	b := newBook(o.Options)
	defer b.close()
	r := rawBook{book: b, src: src, options: o, ctx: ctx}
	counted, err := r.count()
	if err != nil {
		return fmt.Errorf("workbook: count answers: %w", err)
	}
	b.footer = r.title(counted.demo)
	sheets, err := r.sheets(counted)
	if err != nil {
		return err
	}
	for _, s := range sheets {
		if err := b.add(s); err != nil {
			return fmt.Errorf("workbook: sheet %s: %w", s.name, err)
		}
	}
	return b.write(ctx, w, r.title(counted.demo))
}

// rawBook lays answers out as sheets.
type rawBook struct {
	*book
	src     AnswerSource
	options RawOptions
	ctx     context.Context
	written int
}

// counted is what must be known before the first row is written.
type counted struct {
	rows map[string]int // by form
	demo bool
}

// maxRows is the number of rows of a sheet in the file format, less the
// headers.
const maxRows = 1<<20 - 1

func (r *rawBook) count() (counted, error) {
	c := counted{rows: map[string]int{}}
	for _, f := range r.options.Forms {
		rows, demo, err := r.src.CountAnswers(r.ctx, f.ID, r.options.Period)
		if err != nil {
			return c, err
		}
		c.rows[f.ID], c.demo = rows, c.demo || demo
		if rows > maxRows {
			return c, tooMany()
		}
	}
	return c, nil
}

func tooMany() error {
	return diagnostics.E("workbook.WriteRaw", diagnostics.CodeTooLarge,
		"Trop de fiches pour une feuille Excel : choisissez une période plus courte.",
		"Too many records for one Excel sheet: choose a shorter period.", nil)
}

func (r *rawBook) title(demo bool) string {
	title := r.t("Données brutes", "Raw data")
	if demo {
		title = r.demo() + " – " + title
	}
	return title
}

// sheets gives the read-me, the sheets of answers, the codebook.
func (r *rawBook) sheets(c counted) ([]sheet, error) {
	var tables []sheet
	taken := map[string]bool{}
	book := r.codebook()
	for _, f := range r.options.Forms {
		main := f.ID
		for _, repeat := range append([]string{""}, f.Repeats...) {
			columns := r.rawColumns(f, repeat)
			if repeat != "" && len(columns) == 0 {
				continue // nothing of it may be written
			}
			name := main
			if repeat != "" {
				name += "." + repeat[strings.LastIndex(repeat, "/")+1:]
			}
			s, err := r.answers(sheetName(name, taken), f, repeat, columns)
			if err != nil {
				return nil, err
			}
			tables = append(tables, s)
			book.rows = append(book.rows, r.codes(s.name, columns)...)
		}
	}
	tables = append(tables, book)
	return append([]sheet{r.readMe(c, tables)}, tables...), nil
}

// longestName is the limit of the file format for the name of a sheet.
const longestName = 31

// sheetName makes a name that Excel accepts and that no other sheet has.
func sheetName(name string, taken map[string]bool) string {
	clean := []rune(strings.Map(func(c rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, c) || c < ' ' {
			return '_'
		}
		return c
	}, name))
	for n := 1; ; n++ {
		suffix := ""
		if n > 1 {
			suffix = "~" + itoa(n)
		}
		candidate := string(clean[:min(len(clean), longestName-len(suffix))]) + suffix
		if key := strings.ToLower(candidate); !taken[key] {
			taken[key] = true
			return candidate
		}
	}
}

func (r *rawBook) readMe(c counted, tables []sheet) sheet {
	s := sheet{
		name: r.t("00_Lisez-moi", "00_Read-me"), title: r.title(c.demo),
		columns: []column{{r.t("Rubrique", "Heading"), 34, text}, {r.t("Contenu", "Content"), 110, text}},
	}
	add := func(w weight, head string, value any) { s.rows = append(s.rows, row{w, []any{head, value}}) }
	if c.demo {
		add(alert, r.t("DÉMO", "DEMO (DÉMO)"), r.t("Fiches inventées pour la démonstration.", "Records invented for the demonstration."))
	}
	add(alert, r.t("À protéger", "Protect this file"), r.t(
		"Ce classeur contient une ligne par fiche : des données pseudonymes sur des personnes. Rien n'y est masqué. Il se garde sur un support chiffré, ne s'envoie pas par courriel et s'efface après usage.",
		"This workbook holds one row a record: pseudonymous data about persons. Nothing in it is hidden. Keep it on an encrypted medium, do not send it by e-mail, delete it after use."))
	add(plain, r.t("Période, du", "Period, from"), as{r.options.Period.From, date})
	add(plain, r.t("Période, au (compris)", "Period, to (included)"), as{r.options.Period.To, date})
	add(plain, r.t("Produit le", "Made on"), as{r.GeneratedAt, moment})
	for _, f := range r.options.Forms {
		add(plain, r.t("Fiches : ", "Records: ")+f.Title, as{c.rows[f.ID], figure})
	}
	add(plain, r.t("Ce qui n'y est jamais", "What is never in it"), r.t(
		"Noms, surnoms, dates de naissance, téléphones, lieux précis, notes de travail, nationalité ou titre de séjour.",
		"Names, nicknames, birth dates, telephones, exact places, working notes, nationality or stay status."))
	add(plain, r.t("Qui n'y est pas", "Who is not in it"), r.t(
		"Les personnes qui refusent le partage ou s'opposent à l'usage de leurs données, et les dossiers archivés. L'analyse des besoins les compte, sauf les oppositions.",
		"Persons who refuse sharing or object to the use of their data, and archived files. The needs analysis counts them, but for objections."))
	texts := r.t("Non.", "No.")
	if r.options.Texts {
		texts = r.t("Oui, à la demande : ils peuvent décrire une personne sans la nommer.",
			"Yes, as asked: they may describe a person without the name.")
	}
	add(plain, r.t("Textes libres", "Free texts"), texts)
	for i, t := range tables {
		head := ""
		if i == 0 {
			head = r.t("Feuilles", "Sheets")
		}
		add(plain, head, link{t.name})
	}
	return s
}
