package main

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

// TestDiagnosticBudget is G3: a diagnostic on an outing, one person, three
// needs, sixty characters of their own words.
func TestDiagnosticBudget(t *testing.T) {
	a, folder := goalApp(t)
	a.startOuting()
	said := "dormir au chaud, garder mon chien, manger le lundi matin ici"
	budget{
		goal: "G3", what: "diagnostic, one person, three needs", most: 40, perKey: keyGloves, seconds: 180, texts: written(t, 60, said),
		keys: "· 1 Return · 1" + // a talk, one person, told by word of mouth
			" · 1 · 1 1 · 3" + // anonymous, a man alone, 25 to 39
			" · t e n Return · 3 · 1 · 1 · 3 · 2 Return · 2" + // a tent, since, a pet, phone, no 115, why, nobody follows
			" · 1 · 4 · 8 Return · % Tab · 2" + // food, shelter, health; words; within days
			" · 1 · 4 Return" + // what was done
			" · s i Return Return · 1" + // towards the SIAO, who accepts
			" ctrl+Return",
	}.press(a)
	a.shot("diagnostic")
	a.settle()
	a.quit()

	nb := opened(t, folder)
	rows := night(t, nb)
	if len(rows) != 1 || rows[0].District != "q11" || rows[0].Persons != 1 || rows[0].Needs != 3 {
		t.Fatalf("the night has %+v", rows)
	}
	holds(t, nb.Store, rows[0].ID, map[string]int{"need": 3, "encounter": 1, "situation": 1, "referral": 1}, map[string]string{
		"encounter.contact_kind": "talk", "situation.night_place": "tent", "need.own_words": said, "need.urgency": "days", "referral.to": "siao_115",
	})
}

// TestFullCountBudget is G5 for who answers: the Nuit de la Solidarité in full.
func TestFullCountBudget(t *testing.T) {
	a, folder := goalApp(t)
	a.startCount()
	budget{
		goal: "G5", what: "counted in full", most: 30, perKey: keyGloves, seconds: 60,
		keys: "· 1 Return · 2 · 2" + // alone, awake, not counted before
			" · 2 · r Return · 1" + // does not know where, the street, agrees to questions
			" · 1 · 3 · 0 Return · 1 · 3 · 3 · 2 Return · 2 · 1 Return · 1 3 · 4 Return" +
			" ctrl+Return",
	}.press(a)
	a.shot("counted")
	a.settle()
	a.quit()
	nb := opened(t, folder)
	rows := night(t, nb)
	if len(rows) != 1 || rows[0].Persons != 1 || rows[0].Asleep {
		t.Fatalf("the night has %+v", rows)
	}
	holds(t, nb.Store, rows[0].ID, map[string]int{"count": 1}, map[string]string{"count.gender": "f"})
}

// TestInterviewBudget is G4: an interview typed from a notebook, with three
// rights, two needs, a referral and 600 characters. Nothing here can move or
// press the mouse: only keys are sent.
func TestInterviewBudget(t *testing.T) {
	a, folder := goalApp(t)
	texts := []string{
		"un logement pour que les enfants restent dans la meme ecole, et ne plus demenager tous les mois",
		"les voisins, le square devant, la ligne de bus",
		"garder une place au chaud pour toute la famille sans etre separes, meme pour quelques nuits",
		"comprendre les courriers de la caisse avant que les dettes ne montent encore",
		"couture, cuisine pour beaucoup de monde, deux langues",
		"travailler a mi-temps et inscrire le petit au sport",
		"appeler la bailleuse avec elle, puis porter la demande au guichet jeudi matin",
		"la fatigue des trajets entre trois guichets, que nulle question ne demande",
		"revoir ensemble son dossier de la caf",
	}
	budget{
		goal: "G4", what: "interview from a notebook", most: 130, perKey: keyOffice, seconds: 360, texts: written(t, 600, texts...),
		keys: "· ctrl+e" +
			" · a Return · a c Return · b l Return · Return · 1 · 1 · % Tab · 2 3 Return" + // A
			" · o · 4 · 1 Return · 2 Return · 4 · 1 · 1" + // B
			" · o · c Return · 3 · 3 Return · 2 · % Tab · Return" + // C
			" · o · 1 7 Return · 3 · 1 · 2" + // D
			" · o · r Return · 1" + // E, three rights
			" · c o Return · 3 · 1 · 2 Return" +
			" · d a Return · 3 · 2 · 5 Return" +
			" · Return · 2 · 1" +
			" · o · Return · 4 · % Tab · 1 · 2 · 3 · 2 Return · 2" + // F, two needs
			" · 5 · % Tab · 1 · 3 · 3 · 1 Return · 2 · Return" +
			" · o · 3 Return · 2 · 2 · 1" + // G
			" · p" + // H
			" · o · 3 · % Next" + // I
			" · o · 1 · 2 Return · 1" + // J
			" · o · 1 2 Return · % Tab · 2 Return" + // L
			" · c c Return · 2 · 1 · 1 · Return · % Tab · plus 7 Return · % Tab · 1 · % ctrl+Return", // N
	}.press(a)
	a.shot("interview")
	a.quit()
	nb := opened(t, folder)
	rows, err := nb.Store.Finished(t.Context(), store.FinishedFilter{Limit: 5})
	if err != nil || len(rows) != 1 {
		t.Fatalf("the notebook has %+v, %v", rows, err)
	}
	holds(t, nb.Store, rows[0].ID, map[string]int{"right": 3, "need": 2, "referral": 1, "followup": 1}, map[string]string{
		"need.own_words": texts[3], "need.domain": "housing", "right.right": "rsa", "right.nontakeup_form": "nondemand",
		"referral.to": "ccas_accueil", "followup.what": texts[6],
	})
}

// written are texts that are together as long as their goal says, in characters.
func written(t *testing.T, length int, texts ...string) []string {
	t.Helper()
	if n := utf8.RuneCountInString(strings.Join(texts, "")); n != length {
		t.Errorf("%d characters are written, the goal says %d", n, length)
	}
	return texts
}

// goalApp starts the real program on a new notebook and unlocks it.
func goalApp(t *testing.T) (*app, string) {
	t.Helper()
	if testing.Short() {
		t.Skip("needs a screen and a minute")
	}
	d := newDesktop(t)
	p := buildPrograms(t)
	folder := filepath.Join(t.TempDir(), "carnet")
	p.ctl(folder, "vault", "create")
	a := d.start(p.path("solidaren"), "--vault", folder, "--lang", "fr")
	a.unlock()
	return a, folder
}

// startOuting starts an outing in Le Blosne, in the street.
func (a *app) startOuting() {
	a.keys("ctrl+" + digit["2"])
	a.title("Maraude")
	a.still()
	a.text("Maraude nord")
	a.keys("Return")
	a.keys("a", "Return")
	a.digits("3", "1")
	a.keys("Return")
	a.still()
	a.keys("ctrl+l", "a", digit["1"])
}

// startCount starts a Nuit de la Solidarité, in the street.
func (a *app) startCount() {
	a.keys("ctrl+k")
	a.text("nuit de la")
	a.keys("Return")
	a.still()
	for _, text := range []string{"Secteur sept", "Nuit", "S"} {
		a.text(text)
		a.keys("Return")
	}
	a.keys("a", "Return")
	a.digits("2", "1")
	a.keys("Return")
	a.still()
	a.text("rue")
	a.keys("Return")
}

// holds checks what a diagnostic observed: how many records of each type, and
// answers, as "type.field" of any of them.
func holds(t *testing.T, nb interface {
	Children(ctx context.Context, diagnostic string) ([]diagnostics.Record, error)
}, id string, counts map[string]int, answers map[string]string,
) {
	t.Helper()
	children, err := nb.Children(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	said := map[string]bool{}
	for _, r := range children {
		found[string(r.Type)]++
		for field := range r.Fields {
			said[string(r.Type)+"."+field+"="+r.Get(field)] = true
		}
	}
	for typ, want := range counts {
		if found[typ] != want {
			t.Errorf("%d records of %s, want %d", found[typ], typ, want)
		}
	}
	for field, want := range answers {
		if !said[field+"="+want] {
			t.Errorf("no %s is %q", field, want)
		}
	}
	if t.Failed() {
		t.Logf("the diagnostic holds %v", said)
	}
}
