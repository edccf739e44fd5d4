package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/history"
)

// noon is when the tests of the history happen.
func noon() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

// openedAt is a profile with directories of its own, at noon; what it says is in talk.
func openedAt(t *testing.T) (o *opened, talk *bytes.Buffer) {
	t.Helper()
	c, _, talk := failing(asText)
	dir := t.TempDir()
	c.paths = config.Paths{Config: filepath.Join(dir, "config"), Cache: filepath.Join(dir, "cache"), State: filepath.Join(dir, "state")}
	c.clock = noon
	p := config.Profile{Name: "work", Kind: auth.Public, ClientID: "client", Timezone: "UTC"}
	store, err := auth.NewStore(c.paths.TokenDir(), p.Name, auth.WithStoreClock(c.clock))
	if err != nil {
		t.Fatal(err)
	}
	return &opened{cli: c, profile: p, store: store, told: new(told)}, talk
}

// refreshed is an event of a refresh.
func refreshed(err error) auth.Event {
	return auth.Event{
		Action: auth.ActionRefresh, At: noon(), Command: "token", PID: 4121, Generation: 3,
		OldFingerprint: "aaaaaa", NewFingerprint: "bbbbbb", AccessFingerprint: "cccccc", Err: err,
		Scopes: auth.DiffScopes("a b", "b c"),
	}
}

func TestRecordKeepsEvents(t *testing.T) {
	t.Parallel()
	o, talk := openedAt(t)
	o.record(refreshed(nil))
	cut := refreshed(nil)
	cut.CutOff, cut.Tried = &auth.Mark{At: noon().Add(-9 * time.Hour), PID: 7, Command: "token"}, auth.TriedPrevious
	o.record(cut)
	got, err := o.cli.history("work").Read(0)
	if err != nil {
		t.Fatal(err)
	}
	plain := history.Entry{
		At: noon(), Action: "refresh", Command: "token", PID: 4121, Result: "ok", Generation: 3,
		OldFingerprint: "aaaaaa", NewFingerprint: "bbbbbb", AccessFingerprint: "cccccc",
		ScopesAdded: []string{"c"}, ScopesRemoved: []string{"a"},
	}
	after := plain
	after.CutOff, after.Tried = noon().Add(-9*time.Hour), "previous"
	if diff := cmp.Diff([]history.Entry{after, plain}, got); diff != "" {
		t.Error(diff)
	}
	const said = "A refresh was cut off at 03:00 (zoomtui token, pid 7); the stored token was tried and is used up; the previous one works.\n"
	if diff := cmp.Diff(said, talk.String()); diff != "" {
		t.Error(diff)
	}
}

// TestRecordOfUnnamedScopes: where an answer named no scopes, none are called lost,
// and afterwards none new.
func TestRecordOfUnnamedScopes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name          string
		before, after string
		change        func(*auth.Event)
		added         []string
		unnamed       string
	}{
		{"the first sign-in", "", "a b", func(e *auth.Event) { e.OldFingerprint, e.Generation = "", 1 }, []string{"a", "b"}, ""},
		{"named no more", "a b", "", nil, nil, history.UnnamedNow},
		{"never named", "", "", nil, nil, history.UnnamedNow},
		{"named again", "", "a b", nil, nil, history.UnnamedBefore},
		{"named again, account credentials", "", "a b", func(e *auth.Event) { e.OldFingerprint = "" }, nil, history.UnnamedBefore},
		{"all exchanged", "a", "b", nil, []string{"b"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			e := refreshed(nil)
			e.Scopes = auth.DiffScopes(tt.before, tt.after)
			if tt.change != nil {
				tt.change(&e)
			}
			got := entryOf(e)
			if diff := cmp.Diff(tt.added, got.ScopesAdded); diff != "" || got.ScopesUnnamed != tt.unnamed {
				t.Errorf("unnamed %q, want %q; %s", got.ScopesUnnamed, tt.unnamed, diff)
			}
			if tt.unnamed != "" && len(got.ScopesRemoved) > 0 {
				t.Errorf("called lost: %v", got.ScopesRemoved)
			}
		})
	}
}

func TestResults(t *testing.T) {
	t.Parallel()
	failure := func(kind auth.ErrorKind, status int, cause string) error {
		return &auth.Error{Kind: kind, Op: "refresh", HTTPStatus: status, Cause: cause, Fix: "rm -rf", Host: "zoom.us"}
	}
	tests := []struct {
		name          string
		err           error
		result, cause string
	}{
		{"ended", &auth.Error{Kind: auth.ErrGrantEnded, Op: "refresh", HTTPStatus: 400, OAuth: "invalid_grant", Message: "Invalid Token!"}, history.ResultEnded, `Zoom answered 400 invalid_grant "Invalid Token!"`},
		{"app refused", &auth.Error{Kind: auth.ErrClient, Op: "refresh", HTTPStatus: 400, OAuth: "invalid_client"}, history.ResultRefused, "Zoom answered 400 invalid_client"},
		{"network", failure(auth.ErrNetwork, 0, "connection refused"), history.ResultNetwork, "connection refused"},
		{"server", failure(auth.ErrServer, 502, "a web page"), history.ResultNetwork, "Zoom answered 502: a web page"},
		{"rate limit", failure(auth.ErrRateLimit, 429, ""), history.ResultLimited, "Zoom answered 429"},
		{"disk full", failure(auth.ErrStore, 0, "no space left on device"), history.ResultStore, "no space left on device"},
		{"keyring", failure(auth.ErrKeyring, 0, "locked"), history.ResultStore, "locked"},
		{"another error", fmt.Errorf("wait: %w", errors.New("what\x1b[31m")), history.ResultFailed, "wait: what"},
		{"wrapped", fmt.Errorf("refresh: %w", failure(auth.ErrNetwork, 0, "timeout")), history.ResultNetwork, "timeout"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			e := entryOf(refreshed(tt.err))
			if e.Result != tt.result || !strings.HasPrefix(e.Cause, tt.cause) || strings.Contains(e.Cause, "rm -rf") {
				t.Errorf("%s: %q; want %s: %q", e.Result, e.Cause, tt.result, tt.cause)
			}
		})
	}
}

// What a person should know is said once, on stderr or by the dashboard.
func TestRecordSays(t *testing.T) {
	t.Parallel()
	mark := &auth.Mark{At: noon().AddDate(0, 0, -1), PID: 7, Command: "tok\x1b[2Jen"}
	cutOff := func(tried string, err error) auth.Event {
		e := refreshed(err)
		e.CutOff, e.Tried = mark, tried
		return e
	}
	odd, unstored, unfetched := refreshed(nil), refreshed(nil), refreshed(errors.New("refused"))
	odd.IgnoredAPIURL = "https://evil.example"
	unstored.Unstored = &auth.Error{Kind: auth.ErrStore, Op: "try the token store", Cause: "read-only file system"}
	unfetched.Unstored = unstored.Unstored
	tests := []struct {
		name   string
		events []auth.Event
		says   string
	}{
		{"nothing of a refresh", []auth.Event{refreshed(nil)}, ""},
		{"nothing of a failure", []auth.Event{cutOff("", errors.New("refused"))}, ""},
		{"the stored one works", []auth.Event{cutOff("", nil)}, "A refresh was cut off at 2026-11-21 12:00 (zoomtui token, pid 7); the stored token was tried and works.\n"},
		{"the answer was there", []auth.Event{cutOff(auth.TriedLeftover, nil), cutOff("", nil)}, "A refresh was cut off at 2026-11-21 12:00 (zoomtui token, pid 7); its answer had been written down already and is used.\n"},
		{"an address that is not Zoom's", []auth.Event{odd}, "Zoom named https://evil.example as the address of its API. That is no host of Zoom's, so it is ignored; Zoom's usual address is used.\n"},
		{"only in memory", []auth.Event{unstored}, "The access token is not stored, so the next command fetches another one. Zoom allows that for a Server-to-Server app. (read-only file system)\n"},
		{"nothing to keep in memory", []auth.Event{unfetched}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o, talk := openedAt(t)
			for _, e := range tt.events {
				o.record(e)
			}
			if diff := cmp.Diff(tt.says, talk.String()); diff != "" {
				t.Error(diff)
			}
			heard := 0
			o, talk = openedAt(t)
			o.heard = func(auth.Event) { heard++ }
			for _, e := range tt.events {
				o.record(e)
			}
			if talk.Len() > 0 || heard != len(tt.events) {
				t.Errorf("the dashboard heard of %d events, and stderr has %q", heard, talk)
			}
		})
	}
}

// A history that cannot be written is said once, and in the dashboard not at all.
func TestRecordWithoutPlace(t *testing.T) {
	t.Parallel()
	o, talk := openedAt(t)
	if err := os.WriteFile(o.cli.paths.State, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	o.record(refreshed(nil))
	o.record(refreshed(nil))
	if strings.Count(talk.String(), "\n") != 1 || !strings.HasPrefix(talk.String(), "The history could not be written; the tokens are not affected. (") {
		t.Errorf("said: %s", talk)
	}
	o, talk = openedAt(t)
	if err := os.WriteFile(o.cli.paths.State, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	unstored := refreshed(nil)
	unstored.Unstored = errors.New("read-only file system")
	o.record(unstored)
	if strings.Contains(talk.String(), "history") {
		t.Errorf("where nothing can be kept, that is said once: %s", talk)
	}
}

// saved stores a sign-in that was refreshed so long ago.
func saved(t *testing.T, o *opened, age time.Duration) auth.Token {
	t.Helper()
	at := noon().Add(-age)
	token, _, err := o.store.SaveSignIn(context.Background(), auth.Token{
		ClientID: "client", Kind: auth.Public, AccessToken: "access", RefreshToken: "refresh",
		ObtainedAt: at, ExpiresAt: at.Add(time.Hour),
	})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestStanding(t *testing.T) {
	t.Parallel()
	ended := func(o *opened, token auth.Token) {
		e := refreshed(&auth.Error{Kind: auth.ErrGrantEnded, Op: "refresh", HTTPStatus: 400, OAuth: "invalid_grant"})
		e.OldFingerprint, e.NewFingerprint, e.Generation = auth.Fingerprint(token.RefreshToken), "", token.Generation
		o.record(e)
	}
	tests := []struct {
		name  string
		age   time.Duration
		then  func(o *opened, token auth.Token)
		state string
		days  int
		kind  auth.ErrorKind // why nobody is signed in; "": somebody is
	}{
		{"new", 0, nil, signInGood, 90, ""},
		{"half a day short of 90", 12*time.Hour - time.Second, nil, signInGood, 90, ""},
		{"15 days", 75 * day, nil, signInGood, 15, ""},
		{"14 days", 76 * day, nil, signInEndsSoon, 14, ""},
		{"an hour", 90*day - time.Hour, nil, signInEndsSoon, 0, ""},
		{"over", 90 * day, nil, signInEnded, 0, auth.ErrSignedOut},
		{"refused", day, ended, signInEnded, 89, auth.ErrGrantEnded},
		{"refused, then it worked", day, func(o *opened, token auth.Token) {
			ended(o, token)
			e := refreshed(nil)
			e.NewFingerprint = auth.Fingerprint(token.RefreshToken)
			o.record(e)
		}, signInGood, 89, ""},
		{"moved", day, func(o *opened, _ auth.Token) {
			held, err := o.store.Lock(context.Background())
			if err == nil {
				_, err = held.MarkMoved()
				err = errors.Join(err, held.Unlock())
			}
			if err != nil {
				o.cli.say("%v", err)
			}
		}, signInMoved, 89, auth.ErrMoved},
		{"of another app", day, func(o *opened, _ auth.Token) { o.profile.ClientID = "other" }, signInNone, 0, auth.ErrSignedOut},
		{"none", day, func(o *opened, _ auth.Token) { _, _ = o.store.Delete(context.Background()) }, signInNone, 0, auth.ErrSignedOut},
		{"not needed", day, func(o *opened, _ auth.Token) { o.profile.Kind = auth.S2S }, signInUnneeded, 89, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o, _ := openedAt(t)
			token := saved(t, o, tt.age)
			if tt.then != nil {
				tt.then(o, token)
			}
			s, err := o.standing()
			if err != nil {
				t.Fatal(err)
			}
			if s.state != tt.state || s.signedIn() != (tt.kind == "") || tt.kind != "" && !errors.Is(s.why, tt.kind) {
				t.Errorf("%s, %v; want %s, %s", s.state, s.why, tt.state, tt.kind)
			}
			if !s.ends().IsZero() && s.daysLeft() != tt.days {
				t.Errorf("%d days left, want %d", s.daysLeft(), tt.days)
			}
			if s.cutOff != nil {
				t.Errorf("a mark was found: %v", s.cutOff)
			}
		})
	}
}

// A sign-in that is about to end is said once a day, and not at all when it was
// refreshed.
func TestWarnEnd(t *testing.T) {
	t.Parallel()
	o, talk := openedAt(t)
	failed := errors.New("network down")
	o.source = auth.StaticSource("x", auth.Options{Clock: noon})
	token := saved(t, o, 80*day)
	o.warnEnd(token, nil)
	const warning = "Warning: the sign-in of profile work ends in about 10 days unless it is refreshed: zoomtui keepalive --profile work\n"
	if diff := cmp.Diff(warning, talk.String()); diff != "" {
		t.Error(diff)
	}
	o.warnEnd(auth.Token{}, failed) // a second time
	o.cli.clock = func() time.Time { return noon().Add(23 * time.Hour) }
	o.warnEnd(auth.Token{}, failed)
	if strings.Count(talk.String(), "\n") != 1 {
		t.Errorf("within a day: %s", talk)
	}
	o.cli.clock = func() time.Time { return noon().Add(25 * time.Hour) }
	o.warnEnd(auth.Token{}, failed)
	if strings.Count(talk.String(), "\n") != 2 {
		t.Errorf("after a day: %s", talk)
	}
	if info, err := os.Stat(filepath.Join(o.cli.paths.State, "warned", "work")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("what was said is remembered in a file of mode %v, %v", info, err)
	}
	o, talk = openedAt(t)
	o.source = auth.StaticSource("x", auth.Options{Clock: noon})
	token = saved(t, o, day)
	o.warnEnd(token, nil)
	o.warnEnd(auth.Token{}, failed)
	if _, err := os.Stat(o.cli.paths.State); talk.Len() > 0 || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of a good sign-in: %q, %v", talk, err)
	}
}
