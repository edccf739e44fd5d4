package doctor

import (
	"slices"
	"strings"

	"zoomtui/internal/config"
)

// Environment is what the environment says, and what it overrides.
type Environment struct {
	Getenv     func(string) string
	Names      []string // of all variables that are set
	FileID     string   // client id of the profile in config.toml; empty: none
	FileKind   string   // its kind as written there
	Kind       string   // of the app that is used
	FileExists func(string) bool
}

const nameEnvironment = "environment"

// Variables are the variables of the environment that this program reads.
func Variables() []string {
	return []string{
		"ZOOM_CLIENT_ID", "ZOOM_CLIENT_ID_FILE", "ZOOM_CLIENT_SECRET", "ZOOM_CLIENT_SECRET_FILE", "ZOOM_ACCOUNT_ID", "ZOOM_ACCOUNT_ID_FILE",
		"ZOOM_REDIRECT_URI", "ZOOM_ACCESS_TOKEN", "ZOOM_ACCESS_TOKEN_FILE",
		"ZOOMTUI_PROFILE", "ZOOMTUI_LISTEN", "ZOOMTUI_OAUTH_BASE", "ZOOMTUI_API_BASE", "ZOOMTUI_STORE",
	}
}

// given are variables that this program gives to others and does not read.
func given() []string { return []string{"ZOOM_API_URL"} }

// conflict is one thing that may surprise.
type conflict struct{ what, brief, remedy string }

// Overrides checks what of the environment takes the place of settings, and what
// has no effect at all.
func Overrides(e Environment) Check {
	var found []conflict
	found = append(found, e.token()...)
	found = append(found, e.app()...)
	found = append(found, e.spelling()...)
	if file := e.Getenv("SSL_CERT_FILE"); file != "" && !e.FileExists(file) {
		found = append(found, conflict{"SSL_CERT_FILE names a file that is not there.", "SSL_CERT_FILE names no file", "unset SSL_CERT_FILE"})
	}
	seen := set(e.Getenv, Variables()...)
	c := result(nameEnvironment, OK, "Nothing in the environment is in the way.").brief("fine")
	if len(found) > 0 {
		var whats, briefs []string
		c = result(nameEnvironment, Warning, "")
		for _, f := range found {
			whats, briefs = append(whats, f.what), append(briefs, f.brief)
			c = c.remedy(f.remedy)
		}
		c.What, c.Brief = strings.Join(whats, " "), strings.Join(briefs, "; ")
	}
	return c.detail("set", seen)
}

// token: a token of the environment goes before any sign-in.
func (e Environment) token() []conflict {
	for _, name := range []string{"ZOOM_ACCESS_TOKEN", "ZOOM_ACCESS_TOKEN_FILE"} {
		if e.Getenv(name) != "" {
			return []conflict{{
				name + " is set: its token is used as it is, whatever is stored, and ends within the hour.",
				name + " is set", "For the stored sign-in: unset " + name,
			}}
		}
	}
	return nil
}

// app: variables that make another app of the one in config.toml, or that have no
// effect on it.
func (e Environment) app() []conflict {
	var found []conflict
	if id := strings.TrimSpace(e.Getenv("ZOOM_CLIENT_ID")); id != "" && e.FileID != "" && id != e.FileID {
		found = append(found, conflict{
			"ZOOM_CLIENT_ID names another app (…" + tail(id) + ") than config.toml (…" + tail(e.FileID) + "), whose secret and account are then left out.",
			"ZOOM_CLIENT_ID overrides config.toml", "For the app in config.toml: unset ZOOM_CLIENT_ID",
		})
	}
	secret := set(e.Getenv, "ZOOM_CLIENT_SECRET", "ZOOM_CLIENT_SECRET_FILE")
	if len(secret) > 0 && e.Kind == "public" {
		found = append(found, conflict{
			secret[0] + " has no effect: a public app has no secret.",
			secret[0] + " without effect", `If the app has one, write kind = "confidential"; else: unset ` + secret[0],
		})
	}
	account := set(e.Getenv, "ZOOM_ACCOUNT_ID", "ZOOM_ACCOUNT_ID_FILE")
	if len(account) > 0 && e.FileKind != "" && e.FileKind != "s2s" {
		found = append(found, conflict{
			account[0] + ` makes the app a Server-to-Server app, though config.toml says kind = "` + e.FileKind + `".`,
			account[0] + " overrides the kind", "For the app in config.toml: unset " + account[0],
		})
	}
	return found
}

// spelling: names that begin like ours and are none.
func (e Environment) spelling() []conflict {
	var found []conflict
	known := append(Variables(), given()...)
	for _, name := range e.Names {
		if !strings.HasPrefix(name, "ZOOMTUI_") && !strings.HasPrefix(name, "ZOOM_CLIENT") && !strings.HasPrefix(name, "ZOOM_ACC") && !strings.HasPrefix(name, "ZOOM_RED") {
			continue // other programs have variables of their own
		}
		if slices.Contains(known, name) || strings.HasPrefix(name, "ZOOMTUI_TEST") {
			continue
		}
		what := name + " is no variable of this program"
		if near := config.Nearest(name, known); near != "" {
			what += "; did you mean " + near + "?"
		}
		found = append(found, conflict{what, "an unknown variable", "unset " + name})
	}
	return found
}
