package token

import (
	"fmt"
	"strconv"
	"time"

	"zoomtui/internal/scope"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// boxLines ask for another token.
func (m *Model) boxLines(c kit.Context, w int) []string {
	s := c.Styles
	lines := []string{" " + s.Strong.Render("Compare with another token")}
	lines = append(lines, kit.Indented("Paste it here: the token alone, a header, a curl line or a token answer. It is not shown, not kept, "+
		"and sent to nobody unless you ask for a probe.", 1, w)...)
	lines = append(lines, "")
	if m.phase == reading {
		return append(lines, " "+s.Dim.Render("Reading it…"))
	}
	lines = append(lines, " "+s.Accent.Render("▸")+" "+s.Strong.Render(m.box.said())+" "+s.Dim.Render("(hidden)"))
	if m.trouble != "" {
		lines = append(lines, kit.Warning(s, m.trouble, w)...)
	}
	return lines
}

// consentLines say what would be done with the token, before it is.
func (m *Model) consentLines(c kit.Context, w int) []string {
	s, n := c.Styles, len(m.plan.Calls)
	lines := []string{" " + s.Strong.Render(kit.Cut("Send the other token to "+m.plan.Host+"?", w-2))}
	lines = append(lines, kit.Indented(fmt.Sprintf("Its scopes cannot be read from the token, but Zoom tells by its answers. %d calls are made "+
		"with it and the same %d with yours, read-only (GET), in about %d s. They count for the rate limit of its account. "+
		"It goes to no other host.", n, n, m.plan.seconds()), 1, w)...)
	lines = append(lines, "", " "+kit.Hint(s, m.keys.Ask), "")
	for _, call := range m.plan.Calls {
		lines = append(lines, "   "+s.Dim.Render(kit.Cut("GET "+call.Path, w-5)))
	}
	return lines
}

// seconds is how long a probe takes, without the answers' own time.
func (p Plan) seconds() int {
	var all time.Duration
	for _, call := range p.Calls {
		all += 2 * call.After
	}
	return int(all/time.Second) + 1
}

// comparison is both tokens: the verdict in sentences, the columns, and what Zoom
// has answered to both.
func (m *Model) comparison(st *state.State, c kit.Context, w int) []string {
	s := c.Styles
	var lines []string
	for i, text := range m.found.Verdicts(st.Now) {
		for _, l := range kit.Wrap(kit.CleanText(text), w-2) {
			if i == 0 {
				l = s.Strong.Render(l)
			}
			lines = append(lines, " "+l)
		}
	}
	if m.phase == probed {
		lines = append(lines, "")
		lines = append(lines, m.matrix(c, w)...)
	}
	if m.found.Theirs.Kind != Foreign && !m.found.Same {
		lines = append(lines, "")
		lines = append(lines, m.sides(st, c, w)...)
	}
	if m.trouble != "" {
		lines = append(lines, kit.Warning(s, m.trouble, w)...)
	}
	if m.phase == compared && m.canProbe(st) {
		lines = append(lines, "")
		lines = append(lines, kit.IndentedDim(s, "Its scopes cannot be read from the token.", 1, w)...)
		lines = append(lines, " "+kit.Cut(kit.HintAs(s, m.keys.Probe, "asks Zoom what it may do, after asking you"), w-2))
	}
	return append(lines, "", " "+kit.Cut(kit.Hint(s, m.keys.Forget), w-2))
}

// sideRow is one fact of both tokens, as it is shown.
type sideRow struct {
	name, ours, theirs string
	same               bool // in the tokens
}

// sides are the two columns.
func (m *Model) sides(st *state.State, c kit.Context, w int) []string {
	s, o, t := c.Styles, m.found.Ours, m.found.Theirs
	at := func(when time.Time) string {
		if when.IsZero() {
			return ""
		}
		return stamp(when, st.Now, st.Loc) + ", " + relative(when.Sub(st.Now))
	}
	ours, theirs := tails(o.Client, t.Client)
	rows := []sideRow{
		{"app", ours, theirs, o.Client == t.Client},
		{"account", o.Account, t.Account, o.Account == t.Account},
		{"user", o.User, t.User, o.User == t.User},
		{"sign-in", o.SignIn, t.SignIn, o.SignIn == t.SignIn},
		{"issued", at(o.Issued), at(t.Issued), o.Issued.Equal(t.Issued)},
		{"expires", at(o.Expires), at(t.Expires), o.Expires.Equal(t.Expires)},
		{"version", o.Version, t.Version, o.Version == t.Version},
	}
	if w < stackBelow {
		return stacked(c, rows, w)
	}
	half := (w - nameCells - 8) / 2
	lines := []string{" " + kit.Fit("", nameCells) + " " + s.Heading.Render(kit.Fit("ours", half)) + "    " + s.Heading.Render("the other")}
	for _, r := range rows {
		lines = append(lines, " "+s.Dim.Render(kit.Fit(r.name, nameCells))+" "+kit.Fit(cell(r.ours), half)+" "+r.mark()+" "+kit.Cut(cell(r.theirs), half))
	}
	return lines
}

// stacked puts the other token's value under ours.
func stacked(c kit.Context, rows []sideRow, w int) []string {
	var lines []string
	for _, r := range rows {
		lines = append(lines,
			" "+c.Styles.Dim.Render(kit.Fit(r.name, nameCells))+" "+kit.Cut("ours  "+cell(r.ours), w-nameCells-3),
			" "+kit.Fit("", nameCells-3)+" "+r.mark()+" "+kit.Cut("other "+cell(r.theirs), w-nameCells-3))
	}
	return lines
}

// cell is a value that may not be in the token.
func cell(value string) string {
	if value == "" {
		return "–"
	}
	return kit.CleanText(value)
}

// mark tells by its shape whether both are the same.
func (r sideRow) mark() string {
	switch {
	case r.ours == "" || r.theirs == "":
		return "  "
	case r.same:
		return "= "
	default:
		return "≠ "
	}
}

// matrix is what Zoom has answered, call by call.
func (m *Model) matrix(c kit.Context, w int) []string {
	s, r := c.Styles, &m.run
	var lines []string
	for _, text := range r.found() {
		for _, l := range kit.Wrap(text, w-2) {
			lines = append(lines, " "+s.Strong.Render(l))
		}
	}
	if r.stopped != "" {
		lines = append(lines, kit.Warning(s, kit.CleanText(r.stopped), w)...)
	}
	const answer = 13
	call := max(min(w-2*answer-4, 40), 8)
	head := "Zoom says"
	if r.on {
		head = "Asking Zoom… " + strconv.Itoa(len(r.theirs.outcomes)+len(r.ours.outcomes)) + " of " + strconv.Itoa(2*len(r.calls))
	}
	lines = append(lines, " "+s.Heading.Render(kit.Fit(head, call))+" "+s.Heading.Render(kit.Fit("ours", answer))+" "+s.Heading.Render(kit.Cut("the other", answer)))
	for i, p := range r.calls {
		lines = append(lines, " "+kit.Fit(bare(p.Path), call)+" "+kit.Fit(r.ours.word(i), answer)+" "+kit.Cut(r.theirs.word(i), answer))
	}
	return lines
}

// word is one answer in a few characters, by shape and not by colour.
func (c column) word(i int) string {
	o, ok := c.at(i)
	switch {
	case !ok:
		return "– not tried"
	case o.Failed != "":
		return "– no answer"
	case o.Zoom == scope.HasIt:
		return "✓ allowed"
	case o.Code != 0 && o.Code != o.Status:
		return "✗ " + strconv.Itoa(o.Status) + " / " + strconv.Itoa(o.Code)
	default:
		return "✗ " + strconv.Itoa(o.Status)
	}
}

// bare is a path without its query, and without the part that all have.
func bare(path string) string {
	for i := range path {
		if path[i] == '?' {
			return path[:i]
		}
	}
	return path
}
