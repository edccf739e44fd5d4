package ui

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zoomtui/internal/explain"
	"zoomtui/internal/qr"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/login"
	"zoomtui/internal/ui/uitest"
)

// onEveryWay runs a test on the sign-in screen of a machine with every way.
func onEveryWay(t *testing.T, w *ways, play func(p *uitest.Program)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w.news = make(chan login.News, 1) // a channel of the bubble
		play(open(t, w.world, w.deps(), 80, 24))
	})
}

// row is the row of the window that holds the words.
func row(t *testing.T, p *uitest.Program, words string) string {
	t.Helper()
	for line := range strings.Lines(p.Frame()) {
		if strings.Contains(line, words) {
			return line
		}
	}
	t.Errorf("no row holds %q:\n%s", words, p.Frame())
	return ""
}

// holdsCode fails the test unless the window holds the whole QR code of a link.
func holdsCode(t *testing.T, p *uitest.Program, link string) {
	t.Helper()
	code, _ := kit.NewQR(link).Draw(kit.QRContext{Known: []qr.Glyphs{qr.HalfBlocks}, Dark: true}, 200, 200)
	rows := strings.Split(p.Raw(), "\n")
	for at := range rows {
		n := 0
		for n < len(code) && at+n < len(rows) && strings.Contains(rows[at+n], code[n]) {
			n++
		}
		if n == len(code) {
			return
		}
	}
	t.Errorf("the QR code of %s is not whole on the screen:\n%s", link, p.Frame())
}

func TestShortCodeSignsIn(t *testing.T) {
	w := everyWay()
	onEveryWay(t, w, func(p *uitest.Program) {
		p.Press("d")
		p.Shows("K 3 V 9   Q 2 H X", "good for 15:00", "Waiting for you")
		holdsCode(t, p, "https://zoom.us/oauth_device?user_code=K3V9Q2HX")
		if line := row(t, p, "oauth_device"); !strings.HasPrefix(line, "https://zoom.us/oauth_device ") {
			t.Errorf("the link does not begin at the left edge: %q", line)
		}
		p.Press("c")
		if p.Sent[0] != "K3V9Q2HX" {
			t.Errorf("c sent %q", p.Sent)
		}
		p.Press("esc")
		p.Advance(28 * time.Second)
		if line := row(t, p, "short code"); !strings.Contains(line, "K3V9Q2HX") || !strings.Contains(line, "14:32") {
			t.Errorf("the overview does not tell the code and its time: %q", line)
		}
		p.Press("d") // the code that waits, not another one
		p.Shows("K 3 V 9   Q 2 H X", "good for 14:32")
		w.newest().over <- nil
		w.attempt.finish()
		p.Advance(time.Second)
		p.Shows("Signed in as Aiko Tanaka")
		if len(w.codes) != 1 {
			t.Errorf("%d codes were asked for, want 1", len(w.codes))
		}
	})
}

func TestShortCodeThatEndsSaysWhy(t *testing.T) {
	for name, tc := range map[string]struct {
		end   func(*ways, *uitest.Program)
		words []string
	}{
		"declined": {
			func(w *ways, p *uitest.Program) { w.newest().over <- declined() },
			[]string{"declined on the other device", "n Ask for a new code and press Allow."},
		},
		"expired": {
			func(_ *ways, p *uitest.Program) { p.Advance(3 * time.Minute) },
			[]string{"The short code has run out.", "n Ask for a new code."},
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := everyWay()
			w.codeLife = 2 * time.Minute
			onEveryWay(t, w, func(p *uitest.Program) {
				p.Press("d")
				tc.end(w, p)
				p.Advance(time.Second)
				p.Shows(tc.words...)
				p.Press("esc")
				p.Shows("Open this link", tc.words[0])
				p.Press("d")
				p.Shows("W 7 M 4   T 8 R C", "good for  2:00")
				p.Hides("K3V9Q2HX")
			})
		})
	}
}

func TestShortCodeNotForThisApp(t *testing.T) {
	w := everyWay()
	w.codeErr = notForDevices()
	onEveryWay(t, w, func(p *uitest.Program) {
		p.Press("d")
		p.Shows("This app may not sign in with a short code.", "esc Use the link")
		p.Press("c") // there is no code to copy
		if len(p.Sent) != 0 {
			t.Errorf("c sent %q", p.Sent)
		}
		p.Press("esc")
		p.Shows("This app may not sign in with a short code.", "Use App on Device", "good for")
		p.Paste("code=good&state=x")
		p.Shows("Signed in")
	})
}

// The answer to a question that has been asked anew is not shown.
func TestOlderShortCodesAreDropped(t *testing.T) {
	w := everyWay()
	onEveryWay(t, w, func(p *uitest.Program) {
		p.Press("d", "n")
		p.Shows("W 7 M 4   T 8 R C")
		w.codes[0].over <- declined()
		p.Advance(time.Second)
		p.Shows("W 7 M 4   T 8 R C")
		p.Hides("declined")
	})
}

func TestPublicAppHasNoShortCode(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := signedOut()
		p := open(t, w, w.deps(), 80, 24)
		p.Hides("short code")
		p.Press("d")
		p.Shows("Open this link")
		p.Press("e")
		p.Hides("d Still refused")
	})
}

func TestPhonePage(t *testing.T) {
	w := everyWay()
	onEveryWay(t, w, func(p *uitest.Program) {
		if len(w.addresses) != 0 {
			t.Fatal("a port was opened that nobody asked for")
		}
		p.Press("l")
		p.Shows("good for 10:00", "Port 8977 of 192.168.1.5 (wlan0) is open", "ten minutes", "can't connect")
		holdsCode(t, p, "HTTP://192.168.1.5:8977/QJ5ZK7T2XV4MHW9R3BYC8DNSEF")
		if line := row(t, p, "QJ5ZK7T2XV4MHW9R3BYC8DNSEF"); !strings.HasPrefix(line, "http://192.168.1.5:8977/") {
			t.Errorf("the address does not begin at the left edge: %q", line)
		}
		p.Press("c")
		if !strings.HasPrefix(p.Sent[0], "http://192.168.1.5:8977/") {
			t.Errorf("c sent %q", p.Sent)
		}
		p.Shows("172.17.0.1 (docker0, of a virtual")
		p.Press("l")
		p.Shows("http://172.17.0.1:8977/", "192.168.1.5 (wlan0)")
		p.Press("l", "esc")
		if line := row(t, p, "same network"); !strings.Contains(line, "192.168.1.5") || !strings.Contains(line, "10:00") {
			t.Errorf("the overview does not tell the address and its time: %q", line)
		}
		p.Press("l") // the page that is open, not another one
		if got := strings.Join(w.addresses, " "); got != " 172.17.0.1 192.168.1.5" {
			t.Errorf("pages were opened at %q", got)
		}
		w.attempt.finish()
		p.Advance(time.Second)
		p.Shows("Signed in as Aiko Tanaka")
	})
}

func TestPhonePageThatComesBackByItself(t *testing.T) {
	w := everyWay()
	w.returns, w.alone = true, true
	onEveryWay(t, w, func(p *uitest.Program) {
		p.Press("l")
		p.Shows("comes back by itself")
		p.Hides("can't connect", "next address")
		p.Press("l") // there is no other address, and somebody may be at the page
		if len(w.pages) != 1 {
			t.Errorf("%d pages were opened, want 1", len(w.pages))
		}
	})
}

func TestPhonePageWhoseTimeIsOver(t *testing.T) {
	w := everyWay()
	onEveryWay(t, w, func(p *uitest.Program) {
		p.Press("l", "l")
		close(w.pages[0].done) // the one that the second replaced
		p.Advance(time.Second)
		p.Shows("172.17.0.1")
		close(w.page().done)
		p.Advance(time.Second)
		p.Shows("its time is over")
		p.Hides("http://")
		p.Press("esc")
		p.Shows("the page is closed")
		p.Press("l")
		p.Shows("http://172.17.0.1:8977/")
	})
}

func TestPhonePageThatCannotBeOpened(t *testing.T) {
	w := everyWay()
	w.pageErr = noNetwork()
	onEveryWay(t, w, func(p *uitest.Program) {
		p.Press("l")
		p.Shows("✗", "no address in a private network")
		w.pageErr = nil
		p.Press("n")
		p.Shows("http://192.168.1.5:8977/")
	})
}

func TestSSHLineIsWhole(t *testing.T) {
	long := "ssh -L 8976:127.0.0.1:8976 -p 2222 aiko@build7.tokyo.internal.example.com"
	for _, width := range []int{50, 60, 80, 120, 200} {
		w := everyWay()
		w.tunnel = long
		onEveryWay(t, w, func(p *uitest.Program) {
			p.Resize(width, 40)
			if joined := strings.ReplaceAll(p.Frame(), "\n", ""); width < 80 && !strings.Contains(joined, long) {
				t.Errorf("width %d: the line is not whole:\n%s", width, p.Frame())
			}
			if width >= 80 && !strings.Contains(p.Frame(), long) {
				t.Errorf("width %d: the line is not on one row:\n%s", width, p.Frame())
			}
			p.Press("s")
			if len(p.Sent) != 1 || p.Sent[0] != long {
				t.Errorf("s sent %q", p.Sent)
			}
		})
	}
}

func TestNewsWhileTheLinkWaits(t *testing.T) {
	w := everyWay()
	onEveryWay(t, w, func(p *uitest.Program) {
		tell := func(n login.News) {
			w.news <- n
			p.Advance(time.Second)
		}
		tell(login.News{Kind: login.Stranger})
		p.Shows("A browser came with an older link; use the link shown here.")
		tell(login.News{Kind: login.Arrived})
		p.Shows("Asking Zoom…")
		p.Hides("older link")
		tell(login.News{Kind: login.Unused, Err: problem{explain.Facts{
			Place: explain.PlaceLocal, Class: explain.Network, Host: "zoom.us", Cause: "connection refused",
		}}})
		p.Shows("Waiting for the browser", "Nothing answers at zoom.us.", "Load the browser's last page once more.")
		p.Paste("code=good&state=x")
		p.Shows("Signed in")
	})
}

// The link's end is the end of all ways; n begins all anew.
func TestEverythingEndsWithTheLink(t *testing.T) {
	w := everyWay()
	onEveryWay(t, w, func(p *uitest.Program) {
		p.Press("d", "esc", "l")
		p.Advance(10*time.Minute + time.Second)
		p.Shows("✗", "older than ten minutes", "n Sign in")
		p.Hides("K3V9Q2HX", "192.168")
		p.Press("d", "l", "s", "tab")
		p.Shows("✗")
		p.Press("n")
		p.Shows("good for 10:00", "8 characters", "a QR code with a short address")
	})
}

func TestBrowserErrorsLeadToOtherWays(t *testing.T) {
	w := everyWay()
	onEveryWay(t, w, func(p *uitest.Program) {
		p.Press("e")
		p.Shows("d Still refused?")
		p.Press("d")
		p.Shows("K 3 V 9")
		p.Press("esc", "e", "j")
		p.Shows("l On a phone", "tab Copy the whole address")
		p.Press("l")
		p.Shows("http://192.168.1.5")
		p.Press("e", "j", "tab")
		p.Type("x")
		p.Shows("▸ x", "enter use it")
	})
}

// Every key that a side of the screen names does something there.
func TestSidesShowTheKeysThatWork(t *testing.T) {
	for keys, want := range map[string][]string{
		"":        {"c", "p", "o", "d", "l", "s", "tab", "e", "Q", "n"},
		"d":       {"esc", "c", "n", "Q", "e"},
		"l":       {"esc", "c", "l", "n", "Q", "e"},
		"d esc e": {"esc", "j", "k", "d", "c"},
	} {
		w := everyWay()
		w.canOpen = true
		onEveryWay(t, w, func(p *uitest.Program) {
			p.Press(strings.Fields(keys)...)
			p.Press("?")
			frame := p.Frame()
			p.Press("esc")
			for _, key := range want {
				if !strings.Contains(frame, "  "+key+"  ") {
					t.Errorf("after %q the help does not name %q:\n%s", keys, key, frame)
				}
			}
		})
	}
}

func TestSmallWindowsKeepCodeAndAddress(t *testing.T) {
	for _, height := range []int{10, 12} {
		w := everyWay()
		onEveryWay(t, w, func(p *uitest.Program) {
			p.Resize(40, height)
			p.Press("d")
			p.Shows("https://zoom.us/oauth_device", "K 3 V 9   Q 2 H X", "15:00")
			p.Press("esc", "l")
			p.Shows("http://192.168.1.5:8977/", "10:00", "can't connect")
			p.Press("esc", "tab")
			p.Type("ab")
			if cur := p.View().Cursor; cur == nil || !strings.Contains(strings.Split(p.Frame(), "\n")[cur.Y], "▸ ab") {
				t.Errorf("40×%d: the box is not in sight while it is typed in:\n%s", height, p.Frame())
			}
		})
	}
}
