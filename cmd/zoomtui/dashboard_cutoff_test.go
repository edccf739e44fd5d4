package main

import (
	"context"
	"errors"
	"testing"
	"time"

	"zoomtui/internal/auth"
	"zoomtui/internal/history"
	"zoomtui/internal/ui"
)

func TestDashboardTellsOfARefreshThatWasCutOff(t *testing.T) {
	t.Parallel()
	mark := auth.Mark{At: noon().Add(-time.Hour), PID: 7, Command: "token", Fingerprint: auth.Fingerprint("refresh")}
	left := func(change func(*auth.Mark)) func(*opened, *auth.Held, auth.Token) {
		return func(_ *opened, held *auth.Held, _ auth.Token) {
			m := mark
			change(&m)
			_ = held.Begin(m)
		}
	}
	for name, tt := range map[string]struct {
		change func(*opened, *auth.Held, auth.Token)
		want   time.Time
	}{
		"none":                  {nil, time.Time{}},
		"cut off":               {left(func(*auth.Mark) {}), mark.At},
		"with an earlier token": {left(func(m *auth.Mark) { m.Fingerprint = "000000" }), time.Time{}},
		"Zoom has refused it": {func(o *opened, held *auth.Held, _ auth.Token) {
			_ = held.Begin(mark)
			_ = o.cli.history("work").Append(refusal())
		}, time.Time{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shown := shownAt(t, time.Hour, tt.change)
			if !shown.CutOffAt.Equal(tt.want) || !tt.want.IsZero() && shown.CutOffBy != "zoomtui token, pid 7" {
				t.Errorf("cut off at %v by %q, want %v", shown.CutOffAt, shown.CutOffBy, tt.want)
			}
		})
	}
}

// A refresh that is under way has not been cut off.
func TestDashboardWaitsForARefreshUnderWay(t *testing.T) {
	t.Parallel()
	o := openedWithTokens(t, time.Hour, nil)
	held, err := o.store.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = held.Unlock() }()
	if err := held.Begin(auth.Mark{At: noon(), PID: 7, Command: "token", Fingerprint: auth.Fingerprint("refresh")}); err != nil {
		t.Fatal(err)
	}
	if shown, err := (tokenKeeper{o}).Current(t.Context()); err != nil || !shown.CutOffAt.IsZero() {
		t.Errorf("cut off at %v, error %v", shown.CutOffAt, err)
	}
}

// Where another process has heard that the sign-in is over, only a person asks
// again.
func TestTimerDoesNotSendARefusedToken(t *testing.T) {
	t.Parallel()
	o := openedWithTokens(t, time.Hour, func(o *opened, _ *auth.Held, _ auth.Token) {
		_ = o.cli.history("work").Append(refusal())
	})
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // whoever would ask finds this
	if _, err := (tokenKeeper{o}).Renew(ctx, false); !errors.Is(err, auth.ErrGrantEnded) {
		t.Errorf("by a timer: %v", err)
	}
	if _, err := (tokenKeeper{o}).Renew(ctx, true); !errors.Is(err, context.Canceled) {
		t.Errorf("by a person: %v", err)
	}
}

// What is done in one run of the program goes under one name.
func TestDashboardHasOneName(t *testing.T) {
	t.Parallel()
	for want, demo := range map[string]ui.Demo{"dashboard": nil, "demo": demoZoom{}} {
		if got := (&cli{getenv: func(string) string { return "" }}).newBoard(demo).command(); got != want {
			t.Errorf("it is called %q, want %q", got, want)
		}
	}
}

// refusal is Zoom's, as the history has it.
func refusal() history.Entry {
	return history.Entry{At: noon().Add(-time.Minute), Action: "refresh", Command: "token", Result: history.ResultEnded, OldFingerprint: auth.Fingerprint("refresh")}
}
