package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// earlyCall and lastCall are how long before a meeting the terminal calls.
const (
	earlyCall = 10 * time.Minute
	lastCall  = time.Minute
)

// alarm remembers what the person was called for, so that nothing calls twice.
type alarm struct {
	since  time.Time     // Zoom's time when it was looked at last
	signIn urgency       // what was called for about the sign-in
	told   map[call]bool // the meetings that were called for
}

// call is one reason to call: a meeting and how long before it.
type call struct {
	meeting int64
	start   int64 // Unix seconds: a meeting that was put off calls again
	lead    time.Duration
}

// urgency is how bad it stands with the sign-in.
type urgency int

const (
	calm urgency = iota
	endsSoon
	over
)

func urgencyOf(st *state.State) urgency {
	switch {
	case st.Profile.ServerToServer():
		return calm
	case st.Ended != nil || st.LoggedOut:
		return over
	case st.SignInEndsSoon():
		return endsSoon
	default:
		return calm
	}
}

// newAlarm takes what is on the screen at first as seen.
func newAlarm(st *state.State) alarm {
	return alarm{since: st.Now, signIn: urgencyOf(st), told: map[call]bool{}}
}

// call calls the person by the terminal's own notification for what has come up
// since the last look. Nobody is called who looks: that is so only where the
// terminal tells of its focus and says so; many do not, tmux by default among
// them, and a call too many is better than none.
func (m *Model) call() tea.Cmd {
	texts := append(m.alarm.signInCall(&m.st), m.alarm.meetingCalls(&m.st)...)
	if m.deps.Notification == nil || len(texts) == 0 || m.tellsFocus && m.focused {
		return nil
	}
	m.pace.hurry() // what is written goes out with the renderer's next look
	return tea.Raw(m.deps.Notification(m.terminal, strings.Join(texts, " · ")))
}

// signInCall calls when the sign-in ends or is about to, once until it is good
// again.
func (a *alarm) signInCall(st *state.State) []string {
	now := urgencyOf(st)
	before := a.signIn
	a.signIn = now
	switch {
	case now <= before:
		return nil
	case now == endsSoon:
		return []string{"The sign-in of " + st.Profile.Name + " ends in " + kit.Days(st.Tokens.SignInEnds.Sub(st.Now)) + " unless it is renewed."}
	case !st.Tokens.MovedAt.IsZero():
		return []string{"The sign-in of " + st.Profile.Name + " has moved to another machine."}
	case st.LoggedOut:
		return []string{"Another zoomtui has ended the sign-in of " + st.Profile.Name + "."}
	default:
		return []string{"Zoom no longer accepts the sign-in of " + st.Profile.Name + ": sign in again."}
	}
}

// meetingCalls calls for each meeting whose time to call has come since the last
// look, however long that was ago: a machine that slept calls for what is still
// ahead.
func (a *alarm) meetingCalls(st *state.State) []string {
	before := a.since
	a.since = st.Now
	for c := range a.told {
		if time.Unix(c.start, 0).Before(st.Now.Add(-time.Hour)) {
			delete(a.told, c)
		}
	}
	var texts []string
	for _, m := range st.Upcoming {
		if !m.HasStart || m.AllDay || !m.Start.After(st.Now) {
			continue
		}
		left := m.Start.Sub(st.Now)
		if left > earlyCall {
			break // the later ones are later still
		}
		lead := earlyCall
		if left <= lastCall {
			lead = lastCall
		}
		c := call{m.ID, m.Start.Unix(), lead}
		if due := m.Start.Add(-lead); !due.After(before) || a.told[c] {
			continue
		}
		a.told[c] = true
		texts = append(texts, kit.Cut(m.Topic, topicCells)+" in "+inMinutes(left))
	}
	return texts
}

// topicCells bounds a topic in a notification.
const topicCells = 60
