package state

// Condition is what stands in the one place for the state of the sign-in and of
// the data: the worst that holds.
type Condition int

// The conditions, the worst first.
const (
	Unreadable Condition = iota // the tokens cannot be read
	Nobody                      // is signed in
	Moved                       // the sign-in went to another machine
	Ended                       // Zoom no longer takes the sign-in
	Refused                     // Zoom gives the app no token at all
	Offline                     // Zoom is not reached
	Old                         // by the estimate the sign-in is over
	Paused                      // Zoom asked to wait
	EndsSoon                    // by the estimate the sign-in is over in two weeks or less
	Stale                       // what is shown has not been renewed for long
	Fine
)

// Condition is the worst that holds now.
func (s *State) Condition() Condition {
	_, paused := s.PausedUntil()
	_, stale := s.OldestStale()
	account := s.Profile.ServerToServer()
	switch {
	case s.TokensSrc.Problem != nil && s.Ended == nil:
		return Unreadable
	case !s.Tokens.SignedIn:
		return Nobody
	case !s.Tokens.MovedAt.IsZero():
		return Moved
	case account && (s.Ended != nil || s.TokenTrouble() != nil):
		return Refused
	case s.Ended != nil:
		return Ended
	case s.Offline():
		return Offline
	case s.SignInOld():
		return Old
	case paused:
		return Paused
	case s.SignInEndsSoon():
		return EndsSoon
	case stale:
		return Stale
	default:
		return Fine
	}
}
