package main_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"zoomtui/internal/sandbox"
)

// startPatientZoom starts a sandbox that devices may ask each second.
func startPatientZoom(t *testing.T) *sandbox.Server {
	t.Helper()
	zoom, err := sandbox.Start(sandbox.Options{DeviceInterval: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = zoom.Close() })
	return zoom
}

// longAddress is what the browser ended on with a detour in it that makes it
// longer than 6,000 characters, more than a terminal's line holds.
func longAddress(t *testing.T, link string) string {
	t.Helper()
	callback, err := sandbox.Browser{}.Answer(t.Context(), link, "allow")
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(callback)
	if err != nil {
		t.Fatal(err)
	}
	u.RawQuery = "detour=" + strings.Repeat("0123456789abcdef", 375) + "&" + u.RawQuery
	return u.String()
}

// wrapped is a text as a terminal of 80 columns wraps it, copied from a pane with
// a margin.
func wrapped(text string) string {
	var out strings.Builder
	for len(text) > 80 {
		out.WriteString(text[:80] + "\n  ")
		text = text[80:]
	}
	return out.String() + text
}

// pasteBare pastes text as a terminal does that marks no pastes.
func (s *terminal) pasteBare(text string) {
	s.t.Helper()
	s.tmux("set-buffer", "--", text, ";", "paste-buffer")
}

// ways are how a long address comes out of a clipboard.
func ways() map[string]func(s *terminal, address string) {
	return map[string]func(s *terminal, address string){
		"in one line":         func(s *terminal, address string) { s.paste(address) },
		"wrapped":             func(s *terminal, address string) { s.paste(wrapped(address)) },
		"wrapped and quoted":  func(s *terminal, address string) { s.paste("\n '" + wrapped(address) + "'\n") },
		"in one line, bare":   func(s *terminal, address string) { s.pasteBare(address + "\n") },
		"wrapped, bare":       func(s *terminal, address string) { s.pasteBare(wrapped(address) + "\n") },
		"bare, then by Enter": func(s *terminal, address string) { s.pasteBare(address); s.press("Enter") },
	}
}

func TestScreenLoginPaste(t *testing.T) {
	t.Parallel()
	need(t, "tmux")
	for name, paste := range ways() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			zoom, aiko := startZoom(t), person{t.TempDir()}
			app, _ := zoom.App(sandbox.KindConfidential)
			s := openTerminal(t, 80, 24, aiko.environment(zoom.Env(sandbox.KindConfidential)...), "login", "--no-browser")
			s.awaits("good until")
			link := s.link()
			s.paste("something else")
			s.press("Enter")
			s.awaits("Still waiting")
			address := longAddress(t, link)
			paste(s, address)
			s.awaits("Signed in as Aiko", "exit status 0")
			s.checkEcho()
			s.checkSecrets(append(aiko.tokens(t), app.ClientSecret, codeOf(t, address)))
		})
	}
}

// checkEcho looks for a piece of what was pasted, which hides codes from those
// who look over a shoulder, and for a terminal that echoes again.
func (s *terminal) checkEcho() {
	s.t.Helper()
	if strings.Contains(s.stream(), "0123456789abcdef") {
		s.t.Errorf("what was pasted is on the screen:\n%s", s.screen())
	}
	if left := leftOn(s.stream()); left != nil {
		s.t.Errorf("left on: %q", left)
	}
}

func TestScreenDashboardPaste(t *testing.T) {
	t.Parallel()
	need(t, "tmux")
	for name, paste := range ways() {
		if strings.Contains(name, "bare") {
			continue // letters are keys on this screen
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			zoom, aiko := startZoom(t), person{t.TempDir()}
			app, _ := zoom.App(sandbox.KindConfidential)
			s := openTerminal(t, 80, 24, aiko.environment(zoom.Env(sandbox.KindConfidential)...))
			s.awaits("Open this link", "paste")
			link := s.link()
			s.paste(link) // is no answer, and destroys nothing
			s.press("Enter")
			s.awaits("This is the sign-in link itself")
			s.press("C-u")
			address := longAddress(t, link)
			paste(s, address)
			s.awaitsFrame(fullName, loaded, nextTopic)
			s.press("q")
			s.ended(0)
			s.checkSecrets(append(aiko.tokens(t), app.ClientSecret, codeOf(t, address)))
		})
	}
}

// shortCode waits for a short code other than some, as the dashboard sets it:
// four characters and four, apart.
func (s *terminal) shortCode(others ...string) string {
	s.t.Helper()
	apart := regexp.MustCompile(`(?m)^ +([0-9a-z](?: [0-9a-z]){3})   ([0-9a-z](?: [0-9a-z]){3})\b`)
	var code string
	s.until("a new short code", func(screen string) bool {
		found := apart.FindStringSubmatch(screen)
		if found == nil {
			return false
		}
		code = strings.ReplaceAll(found[1]+found[2], " ", "")
		for _, other := range others {
			if code == other {
				return false
			}
		}
		return true
	})
	return code
}

// TestScreenShortCode signs in with a short code, from a dashboard of 80×24.
func TestScreenShortCode(t *testing.T) {
	t.Parallel()
	need(t, "tmux")
	var browser sandbox.Browser
	tests := map[string]func(t *testing.T, zoom *sandbox.Server, s *terminal) (code string){
		"typed": func(_ *testing.T, _ *sandbox.Server, s *terminal) string { return s.shortCode() },
		"a new one": func(t *testing.T, zoom *sandbox.Server, s *terminal) string {
			first := s.shortCode()
			s.press("n")
			return s.shortCode(first)
		},
		"declined": func(t *testing.T, zoom *sandbox.Server, s *terminal) string {
			first := s.shortCode()
			if err := browser.Decline(t.Context(), zoom.URL()+"/oauth/device/complete/"+first); err != nil {
				t.Fatal(err)
			}
			s.awaits("The sign-in was declined on the other device.", "n Ask for a new code")
			s.press("n")
			return s.shortCode(first)
		},
		"expired": func(t *testing.T, zoom *sandbox.Server, s *terminal) string {
			first := s.shortCode()
			if err := zoom.SetFault("device-expired", true); err != nil {
				t.Fatal(err)
			}
			s.awaits("The short code has run out.", "n Ask for a new code")
			s.press("n")
			return s.shortCode(first)
		},
		"asked too often": func(t *testing.T, zoom *sandbox.Server, s *terminal) string {
			if err := zoom.SetFault("device-slow-down", true); err != nil {
				t.Fatal(err)
			}
			return s.shortCode()
		},
	}
	for name, code := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			zoom, aiko := startPatientZoom(t), person{t.TempDir()}
			app, _ := zoom.App(sandbox.KindConfidential)
			s := openTerminal(t, 80, 24, aiko.environment(zoom.Env(sandbox.KindConfidential)...))
			s.awaits("Open this link", "short code")
			s.press("d")
			typed := code(t, zoom, s)
			s.awaits(zoom.URL()+"/oauth_device", "▀") // and its QR code
			if err := browser.Enter(t.Context(), zoom.URL()+"/oauth_device", typed); err != nil {
				t.Fatal(err)
			}
			s.awaitsFrame(fullName, loaded, nextTopic)
			s.press("q")
			s.ended(0)
			s.checkSecrets(append(aiko.tokens(t), app.ClientSecret))
		})
	}
}

// An app that is not switched on for short codes says where that is done, and the
// link goes on.
func TestScreenShortCodeOff(t *testing.T) {
	t.Parallel()
	need(t, "tmux")
	zoom, aiko := startZoom(t), person{t.TempDir()}
	if err := zoom.SetFault("device-off", true); err != nil {
		t.Fatal(err)
	}
	s := openTerminal(t, 80, 24, aiko.environment(zoom.Env(sandbox.KindConfidential)...))
	s.awaits("Open this link", "short code")
	s.press("d")
	s.awaits("This app may not sign in with a short code.", "Features, Embed")
	s.press("Escape")
	s.awaits("Open this link")
	s.signIn()
	s.awaitsFrame(fullName, loaded, nextTopic)
	s.press("q")
	s.ended(0)
}

// TestScreenLoginShortCode is `login --device` without a dashboard: a code that
// runs out is replaced by itself, and a person who declines has said no.
func TestScreenLoginShortCode(t *testing.T) {
	t.Parallel()
	need(t, "tmux")
	var browser sandbox.Browser
	open := func(t *testing.T) (*sandbox.Server, person, *terminal) {
		zoom, aiko := startPatientZoom(t), person{t.TempDir()}
		return zoom, aiko, openTerminal(t, 80, 24, aiko.environment(zoom.Env(sandbox.KindConfidential)...), "login", "--device", "--no-browser")
	}
	code := func(s *terminal, other string) (newest string) {
		typed := regexp.MustCompile(`and type  ([0-9a-z]{8})\b`)
		s.until("a short code other than "+other, func(screen string) bool {
			found := typed.FindAllStringSubmatch(screen, -1)
			if len(found) > 0 {
				newest = found[len(found)-1][1]
			}
			return newest != other
		})
		return newest
	}
	t.Run("runs out, then typed", func(t *testing.T) {
		t.Parallel()
		zoom, aiko, s := open(t)
		first := code(s, "")
		if err := zoom.SetFault("device-expired", true); err != nil {
			t.Fatal(err)
		}
		second := code(s, first)
		if !strings.Contains(s.stream(), "The short code ran out.") {
			t.Error("nothing says why there is a new code")
		}
		if err := browser.Enter(t.Context(), zoom.URL()+"/oauth_device", second); err != nil {
			t.Fatal(err)
		}
		s.awaits("Signed in as Aiko", "exit status 0")
		if aiko.tokens(t) == nil {
			t.Error("no tokens are stored")
		}
	})
	t.Run("declined", func(t *testing.T) {
		t.Parallel()
		zoom, aiko, s := open(t)
		if err := browser.Decline(t.Context(), zoom.URL()+"/oauth/device/complete/"+code(s, "")); err != nil {
			t.Fatal(err)
		}
		s.awaits("declined", "exit status 3")
		if aiko.tokens(t) != nil {
			t.Error("tokens are stored")
		}
	})
}
