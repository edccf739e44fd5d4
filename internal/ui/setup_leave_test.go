package ui

import (
	"errors"
	"testing"
	"testing/synctest"
)

func TestLeavingTheSetup(t *testing.T) {
	for name, keys := range map[string][]string{
		"from the first step": {"esc"},
		"with q":              {"q"},
		"from the second":     {"enter", "esc", "esc"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := &apps{}
				p := openSetup(t, a, 80, 24)
				p.Press(keys...)
				p.Shows("Leave without setting up the app?", "Nothing has been written")
				p.Press("n")
				p.Shows("Which kind of Zoom app?")
				p.Press("esc", "y")
				if !p.Quit || len(a.saved) != 0 {
					t.Errorf("ended: %v, saved: %v", p.Quit, a.saved)
				}
			})
		})
	}
	synctest.Test(t, func(t *testing.T) {
		p := openSetup(t, &apps{}, 80, 24)
		p.Press("enter")
		p.Type("q")
		p.Shows("Profile name      q")
		p.Press("ctrl+c")
		if !p.Quit {
			t.Error("ctrl+c did not end the program")
		}
	})
}

func TestSetupBesideADashboardGoesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, others := several()
		deps := w.deps()
		deps.Profiles, deps.Setup = others, &apps{}
		others.worlds["robot2"] = account(true)
		others.change = func(name string, d *Deps) {
			if name == "robot2" {
				d.Profile.Kind = "s2s"
			}
		}
		p := open(t, w, deps, 80, 24)
		p.Press("P", "a")
		fillAccount(p)
		p.Shows("user:read:user:admin", "Activate your app")
		p.Hides("Redirect", "manifest")
		p.Press("q")
		p.Shows("Leave without")
		p.Press("y")
		p.Shows("Weekly sync")
		p.Press("P", "a", "G", "enter", "ctrl+u")
		p.Type("robot2")
		p.Press("enter")
		p.Type("acc")
		p.Press("enter")
		p.Type("id")
		p.Press("enter", "enter") // no secret
		p.Shows("Give the client secret")
		p.Press("tab")
		p.Type("pass show zoom")
		p.Press("enter", "enter", "enter")
		p.Shows("robot2 · Server-to-Server app", "nobody signs in")
	})
}

func TestProfilesThatCannotBeListedAreSaidInTheSetup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &apps{namesErr: errors.New("config.toml: line 3: expected a key")}
		p := openSetup(t, a, 80, 24)
		p.Shows("✗", "line 3")
		a.namesErr = nil
		p.Press("r")
		p.Hides("line 3")
	})
}
