package dashboard

import (
	"strconv"
	"strings"

	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// signInLines show how long the sign-in lasts, and what became of it.
func signInLines(st *state.State, c kit.Context, bar, w int) []string {
	t := st.Tokens
	if t.SignInEnds.IsZero() {
		return nil
	}
	left := t.SignInEnds.Sub(st.Now)
	days := kit.FitRight(signInDays(st), leftCells)
	share := float64(left) / float64(t.SignInEnds.Sub(t.ObtainedAt))
	if st.SignInEndsSoon() {
		days = c.Styles.Warn.Render(days)
	}
	lines := []string{
		" " + kit.Fit("sign-in", labelCells) + kit.Bar(c.Styles, share, bar) + days,
		note(c.Styles, withFingerprint(signInFrom(st), t.RefreshFingerprint, w), w),
	}
	return append(lines, endsSoonLines(st, c, w)...)
}

// signInFrom says what the sign-in has been through.
func signInFrom(st *state.State) string {
	t := st.Tokens
	n := t.Renewals()
	switch {
	case st.SignInOld():
		return "last renewed " + t.ObtainedAt.In(st.Loc).Format("2 Jan 2006")
	case n == 0:
		return "signed in " + t.SignedInAt.In(st.Loc).Format("2 Jan 15:04")
	case n == 1:
		return "renewed 1 time, last " + st.Minute(t.ObtainedAt)
	default:
		return "renewed " + strconv.Itoa(n) + " times, last " + st.Minute(t.ObtainedAt)
	}
}

// endsSoonLines say what keeps a sign-in that is about to end, and what there is
// to do about one that may have ended.
func endsSoonLines(st *state.State, c kit.Context, w int) []string {
	indent := strings.Repeat(" ", 1+labelCells)
	switch {
	case st.SignInOld():
		return []string{
			indent + c.Styles.Warn.Render(kit.Cut("too old: Zoom may refuse it", w-labelCells-2)),
			kit.Cut(indent+kit.HintAs(c.Styles, c.Keys.Renew, "tries it")+"  "+kit.Hint(c.Styles, c.Keys.SignIn), w-1),
		}
	case st.SignInEndsSoon():
		by := st.Tokens.SignInEnds.In(st.Loc).Format("2 Jan")
		return []string{kit.Cut(indent+kit.HintAs(c.Styles, c.Keys.Renew, "renews it; else over ~"+by), w-1)}
	default:
		return nil
	}
}

// signInDays is the estimated life of the sign-in, in whole days.
func signInDays(st *state.State) string {
	if st.SignInOld() {
		return "over?"
	}
	return "~" + kit.Days(st.Tokens.SignInEnds.Sub(st.Now))
}

// noneLines stand where there are no tokens.
func noneLines(st *state.State, c kit.Context) []string {
	s := c.Styles
	if st.Condition() == state.Unreadable {
		return []string{" " + s.Warn.Render("cannot be read") + "  " + kit.HintAs(s, c.Keys.Renew, "tries again")}
	}
	var lines []string
	if st.LoggedOut {
		lines = append(lines, " "+kit.Fit("sign-in", labelCells)+s.Warn.Render("ended by another zoomtui"))
	}
	return append(lines, " "+s.Dim.Render("none: press "+c.Keys.SignIn.Help().Key+" to sign in"))
}

// endedLines stand where the tokens serve no more. The access token may outlive
// the sign-in.
func endedLines(st *state.State, c kit.Context, w int) []string {
	s := c.Styles
	label := func(name, words string) string { return " " + kit.Fit(name, labelCells) + words }
	indent := strings.Repeat(" ", 1+labelCells)
	if moved := st.Tokens.MovedAt; !moved.IsZero() {
		return []string{
			label("access", s.Dim.Render("not used here any more")),
			label("sign-in", s.Warn.Render("on another machine")),
			note(s, "moved "+moved.In(st.Loc).Format("2 Jan 15:04"), w),
			kit.Cut(indent+waysOut(c), w-1),
		}
	}
	lines := []string{label("access", s.Warn.Render("no longer accepted by Zoom"))}
	if st.AccessServes() {
		lines = []string{accessLine(st, c, w-labelCells-leftCells-3), note(s, "the last one: none follows", w)}
	}
	return append(lines, label("sign-in", s.Warn.Render("ended: Zoom no longer takes it")), kit.Cut(indent+waysOut(c), w-1))
}

// waysOut are the keys where a sign-in is over.
func waysOut(c kit.Context) string {
	out := kit.Hint(c.Styles, c.Keys.SignIn)
	if c.Keys.History.Enabled() {
		out += "  " + kit.Hint(c.Styles, c.Keys.History)
	}
	return out
}
