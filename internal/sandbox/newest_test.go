package sandbox

import (
	"net/http"
	"testing"
	"time"
)

// signInByDevice is a whole sign-in with a short code.
func signInByDevice(t *testing.T, s *Server, app App) tokens {
	t.Helper()
	d := askDevice(t, s, app)
	if err := (Browser{}).Allow(t.Context(), d["verification_uri_complete"].(string)); err != nil {
		t.Fatalf("allow the device: %v", err)
	}
	return readTokens(t, poll(t, s, app, d))
}

// TestNewestSignInWins: two profiles with the same client id. Whichever way the second one takes, the first
// one's tokens are dead, with the words of its kind of app (error 4741).
func TestNewestSignInWins(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, kind    string
		first, second func(*testing.T, *Server, App) tokens
		reason        string
	}{
		{"public", KindPublic, signIn, signIn, "Invalid refresh token"},
		{"confidential", KindConfidential, signIn, signIn, "Invalid Token!"},
		{"device after link", KindConfidential, signIn, signInByDevice, "Invalid Token!"},
		{"link after device", KindConfidential, signInByDevice, signIn, "Invalid Token!"},
		{"device after device", KindConfidential, signInByDevice, signInByDevice, "Invalid Token!"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, _ := startAt(t, Options{})
			app := mustApp(t, s, tt.kind)
			old := readTokens(t, token(t, s, app, refreshForm(tt.first(t, s, app).refresh)))
			fresh := tt.second(t, s, app)
			wantAPIError(t, api(t, s, old.access, "/users/me"), 401, `{"code":124,"message":"Invalid access token."}`)
			wantRefusal(t, token(t, s, app, refreshForm(old.refresh)), tt.reason, "invalid_grant")
			again := readTokens(t, token(t, s, app, refreshForm(fresh.refresh)))
			for name, access := range map[string]string{"new": fresh.access, "refreshed": again.access} {
				if r := api(t, s, access, "/users/me"); r.status != http.StatusOK {
					t.Errorf("%s access token: %d %s", name, r.status, r.body)
				}
			}
		})
	}
}

// TestUnfinishedSignInEndsNothing: a link that was opened, declined or never redeemed, and a device that
// waits, was declined or came too late, leave the sign-in there is.
func TestUnfinishedSignInEndsNothing(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{})
	app, s2s := mustApp(t, s, KindConfidential), mustApp(t, s, KindS2S)
	old := signIn(t, s, app)
	get(t, authorizeURL(s, app))
	allow(t, s, app)
	if err := (Browser{}).Decline(t.Context(), askDevice(t, s, app)["verification_uri_complete"].(string)); err != nil {
		t.Fatal(err)
	}
	late := askDevice(t, s, app)
	if err := (Browser{}).Allow(t.Context(), late["verification_uri_complete"].(string)); err != nil {
		t.Fatal(err)
	}
	clock.add(901 * time.Second)
	if r := poll(t, s, app, late); r.json(t)["error"] != "expired_token" {
		t.Errorf("late poll: %s", r.body)
	}
	account := readTokens(t, token(t, s, s2s, accountForm(s2s.AccountID)))
	for name, access := range map[string]string{"old": old.access, "Server-to-Server": account.access} {
		if r := api(t, s, access, "/users/me"); r.status != http.StatusOK {
			t.Errorf("%s: %d %s", name, r.status, r.body)
		}
	}
	readTokens(t, token(t, s, app, refreshForm(old.refresh)))
}

// TestLastRedeemedCodeWins: two sign-ins under way at once; the order of redeeming counts, not of allowing.
func TestLastRedeemedCodeWins(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	app := mustApp(t, s, KindPublic)
	first, second := allow(t, s, app), allow(t, s, app)
	loser := readTokens(t, token(t, s, app, codeForm(second)))
	winner := readTokens(t, token(t, s, app, codeForm(first)))
	wantRefusal(t, token(t, s, app, refreshForm(loser.refresh)), "Invalid refresh token", "invalid_grant")
	readTokens(t, token(t, s, app, refreshForm(winner.refresh)))
}
