package agenda

import (
	"testing"
	"time"
)

func TestUntil(t *testing.T) {
	t.Parallel()
	tests := []struct {
		left time.Duration
		want string
	}{
		{-time.Hour, "now"},
		{0, "now"},
		{1, "0:01"},
		{time.Second, "0:01"},
		{time.Second + 1, "0:02"},
		{9*time.Minute + 41*time.Second, "9:41"},
		{12*time.Minute + 41*time.Second, "12:41"},
		{15*time.Minute - 1, "15:00"},
		{15 * time.Minute, "15 min"},
		{55*time.Minute + 41*time.Second, "55 min"},
		{2*time.Hour - 1, "119 min"},
		{2 * time.Hour, "2 h"},
		{2*time.Hour + 30*time.Minute, "3 h"},
		{20*time.Hour + 47*time.Minute, "21 h"},
		{48*time.Hour - 1, "48 h"},
		{48 * time.Hour, "2 d"},
		{60*time.Hour - 1, "2 d"},
		{60 * time.Hour, "3 d"},
		{180 * 24 * time.Hour, "180 d"},
	}
	for _, tt := range tests {
		t.Run(tt.left.String(), func(t *testing.T) {
			t.Parallel()
			if got := Until(tt.left); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestLeft(t *testing.T) {
	t.Parallel()
	now := at(14, 0)
	tests := map[string]struct {
		end  time.Time
		want string
	}{
		"unknown":               {time.Time{}, ""},
		"over":                  {now, ""},
		"seconds":               {now.Add(time.Second), "1 min left"},
		"a begun minute counts": {now.Add(32*time.Minute + time.Second), "33 min left"},
		"minutes":               {now.Add(33 * time.Minute), "33 min left"},
		"two hours":             {now.Add(2 * time.Hour), "120 min left"},
		"more than two hours":   {now.Add(2*time.Hour + 1), "2 h left"},
		"hours are the nearest": {now.Add(7*time.Hour + 40*time.Minute), "8 h left"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := Left(tt.end, now); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// TestNextChange: until the change that is announced the text stays, with it the text is another. So a screen that
// sleeps that long shows nothing late, and draws nothing twice.
func TestNextChange(t *testing.T) {
	t.Parallel()
	start := at(24*10, 0)
	end := start.Add(5 * time.Hour)
	text := func(m Meeting, now time.Time) string {
		if m.Running(now) {
			return Left(m.End, now)
		}
		return Until(m.Start.Sub(now))
	}
	m := timed("A", start, 5*time.Hour)
	draws := 0
	for now := at(0, 7).Add(13 * time.Millisecond); now.Before(end); draws++ {
		shown, wait := text(m, now), m.NextChange(now)
		if wait <= 0 {
			t.Fatalf("%v: %q is to stay for ever", now, shown)
		}
		if before := text(m, now.Add(wait-1)); before != shown {
			t.Fatalf("%v: %q becomes %q before %v are over", now, shown, before, wait)
		}
		if after := text(m, now.Add(wait)); after == shown {
			t.Fatalf("%v: %q is the same after %v", now, shown, wait)
		}
		now = now.Add(wait)
	}
	if draws > 15*60+200+250 {
		t.Errorf("%d draws", draws)
	}
	if wait := NextChange(start, start); wait != 0 {
		t.Errorf("a meeting that has begun changes again after %v", wait)
	}
	if wait := m.NextChange(end); wait != 0 {
		t.Errorf("a meeting that is over changes again after %v", wait)
	}
}
