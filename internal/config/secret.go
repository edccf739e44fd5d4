package config

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"time"

	"zoomtui/internal/auth"
	"zoomtui/internal/explain"
)

// secretCommandLimit is how long client_secret_cmd may take; long enough to
// type the passphrase of a password store.
const secretCommandLimit = 60 * time.Second

// ErrSecretCommand means that client_secret_cmd gave no secret.
var ErrSecretCommand = errors.New("client_secret_cmd gave no secret")

// secretFunc fetches a client secret.
type secretFunc func(context.Context) (auth.Secret, error)

// fixedSecret is a secret that is known already.
func fixedSecret(s auth.Secret) secretFunc {
	return func(context.Context) (auth.Secret, error) { return s, nil }
}

// environSecret reads the variable (or its file) each time it is asked, so that
// a mounted secret may be replaced while the dashboard runs.
func environSecret(e environ, name string) secretFunc {
	return func(ctx context.Context) (auth.Secret, error) {
		s, err := e.value(ctx, name)
		return auth.Secret(s), err
	}
}

// commandSecret runs a command line for the secret, once: a password store may
// ask for a passphrase, and nobody wants to type it every hour.
func commandSecret(command string, limit time.Duration) secretFunc {
	var mu sync.Mutex
	var known auth.Secret
	return func(ctx context.Context) (auth.Secret, error) {
		mu.Lock()
		defer mu.Unlock()
		if known != "" {
			return known, nil
		}
		ctx, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		s, err := runSecretCommand(ctx, command)
		if err != nil {
			return "", err
		}
		known = s
		return s, nil
	}
}

// runSecretCommand runs the command through sh, as git does with credential
// helpers, so that quotes, pipes and ~ mean what they mean in a shell. The
// first line of its output is the secret: password stores keep notes below it.
// What it prints goes nowhere else; what it says on standard error may explain
// a failure.
func runSecretCommand(ctx context.Context, command string) (auth.Secret, error) {
	var out, talk bytes.Buffer
	shell, err := findShell()
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, shell, "-c", command)
	cmd.Stdout, cmd.Stderr = &out, &talk
	cmd.WaitDelay = time.Second // a grandchild may hold the pipe open
	err = cmd.Run()
	switch {
	case ctx.Err() != nil && errors.Is(ctx.Err(), context.Canceled):
		return "", ctx.Err()
	case ctx.Err() != nil:
		return "", commandError("did not end in time", ctx.Err())
	case err != nil:
		return "", commandError(fmt.Sprintf("failed (%v): %s", err, firstLine(talk.String())), err)
	}
	secret := firstLine(out.String())
	if secret == "" {
		return "", commandError("printed nothing", nil)
	}
	return auth.Secret(secret), nil
}

// findShell finds sh also where PATH is missing or odd, as in `env -i` and some
// cron jobs. A container made of one binary has none.
func findShell() (string, error) {
	if path, err := exec.LookPath("sh"); err == nil {
		return path, nil
	}
	path, err := exec.LookPath("/bin/sh")
	if err != nil {
		return "", commandError("cannot be run, because there is no shell (sh) here; use ZOOM_CLIENT_SECRET or ZOOM_CLIENT_SECRET_FILE", err)
	}
	return path, nil
}

func commandError(what string, err error) error {
	return &Error{
		What:  "the command of client_secret_cmd " + strings.TrimSuffix(what, ": "),
		Class: explain.Usage,
		Err:   errors.Join(ErrSecretCommand, err),
	}
}

// firstLine is the first line that is not blank, trimmed and bounded.
func firstLine(s string) string {
	const most = 4096
	s = strings.TrimSpace(s)
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		s = strings.TrimSpace(s[:i])
	}
	return s[:min(len(s), most)]
}
