package config_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/config"
	"zoomtui/internal/explain"
)

// written is a file with everything that a person may write.
const written = `# Zoom apps of the team
# (keep in step with the wiki)

default_profile = "work"   # the one I use

# my own app
[profiles.work]
kind      = "public"
client_id = 'workid' # Public Client ID
# asked for by Ken
timezone = "Europe/Berlin"

# nightly jobs
[ profiles . "job" ]
kind = "s2s"
client_id = "jobid"
client_secret_cmd = """
pass show 'zoom' # not a comment
"""
account_id = "acc"
# end of the jobs

# trailing words
`

func public(id string) config.Entry { return config.Entry{Kind: "public", ClientID: id} }

func TestEdit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, file string
		changes    []config.Change
		want       string
	}{
		{"first profile", "", []config.Change{config.AddProfile("work", public("x")), config.SetDefault("work")}, "default_profile = \"work\"\n\n[profiles.work]\nkind = \"public\"\nclient_id = \"x\"\n"},
		{
			"beside settings that no command changes", "store = \"keyring\" # a\nnotify =\ttrue# b\n\n[profiles.p]\nclient_id='x'\n",
			[]config.Change{config.AddProfile("q", public("y")), config.SetKey("p", "store", "file")},
			"store = \"keyring\" # a\nnotify =\ttrue# b\ndefault_profile = \"p\"\n\n[profiles.p]\nclient_id='x'\nstore = \"file\"\n\n[profiles.q]\nkind = \"public\"\nclient_id = \"y\"\n",
		},
		{
			"another profile below the others", written,
			[]config.Change{config.AddProfile("a.b", config.Entry{Kind: "confidential", ClientID: "c", ClientSecretCmd: `pass "zoom"`, Listen: "127.0.0.1:1"})},
			written + "\n[profiles.\"a.b\"]\nkind = \"confidential\"\nclient_id = \"c\"\nclient_secret_cmd = 'pass \"zoom\"'\nlisten = \"127.0.0.1:1\"\n",
		},
		{
			"a replaced profile keeps its comments", written,
			[]config.Change{config.SaveProfile("work", config.Entry{Kind: "public", ClientID: "new\"id", RedirectURI: "http://127.0.0.1:1/x"})},
			strings.NewReplacer(
				"'workid'", `'new"id'`,
				"timezone = \"Europe/Berlin\"\n", "",
				"# asked for by Ken\n", "redirect_uri = \"http://127.0.0.1:1/x\"\n# asked for by Ken\n",
			).Replace(written),
		},
		{"another default", written, []config.Change{config.SetDefault("job")}, strings.Replace(written, `"work"   #`, `"job"   #`, 1)},
		{
			"a profile goes with the comments about it", written,
			[]config.Change{config.RemoveProfile("job")},
			written[:strings.Index(written, "# nightly jobs")] + "# trailing words\n",
		},
		{
			"the default goes too", written,
			[]config.Change{config.RemoveProfile("work")},
			strings.Replace(written[:strings.Index(written, "# my own")]+written[strings.Index(written, "# nightly"):], "default_profile = \"work\"   # the one I use\n", "", 1),
		},
		{"one key is added", written, []config.Change{config.SetKey("job", "user", "aiko@example.com")}, strings.Replace(written, "\"acc\"\n", "\"acc\"\nuser = \"aiko@example.com\"\n", 1)},
		{"one key of several lines is replaced", written, []config.Change{config.SetKey("job", "client_secret_cmd", "true")}, strings.Replace(written, "\"\"\"\npass show 'zoom' # not a comment\n\"\"\"", `"true"`, 1)},
		{"one key goes", written, []config.Change{config.SetKey("work", "timezone", "")}, strings.Replace(written, "timezone = \"Europe/Berlin\"\n", "", 1)},
		{"dotted keys", "profiles.a.client_id = 'x'\nprofiles.a.kind = 'public'", []config.Change{config.SetKey("a", "listen", "127.0.0.1:2"), config.SetDefault("a")}, "profiles.a.client_id = 'x'\nprofiles.a.kind = 'public'\nprofiles.a.listen = \"127.0.0.1:2\"\ndefault_profile = \"a\"\n"},
		{"keys below [profiles]", "[profiles]\n  a.client_id = 'x'\n  b.client_id = 'y'\n", []config.Change{config.SetKey("a", "kind", "public"), config.RemoveProfile("b")}, "[profiles]\n  a.client_id = 'x'\n  a.kind = \"public\"\n"},
		{"an inline table becomes one of its own", "[profiles]\na = { client_id = 'x' } # old\nb.client_id = 'y'\n", []config.Change{config.SetKey("a", "kind", "public")}, "[profiles]\nb.client_id = 'y'\n\n# old\n[profiles.a]\nkind = \"public\"\nclient_id = \"x\"\n"},
		{"Windows line ends", "# x\r\n[profiles.a]\r\nclient_id = 'x'\r\n", []config.Change{config.SetDefault("a"), config.SetKey("a", "kind", "public")}, "# x\r\ndefault_profile = \"a\"\r\n\r\n[profiles.a]\r\nclient_id = 'x'\r\nkind = \"public\"\r\n"},
		{"only a comment", "# nothing yet", []config.Change{config.SaveProfile("a", public("x"))}, "# nothing yet\n\n[profiles.a]\nkind = \"public\"\nclient_id = \"x\"\n"},
		{"a comment above the next table stays", "[profiles.a]\nclient_id='x'\n# about b\n[profiles.b]\nclient_id='y'\n", []config.Change{config.RemoveProfile("a")}, "# about b\n[profiles.b]\nclient_id='y'\n"},
		{"the comment at the top is about the file", "# settings\n[profiles.a]\nclient_id='x'\n", []config.Change{config.RemoveProfile("a")}, "# settings\n"},
		{"a secret of the environment", "[profiles.a]\nkind='s2s'\nclient_id='x'\naccount_id='y'\n", []config.Change{config.SetKey("a", "user", "aiko")}, "[profiles.a]\nkind='s2s'\nclient_id='x'\naccount_id='y'\nuser = \"aiko\"\n"},
		{"a byte order mark", "\ufeff[profiles.a]\nclient_id='x'\n", []config.Change{config.SetDefault("a")}, "\ufeffdefault_profile = \"a\"\n\n[profiles.a]\nclient_id='x'\n"},
		{"no change", written, []config.Change{config.SetDefault("work")}, written},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			path := home(t, tt.file).ConfigFile()
			if err := config.Edit(t.Context(), path, tt.changes...); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, contents(t, path)); diff != "" {
				t.Errorf("file (-want +got):\n%s", diff)
			}
		})
	}
}

func contents(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestEditRefusals(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, file string
		change     config.Change
		want       string
	}{
		{"there already", written, config.AddProfile("work", public("x")), "already: work"},
		{"there already but for upper case", written, config.AddProfile("Work", public("x")), "already: work"},
		{"not there", written, config.RemoveProfile("absent"), `no profile "absent"`},
		{"default that is not there", written, config.SetDefault("absent"), `no profile "absent"`},
		{"a name that cannot be a file", written, config.AddProfile("../x", public("x")), "name of a profile"},
		{"an entry that could not be used", written, config.SaveProfile("x", config.Entry{Kind: "s2s", ClientID: "x"}), "client_secret is missing"},
		{"a key that is not one", written, config.SetKey("work", "time_zone", "x"), "did you mean timezone"},
		{"a value that cannot be used", written, config.SetKey("work", "redirect_uri", "http://localhost/"), "127.0.0.1"},
		{"a user of an app that has one already", written, config.SetKey("work", "user", "x"), "Server-to-Server"},
		{"no text", written, config.SetKey("work", "listen", "\xff:1"), "UTF-8"},
		{"a store that there is not", "[profiles.a]\nclient_id='x'", config.SetKey("a", "store", "vault"), "neither file nor keyring"},
		{"an unknown key in the file", "[profiles.a]\nclientid='x'", config.SetDefault("a"), "did you mean client_id"},
		{"written in one line", "profiles = {a = {client_id = 'x'}}\n", config.AddProfile("b", public("x")), "left as it is"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			path := home(t, tt.file).ConfigFile()
			// The change before it is good: all of them or none.
			err := config.Edit(t.Context(), path, config.SaveProfile("good", public("g")), tt.change)
			var e *config.Error
			if !errors.As(err, &e) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
			if got := contents(t, path); got != tt.file {
				t.Errorf("the file was changed:\n%s", got)
			}
		})
	}
	if err := config.Edit(t.Context(), os.DevNull, config.SaveProfile("a", public("x"))); err == nil {
		t.Error("a profile was kept in " + os.DevNull)
	}
}

func TestEditModes(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "new", "zoomtui", "config.toml")
	if err := config.Edit(t.Context(), path, config.AddProfile("a", public("x"))); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): 0o700} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has mode %v (%v), want %04o", name, info.Mode(), err, want)
		}
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	var e *config.Error
	if err := config.Edit(t.Context(), path, config.SetDefault("a")); !errors.As(err, &e) || e.Facts().Class != explain.Store || e.Fix == "" {
		t.Errorf("a file open to others: got %v, want a store error with the line that mends it", err)
	}
	if names, err := os.ReadDir(filepath.Dir(path)); err != nil || len(names) != 1 {
		t.Errorf("%v are left beside the file (%v)", names, err)
	}
}

func TestEditFollowsLinks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	target, link := filepath.Join(dir, "dotfiles.toml"), filepath.Join(dir, "config.toml")
	if err := os.WriteFile(target, []byte("# mine\n[profiles.a]\nclient_id = 'x'\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("dotfiles.toml", link); err != nil {
		t.Skip(err)
	}
	if err := config.Edit(t.Context(), link, config.SetDefault("a")); err != nil {
		t.Fatal(err)
	}
	if to, err := os.Readlink(link); err != nil || to != "dotfiles.toml" {
		t.Errorf("the link leads to %q (%v), want it left as it is", to, err)
	}
	if got := contents(t, target); !strings.Contains(got, "default_profile = \"a\"") || !strings.HasPrefix(got, "# mine\n") {
		t.Errorf("the target says\n%s", got)
	}
	if err := os.Remove(target); err != nil {
		t.Fatal(err)
	}
	if err := config.Edit(t.Context(), link, config.SaveProfile("a", public("x"))); err == nil || !strings.Contains(err.Error(), "link") {
		t.Errorf("a link to nothing: got %v", err)
	}
}

// Two terminals that add a profile each at the same moment: both are there.
func TestEditTogether(t *testing.T) {
	t.Parallel()
	path := home(t, "").ConfigFile()
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			if err := config.Edit(context.Background(), path, config.AddProfile(fmt.Sprintf("p%d", i), public("x"))); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if got := strings.Count(contents(t, path), "[profiles."); got != 8 {
		t.Errorf("%d profiles are in the file, want 8", got)
	}
}

func TestWhereAValueComesFrom(t *testing.T) {
	t.Parallel()
	const file = "[profiles.p]\nclient_id='x'\nlisten='127.0.0.1:1'\n"
	p := load(t, file, "ZOOM_REDIRECT_URI", "https://x.example/cb")
	want := map[string]string{"client_id": "file", "listen": "file", "redirect_uri": "ZOOM_REDIRECT_URI"}
	if diff := cmp.Diff(want, p.Sources); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}

	tests := []struct {
		name      string
		env       []string
		variable  string
		says      string
		correctIn bool // the file
	}{
		{"address of the environment", []string{"ZOOM_REDIRECT_URI", "http://localhost/cb"}, "ZOOM_REDIRECT_URI", "(from ZOOM_REDIRECT_URI)", false},
		{"base of the environment", []string{"ZOOMTUI_API_BASE", "http://10.0.0.1"}, "ZOOMTUI_API_BASE", "api_base", false},
		{"an account without a secret", []string{"ZOOM_CLIENT_ID", "y", "ZOOM_ACCOUNT_ID", "a"}, "ZOOM_ACCOUNT_ID", "client_secret is missing", false},
		{"profile of the environment", []string{"ZOOMTUI_PROFILE", "q"}, "ZOOMTUI_PROFILE", `no profile "q"`, false},
		{"the file's own", []string{"ZOOMTUI_LISTEN", ""}, "", "listen", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, err := config.Load(config.Options{Paths: home(t, strings.Replace(file, ":1'", "'", 1)), Getenv: env(tt.env...)})
			if err == nil {
				_, err = c.Profile()
			}
			var e *config.Error
			if !errors.As(err, &e) || e.Env != tt.variable || (e.Path != "") != tt.correctIn || !strings.Contains(e.What, tt.says) {
				t.Errorf("got %+v, want %s and variable %q", e, tt.says, tt.variable)
			}
		})
	}
}
