package dashboard

import (
	"strings"

	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// accountPanel is the tokens panel of a Server-to-Server app: the life of the
// access token is all there is, as nobody signs in and nothing is refreshed.
// Source: https://developers.zoom.us/docs/internal-apps/s2s-oauth/
func accountPanel(st *state.State, c kit.Context, w int) []string {
	s, t := c.Styles, st.Tokens
	if st.SignedOutWhy() != nil || st.TokenTrouble() != nil {
		return []string{
			" " + kit.Fit("access", labelCells) + s.Warn.Render("Zoom gives none"),
			strings.Repeat(" ", 1+labelCells) + kit.HintAs(s, c.Keys.Renew, "tries again"),
		}
	}
	bar := w - labelCells - leftCells - 3
	lines := []string{accessLine(st, c, bar), note(s, withFingerprint(accountNote(st), t.AccessFingerprint, w), w)}
	lines = append(lines, kit.IndentedDim(s, "Account credentials: nobody signs in, and there is no refresh token.", 1, w)...)
	return append(append(lines, scopesLine(st, c, w)), clockLines(st, c, w)...)
}

// accountNote says what happens at the end of the access token.
func accountNote(st *state.State) string {
	switch words := accessNote(st); {
	case st.Renewing, st.RenewalProblem != nil, st.Tokens.Fixed:
		return words
	case st.Tokens.AccessExpires.IsZero():
		return "the first call fetches one"
	case words == "":
		return "then fetched anew when needed"
	default:
		return "fetched anew at " + st.RenewsAtClock()
	}
}

// unknownLife stands for the time left while it is not known.
func unknownLife(st *state.State) string {
	if st.Profile.ServerToServer() && st.Tokens.AccessFingerprint == "" {
		return "none yet"
	}
	return "unknown"
}
