package marketplace

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// App is what a manifest is made of.
type App struct {
	Name        string // what the Marketplace shows; empty: zoomtui
	Kind        string // public or confidential
	RedirectURI string // as the program sends it
}

// ErrNoManifest means that there is no manifest for a kind of app: Zoom has them
// for general apps only.
var ErrNoManifest = errors.New("the Marketplace takes no manifest for a Server-to-Server app; create it there by hand")

// manifest is the part of Zoom's manifest that matters here.
// Sources: https://developers.zoom.us/docs/build-flow/manifests/schema.md ,
// https://developers.zoom.us/docs/build-flow/manifests/schema/oauth-information.md
// and, for the two PKCE switches, Zoom's OpenAPI document of the Marketplace API.
type manifest struct {
	Display  displayInformation `json:"display_information"`
	OAuth    oauthInformation   `json:"oauth_information"`
	Features features           `json:"features"`
}

type displayInformation struct {
	Name string `json:"display_name"`
}

type oauthInformation struct {
	Usage           string          `json:"usage"`
	Development     string          `json:"development_redirect_uri"`
	Production      string          `json:"production_redirect_uri"`
	AllowList       []string        `json:"oauth_allow_list"`
	Strict          bool            `json:"strict_mode"`
	SubdomainStrict bool            `json:"subdomain_strict_mode"`
	Scopes          []manifestScope `json:"scopes"`
	PrivatePKCE     bool            `json:"enable_private_pkce_client"`
	PublicPKCE      bool            `json:"enable_public_pkce_client"`
}

type manifestScope struct {
	Scope    string `json:"scope"`
	Optional bool   `json:"optional"`
}

type features struct {
	Products []string `json:"products"`
}

// Manifest is the Marketplace manifest of a user-managed app for this program, as
// indented JSON with a line end: with the redirect address in both fields and the
// fewest scopes. A loopback address is left out of production, where Zoom refuses
// it, and is not matched strictly, because its port may be another one.
func Manifest(app App) ([]byte, error) {
	switch app.Kind {
	case Public, Confidential:
	case S2S:
		return nil, ErrNoManifest
	default:
		return nil, fmt.Errorf("there is no kind of app %q", app.Kind)
	}
	u, err := url.Parse(app.RedirectURI)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, errors.New("the redirect address is none, as in http://127.0.0.1:8976/callback")
	}
	m := manifest{
		Display: displayInformation{Name: strings.TrimSpace(app.Name)},
		OAuth: oauthInformation{
			Usage: "USER_OPERATION", Development: app.RedirectURI, AllowList: []string{app.RedirectURI},
			Strict:      u.Scheme == "https",
			PrivatePKCE: app.Kind == Confidential, PublicPKCE: app.Kind == Public,
		},
		Features: features{Products: []string{"ZOOM_MEETING"}},
	}
	if m.Display.Name == "" {
		m.Display.Name = "zoomtui"
	}
	if u.Scheme == "https" {
		m.OAuth.Production = app.RedirectURI
	}
	for _, scope := range Scopes(app.Kind) {
		m.OAuth.Scopes = append(m.OAuth.Scopes, manifestScope{Scope: scope.Name})
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(m); err != nil {
		return nil, fmt.Errorf("write manifest: %w", err)
	}
	return b.Bytes(), nil
}
