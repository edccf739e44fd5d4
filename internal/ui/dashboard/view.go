package dashboard

import (
	"strconv"

	"zoomtui/internal/agenda"
	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// wide is the width from which the two panels stand side by side.
const wide = 72

// narrow is the width below which a line has room for one figure only.
const narrow = 60

// small is the height below which there is no room for whole panels.
const small = 14

// columns is the size from which the panels stand left of the list instead of
// over it.
const (
	columnsFrom = 140
	panelCells  = 60
)

// View draws the tab in w×h cells: what matters now first, the list last, and
// of the panels what there is room for.
func (m *Model) View(st *state.State, c kit.Context, w, h int) kit.Frame {
	m.sync(st)
	if w >= columnsFrom && h >= 20 {
		return m.inColumns(st, c, w, h)
	}
	lines := m.above(st, c, w, h)
	return kit.Frame{Lines: append(lines, m.meetings(st, c, w, h-len(lines))...)}
}

// inColumns uses the room of a large window: the panels left, the list right
// over the whole height.
func (m *Model) inColumns(st *state.State, c kit.Context, w, h int) kit.Frame {
	sections := append(m.top(st, c, w, h), kit.Blank(4))
	lines := kit.Stack(sections, h)
	left := append(tokensPanel(st, c, panelCells), "")
	left = append(left, profilePanel(st, c, panelCells)...)
	room := h - len(lines)
	right := m.meetings(st, c, w-panelCells-2, room)
	return kit.Frame{Lines: append(lines, kit.Beside(kit.Block(left, panelCells, room), right, panelCells, w)...)}
}

// top is what one must know first: what is wrong, and the next meeting.
func (m *Model) top(st *state.State, c kit.Context, w, h int) []kit.Section {
	var sections []kit.Section
	if p := st.Trouble(); p != nil {
		sections = kit.ProblemSections(c.Styles, *p, steps(st, c.Keys), w)
		if st.SignedOutWhy() != nil && c.Keys.History.Enabled() {
			besideFirstStep(sections, kit.Hint(c.Styles, c.Keys.History), w)
		}
		sections = append(sections, kit.Blank(10))
	}
	if lines := cutOffLines(st, c, w, h); lines != nil {
		sections = append(sections, kit.Section{Lines: lines}, kit.Blank(10))
	}
	hero := m.hero(st, c, w)
	if hero == nil {
		return sections
	}
	return append(sections, kit.Section{Lines: hero}, kit.Section{Lines: m.hints(c), Drop: 6})
}

// besideFirstStep puts a hint behind the first thing to do, where there is room;
// it stands in the tokens panel, too.
func besideFirstStep(sections []kit.Section, hint string, w int) {
	const firstStep = 2 // after what happened and why
	if len(sections) <= firstStep || len(sections[firstStep].Lines) == 0 {
		return
	}
	lines := sections[firstStep].Lines
	if line := lines[len(lines)-1] + "   " + hint; kit.Width(line) < w {
		lines[len(lines)-1] = line
	}
}

// above is everything over the list. The list keeps at least four lines.
func (m *Model) above(st *state.State, c kit.Context, w, h int) []string {
	sections := append(m.top(st, c, w, h), kit.Blank(4))
	if h < small || w < wide {
		sections = append(sections,
			kit.Section{Lines: []string{tokenLine(st, c, w)}},
			kit.Section{Lines: tokensPanel(st, c, w), Drop: 7},
			kit.Section{Lines: profilePanel(st, c, w), Drop: 8},
			kit.Blank(3))
		if h >= 26 { // room for the panel: the short line would say it twice
			sections[len(sections)-4].Lines = nil
		}
		return kit.Stack(sections, max(h-4, 1))
	}
	left := w / 2
	sections = append(sections,
		kit.Section{Lines: kit.Beside(tokensPanel(st, c, left), profilePanel(st, c, w-left-2), left, w)},
		kit.Blank(3))
	return kit.Stack(sections, max(h-4, 1))
}

// hints are the keys for the marked meeting; none where none is marked.
func (m *Model) hints(c kit.Context) []string {
	if sel := m.list.Selected(); sel == nil || sel.JoinURL == "" {
		return []string{""}
	}
	return []string{" " + kit.MeetingHints(c.Styles, c.Keys)}
}

// steps are the keys that a failure's steps have on this screen.
func steps(st *state.State, keys kit.Keys) kit.StepKeys {
	signIn := keys.SignIn
	if st.Profile.ServerToServer() {
		signIn = keys.Renew // nobody signs in: a new token is all there is to get
	}
	return kit.StepKeys{
		explain.ActionSignIn: signIn,
		explain.ActionRetry:  keys.Renew,
		explain.ActionScopes: keys.Scopes,
		explain.ActionSetup:  keys.Profiles,
	}
}

// hero is the next meeting: the line one looks for.
func (m *Model) hero(st *state.State, c kit.Context, w int) []string {
	next, running := st.Next()
	switch {
	case next != nil:
		return []string{kit.Spread(" "+c.Styles.Strong.Render(next.Topic), when(st, *next, w), w-1)}
	case running != nil:
		left := "now"
		if rest := agenda.Left(running.End, st.Now); rest != "" {
			left = "now, " + rest
		}
		return []string{kit.Spread(" "+c.Styles.Strong.Render(running.Topic), left, w-1)}
	case !st.HostedSrc.Known() && !st.InvitedSrc.Known() && st.HostedSrc.Loading:
		return []string{" " + c.Styles.Dim.Render("Reading your meetings…")}
	case st.HostedSrc.Known():
		return []string{" " + c.Styles.Dim.Render("No meeting ahead.")}
	default:
		return nil
	}
}

// when tells when a meeting starts; a narrow window has room for the countdown
// alone.
func when(st *state.State, m agenda.Meeting, w int) string {
	until := kit.FitRight("in "+agenda.Until(m.Start.Sub(st.Now)), 9)
	if w < narrow {
		return until
	}
	day := ""
	if y, n := m.Start.In(st.Loc), st.Now.In(st.Loc); y.YearDay() != n.YearDay() || y.Year() != n.Year() {
		day = y.Format("Mon 2 Jan") + " "
	}
	return day + agenda.Span(m, st.Loc) + "  " + until
}

// meetings is the list, or in words why there is none.
func (m *Model) meetings(st *state.State, c kit.Context, w, h int) []string {
	notes := kit.SourceNotes(st, c, w)
	if m.list.Len() == 0 {
		return append(notes, empty(st, c, w)...)
	}
	room := h - len(notes)
	more := m.list.Len() > room && room > 3
	if more {
		room--
	}
	lines := m.list.View(c.Styles, st.Now, st.Loc, w, room)
	if more {
		all := kit.HintAs(c.Styles, c.Keys.Tab2, "all meetings")
		lines = append(lines, kit.Spread("   "+c.Styles.Dim.Render(strconv.Itoa(len(st.Upcoming))+" in all"), all, w-1))
	}
	return append(lines, notes...)
}

// empty says why the list is empty.
func empty(st *state.State, c kit.Context, w int) []string {
	var text string
	switch {
	case !st.Tokens.SignedIn || st.SignedOutWhy() != nil:
		text = st.SignedOutWords(c.Keys.SignIn.Help().Key, c.Keys.Renew.Help().Key)
	case st.HostedSrc.Problem != nil:
		return nil // the note says it
	case !st.HostedSrc.Known():
		text = "Loading…"
	default:
		text = "None hosted by you ahead. Invitations reach only the next 24 hours, and those from Google or Outlook " +
			"only if \"Calendar and Contacts Integration\" is on in Zoom's web settings."
	}
	lines := kit.Wrap(text, w-2)
	for i, l := range lines {
		lines[i] = " " + c.Styles.Dim.Render(l)
	}
	return append([]string{" " + c.Styles.Heading.Render("Meetings")}, lines...)
}

// tokenLine is the tokens in one line, for a small window.
func tokenLine(st *state.State, c kit.Context, w int) string {
	t := st.Tokens
	switch out := st.SignedOutWhy() != nil || !t.SignedIn; {
	case st.Profile.ServerToServer() && (out || st.TokenTrouble() != nil):
		return " " + c.Styles.Warn.Render("no token") + "  " + kit.HintAs(c.Styles, c.Keys.Renew, "tries again")
	case !t.MovedAt.IsZero():
		return kit.Cut(" "+c.Styles.Warn.Render("moved away")+"  "+waysOut(c), w)
	case st.Condition() == state.Unreadable:
		return kit.Cut(" "+c.Styles.Warn.Render("tokens unreadable")+"  "+kit.HintAs(c.Styles, c.Keys.Renew, "tries again"), w)
	case out:
		return kit.Cut(" "+c.Styles.Warn.Render("signed out")+"  "+waysOut(c), w)
	}
	left := t.AccessExpires.Sub(st.Now)
	word := kit.FitRight(kit.Countdown(left), 6)
	switch {
	case t.AccessExpires.IsZero():
		word = unknownLife(st)
	case left <= 0:
		word = c.Styles.Warn.Render("expired")
	}
	rest := signInWords(st, c)
	if p := st.UserSrc.Problem; p != nil && kit.VerdictHint(c, *p) != "" { // the lists say it of themselves
		rest = c.Styles.Warn.Render("scope missing") + "  " + c.Styles.Key.Render(c.Keys.Scopes.Help().Key)
	}
	return kit.Cut(" access "+word+"  "+rest, w)
}

func signInWords(st *state.State, c kit.Context) string {
	if st.Profile.ServerToServer() {
		return c.Styles.Dim.Render("account credentials")
	}
	if st.Tokens.SignInEnds.IsZero() {
		return ""
	}
	days := signInDays(st)
	if st.SignInEndsSoon() {
		days = c.Styles.Warn.Render(days) + "  " + kit.Hint(c.Styles, c.Keys.Renew)
	}
	return c.Styles.Dim.Render("sign-in") + " " + days
}
