package main

import (
	"context"
	"strconv"

	"zoomtui/internal/agenda"
	"zoomtui/internal/api"
	"zoomtui/internal/ui/state"
)

// account asks Zoom who is signed in.
type account struct{ *opened }

// Me asks Zoom and keeps the answer for the next start.
func (a account) Me(ctx context.Context) (state.User, error) {
	user, err := a.user(ctx)
	if err != nil {
		return state.User{}, err
	}
	return shownUser(user), nil
}

// calendar asks Zoom for the two lists of meetings.
type calendar struct{ *opened }

// Hosted gives the meetings that the user hosts, all pages.
func (c calendar) Hosted(ctx context.Context) ([]agenda.Hosted, error) {
	var list []api.Meeting
	for m, err := range c.client().Meetings(ctx, api.MeetingsQuery{Type: api.TypeUpcoming}) {
		if err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	keep(ctx, c.opened, cacheHosted, list)
	return hosted(list), nil
}

// Invited gives the next 24 hours, invitations included.
func (c calendar) Invited(ctx context.Context) ([]agenda.Invited, error) {
	list, err := c.client().UpcomingMeetings(ctx)
	if err != nil {
		return nil, err
	}
	keep(ctx, c.opened, cacheInvited, list)
	return invited(list), nil
}

// cachedAnswers reads what an earlier run kept.
func (o *opened) cachedAnswers() state.Cached {
	var c state.Cached
	if o.fixed {
		return c // nobody knows whose token it is
	}
	if user, ok := readCache[api.User](o.cache, cacheUser); ok {
		c.User, c.UserAsOf = shownUser(user.Value), user.AsOf
	}
	if list, ok := readCache[[]api.Meeting](o.cache, cacheHosted); ok {
		c.Hosted, c.HostedAt = hosted(list.Value), list.AsOf
	}
	if list, ok := readCache[[]api.UpcomingMeeting](o.cache, cacheInvited); ok {
		c.Invited, c.InvitedAt = invited(list.Value), list.AsOf
	}
	return c
}

func hosted(list []api.Meeting) []agenda.Hosted {
	out := make([]agenda.Hosted, len(list))
	for i, m := range list {
		out[i] = agenda.Hosted{
			ID: m.ID, UUID: m.UUID, Topic: m.Topic, Type: m.Type, Start: m.Start, Duration: m.Duration,
			Timezone: m.Timezone, JoinURL: m.JoinURL,
		}
	}
	return out
}

func invited(list []api.UpcomingMeeting) []agenda.Invited {
	out := make([]agenda.Invited, len(list))
	for i, m := range list {
		out[i] = agenda.Invited{
			ID: m.ID, Topic: m.Topic, Type: m.Type, Start: m.Start, Duration: m.Duration,
			Timezone: m.Timezone, JoinURL: m.JoinURL, Passcode: m.Passcode, IsHost: m.IsHost, AllDay: m.IsAllDay,
		}
	}
	return out
}

// shownUser is a user as the screen shows one.
func shownUser(u api.User) state.User {
	return state.User{
		ID: u.ID, Name: u.Name(), Email: u.Email, AccountID: u.AccountID, Plan: u.Plan(), Role: u.RoleName,
		Timezone: u.Timezone, PMI: spaced(u.PMI), PictureURL: u.PicURL, Cluster: u.Cluster, Company: u.Company,
		Status: u.Status,
	}
}

// spaced writes a meeting id as Zoom does: 354 247 1135.
func spaced(id int64) string {
	s := strconv.FormatInt(id, 10)
	if id <= 0 {
		return ""
	}
	if len(s) < 9 {
		return s
	}
	return s[:3] + " " + s[3:6] + " " + s[6:]
}
