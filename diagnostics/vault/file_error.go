package vault

import (
	"errors"
	"syscall"

	"solidaren/diagnostics"
)

// errorDiskFull is how Windows names a full disk.
const errorDiskFull = syscall.Errno(112)

// fileError gives an error of a small file its sentence: too_large (the disk is
// full), else as folderError. nil stays nil.
func fileError(op string, err error) error {
	switch {
	case err == nil:
		return nil
	case noRoom(err):
		return tooLarge(op, err)
	default:
		return folderError(op, err)
	}
}

func tooLarge(op string, cause error) error {
	return diagnostics.E(op, diagnostics.CodeTooLarge,
		"Pas enregistré : disque plein. Libérez de la place, votre saisie reste à l'écran.",
		"Not saved: disk full. Free some space, your entry stays on screen.", cause)
}

// noRoom reports whether the disk is full.
func noRoom(err error) bool { return errors.Is(err, syscall.ENOSPC) || errors.Is(err, errorDiskFull) }
