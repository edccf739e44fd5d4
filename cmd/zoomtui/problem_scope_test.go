package main

import (
	"os"
	"strings"
	"testing"

	"zoomtui/internal/api"
	"zoomtui/internal/auth"
	"zoomtui/internal/explain"
)

// missing is Zoom's answer to a token without a scope.
func missing(op string, names ...string) *api.Error {
	return &api.Error{
		Op: op, HTTPStatus: 400, Code: 4711, MissingScopes: names, TrackingID: "v=2.0;rid=WEB_1",
		Message: "Invalid access token, does not contain scopes:[" + strings.Join(names, ", ") + "].",
	}
}

// withTable is the cli of a profile with a sign-in that was granted these scopes.
func withTable(t *testing.T, scopes string) *cli {
	t.Helper()
	o, _, _ := inSandbox(t)
	o.cli.table = new(scopeTable)
	held, err := o.store.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	now := o.source.Now()
	err = held.Save(auth.Token{
		Profile: "default", ClientID: o.app.ClientID, Kind: o.app.Kind, AccessToken: "access", RefreshToken: "refresh",
		Scope: scopes, ObtainedAt: now, SignedInAt: now, ExpiresAt: now.Add(1e12), Generation: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := held.Unlock(); err != nil {
		t.Fatal(err)
	}
	return o.cli
}

func TestVerdictOnARefusedCall(t *testing.T) {
	t.Parallel()
	const granted = "meeting:read:list_meetings user:read:settings"
	for name, tt := range map[string]struct {
		granted string
		err     *api.Error
		what    string
		next    string // the first step
	}{
		"add one": {
			granted, missing("GET /users/me", "user:read:user", "user:read:user:admin"),
			"GET /users/me was refused: ADD ONE. Zoom wants any ONE of these, your token has none.", "Copy the name: user:read:user.",
		},
		"granted, and Zoom does not see it": {
			granted + " user:read:user", missing("GET /users/me", "user:read:user", "user:read:user:admin"),
			"GET /users/me was refused: OLD SIGN-IN. The token was granted user:read:user, and Zoom does not see it.", "Sign in again: ",
		},
		"only for the account": {
			granted, missing("GET /report/daily", "report:read:admin"),
			"GET /report/daily was refused: WRONG APP TYPE. No user-managed app can make this call.", "Create a Server-to-Server",
		},
		"the query is not repeated": {
			granted, missing("GET /users/me?token=hush", "user:read:user"),
			"GET /users/me was refused: ADD ONE. Zoom wants this scope, your token does not have it.", "Copy the name: user:read:user.",
		},
		"a call that the table lacks": {
			granted, missing("GET /brand/new/thing", "brand:read:thing"),
			"GET /brand/new/thing was refused: ADD ONE. ", "Copy the name: brand:read:thing.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := withTable(t, tt.granted).problem(tt.err)
			if !strings.HasPrefix(p.What, tt.what) {
				t.Errorf("it says %q, want %q", p.What, tt.what)
			}
			if len(p.Next) == 0 || !strings.HasPrefix(p.Next[0].Text, tt.next) {
				t.Errorf("steps %v, want first %q", p.Next, tt.next)
			}
			if p.Class() != explain.Scope || len(p.JSON().MissingScopes) != len(tt.err.MissingScopes) || p.Facts.TrackingID != tt.err.TrackingID {
				t.Errorf("class %v, facts %+v: want those of Zoom's answer", p.Class(), p.Facts)
			}
		})
	}
}

// What is not about a scope costs nothing: the table stays on the disk.
func TestOtherFailuresLoadNoTable(t *testing.T) {
	t.Parallel()
	for name, err := range map[string]error{
		"a role":       &api.Error{Op: "GET /users/me", HTTPStatus: 403, Code: 200, Message: "No permission."},
		"too many":     &api.Error{Op: "GET /users/me", HTTPStatus: 429, Message: "You have reached the maximum per-second rate limit for this API."},
		"no such user": &api.Error{Op: "GET /users/x", HTTPStatus: 404, Code: 1001, Message: "User does not exist: x."},
		"the token":    &api.Error{Op: "GET /users/me", HTTPStatus: 401, Code: 124, Message: "Invalid access token."},
		"signed out":   &auth.Error{Kind: auth.ErrSignedOut, Op: "read tokens"},
		"the refresh":  &auth.Error{Kind: auth.ErrGrantEnded, Op: "refresh", OAuth: "invalid_grant"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := withTable(t, "user:read:user")
			if p, plain := c.problem(err), explain.Of(err); p.What != plain.What {
				t.Errorf("it says %q, want %q", p.What, plain.What)
			}
			if c.table.catalogue != nil {
				t.Error("the table was loaded")
			}
		})
	}
}

// Where nothing can be found out about app and token, the plain words are told.
func TestVerdictFallsBackToPlainWords(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(t *testing.T, c *cli){
		"settings that cannot be read": func(_ *testing.T, c *cli) { c.flags.config = "/nowhere/config.toml" },
		"a damaged token file": func(t *testing.T, c *cli) {
			if err := os.WriteFile(c.paths.TokenDir()+"/default.json", []byte("{"), 0o600); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := withTable(t, "user:read:settings")
			spoil(t, c)
			err := missing("GET /users/me", "user:read:user")
			if p, plain := c.problem(err), explain.Of(err); p.What != plain.What || p.Class() != explain.Scope {
				t.Errorf("it says %q of class %v, want %q", p.What, p.Class(), plain.What)
			}
		})
	}
}

func TestUnknownPathNamesTheNearest(t *testing.T) {
	t.Parallel()
	c := withTable(t, "user:read:user")
	p := c.problem(&api.Error{Op: "GET /users/me/upcoming_meeting", HTTPStatus: 404, Code: 2300, Message: "This API endpoint is not recognized."})
	if len(p.Next) == 0 || p.Next[0].Text != "Did you mean GET /users/me/upcoming_meetings?" {
		t.Errorf("steps %v, want first the nearest call", p.Next)
	}
	known := &api.Error{Op: "GET /users/me/webinars", HTTPStatus: 404, Code: 2300, Message: "This API endpoint is not recognized."}
	if p := c.problem(known); strings.Contains(p.Next[0].Text, "Did you mean") {
		t.Errorf("a path that is in the table is called mistyped: %v", p.Next)
	}
}

// Names of scopes come from Zoom's answer.
func TestForeignScopesAreHarmless(t *testing.T) {
	t.Parallel()
	const token = "eyJhbGciOiJIUzUxMiJ9.eyJ1aWQiOiJ4In0.c2ln"
	c := withTable(t, "user:read:settings")
	p := c.problem(missing("GET /users/me", "user:read:\x1b[31muser", "\u202eevil", token))
	text := p.What + p.Why
	for _, step := range p.Next {
		text += step.Text
	}
	if strings.ContainsAny(text, "\x1b\u202e") || strings.Contains(text, "eyJ") {
		t.Errorf("it says %q", text)
	}
}
