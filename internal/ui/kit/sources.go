package kit

import (
	"strings"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/state"
)

// SourceNotes says of each list of meetings that failed or is old what is the
// matter, in w cells; the other list stays.
func SourceNotes(st *state.State, c Context, w int) []string {
	lists := []namedSource{{"Your meetings", st.HostedSrc}, {"Invitations", st.InvitedSrc}}
	if st.SignedOutWhy() != nil || st.TokenTrouble() != nil {
		return ageNotes(st, c, w, lists) // why, is said above, once for everything
	}
	if st.NeedsUser() {
		return WhoseData(st, c, w)
	}
	first, second := st.HostedSrc, st.InvitedSrc
	switch {
	case st.Offline():
		return []string{
			labelled(c, "Offline since "+st.Minute(st.OfflineSince), SourceWords(st, first), w),
			" " + c.Styles.Dim.Render("It is tried again by itself;") + " " + HintAs(c.Styles, c.Keys.Renew, "tries now"),
		}
	case first.Paused(st.Local) && second.Paused(st.Local):
		until, _ := st.PausedUntil()
		return []string{
			labelled(c, "Paused by Zoom until "+st.Minute(until), limitWords(st, first), w),
			" " + c.Styles.Dim.Render("It goes on by itself then;") + " " + HintAs(c.Styles, c.Keys.Renew, "tries now"),
		}
	}
	var out []string
	for _, s := range lists {
		if s.src.Problem != nil {
			out = append(out, failureNote(st, c, s, w))
		}
	}
	return append(out, ageNotes(st, c, w, lists)...)
}

// failureNote is why a list failed, with the key to the verdict where there is one.
func failureNote(st *state.State, c Context, s namedSource, w int) string {
	words, hint := SourceWords(st, s.src), VerdictHint(c, *s.src.Problem)
	if hint == "" {
		return labelled(c, s.name, words, w)
	}
	fits := func() bool { return Width(s.name)+Width(words)+Width(hint)+7 <= w }
	if !fits() {
		words = strings.TrimSuffix(words, asOf(st, s.src)) // the header and the footer tell the age
	}
	if !fits() {
		hint = c.Styles.Key.Render(c.Keys.Scopes.Help().Key) // the name of the scope is worth more than words
	}
	return labelled(c, s.name, words, w-Width(hint)-2) + "   " + hint
}

// VerdictHint is the key that leads from a failure to the scopes tab; empty where a
// verdict says no more than the failure itself.
func VerdictHint(c Context, p explain.Problem) string {
	if p.Class() != explain.Scope {
		return ""
	}
	return HintAs(c.Styles, c.Keys.Scopes, "what to do")
}

// namedSource is a list of meetings under its name.
type namedSource struct {
	name string
	src  state.Source
}

// ageNotes says of the lists that nothing else is said of how old they are.
func ageNotes(st *state.State, c Context, w int, lists []namedSource) []string {
	var old []namedSource
	for _, s := range lists {
		if st.Stale(s.src) && (s.src.Problem == nil || st.SignedOutWhy() != nil || st.TokenTrouble() != nil) {
			old = append(old, s)
		}
	}
	if len(old) == 2 && st.Minute(old[0].src.AsOf) == st.Minute(old[1].src.AsOf) {
		old = []namedSource{{"Meetings", old[0].src}}
	}
	var out []string
	for _, s := range old {
		out = append(out, labelled(c, s.name, "as of "+st.Minute(s.src.AsOf), w))
	}
	return out
}

// labelled is a note under a name.
func labelled(c Context, name, words string, w int) string {
	return " " + c.Styles.Warn.Render(name+": ") + Cut(words, w-Width(name)-4)
}

// limitWords says which of Zoom's limits was reached.
func limitWords(st *state.State, src state.Source) string {
	words := "too many calls from your account"
	if src.Problem.Facts.Daily {
		words = "the daily limit of your account"
	}
	return words + asOf(st, src)
}

// asOf is the age of data that is known, to go after other words.
func asOf(st *state.State, src state.Source) string {
	if !src.Known() {
		return ""
	}
	return " · as of " + st.Minute(src.AsOf)
}

// SourceWords says in one sentence why an answer is missing or old.
func SourceWords(st *state.State, src state.Source) string {
	p := src.Problem
	words := Words(*p)
	switch p.Class() {
	case explain.Scope: // the call is the list's own, and need not be named
		switch f := p.Facts; {
		case len(f.MissingScopes) > 0:
			words = "needs a scope: " + CleanText(f.MissingScopes[0])
		case f.LacksScope():
			words = "needs a scope, which Zoom does not name"
		case f.Message != "":
			words = "Zoom refuses: " + CleanText(f.Message)
		}
	case explain.RateLimit:
		if !p.Facts.RetryAt.IsZero() {
			words = "paused by Zoom until " + st.Minute(p.Facts.RetryAt)
		}
	default:
	}
	return words + asOf(st, src)
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
