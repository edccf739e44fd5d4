package marketplace_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/marketplace"
	"zoomtui/internal/sandbox"
)

const loopback = "http://127.0.0.1:8976/callback"

func TestManifest(t *testing.T) {
	t.Parallel()
	const want = `{
  "display_information": {
    "display_name": "zoomtui"
  },
  "oauth_information": {
    "usage": "USER_OPERATION",
    "development_redirect_uri": "http://127.0.0.1:8976/callback",
    "production_redirect_uri": "",
    "oauth_allow_list": [
      "http://127.0.0.1:8976/callback"
    ],
    "strict_mode": false,
    "subdomain_strict_mode": false,
    "scopes": [
      {
        "scope": "user:read:user",
        "optional": false
      },
      {
        "scope": "meeting:read:list_meetings",
        "optional": false
      },
      {
        "scope": "meeting:read:list_upcoming_meetings",
        "optional": false
      }
    ],
    "enable_private_pkce_client": false,
    "enable_public_pkce_client": true
  },
  "features": {
    "products": [
      "ZOOM_MEETING"
    ]
  }
}
`
	got, err := marketplace.Manifest(marketplace.App{Kind: marketplace.Public, RedirectURI: loopback})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("manifest (-want +got):\n%s", diff)
	}

	const bounce = "https://example.com/a&b?x=<1>"
	got, err = marketplace.Manifest(marketplace.App{Name: " Mine ", Kind: marketplace.Confidential, RedirectURI: bounce})
	var m struct {
		Display struct {
			Name string `json:"display_name"`
		} `json:"display_information"`
		OAuth struct {
			Dev     string   `json:"development_redirect_uri"`
			Strict  bool     `json:"strict_mode"`
			Prod    string   `json:"production_redirect_uri"`
			Allow   []string `json:"oauth_allow_list"`
			Private bool     `json:"enable_private_pkce_client"`
			Public  bool     `json:"enable_public_pkce_client"`
		} `json:"oauth_information"`
	}
	if err := errors.Join(err, json.Unmarshal(got, &m)); err != nil {
		t.Fatal(err)
	}
	if o := m.OAuth; o.Dev != bounce || o.Prod != bounce || !o.Strict || !slices.Equal(o.Allow, []string{bounce}) || !o.Private || o.Public || m.Display.Name != "Mine" {
		t.Errorf("the manifest of a confidential app says %+v", m)
	}
	if !strings.Contains(string(got), bounce) {
		t.Errorf("the address does not stand there letter by letter: %s", got)
	}
}

func TestNoManifest(t *testing.T) {
	t.Parallel()
	for _, app := range []marketplace.App{{Kind: "s2s"}, {Kind: "publik", RedirectURI: loopback}, {Kind: "public"}, {Kind: "public", RedirectURI: "myapp://x"}} {
		if got, err := marketplace.Manifest(app); err == nil {
			t.Errorf("%+v has the manifest %s", app, got)
		}
	}
	if _, err := marketplace.Manifest(marketplace.App{Kind: marketplace.S2S}); !errors.Is(err, marketplace.ErrNoManifest) {
		t.Errorf("got %v", err)
	}
}

// The scopes that a person is told to tick are names that the sandbox, which is
// as strict as Zoom, knows for such an app.
func TestScopesAreKnown(t *testing.T) {
	t.Parallel()
	zoom, err := sandbox.Start(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = zoom.Close() })
	for _, kind := range marketplace.Kinds() {
		app, ok := zoom.App(kind.Name)
		if !ok {
			t.Fatalf("the sandbox has no app of kind %s", kind.Name)
		}
		for _, scope := range marketplace.Scopes(kind.Name) {
			if scope.Why == "" {
				t.Errorf("%s: nobody is told what it is for", scope.Name)
			}
			if !slices.Contains(app.Scopes, scope.Name) {
				t.Errorf("%s: %s is none of the scopes %v", kind.Name, scope.Name, app.Scopes)
			}
		}
	}
}

func TestKindsAreInWords(t *testing.T) {
	t.Parallel()
	for _, kind := range marketplace.Kinds() {
		if kind.Title == "" || !strings.HasSuffix(kind.For, ".") || !strings.HasSuffix(kind.Needs, ".") {
			t.Errorf("%+v is not in whole sentences", kind)
		}
		places := marketplace.Places(kind.Name)
		has := func(value string) bool {
			return slices.ContainsFunc(places, func(p marketplace.Place) bool { return p.Value == value && p.Where != "" })
		}
		if !has("client_id") || has("client_secret") != (kind.Name != "public") || has("account_id") != (kind.Name == "s2s") || has("redirect_uri") != (kind.Name != "s2s") {
			t.Errorf("%s: the places are %+v", kind.Name, places)
		}
	}
	if marketplace.Places("publik") != nil {
		t.Error("there are places for a kind that there is not")
	}
	want := []marketplace.Field{{Name: "OAuth Redirect URL", Value: loopback}, {Name: "OAuth Allow List", Value: loopback}}
	if diff := cmp.Diff(want, marketplace.Fields(loopback)); diff != "" {
		t.Error(diff)
	}
}
