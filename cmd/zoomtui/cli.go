package main

import (
	"context"
	"errors"
	"io"
	"os"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/keyring"
)

// stdio are the streams of one run: out carries the answer, err the talk.
type stdio struct {
	in       io.Reader
	out, err io.Writer
}

// cli is one run of the program: what every command is given.
type cli struct {
	stdio
	getenv func(string) string
	clock  func() time.Time
	boot   func() time.Duration // counts on while the machine sleeps and when the clock is set; nil: by clock
	paths  config.Paths
	flags  globalFlags
	makes  bool          // the command makes the file of --config, if there is none
	errors errorStyle    // how a failure is told; a command with --json changes it
	ring   *keyring.Ring // asked only where tokens are sealed; nil: the session's, too
	table  *scopeTable   // the catalogue of operations, once it is needed
	core   coreLimit     // as it was before; a command that takes our place gets it back
}

// globalFlags are the flags that every command knows.
type globalFlags struct {
	profile, config, debug string
	noColor                bool
}

// run is the program: arguments in, exit code out.
func run(ctx context.Context, args []string, streams stdio, getenv func(string) string) int {
	c := &cli{stdio: streams, getenv: getenv, clock: time.Now, boot: auth.BootClock, paths: config.XDGPaths(), core: withoutCore(), table: new(scopeTable), ring: keyring.New(keyring.Options{})}
	root := newRoot(c)
	root.SetArgs(append([]string{}, args...)) // nil would mean os.Args
	cmd, err := root.ExecuteContextC(ctx)
	if _, ok := errors.AsType[*usageError](err); ok && c.errors == asText {
		c.errors = styleOf(cmd, args)
	}
	return c.conclude(ctx, err)
}

// colour tells whether attributes may be written to w: a terminal, and nobody
// said no (https://no-color.org).
func (c *cli) colour(w io.Writer) bool {
	return !c.flags.noColor && c.getenv("NO_COLOR") == "" && c.getenv("TERM") != "dumb" && isTerminal(w)
}

// isTerminal tells whether a stream is a terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(f.Fd())
}

// addGlobalFlags puts the flags on the root command, from where all inherit.
func (c *cli) addGlobalFlags(root *cobra.Command) {
	flags := root.PersistentFlags()
	flags.StringVar(&c.flags.profile, "profile", "", "profile `NAME` of the configuration")
	flags.StringVar(&c.flags.config, "config", "", "configuration `FILE`")
	flags.StringVar(&c.flags.debug, "debug", "", "write a redacted trace of all requests to `FILE`")
	_ = root.RegisterFlagCompletionFunc("profile", c.completeProfiles) // fails for an unknown flag only
	flags.BoolVar(&c.flags.noColor, "no-color", false, "no colours and attributes")
}
