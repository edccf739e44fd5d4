package agenda

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestLook(t *testing.T) {
	t.Parallel()
	now := at(13, 47)
	const half, hour = 30 * time.Minute, time.Hour
	fresh := func(meetings ...Meeting) Known { return Known{Meetings: meetings, AsOf: now, SignedIn: true} }
	aged := func(age time.Duration, meetings ...Meeting) Known {
		return Known{Meetings: meetings, AsOf: now.Add(-age), SignedIn: true}
	}
	type seen struct {
		State State
		Topic string
	}
	tests := map[string]struct {
		known Known
		zone  string
		today bool
		want  seen
	}{
		"nothing is due":                          {fresh(), "UTC", false, seen{NothingDue, ""}},
		"more than a quarter of an hour away":     {fresh(timed("A", at(14, 3), half)), "UTC", false, seen{DueLater, "A"}},
		"a quarter of an hour away":               {fresh(timed("A", at(14, 2), half)), "UTC", false, seen{DueSoon, "A"}},
		"two minutes away":                        {fresh(timed("A", at(13, 49), half)), "UTC", false, seen{DueSoon, "A"}},
		"running":                                 {fresh(timed("A", at(13, 30), half)), "UTC", false, seen{DueNow, "A"}},
		"running, the next one in two hours":      {fresh(timed("A", at(13, 30), half), timed("B", at(15, 47), half)), "UTC", false, seen{DueNow, "A"}},
		"running, the next one in ten minutes":    {fresh(timed("A", at(13, 30), hour), timed("B", at(13, 57), half)), "UTC", false, seen{DueSoon, "B"}},
		"over":                                    {fresh(timed("A", at(13, 0), half)), "UTC", false, seen{NothingDue, ""}},
		"any time is no time":                     {fresh(Meeting{Topic: "A"}), "UTC", false, seen{NothingDue, ""}},
		"tomorrow":                                {fresh(timed("A", at(33, 0), half)), "UTC", false, seen{DueLater, "A"}},
		"tomorrow, but only today is asked for":   {fresh(timed("A", at(33, 0), half)), "UTC", true, seen{NothingDue, ""}},
		"today":                                   {fresh(timed("A", at(20, 0), half)), "UTC", true, seen{DueLater, "A"}},
		"today here, tomorrow for the viewer":     {fresh(timed("A", at(20, 0), half)), "Asia/Tokyo", true, seen{NothingDue, ""}},
		"tomorrow, and one runs":                  {fresh(timed("A", at(13, 30), half), timed("B", at(33, 0), half)), "UTC", true, seen{DueNow, "A"}},
		"running since yesterday is of today":     {fresh(timed("A", at(-1, 0), 20*hour)), "UTC", true, seen{DueNow, "A"}},
		"old, and one is due":                     {aged(StaleAfter+1, timed("A", at(14, 0), half)), "UTC", false, seen{Stale, "A"}},
		"old, and nothing is due":                 {aged(StaleAfter + 1), "UTC", false, seen{Stale, ""}},
		"not yet old":                             {aged(StaleAfter, timed("A", at(14, 0), half)), "UTC", false, seen{DueSoon, "A"}},
		"never asked for":                         {Known{SignedIn: true}, "UTC", false, seen{Stale, ""}},
		"signed out":                              {Known{AsOf: now, Meetings: []Meeting{timed("A", at(14, 0), half)}}, "UTC", false, seen{SignedOut, ""}},
		"the machine's clock was before Zoom's":   {aged(-time.Minute, timed("A", at(14, 0), half)), "UTC", false, seen{DueSoon, "A"}},
		"the whole day is nothing to be late for": {fresh(Meeting{Topic: "A", Start: at(0, 0), HasStart: true, AllDay: true}), "UTC", false, seen{NothingDue, ""}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := Look(tt.known, Viewer{Now: now, Zone: zone(t, tt.zone), Today: tt.today})
			got := seen{State: g.State}
			if g.Meeting != nil {
				got.Topic = g.Meeting.Topic
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestInWholeMinutes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		left    time.Duration
		in      string
		minutes int
	}{
		{-time.Minute, "now", 0},
		{0, "now", 0},
		{time.Second, "1 min", 1},
		{time.Minute, "1 min", 1},
		{119 * time.Second, "1 min", 1},
		{12*time.Minute + 41*time.Second, "12 min", 12},
		{15*time.Minute - 1, "14 min", 14},
		{15 * time.Minute, "15 min", 15},
		{55*time.Minute + 41*time.Second, "55 min", 55},
		{3 * time.Hour, "3 h", 180},
		{72 * time.Hour, "3 d", 3 * 24 * 60},
	}
	for _, tt := range tests {
		t.Run(tt.left.String(), func(t *testing.T) {
			t.Parallel()
			if in, minutes := In(tt.left), Minutes(tt.left); in != tt.in || minutes != tt.minutes {
				t.Errorf("%q and %d, want %q and %d", in, minutes, tt.in, tt.minutes)
			}
		})
	}
}
