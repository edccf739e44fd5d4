package login

import "testing"

// What a sign-in has brought, in words; nothing where Zoom named no scopes.
func TestScopeDiff(t *testing.T) {
	t.Parallel()
	two := []string{"a:b", "c:d"}
	tests := []struct {
		name        string
		before, now []string
		want        string
	}{
		{"more", two[:1], two, "scopes 1 → 2  + c:d"},
		{"less", two, two[1:], "scopes 2 → 1  − a:b"},
		{"the same", two, two, "The same 2 scopes as before."},
		{"none named", two, nil, "Scopes not named by Zoom: what this sign-in may do is not known."},
		{"none named before", nil, two, "2 scopes; before, Zoom named none."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := scopeDiff(Outcome{OldScopes: tt.before, NewScopes: tt.now}); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}
