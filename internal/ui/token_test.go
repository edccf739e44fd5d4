package ui

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zoomtui/internal/scope"
	"zoomtui/internal/ui/token"
	"zoomtui/internal/ui/uitest"
)

// onTokenTab opens the token tab over a comparer.
func onTokenTab(t *testing.T, c *comparer) *uitest.Program {
	t.Helper()
	w := week()
	p := open(t, w, c.over(w), 100, 60)
	p.Press("4")
	return p
}

func TestTokenIsExplained(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := onTokenTab(t, postman())
		p.Shows("not verified", "Scopes are not inside", "in 51 min", "9 min ago", "zm:cid:…da3g", "zJKyaiAyTNC-MWjiWC18KQ",
			"which of Zoom's keys has signed it", "zm_skm", "not known to this program", "[hidden]")
		p.Hides("7KxQ2fWJT1mBv8s0nLda3g")
	})
}

// The times of the claims change once a minute, and only the countdown ticks.
func TestTokenTicksCalmly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := onTokenTab(t, postman())
		changed := 0
		before := strings.Split(p.Frame(), "\n")
		for range 5 {
			p.Advance(time.Second)
			after := strings.Split(p.Frame(), "\n")
			for i := 3; i < len(after)-2; i++ { // without header and footer
				if after[i] != before[i] && !strings.Contains(after[i], "Access token") {
					changed++
				}
			}
			before = after
		}
		if changed > 0 {
			t.Errorf("%d lines changed in five seconds", changed)
		}
	})
}

// A token that is pasted is on no screen, whatever is done with it.
func TestPastedTokenIsNeverShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := postman()
		c.slow = time.Second
		p := onTokenTab(t, c)
		p.Press("c")
		hidden := func(where string) {
			t.Helper()
			for _, part := range append(strings.Split(pastedJWT, "."), "eyJ") {
				if strings.Contains(p.Raw(), part) {
					t.Errorf("%s: a part of the token is on the screen", where)
				}
			}
		}
		p.Type(pastedJWT)
		hidden("typed")
		p.Shows("75 characters", "hidden")
		p.Press("enter")
		hidden("reading")
		p.Advance(2 * time.Second)
		p.Shows("another app")
		for _, k := range []string{"p", "enter"} {
			p.Press(k)
			hidden(k)
		}
		p.Advance(10 * time.Second)
		hidden("probed")
		for _, k := range []string{"?", "esc", "5", "3", "H", "esc", "4"} {
			p.Press(k)
			hidden(k)
		}
	})
}

// Over another token, and where x exports, nobody asks for the end of the sign-in.
func TestRevokeIsNotAskedForInAPage(t *testing.T) {
	for name, tt := range map[string]struct {
		keys   []string
		offers bool
	}{
		"the token in use": {nil, true},
		"two tokens":       {[]string{"c", "enter"}, false},
		"consent":          {[]string{"c", "enter", "p"}, false},
		"probed":           {[]string{"c", "enter", "p", "enter"}, false},
		"scopes":           {[]string{"3"}, false},
		"requests":         {[]string{"5"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := onTokenTab(t, postman())
				for _, k := range tt.keys {
					if p.Press(k); k == "c" {
						p.Type(pastedJWT)
					}
				}
				p.Advance(10 * time.Second)
				p.Press("?")
				if told := strings.Contains(p.Frame(), "x  revoke"); told != tt.offers {
					t.Errorf("the help names x: %t, want %t", told, tt.offers)
				}
				p.Press("esc", "x")
				if asked := strings.Contains(p.Frame(), "End this sign-in"); asked != tt.offers {
					t.Errorf("x asks whether to end the sign-in: %t, want %t\n%s", asked, tt.offers, p.Frame())
				}
			})
		})
	}
}

func TestBoxForAnotherToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := postman()
		p := onTokenTab(t, c)
		p.Press("c")
		p.Shows("0 characters")
		p.Press("enter")
		p.Shows("The box is empty")
		p.Type("ab q5") // letters of keys are text here
		p.Shows("5 characters")
		p.Press("backspace")
		p.Shows("4 characters")
		p.Press("enter")
		p.Shows("There is no token in this text", "0 characters")
		p.Type("ab")
		p.Hides("There is no token")
		p.Press("ctrl+u")
		p.Shows("0 characters")
		p.Paste(strings.Repeat("x", 17<<10))
		p.Shows("more than a token")
		p.Press("esc")
		p.Shows("Claims")
		if c.texts[0] != "ab q" || len(c.texts) != 1 {
			t.Errorf("looked into %q", c.texts)
		}
	})
}

func TestCompareForgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := postman()
		p := onTokenTab(t, c)
		p.Press("c")
		p.Paste("Bearer " + pastedJWT)
		p.Shows("The other token is from another app (…x7Qa ≠ …da3g).", "It is another user's", "40 min older", "≠", "esc forget it")
		p.Press("esc")
		p.Shows("Claims")
		if o, _ := c.last(); !o.forgot {
			t.Error("esc has not forgotten it")
		}
		p.Press("c")
		p.Paste(pastedJWT)
		p.Press("c") // another one
		p.Shows("0 characters")
		if o, n := c.last(); n != 2 || !o.forgot {
			t.Error("another token has not made it forget the one before")
		}
	})
}

// What comes back after the person has left is forgotten, too.
func TestCompareTooLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := postman()
		c.slow = 3 * time.Second
		p := onTokenTab(t, c)
		p.Press("c")
		p.Paste(pastedJWT)
		p.Press("esc")
		p.Advance(5 * time.Second)
		p.Shows("Claims")
		if o, n := c.last(); n != 1 || !o.forgot {
			t.Error("it is still there")
		}
	})
}

// Nothing is sent before the person has said so; then both tokens are tried, call by call.
func TestProbeWithAnotherToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := postman()
		p := onTokenTab(t, c)
		p.Press("c")
		p.Paste(pastedJWT)
		p.Press("p")
		p.Shows("Send the other token to api-us.zoom.us?", "3 calls", "GET /users/me/settings")
		p.Advance(time.Minute)
		o, _ := c.last()
		if theirs, ours, _ := o.tried(); theirs+ours != 0 {
			t.Fatal("it was sent without consent")
		}
		p.Press("esc")
		p.Shows("another app")
		p.Press("p", "enter")
		p.Shows("Asking Zoom")
		p.Advance(700 * time.Millisecond)
		if theirs, ours, _ := o.tried(); theirs != 1 || ours != 1 {
			t.Errorf("%d and %d calls after one pause", theirs, ours)
		}
		p.Advance(10 * time.Second)
		p.Shows("The other token has a scope for GET /users/me/settings, and ours has none.", "✗ 400 / 4711", "✓ allowed")
		if theirs, ours, _ := o.tried(); theirs != 3 || ours != 3 {
			t.Errorf("%d and %d calls", theirs, ours)
		}
	})
}

func TestProbeWithAnotherTokenStops(t *testing.T) {
	for name, tt := range map[string]struct {
		answer       func(bool, scope.Probe) scope.Outcome
		theirs, ours int
		says         string
	}{
		"the other token is refused": {func(theirs bool, p scope.Probe) scope.Outcome {
			if theirs {
				return scope.Outcome{Probe: p, Status: 401, Code: 124, Reason: scope.ReasonToken}
			}
			return scope.Outcome{Probe: p, Status: 200, Zoom: scope.HasIt}
		}, 1, 3, "Zoom does not accept the other token"},
		"too many calls": {func(_ bool, p scope.Probe) scope.Outcome {
			return scope.Outcome{Probe: p, Status: 429, Code: 429, Reason: scope.ReasonRate}
		}, 1, 0, "Zoom asks to wait"},
		"no network": {func(_ bool, p scope.Probe) scope.Outcome {
			return scope.Outcome{Probe: p, Failed: "Zoom could not be reached."}
		}, 1, 0, "Zoom could not be reached."},
		"no difference": {func(_ bool, p scope.Probe) scope.Outcome {
			return scope.Outcome{Probe: p, Status: 200, Zoom: scope.HasIt}
		}, 3, 3, "Both tokens may make the same ones"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := postman()
				c.answer = tt.answer
				p := onTokenTab(t, c)
				p.Press("c")
				p.Paste(pastedJWT)
				p.Press("p", "enter")
				p.Advance(20 * time.Second)
				p.Shows(tt.says)
				o, _ := c.last()
				if theirs, ours, _ := o.tried(); theirs != tt.theirs || ours != tt.ours {
					t.Errorf("%d and %d calls, want %d and %d", theirs, ours, tt.theirs, tt.ours)
				}
			})
		})
	}
	t.Run("esc", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			c := postman()
			p := onTokenTab(t, c)
			p.Press("c")
			p.Paste(pastedJWT)
			p.Press("p", "enter", "esc")
			p.Advance(20 * time.Second)
			p.Shows("Stopped by you.")
			o, _ := c.last()
			if theirs, ours, forgot := o.tried(); theirs+ours > 1 || forgot {
				t.Errorf("%d and %d calls after esc, forgotten %v", theirs, ours, forgot)
			}
		})
	})
}

// A probe is offered only where there is something to learn.
func TestNoProbeWithoutUse(t *testing.T) {
	for name, c := range map[string]*comparer{
		"the same":      finding(func(c *token.Comparison, _ time.Time) { c.Same = true }),
		"refresh token": finding(func(c *token.Comparison, _ time.Time) { c.Theirs.Kind = token.Refresh }),
		"foreign":       finding(func(c *token.Comparison, _ time.Time) { c.Theirs = token.Side{Kind: token.Foreign} }),
		"expired":       finding(func(c *token.Comparison, now time.Time) { c.Theirs.Expires = now }),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := onTokenTab(t, c)
				p.Press("c")
				p.Paste(pastedJWT)
				p.Hides("p probe")
				p.Press("p")
				p.Hides("Send the other token")
			})
		})
	}
}
