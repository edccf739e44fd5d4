package setup

import (
	"strings"

	"zoomtui/internal/marketplace"
	"zoomtui/internal/ui/kit"
)

// registerView is what to enter at the Marketplace: the redirect address exactly
// as it must stand there, from the first column and broken nowhere but at the
// window's edge, and the scopes.
func (m *Model) registerView(c kit.Context, w, h int) []string {
	s := c.Styles
	const title, path = "Register this at the Marketplace", ", Manage, the app"
	where := strings.TrimPrefix(marketplace.Address, "https://") + path
	lines := []string{kit.Spread(" "+s.Strong.Render(title), s.Dim.Render(where), w-1)}
	if kit.Width(title)+kit.Width(where)+3 > w {
		lines = append([]string{" " + s.Strong.Render(title)}, kit.IndentedDim(s, where, 1, w)...)
	}
	if m.problem != nil {
		lines = append(lines, kit.Problem(s, *m.problem, nil, w)...)
	}
	if same := m.sameClientWords(); same != "" {
		lines = append(lines, kit.Warning(s, same, w)...)
	}
	if m.app.RedirectURI != "" {
		lines = append(lines, m.redirectLines(c, w)...)
	}
	lines = append(append(lines, ""), m.scopeLines(c, w)...)
	lines = append(append(lines, ""), m.switchLines(w)...)
	if m.hasManifest() {
		lines = append(lines, " "+kit.HintAs(s, manifestKey(), "shows a manifest that holds all of it"))
	}
	lines = append(append(lines, ""), kit.Indented("Saved there? Then test it:", 1, w)...)
	lines = append(lines, " "+kit.HintAs(s, c.Keys.Submit, "tests the app before anything is written here"))
	return m.pager.View(c, lines, h)
}

func (m *Model) redirectLines(c kit.Context, w int) []string {
	s := c.Styles
	var names []string
	for _, field := range marketplace.Fields(m.app.RedirectURI) {
		names = append(names, `"`+field.Name+`"`)
	}
	lines := append([]string{""}, kit.Indented("Exactly so, in both fields: "+strings.Join(names, " and "), 1, w)...)
	lines = append(lines, kit.Chop(m.app.RedirectURI, w)...)
	lines = append(lines, " "+kit.HintAs(s, c.Keys.Copy, "copies it"))
	if strings.HasPrefix(m.app.RedirectURI, "https://") {
		lines = append(lines, kit.IndentedDim(s,
			"What stands at that address must send the browser on to "+m.listen()+": \"zoomtui bounce\" prints the page for it.", 1, w)...)
	}
	return lines
}

// listen is where the browser is awaited on this machine.
func (m *Model) listen() string { return tidied(*m.app).Listen }

func (m *Model) scopeLines(c kit.Context, w int) []string {
	s := c.Styles
	lines := []string{" " + s.Heading.Render("Scopes to tick")}
	for _, scope := range marketplace.Scopes(m.app.Kind) {
		name := kit.Fit("   "+scope.Name, scopeCells)
		if kit.Width(name)+kit.Width(scope.Why) < w {
			lines = append(lines, name+s.Dim.Render(scope.Why))
			continue
		}
		lines = append(lines, kit.Indented(scope.Name, 3, w)...)
		lines = append(lines, kit.IndentedDim(s, scope.Why, 5, w)...)
	}
	return append(lines, " "+kit.HintAs(s, scopesKey(), "copies all the names"))
}

// scopeCells is the column of the scopes where there is room for the reasons
// beside them.
const scopeCells = 48

// switchLines are the switches to set besides.
func (m *Model) switchLines(w int) []string {
	var lines []string
	for _, place := range marketplace.Places(m.app.Kind) {
		if place.Value == "" && place.Name != "Scopes" {
			lines = append(lines, kit.Indented(place.Name+": "+place.Where+".", 1, w)...)
		}
	}
	return lines
}

// manifestView shows the manifest from the first column, so that a selection
// copies nothing else.
// Source: https://developers.zoom.us/docs/build-flow/manifests.md
func (m *Model) manifestView(c kit.Context, w, h int) []string {
	lines := kit.IndentedDim(c.Styles, "For an app that is there already: Basic Information, Manifest, where Zoom offers it to your account (an early preview).", 1, w)
	lines = append(lines, "")
	for line := range strings.Lines(m.manifest) {
		lines = append(lines, kit.Chop(kit.CleanText(strings.TrimRight(line, "\n")), w)...)
	}
	return m.pager.View(c, lines, h)
}
