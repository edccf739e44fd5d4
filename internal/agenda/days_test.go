package agenda

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// titled is a day as the tests compare it.
type titled struct{ Title, Topics string }

func TestGroupByDay(t *testing.T) {
	t.Parallel()
	const half = 30 * time.Minute
	in := func(name string, year int, month time.Month, day, hour, minute int) time.Time {
		return time.Date(year, month, day, hour, minute, 0, 0, zone(t, name))
	}
	tests := map[string]struct {
		zone     string
		now      time.Time
		meetings []Meeting
		want     []titled
	}{
		"nothing": {"UTC", at(13, 47), nil, nil},
		"the words for days": {
			"UTC", at(13, 47),
			[]Meeting{timed("A", at(14, 0), half), timed("B", at(16, 0), half), timed("C", at(34, 0), half), timed("D", at(80, 0), half), {Topic: "E"}},
			[]titled{{"Today, Sun 22 Nov", "AB"}, {"Tomorrow, Mon 23 Nov", "C"}, {"Wed 25 Nov", "D"}, {"Any time", "E"}},
		},
		"what is over": {"UTC", at(13, 47), []Meeting{timed("A", at(-5, 0), half), timed("B", at(9, 0), half)}, []titled{{"Yesterday, Sat 21 Nov", "A"}, {"Today, Sun 22 Nov", "B"}}},
		"another year": {"UTC", at(13, 47), []Meeting{timed("A", at(40*24, 0), half)}, []titled{{"Fri 1 Jan 2027", "A"}}},
		"tomorrow is another year": {
			"UTC", time.Date(2026, 12, 31, 12, 0, 0, 0, time.UTC),
			[]Meeting{timed("A", time.Date(2027, 1, 1, 9, 0, 0, 0, time.UTC), half)},
			[]titled{{"Tomorrow, Fri 1 Jan 2027", "A"}},
		},
		"the viewer's zone decides the day": {
			"Asia/Tokyo", at(13, 47),
			[]Meeting{timed("A", at(14, 0), half), timed("B", at(15, 0), half)},
			[]titled{{"Today, Sun 22 Nov", "A"}, {"Tomorrow, Mon 23 Nov", "B"}},
		},
		"running since yesterday stands under today": {
			"UTC", at(0, 10),
			[]Meeting{timed("A", at(-1, 30), time.Hour), timed("B", at(-1, 45), 5*time.Minute), timed("C", at(9, 0), half)},
			[]titled{{"Yesterday, Sat 21 Nov", "B"}, {"Today, Sun 22 Nov", "AC"}},
		},
		"a day of 23 hours": { // Berlin, 29 March 2026: 02:00 becomes 03:00
			"Europe/Berlin", in("Europe/Berlin", 2026, 3, 28, 23, 30),
			[]Meeting{timed("A", in("Europe/Berlin", 2026, 3, 29, 23, 15), half), timed("B", in("Europe/Berlin", 2026, 3, 30, 0, 15), half)},
			[]titled{{"Tomorrow, Sun 29 Mar", "A"}, {"Mon 30 Mar", "B"}},
		},
		"a day of 25 hours": { // New York, 1 November 2026: 02:00 becomes 01:00
			"America/New_York", in("America/New_York", 2026, 11, 1, 0, 10),
			[]Meeting{timed("A", in("America/New_York", 2026, 11, 1, 23, 50), half), timed("B", in("America/New_York", 2026, 11, 2, 0, 10), half)},
			[]titled{{"Today, Sun 1 Nov", "A"}, {"Tomorrow, Mon 2 Nov", "B"}},
		},
		"a day without a midnight": { // Beirut, 29 March 2026: 00:00 becomes 01:00
			"Asia/Beirut", in("Asia/Beirut", 2026, 3, 28, 12, 0),
			[]Meeting{timed("A", in("Asia/Beirut", 2026, 3, 29, 1, 10), half)},
			[]titled{{"Tomorrow, Sun 29 Mar", "A"}},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []titled
			for _, day := range GroupByDay(tt.meetings, tt.now, zone(t, tt.zone)) {
				got = append(got, titled{day.Title, topics(day.Meetings)})
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSpan(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		meeting Meeting
		zone    string
		want    string
	}{
		"start and end":     {timed("A", at(14, 0), 45*time.Minute), "UTC", "14:00–14:45"},
		"another zone":      {timed("A", at(14, 0), 45*time.Minute), "Asia/Tokyo", "23:00–23:45"},
		"over midnight":     {timed("A", at(23, 30), time.Hour), "UTC", "23:30–00:30"},
		"end unknown":       {timed("A", at(14, 0), 0), "UTC", "14:00"},
		"any time":          {Meeting{Duration: time.Hour}, "UTC", ""},
		"the whole day":     {Meeting{Start: at(0, 0), HasStart: true, AllDay: true, End: at(24, 0)}, "UTC", "all day"},
		"the clock changes": {timed("A", time.Date(2026, 3, 29, 0, 30, 0, 0, time.UTC), time.Hour), "Europe/Berlin", "01:30–03:30"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := Span(tt.meeting, zone(t, tt.zone)); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}
