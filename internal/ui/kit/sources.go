package kit

import (
	"zoomtui/internal/explain"
	"zoomtui/internal/ui/state"
)

// SourceNotes says of each list of meetings that failed or is old what is the
// matter, in w cells; the other list stays.
func SourceNotes(st *state.State, c Context, w int) []string {
	if st.SignedOutWhy() != nil || st.TokenTrouble() != nil {
		return nil // said above, once for everything
	}
	if st.NeedsUser() {
		return WhoseData(st, c, w)
	}
	var out []string
	for _, s := range []struct {
		name string
		src  state.Source
	}{{"Your meetings", st.HostedSrc}, {"Invitations", st.InvitedSrc}} {
		if s.src.Problem != nil {
			out = append(out, " "+c.Styles.Warn.Render(s.name+": ")+Cut(SourceWords(st, s.src), w-Width(s.name)-4))
		} else if st.Stale(s.src) {
			out = append(out, " "+c.Styles.Warn.Render(s.name+": ")+"as of "+st.Clock(s.src.AsOf))
		}
	}
	if len(out) == 2 && st.Offline() {
		return []string{
			" " + c.Styles.Warn.Render("Offline: ") + Cut(SourceWords(st, st.HostedSrc), w-11),
			" " + c.Styles.Dim.Render("It is tried again by itself;") + " " + HintAs(c.Styles, c.Keys.Renew, "tries now"),
		}
	}
	return out
}

// SourceWords says in one sentence why an answer is missing or old.
func SourceWords(st *state.State, src state.Source) string {
	p := src.Problem
	words := Words(*p)
	switch p.Class() {
	case explain.Scope:
		if len(p.Facts.MissingScopes) > 0 {
			words = "needs a scope: " + CleanText(p.Facts.MissingScopes[0]) + " · add it to the app, then " + afterScope(st)
		}
	case explain.RateLimit:
		if !p.Facts.RetryAt.IsZero() {
			words = "paused by Zoom until " + st.Clock(p.Facts.RetryAt)
		}
	default:
	}
	if src.Known() {
		words += " · as of " + st.Clock(src.AsOf)
	}
	return words
}

// afterScope is the key by which a token with the new scope is got.
func afterScope(st *state.State) string {
	if st.Profile.ServerToServer() {
		return "r"
	}
	return "R"
}

// WhoseData asks for a user, since the app has none of its own and Zoom
// answers for none that was not named.
func WhoseData(st *state.State, c Context, w int) []string {
	text := "This app speaks for an account, not for a person: whose data?"
	if st.Profile.User != "" {
		text = "Zoom knows no user " + st.Profile.User + " in this account: whose data?"
	}
	return append(Warning(c.Styles, text, w), "   "+HintAs(c.Styles, UserKey(), "names a user"))
}
