package config

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{
		"client-id":     "client_id",
		"clientid":      "client_id",
		"clinet_id":     "client_id",
		"redirect_url":  "redirect_uri",
		"Oauth_Base":    "oauth_base",
		"time_zone":     "timezone",
		"client_secrte": "client_secret",
		"secret_cmd":    "client_secret_cmd",
		"secret":        "client_secret",
		"timezon":       "timezone",
		// A guess at random helps nobody.
		"colour":      "",
		"tokens_path": "",
		"id":          "",
		"x":           "",
		"":            "",
	} {
		if got := Nearest(word, profileKeys()); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
	if got := Nearest("x", nil); got != "" {
		t.Errorf("nearest of nothing = %q", got)
	}
	for word, want := range map[string]string{
		"GTE": "GET", "PSOT": "POST", "del": "DELETE", "FOO": "", "FETCH": "", "md": "", "list-scopes": "", "e": "",
	} {
		if got := Nearest(word, []string{"GET", "POST", "PUT", "PATCH", "DELETE", "list", "manifest", "markdown"}); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestBelow(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, home, base, want string }{
		{"an ordinary one", "", "/home/aiko/.config", "/home/aiko/.config/zoomtui"},
		{"without HOME", "/var/lib/aiko", "/.config", "/var/lib/aiko/.config/zoomtui"},
		{"a relative HOME", "/var/lib/aiko", "", "/var/lib/aiko/.config/zoomtui"},
		{"nobody knows a home", "", "", "/.config/zoomtui"},
		{"set explicitly", "/var/lib/aiko", "/data", "/data/zoomtui"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := below(tt.home, tt.base, ".config"); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// Jobs run with `env -i`, and cron with whatever PATH its table says.
func TestSecretCommandWithoutPath(t *testing.T) {
	t.Setenv("PATH", "")
	if s, err := commandSecret("echo found", time.Minute)(t.Context()); err != nil || s.Reveal() != "found" {
		t.Errorf("got %q, %v", s.Reveal(), err)
	}
}

func TestReadWithinItsLimit(t *testing.T) {
	t.Parallel()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	_, err = readWithin(t.Context(), fmt.Sprintf("/dev/fd/%d", r.Fd()), 20*time.Millisecond)
	if err == nil || !strings.Contains(err.Error(), "nobody writes into") {
		t.Errorf("got %v, want the time limit", err)
	}
}

func TestSecretCommandTimeLimit(t *testing.T) {
	t.Parallel()
	// The sleeping grandchild holds the pipe open after sh was ended.
	start := time.Now()
	_, err := commandSecret("sleep 30; true", 20*time.Millisecond)(context.Background())
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the time limit", err)
	}
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("took %v, want an end soon after the limit", took)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "default_profile = \"work\"\n[profiles.work]\nkind = \"public\"\nclient_id = \"x\"\n",
		"[profiles.a]\nclient_secret = abc\n", "[profiles]\na = 1", "profiles = 'x'", "[[profiles]]\nkind='s2s'",
		"[profiles.'a/b']\n", "a.b.c.d = {e = 1}", "[profiles.a.kind]\nx = 1\n", "x = 1979-05-27T99:32:00Z", "\xff\xfe", "client_id = \"\x1b[31m\"",
		"[profiles.a]\nclient_id='x'\nredirect_uri='http://[::1%25a]:1/'\ntimezone='../etc'\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := parse("config.toml", text)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.What == "" {
				t.Fatalf("error %v is no *Error", err)
			}
			return
		}
		for name, tab := range doc.Profiles {
			p, err := newSettings(tab, name, "config.toml").profile()
			if err != nil {
				continue
			}
			if p.ClientID == "" || p.Kind == "" || strings.ContainsAny(p.Name, "/\\\x00") {
				t.Errorf("accepted an unusable profile: %+v", p)
			}
			if strings.HasPrefix(p.OAuthBase, "http://") && !strings.Contains(p.OAuthBase, "127.") && !strings.Contains(p.OAuthBase, "::") && !strings.Contains(strings.ToLower(p.OAuthBase), "localhost") {
				t.Errorf("accepted plain http to %s", p.OAuthBase)
			}
		}
	})
}

func TestWrongStore(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"":          "",
		StoreFile:   "",
		"vault":     `"vault" is neither file nor keyring`,
		"kerying":   `"kerying" is neither file nor keyring; did you mean keyring?`,
		"key-rings": `"key-rings" is neither file nor keyring; did you mean keyring?`,
	} {
		if got := wrongStore(value); got != want {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	}
}
