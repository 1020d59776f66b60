// Command solidarenctl does the work of SolidaRen without a window, for
// scripts, servers and tests: forms, notebooks, search, sync, exports.
//
// It never prompts. With --json it prints one JSON object on standard output;
// an error is one sentence on standard error; the exit status is 0 done,
// 1 refused, 2 usage, 3 fault.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"

	"github.com/alecthomas/kong"

	"solidaren/cmd/internal/cli"
	"solidaren/cmd/internal/nodump"
)

func main() {
	nodump.Set()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	status := run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr})
	stop()
	os.Exit(status)
}

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// commandLine is the grammar of the command line; the words of its help are in
// words.go.
type commandLine struct {
	JSON           bool   `name:"json" help:"${json}"`
	Lang           string `enum:"fr,en" default:"fr" help:"${lang}"`
	Vault          string `placeholder:"DIR" help:"${vault_dir}"`
	PassphraseFile string `placeholder:"FILE" help:"${passphrase_file}"`

	Form   formCommands   `cmd:"" help:"${form}"`
	Xpath  xpathCommands  `cmd:"" help:"${xpath}"`
	Notes  vaultCommands  `cmd:"" name:"vault" help:"${vault}"`
	Demo   demoCommands   `cmd:"" help:"${demo}"`
	Record recordCommand  `cmd:"" help:"${record}"`
	Search searchCommand  `cmd:"" help:"${search}"`
	Enrol  enrolCommand   `cmd:"" help:"${enrol}"`
	Sync   syncCommand    `cmd:"" help:"${sync}"`
	Team   teamCommands   `cmd:"" help:"${team_commands}"`
	Export exportCommands `cmd:"" help:"${export}"`
	Import importCommands `cmd:"" help:"${import}"`
	Rights rightsCommands `cmd:"" help:"${rights}"`
}

// exit ends the parsing of a command line that asked for help.
type exit int

// run does one command line and gives its exit status.
func run(ctx context.Context, args []string, s streams) (status int) {
	defer func() {
		if left := recover(); left != nil {
			code, ok := left.(exit)
			if !ok {
				panic(left)
			}
			status = int(code)
		}
	}()
	lang := cli.Language(args)
	var line commandLine
	parser, err := kong.New(&line, kong.Name("solidarenctl"), kong.Description(words["about"].In(lang)),
		helpWords(lang), kong.Help(cli.HelpPrinter(lang)), kong.Writers(s.out, s.err),
		kong.Exit(func(code int) { panic(exit(code)) }))
	if err != nil {
		return cli.Tell(s.err, err, lang)
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return cli.Tell(s.err, cli.Misunderstood("solidarenctl", err), lang)
	}
	e := &env{ctx: ctx, streams: s, commandLine: &line}
	if err = parsed.Run(e); errors.Is(err, errTold) {
		return cli.Refused
	}
	return cli.Tell(s.err, err, lang)
}

// env is what a command runs with.
type env struct {
	streams
	*commandLine
	ctx context.Context
}

// printable is a result: with --json it is printed as it is, else as text.
type printable interface {
	text(w io.Writer, lang string)
}

// print writes a command's result.
func (e *env) print(result printable) error {
	if e.JSON {
		return writeJSON(e.out, result)
	}
	result.text(e.out, e.Lang)
	return nil
}

// errTold ends a command that has already told why it refuses.
var errTold = errors.New("told")
