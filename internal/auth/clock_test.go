package auth

import (
	"net/http"
	"testing"
	"time"
)

func TestSkew(t *testing.T) {
	t.Parallel()
	sent := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
	tests := []struct {
		name string
		date time.Time
		took time.Duration
		want time.Duration
	}{
		{"same", sent, 100 * time.Millisecond, 0},
		{"a second is noise", sent.Add(time.Second), 0, 0},
		{"we are three minutes behind", sent.Add(3 * time.Minute), 0, 3*time.Minute + time.Second},
		{"we are three minutes ahead", sent.Add(-3 * time.Minute), 0, -3 * time.Minute},
		{"a slow answer is not skew", sent.Add(2 * time.Second), 4 * time.Second, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := skewOf(test.date, sent, sent.Add(test.took))
			if diff := (got - test.want).Abs(); diff > time.Second {
				t.Errorf("skew %s, want %s", got, test.want)
			}
		})
	}
}

func TestClockBelievesOnlyFreshDates(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
	ahead := now.Add(time.Hour).Format(http.TimeFormat)
	tests := []struct {
		name   string
		header http.Header
		took   time.Duration
		want   bool
	}{
		{"date", http.Header{"Date": {ahead}}, time.Second, true},
		{"none", http.Header{}, time.Second, false},
		{"nonsense", http.Header{"Date": {"yesterday"}}, time.Second, false},
		{"out of a cache", http.Header{"Date": {ahead}, "Age": {"3600"}}, time.Second, false},
		{"too slow", http.Header{"Date": {ahead}}, time.Minute, false},
		{"clock was set back meanwhile", http.Header{"Date": {ahead}}, -time.Minute, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := newClock(func() time.Time { return now })
			c.learn(test.header, now, now.Add(test.took))
			if got := c.offset() != 0; got != test.want {
				t.Errorf("skew is %s", c.offset())
			}
		})
	}
}

func TestCountdownFollowsZoomsClock(t *testing.T) {
	t.Parallel()
	for name, sign := range map[string]time.Duration{"clock-ahead": 1, "clock-behind": -1} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Public)
			w.fault(name, true)
			signed := w.signIn()
			source := w.source()
			if _, err := source.Token(t.Context()); err != nil {
				t.Fatal(err)
			}
			want := sign * 180 * time.Second
			if diff := (source.Skew() - want).Abs(); diff > time.Second {
				t.Errorf("skew %s right after the start, want %s", source.Skew(), want)
			}
			if left := signed.Left(source.Now()); left < 59*time.Minute || left > time.Hour {
				t.Errorf("a fresh token shows %s", left)
			}
			w.fault(name, false)
			if _, err := api(t, source, w, nil); err != nil {
				t.Fatal(err)
			}
			if source.Skew().Abs() > time.Second {
				t.Errorf("skew %s after Zoom's clock was right again", source.Skew())
			}
		})
	}
}

func TestTokenFromTheFutureIsNotTrusted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	w.clock.forward(-2 * time.Hour) // the machine's clock was set back; Zoom's is the same here
	if _, err := w.source().Token(t.Context()); err != nil || w.refreshes() != 1 {
		t.Errorf("%d refreshes, %v", w.refreshes(), err)
	}
}
