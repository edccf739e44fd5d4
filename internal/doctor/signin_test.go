package doctor

import (
	"testing"
	"time"

	"zoomtui/internal/explain"
)

func TestSignedIn(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 3, 12, 0, 0, time.UTC)
	over := &Trouble{Brief: "some kind", What: "You are not signed in.", Why: "Nothing is stored.", Steps: []string{"Sign in: zoomtui login"}, Class: explain.SignIn}
	for name, tt := range map[string]struct {
		signIn SignIn
		want   expect
	}{
		"good":        {SignIn{Kind: "public", Now: now, Ends: now.AddDate(0, 0, 60), Days: 60, AccessEnds: now.Add(time.Minute)}, expect{state: OK, says: "about 60 days more without a refresh; the access token has 1m0s left"}},
		"ended token": {SignIn{Kind: "public", Now: now, Ends: now.AddDate(0, 0, 1), Days: 60, AccessEnds: now}, expect{state: OK, says: "the access token has ended"}},
		"no estimate": {SignIn{Kind: "public", Now: now}, expect{state: OK, says: "Signed in."}},
		"soon":        {SignIn{Kind: "public", Now: now, Ends: now.AddDate(0, 0, 1), Days: 1, Soon: true}, expect{state: Warning, says: "about 1 day unless", do: "zoomtui keepalive"}},
		"none":        {SignIn{Kind: "public", Over: over}, expect{Failure, "not signed in", "zoomtui login", explain.SignIn}},
		"unknown":     {SignIn{Unknown: true}, expect{state: Skipped, says: "could not be found out"}},
		"s2s":         {SignIn{Kind: "s2s", Now: now}, expect{state: OK, says: "Nobody needs to sign in"}},
		"fixed":       {SignIn{Fixed: true, Now: now, AccessEnds: now.Add(time.Hour)}, expect{state: OK, says: "used as it is; the access token has 1h0m0s left; it is never refreshed"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.want.verify(t, SignedIn(tt.signIn))
		})
	}
}

func TestScopes(t *testing.T) {
	t.Parallel()
	all := []string{"user:read:user", "meeting:read:list_meetings", "meeting:read:list_upcoming_meetings"}
	for name, tt := range map[string]struct {
		kind    string
		granted []string
		want    expect
	}{
		"all":           {"public", all, expect{state: OK, says: "3 scopes granted"}},
		"of an admin":   {"public", []string{"user:read:user:admin", "meeting:read:list_meetings:admin", "meeting:read:list_upcoming_meetings:admin"}, expect{state: OK}},
		"classic":       {"confidential", []string{"user:read", "meeting:read"}, expect{state: OK}},
		"classic admin": {"s2s", []string{"user:read:admin", "meeting:read:admin"}, expect{state: OK}},
		"one missing":   {"public", all[:2], expect{Failure, "One scope is missing: meeting:read:list_upcoming_meetings for the meetings you are invited to", "then sign in again: zoomtui login", explain.Scope}},
		"two missing":   {"public", all[:1], expect{Failure, "Some scopes are missing: meeting:read:list_meetings", "Add meeting:read:list_meetings and meeting:read:list_upcoming_meetings", explain.Scope}},
		"others":        {"public", []string{"user:read:users", "meeting:write:meeting", "meeting:read:meeting"}, expect{Failure, "user:read:user for who is signed in", "", explain.Scope}},
		"s2s":           {"s2s", []string{"user:read:user:admin"}, expect{Failure, "meeting:read:list_meetings:admin", "zoomtui token --force", explain.Scope}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.want.verify(t, Scopes(tt.kind, tt.granted, true))
		})
	}
	expect{state: Skipped, says: "not known"}.verify(t, Scopes("public", nil, false))
}
