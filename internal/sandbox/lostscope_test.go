package sandbox

import (
	"net/http"
	"strings"
	"testing"
)

// TestAppLostAScope: a person who took a scope from the app in the Marketplace has to sign in again.
func TestAppLostAScope(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{KindPublic, KindConfidential} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			s, _ := startAt(t, Options{})
			app := mustApp(t, s, kind)
			old := readTokens(t, token(t, s, app, codeForm(allow(t, s, app))))
			less := app
			less.Scopes = app.Scopes[1:]
			s.AddApp(less)
			r := token(t, s, app, refreshForm(old.refresh))
			wantRefusal(t, r, "Refresh token invalid", "invalid_grant")
			if r.status != http.StatusBadRequest {
				t.Errorf("status %d", r.status)
			}
			again := readTokens(t, token(t, s, app, codeForm(allow(t, s, app))))
			if strings.Contains(again.scope, app.Scopes[0]) {
				t.Errorf("the new sign-in has the scope that is gone: %s", again.scope)
			}
			s.AddApp(app) // a scope that is added needs a new sign-in, and ends none
			if got := readTokens(t, token(t, s, app, refreshForm(again.refresh))); got.scope != again.scope {
				t.Errorf("scope after the refresh %q, want %q", got.scope, again.scope)
			}
		})
	}
}

// TestDroppedScopeStillRefreshes: the drop-scope faults take a scope without ending the sign-in, also
// from a code that was given before.
func TestDroppedScopeStillRefreshes(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	app := mustApp(t, s, KindPublic)
	code := allow(t, s, app)
	for i, on := range []bool{true, false} {
		if err := s.SetFault(faultDropUser, on); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			code = readTokens(t, token(t, s, app, codeForm(code))).refresh
		}
		code = readTokens(t, token(t, s, app, refreshForm(code))).refresh
	}
}
