package ui

import (
	"strings"
	"testing"
	"testing/synctest"
)

// The demo has apps of all kinds: the header tells which one is open, and that none
// of them is Zoom's.
func TestDemoHeaderTellsWhichApp(t *testing.T) {
	for name, tt := range map[string]struct {
		profile, kind string
		width         int
		want          string
	}{
		"public":              {"demo-public", "public", 120, "zoomtui  demo-public · public app · not Zoom "},
		"managed by an admin": {"demo-admin", "confidential", 120, "zoomtui  demo-admin · confidential app · not Zoom "},
		"no room for all":     {"demo-classic", "public", 80, "zoomtui  demo-classic · not Zoom "},
		"narrow":              {"demo-admin", "confidential", 60, "zoomtui  demo-admin "},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := week()
				deps := w.deps()
				deps.Demo, deps.Profile.Demo = switches{}, true
				deps.Profile.Name, deps.Profile.Kind = tt.profile, tt.kind
				p := open(t, w, deps, tt.width, 24)
				p.Shows(tt.want)
				if strings.Contains(p.Frame(), "…"+deps.Profile.ClientTail) {
					t.Error("the id of a made-up app is shown")
				}
			})
		})
	}
}
