package ui

import (
	"strconv"
	"time"

	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// soonTitle is how long before a meeting its countdown is the most important
// thing, as a meeting is that runs, unless the sign-in is over.
const soonTitle = 15 * time.Minute

// windowTitle is the one thing to know of a dashboard that is out of sight. Its
// times are in minutes, so that it changes once a minute at most while nothing
// happens.
func (m *Model) windowTitle() string {
	const name = "zoomtui"
	switch {
	case m.setup != nil:
		return name + " · set up an app"
	case m.login != nil:
		return name + " · sign in"
	}
	if words := m.titleWords(); words != "" {
		return name + " · " + words
	}
	return name
}

func (m *Model) titleWords() string {
	now := m.st.Now
	next, running := m.st.Next()
	until := time.Duration(-1)
	if next != nil {
		until = next.Start.Sub(now)
	}
	condition := m.st.Condition()
	switch condition {
	case state.Unreadable:
		return "tokens unreadable!"
	case state.Nobody, state.Ended:
		return "signed out!"
	case state.Moved:
		return "moved away!"
	case state.Refused:
		return "refused by Zoom!"
	default:
	}
	switch {
	case until > 0 && until <= soonTitle:
		return "next in " + inMinutes(until)
	case running != nil:
		return "in a meeting"
	case m.st.SignInOld():
		return "sign-in may be over"
	case m.st.SignInEndsSoon(): // whatever ails the data
		return "sign-in ends in " + kit.Days(m.st.Tokens.SignInEnds.Sub(now))
	}
	switch condition {
	case state.Offline:
		return "offline"
	case state.Paused:
		at, _ := m.st.PausedUntil()
		return "paused until " + m.st.Minute(at)
	case state.Stale:
		at, _ := m.st.OldestStale()
		return "as of " + m.st.Minute(at)
	default:
	}
	if until > 0 {
		return "next in " + inMinutes(until)
	}
	return ""
}

// inMinutes is a time to come in begun minutes, or in more where they say more.
func inMinutes(left time.Duration) string {
	switch {
	case left > 48*time.Hour:
		return kit.Days(left)
	case left > 2*time.Hour:
		return strconv.Itoa(int(left.Round(time.Hour)/time.Hour)) + " h"
	default:
		return strconv.Itoa(int((left+time.Minute-1)/time.Minute)) + " min"
	}
}
