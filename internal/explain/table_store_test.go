package explain

import (
	"strings"
	"testing"
)

// TestStoreFaults: what a person reads when tokens cannot be kept. The causes are
// those of package auth.
func TestStoreFaults(t *testing.T) {
	t.Parallel()
	const path = "/home/aiko/.config/zoomtui/tokens/work.json"
	tests := []struct {
		name  string
		facts Facts
		what  string
		why   string
		next  string // in one of the steps
	}{
		{"read-only", Facts{Cause: "mounted read-only"}, "read-only file system", "Zoom was not asked", "XDG_CONFIG_HOME"},
		{"disk full", Facts{Cause: "no space left on the device; 24 KB and a free file are needed"}, "no room left", "24 KB", "Free some space"},
		{"quota", Facts{Cause: "the disk quota is used up; 24 KB and a free file are needed"}, "no room left", "quota", "Free some space"},
		{"owner", Facts{Cause: "it belongs to another user (uid 1000), and zoomtui runs as uid 0", Fix: "chown 0 " + path}, "belongs to another user", "uid 1000", "chown 0 " + path},
		{"mode", Facts{Cause: "the file is open to others (mode 0644)", Fix: "chmod 600 " + path}, "open to others", "mode 0644", "chmod 600"},
		{"rights", Facts{Cause: "open file: open: permission denied", Fix: "chmod 700 /x"}, "cannot be opened", "Zoom was not asked", "chmod 700 /x"},
		{"link", Facts{Cause: "it is a symbolic link and not a regular file, so it is neither read nor replaced", Fix: "(cd /x && cp)"}, "is a link", "Zoom was not asked", "whole directory"},
		{"directory is a link to nothing", Facts{Cause: "it is a symbolic link to a directory that is not there"}, "leads nowhere", "not mounted", "Bring the directory back"},
		{"mounted alone", Facts{Cause: "it is mounted by itself, so it cannot be replaced"}, "cannot be replaced", "Zoom was not asked", "mount the directory"},
		{"marked", Facts{Cause: "it is marked with chattr, so it cannot be replaced", Fix: "sudo chattr -i -a /x"}, "cannot be replaced", "chattr", "sudo chattr -i -a /x"},
		{"pipe", Facts{Cause: "it is a pipe or a device and not a regular file"}, "Something else stands", "a pipe", "Look at it"},
		{"file for a directory", Facts{Cause: "something that is no directory stands where the directory should be"}, "Something else stands", "no directory", "Look at it"},
		{"newer", Facts{Cause: "the token file is written by a newer version of zoomtui (format 2, this one knows 1)"}, "newer zoomtui", "untouched", "Update zoomtui"},
		{"damaged", Facts{Cause: "the token file is damaged: not valid JSON at byte 12", Fix: "(cd /x && mv a b && cp -p c a)"}, "is damaged", "is kept", "cp -p c a"},
		{"damaged, nothing to go back to", Facts{Cause: "the token file is damaged: it has no version"}, "is damaged", "no version", "Sign in again"},
		{"locked", Facts{Cause: "zoomtui dashboard, pid 4121 has held the lock for more than 20s, since 2026-11-22 03:12 UTC"}, "locked by another program", "dashboard, pid 4121", "end it"},
		{"no locks", Facts{Cause: "this file system cannot lock files (no locks available)"}, "cannot be locked", "two processes", "XDG_CONFIG_HOME"},
		{"a fault that speaks of locks", Facts{Cause: "flush temporary file: sync: resource deadlock avoided"}, "cannot be used", "deadlock", ""},
		{"after Zoom answered", Facts{Op: "save tokens", Cause: "no space left on the device; 24 KB and a free file are needed"}, "Zoom has given new tokens", "replace the ones before", "while the program runs"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.facts.Place, tt.facts.Class, tt.facts.Path = PlaceLocal, Store, path
			p := About(tt.facts)
			var steps []string
			for _, s := range p.Next {
				steps = append(steps, s.Text)
			}
			if !strings.Contains(p.What, tt.what) || !strings.Contains(p.Why, tt.why) || !strings.Contains(strings.Join(steps, "\n"), tt.next) {
				t.Errorf("%s\n%s\n%q", p.What, p.Why, steps)
			}
			if p.Class() != Store {
				t.Errorf("class is %v", p.Class())
			}
			checkSentences(t, p)
		})
	}
}

// TestEndedSignIn: the causes stand in the order of their likelihood.
func TestEndedSignIn(t *testing.T) {
	t.Parallel()
	why := About(Facts{Place: PlaceToken, HTTPStatus: 400, OAuth: "invalid_grant", Message: "Invalid Token!", Op: "refresh"}).Why
	last := -1
	for _, cause := range []string{"newest sign-in wins", "app was removed", "scopes", "secret", "90 days"} {
		at := strings.Index(why, cause)
		if at <= last {
			t.Errorf("%q stands at %d, after %d: %s", cause, at, last, why)
		}
		last = at
	}
}

// TestMovedSignIn: it is not ended, and there are two ways on.
func TestMovedSignIn(t *testing.T) {
	t.Parallel()
	p := About(Facts{
		Place: PlaceLocal, Class: SignIn, Op: "read tokens", Fix: "zoomtui export --cancel --profile work",
		Cause: "the sign-in was moved to another machine at 2026-11-22 03:12 UTC",
	})
	if !strings.Contains(p.What, "moved to another machine") || !strings.Contains(p.Why, "2026-11-22 03:12 UTC") || len(p.Next) != 2 ||
		p.Next[0].Action != ActionSignIn || !strings.Contains(p.Next[1].Text, "zoomtui export --cancel --profile work") {
		t.Errorf("%+v", p)
	}
	checkSentences(t, p)
}
