package state

import (
	"strings"
	"time"

	"zoomtui/internal/agenda"
	"zoomtui/internal/explain"
	"zoomtui/internal/term"
)

// New returns the state before anything is known. now is this machine's clock.
func New(p Profile, loc *time.Location, now time.Time) State {
	if loc == nil {
		loc = time.UTC
	}
	p.User = foreign(p.User)
	return State{Profile: p, Loc: loc, Now: now, Local: now}
}

// Apply changes the state by one message of this package.
func (s *State) Apply(msg any) {
	switch msg := msg.(type) {
	case FromCache:
		s.fromCache(msg.Cached)
	case Loading:
		s.UserSrc.Loading, s.HostedSrc.Loading, s.InvitedSrc.Loading = true, true, true
	case UserLoaded:
		if s.UserSrc.answer(msg.Err, msg.At) {
			s.User = cleanUser(msg.User)
		}
	case HostedLoaded:
		if s.HostedSrc.answer(msg.Err, msg.At) {
			s.hosted = msg.Meetings
			s.regroup()
		}
	case InvitedLoaded:
		if s.InvitedSrc.answer(msg.Err, msg.At) {
			s.invited = msg.Meetings
			s.regroup()
		}
	case TokensRead:
		s.tokens(msg.Tokens, msg.Err)
	case Renewing:
		s.Renewing = true
	case Renewed:
		s.renewed(msg)
	case SignedIn:
		s.forget()
	case UserChosen:
		s.forget()
		s.Profile.User = foreign(msg.User)
	case SignedOut:
		s.forget()
		s.Tokens = Tokens{}
	}
}

// forget drops what belonged to the sign-in before: it may have been another
// person's.
func (s *State) forget() {
	s.TokensSrc, s.RenewalProblem = Source{}, nil
	s.User, s.UserSrc = User{}, Source{}
	s.hosted, s.HostedSrc = nil, Source{}
	s.invited, s.InvitedSrc = nil, Source{}
	s.regroup()
}

// answer notes an attempt and says whether it brought data. What an earlier
// attempt brought stays on the screen.
func (src *Source) answer(err error, at time.Time) bool {
	src.Loading = false
	if err == nil {
		src.AsOf, src.Problem = at, nil
		return true
	}
	p := explain.Of(err)
	if p.Class() != explain.Cancelled {
		src.Problem = &p
	}
	return false
}

func (s *State) fromCache(c Cached) {
	s.User, s.UserSrc.AsOf = cleanUser(c.User), c.UserAsOf
	s.hosted, s.HostedSrc.AsOf = c.Hosted, c.HostedAt
	s.invited, s.InvitedSrc.AsOf = c.Invited, c.InvitedAt
	s.regroup()
}

// tokens takes what the store holds, or why it cannot be read.
func (s *State) tokens(t Tokens, err error) {
	if !s.TokensSrc.answer(err, s.Local) {
		return
	}
	if t.AccessFingerprint != s.Tokens.AccessFingerprint {
		s.renewedElsewhere()
	}
	for i, scope := range t.Scopes {
		t.Scopes[i] = foreign(scope)
	}
	s.Tokens = t
	s.Now = s.Local.Add(t.Skew)
}

// renewedElsewhere drops what was wrong with the tokens before.
func (s *State) renewedElsewhere() {
	s.RenewalProblem = nil
	for _, src := range []*Source{&s.UserSrc, &s.HostedSrc, &s.InvitedSrc} {
		if src.Problem != nil && src.Problem.Class() == explain.SignIn {
			src.Problem = nil
		}
	}
}

func (s *State) renewed(msg Renewed) {
	s.Renewing = false
	if msg.Err == nil {
		s.RenewalProblem = nil
		s.tokens(msg.Tokens, nil)
		return
	}
	if p := explain.Of(msg.Err); p.Class() != explain.Cancelled {
		s.RenewalProblem = &p
	}
}

// Tick moves the time on. now is this machine's clock; countdowns follow
// Zoom's, as its Date headers told it.
func (s *State) Tick(now time.Time) {
	s.Local = now
	s.Now = now.Add(s.Tokens.Skew)
	if !s.regroupAt.IsZero() && !s.Now.Before(s.regroupAt) {
		s.regroup()
		return
	}
	s.ahead = agenda.Next(s.Upcoming, s.Now)
}

// regroup merges the two lists and arranges them by day. It is done when a
// list changes, when a meeting is over and when a day begins, not every frame.
func (s *State) regroup() {
	merged := agenda.Merge(s.hosted, s.invited)
	for i := range merged {
		merged[i].Topic = topic(merged[i].Topic)
		merged[i].JoinURL = link(merged[i].JoinURL)
	}
	s.Upcoming = agenda.Upcoming(merged, s.Now)
	s.Days = agenda.GroupByDay(s.Upcoming, s.Now, s.Loc)
	s.ahead = agenda.Next(s.Upcoming, s.Now)
	s.Revision++
	s.regroupAt = midnightAfter(s.Now, s.Loc)
	for _, m := range s.Upcoming {
		if end := m.End; !end.IsZero() && end.After(s.Now) && end.Before(s.regroupAt) {
			s.regroupAt = end
		}
	}
}

func midnightAfter(t time.Time, loc *time.Location) time.Time {
	y, m, d := t.In(loc).Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, loc)
}

// foreignCells bounds a word that came from Zoom; screens cut it further.
const foreignCells = 200

// foreign makes a word from Zoom safe to draw, and of one width everywhere.
func foreign(s string) string { return term.Steady(term.Clean(s, foreignCells)) }

// link drops an address that no terminal could show as it is: it would not be
// Zoom's.
func link(s string) string {
	if term.Clean(s, 0) != s || strings.ContainsAny(s, " \"<>") {
		return ""
	}
	return s
}

func topic(s string) string {
	if s = foreign(s); s == "" {
		return "(no topic)"
	}
	return s
}

func cleanUser(u User) User {
	for _, f := range []*string{
		&u.ID, &u.Name, &u.Email, &u.AccountID, &u.Plan, &u.Role, &u.Timezone, &u.PMI,
		&u.PictureURL, &u.Cluster, &u.Company, &u.Status,
	} {
		*f = foreign(*f)
	}
	return u
}
