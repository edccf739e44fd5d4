package main

import (
	"testing"
	"time"
)

func TestDayDuration(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want time.Duration
		back string // as it is shown; "": it is refused
	}{
		{"7d", 7 * day, "7d"},
		{"36h", 36 * time.Hour, "1d12h"},
		{"1d12h", 36 * time.Hour, "1d12h"},
		{"90m", 90 * time.Minute, "1h30m"},
		{"0", 0, "0s"},
		{"0d", 0, "0s"},
		{"", 0, ""},
		{"d", 0, ""},
		{"7", 0, ""},
		{"-7d", 0, ""},
		{"-1h", 0, ""},
		{"1d-1h", 0, ""},
		{"7d7d", 0, ""},
		{"1.5d", 0, ""},
		{"99999999d", 0, ""},
		{"week", 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			t.Parallel()
			var d dayDuration
			err := d.Set(tt.text)
			if (err == nil) != (tt.back != "") || time.Duration(d) != tt.want {
				t.Fatalf("got %v, %v; want %v", time.Duration(d), err, tt.want)
			}
			if err == nil && d.String() != tt.back {
				t.Errorf("shown as %s, want %s", d.String(), tt.back)
			}
		})
	}
}
