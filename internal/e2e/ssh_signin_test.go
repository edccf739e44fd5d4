//go:build linux

package e2e

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"zoomtui/internal/sandbox"
)

// TestSSH signs in as a person does who has a browser on a laptop and the
// program on a server: over a real SSH server, through the tunnel that the
// program prints, typed as it is printed.
func TestSSH(t *testing.T) {
	t.Parallel()
	t.Run("login", func(t *testing.T) {
		t.Parallel()
		s := openSession(t, sshPort, "login")
		s.awaits("good until")
		s.tunnel(fmt.Sprintf("ssh -L 8976:127.0.0.1:8976 -p %d %s@127.0.0.1", sshPort, s.remote.user))
		s.signIn()
		s.awaits("Signed in as Aiko")
		s.ended(0)
		s.check()
	})
	t.Run("dashboard", func(t *testing.T) {
		t.Parallel()
		s := openSession(t, sshUsual, "")
		s.awaits("Waiting")
		s.tunnel(fmt.Sprintf("ssh -L 8976:127.0.0.1:8976 %s@127.0.0.1", s.remote.user))
		s.types("s")
		s.until("the line in the clipboard", func() bool { return s.copied(s.line) })
		s.awaitsNew("o", "phone") // opens nothing over SSH, and copies nothing unasked
		if s.copied(s.link()) {
			s.t.Error("the link was copied unasked")
		}
		s.types("c")
		s.until("the link in the clipboard", func() bool { return s.copied(s.link()) })
		s.types("\x1b")
		s.signIn()
		s.shows("all that is needed")
		s.shows("Aiko Tanaka")
		s.types("q")
		s.ended(0)
		s.check()
	})
}

// session is a terminal window with the program in it, over SSH.
type session struct {
	*process
	remote *remote
	zoom   *sandbox.Server
	person person
	line   string // the tunnel
	code   string // of the authorization
}

// openSession runs the program on the server.
func openSession(t *testing.T, port int, args string) *session {
	t.Helper()
	zoom, aiko := startZoom(t), newPerson(t)
	env := aiko.environment(append(zoom.Env(sandbox.KindPublic), "ZOOMTUI_LISTEN=127.0.0.1:8976")...)
	r := newRemote(t, strings.TrimPrefix(zoom.URL(), "http://"), env)
	line := fmt.Sprintf("ssh -tt -p %d %s@127.0.0.1 exec %s %s", port, r.user, zoomtui(t), args)
	return &session{process: r.types(line, 100, 40), remote: r, zoom: zoom, person: aiko}
}

// link is the address of the consent page.
func (s *session) link() string {
	s.t.Helper()
	found := regexp.MustCompile(`\x1b\]8;[^;]*;(http[^\x1b\x07]+)`).FindStringSubmatch(s.out.String())
	if found == nil {
		s.t.Fatalf("no link in:\n%q", s.out)
	}
	return found[1]
}

// tunnel reads the line from the terminal, wants it to be the right one, and
// types it in another window.
func (s *session) tunnel(want string) {
	s.t.Helper()
	shown := regexp.MustCompile(`ssh (-N )?-L [^\r\n│]*`)
	s.until("the line for the tunnel", func() bool { return shown.MatchString(ansi.Strip(s.out.String())) })
	s.line = strings.TrimSpace(shown.FindString(ansi.Strip(s.out.String())))
	if strings.Replace(s.line, "-N ", "", 1) != want {
		s.t.Fatalf("the line is %q, want %q", s.line, want)
	}
	if err := s.knock(); !errors.Is(err, syscall.ECONNREFUSED) {
		s.t.Fatalf("without the tunnel the laptop reaches the server: %v", err)
	}
	window := s.remote.types(s.line, 80, 24)
	for deadline := time.Now().Add(wait); s.knock() != nil; time.Sleep(pause) {
		if time.Now().After(deadline) {
			s.t.Fatalf("the tunnel does not open:\n%s", window.out)
		}
	}
}

// knock connects to where the laptop's browser is sent.
func (s *session) knock() error {
	conn, err := s.remote.laptop.dial(s.t.Context(), "tcp", "127.0.0.1:8976")
	if err != nil {
		return err
	}
	return conn.Close()
}

// signIn allows the app in the laptop's browser.
func (s *session) signIn() {
	s.t.Helper()
	browser := sandbox.Browser{HTTP: s.remote.laptop.client()}
	callback, err := browser.Answer(s.t.Context(), s.link(), "allow")
	if err != nil {
		s.t.Fatal(err)
	}
	if !strings.HasPrefix(callback, "http://127.0.0.1:8976/callback?") {
		s.t.Fatalf("the browser is sent to %s", callback)
	}
	page, err := browser.Open(s.t.Context(), callback)
	if err != nil || page.Status != 200 || !strings.Contains(page.Body, "close this tab") {
		s.t.Errorf("the browser ends on status %d, error %v:\n%s", page.Status, err, page.Body)
	}
	u, err := url.Parse(callback)
	if err != nil {
		s.t.Fatal(err)
	}
	s.code = u.Query().Get("code")
}

// copied tells whether a text was sent to the clipboard of the laptop (OSC 52).
func (s *session) copied(text string) bool {
	return strings.Contains(s.out.String(), "\x1b]52;c;"+base64.StdEncoding.EncodeToString([]byte(text)))
}

// check looks at what the sign-in left behind.
func (s *session) check() {
	s.t.Helper()
	s.remote.checkNothingOpened()
	tokens := s.person.tokens(s.t)
	if len(tokens) != 2 || s.zoom.Counts()["token.authorization_code"] != 1 {
		s.t.Fatalf("%d tokens stored, %v", len(tokens), s.zoom.Counts())
	}
	for _, secret := range append(tokens, s.code) {
		if strings.Contains(s.out.String(), secret) {
			s.t.Errorf("%.6s… is on the terminal", secret)
		}
	}
}
