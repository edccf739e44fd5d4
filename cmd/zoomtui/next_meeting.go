package main

import (
	"time"

	"zoomtui/internal/agenda"
	"zoomtui/internal/api"
	"zoomtui/internal/config"
	"zoomtui/internal/explain"
	"zoomtui/internal/term"
)

// nextMeeting is what `zoomtui next` has found.
type nextMeeting struct {
	profile string
	line    agenda.Line
	why     error // why not signed in; nil: signed in
}

// next reads what is known here. It asks nobody and waits for nothing.
func (c *cli) next(opts nextOptions) (nextMeeting, error) {
	p, err := c.selected()
	if err != nil {
		return nextMeeting{}, err
	}
	store, err := c.tokenStore(p)
	if err != nil {
		return nextMeeting{}, err
	}
	t, err := store.Peek() // a locked keyring must not hold up a bar
	s, err := c.standingOf(p, store, t, err)
	if err != nil {
		return nextMeeting{}, err
	}
	known := c.knownMeetings(p)
	known.SignedIn = s.signedIn()
	n := nextMeeting{profile: p.Name, why: s.why}
	if !known.AsOf.IsZero() { // the cache has this machine's clock, meetings begin by Zoom's
		known.AsOf = known.AsOf.Add(s.token.ClockSkew)
	}
	n.line.Viewer = agenda.Viewer{Now: s.now, Zone: p.Location(), Today: opts.today}
	n.line.Glance, n.line.Moved = agenda.Look(known, n.line.Viewer), s.state == signInMoved
	if s.state == signInEndsSoon {
		n.line.Note = endWarning(p.Name, s)
	}
	n.name(opts)
	return n, nil
}

// name gives the line its title and link, as far as they may be seen.
func (n *nextMeeting) name(opts nextOptions) {
	m := n.line.Meeting
	switch {
	case m == nil:
		return
	case opts.privacy:
		n.line.Title = term.Clean("Busy", opts.max)
		return
	}
	topic := m.Topic
	if clean(topic) == "" {
		topic = "(no topic)"
	}
	n.line.Title, n.line.JoinURL = term.Clean(topic, opts.max), clean(m.JoinURL)
}

// knownMeetings is what the dashboard has kept of a profile's meetings. Of the two
// lists the older one decides the age: it may lack the meeting that comes next.
func (c *cli) knownMeetings(p config.Profile) agenda.Known {
	kept := cache{c.paths.ProfileCache(p.Name)}
	var known agenda.Known
	own, isOwn := readCache[[]api.Meeting](kept, cacheHosted)
	others, isOthers := readCache[[]api.UpcomingMeeting](kept, cacheInvited)
	switch {
	case isOwn && isOthers && others.AsOf.Before(own.AsOf), isOthers && !isOwn:
		known.AsOf = others.AsOf
	case isOwn:
		known.AsOf = own.AsOf
	}
	known.Meetings = agenda.Merge(hosted(own.Value), invited(others.Value))
	return known
}

// nextAnswer is `next --format json`.
type nextAnswer struct {
	State   agenda.State `json:"state"`
	Minutes *int         `json:"minutes"` // until it begins; 0: it has begun; null: no meeting
	Meeting *meetingJSON `json:"meeting"` // null: none is due, or nobody is signed in
	AsOf    *time.Time   `json:"as_of"`   // when Zoom was asked; null: never
	Profile string       `json:"profile"`
	Problem *problemJSON `json:"problem,omitempty"` // why a human must sign in
}

// meetingJSON is a meeting as scripts get it. The passcode is not among what is
// kept; the link holds it.
type meetingJSON struct {
	ID        int64      `json:"id"` // 0: an entry of a calendar without one, or hidden
	Topic     string     `json:"topic"`
	Start     time.Time  `json:"start"`
	End       *time.Time `json:"end"`              // null: not known
	Minutes   int        `json:"duration_minutes"` // 0: not known
	Timezone  string     `json:"timezone"`
	Role      string     `json:"role"`
	Recurring bool       `json:"recurring"`
	JoinURL   string     `json:"join_url"`
}

func (n nextMeeting) json(opts nextOptions) nextAnswer {
	l := n.line
	a := nextAnswer{State: l.State, Profile: n.profile}
	if !l.AsOf.IsZero() {
		at := l.AsOf.UTC().Truncate(time.Second)
		a.AsOf = &at
	}
	if n.why != nil {
		p := errorJSON(explain.Of(n.why))
		a.Problem = &p
	}
	m := l.Meeting
	if m == nil {
		return a
	}
	minutes := agenda.Minutes(m.Start.Sub(l.Viewer.Now))
	a.Minutes = &minutes
	a.Meeting = &meetingJSON{
		ID: m.ID, Topic: l.Title, Start: m.Start.UTC(), Minutes: int(m.Duration / time.Minute),
		Timezone: clean(m.Timezone), Role: string(m.Role), Recurring: m.Recurring, JoinURL: l.JoinURL,
	}
	if !m.End.IsZero() {
		end := m.End.UTC()
		a.Meeting.End = &end
	}
	if opts.privacy {
		a.Meeting.ID = 0
	}
	return a
}
