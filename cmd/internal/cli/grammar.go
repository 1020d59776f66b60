package cli

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"
)

// Language finds --lang before the command line is understood, so that a
// mistake in it is told in the right language.
func Language(args []string) string {
	for i, arg := range args {
		if value, ok := strings.CutPrefix(arg, "--lang="); ok {
			return value
		}
		if arg == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return "fr"
}

// parserWords are the first words of the parser's complaints, in French.
var parserWords = [][2]string{
	{"unknown flag", "option inconnue"},
	{"missing flags:", "il manque"},
	{"unexpected argument", "argument en trop"}, // before "expected", which it holds
	{"unexpected flag argument", "valeur en trop"},
	{"expected one of", "il manque une commande parmi"},
	{"expected ", "il manque "},
	{"must be one of", "attend l'une des valeurs"},
	{"but got", "et non"},
	{"did you mean", "vouliez-vous dire"},
}

// Misunderstood tells a mistake in a program's command line. What the parser
// says of the place is the same in both languages but for its first words.
func Misunderstood(program string, err error) error {
	fr := err.Error()
	for _, p := range parserWords {
		fr = strings.Replace(fr, p[0], p[1], 1)
	}
	return NewMisuse(fmt.Sprintf("Commande non comprise : %s (voir %s --help).", fr, program),
		fmt.Sprintf("Command not understood: %s (see %s --help).", err, program))
}

// helpHeads are the words that the help printer puts itself, in French.
var helpHeads = strings.NewReplacer("Usage:", "Emploi :", "Flags:", "Options :", "Commands:", "Commandes :",
	"Arguments:", "Arguments :", "Show context-sensitive help.", "Montrer cette aide.",
	"for more information on a command.", "en dit plus sur une commande.", "Run \"", "\"")

// HelpPrinter is the parser's stock printer, its own words translated.
func HelpPrinter(lang string) kong.HelpPrinter {
	return func(options kong.HelpOptions, ctx *kong.Context) error {
		out := ctx.Stdout
		var help bytes.Buffer
		ctx.Stdout = &help
		defer func() { ctx.Stdout = out }()
		options.Compact = true
		if err := kong.DefaultHelpPrinter(options, ctx); err != nil {
			return err
		}
		text := help.String()
		if lang != "en" {
			text = helpHeads.Replace(text)
		}
		_, err := io.WriteString(out, text)
		return err
	}
}
