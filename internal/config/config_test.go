package config_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/explain"
)

// env makes a getenv of name, value pairs.
func env(pairs ...string) func(string) string {
	m := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return func(name string) string { return m[name] }
}

// home writes a config.toml with the given text (none when it is empty) and
// gives the directories around it.
func home(t *testing.T, text string) config.Paths {
	t.Helper()
	dir := t.TempDir()
	paths := config.Paths{Config: dir, Cache: filepath.Join(dir, "cache"), State: filepath.Join(dir, "state")}
	if text != "" {
		if err := os.WriteFile(paths.ConfigFile(), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return paths
}

// view is a Profile that can be compared: with its secret fetched.
type view struct {
	Name                                                             string
	Kind                                                             auth.Kind
	ClientID, Secret, AccountID, RedirectURI, Listen, OAuth, API, TZ string
}

func look(t *testing.T, p config.Profile) view {
	t.Helper()
	v := view{
		Name: p.Name, Kind: p.Kind, ClientID: p.ClientID, AccountID: p.AccountID,
		RedirectURI: p.RedirectURI, Listen: p.Listen, OAuth: p.OAuthBase, API: p.APIBase, TZ: p.Timezone,
	}
	if p.Secret != nil {
		s, err := p.Secret(context.Background())
		if err != nil {
			t.Fatalf("secret: %v", err)
		}
		v.Secret = s.Reveal()
	}
	return v
}

func TestProfile(t *testing.T) {
	t.Parallel()
	const two = `
default_profile = "work"
[profiles.work]
client_id = " workid "
timezone = "Europe/Berlin"
[profiles.job]
kind = "s2s"
client_id = "jobid"
client_secret = "jobsecret"
account_id = "acc"
oauth_base = "https://zoomgov.com/"
api_base = "https://api.zoomgov.com/v2"
`
	public := view{
		Name: "default", Kind: auth.Public, ClientID: "id", RedirectURI: "http://127.0.0.1:8976/callback",
		OAuth: "https://zoom.us",
	}
	work := public
	work.Name, work.ClientID, work.TZ = "work", "workid", "Europe/Berlin"
	job := public
	job.Name, job.Kind, job.ClientID, job.Secret, job.AccountID = "job", auth.S2S, "jobid", "jobsecret", "acc"
	job.OAuth, job.API = "https://zoomgov.com", "https://api.zoomgov.com"
	with := func(v view, change func(*view)) view { change(&v); return v }

	tests := []struct {
		name, file, profile string
		env                 []string
		want                view
	}{
		{"client id in the environment is a public app", "", "", []string{"ZOOM_CLIENT_ID", "id"}, public},
		{"a secret makes it confidential", "", "", []string{"ZOOM_CLIENT_ID", "id", "ZOOM_CLIENT_SECRET", "s"}, with(public, func(v *view) {
			v.Kind, v.Secret = auth.Confidential, "s"
		})},
		{"an account makes it s2s", "", "", []string{"ZOOM_CLIENT_ID", "id", "ZOOM_CLIENT_SECRET", "s", "ZOOM_ACCOUNT_ID", "a"}, with(public, func(v *view) {
			v.Kind, v.Secret, v.AccountID = auth.S2S, "s", "a"
		})},
		{"an empty variable is not there", "", "", []string{"ZOOM_CLIENT_ID", "id", "ZOOM_CLIENT_SECRET", "", "ZOOM_ACCOUNT_ID", " "}, public},
		{"the file's default", two, "", nil, work},
		{"the flag before the environment", two, "job", []string{"ZOOMTUI_PROFILE", "work"}, job},
		{"the environment before the file", two, "", []string{"ZOOMTUI_PROFILE", "job"}, job},
		{"values of the environment before those of the file", two, "job", []string{
			"ZOOMTUI_OAUTH_BASE", "http://127.0.0.1:99", "ZOOMTUI_API_BASE", "http://[::1]:98", "ZOOMTUI_LISTEN", "127.0.0.1:97",
			"ZOOM_REDIRECT_URI", "https://bounce.example/x", "ZOOM_CLIENT_SECRET", "other",
		}, with(job, func(v *view) {
			v.OAuth, v.API, v.Listen, v.RedirectURI, v.Secret = "http://127.0.0.1:99", "http://[::1]:98", "127.0.0.1:97", "https://bounce.example/x", "other"
		})},
		{"another app in the environment takes nothing of the file's app", two, "job", []string{"ZOOM_CLIENT_ID", "mine"}, with(job, func(v *view) {
			v.Kind, v.ClientID, v.Secret, v.AccountID = auth.Public, "mine", "", ""
		})},
		{"the same app in the environment keeps the file's", two, "job", []string{"ZOOM_CLIENT_ID", "jobid"}, job},
		{"a stray secret does not turn a declared public app", "[profiles.p]\nkind='public'\nclient_id='x'", "p", []string{"ZOOM_CLIENT_SECRET", "s"}, with(public, func(v *view) {
			v.Name, v.ClientID = "p", "x"
		})},
		{"the only profile needs no name", "[profiles.solo]\nclient_id='x'", "", nil, with(public, func(v *view) { v.Name, v.ClientID = "solo", "x" })},
		{"the callback is awaited where the redirect goes, unless another place is named", "", "", []string{
			"ZOOM_CLIENT_ID", "id", "ZOOM_REDIRECT_URI", "http://[::1]:3000/cb",
		}, with(public, func(v *view) { v.RedirectURI = "http://[::1]:3000/cb" })},
		{"the secret of a command is its first line", "[profiles.c]\nclient_id='x'\nclient_secret_cmd='printf \"  se cret \\nnote\"'", "", nil, with(public, func(v *view) {
			v.Name, v.ClientID, v.Kind, v.Secret = "c", "x", auth.Confidential, "se cret"
		})},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, err := config.Load(config.Options{Paths: home(t, tt.file), Profile: tt.profile, Getenv: env(tt.env...)})
			if err != nil {
				t.Fatal(err)
			}
			p, err := c.Profile()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, look(t, p)); diff != "" {
				t.Errorf("profile (-want +got):\n%s", diff)
			}
			if app := p.App(); app.ClientID != tt.want.ClientID || app.Profile != tt.want.Name || app.Listen != tt.want.Listen {
				t.Errorf("App() = %+v, want the same app", app)
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	const p = "[profiles.p]\nclient_id='x'\n"
	tests := []struct {
		name, file, profile string
		env                 []string
		want                []string // all of these are said
	}{
		{"unknown key of a profile", p + "client_secert='hush'", "", nil, []string{"profiles.p.client_secert", "client_secret", "config.toml"}},
		{"unknown key at the top", "defalt_profile='x'", "", nil, []string{"defalt_profile", "default_profile"}},
		{"unknown key that is like none", "colour='x'", "", nil, []string{"unknown key colour; there is default_profile, "}},
		{"profile misspelt as a table", "[profile.p]\nclient_id='x'", "", nil, []string{"profile", "profiles"}},
		{"profile key above the tables", "client_id='x'", "", nil, []string{"profiles.default.client_id"}},
		{"unquoted secret is not repeated", p + "client_secret = abcHUSHabc", "", nil, []string{"line 3", "double quotes"}},
		{"secret with an odd number is not repeated", p + "client_secret = 12HUSH", "", nil, []string{"line 3"}},
		{"wrong type", p + "listen = 8976", "", nil, []string{"line 3"}},
		{"same key twice", p + "client_id='y'", "", nil, []string{"client_id", "already"}},
		{"name that cannot be a file", "[profiles.'../x']\nclient_id='x'", "", nil, []string{"../x", "name of a profile"}},
		{"flag that cannot be a file", p, "../x", nil, []string{"--profile", "../x"}},
		{"variable that cannot be a file", p, "", []string{"ZOOMTUI_PROFILE", ".x"}, []string{"ZOOMTUI_PROFILE"}},
		{"no such profile", p + "[profiles.work]\nclient_id='y'", "wrok", nil, []string{"--profile", "wrok", "did you mean work"}},
		{"default_profile without profile", "default_profile='q'\n" + p, "", nil, []string{"default_profile", `"q"`, "p"}},
		{"client id missing", "[profiles.p]\nkind='public'", "", nil, []string{"profile p", "client_id"}},
		{"kind misspelt", p + "kind='publik'", "", nil, []string{"publik", "public"}},
		{"public with a secret", p + "kind='public'\nclient_secret='HUSH'", "", nil, []string{"public", "no secret"}},
		{"confidential without", p + "kind='confidential'", "", nil, []string{"client_secret", "ZOOM_CLIENT_SECRET"}},
		{"s2s without account", p + "kind='s2s'\nclient_secret='HUSH'", "", nil, []string{"account_id"}},
		{"two secrets", p + "client_secret='HUSH'\nclient_secret_cmd='x'", "", nil, []string{"client_secret_cmd"}},
		{"plain http elsewhere", p + "oauth_base='http://zoom.us'", "", nil, []string{"oauth_base", "plain http"}},
		{"plain http elsewhere for the API", p, "", []string{"ZOOMTUI_API_BASE", "http://10.0.0.1"}, []string{"api_base", "plain http"}},
		{"password in an address", p + "api_base='https://u:HUSH@zoom.us'", "", nil, []string{"api_base", "password"}},
		{"query in an address", p + "api_base='https://zoom.us/?a=b'", "", nil, []string{"api_base", "query"}},
		{"no address", p + "oauth_base='zoom.us'", "", nil, []string{"oauth_base", "not an address"}},
		{"localhost redirect", p + "redirect_uri='http://localhost:8976/callback'", "", nil, []string{"redirect_uri", "127.0.0.1"}},
		{"LAN redirect", p + "redirect_uri='http://192.168.1.2/cb'", "", nil, []string{"redirect_uri", "https"}},
		{"redirect with fragment", p + "redirect_uri='https://x.example/#a'", "", nil, []string{"redirect_uri", "fragment"}},
		{"custom scheme", p + "redirect_uri='myapp://cb'", "", nil, []string{"redirect_uri", "https://"}},
		{"listen without port", p + "listen='127.0.0.1'", "", nil, []string{"listen", "host:port"}},
		{"listen with a word", p + "listen='127.0.0.1:http'", "", nil, []string{"listen", "host:port"}},
		{"port too large", p + "redirect_uri='http://127.0.0.1:70000/cb'", "", nil, []string{"redirect_uri", "70000"}},
		{"time zone", p + "timezone='Berlin'", "", nil, []string{"timezone", "Europe/Berlin"}},
		{"store misspelt", p + "store='keyrng'", "", nil, []string{"profile p", "store", `"keyrng"`, "did you mean keyring?"}},
		{"store misspelt at the top", "store='fil'\n" + p, "", nil, []string{"config.toml", "store", `"fil"`, "did you mean file?"}},
		{"store misspelt in the environment", p, "", []string{"ZOOMTUI_STORE", "Keyrings"}, []string{"did you mean keyring?", "(from ZOOMTUI_STORE)"}},
		{"notify as a text", "notify='yes'\n" + p, "", nil, []string{"line 1", "notify", "true or false, without quotes"}},
		{"notify in a profile", p + "notify=true", "", nil, []string{"profiles.p.notify", "did you mean notify, above the first"}},
		{"default_profile in a profile", p + "default_profile='p'", "", nil, []string{"did you mean default_profile, above the first"}},
		{"secret twice in the environment", p, "", []string{"ZOOM_ACCOUNT_ID", "a", "ZOOM_ACCOUNT_ID_FILE", "/x"}, []string{"ZOOM_ACCOUNT_ID_FILE", "unset"}},
		{"file of a variable missing", "", "", []string{"ZOOM_CLIENT_ID_FILE", "/nonexistent/x"}, []string{"ZOOM_CLIENT_ID_FILE", "/nonexistent/x"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, err := config.Load(config.Options{Paths: home(t, tt.file), Profile: tt.profile, Getenv: env(tt.env...)})
			if err == nil {
				_, err = c.Profile()
			}
			var e *config.Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v, want a *config.Error", err)
			}
			if e.Facts().Class != explain.Usage {
				t.Errorf("class %v, want usage", e.Facts().Class)
			}
			for _, w := range tt.want {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("%q does not say %q", err, w)
				}
			}
			if strings.Contains(err.Error()+e.Facts().Cause, "HUSH") {
				t.Errorf("%q repeats a secret", err)
			}
		})
	}
}

func TestNoApp(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"no file": "", "empty file": "# nothing yet\n"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := config.Load(config.Options{Paths: home(t, text), Getenv: env()})
			if err != nil {
				t.Fatal(err)
			}
			if _, err = c.Profile(); !errors.Is(err, config.ErrNoApp) {
				t.Errorf("got %v, want ErrNoApp", err)
			}
			if names := c.Names(); len(names) != 0 {
				t.Errorf("profiles %v, want none", names)
			}
		})
	}
}

func TestBareNeedsNoApp(t *testing.T) {
	t.Parallel()
	for name, file := range map[string]string{
		"no file":           "",
		"an incomplete app": "[profiles.default]\nkind='s2s'\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := config.Load(config.Options{Paths: home(t, file), Getenv: env("ZOOMTUI_API_BASE", "http://127.0.0.1:1")})
			if err != nil {
				t.Fatal(err)
			}
			p, err := c.Bare()
			if err != nil || p.APIBase != "http://127.0.0.1:1" || p.OAuthBase != "https://zoom.us" || p.ClientID != "" || p.Kind != "" {
				t.Errorf("got %+v, %v; want the addresses alone", p, err)
			}
		})
	}
	c, err := config.Load(config.Options{Paths: home(t, ""), Getenv: env("ZOOMTUI_API_BASE", "http://10.0.0.1")})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Bare(); err == nil || !strings.Contains(err.Error(), "api_base") {
		t.Errorf("got %v, want plain http to be refused", err)
	}
}

func TestEnvironmentIsForTheSelectedProfileOnly(t *testing.T) {
	t.Parallel()
	paths := home(t, "[profiles.a]\nclient_id='ida'\n[profiles.b]\nclient_id='idb'\n")
	c, err := config.Load(config.Options{Paths: paths, Profile: "a", Getenv: env("ZOOM_CLIENT_ID", "mine")})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"a": "mine", "b": "idb"} {
		if p, err := c.Named(name); err != nil || p.ClientID != want {
			t.Errorf("profile %s works for %q (%v), want %q", name, p.ClientID, err, want)
		}
	}
}
