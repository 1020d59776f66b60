package paper_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"solidaren/assets"
	"solidaren/diagnostics/paper"
	"solidaren/diagnostics/vault"
)

func sheet(lang, symbol string) paper.Recovery {
	return paper.Recovery{
		Groups: []string{"K7QM", "4TRW", "P2XA", "9HCB", "ZZ22", "MMWW", "ABCD", "6789"},
		Symbol: symbol, Drawing: assets.Symbol(symbol), Made: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC), Lang: lang,
	}
}

// Each sheet is one page of A4 that holds the code and what to do with it.
func TestRecovery(t *testing.T) {
	for _, lang := range []string{"fr", "en"} {
		for _, symbol := range append(vault.Symbols(), "") {
			var out, again bytes.Buffer
			if err := sheet(lang, symbol).Write(&out); err != nil {
				t.Fatal(err)
			}
			if err := sheet(lang, symbol).Write(&again); err != nil || !bytes.Equal(out.Bytes(), again.Bytes()) {
				t.Fatalf("%s %s: two sheets differ, error %v", lang, symbol, err)
			}
			if pages := bytes.Count(out.Bytes(), []byte("/Type /Page\n")); pages != 1 {
				t.Errorf("%s %s: %d pages", lang, symbol, pages)
			}
			if !bytes.Contains(out.Bytes(), []byte("595.28 841.89")) {
				t.Errorf("%s %s: not A4", lang, symbol)
			}
		}
	}
}

func TestRecoveryReads(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext (poppler-utils) is missing")
	}
	tests := map[string][]string{
		"fr": {"Fiche de secours", "« ancre »", "24/11/2026", "deux enveloppes fermées", "Phrase oubliée", "Si la fiche est perdue"},
		"en": {"Recovery sheet", "“ancre”", "24 November 2026", "two sealed envelopes", "Passphrase forgotten", "If the sheet is lost"},
	}
	for lang, wants := range tests {
		var out bytes.Buffer
		if err := sheet(lang, "ancre").Write(&out); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "sheet.pdf")
		if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		text, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", file, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range append(wants, "K7QM", "4TRW", "P2XA", "9HCB", "ZZ22", "MMWW", "ABCD", "6789") {
			if !strings.Contains(string(text), want) {
				t.Errorf("%s: the sheet does not say %q", lang, want)
			}
		}
		if keep := os.Getenv("SOLIDAREN_SHOTS"); keep != "" {
			if err := os.WriteFile(filepath.Join(keep, "recovery-"+lang+".pdf"), out.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}
