package dashboard

import (
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// cutOffLines tell of a refresh that was killed and that nothing has settled, with
// the key that does; none where there was none. A small window has one line.
func cutOffLines(st *state.State, c kit.Context, w, h int) []string {
	if !st.CutOff() {
		return nil
	}
	s, t := c.Styles, st.Tokens
	at, hint := st.Minute(t.CutOffAt), kit.HintAs(s, c.Keys.Renew, "renew now")
	if w < narrow || h < small {
		return []string{kit.Cut(" "+s.Warn.Render("refresh cut off "+at)+"  "+hint, w)}
	}
	lines := kit.Warning(s, "A refresh was cut off at "+at+" ("+t.CutOffBy+"). "+
		"The next one finds out whether the stored token still works.", w)
	last := len(lines) - 1
	if with := lines[last] + "  " + hint; kit.Width(with) < w {
		lines[last] = with
		return lines
	}
	return append(lines, "   "+hint)
}
