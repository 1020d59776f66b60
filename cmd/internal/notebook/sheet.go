package notebook

import (
	"errors"
	"os"
	"time"

	"solidaren/assets"
	"solidaren/diagnostics/paper"
	"solidaren/diagnostics/vault"
)

// WriteSheet writes the recovery sheet of a code into a file, for the eyes of its
// owner alone. Errors: those of the file.
func WriteSheet(path, symbol, code, lang string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	sheet := paper.Recovery{Groups: vault.RecoveryGroups(code), Made: time.Now(), Lang: lang}
	if drawing := assets.Symbol(symbol); drawing != nil {
		sheet.Symbol, sheet.Drawing = symbol, drawing
	}
	return errors.Join(sheet.Write(file), file.Close())
}
