package sandbox

import (
	"strings"
	"testing"
)

// TestPagesAreForPhones: without the meta a phone draws a page as wide as a desk's, in tiny letters.
func TestPagesAreForPhones(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	app := mustApp(t, s, KindConfidential)
	device := askDevice(t, s, app)
	for name, address := range map[string]string{
		"consent": authorizeURL(s, app), "refusal": s.URL() + "/oauth/authorize", "short code": device["verification_uri"].(string),
		"consent to a device": device["verification_uri_complete"].(string), "index": s.URL() + "/_sandbox",
	} {
		r := get(t, address)
		for _, want := range []string{`<meta name="viewport" content="width=device-width, initial-scale=1">`, "prefers-color-scheme: dark", "min-height:2.9rem"} {
			if !strings.Contains(r.body, want) {
				t.Errorf("%s lacks %s", name, want)
			}
		}
	}
}

func TestScopeWordsAreWords(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"user:read:user":                      "See your profile",
		"meeting:read:list_meetings:admin":    "See the meetings you host (for every user of the account)",
		"phone:read:list_call_logs":           "See call logs (phone)",
		"team_chat:update:user_message:admin": "Change user message, admin (team chat)",
		"imchat:bot":                          "imchat, bot",
		"":                                    "",
	} {
		if got := scopeWords(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
