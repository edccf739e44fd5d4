package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/setup"
	"zoomtui/internal/ui/uitest"
)

// secret stands for a client secret; no frame may ever hold it.
const secret = "sEcReTsEcReT0123456789abcdefghij"

const redirect = "http://127.0.0.1:8976/callback"

// openSetup starts without any app; the profile that is made opens a sign-in.
func openSetup(t *testing.T, a *apps, width, height int) *uitest.Program {
	t.Helper()
	return open(t, nil, noApp(a, &profiles{worlds: map[string]*world{"default": signedOut(), "work": signedOut()}}), width, height)
}

// fillPublic fills the form for a public app, up to the page to register.
func fillPublic(p *uitest.Program) {
	p.Press("enter", "enter")
	p.Type("7KxQ2fWJT1mBv8s0nLda3g")
	p.Press("enter", "enter")
}

// fillConfidential is fillPublic for an app with a secret.
func fillConfidential(p *uitest.Program) {
	p.Press("j", "enter", "enter")
	p.Type("9yZzQ2fWJT1mBv8s0nLdxQ")
	p.Press("enter")
	p.Paste(" \"" + secret[:10] + "\n" + secret[10:] + "\" ")
	p.Press("enter", "enter")
	p.Type("https://aiko.example.test/zoom")
	p.Press("enter", "enter")
}

func fillAccount(p *uitest.Program) {
	p.Press("G", "enter", "enter")
	p.Type("q6gBJVO5TzexKYTb_I2rpg")
	p.Press("enter")
	p.Type("7KxQ2fWJT1mBv8s0nLda3g")
	p.Press("enter")
	p.Type(secret)
	p.Press("enter", "enter", "enter")
}

func TestFirstStartSetsAnAppUp(t *testing.T) {
	for _, size := range [][2]int{{40, 10}, {40, 12}, {80, 24}, {200, 60}} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := &apps{}
				p := openSetup(t, a, size[0], size[1])
				p.Shows("zoomtui", "step 1 of 4", "A public client: no secret")
				p.Press("enter")
				p.Shows("step 2 of 4", "Profile name", "default")
				p.Press("enter")
				p.Type("7KxQ2fWJT1mBv8s0nLda3g")
				p.Press("enter", "enter")
				p.Shows("step 3 of 4")
				p.Press("enter")
				p.Shows("Open") // the sign-in of the new profile
				want := []setup.App{{Profile: "default", Kind: "public", ClientID: "7KxQ2fWJT1mBv8s0nLda3g", RedirectURI: redirect}}
				if diff := cmp.Diff(want, a.saved); diff != "" {
					t.Error(diff)
				}
				if diff := cmp.Diff(a.saved, a.checked); diff != "" {
					t.Errorf("saved something else than was tested: %s", diff)
				}
			})
		})
	}
}

func TestWhatIsRegisteredIsShownAndCopied(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := openSetup(t, &apps{}, 80, 40)
		fillPublic(p)
		p.Shows(`"OAuth Redirect URL" and "OAuth Allow List"`, "Use Public Client OAuth", "user:read:user", "meeting:read:list_upcoming_meetings")
		if !strings.Contains(p.Frame(), "\n"+redirect+" ") {
			t.Errorf("the redirect address does not begin a row:\n%s", p.Frame())
		}
		p.Press("c", "s", "m")
		p.Shows("development_redirect_uri")
		p.Press("c", "esc")
		p.Shows("Register this at the Marketplace")
		if len(p.Sent) != 3 || p.Sent[0] != redirect || !strings.HasPrefix(p.Sent[1], "user:read:user\nmeeting:") || !strings.HasPrefix(p.Sent[2], "{\n") {
			t.Errorf("sent %q", p.Sent)
		}
	})
}

func TestConfidentialAppKeepsItsSecret(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &apps{}
		p := openSetup(t, a, 80, 24)
		fillConfidential(p)
		p.Shows("https://aiko.example.test/zoom", "127.0.0.1:8976", "zoomtui bounce")
		p.Press("esc")
		p.Shows(strings.Repeat("*", len(secret)))
		p.Press("enter", "enter")
		if len(a.saved) != 1 {
			t.Fatalf("saved %v:\n%s", a.saved, p.Frame())
		}
		got := a.saved[0]
		if got.Secret.Reveal() != secret || got.Listen != "127.0.0.1:8976" || got.RedirectURI != "https://aiko.example.test/zoom" {
			t.Errorf("saved %+v, its secret right: %v", got, got.Secret.Reveal() == secret)
		}
	})
}

// Every frame of every step, and every way to print the model, is searched for
// the secret.
func TestSecretIsNeverShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &apps{check: func(context.Context, setup.App) error {
			return refusedBy(setup.PartSecret, "Invalid client_id or client_secret")
		}}
		deps := noApp(a, &profiles{})
		m := New(t.Context(), deps)
		p := uitest.Start(t, m, 80, 24)
		look := func() {
			t.Helper()
			printed := fmt.Sprintf("%v %+v %#v %v", m, m, m.setup, m.setup)
			if m.setup != nil {
				printed += fmt.Sprintf("%v %+v %#v", *m.setup, *m.setup, *m.setup)
			}
			for _, piece := range []string{secret, secret[:9], secret[10:20]} {
				if strings.Contains(p.Raw(), piece) {
					t.Fatalf("the screen shows the secret:\n%s", p.Frame())
				}
				if strings.Contains(printed, piece) {
					t.Fatal("printing the model prints the secret")
				}
			}
		}
		for _, key := range []string{"j", "enter", "enter", "x", "enter"} {
			p.Press(key)
		}
		for _, r := range secret {
			p.Type(string(r))
			look()
		}
		for _, keys := range [][]string{{"enter"}, {"enter"}, {"h"}, {"shift+tab"}, {"up"}, {"tab", "tab", "ctrl+u"}} {
			p.Press(keys...)
			look()
		}
		p.Type("https://aiko.example.test/zoom")
		for _, key := range []string{"enter", "enter", "enter", "esc", "esc", "q", "y"} {
			p.Press(key)
			look()
		}
		for _, app := range a.checked {
			if text := fmt.Sprintf("%v %+v %#v %s %x", app, app, app, app.Secret, app.Secret); strings.Contains(text, secret[:9]) {
				t.Errorf("printing the app prints the secret: %s", text)
			}
		}
	})
}

func TestRefusedPartIsNamedAndGoneBackTo(t *testing.T) {
	for name, tc := range map[string]struct {
		fill  func(*uitest.Program)
		err   error
		shows []string
		field string
	}{
		"client id": {fillPublic, refusedBy(setup.PartClientID, "Invalid client_id"), []string{"Zoom refused the client id."}, "Client id"},
		"client secret": {
			fillConfidential, refusedBy(setup.PartSecret, "Invalid client_id or client_secret"),
			[]string{"Zoom refused the client secret."},
			"Client secret",
		},
		"account id": {fillAccount, refusedBy(setup.PartAccount, "Account does not exist"), []string{"Zoom refused the account id."}, "Account id"},
		"redirect address, by Zoom's words": {fillPublic, problem{explain.Facts{
			Place: explain.PlaceToken, HTTPStatus: 400, Code: 4700, Message: "Invalid redirect url",
		}}, []string{"Zoom refused the redirect address."}, "Redirect address"},
		"one of two": {fillConfidential, problem{explain.Facts{
			Place: explain.PlaceToken, HTTPStatus: 401, OAuth: "invalid_client", Message: "Invalid client_id or client_secret",
		}}, []string{"the client id and the client secret do not fit"}, "Client id"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := &apps{check: func(context.Context, setup.App) error { return tc.err }}
				p := openSetup(t, a, 80, 24)
				tc.fill(p)
				p.Press("enter")
				p.Shows(append(tc.shows, "▸ "+tc.field)...)
				p.Shows("default")
				if len(a.saved) != 0 {
					t.Errorf("saved %v", a.saved)
				}
				p.Resize(40, 12)
				p.Shows("✗ Zoom ", "▸ "+tc.field)
				a.check = nil
				p.Resize(80, 24)
				for range 6 {
					p.Press("enter")
				}
				p.Advance(time.Second)
				if len(a.saved) != 1 {
					t.Errorf("the other entries were lost:\n%s", p.Frame())
				}
			})
		})
	}
}

func TestWithoutNetworkItAsksBeforeSaving(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &apps{check: func(context.Context, setup.App) error { return offline() }}
		p := openSetup(t, a, 80, 24)
		fillPublic(p)
		p.Press("enter")
		p.Shows("Save the app without a test?", "y save it untested", "no route to host")
		p.Press("esc")
		p.Shows("Register this")
		p.Press("enter", "r")
		if len(a.checked) != 3 || len(a.saved) != 0 {
			t.Fatalf("tested %d times, saved %d times", len(a.checked), len(a.saved))
		}
		p.Resize(40, 10)
		p.Shows("Save the app without a test?", "y save it untested")
		p.Press("y")
		if len(a.saved) != 1 {
			t.Error("y did not save")
		}
		p.Shows("Open, then allow")
	})
}

func TestTestCanBeStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended := false
		a := &apps{check: func(ctx context.Context, _ setup.App) error {
			<-ctx.Done()
			ended = true
			return nil // as if Zoom had said yes in the last moment
		}}
		p := openSetup(t, a, 80, 24)
		fillPublic(p)
		p.Press("enter")
		p.Shows("Testing…", "Nobody is signed in by it")
		p.Press("esc")
		p.Advance(time.Second)
		p.Shows("Register this")
		if !ended || len(a.saved) != 0 {
			t.Errorf("the test ended: %v; saved: %v", ended, a.saved)
		}
	})
}

func TestWhatCannotBeSavedIsSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &apps{saveErr: errReadOnly()}
		p := openSetup(t, a, 80, 24)
		fillPublic(p)
		p.Press("enter")
		p.Shows("✗", "read-only file system", "r try again")
		a.saveErr = nil
		p.Press("r")
		p.Shows("Open this link")
	})
}

func TestSavedProfileThatCannotBeOpened(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		others := &profiles{openErr: errors.New("the command for the secret failed"), worlds: map[string]*world{"default": signedOut()}}
		p := open(t, nil, noApp(&apps{}, others), 80, 24)
		fillPublic(p)
		p.Press("enter")
		p.Shows("✗", "command for the secret failed", "Saved as default")
		others.openErr = nil
		p.Press("r")
		p.Shows("Open this link")
	})
}

func TestEntriesAreChecked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &apps{known: []setup.Known{{Name: "default", ClientID: "7KxQ2fWJT1mBv8s0nLda3g"}, {Name: "work"}}}
		p := openSetup(t, a, 80, 24)
		p.Press("enter")
		p.Shows("zoom2") // a name that is free
		p.Press("ctrl+u")
		p.Type("work")
		p.Press("enter")
		p.Shows("There is a profile work already.")
		p.Type("2")
		p.Hides("already")
		p.Press("enter", "enter")
		p.Shows("The client id is missing.")
		p.Type("7KxQ2fWJT1mBv8s0nLda3g")
		p.Shows("The profile default has the same client id: the newest sign-in ends the", "other's.")
		p.Press("tab", "ctrl+u")
		p.Type("http://localhost:8976/q?") // letters, not keys
		p.Press("enter")
		p.Shows("Zoom refuses localhost: write 127.0.0.1.", "localhost:8976/q?")
		p.Press("ctrl+u")
		p.Type(redirect)
		p.Press("enter")
		p.Shows("Register this", "same client id")
	})
}

// Whoever goes from one entry to the next and types on finds every letter in
// the entry where it belongs.
func TestFastTypingOverEntries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &apps{}
		deps := noApp(a, &profiles{worlds: map[string]*world{"w": signedOut()}})
		m := New(t.Context(), deps)
		p := uitest.Start(t, m, 80, 24)
		p.Press("j", "enter", "ctrl+u")
		for _, name := range strings.Fields("w enter a b tab s e tab tab h t t p s : / / x . y / z") { // no command runs in between
			m.Update(uitest.Key(name))
		}
		p.Press("enter", "enter", "enter")
		want := setup.App{Profile: "w", Kind: "confidential", ClientID: "ab", Secret: "se", RedirectURI: "https://x.y/z", Listen: "127.0.0.1:8976"}
		if len(a.saved) != 1 || a.saved[0] != want {
			t.Errorf("saved %+v:\n%s", a.saved, p.Frame())
		}
	})
}

// The proposed name gives way to what is typed, but not to an edit of it.
func TestSetupProposesAName(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := openSetup(t, &apps{}, 80, 24)
		p.Press("enter")
		p.Shows("Profile name      default")
		p.Type("work")
		p.Shows("Profile name      work")
	})
	synctest.Test(t, func(t *testing.T) {
		p := openSetup(t, &apps{}, 80, 24)
		p.Press("enter", "backspace")
		p.Type("t2")
		p.Shows("Profile name      default2")
	})
}
