package main_test

import (
	"fmt"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/sandbox"
)

// What the sandbox's world puts on a signed-in screen of any size.
const (
	fullName  = "Aiko Tanaka 田中 愛子"
	nextTopic = "設計レビュー"
	loaded    = "all that is needed"
)

func TestScreenSignIn(t *testing.T) {
	t.Parallel()
	need(t, "tmux")
	for name, size := range map[string][2]int{"80x24": {80, 24}, "120x40": {120, 40}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			zoom, aiko := startZoom(t), person{t.TempDir()}
			env := aiko.environment(zoom.Env(sandbox.KindPublic)...)
			s := openTerminal(t, size[0], size[1], env)
			s.awaits("Open this link", "Waiting ")
			secrets := s.signIn()
			s.awaitsFrame(fullName, "signed in", loaded, nextTopic, "Kenji: build times",
				"1 Dashboard", "2 Meetings", "4 Token", "Tokens", "access", "sign-in", "renews at", "aiko@example.test")
			s.checkCountdown()
			s.press("4")
			s.awaits("not verified")
			s.press("q")
			s.ended(0)
			secrets = append(secrets, aiko.tokens(t)...)
			s.checkSecrets(secrets)

			if err := zoom.Close(); err != nil {
				t.Fatal(err)
			}
			again := openTerminal(t, size[0], size[1], env)
			again.awaitsFrame("Offline since ", "offline", "as of", fullName, nextTopic, "Kenji: build times", "aiko@example.test")
			if waits := regexp.MustCompile(`(?i)loading|reading your`).FindString(again.stream()); waits != "" {
				t.Errorf("the first frame says %q although there is a cache", waits)
			}
			again.press("q")
			again.ended(0)
			again.checkSecrets(secrets)
		})
	}
}

// signIn reads the link from the screen, allows the app in a browser, and
// returns the code, which no screen may show.
func (s *terminal) signIn() []string {
	s.t.Helper()
	callback, err := sandbox.Browser{}.Answer(s.t.Context(), s.link(), "allow")
	if err != nil {
		s.t.Fatal(err)
	}
	page, err := sandbox.Browser{}.Open(s.t.Context(), callback)
	if err != nil || page.Status != 200 || !strings.Contains(page.Body, "close this tab") {
		s.t.Errorf("the browser ends on status %d, error %v:\n%s", page.Status, err, page.Body)
	}
	return []string{codeOf(s.t, callback)}
}

// link waits for a whole authorize link that begins in column 0. Its last parameter,
// the state, has 22 characters.
func (s *terminal) link() string {
	s.t.Helper()
	var link string
	s.until("a whole authorize link", func(screen string) bool {
		link = linkOn(screen, s.cols)
		u, err := url.Parse(link)
		return err == nil && u.Path == "/oauth/authorize" && len(u.Query().Get("state")) == 22
	})
	return link
}

// linkOn is what begins like a link in column 0 and goes on over full rows.
func linkOn(screen string, cols int) string {
	var link strings.Builder
	for row := range strings.Lines(screen) {
		row = strings.TrimSuffix(row, "\n")
		if link.Len() == 0 && !strings.HasPrefix(row, "http") {
			continue
		}
		link.WriteString(row)
		if len(row) < cols {
			break
		}
	}
	return link.String()
}

func codeOf(t *testing.T, callback string) string {
	t.Helper()
	u, err := url.Parse(callback)
	if err != nil || u.Query().Get("code") == "" {
		t.Fatalf("there is no code in %q: %v", callback, err)
	}
	return u.Query().Get("code")
}

// awaitsFrame waits for a whole dashboard with all words on it: it fills the window,
// and nothing is left over from another size. A terminal shows a frame piece by piece
// as it is written, so what is true of a whole one is awaited and not asked of the
// first capture that holds the words.
func (s *terminal) awaitsFrame(words ...string) string {
	s.t.Helper()
	var wrong string
	defer func() {
		if s.t.Failed() && wrong != "" {
			s.t.Log("the last frame: " + wrong)
		}
	}()
	return s.until("a whole frame with "+strings.Join(words, " + "), func(screen string) bool {
		wrong = s.frameError(screen)
		return wrong == "" && holds(screen, words)
	})
}

// frameError says what keeps a screen from being a whole dashboard; "" for nothing.
func (s *terminal) frameError(screen string) string {
	rows := strings.Split(strings.TrimSuffix(screen, "\n"), "\n")
	switch {
	case len(rows) != s.rows:
		return fmt.Sprintf("%d rows, want %d", len(rows), s.rows)
	case !strings.HasPrefix(rows[0], " zoomtui") || !strings.HasPrefix(rows[len(rows)-1], " ? help  "):
		return "the header is not first or the footer not last"
	case strings.Count(screen, "zoomtui") != 1 || strings.Count(screen, "? help") != 1:
		return "the header or the footer is there twice"
	}
	for _, row := range rows {
		if ansi.StringWidth(row) > s.cols {
			return fmt.Sprintf("a row of %d cells, the window has %d: %q", ansi.StringWidth(row), s.cols, row)
		}
	}
	return ""
}

// checkCountdown waits for the life of the access token to get shorter.
func (s *terminal) checkCountdown() {
	s.t.Helper()
	clock := regexp.MustCompile(`(?m)^ access .* (\d\d:\d\d)\b`)
	left := func(screen string) string {
		if found := clock.FindStringSubmatch(screen); found != nil {
			return found[1]
		}
		return ""
	}
	first := left(s.until("minutes and seconds of the access token", func(screen string) bool { return left(screen) != "" }))
	next := left(s.until("a countdown other than "+first, func(screen string) bool { return left(screen) != first }))
	if next >= first || next == "" {
		s.t.Errorf("the countdown went from %q to %q", first, next)
	}
}

// checkSecrets looks for secrets in every screen that was seen and in all that
// was written to the terminal.
func (s *terminal) checkSecrets(secrets []string) {
	s.t.Helper()
	if len(secrets) < 3 || slices.Contains(secrets, "") {
		s.t.Fatalf("want two tokens and a code or a secret to look for, got %d", len(secrets))
	}
	for _, text := range append(slices.Clone(s.seen), s.stream()) {
		for _, secret := range append(slices.Clone(secrets), "pwd=", "zak=") {
			if strings.Contains(text, secret) {
				s.t.Errorf("%.6s… is on the screen:\n%s", secret, text)
			}
		}
	}
}

func TestScreenPaste(t *testing.T) {
	t.Parallel()
	need(t, "tmux")
	zoom, aiko := startZoom(t), person{t.TempDir()}
	app, _ := zoom.App(sandbox.KindConfidential)
	s := openTerminal(t, 80, 24, aiko.environment(zoom.Env(sandbox.KindConfidential)...))
	s.awaits("Open this link", "tab  paste")
	link := s.link()

	s.press("p")
	s.until("the link on the shell's screen, under what the shell said", func(screen string) bool {
		return strings.HasPrefix(screen, before) && linkOn(screen, s.cols) == link && strings.Contains(screen, "Press Enter")
	})
	if s.is("alternate_on") {
		t.Error("the alternate screen is on under the link")
	}
	s.press("Enter")
	s.awaits("Open this link", "tab  paste")

	callback, err := sandbox.Browser{}.Answer(t.Context(), link, "allow")
	if err != nil {
		t.Fatal(err)
	}
	s.paste(callback)
	s.awaitsFrame(fullName, loaded, nextTopic)
	s.press("C-c")
	s.ended(0, 130)
	s.checkSecrets(append(aiko.tokens(t), app.ClientSecret))
}

func TestScreenFaults(t *testing.T) {
	t.Parallel()
	need(t, "tmux")
	aiko := person{t.TempDir()}
	s := openTerminal(t, 80, 24, aiko.environment(), "demo")
	s.awaits("allow as the user")
	s.press("a")
	s.awaitsFrame(fullName, "demo", loaded)
	s.press("F")
	s.awaits("What shall go wrong", "Revoke the sign-in", "No profile scope")
	s.press("G")
	s.awaits("▸ ", "Server-to-Server app not active")
	s.press("g", "j")
	s.awaits("As if the app was removed")
	s.press("Enter")
	s.awaits("Done: Revoke the sign-in.")
	s.press("Escape")
	step := regexp.MustCompile(`(?m)^ +R .*[Ss]ign in`)
	s.until("○ signed out, and a step that says to press R", func(screen string) bool {
		return holds(screen, []string{"○ signed out", "✗", nextTopic}) && step.MatchString(screen)
	})
	s.press("R")
	s.awaits("Open this link")
	s.press("a")
	s.awaits("● signed in", loaded)
	s.press("q")
	s.ended(0)
	aiko.checkEmpty(t)
}

// checkEmpty checks that the demo has left nothing behind.
func (p person) checkEmpty(t *testing.T) {
	t.Helper()
	if left, err := os.ReadDir(p.home); err != nil || len(left) > 0 {
		t.Errorf("the demo leaves %v in the person's directories, error %v", left, err)
	}
}

func TestScreenEnds(t *testing.T) {
	t.Parallel()
	need(t, "tmux")
	tests := map[string]struct {
		end   func(s *terminal)
		codes []int
	}{
		"q":       {func(s *terminal) { s.press("q") }, []int{0}},
		"ctrl-c":  {func(s *terminal) { s.press("C-c") }, []int{0, 130}},
		"SIGINT":  {func(s *terminal) { s.signal(syscall.SIGINT) }, []int{130}},
		"SIGTERM": {func(s *terminal) { s.signal(syscall.SIGTERM) }, []int{130}},
		"SIGHUP":  {func(s *terminal) { s.signal(syscall.SIGHUP) }, []int{130}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for range 5 { // a signal comes at any moment of the program
				aiko := person{t.TempDir()}
				s := openTerminal(t, 80, 24, aiko.environment(), "demo")
				s.awaits("Open this link", "good for")
				tt.end(s)
				s.ended(tt.codes...)
				aiko.checkEmpty(t)
			}
		})
	}
}

func TestScreenNoColor(t *testing.T) {
	t.Parallel()
	need(t, "tmux")
	zoom, aiko := startZoom(t), person{t.TempDir()} // one world, seen twice at the same time
	env := aiko.environment(zoom.Env(sandbox.KindPublic)...)
	coloured := openTerminal(t, 120, 40, env)
	coloured.signIn()
	coloured.awaitsFrame(fullName, loaded, nextTopic)
	plain := openTerminal(t, 120, 40, append(env, "NO_COLOR=1"))
	plain.awaitsFrame(fullName, loaded, nextTopic)
	words := func(screen string) []string {
		// Figures change between two looks.
		return strings.Fields(regexp.MustCompile(`#[0-9a-f]{6}|\d+`).ReplaceAllString(screen, "0"))
	}
	for s, want := range map[*terminal]bool{coloured: true, plain: false} {
		if got := hasColour(s.tmux("capture-pane", "-p", "-e")); got != want {
			t.Errorf("colours: %v, want %v", got, want)
		}
	}
	var diff string
	defer func() {
		if t.Failed() {
			t.Logf("without colours (+), and with (-):\n%s", diff)
		}
	}()
	plain.until("the words that are there with colours", func(screen string) bool {
		diff = cmp.Diff(words(coloured.screen()), words(screen))
		return diff == ""
	})
}

// hasColour finds an SGR sequence that sets a foreground or a background.
func hasColour(styled string) bool {
	for _, sgr := range regexp.MustCompile(`\x1b\[([0-9;:]*)m`).FindAllStringSubmatch(styled, -1) {
		if regexp.MustCompile(`(^|;)([349][0-7]|10[0-7]|[345]8)(;|:|$)`).MatchString(sgr[1]) {
			return true
		}
	}
	return false
}

func TestScreenResize(t *testing.T) {
	t.Parallel()
	need(t, "tmux")
	aiko := person{t.TempDir()}
	s := openTerminal(t, 80, 24, aiko.environment(), "demo")
	s.awaits("allow as the user")
	s.press("a")
	s.awaitsFrame(fullName, loaded)
	for _, size := range [][2]int{{40, 12}, {120, 40}, {80, 24}, {40, 12}} {
		s.resize(size[0], size[1])
		next := regexp.MustCompile(nextTopic + `.* in +\d+:\d\d`)
		s.until(fmt.Sprintf("a whole frame at %d×%d with the next meeting and its countdown", s.cols, s.rows), func(screen string) bool {
			return s.frameError(screen) == "" && strings.Contains(screen, "signed in") && next.MatchString(screen)
		})
	}
	s.press("q")
	s.ended(0)
}

// A renderer that does not know what stands on the screen after a change of the
// size leaves pieces of the old frame beside the next one.
func TestScreenResizeLeavesNothing(t *testing.T) {
	t.Parallel()
	need(t, "tmux")
	aiko := person{t.TempDir()}
	s := openTerminal(t, 120, 40, aiko.environment(), "demo")
	s.awaits("allow as the user", "▀")
	for range 3 {
		s.resize(40, 12)
		s.awaits("1  Open, then allow")
		s.resize(120, 40)
		s.awaits("Open this link in any browser", "▀")
		s.press("Q")
		s.until("a QR code and nothing of the frame before", func(screen string) bool {
			return strings.Contains(screen, "other blocks") && !regexp.MustCompile(`not Zoom|good for|code_challenge|redirect_uri`).MatchString(screen)
		})
		s.press("Escape")
		s.awaits("Open this link in any browser", "▀")
	}
	s.press("q")
	s.ended(0)
}
