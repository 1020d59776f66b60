// Package cli holds the little that the commands without a window share: exit
// statuses, how an error is told, passphrase files, files named on the command
// line. It never prompts, and it prints nothing but an error's sentence.
package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"solidaren/diagnostics"
)

// Exit statuses of every command.
const (
	Done    = 0 // it was done
	Refused = 1 // bad input, wrong passphrase, not allowed
	Usage   = 2 // the command line is not understood
	Fault   = 3 // disk, network, damage, or a mistake of the program
)

// Misuse is a command line that is not understood.
type Misuse struct{ Msg diagnostics.Text }

// Error is the English sentence.
func (m *Misuse) Error() string { return m.Msg.EN }

// NewMisuse makes a Misuse from its sentence in both languages.
func NewMisuse(fr, en string) error { return &Misuse{diagnostics.Text{FR: fr, EN: en}} }

// statuses of the codes that are no fault of the program or the machine.
var statuses = map[diagnostics.ErrorCode]int{
	"":                           Done,
	diagnostics.CodeInvalid:      Refused,
	diagnostics.CodeNotFound:     Refused,
	diagnostics.CodeConflict:     Refused,
	diagnostics.CodeUnauthorized: Refused,
	diagnostics.CodeForbidden:    Refused,
	diagnostics.CodeTooLarge:     Refused,
}

// Status is the exit status that tells of err.
func Status(err error) int {
	if misuse := (*Misuse)(nil); errors.As(err, &misuse) {
		return Usage
	}
	status, ok := statuses[diagnostics.Code(err)]
	if !ok {
		return Fault
	}
	return status
}

// Sentence is one sentence about err in the language ("fr" or "en"). What has
// no sentence of its own is told with its technical cause, for whoever runs
// the command.
func Sentence(err error, lang string) string {
	if misuse := (*Misuse)(nil); errors.As(err, &misuse) {
		return misuse.Msg.In(lang)
	}
	sentence := diagnostics.Sentence(err, lang)
	if sentence != diagnostics.Sentence(errors.New(""), lang) {
		return sentence
	}
	cause := strings.Join(strings.Fields(err.Error()), " ")
	return diagnostics.Text{FR: "Panne : " + cause, EN: "Fault: " + cause}.In(lang)
}

// Tell writes the sentence about err as one line, and gives the exit status.
func Tell(w io.Writer, err error, lang string) int {
	if err != nil {
		fmt.Fprintln(w, Sentence(err, lang))
	}
	return Status(err)
}

// FileError gives an error about a file of the command line its sentence.
func FileError(path string, err error) error {
	code, fr, en := diagnostics.CodeInternal, "ne se lit pas", "cannot be read"
	switch {
	case errors.Is(err, fs.ErrNotExist):
		code, fr, en = diagnostics.CodeNotFound, "est introuvable", "does not exist"
	case errors.Is(err, fs.ErrPermission):
		code, fr, en = diagnostics.CodeForbidden, "est interdit d'accès", "may not be accessed"
	}
	return diagnostics.E("cli.File", code,
		fmt.Sprintf("Le fichier « %s » %s.", path, fr), fmt.Sprintf("The file %q %s.", path, en), err)
}

// ReadFile reads a file of the command line, "-" for standard input. Errors:
// not_found, forbidden, too_large (more than limit bytes), internal.
func ReadFile(path string, stdin io.Reader, limit int64) ([]byte, error) {
	in := stdin
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, FileError(path, err)
		}
		defer f.Close()
		in = f
	}
	b, err := io.ReadAll(io.LimitReader(in, limit+1))
	if err != nil {
		return nil, FileError(path, err)
	}
	if int64(len(b)) > limit {
		return nil, diagnostics.E("cli.ReadFile", diagnostics.CodeTooLarge,
			fmt.Sprintf("Le fichier « %s » dépasse %d octets.", path, limit),
			fmt.Sprintf("The file %q is over %d bytes.", path, limit), nil)
	}
	return b, nil
}

// maxPassphrase is far above what anyone types, in bytes.
const maxPassphrase = 4096

// Passphrase reads the passphrase from a file ("-" for standard input),
// without the line end. Errors: misuse (no file named), and those of ReadFile.
func Passphrase(path string, stdin io.Reader) (string, error) {
	if path == "" {
		return "", NewMisuse("Il manque --passphrase-file FICHIER (« - » lit l'entrée standard).",
			`--passphrase-file FILE is missing ("-" reads standard input).`)
	}
	b, err := ReadFile(path, stdin, maxPassphrase)
	return strings.TrimRight(string(b), "\r\n"), err
}
