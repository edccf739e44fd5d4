package config_test

import (
	"testing"

	"zoomtui/internal/config"
)

// Where tokens are kept decides who can read them, so what counts must be what the
// person meant last: the environment, the profile, the top of the file.
func TestStore(t *testing.T) {
	t.Parallel()
	const other, top, both = "[profiles.a]\nclient_id='x'\n[profiles.b]\nclient_id='y'\n", "store='keyring'\n", "store='file'\n"
	tests := []struct {
		name, file, profile string
		env                 []string
		want, source        string
	}{
		{"nothing said", other, "a", nil, "file", ""},
		{"for all profiles", top + other, "a", nil, "keyring", "file"},
		{"the profile before the top", top + other + both, "b", nil, "file", "file"},
		{"not of another profile", other + top, "a", nil, "file", ""},
		{"the environment before the file", top + other + both, "b", []string{"ZOOMTUI_STORE", "keyring"}, "keyring", "ZOOMTUI_STORE"},
		{"an empty variable is not there", top + other, "a", []string{"ZOOMTUI_STORE", ""}, "keyring", "file"},
		{"without a file", "", "", []string{"ZOOM_CLIENT_ID", "x", "ZOOMTUI_STORE", "keyring"}, "keyring", "ZOOMTUI_STORE"},
		{"another app in the environment", top + other, "a", []string{"ZOOM_CLIENT_ID", "mine"}, "keyring", "file"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, err := config.Load(config.Options{Paths: home(t, tt.file), Profile: tt.profile, Getenv: env(tt.env...)})
			if err != nil {
				t.Fatal(err)
			}
			p, err := c.Profile()
			if err != nil || p.Store != tt.want || p.Sources["store"] != tt.source {
				t.Errorf("store %q from %q (%v), want %q from %q", p.Store, p.Sources["store"], err, tt.want, tt.source)
			}
		})
	}
}

// The environment speaks for the selected profile alone.
func TestStoreOfTheOthers(t *testing.T) {
	t.Parallel()
	file := "default_profile='a'\n[profiles.a]\nclient_id='x'\n[profiles.b]\nclient_id='y'\n"
	c, err := config.Load(config.Options{Paths: home(t, file), Getenv: env("ZOOMTUI_STORE", "keyring")})
	if err != nil {
		t.Fatal(err)
	}
	if p, err := c.Named("b"); err != nil || p.Store != config.StoreFile {
		t.Errorf("store of the other profile is %q (%v)", p.Store, err)
	}
}

func TestNotify(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]bool{"": false, "notify = true": true, "notify = false\nstore='file'": false} {
		c, err := config.Load(config.Options{Paths: home(t, file), Getenv: env()})
		if err != nil || c.Notify() != want {
			t.Errorf("%q: %v, want %v", file, err, want)
		}
	}
}
