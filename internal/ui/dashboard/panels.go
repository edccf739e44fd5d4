package dashboard

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// The columns of the tokens panel, in cells.
const (
	labelCells = 8
	leftCells  = 8
)

// tokensPanel shows how long the tokens last and what will happen to them.
func tokensPanel(st *state.State, c kit.Context, w int) []string {
	s, t := c.Styles, st.Tokens
	lines := []string{" " + s.Heading.Render("Tokens")}
	if st.Profile.ServerToServer() {
		return append(lines, accountPanel(st, c, w)...)
	}
	switch {
	case !t.SignedIn:
		return append(lines, noneLines(st, c)...)
	case st.SignedOutWhy() != nil:
		return append(lines, endedLines(st, c, w)...)
	}
	bar := w - labelCells - leftCells - 3
	lines = append(lines, accessLine(st, c, bar), note(s, withFingerprint(accessNote(st), t.AccessFingerprint, w), w))
	lines = append(lines, signInLines(st, c, bar, w)...)
	return append(append(lines, scopesLine(st, c, w)), clockLines(st, c, w)...)
}

// clockLines is there when this machine's clock is off.
func clockLines(st *state.State, c kit.Context, w int) []string {
	skew := st.Now.Sub(st.Local).Round(time.Second)
	if skew < time.Minute && skew > -time.Minute {
		return nil
	}
	return []string{" " + kit.Fit("clock", labelCells) + c.Styles.Warn.Render(kit.Cut(skewWords(skew.Seconds()), w-labelCells-1))}
}

func note(s kit.Styles, text string, w int) string {
	return strings.Repeat(" ", 1+labelCells) + s.Dim.Render(kit.Cut(text, w-labelCells-2))
}

func accessLine(st *state.State, c kit.Context, bar int) string {
	t := st.Tokens
	left := t.AccessExpires.Sub(st.Now)
	share := 0.0
	if t.AccessLife > 0 {
		share = float64(left) / float64(t.AccessLife)
	}
	word := kit.FitRight(kit.Countdown(left), leftCells)
	switch {
	case t.AccessExpires.IsZero():
		word = kit.FitRight(unknownLife(st), leftCells)
	case left <= 0:
		word = c.Styles.Warn.Render(kit.FitRight("expired", leftCells))
	}
	return " " + kit.Fit("access", labelCells) + kit.Bar(c.Styles, share, bar) + word
}

func accessNote(st *state.State) string {
	t := st.Tokens
	switch {
	case t.Fixed:
		return "from ZOOM_ACCESS_TOKEN: used as it is, never renewed"
	case st.Renewing:
		return "asking Zoom for a new one…"
	case st.RenewalProblem != nil:
		return "not renewed: " + kit.Words(*st.RenewalProblem)
	case t.RenewsAt.IsZero():
		return ""
	default:
		// The time of day, not a second countdown: one ticking figure is enough.
		return "renews at " + st.RenewsAtClock()
	}
}

// scopesLine says how many scopes were granted and whether the dashboard misses
// one. A failed call is the only proof that one is missing.
func scopesLine(st *state.State, c kit.Context, w int) string {
	t := st.Tokens
	granted, extra := strconv.Itoa(len(t.Scopes))+" granted", ""
	switch answered := t.SignedIn && t.AccessFingerprint != ""; {
	case len(t.Scopes) == 0 && answered:
		granted = "not named by Zoom"
	case len(t.Scopes) == 0:
		granted = "unknown"
	}
	style := c.Styles.Dim
	switch missing := st.MissingScopes(); {
	case missing > 0:
		extra, style = strconv.Itoa(missing)+" missing", c.Styles.Warn
	case st.AllLoaded() && len(t.Scopes) == 0:
		extra, style = "every call works ✓", c.Styles.Good
	case st.AllLoaded():
		extra, style = "all that is needed ✓", c.Styles.Good
	}
	if w-labelCells-len(granted)-3 < kit.Width(extra) {
		granted = strings.TrimSuffix(granted, " by Zoom")
	}
	room := w - labelCells - len(granted) - 3
	return " " + kit.Fit("scopes", labelCells) + granted + "  " + style.Render(kit.Cut(extra, room))
}

// withFingerprint adds the fingerprint of a token to the words about it, where
// there is room for both.
func withFingerprint(words, f string, w int) string {
	if both := words + " · #" + f; f != "" && words != "" && kit.Width(both) <= w-labelCells-2 {
		return both
	}
	return words
}

// skewWords says how far this machine's clock is off; seconds is Zoom minus us.
func skewWords(seconds float64) string {
	word := "behind"
	if seconds < 0 {
		word, seconds = "ahead of", -seconds
	}
	return fmt.Sprintf("%.0f s %s Zoom's, corrected here", seconds, word)
}

// profilePanel shows who is signed in.
func profilePanel(st *state.State, c kit.Context, w int) []string {
	s, u := c.Styles, st.User
	title := " " + s.Heading.Render("Profile")
	if st.Stale(st.UserSrc) {
		title += "  " + s.Dim.Render("as of "+st.Minute(st.UserSrc.AsOf))
	}
	lines := []string{title}
	if !st.UserSrc.Known() {
		return append(lines, profileUnknown(st, c, w)...)
	}
	for _, l := range []string{
		u.Email,
		joined(" · ", u.Plan, u.Role, u.Timezone),
		joined(" · ", labelled("PMI", u.PMI), labelled("cluster", u.Cluster)),
		labelled("account", u.AccountID),
		labelled("picture", u.PictureURL),
	} {
		if l != "" {
			lines = append(lines, " "+kit.Cut(l, w-1))
		}
	}
	if st.UserSrc.Problem != nil && st.SignedOutWhy() == nil {
		lines = append(lines, userTrouble(st, c, w)...)
	}
	return lines
}

func profileUnknown(st *state.State, c kit.Context, w int) []string {
	switch p := st.UserSrc.Problem; {
	case st.SignedOutWhy() != nil:
		return []string{" " + c.Styles.Dim.Render("unknown while signed out")}
	case st.TokenTrouble() != nil:
		return []string{" " + c.Styles.Dim.Render("unknown while Zoom gives no token")}
	case p != nil:
		return userTrouble(st, c, w)
	case st.Condition() == state.Unreadable:
		return []string{" " + c.Styles.Dim.Render("unknown without the tokens")}
	case !st.Tokens.SignedIn:
		return []string{" " + c.Styles.Dim.Render("signed out")}
	default:
		return []string{" " + c.Styles.Dim.Render("loading…")}
	}
}

// userTrouble says in a few lines why the profile is not known.
func userTrouble(st *state.State, c kit.Context, w int) []string {
	switch {
	case st.TokenTrouble() != nil:
		return nil // said above, once for everything
	case st.NeedsUser():
		return kit.WhoseData(st, c, w)
	}
	lines := kit.Warning(c.Styles, kit.SourceWords(st, st.UserSrc), w)
	lines = lines[:min(len(lines), 2)]
	if hint := kit.VerdictHint(c, *st.UserSrc.Problem); hint != "" {
		lines = append(lines, "   "+hint)
	}
	return lines
}

func labelled(label, value string) string {
	if value == "" {
		return ""
	}
	return label + " " + value
}

func joined(sep string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, sep)
}
