package vault

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"

	"solidaren/diagnostics"
)

// Result codes of SQLite that have a sentence of their own: the low byte of the
// extended code, but for the last.
const (
	sqliteBusy    = 5
	sqliteLocked  = 6
	sqliteIO      = 10
	sqliteCorrupt = 11
	sqliteFull    = 13
	sqliteNotADB  = 26
	sqliteIOData  = sqliteIO | 32<<8 // what was read is not authentic
)

// changed is the error of a file whose content this program did not write.
func changed(op string, cause error) error {
	return diagnostics.E(op, diagnostics.CodeCorrupt,
		"Le carnet a été modifié hors de l'application. Rien n'a été effacé. Prévenez la coordination.",
		"The notebook was changed outside the app. Nothing was erased. Tell the coordinator.", cause)
}

// DBError gives an error of the database its code and its sentence: conflict
// (open elsewhere), corrupt (damaged), too_large (the disk is full), internal.
// An error that has a code already, and nil, stay as they are.
func DBError(op string, err error) error {
	var coded *diagnostics.Error
	if err == nil || errors.As(err, &coded) {
		return err
	}
	var failure *sqlite.Error
	if !errors.As(err, &failure) {
		return fmt.Errorf("%s: %w", op, err)
	}
	if failure.Code() == sqliteIOData {
		return changed(op, err)
	}
	switch failure.Code() & 0xff {
	case sqliteBusy, sqliteLocked:
		return diagnostics.E(op, diagnostics.CodeConflict,
			"Ce carnet est déjà ouvert dans un autre programme. Fermez-le d'abord.",
			"This notebook is already open in another program. Close it first.", err)
	case sqliteCorrupt, sqliteNotADB:
		return diagnostics.E(op, diagnostics.CodeCorrupt,
			"Le fichier du carnet est abîmé. N'y touchez plus et prévenez la coordination.",
			"The file of the notebook is damaged. Leave it alone and tell your coordinator.", err)
	case sqliteFull:
		return diagnostics.E(op, diagnostics.CodeTooLarge,
			"Pas enregistré : le disque est plein. Libérez de la place, votre saisie reste à l'écran.",
			"Not saved: the disk is full. Free some space, your entry stays on screen.", err)
	case sqliteIO:
		return diagnostics.E(op, diagnostics.CodeInternal,
			"Le disque ne répond pas comme il faut. Vos fiches déjà enregistrées sont gardées. Prévenez la coordination.",
			"The disk does not answer as it should. Records already saved are kept. Tell the coordinator.", err)
	default:
		return diagnostics.E(op, diagnostics.CodeInternal, "", "", err)
	}
}

// foreignKey is the error of a sealed file of which the key opens nothing.
func foreignKey(cause error) error {
	return diagnostics.E("vault.OpenDB", diagnostics.CodeCorrupt,
		"Le fichier de clé (vault.json) n'est pas celui de ce carnet. Rien n'a été effacé. Remettez les deux fichiers qui vont ensemble.",
		"The key file (vault.json) is not that of this notebook. Nothing was erased. Put back the two files that belong together.", cause)
}
