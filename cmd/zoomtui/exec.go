package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"zoomtui/internal/auth"
)

// The exit codes of a command that could not be started, as those of env(1) and of
// every shell (POSIX.1-2017, XCU 2.8.2).
const (
	exitCannotRun exitStatus = 126 // it is there, but is no program that may be run
	exitNotFound  exitStatus = 127
)

// defaultPath is where commands are when PATH is not set (confstr(3), _CS_PATH).
const defaultPath = "/bin:/usr/bin"

func newExec(c *cli) *cobra.Command {
	var minTTL time.Duration
	cmd := &cobra.Command{
		Use:   "exec [flags] -- CMD [ARG…]",
		Short: "Run a command with an access token in its environment",
		Long: `Runs CMD with ZOOM_ACCESS_TOKEN and ZOOM_API_URL set, for it alone. Nothing is
printed on stdout; input, terminal, signals and the exit code are CMD's own. The
token is not renewed while CMD runs: ask for the life that CMD needs.

  zoomtui exec -- ./report.sh
  zoomtui exec --min-ttl 45m -- make upload
  zoomtui exec -- sh -c 'curl -H "Authorization: Bearer $ZOOM_ACCESS_TOKEN" "$ZOOM_API_URL/v2/users/me"'

Exit codes: CMD's own; 126 CMD cannot be run, 127 there is no CMD; before CMD is
started, those of "zoomtui token".`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				wrong := usage(cmd, "There is no command to run.")
				wrong.why = "As in: zoomtui exec -- ./report.sh"
				return wrong
			}
			return c.exec(cmd, args, minTTL)
		},
	}
	cmd.Flags().SetInterspersed(false) // flags behind CMD are CMD's
	cmd.Flags().DurationVar(&minTTL, "min-ttl", 0, "life that the token must have left, at most 59m (default 1m)")
	complete(cmd, "min-ttl", lives())
	return cmd
}

// exitStatus ends the program with the status of the command that it ran, or that
// it could not run, which was said.
type exitStatus int

func (s exitStatus) Error() string { return fmt.Sprintf("ends with status %d", int(s)) }

// exec gets a token and runs a command with it. Whether there is such a command is
// found out first: for one that is mistyped, nothing need be refreshed.
func (c *cli) exec(cmd *cobra.Command, args []string, minTTL time.Duration) error {
	if err := checkLife(cmd, minTTL); err != nil {
		return err
	}
	path, err := lookCommand(args[0], c.getenv("PATH"))
	if err != nil {
		return c.cannotRun(args[0], err)
	}
	o, err := c.open("exec")
	if err != nil {
		return err
	}
	t, err := o.obtain(cmd, auth.TokenRequest{MinTTL: minTTL})
	if err = errors.Join(err, o.close()); err != nil {
		return err
	}
	if err := cmd.Context().Err(); err != nil {
		return err // interrupted: CMD must not begin after that
	}
	err = c.become(path, args, commandEnvironment(os.Environ(), t.AccessToken.Reveal(), o.apiURL(t)))
	if _, ended := errors.AsType[exitStatus](err); err == nil || ended {
		return err
	}
	if errors.Is(err, fs.ErrNotExist) { // it was there: what its first line names is not
		c.say("zoomtui: The command %q cannot be run: the program that its first line names is missing.", clean(args[0]))
		return exitNotFound
	}
	return c.cannotRun(args[0], err)
}

// cannotRun says why a command was not run.
func (c *cli) cannotRun(name string, err error) error {
	if errors.Is(err, exec.ErrNotFound) || errors.Is(err, fs.ErrNotExist) {
		c.say("zoomtui: There is no command %q: it is not a file, nor in a directory of PATH.", clean(name))
		return exitNotFound
	}
	c.say("zoomtui: The command %q cannot be run: %s.", clean(name), clean(innermost(err)))
	return exitCannotRun
}

// innermost is the cause of an error that wraps no other: the system's.
func innermost(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err.Error()
		}
		err = inner
	}
}

// lookCommand finds the file of a command as a shell does. When only a file that
// may not be run bears the name, the error is [fs.ErrPermission].
func lookCommand(name, path string) (string, error) {
	found, err := exec.LookPath(name)
	switch {
	case errors.Is(err, exec.ErrDot): // PATH holds the working directory, which is the person's will
		return found, nil
	case err == nil:
		return found, nil
	case strings.ContainsRune(name, filepath.Separator) || !errors.Is(err, exec.ErrNotFound):
		return "", err
	}
	if path == "" { // of a bare environment: where execvp(3) looks then
		path = defaultPath
	}
	for _, dir := range filepath.SplitList(path) {
		if found, err := exec.LookPath(filepath.Join(dir, name)); err == nil {
			return found, nil
		}
		if info, lacking := os.Stat(filepath.Join(dir, name)); lacking == nil && !info.IsDir() {
			return "", fs.ErrPermission
		}
	}
	return "", err
}

// commandEnvironment is the environment of the command: ours with the token. The
// token of a file that was given to us is not given twice.
func commandEnvironment(env []string, token, apiURL string) []string {
	env = slices.DeleteFunc(slices.Clone(env), func(line string) bool {
		name, _, _ := strings.Cut(line, "=")
		return name == "ZOOM_ACCESS_TOKEN" || name == "ZOOM_ACCESS_TOKEN_FILE" || name == "ZOOM_API_URL"
	})
	return append(env, "ZOOM_ACCESS_TOKEN="+token, "ZOOM_API_URL="+apiURL)
}
