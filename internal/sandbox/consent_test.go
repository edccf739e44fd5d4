package sandbox

import "testing"

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
