package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	xterm "github.com/charmbracelet/x/term"

	"zoomtui/internal/auth"
	"zoomtui/internal/explain"
	"zoomtui/internal/qr"
	"zoomtui/internal/term"
)

// announce tells the link: for a program as an event, for a person in words on
// stderr with the address whole on a line of its own.
func (s *signIn) announce() error {
	if !s.opts.json {
		_, err := fmt.Fprint(s.cli.err, folded(s.cli.err, s.linkText()))
		return err
	}
	return printEvent(s.cli.out, authorizeEvent{
		"authorize", s.auth.URL(), s.auth.RedirectURI(), s.auth.Expires().UTC().Truncate(time.Second),
	})
}

// linkText is the link and the ways that lead back from it.
func (s *signIn) linkText() string {
	c := s.cli
	shown := s.auth.URL()
	if isTerminal(c.err) && !s.machine.Dumb {
		shown = term.Hyperlink(shown, shown)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Open this address in a browser and allow the app (profile %s):\n\n%s\n\n", s.profile.Name, shown)
	if !s.opts.device && s.opts.lan == "" { // theirs are what a phone can complete
		b.WriteString(s.code(s.auth.URL(), aroundLink))
	}
	fmt.Fprintf(&b, "The browser then comes back to %s.\n", s.auth.RedirectURI())
	b.WriteString(s.portLine())
	if line := tunnel(s.machine, s.auth.Addr()); line != "" {
		b.WriteString("This is an SSH session. First, on your own machine:  " + line + "\n")
	}
	if c.canPaste() {
		b.WriteString("If it cannot, because it is on another device: paste the address that it ended on here.\n")
	}
	fmt.Fprintf(&b, "The link is good until %s.\n", s.clockTime(s.auth.Expires()))
	return b.String()
}

// portLine says when another port than the wanted one is listened on.
func (s *signIn) portLine() string {
	wanted, taken := s.auth.PortTaken()
	switch {
	case !taken:
		return ""
	case strings.HasPrefix(s.auth.RedirectURI(), "https:"):
		return fmt.Sprintf("%s is taken by another program, so the browser is awaited on %s. A bounce page finds it there; through a tunnel to %s nothing arrives: paste the address then.\n",
			wanted, s.auth.Addr(), wanted)
	default:
		return fmt.Sprintf("(%s is taken by another program; Zoom ignores the port.)\n", wanted)
	}
}

// How many rows of words should stay in sight with a QR code.
const (
	aroundLink  = 9
	aroundShort = 6 // of a short code or of the address for a phone
)

// code is the QR code of a link, where stderr is a terminal with room for it and
// for so many rows of words.
func (s *signIn) code(link string, around int) string {
	f, ok := s.cli.err.(*os.File)
	if !ok || !isTerminal(f) {
		return ""
	}
	code, err := qr.Encode(link)
	if err != nil {
		return ""
	}
	cols, rows, err := xterm.GetSize(f.Fd())
	if err != nil {
		return ""
	}
	chosen, fits := qr.Choose(code, glyphs(s.machine.Glyphs("", term.DA2{})), cols, rows-around)
	if !fits {
		needCols, needRows := qr.Needs(code, chosen)
		return fmt.Sprintf("(For a QR code the window must have %d columns and %d rows.)\n\n", needCols, needRows+around)
	}
	lines := qr.Render(code, chosen, qr.Options{NoColor: !s.cli.colour(f), DarkBackground: true})
	return strings.Join(lines, "\n") + "\n\n"
}

// tellEvent says what happens while the sign-in waits.
func (s *signIn) tellEvent(e auth.LoginEvent) {
	if s.opts.json {
		return // a program wants the outcome; it gets that one
	}
	switch e.Kind {
	case auth.EventExchanging:
		s.cli.say("Asking Zoom for the tokens …")
	case auth.EventFailed:
		if e.Open && e.Way == auth.WayCallback { // a paste is answered where it was made
			_ = s.cli.tell(explain.Of(e.Err))
			s.cli.say("Still waiting: load the browser's last page again.")
		}
	case auth.EventStranger:
		s.cli.say("A browser came that does not belong to this sign-in (%s). Use the link above; still waiting.", clean(e.Reason))
	}
}

// tellRefusal says why a paste was not taken; the wait goes on.
func (s *signIn) tellRefusal(err error) {
	if errors.Is(err, auth.ErrClosed) {
		return
	}
	p := explain.Of(err)
	if s.opts.json {
		_ = printEvent(s.cli.out, struct { // the wait goes on even if nobody reads this
			Event string `json:"event"`
			problemJSON
		}{"paste-refused", errorJSON(p)})
		return
	}
	// The sign-in that the steps would begin is this one, which goes on.
	p.Next = slices.DeleteFunc(p.Next, func(step explain.Step) bool { return step.Action == explain.ActionSignIn })
	_ = s.cli.tell(p)
	s.cli.say("Still waiting; the link is good until %s.", s.clockTime(s.auth.Expires()))
}
