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
			got := skewOf(test.date, sent.Add(test.took), test.took)
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
			c := newClock(func() time.Time { return now }, nil)
			c.learn(test.header, moment{wall: now}, moment{wall: now.Add(test.took), at: test.took})
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

// machine is a machine's two clocks, moved by a test.
type machine struct {
	wall time.Time
	boot time.Duration
}

func (m *machine) clock() *clock {
	return newClock(func() time.Time { return m.wall }, func() time.Duration { return m.boot })
}

// passes lets time go by; both clocks count, in sleep as well.
func (m *machine) passes(d time.Duration) { m.wall, m.boot = m.wall.Add(d), m.boot+d }

// hears makes a clock learn from an answer of Zoom's at this moment.
func (m *machine) hears(c *clock, zoom time.Time) {
	c.learn(http.Header{"Date": {zoom.Format(http.TimeFormat)}}, c.moment(), c.moment())
}

// TestClockThatIsSet: Zoom's time goes on as it was whatever somebody does to the
// clock of the machine, and the skew says what was done.
func TestClockThatIsSet(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
	tests := []struct {
		name       string
		skew       time.Duration // Zoom's clock minus the machine's, when the answer came
		jump       time.Duration // of the machine's clock after it
		learned    bool
		zoom       time.Duration // Zoom's time ten minutes after the answer, from start
		skewAtLast time.Duration
	}{
		{"right clock, left alone", 0, 0, true, 10 * time.Minute, 0},
		{"set an hour ahead", 0, time.Hour, true, 10 * time.Minute, -time.Hour},
		{"set an hour back", 0, -time.Hour, true, 10 * time.Minute, time.Hour},
		{"three minutes behind, then put right", 3 * time.Minute, 3 * time.Minute, true, 13 * time.Minute, 0},
		{"three minutes ahead, then put right", -3 * time.Minute, -3 * time.Minute, true, 7 * time.Minute, 0},
		{"no answer yet: the machine's clock counts", 0, time.Hour, false, 70 * time.Minute, 0},
		{"no answer yet, the stored skew", 3 * time.Minute, 0, false, 13 * time.Minute, 3 * time.Minute},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := &machine{wall: start, boot: 5 * time.Hour}
			c := m.clock()
			c.assume(test.skew)
			if test.learned {
				m.hears(c, start.Add(test.skew))
			}
			m.passes(4 * time.Minute)
			m.wall = m.wall.Add(test.jump)
			m.passes(6 * time.Minute)
			if diff := c.zoom().Sub(start.Add(test.zoom)).Abs(); diff > time.Second {
				t.Errorf("Zoom's time is %s, want %s after the start", c.zoom().Sub(start), test.zoom)
			}
			if diff := (c.offset() - test.skewAtLast).Abs(); diff > time.Second {
				t.Errorf("skew %s, want %s", c.offset(), test.skewAtLast)
			}
		})
	}
}

// TestStoredSkewDoesNotUndoAnAnswer: the store is read again and again, and what
// it says of the clock is older than the answer.
func TestStoredSkewDoesNotUndoAnAnswer(t *testing.T) {
	t.Parallel()
	m := &machine{wall: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)}
	c := m.clock()
	m.hears(c, m.wall)
	c.assume(time.Hour)
	if c.offset() != 0 {
		t.Errorf("skew %s", c.offset())
	}
}

// TestSetClockNeitherFreezesNorFools: a dashboard that runs while somebody sets the
// clock, and one that sleeps with its machine.
func TestSetClockNeitherFreezesNorFools(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name      string
		do        func(m *machine)
		left      time.Duration
		refreshes int
	}{
		{"set an hour ahead", func(m *machine) { m.wall = m.wall.Add(time.Hour) }, 40 * time.Minute, 0},
		{"set an hour back", func(m *machine) { m.wall = m.wall.Add(-time.Hour) }, 40 * time.Minute, 0},
		{"set a day back, and an hour later", func(m *machine) { m.wall = m.wall.Add(-24 * time.Hour); m.passes(time.Hour) }, time.Hour, 1},
		{"asleep for eight hours", func(m *machine) { m.passes(8 * time.Hour) }, time.Hour, 1},
		{"asleep, and the clock was set meanwhile", func(m *machine) { m.passes(8 * time.Hour); m.wall = m.wall.Add(-8 * time.Hour) }, time.Hour, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Public)
			w.signIn()
			m := &machine{wall: time.Now()}
			source := w.source(func(o *SourceOptions) {
				o.Clock, o.Elapsed = func() time.Time { return m.wall }, func() time.Duration { return m.boot }
			})
			if _, err := source.TokenWith(t.Context(), TokenRequest{Force: true}); err != nil { // Zoom's time is learned
				t.Fatal(err)
			}
			m.passes(20 * time.Minute)
			w.clock.forward(20 * time.Minute)
			was := m.boot
			test.do(m)
			w.clock.forward(m.boot - was)
			token, err := source.Token(t.Context())
			if err != nil || w.refreshes() != 1+test.refreshes {
				t.Fatalf("%d refreshes more, want %d (%v)", w.refreshes()-1, test.refreshes, err)
			}
			if diff := (token.Left(source.Now()) - test.left).Abs(); diff > 5*time.Second {
				t.Errorf("%s left, want %s", token.Left(source.Now()), test.left)
			}
		})
	}
}

// TestBootClock: it goes on, and is what a source counts with where nothing else
// is given.
func TestBootClock(t *testing.T) {
	t.Parallel()
	before := BootClock()
	source, err := NewSource(SourceOptions{Options: Options{
		App: App{Profile: "work", Kind: Public, ClientID: "abc"}, Store: newTestStore(t),
	}})
	if err != nil {
		t.Fatal(err)
	}
	if now := source.Elapsed(); now < before || now > before+time.Minute {
		t.Errorf("%s, then %s", before, now)
	}
}
