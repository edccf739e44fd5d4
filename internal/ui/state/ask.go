package state

import (
	"strings"
	"time"

	"zoomtui/internal/agenda"
	"zoomtui/internal/explain"
)

const (
	// staleAfter is when data is old enough to say so: two loads were missed.
	staleAfter = 10 * time.Minute
	// endsSoon is when the estimated end of a sign-in is worth a warning.
	endsSoon = 14 * 24 * time.Hour
)

// Next returns the meeting that starts next and the one that runs now; either
// may be nil.
func (s *State) Next() (next, running *agenda.Meeting) {
	return s.ahead.Starting, s.ahead.Running
}

// RenewalDue says whether the access token is to be renewed now.
func (s *State) RenewalDue() bool {
	t := s.Tokens
	return t.SignedIn && !t.Fixed && !s.Renewing && s.SignedOutWhy() == nil &&
		!t.RenewsAt.IsZero() && !s.Now.Before(t.RenewsAt)
}

// RenewsAtClock is the time of day, on the viewer's clock, at which the access
// token is renewed.
func (s *State) RenewsAtClock() string {
	return s.Tokens.RenewsAt.Add(s.Local.Sub(s.Now)).In(s.Loc).Format("15:04")
}

// SignedOutWhy is why the sign-in serves no more, or nil.
func (s *State) SignedOutWhy() *explain.Problem { return s.Ended }

// TokenTrouble is why Zoom gives this app no token at all: its credentials are
// refused, or somebody switched it off. nil when that is not so.
func (s *State) TokenTrouble() *explain.Problem {
	for _, p := range []*explain.Problem{s.RenewalProblem, s.UserSrc.Problem, s.HostedSrc.Problem, s.InvitedSrc.Problem} {
		if p != nil && p.Facts.Place == explain.PlaceToken && (p.Class() == explain.Usage || p.Class() == explain.Other) {
			return p
		}
	}
	return nil
}

// NeedsUser says whether Zoom wants a Server-to-Server app to name a user: such
// an app has none of its own, and "me" stands for nobody then.
func (s *State) NeedsUser() bool {
	if !s.Profile.ServerToServer() {
		return false
	}
	if p := s.UserSrc.Problem; p != nil && p.Facts.Place == explain.PlaceAPI &&
		(p.Class() == explain.Usage || p.Class() == explain.Other) && p.Facts.HTTPStatus < 500 {
		return true
	}
	for _, src := range []Source{s.HostedSrc, s.InvitedSrc} {
		if src.Problem != nil && noSuchUser(src.Problem.Facts) {
			return true
		}
	}
	return false
}

// noSuchUser knows Zoom's refusal of a user by its words: the list of upcoming
// meetings says it with the number of another error.
func noSuchUser(f explain.Facts) bool {
	return f.Place == explain.PlaceAPI && (f.Code == 1001 || strings.Contains(strings.ToLower(f.Message), "user does not exist"))
}

// SignedOutWords says in the place of data that there is no sign-in, and which
// key does something about it.
func (s *State) SignedOutWords(signIn, renew string) string {
	if s.Profile.ServerToServer() {
		return "Zoom does not accept the account credentials. Press " + renew + " to try again."
	}
	switch {
	case s.Condition() == Unreadable:
		return "Zoom is asked for nothing until the tokens can be read. Press " + renew + " to try again."
	case !s.Tokens.MovedAt.IsZero():
		return "The sign-in is on another machine now. Press " + signIn + " to sign in here."
	case s.LoggedOut:
		return "Signed out: another zoomtui has ended the sign-in. Press " + signIn + " to sign in."
	default:
		return "Signed out. Press " + signIn + " to sign in."
	}
}

// Offline says whether the last attempts to reach Zoom all failed.
func (s *State) Offline() bool {
	for _, src := range []Source{s.UserSrc, s.HostedSrc, s.InvitedSrc} {
		if src.Problem == nil || src.Problem.Class() != explain.Network {
			return false
		}
	}
	return true
}

// Trouble is what one must know before anything else: the sign-in ended, or
// the store cannot be used. nil when there is none.
func (s *State) Trouble() *explain.Problem {
	if p := s.SignedOutWhy(); p != nil {
		return p
	}
	if p := s.TokenTrouble(); p != nil {
		return p
	}
	for _, p := range []*explain.Problem{s.TokensSrc.Problem, s.RenewalProblem} {
		if p != nil && p.Class() != explain.Network && p.Class() != explain.RateLimit {
			return p
		}
	}
	return nil
}

// SignInEndsSoon says whether the estimated end of the sign-in is near.
func (s *State) SignInEndsSoon() bool {
	end := s.Tokens.SignInEnds
	return !end.IsZero() && s.Ended == nil && end.Sub(s.Now) <= endsSoon
}

// SignInOld says whether the estimated end of the sign-in is past. Zoom alone
// knows whether it still takes it.
func (s *State) SignInOld() bool { return s.SignInEndsSoon() && !s.Now.Before(s.Tokens.SignInEnds) }

// AccessServes says whether the access token may still be good although the
// sign-in serves no more: nobody has refused it, and its time is not up.
func (s *State) AccessServes() bool {
	for _, src := range []Source{s.UserSrc, s.HostedSrc, s.InvitedSrc} {
		if src.Problem != nil && src.Problem.Class() == explain.SignIn {
			return false
		}
	}
	return s.Tokens.MovedAt.IsZero() && s.Tokens.AccessExpires.After(s.Now)
}

// PausedUntil is when Zoom, which asked to wait, may be asked again; ok is false
// when nothing waits for it.
func (s *State) PausedUntil() (until time.Time, ok bool) {
	for _, src := range []Source{s.UserSrc, s.HostedSrc, s.InvitedSrc} {
		if src.Paused(s.Local) && src.Problem.Facts.RetryAt.After(until) {
			until, ok = src.Problem.Facts.RetryAt, true
		}
	}
	return until, ok
}

// Paused says whether Zoom has asked to wait with this, and the time is not
// over.
func (src Source) Paused(now time.Time) bool {
	return src.Problem != nil && src.Problem.Class() == explain.RateLimit && src.Problem.Facts.RetryAt.After(now)
}

// Stale says whether data of that age is old enough to say so. A time ahead is
// of a clock that was wrong, then or now.
func (s *State) Stale(src Source) bool {
	age := s.Local.Sub(src.AsOf)
	return src.Known() && (age > staleAfter || age < -clockJump)
}

// OldestStale is the time of the oldest data on the screen; ok is false when
// none is old enough to say so.
func (s *State) OldestStale() (at time.Time, ok bool) {
	for _, src := range []Source{s.UserSrc, s.HostedSrc, s.InvitedSrc} {
		if s.Stale(src) && (!ok || src.AsOf.Before(at)) {
			at, ok = src.AsOf, true
		}
	}
	return at, ok
}

// AsOf is the time of day of the oldest list on the screen.
func (s *State) AsOf() string {
	at := s.HostedSrc.AsOf
	if i := s.InvitedSrc.AsOf; at.IsZero() || (!i.IsZero() && i.Before(at)) {
		at = i
	}
	if at.IsZero() {
		return ""
	}
	return s.Clock(at)
}

// Minute is a time of day without seconds, with the day when it is not today.
func (s *State) Minute(at time.Time) string {
	text := s.Clock(at)
	return strings.TrimSuffix(text, at.In(s.Loc).Format(":05"))
}

// Clock is a time of day in the viewer's zone, with the day when it is not
// today.
func (s *State) Clock(at time.Time) string {
	at = at.In(s.Loc)
	now := s.Local.In(s.Loc)
	if at.YearDay() == now.YearDay() && at.Year() == now.Year() {
		return at.Format("15:04:05")
	}
	return at.Format("2 Jan 15:04")
}

// MissingScopes is how many of the calls behind the dashboard failed for want
// of a scope.
func (s *State) MissingScopes() int {
	n := 0
	for _, src := range []Source{s.UserSrc, s.HostedSrc, s.InvitedSrc} {
		if src.Problem != nil && src.Problem.Facts.LacksScope() {
			n++
		}
	}
	return n
}

// AllLoaded says whether every call behind the dashboard has succeeded.
func (s *State) AllLoaded() bool {
	for _, src := range []Source{s.UserSrc, s.HostedSrc, s.InvitedSrc} {
		if !src.Known() || src.Problem != nil {
			return false
		}
	}
	return true
}

// Asking says whether an answer about the user or the meetings is awaited.
func (s *State) Asking() bool {
	return s.UserSrc.Loading || s.HostedSrc.Loading || s.InvitedSrc.Loading
}

// CutOff says whether it is not known which token is good, because a refresh was
// killed. Where the sign-in serves no more, that is told instead.
func (s *State) CutOff() bool {
	return s.Tokens.SignedIn && !s.Tokens.CutOffAt.IsZero() && s.SignedOutWhy() == nil && !s.Renewing
}

// CanRevoke says whether there is a sign-in of our own to end: a token of the
// environment belongs to whoever made it, and in place of a revoked token of
// account credentials the next call would fetch another.
func (s *State) CanRevoke() bool {
	return s.Tokens.SignedIn && !s.Tokens.Fixed && !s.Profile.ServerToServer()
}
