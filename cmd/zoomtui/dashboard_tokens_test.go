package main

import (
	"errors"
	"strings"
	"testing"
	"time"

	"zoomtui/internal/auth"
	"zoomtui/internal/history"
	"zoomtui/internal/ui/state"
)

// shownAt is what the dashboard is given of a profile whose tokens were fetched
// so long ago, before Zoom is asked for anything.
func shownAt(t *testing.T, age time.Duration, change func(o *opened, held *auth.Held, stored auth.Token)) state.Tokens {
	t.Helper()
	shown, err := tokenKeeper{openedWithTokens(t, age, change)}.Current(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return shown
}

// openedWithTokens is a profile whose tokens were fetched so long ago; change is
// what happened to them since.
func openedWithTokens(t *testing.T, age time.Duration, change func(o *opened, held *auth.Held, stored auth.Token)) *opened {
	t.Helper()
	o, _ := openedAt(t)
	app := auth.App{Profile: "work", Kind: auth.Public, ClientID: "client", RedirectURI: "http://127.0.0.1:8976/callback"}
	var err error
	o.app = app
	o.source, err = auth.NewSource(auth.SourceOptions{Options: auth.Options{App: app, Store: o.store, Clock: noon}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.source.Close() }) // what nobody waits for any more still writes
	held, err := o.store.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := noon().Add(-age)
	stored, _, err := held.SaveSignIn(auth.Token{
		ClientID: "client", Kind: auth.Public, AccessToken: "access", RefreshToken: "refresh", ObtainedAt: at, ExpiresAt: at.Add(time.Hour),
	})
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(o, held, stored)
	}
	if err := held.Unlock(); err != nil {
		t.Fatal(err)
	}
	return o
}

func TestDashboardKnowsTheEndBeforeItAsks(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	refused := func(result string, at time.Duration) history.Entry {
		return history.Entry{At: noon().Add(-at), Action: "refresh", Command: "token", Result: result, OldFingerprint: auth.Fingerprint("refresh")}
	}
	for name, tt := range map[string]struct {
		age    time.Duration
		change func(*opened, *auth.Held, auth.Token)
		want   error
	}{
		"good": {age: time.Minute},
		"Zoom has refused it": {time.Hour, func(o *opened, _ *auth.Held, _ auth.Token) {
			_ = o.cli.history("work").Append(refused(history.ResultEnded, time.Minute))
		}, auth.ErrGrantEnded},
		"Zoom could not be reached": {time.Hour, func(o *opened, _ *auth.Held, _ auth.Token) {
			_ = o.cli.history("work").Append(refused(history.ResultNetwork, time.Minute))
		}, nil},
		"moved": {time.Hour, func(_ *opened, held *auth.Held, _ auth.Token) { _, _ = held.MarkMoved() }, auth.ErrMoved},
		// By its age alone it may be over: Zoom will tell.
		"old": {age: 94 * day},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shown := shownAt(t, tt.age, tt.change)
			if !shown.SignedIn || !errors.Is(shown.Ended, tt.want) {
				t.Errorf("signed in %v, ended %v; want %v", shown.SignedIn, shown.Ended, tt.want)
			}
			if moved := !shown.MovedAt.IsZero(); moved != (name == "moved") {
				t.Errorf("moved at %v", shown.MovedAt)
			}
			if want := noon().Add(-tt.age + refreshLife); !shown.SignInEnds.Equal(want) {
				t.Errorf("the sign-in ends %v, want %v", shown.SignInEnds, want)
			}
		})
	}
}

// What is to be said of the tokens goes to the screen, never to stderr, and never
// holds up a refresh.
func TestNewsGoesToTheScreen(t *testing.T) {
	t.Parallel()
	o, talk := openedAt(t)
	o.keys = &keyHolder{}
	news := o.news()
	event := refreshed(nil)
	event.CutOff = &auth.Mark{At: noon().Add(-time.Hour), PID: 7, Command: "token"}
	o.record(event)
	if got := <-news; !strings.HasPrefix(got, "A refresh was cut off at 11:00") || !strings.Contains(got, "works") {
		t.Errorf("the screen is told %q", got)
	}
	for range 3 * newsRoom { // nobody reads them
		o.keys.say("The keyring cannot be used.")
	}
	if talk.Len() > 0 {
		t.Errorf("stderr, where the screen is drawn, got %q", talk)
	}
}

func TestHistoryOnTheScreen(t *testing.T) {
	t.Parallel()
	o, _ := openedAt(t)
	o.record(refreshed(nil))
	account := refreshed(nil)
	account.OldFingerprint, account.NewFingerprint = "", ""
	o.record(account)
	rows, err := tokenHistory{o}.History(t.Context())
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, error %v", len(rows), err)
	}
	if newest, before := rows[0], rows[1]; newest.NewFingerprint != "cccccc" || before.OldFingerprint != "aaaaaa" || before.NewFingerprint != "bbbbbb" ||
		!before.OK() || strings.Join(before.ScopesAdded, " ") != "c" || before.Command != "token" || before.PID != 4121 {
		t.Errorf("rows %+v", rows)
	}
}
