package sandbox

import (
	"slices"
	"strings"
)

// Kinds of app.
const (
	// KindPublic is a PKCE app without a secret ("Use Public Client OAuth").
	KindPublic = "public"
	// KindConfidential is an app with a client secret.
	KindConfidential = "confidential"
	// KindS2S is a Server-to-Server app (account credentials).
	KindS2S = "s2s"
)

// Aliases of the apps that differ by their scopes and not by their kind.
const (
	// AliasClassic is the app with classic scopes, as apps from before March 2024 have them.
	AliasClassic = "classic"
	// AliasAdmin is the app that an account's admin manages.
	AliasAdmin = "admin"
)

// App is an app as it is registered in the Zoom Marketplace.
// Source: https://developers.zoom.us/docs/build-flow/basic-info/oauth-info/
type App struct {
	// Name is what the consent page shows.
	Name string
	// Alias is the word for an app of the sandbox's own: its kind, "https", "classic" or "admin".
	Alias string
	// Kind is public, confidential or s2s.
	Kind string
	// ClientID identifies the app; a public client has an id of its own.
	ClientID string
	// ClientSecret is empty for public apps.
	ClientSecret string
	// AccountID is the account of an s2s app.
	AccountID string
	// RedirectURIs are the registered return addresses.
	RedirectURIs []string
	// Scopes are always granted; Optional ones can be unticked on the consent page.
	Scopes, Optional []string
	// PKCE marks a confidential app as PKCE-enabled, which allows numeric loopback redirects.
	PKCE bool
	// Device allows the device flow ("Use App on Device").
	Device bool
}

// allScopes are the required and the optional scopes.
func (a App) allScopes() []string { return slices.Concat(a.Scopes, a.Optional) }

// loopbackAllowed tells whether the app may return to 127.0.0.1 or [::1].
// Source: https://developers.zoom.us/changelog/platform/pkce-loopback.md (2026-09-28)
func (a App) loopbackAllowed() bool { return a.Kind == KindPublic || a.PKCE }

func (a App) clone() App {
	a.RedirectURIs = slices.Clone(a.RedirectURIs)
	a.Scopes = slices.Clone(a.Scopes)
	a.Optional = slices.Clone(a.Optional)
	return a
}

// defaultApps are one app of each kind, and one with a secret but without PKCE, which may return to https
// only; then two public apps to compare scopes with: one from before March 2024, and one that an admin manages.
// Their ids stay the same from run to run, so that a configuration made with the sandbox goes on working; their
// secrets open nothing but made-up data.
func defaultApps() []App {
	user := []string{
		"user:read:user", "meeting:read:list_meetings",
		"meeting:read:list_upcoming_meetings", "meeting:read:meeting",
	}
	admin := make([]string, len(user))
	for i, scope := range user {
		admin[i] = scope + ":admin"
	}
	loopback := []string{"http://127.0.0.1:8976/callback", "http://[::1]:8976/callback"}
	return []App{
		{
			Name: "Sandbox (public client)", Alias: KindPublic, Kind: KindPublic, ClientID: "SandboxPublicClient001",
			RedirectURIs: loopback, Scopes: user, PKCE: true,
		},
		{
			Name: "Sandbox (confidential)", Alias: KindConfidential, Kind: KindConfidential, ClientID: "SandboxSecretClient001",
			ClientSecret: "sandbox-secret-of-made-up-data-1",
			RedirectURIs: []string{"http://127.0.0.1:8976/callback", "https://app.example.test/oauth/callback"},
			Scopes:       user, PKCE: true, Device: true,
		},
		{
			Name: "Sandbox (confidential, https only)", Alias: "https", Kind: KindConfidential, ClientID: "SandboxHTTPSClient0001",
			ClientSecret: "sandbox-secret-of-made-up-data-3",
			RedirectURIs: []string{"https://app.example.test/oauth/callback"},
			Scopes:       user,
		},
		{
			Name: "Sandbox (Server-to-Server)", Alias: KindS2S, Kind: KindS2S, ClientID: "SandboxServerClient001",
			ClientSecret: "sandbox-secret-of-made-up-data-2", AccountID: demoAccountID, Scopes: admin,
		},
		{
			Name: "Sandbox (classic scopes)", Alias: AliasClassic, Kind: KindPublic, ClientID: "SandboxClassicClient01",
			RedirectURIs: loopback, Scopes: []string{"user:read", "meeting:read"}, PKCE: true,
		},
		{
			Name: "Sandbox (admin-managed)", Alias: AliasAdmin, Kind: KindPublic, ClientID: "SandboxAdminClient0001",
			RedirectURIs: loopback, PKCE: true,
			// The one app that may change something, so that writing calls can be tried.
			Scopes: slices.Concat(admin, []string{
				"meeting:write:meeting:admin", "meeting:update:meeting:admin", "meeting:delete:meeting:admin", "meeting:update:status:admin",
			}),
		},
	}
}

// Apps are the registered apps, with the scopes that they have at the moment.
func (s *Server) Apps() []App {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]App, len(s.apps))
	for i, a := range s.apps {
		out[i] = s.effective(a)
	}
	return out
}

// App is the first registered app of a kind.
func (s *Server) App(kind string) (App, bool) {
	for _, a := range s.Apps() {
		if a.Kind == kind {
			return a, true
		}
	}
	return App{}, false
}

// Aliases are the words by which [Server.AppCalled] and [Server.Env] know the sandbox's own apps.
func Aliases() []string {
	return []string{KindPublic, KindConfidential, KindS2S, AliasClassic, AliasAdmin}
}

// AppCalled is the app with an alias.
func (s *Server) AppCalled(alias string) (App, bool) {
	for _, a := range s.Apps() {
		if a.Alias == alias {
			return a, true
		}
	}
	return App{}, false
}

// AddApp registers an app, or changes the one with the same ClientID. As at Zoom, grants made before keep
// their scopes, and are no longer refreshed when the app has lost one of them. An empty ClientID, a missing secret and the account of an s2s app are made up.
func (s *Server) AddApp(app App) {
	app = app.clone()
	if app.ClientID == "" {
		app.ClientID = randomText(lettersAndDigits, 22)
	}
	if app.ClientSecret == "" && app.Kind != KindPublic {
		app.ClientSecret = randomText(lettersAndDigits, 32)
	}
	if app.AccountID == "" && app.Kind == KindS2S {
		app.AccountID = demoAccountID
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.apps {
		if s.apps[i].ClientID == app.ClientID {
			s.apps[i] = app
			return
		}
	}
	s.apps = append(s.apps, app)
}

// appByID finds an app with its scopes of the moment.
func (s *Server) appByID(clientID string) (App, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.apps {
		if a.ClientID == clientID {
			return s.effective(a), true
		}
	}
	return App{}, false
}

// registered tells whether a grant's app has all of its scopes. Those that a fault has taken away or added
// for a while count as the app's: a fault that is switched off ends no sign-in. The caller holds s.mu.
func (s *Server) registered(g *grant) bool {
	for _, a := range s.apps {
		if a.ClientID == g.clientID {
			held := append(a.allScopes(), a.further()...)
			return !slices.ContainsFunc(g.scopes, func(scope string) bool { return !slices.Contains(held, scope) })
		}
	}
	return false
}

// further are the scopes that the fault "scope-added" gives to the app: one of the app's own style and level.
func (a App) further() []string {
	held := a.allScopes()
	switch {
	case a.classic():
		return []string{"recording:read"}
	case slices.ContainsFunc(held, func(scope string) bool { return strings.HasSuffix(scope, ":admin") }):
		return []string{"user:read:settings:admin"}
	default:
		return []string{"user:read:settings"}
	}
}

// classic tells whether the app has the scopes of before March 2024: resource and action, and who may, but no
// data.
func (a App) classic() bool {
	return slices.ContainsFunc(a.allScopes(), func(scope string) bool {
		scope, _ = strings.CutSuffix(scope, ":admin")
		return strings.Count(scope, ":") < 2
	})
}

// classic tells whether the app of a grant is one of these. The caller holds s.mu.
func (s *Server) classic(g *grant) bool {
	return slices.ContainsFunc(s.apps, func(a App) bool { return a.ClientID == g.clientID && a.classic() })
}

// effective is the app with what faults have added, less what they have taken away. The caller holds s.mu.
func (s *Server) effective(a App) App {
	a = a.clone()
	if further := a.further(); s.on[faultScopeAdded] && !slices.Contains(a.allScopes(), further[0]) {
		a.Scopes = append(a.Scopes, further...)
	}
	a.Device = a.Device && !s.on[faultDeviceOff]
	dropped := func(scope string) bool { return slices.Contains(s.droppedScopes(), scope) }
	a.Scopes = slices.DeleteFunc(a.Scopes, dropped)
	a.Optional = slices.DeleteFunc(a.Optional, dropped)
	return a
}

// Env is the environment that makes a program use this sandbox with the first app of a kind, or with the app
// of an alias: NAME=value lines, unquoted (no value needs quoting). It is nil when there is no such app.
func (s *Server) Env(kind string) []string {
	app, ok := s.App(kind)
	if !ok {
		app, ok = s.AppCalled(kind)
	}
	if !ok {
		return nil
	}
	return s.envOf(app)
}

// envOf is the same for any app.
func (s *Server) envOf(app App) []string {
	env := []string{"ZOOM_CLIENT_ID=" + app.ClientID}
	if app.ClientSecret != "" {
		env = append(env, "ZOOM_CLIENT_SECRET="+app.ClientSecret)
	}
	if app.Kind == KindS2S {
		env = append(env, "ZOOM_ACCOUNT_ID="+app.AccountID)
	}
	if len(app.RedirectURIs) > 0 {
		env = append(env, "ZOOM_REDIRECT_URI="+app.RedirectURIs[0])
	}
	return append(env, "ZOOMTUI_OAUTH_BASE="+s.url, "ZOOMTUI_API_BASE="+s.url)
}

// scopeString joins scopes the way the token answer does.
func scopeString(scopes []string) string { return strings.Join(scopes, " ") }
