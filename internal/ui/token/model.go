// Package token is the fourth tab: what is inside the access token, named and
// explained.
package token

import (
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// Model is the token tab.
type Model struct{ pager kit.Pager }

// New returns the token tab.
func New() *Model { return &Model{} }

// Update handles the tab's keys.
func (m *Model) Update(msg tea.Msg, st *state.State, c kit.Context) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	if st.Tokens.SignedIn && key.Matches(press, c.Keys.CopyLink) {
		return kit.Ask(kit.RevealToken{})
	}
	m.pager.Key(press, c.Keys)
	return nil
}

// Bindings are the keys that work on this tab.
func (m *Model) Bindings(st *state.State, keys kit.Keys) []key.Binding {
	if !st.Tokens.SignedIn {
		return nil
	}
	y := keys.CopyLink
	y.SetHelp("y", "copy token")
	return append([]key.Binding{y}, m.pager.Bindings(keys)...)
}

// View draws the claims: their names left, what they mean right.
func (m *Model) View(st *state.State, c kit.Context, w, h int) kit.Frame {
	s, t := c.Styles, st.Tokens
	if !t.SignedIn || st.SignedOutWhy() != nil {
		return kit.Frame{Lines: kit.IndentedDim(s, st.SignedOutWords(c.Keys.SignIn.Help().Key, c.Keys.Renew.Help().Key), 1, w)}
	}
	lines := []string{
		kit.Spread(" "+s.Heading.Render("Access token")+"  #"+t.AccessFingerprint, left(st), w-1),
	}
	for _, l := range kit.Wrap("Read from the token itself, not verified: only Zoom can. Scopes are not inside.", w-2) {
		lines = append(lines, " "+s.Dim.Render(l))
	}
	lines = append(lines, " "+kit.HintAs(s, c.Keys.CopyLink, "copies the token itself to the terminal's clipboard"), "")
	switch {
	case t.AccessFingerprint == "":
		lines = append(lines, " None yet: the first call to Zoom fetches one.")
	case len(t.Claims) == 0:
		lines = append(lines, " This token cannot be read: to Zoom's clients it is opaque.")
	}
	for _, claim := range t.Claims {
		lines = append(lines, claimLine(st, c, claim, w))
	}
	if t.APIHost != "" {
		lines = append(lines, " "+kit.Cut("API at "+kit.CleanText(t.APIHost), w-2))
	}
	lines = append(lines, "", " "+s.Heading.Render("Scopes that Zoom granted with it"))
	if len(t.Scopes) == 0 {
		lines = append(lines, " "+s.Dim.Render("unknown: Zoom's answer named none"))
	}
	for _, scope := range t.Scopes {
		lines = append(lines, " "+kit.CleanText(scope))
	}
	return kit.Frame{Lines: m.pager.View(c, lines, h)}
}

func claimLine(st *state.State, c kit.Context, claim state.Claim, w int) string {
	value := claim.Value
	if !claim.At.IsZero() {
		value = claim.At.In(st.Loc).Format("2 Jan 15:04:05") + " (" + relative(claim.At.Sub(st.Now)) + ")"
	}
	const name, means = 8, 34
	if w < 76 {
		return " " + c.Styles.Key.Render(kit.Fit(claim.Name, name)) + " " + kit.Cut(value, w-name-3)
	}
	return " " + c.Styles.Key.Render(kit.Fit(claim.Name, name)) + " " + kit.Fit(value, w-name-means-5) +
		"  " + c.Styles.Dim.Render(kit.Cut(claim.Means, means))
}

// left is how long the token lives, as far as that is known.
func left(st *state.State) string {
	if st.Tokens.AccessExpires.IsZero() {
		return ""
	}
	return kit.Countdown(st.Tokens.AccessExpires.Sub(st.Now))
}

func relative(d time.Duration) string {
	if d < 0 {
		return kit.Countdown(-d) + " ago"
	}
	return "in " + kit.Countdown(d)
}
