package ui

import (
	"testing"
	"testing/synctest"
	"time"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/state"
)

func TestWindowTitleIsTheMostImportantThing(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(*world)
		want   string
	}{
		"a meeting soon":     {func(*world) {}, "zoomtui · next in 13 min"},
		"signed out":         {func(w *world) { w.refused(refusedRefresh()) }, "zoomtui · signed out!"},
		"moved":              {func(w *world) { w.tokens.MovedAt, w.tokens.Ended = time.Now(), movedAway() }, "zoomtui · moved away!"},
		"nobody signed in":   {func(w *world) { w.tokens = state.Tokens{} }, "zoomtui · sign in"},
		"ends, meeting soon": {func(w *world) { w.tokens.SignInEnds = time.Now().Add(9 * 24 * time.Hour) }, "zoomtui · next in 13 min"},
		"ends, no meeting": {func(w *world) {
			w.tokens.SignInEnds, w.hosted, w.invited = time.Now().Add(9*24*time.Hour), nil, nil
		}, "zoomtui · sign-in ends in 9 d"},
		"ends, later meeting": {func(w *world) {
			w.tokens.SignInEnds, w.hosted, w.invited = time.Now().Add(24*time.Hour), w.hosted[2:3], nil
		}, "zoomtui · sign-in ends in 24 h"},
		"ends, in a meeting": {func(w *world) {
			w.tokens.SignInEnds, w.hosted, w.invited = time.Now().Add(24*time.Hour), w.hosted[:1], nil
		}, "zoomtui · in a meeting"},
		"ends, offline": {func(w *world) {
			w.tokens.SignInEnds = time.Now().Add(9 * 24 * time.Hour)
			w.refused(offline())
		}, "zoomtui · sign-in ends in 9 d"},
		"ends, paused": {func(w *world) {
			w.tokens.SignInEnds, w.hostErr, w.invErr = time.Now().Add(9*24*time.Hour), limited(3*time.Hour), limited(3*time.Hour)
		}, "zoomtui · sign-in ends in 9 d"},
		"old, offline": {func(w *world) {
			w.tokens.SignInEnds = time.Now().Add(-time.Hour)
			w.refused(offline())
		}, "zoomtui · sign-in may be over"},
		"old, meeting soon":           {func(w *world) { w.tokens.SignInEnds = time.Now().Add(-time.Hour) }, "zoomtui · next in 13 min"},
		"in a meeting, offline later": {func(w *world) { w.hosted, w.invited, w.userErr = w.hosted[:1], nil, offline() }, "zoomtui · in a meeting"},
		"offline":                     {func(w *world) { w.refused(offline()) }, "zoomtui · offline"},
		"paused": {func(w *world) {
			w.hostErr, w.invErr = limited(3*time.Hour), limited(3*time.Hour)
		}, "zoomtui · paused until 12:00"},
		"in a meeting": {func(w *world) { w.hosted, w.invited = w.hosted[:1], nil }, "zoomtui · in a meeting"},
		"hours away":   {func(w *world) { w.hosted, w.invited = w.hosted[2:3], nil }, "zoomtui · next in 3 h"},
		"nothing":      {func(w *world) { w.hosted, w.invited = nil, nil }, "zoomtui"},
		"unreadable": {func(w *world) {
			w.tokens, w.readErr = state.Tokens{}, problem{explain.Facts{Place: explain.PlaceLocal, Class: explain.Store, Cause: "damaged"}}
		}, "zoomtui · tokens unreadable!"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := week()
				tc.change(w)
				p := open(t, w, w.deps(), 80, 24)
				if got := p.View().WindowTitle; got != tc.want {
					t.Errorf("the title is %q, want %q", got, tc.want)
				}
			})
		})
	}
}

// Each change of the title is written to the terminal: while nothing happens there
// is one a minute at most.
func TestWindowTitleIsCalm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, w.deps(), 80, 24)
		before, changes := p.View().WindowTitle, 0
		for range 600 {
			p.Advance(time.Second)
			if now := p.View().WindowTitle; now != before {
				before, changes = now, changes+1
			}
		}
		if changes < 9 || changes > 10 {
			t.Errorf("%d changes in ten minutes, want one a minute", changes)
		}
	})
}
