package token

import (
	"strings"

	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// notVerified is what one must know of everything on this tab.
const notVerified = "Read from the token itself, not verified: only Zoom can. Scopes are not inside."

// View draws the token in use, or both.
func (m *Model) View(st *state.State, c kit.Context, w, h int) kit.Frame {
	if !readable(st) {
		return kit.Frame{Lines: kit.IndentedDim(c.Styles, st.SignedOutWords(c.Keys.SignIn.Help().Key, c.Keys.Renew.Help().Key), 1, w)}
	}
	var lines []string
	switch m.phase {
	case showing:
		lines = m.own(st, c, w)
	case typing, reading:
		lines = m.boxLines(c, w)
	case consenting:
		lines = m.consentLines(c, w)
	case compared, probed:
		lines = m.comparison(st, c, w)
	}
	return kit.Frame{Lines: m.pager.View(c, lines, h)}
}

// own is the token in use: what matters first, then the header, then the scopes
// that came with it.
func (m *Model) own(st *state.State, c kit.Context, w int) []string {
	s, t := c.Styles, st.Tokens
	lines := []string{kit.Spread(" "+s.Heading.Render("Access token")+"  #"+t.AccessFingerprint, left(st), w-1)}
	lines = append(lines, kit.IndentedDim(s, notVerified, 1, w)...)
	lines = append(lines, m.offers(c, w)...)
	switch {
	case t.AccessFingerprint == "":
		lines = append(lines, "", " None yet: the first call to Zoom fetches one.")
	case len(t.Claims) == 0:
		lines = append(lines, "")
		lines = append(lines, kit.Indented("This token cannot be read: to Zoom's clients it is opaque.", 1, w)...)
	}
	lines = append(lines, groups(st, c, explained(t.Claims), w)...)
	if t.APIHost != "" {
		lines = append(lines, "", " "+kit.Cut(s.Dim.Render("Its calls go to ")+kit.CleanText(t.APIHost), w-2))
	}
	lines = append(lines, "", " "+s.Heading.Render("Scopes that Zoom's answer granted with it"))
	if len(t.Scopes) == 0 {
		lines = append(lines, kit.IndentedDim(s, "unknown: Zoom's answer named none", 1, w)...)
	}
	for _, scope := range t.Scopes {
		lines = append(lines, " "+kit.Cut(kit.CleanText(scope), w-2))
	}
	return lines
}

// offers are the two things one can do here.
func (m *Model) offers(c kit.Context, w int) []string {
	s, k := c.Styles, m.keys
	lines := []string{" " + kit.Cut(kit.HintAs(s, k.CopyToken, "copies the token itself"), w-2)}
	if m.comparer != nil {
		compare := kit.HintAs(s, k.Compare, "compares it with another, such as Postman's")
		if both := lines[0] + "   " + compare; kit.Width(both) <= w-2 {
			return []string{both}
		}
		lines = append(lines, " "+kit.Cut(compare, w-2))
	}
	return lines
}

// groups are the members of the token under their headings.
func groups(st *state.State, c kit.Context, rows []row, w int) []string {
	var lines []string
	for _, g := range []struct {
		in    part
		title string
	}{{claims, "Claims"}, {header, "Header"}, {unknown, "Also inside"}} {
		first := true
		for _, r := range rows {
			if r.in != g.in {
				continue
			}
			if first {
				lines = append(lines, "", " "+c.Styles.Heading.Render(g.title))
				first = false
			}
			lines = append(lines, rowLines(st, c, r, w)...)
		}
	}
	return lines
}

// The columns of a member, in cells. Below stackBelow the meaning stands under the
// value.
const (
	nameCells  = 9
	stackBelow = 60
)

// rowLines are one member: name, value, meaning.
func rowLines(st *state.State, c kit.Context, r row, w int) []string {
	s := c.Styles
	name := s.Key.Render(kit.Fit(r.claim.Name, nameCells))
	if w < stackBelow {
		return append([]string{" " + name + " " + kit.Cut(value(st, r.claim), w-nameCells-3)}, kit.IndentedDim(s, r.means, nameCells+2, w)...)
	}
	valueCells := min(w*2/5, 44)
	lines := kit.Wrap(r.means, w-nameCells-valueCells-5)
	for i, l := range lines {
		lead := strings.Repeat(" ", nameCells+valueCells+4)
		if i == 0 {
			lead = " " + name + " " + kit.Fit(value(st, r.claim), valueCells) + "  "
		}
		lines[i] = lead + s.Dim.Render(l)
	}
	return lines
}

// value is a member's value as a person reads it: times in words, ids as they are,
// of a client id its end.
func value(st *state.State, claim state.Claim) string {
	switch {
	case !claim.At.IsZero():
		return stamp(claim.At, st.Now, st.Loc) + ", " + relative(claim.At.Sub(st.Now))
	case claim.Name == "iss":
		if at := strings.LastIndex(claim.Value, ":"); at >= 0 {
			return claim.Value[:at+1] + Tail(claim.Value[at+1:])
		}
	case claim.Name == "clientId":
		return Tail(claim.Value)
	case claim.Name == "code":
		return "[hidden]"
	}
	return claim.Value
}

// left is how long the token lives, as far as that is known.
func left(st *state.State) string {
	if st.Tokens.AccessExpires.IsZero() {
		return ""
	}
	return kit.Countdown(st.Tokens.AccessExpires.Sub(st.Now))
}
