package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"zoomtui/internal/lan"
)

// anyAddress is the value of --lan without one.
const anyAddress = "auto"

// lanEvent is a line of `login --lan --json`.
type lanEvent struct {
	Event     string    `json:"event"`
	URL       string    `json:"url"`
	ExpiresAt time.Time `json:"expires_at"`
}

// openPhone opens the page for a phone on the same network. Without one, the
// other ways go on.
func (s *signIn) openPhone(ctx context.Context) {
	at := s.opts.lan
	if at == anyAddress {
		at = ""
	}
	page, _, err := s.phonePage(ctx, s.auth, at)
	if err != nil {
		s.tellTrouble("lan-refused", err)
		return
	}
	s.phone = page
	s.tellPhone()
}

// closePhone closes the page; the phone has been shown the outcome.
func (s *signIn) closePhone() {
	if s.phone != nil {
		_ = s.phone.Close() // its ports are given back in any case
	}
}

// tellPhone shows the address of the page.
func (s *signIn) tellPhone() {
	if s.opts.json {
		_ = printEvent(s.cli.out, lanEvent{"lan", s.phone.URL(), s.phone.Expires().UTC().Truncate(time.Second)}) // the wait goes on even if nobody reads this
		return
	}
	s.cli.say("%s", s.phoneText(s.phone))
}

// phoneText is the address of the page in words, with its QR code.
func (s *signIn) phoneText(page *lan.Page) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\nOr on a phone in the same network open\n\n%s\n\n", page.URL())
	b.WriteString(s.code(page.Short(), aroundShort))
	fmt.Fprintf(&b, "That page leads through the sign-in. It is open to your network until %s, or until you have signed in.\n", s.clockTime(page.Expires()))
	return b.String()
}
