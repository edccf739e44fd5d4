package state

import (
	"slices"
	"strings"
	"time"

	"zoomtui/internal/agenda"
	"zoomtui/internal/explain"
	"zoomtui/internal/term"
)

// New returns the state before anything is known. The times are those of
// [State.Tick].
func New(p Profile, loc *time.Location, local, zoom time.Time) State {
	if loc == nil {
		loc = time.UTC
	}
	p.User = foreign(p.User)
	return State{Profile: p, Loc: loc, Now: zoom.Round(0), Local: local.Round(0)}
}

// Apply changes the state by one message of this package.
func (s *State) Apply(msg any) {
	switch msg := msg.(type) {
	case FromCache:
		s.fromCache(msg.Cached)
	case Loading:
		s.UserSrc.Loading, s.HostedSrc.Loading, s.InvitedSrc.Loading = true, true, true
	case UserLoaded:
		if s.heard(&s.UserSrc, msg.Err, msg.At) {
			s.User = cleanUser(msg.User)
		}
		s.end(s.UserSrc.Problem)
	case HostedLoaded:
		if s.heard(&s.HostedSrc, msg.Err, msg.At) {
			s.hosted = msg.Meetings
			s.regroup()
		}
	case InvitedLoaded:
		if s.heard(&s.InvitedSrc, msg.Err, msg.At) {
			s.invited = msg.Meetings
			s.regroup()
		}
	case TokensRead:
		s.tokens(msg.Tokens, msg.Err)
	case Renewing:
		s.Renewing = true
	case Renewed:
		s.renewed(msg)
	case RenewalOver:
		s.Renewing = false
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
	s.Ended, s.OfflineSince = nil, time.Time{}
	s.User, s.UserSrc = User{}, Source{}
	s.hosted, s.HostedSrc = nil, Source{}
	s.invited, s.InvitedSrc = nil, Source{}
	s.regroup()
}

// heard takes the outcome of a call to Zoom, and says whether it brought data.
func (s *State) heard(src *Source, err error, at time.Time) bool {
	ok := src.answer(err, at)
	if ok && s.Ended != nil && (s.Ended.Facts.Place == explain.PlaceAPI || s.Profile.ServerToServer()) {
		s.Ended = nil // the calls were refused, and are no more; a dead refresh token stays dead while the access token lives
	}
	switch {
	case !s.Offline():
		s.OfflineSince = time.Time{}
	case s.OfflineSince.IsZero():
		s.OfflineSince = at.Round(0)
	}
	return ok
}

// end keeps why the sign-in serves no more, where a failure says so.
func (s *State) end(p *explain.Problem) {
	if p != nil && p.Class() == explain.SignIn {
		s.Ended = p
	}
}

// answer notes an attempt and says whether it brought data. What an earlier
// attempt brought stays on the screen.
func (src *Source) answer(err error, at time.Time) bool {
	src.Loading = false
	if err == nil {
		src.AsOf, src.Problem = at.Round(0), nil
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
		s.end(s.TokensSrc.Problem)
		return
	}
	if !t.same(s.Tokens) {
		s.renewedElsewhere()
	}
	t.Scopes = slices.Clone(t.Scopes) // whoever read them may be reading still
	for i, scope := range t.Scopes {
		t.Scopes[i] = foreign(scope)
	}
	t.CutOffBy = foreign(t.CutOffBy)
	s.LoggedOut = !t.SignedIn && (s.Tokens.SignedIn || s.LoggedOut)
	s.Tokens = t
	if t.Ended != nil && (s.Ended == nil || !t.MovedAt.IsZero()) {
		p := explain.Of(t.Ended)
		s.Ended = &p
	}
}

// same says whether nothing has been done with the tokens.
func (t Tokens) same(other Tokens) bool {
	return t.AccessFingerprint == other.AccessFingerprint && t.RefreshFingerprint == other.RefreshFingerprint &&
		t.SignedInAt.Equal(other.SignedInAt) && t.MovedAt.Equal(other.MovedAt)
}

// renewedElsewhere drops what was wrong with the tokens before.
func (s *State) renewedElsewhere() {
	s.RenewalProblem, s.Ended = nil, nil
	for _, src := range []*Source{&s.UserSrc, &s.HostedSrc, &s.InvitedSrc} {
		if src.Problem != nil && src.Problem.Class() == explain.SignIn {
			src.Problem = nil
		}
	}
}

func (s *State) renewed(msg Renewed) {
	s.Renewing = false
	if msg.Err == nil {
		s.renewedElsewhere()
		s.tokens(msg.Tokens, nil)
		return
	}
	if p := explain.Of(msg.Err); p.Class() != explain.Cancelled {
		s.RenewalProblem = &p
		s.end(&p)
	}
}

// clockJump is from where on a change of the time is no mere correction.
const clockJump = time.Minute

// Tick moves the time on: local is this machine's clock, zoom Zoom's, which the
// countdowns follow. Both are compared by what they show, not by how long the
// program has run: that clock stands still while a machine sleeps.
func (s *State) Tick(local, zoom time.Time) {
	before := s.Now
	s.Local, s.Now = local.Round(0), zoom.Round(0)
	passed := s.Now.Sub(before)
	if passed < 0 || passed > clockJump || !s.regroupAt.IsZero() && !s.Now.Before(s.regroupAt) {
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
