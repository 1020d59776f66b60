package vault

import (
	"os"
	"path/filepath"
	"slices"

	"solidaren/diagnostics"
)

// Symbols are the names that vaults on a shared laptop are told apart by: they
// say nothing about whose they are.
func Symbols() []string {
	return []string{
		"ancre", "feuille", "cerf-volant", "cloche", "etoile", "lune",
		"montagne", "voilier", "goutte", "sapin", "poisson", "parapluie",
	}
}

// Shelf is a folder that holds a vault for each worker of a shared laptop, each
// in a folder of its symbol.
type Shelf struct{ Dir string }

// Alone is the name of a vault that lies on the shelf itself, as the first
// version of the program made it.
const Alone = "carnet"

// Vaults lists the vaults that there are, by symbol, in the order of Symbols.
func (s Shelf) Vaults() []string {
	var names []string
	if Exists(s.Dir) {
		names = append(names, Alone)
	}
	for _, name := range Symbols() {
		if Exists(filepath.Join(s.Dir, name)) {
			names = append(names, name)
		}
	}
	return names
}

// Free lists the symbols that a new vault can take.
func (s Shelf) Free() []string {
	taken := s.Vaults()
	return slices.DeleteFunc(Symbols(), func(name string) bool { return slices.Contains(taken, name) })
}

// Path is the folder of a vault.
func (s Shelf) Path(symbol string) string {
	if symbol == Alone {
		return s.Dir
	}
	return filepath.Join(s.Dir, symbol)
}

// Make makes the shelf itself, open to its owner alone. Errors: forbidden,
// internal.
func (s Shelf) Make() error {
	if err := os.MkdirAll(s.Dir, 0o700); err != nil {
		return folderError("vault.Shelf", err)
	}
	return nil
}

// Place gives a symbol's folder for a new vault. Errors: invalid (no such
// symbol), conflict (it is taken), forbidden, internal.
func (s Shelf) Place(symbol string) (string, error) {
	switch {
	case !slices.Contains(Symbols(), symbol):
		return "", diagnostics.E("vault.Place", diagnostics.CodeInvalid, "Ce symbole n'existe pas.", "There is no such symbol.", nil)
	case !slices.Contains(s.Free(), symbol):
		return "", diagnostics.E("vault.Place", diagnostics.CodeConflict,
			"Ce symbole est déjà celui d'un autre carnet. Choisissez-en un autre.",
			"This symbol is the one of another notebook already. Choose another one.", nil)
	}
	return s.Path(symbol), s.Make()
}
