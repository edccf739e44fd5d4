package main

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"zoomtui/internal/auth"
	"zoomtui/internal/config"
)

// TestReadPath: a path as people have it at hand.
func TestReadPath(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, address, path, wrong string }{
		{text: "/users/me", path: "/users/me"},
		{text: "users/me", path: "/users/me"},
		{text: "/v2/users/me", path: "/users/me"},
		{text: "v2/users/me?type=1", path: "/users/me?type=1"},
		{text: " /users/{userId}/meetings ", path: "/users/me/meetings"},
		{text: "/users/{userId}?q={x}&y={userId}", path: "/users/me?q={x}&y={userId}"},
		{text: "/users/me?a=%20b&a=c%2Fd&", path: "/users/me?a=%20b&a=c%2Fd&"},
		{text: "/past_meetings/%252Fabc%252F%252F%3D%3D", path: "/past_meetings/%252Fabc%252F%252F%3D%3D"},
		{text: "/scim2/Users", path: "/scim2/Users"},
		{text: "/users/a+b@x.example", path: "/users/a+b@x.example"},
		{text: "https://api.zoom.us/v2/users/me?next=https://x.example/", address: "https://api.zoom.us", path: "/users/me?next=https://x.example/"},
		{text: "HTTPS://API.zoom.us/v2/users/me", address: "https://api.zoom.us", path: "/users/me"},
		{text: "http://127.0.0.1:8080/v2/users/me", address: "http://127.0.0.1:8080", path: "/users/me"},
		{text: "https://user@api.zoom.us/v2/users/me", address: "https://user@api.zoom.us", path: "/users/me"},
		{text: "https://api.zoom.us", wrong: "Which path?"},
		{text: "", wrong: "Which path?"},
		{text: "/", wrong: "Which path?"},
		{text: "?type=1", wrong: "Which path?"},
		{text: "/meetings/{meetingId}/registrants/{registrantId}", wrong: "The path holds {meetingId} and {registrantId}, which stands for a value of your own."},
		{text: "/users/me?topic=a b", wrong: "The path holds a blank, a # or a \\, which no address has."},
		{text: "/users/me#top", wrong: "The path holds a blank, a # or a \\, which no address has."},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			t.Parallel()
			address, path, err := readPath(&cobra.Command{Use: "api"}, tt.text)
			if tt.wrong != "" {
				if err == nil || err.Error() != tt.wrong {
					t.Errorf("got %q %q %v", address, path, err)
				}
				return
			}
			if err != nil || address != tt.address || path != tt.path {
				t.Errorf("got %q %q %v", address, path, err)
			}
		})
	}
}

// FuzzReadPath: whatever is typed, the path that is called begins with one slash,
// and only a whole address names a host.
func FuzzReadPath(f *testing.F) {
	for _, seed := range []string{"/users/me", "https://api.zoom.us/v2/x?y", "//evil.example/x", "{userId}", "a://b", "/v2//x", "?"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		address, path, err := readPath(&cobra.Command{Use: "api"}, text)
		if err != nil {
			return
		}
		if !strings.HasPrefix(path, "/") || strings.ContainsAny(path, " \t\n#") {
			t.Errorf("%q became %q", text, path)
		}
		if address != "" && !strings.Contains(text, "://") {
			t.Errorf("%q names the host %q", text, address)
		}
	})
}

// TestCheckAddress: a whole address is for this profile's API, by its own name or by
// the one in Zoom's documents.
func TestCheckAddress(t *testing.T) {
	t.Parallel()
	tests := []struct {
		base, address string
		ok            bool
	}{
		{"https://api.zoom.us", "", true},
		{"https://api.zoom.us", "https://api.zoom.us", true},
		{"https://API-us.zoom.us/v2", "https://api-us.zoom.us", true},
		{"https://api-us.zoom.us", "https://api.zoom.us", true},
		{"https://api-us.zoom.us", "http://api.zoom.us", false},
		{"https://api-us.zoom.us", "https://api-eu.zoom.us", false},
		{"https://api.zoom.us", "https://api.zoom.us.attacker.example", false},
		{"https://api.zoom.us", "https://attacker@api.zoom.us", false},
		{"https://attackerzoom.us", "https://api.zoom.us", false},
		{"https://api.zoomgov.com", "https://api.zoom.us", false},
		{"http://127.0.0.1:8080", "http://127.0.0.1:8081", false},
	}
	for _, tt := range tests {
		cmd := &cobra.Command{Use: "api"}
		cmd.SetContext(t.Context())
		o := &opened{profile: config.Profile{Name: "work"}, source: auth.StaticSource(auth.Secret("x"), auth.Options{App: auth.App{APIBase: tt.base}})}
		if err := o.checkAddress(cmd, tt.address); (err == nil) != tt.ok {
			t.Errorf("%s for %s: %v", tt.address, tt.base, err)
		}
	}
}
