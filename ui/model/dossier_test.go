package model_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/ui/model"
)

// Every field of every record about a person has words of its own.
func TestEveryFieldHasWords(t *testing.T) {
	for _, e := range diagnostics.Entities() {
		switch e.Type {
		case diagnostics.TypeTour, diagnostics.TypeTerritory, diagnostics.TypeCount, diagnostics.TypeActor, diagnostics.TypeAction:
			continue // about nobody
		}
		for _, f := range e.Fields {
			switch f.Name {
			case "diagnostic", "encounter", "person", "tour", "corrects", "answers", "texts", "referral", "record":
				continue // ids, and what is shown question by question
			}
			if model.FieldLabel(f.Name, "fr") == f.Name || model.FieldLabel(f.Name, "en") == f.Name {
				t.Errorf("%s.%s has no words", e.Type, f.Name)
			}
		}
	}
}

// The document holds everything that is known of the person: identity, answers
// in words, free text, working notes, agreements, requests, corrections, who has
// the data; and nothing about anybody else.
func TestDossier(t *testing.T) {
	d := newDesk(t)
	code := diagnostics.NewPersonCode(nil)
	w := write(d, model.NewEntry(d.Desk, "maraude"))
	w.answer(talk...)
	w.answer("m_link", "new", "m_code", code)
	w.finish()
	card, err := d.Notebook.PersonByCode(t.Context(), code)
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range []diagnostics.Values{{"identity.names": "Łucja Zéphyrine"}, {"identity.names": "Łucja Canari", "gender": "f"}} {
		if _, err := d.Notebook.Update(t.Context(), card.ID, set); err != nil {
			t.Fatal(err)
		}
	}
	about := func(recordType string, fields diagnostics.Values) {
		fields["person"] = card.ID
		d.create(recordType, fields)
	}
	about(diagnostics.TypeNote, diagnostics.Values{"private": "préfère le matin", "at": "2026-11-20T09:00:00Z"})
	about(diagnostics.TypeConsent, diagnostics.Values{"purpose": "quote", "given": "yes", "proof": "dit à voix haute"})
	about(diagnostics.TypeReferral, diagnostics.Values{"to": "a12", "share": "yes"})
	about(diagnostics.TypeRequest, diagnostics.Values{"kind": "access", "identity_checked": "code"})
	other := d.create(diagnostics.TypePerson, diagnostics.Values{"identity.names": "Personne d'autre"})
	d.create(diagnostics.TypeNeed, diagnostics.Values{"person": other.ID, "domain": "food", "own_words": "mots d'une autre"})

	if err := d.Notebook.KeepSafeguards(t.Context(), diagnostics.Safeguards{Officer: "dpo@association.example"}, ""); err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string][]string{
		"fr": {
			"dpo@association.example", code, "Łucja Canari", "Łucja Zéphyrine", "une douche le dimanche", "préfère le matin", "Note de travail", "Porter ma parole", "dit à voix haute",
			"Voir ses données", "Code et prénom d'usage", "ce poste seul", "Partage accepté", "Oui", "Genre", "Femme", "23/11/2028",
		},
		"en": {code, "Łucja Canari", "une douche le dimanche", "Working note", "Carry my words", "See their data", "this computer alone", "Gender", "Woman"},
	} {
		doc, err := d.Dossier(t.Context(), card.ID, lang)
		if err != nil {
			t.Fatal(err)
		}
		var pdf, data bytes.Buffer
		if err := doc.Write(&pdf); err != nil {
			t.Fatal(err)
		}
		if err := doc.WriteJSON(&data); err != nil || !json.Valid(data.Bytes()) {
			t.Fatalf("JSON: %v", err)
		}
		for place, text := range map[string]string{"document": pdfText(t, pdf.Bytes()), "data": data.String()} {
			for _, phrase := range want {
				inData := phrase == code || strings.Contains(phrase, "Łucja") || strings.Contains(phrase, "douche") || strings.Contains(phrase, "matin")
				if (place == "document" || inData) && !strings.Contains(text, phrase) {
					t.Errorf("%s: %q is not in the %s", lang, phrase, place)
				}
			}
			if strings.Contains(text, "autre") && strings.Contains(text, "mots d'une autre") || strings.Contains(text, "Personne d'autre") {
				t.Errorf("%s: somebody else is in the %s", lang, place)
			}
		}
	}
	log, err := d.Notebook.Accesses(t.Context(), store.AccessFilter{Target: card.ID, Limit: 1})
	if err != nil || log[0].Action != diagnostics.ActionExport || log[0].Purpose != "right" {
		t.Errorf("the access log: %v, %v", log, err)
	}
}

// pdfText reads a document as a reader would.
func pdfText(t *testing.T, pdf []byte) string {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not installed")
	}
	file := filepath.Join(t.TempDir(), "dossier.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	if keep := os.Getenv("SOLIDAREN_KEEP_PDF"); keep != "" {
		_ = os.WriteFile(keep, pdf, 0o600)
	}
	return string(text)
}
