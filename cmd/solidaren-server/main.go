// Command solidaren-server is the central API: it serves the laptops of the
// teams and makes the invites that let them in. It is wiring only; the work is
// in sync/hub.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"solidaren/cmd/internal/cli"
	"solidaren/cmd/internal/nodump"
	"solidaren/diagnostics"
	"solidaren/sync/hub"
	"solidaren/sync/hub/sqlite"
)

func main() {
	nodump.Set()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// commands is the command line; what both commands need may stand before or
// after the command's name.
type commands struct {
	Lang     string    `enum:"fr,en" default:"fr" help:"${lang}"`
	Data     string    `required:"" placeholder:"DIR" help:"${data}"`
	Database string    `placeholder:"URL" help:"${database}"`
	Serve    serveCmd  `cmd:"" help:"${serve}"`
	Invite   inviteCmd `cmd:"" help:"${invite}"`
}

type serveCmd struct {
	Listen string `required:"" placeholder:"HOST:PORT" help:"${listen}"`
}

type inviteCmd struct {
	URL  string           `required:"" name:"url" placeholder:"URL" help:"${url}"`
	Team string           `required:"" placeholder:"NAME" help:"${team}"`
	Role diagnostics.Role `required:"" placeholder:"ROLE" help:"${role}"`
}

// streams are where a command writes.
type streams struct{ out, problems io.Writer }

// run carries out a command line and gives the exit status.
func run(ctx context.Context, args []string, out, problems io.Writer) int {
	lang := cli.Language(args)
	var c commands
	left := -1 // status with which kong itself wants to leave, after --help
	parser, err := kong.New(&c, kong.Name("solidaren-server"), kong.Description(texts["about"].In(lang)), help(lang),
		kong.Help(cli.HelpPrinter(lang)),
		kong.Writers(out, problems), kong.Exit(func(status int) { left = status }),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(&c, streams{out, problems}))
	if err != nil {
		return cli.Tell(problems, err, lang)
	}
	parsed, err := parser.Parse(args)
	if left >= 0 {
		return left
	}
	if err != nil {
		return cli.Tell(problems, cli.Misunderstood("solidaren-server", err), lang)
	}
	return cli.Tell(problems, parsed.Run(), lang)
}

// open opens the data that a command works on.
func (c *commands) open(ctx context.Context) (hub.Store, error) {
	if c.Database != "" {
		return nil, diagnostics.E("server.open", diagnostics.CodeInvalid, texts["postgres"].FR, texts["postgres"].EN, nil)
	}
	return sqlite.Open(ctx, c.Data)
}

// erasuresFile lies in the data folder beside the database, and is no part of
// its backup.
const erasuresFile = "erasures.jsonl"

// Run serves until the process is told to stop.
func (s serveCmd) Run(ctx context.Context, c *commands, to streams) (err error) {
	store, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	h, err := hub.New(ctx, store, hub.Options{
		Log:      slog.New(slog.NewJSONHandler(to.problems, nil)),
		Erasures: hub.ErasureFile(filepath.Join(c.Data, erasuresFile)),
	})
	if err != nil {
		return err
	}
	return h.Serve(ctx, s.Listen, to.out)
}

// Run makes one invite and prints it on the last line.
func (i inviteCmd) Run(ctx context.Context, c *commands, to streams) (err error) {
	store, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	invite, err := hub.NewInvite(ctx, store, time.Now(), i.URL, strings.TrimSpace(i.Team), i.Role)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(to.out, invite)
	return err
}
