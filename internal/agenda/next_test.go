package agenda

import (
	"testing"
	"time"
)

// timed is a meeting with a start and, if the duration is not 0, an end.
func timed(topic string, start time.Time, duration time.Duration) Meeting {
	m := Meeting{Topic: topic, Start: start, HasStart: true, Duration: duration}
	if duration > 0 {
		m.End = start.Add(duration)
	}
	return m
}

func topics(meetings []Meeting) string {
	all := ""
	for _, m := range meetings {
		all += m.Topic
	}
	return all
}

func TestNext(t *testing.T) {
	t.Parallel()
	now := at(13, 47)
	const half, hour = 30 * time.Minute, time.Hour
	tests := map[string]struct {
		meetings []Meeting
		upcoming string
		running  string
		ahead    [3]string // starting, running, shown
	}{
		"nothing":                        {nil, "", "", [3]string{"", "", ""}},
		"one to come":                    {[]Meeting{timed("A", at(14, 0), half)}, "A", "", [3]string{"A", "", "A"}},
		"one running, one to come":       {[]Meeting{timed("A", at(13, 30), half), timed("B", at(14, 0), half)}, "AB", "A", [3]string{"B", "A", "B"}},
		"only a running one":             {[]Meeting{timed("A", at(13, 30), half)}, "A", "A", [3]string{"", "A", "A"}},
		"two running":                    {[]Meeting{timed("A", at(13, 0), hour), timed("B", at(13, 30), half)}, "AB", "AB", [3]string{"", "B", "B"}},
		"two that start at once":         {[]Meeting{timed("A", at(14, 0), half), timed("B", at(14, 0), half)}, "AB", "", [3]string{"A", "", "A"}},
		"starts this moment":             {[]Meeting{timed("A", now, half)}, "A", "A", [3]string{"", "A", "A"}},
		"ends this moment":               {[]Meeting{timed("A", now.Add(-half), half)}, "", "", [3]string{"", "", ""}},
		"end unknown, begun just now":    {[]Meeting{timed("A", at(13, 0), 0)}, "A", "A", [3]string{"", "A", "A"}},
		"end unknown, begun long ago":    {[]Meeting{timed("A", at(12, 0), 0)}, "", "", [3]string{"", "", ""}},
		"any time":                       {[]Meeting{{Topic: "A"}}, "A", "", [3]string{"", "", ""}},
		"the whole day":                  {[]Meeting{{Topic: "A", Start: at(0, 0), HasStart: true, AllDay: true}}, "A", "", [3]string{"", "", ""}},
		"the whole of yesterday":         {[]Meeting{{Topic: "A", Start: at(-24, 0), HasStart: true, AllDay: true}}, "", "", [3]string{"", "", ""}},
		"runs since yesterday":           {[]Meeting{timed("A", at(-1, 0), 20*hour)}, "A", "A", [3]string{"", "A", "A"}},
		"a list that is not in order":    {[]Meeting{timed("A", at(15, 0), half), timed("B", at(14, 0), half)}, "AB", "", [3]string{"B", "", "B"}},
		"tomorrow, with the day between": {[]Meeting{timed("A", at(38, 0), half)}, "A", "", [3]string{"A", "", "A"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := topics(Upcoming(tt.meetings, now)); got != tt.upcoming {
				t.Errorf("upcoming %q, want %q", got, tt.upcoming)
			}
			var running []Meeting
			for _, m := range tt.meetings {
				if m.Running(now) {
					running = append(running, m)
				}
			}
			if got := topics(running); got != tt.running {
				t.Errorf("running %q, want %q", got, tt.running)
			}
			ahead := Next(tt.meetings, now)
			var got [3]string
			for i, m := range []*Meeting{ahead.Starting, ahead.Running, ahead.Shown()} {
				if m != nil {
					got[i] = m.Topic
				}
			}
			if got != tt.ahead {
				t.Errorf("starting, running, shown: %q, want %q", got, tt.ahead)
			}
		})
	}
}

func TestStage(t *testing.T) {
	t.Parallel()
	m := timed("A", at(14, 0), 30*time.Minute)
	tests := map[string]struct {
		meeting Meeting
		now     time.Time
		want    Stage
	}{
		"an hour before":            {m, at(13, 0), Later},
		"a moment more than 15 min": {m, at(13, 45).Add(-1), Later},
		"15 min before":             {m, at(13, 45), Soon},
		"5 min before":              {m, at(13, 55), Imminent},
		"at the start":              {m, at(14, 0), Now},
		"at the end":                {m, at(14, 30), Past},
		"any time":                  {Meeting{}, at(14, 0), AnyTime},
		"the whole day":             {Meeting{Start: at(0, 0), HasStart: true, AllDay: true}, at(14, 0), Later},
		"the whole day, at night":   {Meeting{Start: at(0, 0), HasStart: true, AllDay: true}, at(-1, 58), Later},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tt.meeting.Stage(tt.now); got != tt.want {
				t.Errorf("stage %d, want %d", got, tt.want)
			}
		})
	}
}
