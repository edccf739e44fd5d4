package sandbox

import (
	"net/http"
	"strings"
	"testing"
)

// TestBrowserFaults: what a person sees and the program never hears of, with and without the consent page.
func TestBrowserFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		fault, says string
		change      []string
		device      bool // the device page refuses as well
	}{
		{fault: "browser-invalid-redirect", says: "Invalid redirect: http://127.0.0.1:50123/callback (4,700)"},
		{fault: "browser-invalid-client", says: "Invalid client_id: SandboxSecretClient001 (4,702)"},
		{fault: "browser-invalid-scope", says: "Invalid scope", change: []string{"scope", "user:read:user"}},
		{fault: "browser-admin-required", says: "An account admin is required to install this type of app.", device: true},
		{fault: "browser-other-account", says: "You cannot authorize Sandbox (confidential): it is not published and belongs to another account.", device: true},
	}
	for _, tt := range tests {
		for _, auto := range []bool{false, true} {
			t.Run(tt.fault, func(t *testing.T) {
				t.Parallel()
				s, _ := startAt(t, Options{AutoApprove: auto})
				app := mustApp(t, s, KindConfidential)
				held, d := signIn(t, s, app), askDevice(t, s, app)
				setFault(t, s, tt.fault, true)
				r := get(t, authorizeURL(s, app, tt.change...))
				if got := pageMessage(r.body); got != tt.says || r.status != http.StatusBadRequest || r.header.Get("Location") != "" {
					t.Errorf("link: %d %q, redirect %q", r.status, got, r.header.Get("Location"))
				}
				if !strings.Contains(r.body, "A fault of the sandbox is on") {
					t.Error("the page does not say that it is an exercise")
				}
				err := Browser{}.Allow(t.Context(), d["verification_uri_complete"].(string))
				if tt.device != (err != nil && strings.Contains(err.Error(), tt.says)) {
					t.Errorf("device page: %v", err)
				}
				if want := map[bool]string{true: "authorization_pending"}[tt.device]; want != "" && poll(t, s, app, d).json(t)["error"] != want {
					t.Error("the device hears of it")
				}
				if r := api(t, s, readTokens(t, token(t, s, app, refreshForm(held.refresh))).access, "/users/me"); tt.device && r.status != http.StatusOK {
					t.Errorf("a sign-in there was suffers: %d", r.status)
				}
				setFault(t, s, tt.fault, false)
				signIn(t, s, app)
			})
		}
	}
}

// TestInvalidScopeFault: a link without scopes is fine.
func TestInvalidScopeFault(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	setFault(t, s, "browser-invalid-scope", true)
	signIn(t, s, mustApp(t, s, KindPublic))
}
