package scope

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTypeOf(t *testing.T) {
	t.Parallel()
	tests := []struct {
		kind   string
		scopes []string
		want   AppType
	}{
		{"s2s", nil, ServerToServer},
		{"s2s", []string{"user:read:user:admin"}, ServerToServer},
		{"public", nil, UnknownType},
		{"confidential", []string{"user:read:user"}, UserManaged},
		{"public", []string{"user:read:user", "user:read:list_users:admin"}, AdminManaged},
		{"confidential", []string{"account:read:list_sub_accounts:master"}, AdminManaged},
		{"confidential", []string{"meeting_token:read:admin:local_recording"}, AdminManaged},
		{"", []string{"administrator:read:thing"}, UserManaged},
	}
	for _, tt := range tests {
		if got := TypeOf(tt.kind, tt.scopes); got != tt.want {
			t.Errorf("%s with %v is %q, want %q", tt.kind, tt.scopes, got, tt.want)
		}
	}
}

func TestStyleOf(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		scopes []string
		want   Style
	}{
		"none":        {nil, UnknownStyle},
		"nonsense":    {[]string{"x"}, UnknownStyle},
		"classic":     {[]string{"user:read", "meeting:read:admin", "user_profile"}, Classic},
		"granular":    {[]string{"user:read:user", "user:read:user:admin"}, Granular},
		"mostly":      {[]string{"user:read", "meeting:read", "user:read:user"}, Classic},
		"half":        {[]string{"user:read", "user:read:user"}, Granular},
		"by the form": {[]string{"future:read", "future:write"}, Classic},
	}
	for name, tt := range tests {
		if got := loaded(t).StyleOf(tt.scopes); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestLevelOf(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]Level{
		"user:read":             LevelUser,
		"user:read:admin":       LevelAdmin,
		"user:read:user:master": LevelMaster,
		"meeting_token:read:admin:local_recording":     LevelAdmin,
		"contact_center:write:queue disposition:admin": LevelAdmin,
		"scim2:admin": LevelAdmin,
		"admin:read":  LevelUser,
		"":            LevelUser,
	} {
		if got := LevelOf(name); got != want {
			t.Errorf("%q reaches %q, want %q", name, got, want)
		}
	}
}

func TestGroups(t *testing.T) {
	t.Parallel()
	got := Groups([]string{"user:read:user", "meeting:read:meeting", "user_profile", "meeting:read:list_meetings", "user:read:user"})
	want := []Group{
		{"meeting", []string{"meeting:read:list_meetings", "meeting:read:meeting"}},
		{"user", []string{"user:read:user"}},
		{"user_profile", []string{"user_profile"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(Groups(nil)) != 0 {
		t.Error("groups of nothing")
	}
}

// A name with a blank is one scope, however its pieces were split and sorted.
func TestNamesWithBlanks(t *testing.T) {
	t.Parallel()
	const name = "contact_center:write:queue disposition:admin"
	split := []string{"contact_center:write:queue", "disposition:admin", "user:read:user:admin"}
	if diff := cmp.Diff([]string{"user:read:user:admin", name}, loaded(t).Joined(split)); diff != "" {
		t.Error(diff)
	}
	if !Holds(split, name) || Holds(split[:1], name) || Holds(nil, "") {
		t.Error("a name with a blank is not found, or half of it is")
	}
	v := judge(t, "POST /contact_center/queues/q1/dispositions", app("s2s", split...), nil)
	if v.Kind != HasIt {
		t.Errorf("%s with %v: %+v", v.Kind, split, v.Alternatives)
	}
	whole := []string{name}
	if diff := cmp.Diff(whole, loaded(t).Joined(whole)); diff != "" {
		t.Error(diff)
	}
}

func TestDiff(t *testing.T) {
	t.Parallel()
	five := []string{"a:b", "c:d", "e:f", "g:h", "i:j"}
	tests := map[string]struct {
		before, after []string
		want          string
	}{
		"added":             {five, append([]string{"meeting:read:list_upcoming_meetings"}, five...), "5 → 6  + meeting:read:list_upcoming_meetings"},
		"removed":           {five, five[1:], "5 → 4  - a:b"},
		"both":              {[]string{"a:b", "c:d"}, []string{"c:d", "x:z", "x:y"}, "2 → 3  + x:y, x:z  - a:b"},
		"not named before":  {nil, five, "5 scopes; before, Zoom named none, so what changed is not known."},
		"one, none named":   {nil, five[:1], "1 scope; before, Zoom named none, so what changed is not known."},
		"named no more":     {five, nil, "Scopes not named by Zoom this time."},
		"same":              {five, []string{"i:j", "g:h", "e:f", "c:d", "a:b", "a:b"}, "Same 5 scopes as before."},
		"the same one":      {five[:1], five[:1], "Same scope as before."},
		"nothing ever":      {nil, nil, "Scopes not named by Zoom, as before."},
		"exchanged for one": {five[:1], five[1:2], "1 → 1  + c:d  - a:b"},
	}
	for name, tt := range tests {
		d := Compare(tt.before, tt.after)
		if got := d.String(); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
		if named := len(tt.before) > 0 && len(tt.after) > 0; d.Named() != named || !named && d.Changed() {
			t.Errorf("%s: named %v, changed %v: %+v", name, d.Named(), d.Changed(), d)
		}
	}
}

// TestAdvice: what to look at when the new token has no more than the old one.
func TestAdvice(t *testing.T) {
	t.Parallel()
	same := Compare([]string{"a:b"}, []string{"a:b"})
	want := []Step{
		{"Was the page saved? Look at Marketplace › Manage › your app …x7Qa › Scopes.", ActMarket},
		{"Is it the right app? This token is of the app with the client id …x7Qa.", ActMarket},
		{"Zoom can take up to an hour. Then sign in again: a refresh does not add scopes.", ActSignIn},
	}
	if diff := cmp.Diff(want, same.Advice(app("public", "a:b"))); diff != "" {
		t.Error(diff)
	}
	if got := same.Advice(App{Type: ServerToServer})[2].Text; got != "Zoom can take up to an hour. Then fetch a new token." {
		t.Errorf("server-to-server: %q", got)
	}
	if got := Compare([]string{"a:b"}, []string{"a:b", "c:d"}).Advice(App{}); got != nil {
		t.Errorf("a scope came, and there is advice: %v", got)
	}
	if got := Compare([]string{"a:b"}, nil).Advice(App{}); got != nil {
		t.Errorf("nobody knows what came, and there is advice: %v", got)
	}
}
