package config

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"zoomtui/internal/auth"
)

// maxSecretFile bounds a file named by a …_FILE variable, in bytes.
const maxSecretFile = 64 << 10

// secretFileLimit is how long such a file may take, which can be a pipe; long
// enough for a password store that answers by itself.
const secretFileLimit = 20 * time.Second

// environ reads the environment. Set but empty counts as not set, as Compose
// files and CI systems pass on what they do not have as an empty text.
type environ struct{ getenv func(string) string }

func (e environ) get(name string) string {
	if e.getenv == nil {
		return ""
	}
	return strings.TrimSpace(e.getenv(name))
}

// isSet tells whether a variable is there, itself or as …_FILE.
func (e environ) isSet(name string) bool {
	return e.get(name) != "" || e.get(name+"_FILE") != ""
}

// hasApp tells whether the environment names an app on its own.
func (e environ) hasApp() bool { return e.isSet("ZOOM_CLIENT_ID") }

// value reads a variable, or the file that NAME_FILE names, as Docker and
// systemd hand over secrets.
func (e environ) value(ctx context.Context, name string) (string, error) {
	direct, path := e.get(name), e.get(name+"_FILE")
	if direct != "" && path != "" {
		return "", usage("%s and %s_FILE are both set; unset one of them", name, name)
	}
	if path == "" {
		return direct, nil
	}
	text, err := readWithin(ctx, path, secretFileLimit)
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		return "", usage("%s_FILE: %w", name, err)
	}
	value := strings.TrimSpace(string(text))
	if value == "" || len(text) > maxSecretFile {
		return "", usage("%s_FILE: %s is empty or larger than 64 KiB", name, path)
	}
	return value, nil
}

// readWithin reads a file of bounded size. It may be a pipe, as in <(pass show
// zoom): nobody can tell one whose writer is slow from one that has none, and
// opening it cannot be broken off. So one that gives nothing in time is left
// behind, and ends with the program.
func readWithin(ctx context.Context, path string, limit time.Duration) ([]byte, error) {
	type content struct {
		text []byte
		err  error
	}
	read := make(chan content, 1)
	go func() {
		f, err := os.Open(path)
		if err != nil {
			read <- content{nil, err}
			return
		}
		defer f.Close()
		text, err := io.ReadAll(io.LimitReader(f, maxSecretFile+1))
		read <- content{text, err}
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case c := <-read:
		return c.text, c.err
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-timer.C:
		return nil, fmt.Errorf("%s gave nothing within %s; is it a pipe that nobody writes into?", path, limit)
	}
}

// AccessToken is the token that ZOOM_ACCESS_TOKEN or ZOOM_ACCESS_TOKEN_FILE
// brings along. It is used as it is and never refreshed; empty means that there
// is none.
func AccessToken(getenv func(string) string) (auth.Secret, error) {
	const name = "ZOOM_ACCESS_TOKEN"
	token, err := environ{getenv}.value(context.Background(), name)
	if err != nil {
		return "", err
	}
	if i := strings.IndexFunc(token, notTokenText); i >= 0 {
		return "", &Error{What: fmt.Sprintf("%s is not a token: character %d cannot be part of one", name, i+1)}
	}
	return auth.Secret(token), nil
}

// notTokenText tells what cannot stand in an Authorization header (RFC 6750
// section 2.1: b64token), so that a pasted "Bearer …" or a line break is
// noticed here and not as a riddle at Zoom.
func notTokenText(r rune) bool {
	letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	return !letter && !strings.ContainsRune("-._~+/=", r)
}
