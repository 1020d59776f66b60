// Command solidaren is the desktop app: it finds the notebook's folder, checks
// that there is a screen to draw on, and opens the window. It is wiring only.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"solidaren/cmd/internal/nodump"
	"solidaren/diagnostics"
)

func main() {
	nodump.Set()
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// Exit statuses: done, refused, wrong usage, fault.
const (
	exitDone    = 0
	exitRefused = 1
	exitUsage   = 2
	exitFault   = 3
)

// options are what the command line says.
type options struct {
	vault string
	shelf bool   // vault is the folder of all notebooks of this computer
	lang  string // "fr", "en", or "" for that of the system
	check bool
}

// usage is told before a language is known.
const usage = `Emploi / Usage : solidaren [-vault DIR] [-lang fr|en] [-check]
  -vault DIR    dossier du carnet / folder of the notebook
  -lang fr|en   langue ; celle du système par défaut / language; the system's by default
  -check        dire ce qui manque à ce poste, et finir / tell what this computer lacks, and leave
`

func run(args []string, out, errs io.Writer) int {
	var o options
	flags := flag.NewFlagSet("solidaren", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // its own words are English alone
	flags.StringVar(&o.vault, "vault", "", "")
	flags.StringVar(&o.lang, "lang", "", "")
	flags.BoolVar(&o.check, "check", false, "")
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(out, usage)
		return exitDone
	case err != nil, flags.NArg() > 0, o.lang != "" && o.lang != "fr" && o.lang != "en":
		fmt.Fprint(errs, usage)
		return exitUsage
	}
	if o.vault == "" {
		o.vault, o.shelf = dataFolder(), true
	}
	lang := o.lang
	if lang == "" {
		lang = systemLanguage()
	}
	if o.check {
		return report(out, examine(o.vault), lang)
	}
	if missing := failing(needs(o.vault)); len(missing) > 0 {
		report(errs, missing, lang)
		return exitRefused
	}
	drawn, err := window(o, lang)
	switch {
	case err != nil:
		fmt.Fprintln(errs, diagnostics.Sentence(err, lang))
		return exitFault
	case !drawn:
		return report(errs, []checkup{{false, noOpenGL}}, lang)
	}
	return exitDone
}

// dataFolder is where a person's notebook lives unless a flag says otherwise.
func dataFolder() string {
	home, _ := os.UserHomeDir()
	switch {
	case os.Getenv("XDG_DATA_HOME") != "":
		return filepath.Join(os.Getenv("XDG_DATA_HOME"), "solidaren")
	case runtime.GOOS == "windows" && os.Getenv("LOCALAPPDATA") != "":
		return filepath.Join(os.Getenv("LOCALAPPDATA"), "SolidaRen")
	case runtime.GOOS == "darwin":
		return filepath.Join(home, "Library", "Application Support", "SolidaRen")
	default:
		return filepath.Join(home, ".local", "share", "solidaren")
	}
}

// systemLanguage is French unless the system is set to English.
func systemLanguage() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := os.Getenv(name); value != "" {
			if strings.HasPrefix(value, "en") {
				return "en"
			}
			return "fr"
		}
	}
	return "fr"
}
