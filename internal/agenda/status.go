package agenda

import "time"

// State is what a status line has to say, in one word. The words are those of `zoomtui next --format json` and of the
// classes for Waybar.
type State string

// The states. Stale and SignedOut go before the others, because then nobody knows whether they are true.
const (
	NothingDue State = "none"
	DueLater   State = "later" // more than a quarter of an hour away
	DueSoon    State = "soon"  // a quarter of an hour or less
	DueNow     State = "now"   // running
	Stale      State = "stale" // what is known is older than [StaleAfter], or nothing was ever asked for
	SignedOut  State = "signed-out"
)

// StaleAfter is the age from which what is known of the meetings is no longer to be trusted. Invitations are known for 24
// hours from the moment they were asked for (GET /users/me/upcoming_meetings): half of that later they cover only half a
// day, and a meeting that was planned in the morning is missing in the evening.
const StaleAfter = 12 * time.Hour

// Known is what a status line is made from.
type Known struct {
	Meetings []Meeting
	AsOf     time.Time // when Zoom was asked for them; zero: never
	SignedIn bool
}

// Viewer is who looks, when and where.
type Viewer struct {
	Now   time.Time
	Zone  *time.Location
	Today bool // leave out meetings that begin on another day
}

// Glance is the one meeting that a status line has room for.
type Glance struct {
	State   State
	Meeting *Meeting  // nil: none is due, or nobody is signed in
	AsOf    time.Time // as in [Known]
}

// Look finds the meeting for a status line: one that runs, unless another starts within a quarter of an hour; else the next
// to start.
func Look(known Known, v Viewer) Glance {
	if !known.SignedIn {
		return Glance{State: SignedOut, AsOf: known.AsOf}
	}
	g := Glance{State: NothingDue, Meeting: v.shown(Next(known.Meetings, v.Now)), AsOf: known.AsOf}
	if g.Meeting != nil {
		g.State = stateOf(g.Meeting.Stage(v.Now))
	}
	if known.AsOf.IsZero() || v.Now.Sub(known.AsOf) > StaleAfter {
		g.State = Stale
	}
	return g
}

// shown chooses between what runs and what comes next. Who is late for one meeting is helped by its name, not by the name
// of the one in three hours; who is about to miss another is.
func (v Viewer) shown(ahead Ahead) *Meeting {
	next := ahead.Starting
	if v.Today && next != nil && dateOf(next.Start, v.Zone) != dateOf(v.Now, v.Zone) {
		next = nil
	}
	if next == nil || ahead.Running != nil && next.Stage(v.Now) == Later {
		if ahead.Running != nil {
			return ahead.Running
		}
	}
	return next
}

func stateOf(stage Stage) State {
	switch stage {
	case Soon, Imminent:
		return DueSoon
	case Now:
		return DueNow
	default:
		return DueLater
	}
}

// In is the time left to a start for a line that is not drawn every second: as [Until], but in whole minutes where that one
// counts seconds; the last minute is "1 min".
func In(left time.Duration) string {
	if left <= 0 || left >= secondsBelow {
		return Until(left)
	}
	return count(lastMinute(left), time.Minute, " min")
}

// Minutes is the number of minutes of [In] left to a start: 0 when it has come, and never 0 before.
func Minutes(left time.Duration) int {
	if left <= 0 {
		return 0
	}
	return int(lastMinute(left) / time.Minute)
}

func lastMinute(left time.Duration) time.Duration {
	return max(left.Truncate(time.Minute), time.Minute)
}
