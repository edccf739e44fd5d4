package ui

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/agenda"
	"zoomtui/internal/explain"
	"zoomtui/internal/ui/login"
	"zoomtui/internal/ui/setup"
	"zoomtui/internal/ui/state"
	"zoomtui/internal/ui/uitest"
)

// several is three profiles: the open one, a second one where somebody else is
// signed in, and one that cannot be used.
func several() (*world, *profiles) {
	first, second := week(), week()
	second.user.Name, second.user.Email = "Grace Hopper", "grace@example.test"
	second.hosted = second.hosted[:1]
	second.hosted[0].Topic = "Compilers"
	second.invited = nil
	return first, &profiles{
		worlds: map[string]*world{"work": first, "private": second, "new": signedOut()},
		rows: []ProfileRow{
			{Name: "new", Kind: "public", ClientTail: "a1B2"},
			{
				Name: "private", Kind: "confidential", ClientTail: "9xYz", SignedIn: true, Who: "Grace Hopper",
				SameClient: []string{"work"},
			},
			{Name: "robot", Kind: "s2s", ClientTail: "k3Lm", SignedIn: true, Trouble: "The command for its secret printed nothing."},
			{
				Name: "work", Kind: "public", ClientTail: "da3g", SignedIn: true, Who: "Aiko Tanaka 田中 愛子", Default: true,
			},
		},
	}
}

func openSeveral(t *testing.T, w *world, p *profiles, width, height int) *uitest.Program {
	t.Helper()
	deps := w.deps()
	deps.Profiles = p
	return open(t, w, deps, width, height)
}

func TestProfilesAreListed(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {40, 12}} {
		synctest.Test(t, func(t *testing.T) {
			w, others := several()
			p := openSeveral(t, w, others, size[0], size[1])
			p.Press("P")
			p.Shows("● work", "private", "robot", "open, default", "Aiko Tanaka")
			p.Press("k", "k")
			p.Shows("▸   private", "newest sign-in ends the")
			p.Press("j")
			p.Shows("▸ ✗ robot", "The command for its secret")
			p.Press("esc")
			p.Shows("Weekly sync")
		})
	}
}

func TestAnotherProfileTakesThePlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, others := several()
		p := openSeveral(t, w, others, 80, 24)
		p.Press("2", "P", "k", "k", "enter")
		p.Shows("private · public app", "Grace Hopper", "Compilers")
		p.Hides("Aiko", "Weekly sync", "Profiles")
		if others.worlds["private"].called("me") != 1 || w.called("me") != 1 {
			t.Error("a profile was asked for more than once")
		}
		p.Advance(3 * time.Second)
		p.Shows("51:04") // one clock ticks, not two
	})
}

// A profile where nobody is signed in has nothing behind its sign-in screen: the
// footer names the key that leads back.
func TestSignedOutProfileNamesTheWayBack(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {40, 10}} {
		synctest.Test(t, func(t *testing.T) {
			w, others := several()
			p := openSeveral(t, w, others, size[0], size[1])
			p.Press("P", "g", "enter")
			p.Shows("sign in", "P profile", "? help")
			p.Press("?")
			if n := strings.Count(p.Frame(), "P  profile"); n != 1 {
				t.Errorf("the help names P %d times", n)
			}
			p.Press("esc", "P")
			p.Shows("Profiles")
			p.Press("G", "enter")
			p.Shows("Weekly sync")
		})
	}
}

func TestChoosingTheOpenProfileChangesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, others := several()
		p := openSeveral(t, w, others, 80, 24)
		p.Press("P", "enter")
		p.Shows("Weekly sync")
		if len(others.opened) != 0 {
			t.Errorf("opened %v", others.opened)
		}
	})
}

func TestProfileThatCannotBeOpened(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, others := several()
		others.openErr = problem{explain.Facts{
			Place: explain.PlaceLocal, Class: explain.Usage, Cause: "client_secret_cmd: pass is not in the password store", Path: "/home/aiko/.config/zoomtui/config.toml",
		}}
		p := openSeveral(t, w, others, 80, 24)
		p.Press("P", "k", "enter")
		p.Shows("✗", "pass is not in the password store", "Profiles")
		p.Press("esc")
		p.Shows("Aiko Tanaka", "Weekly sync")
	})
}

func TestProfilesThatCannotBeRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, others := several()
		rows := others.rows
		others.rows, others.listErr = nil, errors.New("config.toml: line 3: expected a key")
		p := openSeveral(t, w, others, 80, 24)
		p.Press("P")
		p.Shows("✗", "line 3")
		others.rows, others.listErr = rows, nil
		p.Press("r")
		p.Shows("● work")
	})
	synctest.Test(t, func(t *testing.T) {
		w, others := several()
		others.rows = nil
		p := openSeveral(t, w, others, 40, 12)
		p.Press("P")
		p.Shows("No app is set up yet.")
		p.Press("enter") // nothing to open
	})
}

// What is typed while a profile is being opened is not lost, and esc gives the
// opening up.
func TestKeysWhileAProfileOpens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, others := several()
		others.gate = make(chan struct{}, 1)
		p := openSeveral(t, w, others, 80, 24)
		p.Press("P", "k", "k", "enter")
		p.Shows("Opening private…")
		p.Press("enter", "esc")
		others.gate <- struct{}{}
		p.Advance(time.Second)
		p.Shows("Aiko Tanaka", "Weekly sync")
		p.Hides("Grace Hopper")
	})
}

// late answers only when it is told to, and whatever has become of the question.
type late struct {
	*world
	gate  chan struct{}
	ended atomic.Int32 // questions whose time was over when they were answered
}

func (l *late) wait(ctx context.Context) {
	<-l.gate
	if ctx.Err() != nil {
		l.ended.Add(1)
	}
}

func (l *late) Me(ctx context.Context) (state.User, error) {
	l.wait(ctx)
	return l.world.Me(ctx)
}

func (l *late) Hosted(ctx context.Context) ([]agenda.Hosted, error) {
	l.wait(ctx)
	return l.world.Hosted(ctx)
}

func (l *late) Invited(ctx context.Context) ([]agenda.Invited, error) {
	l.wait(ctx)
	return l.world.Invited(ctx)
}

func TestAnswersOfTheProfileBeforeAreDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, others := several()
		slow := &late{world: w, gate: make(chan struct{})}
		deps := w.deps()
		deps.Profiles, deps.Account, deps.Calendar = others, slow, slow
		p := open(t, w, deps, 80, 24)
		p.Advance(manualEvery) // a person does not wait for answers for long
		p.Press("r", "P", "k", "k", "enter")
		p.Shows("Grace Hopper", "Compilers")
		close(slow.gate)
		p.Advance(2 * time.Second)
		p.Shows("Grace Hopper", "Compilers")
		p.Hides("Aiko", "Weekly sync")
		if n := slow.ended.Load(); n != 6 {
			t.Errorf("%d of the 6 questions of the profile before were told to end", n)
		}
	})
}

// A sign-in that is completed in the moment of the switch is one of the profile
// before: the new one does not take it for its own.
func TestSwitchDuringASignIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, others := several()
		old := others.worlds["new"]
		p := openSeveral(t, w, others, 80, 24)
		p.Press("P", "g", "enter")
		p.Shows("new · public app", "Open this link")
		first := old.attempt
		p.Press("P", "G", "enter") // work again
		p.Shows("Aiko Tanaka", "Weekly sync")
		if !first.closed {
			t.Error("the callback port was not given back")
		}
		p.Press("P", "g", "enter")
		p.Shows("Open this link")
		p.Press("P", "G")
		old.attempt.finish()
		p.Press("enter") // the sign-in's success and the next profile arrive together
		p.Advance(3 * time.Second)
		p.Shows("work · public app", "Aiko Tanaka", "Weekly sync", "● signed in")
	})
}

func TestNewsOfAProfileThatWasLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, others := several()
		p := openSeveral(t, w, others, 80, 24)
		p.Press("P", "k", "k", "enter")
		p.Shows("Grace Hopper")
		for _, msg := range []tea.Msg{
			login.Completed{},
			revoked{},
			revealed{token: "the-token-of-the-other-profile"},
			state.TokensRead{Seq: 2},
			state.UserLoaded{Seq: 3, User: aiko()},
			tickMsg{local: time.Now().Add(time.Hour), zoom: time.Now().Add(time.Hour), up: time.Hour},
		} {
			p.Send(answer{opening: 1, msg: msg})
		}
		p.Shows("Grace Hopper", "Compilers", "● signed in", "51:07")
		if len(p.Sent) != 0 {
			t.Errorf("%q went to the clipboard", p.Sent)
		}
	})
}

func TestSwitchKeepsTheWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, others := several()
		deps := w.deps()
		deps.Profiles = others
		deps.NoColor = true
		others.change = func(_ string, d *Deps) { d.NoColor = true }
		p := open(t, w, deps, 120, 40)
		p.Send(blur())
		p.Press("P", "k", "k", "enter")
		p.Shows("Grace Hopper")
		p.Advance(20 * time.Minute)
		if n := others.worlds["private"].called("hosted"); n != 1 {
			t.Errorf("asked %d times although the window has no focus", n)
		}
	})
}

func TestAddingAnAppFromTheList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, others := several()
		deps := w.deps()
		deps.Profiles, deps.Setup = others, &apps{known: []setup.Known{{Name: "default"}, {Name: "work"}}}
		p := open(t, w, deps, 80, 24)
		p.Press("P", "a")
		p.Shows("Which kind of Zoom app?")
		p.Press("esc")
		p.Shows("Weekly sync", "1 Dashboard")
	})
}
