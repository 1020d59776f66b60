package handover_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	"solidaren/sync/handover"
)

var night = time.Date(2026, 1, 22, 23, 0, 0, 0, time.UTC)

func issue(t *testing.T, sector string) handover.Issued {
	t.Helper()
	issued, err := handover.Issue(" Nuit 2026 ", sector, "q01 q02", "équipe 4", night)
	if err != nil {
		t.Fatal(err)
	}
	return issued
}

func counted(sector string) []diagnostics.Record {
	return []diagnostics.Record{
		{ID: diagnostics.NewID(), Type: diagnostics.TypeTour, Fields: diagnostics.Values{"kind": "count", "op": "Nuit 2026", "sector": sector, "start": diagnostics.FormatTime(night)}},
		{ID: diagnostics.NewID(), Type: diagnostics.TypeDiagnostic, Fields: diagnostics.Values{"form_id": "nuit_solidarite", "texts": `{"n_say":"il fait froid"}`}},
		{ID: diagnostics.NewID(), Type: diagnostics.TypeCount, Fields: diagnostics.Values{"op": "Nuit 2026", "sector": sector, "seen": "2"}},
	}
}

func seal(t *testing.T, token handover.Token, records []diagnostics.Record) []byte {
	t.Helper()
	file, err := handover.Seal(token, records, night)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestThereAndBack(t *testing.T) {
	issued := issue(t, "S04")
	token, err := handover.FindToken("Bonjour,\nvoici votre secteur :\n" + issued.String()[:70] + "\n" + issued.String()[70:] + "\nMerci")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(issued.Token, token); diff != "" {
		t.Errorf("the token (-given +found):\n%s", diff)
	}
	records := counted("S04")
	file := seal(t, token, records)
	if strings.Contains(string(file), "froid") || bytes.Contains(file, []byte("Nuit")) {
		t.Error("the file shows what it holds")
	}
	opened, err := handover.Open(file, []handover.Issued{issue(t, "S01"), issued})
	if err != nil {
		t.Fatal(err)
	}
	if records[0].Get("end") != "" {
		t.Error("sealing changed the records")
	}
	records[0].Fields["end"] = diagnostics.FormatTime(night) // nobody is out on the other computer
	if diff := cmp.Diff(records, opened.Records); diff != "" || opened.Issued.Sector != "S04" || opened.Strange != 0 {
		t.Errorf("strange %d, records (-sealed +opened):\n%s", opened.Strange, diff)
	}
	other, err := handover.Open(seal(t, token, counted("S09")), []handover.Issued{issued})
	if err != nil || other.Strange != 1 {
		t.Errorf("counts of another sector: %d, %v", other.Strange, err)
	}
}

func TestOpenRefuses(t *testing.T) {
	issued := issue(t, "S04")
	file := seal(t, issued.Token, counted("S04"))
	want := func(name string, file []byte, with []handover.Issued, code diagnostics.ErrorCode) {
		t.Helper()
		if _, err := handover.Open(file, with); diagnostics.Code(err) != code {
			t.Errorf("%s: %v, want %s", name, err, code)
		}
	}
	mine := []handover.Issued{issued}
	want("another notebook's", file, []handover.Issued{issue(t, "S04")}, diagnostics.CodeNotFound)
	want("no hand-over", []byte("bonjour\nle monde"), mine, diagnostics.CodeInvalid)
	want("nothing", nil, mine, diagnostics.CodeInvalid)
	for i := len("solidaren-remise-1 ") + 37; i < len(file); i += 7 {
		changed := bytes.Clone(file)
		changed[i] ^= 1
		want("a changed byte", changed, mine, diagnostics.CodeCorrupt)
	}
	for _, n := range []int{len(file) - 1, len(file) / 2, 80} {
		want("a part", file[:n], mine, diagnostics.CodeCorrupt)
	}
	forged := issued.Token
	forged.Secret = []byte("not the secret, 16")
	want("sealed by who has no token", seal(t, forged, counted("S04")), mine, diagnostics.CodeCorrupt)
}

func TestNobodysCardIsHandedOver(t *testing.T) {
	issued := issue(t, "S04")
	for name, r := range map[string]diagnostics.Record{
		"a person":          {ID: diagnostics.NewID(), Type: diagnostics.TypePerson, Fields: diagnostics.Values{"code": "K7QM-4TR"}},
		"a need of someone": {ID: diagnostics.NewID(), Type: diagnostics.TypeNeed, Fields: diagnostics.Values{"domain": "food", "person": diagnostics.NewID()}},
		"a note":            {ID: diagnostics.NewID(), Type: diagnostics.TypeNote, Fields: diagnostics.Values{"private": "x"}},
	} {
		if _, err := handover.Seal(issued.Token, []diagnostics.Record{r}, night); diagnostics.Code(err) != diagnostics.CodeForbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := handover.Issue("", "S04", "", "", night); diagnostics.Code(err) != diagnostics.CodeInvalid {
		t.Errorf("a sector of no operation: %v", err)
	}
}

func TestFindTokenRefuses(t *testing.T) {
	word := issue(t, "S04").String()
	for _, text := range []string{"", "secteur", word[:len(word)-3], word[:40] + "a" + word[41:], strings.Replace(word, "secteur", "solida", 1)} {
		if _, err := handover.FindToken(text); diagnostics.Code(err) != diagnostics.CodeInvalid {
			t.Errorf("%.20s: %v", text, err)
		}
	}
}

func FuzzOpen(f *testing.F) {
	issued, err := handover.Issue("Nuit", "S1", "", "", night)
	if err != nil {
		f.Fatal(err)
	}
	file, err := handover.Seal(issued.Token, counted("S1"), night)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(file)
	f.Fuzz(func(t *testing.T, changed []byte) {
		if _, err := handover.Open(changed, []handover.Issued{issued}); err == nil && !bytes.Equal(changed, file) {
			t.Error("a file that was not made with the token was opened")
		}
	})
}
