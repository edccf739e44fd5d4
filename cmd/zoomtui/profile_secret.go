package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"zoomtui/internal/auth"
	"zoomtui/internal/config"
)

// maxSecret bounds a client secret, in bytes; Zoom's have 32.
const maxSecret = 64 << 10

// readSecret reads the client secret from standard input. What is typed on a
// terminal is not shown.
func (c *cli) readSecret(ctx context.Context) (auth.Secret, error) {
	read := func(ctx context.Context) (string, error) { return c.readInput(ctx, maxSecret+1) }
	if isTerminal(c.in) {
		read = func(ctx context.Context) (string, error) {
			return c.readHidden(ctx, "Client secret (it is not shown): ")
		}
	}
	text, err := read(ctx)
	if err != nil {
		return "", err
	}
	secret := strings.TrimSpace(text)
	if secret == "" || len(text) > maxSecret || strings.ContainsFunc(secret, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return "", &config.Error{What: "--secret-stdin: standard input holds no client secret: one word is needed, and nothing else"}
	}
	return auth.Secret(secret), nil
}

// readHidden asks for one line on a terminal that shows nothing of it.
func (c *cli) readHidden(ctx context.Context, question string) (string, error) {
	f, ok := c.in.(*os.File)
	if !ok {
		return "", errors.New("read what is typed: standard input is no terminal")
	}
	h, err := quietly(f, func(bool) {})
	if err != nil {
		return "", &config.Error{What: "this terminal would show what is typed; pipe it into standard input instead", Err: err}
	}
	defer h.restore()
	fmt.Fprint(c.err, question)
	defer c.say("")
	type typed struct {
		line string
		err  error
	}
	done := make(chan typed, 1)
	go func() {
		var keys typing
		b := make([]byte, 1)
		for {
			_, err := f.Read(b)
			if err != nil && h.resume(ctx) {
				continue
			}
			if err != nil {
				done <- typed{err: fmt.Errorf("read what is typed: %w", err)}
				return
			}
			if given, pasted := keys.feed(b[0]); given && !pasted {
				done <- typed{line: keys.take()}
				return
			}
		}
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case r := <-done:
		return r.line, r.err
	}
}
