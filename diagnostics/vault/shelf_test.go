package vault_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
)

// On a shared laptop each worker has a vault of their own, told apart by a
// symbol that names nobody.
func TestShelf(t *testing.T) {
	shelf := vault.Shelf{Dir: filepath.Join(t.TempDir(), "solidaren")}
	if len(shelf.Vaults()) != 0 || len(shelf.Free()) != len(vault.Symbols()) {
		t.Fatal("a shelf that is not there holds something")
	}
	ids := map[string]string{}
	for _, symbol := range []string{"feuille", "ancre"} {
		dir, err := shelf.Place(symbol)
		must(t, err)
		v, err := vault.Create(dir, phrase)
		must(t, err)
		ids[symbol] = v.ID()
	}
	for _, dir := range []string{shelf.Dir, shelf.Path("ancre"), shelf.Path("feuille")} {
		info, err := os.Stat(dir)
		must(t, err)
		if mode := info.Mode().Perm(); mode != 0o700 {
			t.Errorf("folder mode %o, want 700", mode)
		}
	}
	if got := shelf.Vaults(); !slices.Equal(got, []string{"ancre", "feuille"}) || slices.Contains(shelf.Free(), "ancre") {
		t.Errorf("vaults %v, free %v", got, shelf.Free())
	}
	if ids["ancre"] == ids["feuille"] {
		t.Error("two vaults have one id")
	}
	if _, err := shelf.Place("ancre"); diagnostics.Code(err) != diagnostics.CodeConflict {
		t.Errorf("a symbol that is taken: error %v, want conflict", err)
	}
	for _, name := range []string{"", "..", "marie", "ancre/../x", vault.Alone} {
		if _, err := shelf.Place(name); diagnostics.Code(err) != diagnostics.CodeInvalid {
			t.Errorf("symbol %q: error %v, want invalid", name, err)
		}
	}
}

// A notebook of the first version lies on the shelf itself and keeps its place.
func TestShelfHoldsTheFirstNotebook(t *testing.T) {
	v := newVault(t)
	shelf := vault.Shelf{Dir: v.Dir()}
	if got := shelf.Vaults(); !slices.Equal(got, []string{vault.Alone}) || shelf.Path(vault.Alone) != v.Dir() {
		t.Errorf("vaults %v, the first at %s", got, shelf.Path(vault.Alone))
	}
	dir, err := shelf.Place("lune")
	must(t, err)
	if _, err := vault.Create(dir, phrase); err != nil {
		t.Error(err)
	}
}
