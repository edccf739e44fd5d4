package kit

import (
	"testing"
	"time"
)

func TestCountdown(t *testing.T) {
	t.Parallel()
	for want, left := range map[string]time.Duration{
		"0:00":     -time.Second,
		"0:09":     9*time.Second + 900*time.Millisecond,
		"51:07":    51*time.Minute + 7*time.Second,
		"1:00:00":  time.Hour,
		"47:59:59": 48*time.Hour - time.Second,
		"2 d":      48 * time.Hour,
		"89 d":     89*24*time.Hour + 23*time.Hour,
	} {
		if got := Countdown(left); got != want {
			t.Errorf("Countdown(%v) = %q, want %q", left, got, want)
		}
	}
}
