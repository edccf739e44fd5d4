package ui

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zoomtui/internal/explain"
)

// signedOut is a world where nobody has signed in yet.
func signedOut() *world { return &world{user: aiko()} }

func TestSignInShowsTheWholeLink(t *testing.T) {
	for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}, {200, 60}} {
		synctest.Test(t, func(t *testing.T) {
			w := signedOut()
			p := open(t, w, w.deps(), size[0], size[1])
			joined := strings.ReplaceAll(strings.ReplaceAll(p.Frame(), "\n", ""), " ", "")
			if !strings.Contains(joined, link) {
				t.Errorf("%v: the link is not whole on the screen:\n%s", size, p.Frame())
			}
			for _, line := range strings.Split(p.Raw(), "\n") {
				if strings.Contains(line, "code_challenge") && !strings.Contains(line, "\x1b]8;") {
					t.Errorf("%v: a row of the link is no hyperlink: %q", size, line)
				}
			}
		})
	}
}

func TestSignInLinkStartsAtColumnZero(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := signedOut()
		p := open(t, w, w.deps(), 80, 24)
		for _, line := range strings.Split(p.Frame(), "\n") {
			if strings.HasPrefix(line, "https://zoom.us/oauth/authorize?") {
				return
			}
		}
		t.Errorf("no row begins with the link:\n%s", p.Frame())
	})
}

func TestSignInTimeLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := signedOut()
		p := open(t, w, w.deps(), 80, 24)
		p.Advance(19 * time.Second)
		p.Shows("good for  9:41")
		p.Advance(10 * time.Minute)
		p.Shows("✗", "new link")
		p.Press("n")
		p.Shows("good for 10:00")
		if w.called("start") != 2 {
			t.Errorf("%d sign-ins were started, want 2", w.called("start"))
		}
	})
}

func TestSignInKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := signedOut()
		p := open(t, w, w.deps(), 80, 24)
		p.Press("c")
		if len(p.Sent) != 1 || p.Sent[0] != link {
			t.Errorf("c sent %q to the clipboard", p.Sent)
		}
		p.Shows("Sent the link to the terminal's clipboard.")
		p.Press("o")
		p.Shows("SSH session")
		p.Press("esc", "Q")
		p.Shows("This QR code needs")
		p.Press("esc", "e")
		p.Shows("What does the browser show?", "4,700")
		p.Press("c")
		if got := p.Sent[len(p.Sent)-1]; got != "http://127.0.0.1:8976/callback" {
			t.Errorf("c on the list of errors sent %q", got)
		}
		p.Press("esc", "?")
		p.Shows("Keys that work here", "print it plain")
		p.Press("esc")
		p.Shows("Open this link")
	})
}

func TestSignInOpensABrowserWhereThereIsOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := signedOut()
		w.canOpen = true
		p := open(t, w, w.deps(), 80, 24)
		p.Press("o")
		if len(w.opened) != 1 || w.opened[0] != link {
			t.Errorf("opened %q", w.opened)
		}
		p.Shows("Opened in the browser.")
	})
}

func TestSignInQRBesideTheWords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := signedOut()
		p := open(t, w, w.deps(), 120, 40)
		p.Shows("▀", "▄", "A phone can scan the code")
		p.Resize(80, 24)
		p.Hides("▀")
		p.Shows("61×31 cells")
		p.Resize(80, 33)
		p.Shows("Q shows the link as a QR code")
		p.Press("Q")
		p.Shows("▀")
		p.Hides("zoomtui")
	})
}

func TestPasteIsUsedAtOnceWhenWhole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := signedOut()
		p := open(t, w, w.deps(), 80, 24)
		p.Paste("'http://127.0.0.1:8976/callback?code=good\n&state=x'")
		p.Shows("Signed in as Aiko Tanaka 田中 愛子.", "scopes 1 → 2", "+ meeting:read:list_meetings")
		p.Advance(2 * time.Second)
		p.Hides("Signed in as")
		p.Shows("1 Dashboard", "Tokens", "aiko@example.test")
		if !w.attempt.closed {
			t.Error("the sign-in that is done still holds its port")
		}
		if w.called("me") != 1 {
			t.Errorf("the profile was asked for %d times, want once", w.called("me"))
		}
	})
}

func TestWrongPasteDestroysNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := signedOut()
		p := open(t, w, w.deps(), 80, 24)
		p.Paste("something else")
		p.Shows("somethingelse", "enter use it")
		p.Press("enter")
		p.Shows("✗", "good for")
		p.Press("ctrl+u")
		p.Hides("somethingelse", "✗")
		p.Type("q") // a letter in the box, not the key that quits
		if p.Quit {
			t.Fatal("a letter typed into the box ended the program")
		}
		p.Press("ctrl+u")
		p.Type("code=good")
		p.Press("enter")
		p.Shows("Signed in")
	})
}

// A sentence of Zoom's error page is told from a code by its blanks.
func TestPasteKeepsItsBlanksUntilItIsEdited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := signedOut()
		p := open(t, w, w.deps(), 80, 24)
		p.Paste("An account admin is\nrequired")
		p.Press("enter")
		p.Type("x")
		p.Press("enter")
		want := []string{"An account admin is\nrequired", "Anaccountadminisrequiredx"}
		if got := w.attempt.texts; len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
			t.Errorf("pasted %q, want %q", got, want)
		}
	})
}

func TestPasteBoxHasTheCursor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := signedOut()
		p := open(t, w, w.deps(), 80, 24)
		if p.View().Cursor != nil {
			t.Error("there is a cursor although nothing is typed")
		}
		p.Press("tab")
		p.Type("ab")
		cur := p.View().Cursor
		if cur == nil {
			t.Fatal("the box has no cursor")
		}
		row := strings.Split(p.Frame(), "\n")[cur.Y]
		if at := strings.Index(row, "ab"); at < 0 || len([]rune(row[:at]))+2 != cur.X {
			t.Errorf("the cursor is at %d,%d, not behind the text: %q", cur.X, cur.Y, row)
		}
	})
}

func TestCallbackCompletesTheSignIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := signedOut()
		p := open(t, w, w.deps(), 80, 24)
		w.attempt.finish()
		p.Advance(time.Second)
		p.Shows("Signed in as Aiko Tanaka")
	})
}

func TestSignInThatCannotStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := signedOut()
		w.startErr = problem{explain.Facts{
			Place: explain.PlaceLocal, Class: explain.Store, Path: "/home/aiko/.config/zoomtui/tokens",
			Cause: "permission denied",
		}}
		p := open(t, w, w.deps(), 80, 24)
		p.Shows("✗", "n new link")
		w.startErr = nil
		p.Press("n")
		p.Shows("Open this link")
	})
}

func TestPortTakenIsSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := signedOut()
		deps := w.deps()
		deps.SignIns = takenPort{w}
		p := open(t, w, deps, 80, 24)
		p.Shows("8976 is taken by another program", "nothing to change")
	})
}

func TestSigningInAgainGoesBackWithEsc(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{user: aiko(), tokens: signedIn(time.Now())}
		p := open(t, w, w.deps(), 80, 24)
		p.Press("R")
		p.Shows("Open this link")
		first := w.attempt
		p.Press("esc")
		p.Shows("1 Dashboard")
		if !first.closed {
			t.Error("the callback port was not given back")
		}
	})
}
