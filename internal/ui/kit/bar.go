package kit

import "strings"

// Bar draws share (0 to 1) of w cells as a solid line and the rest as a thin
// one: the two differ in weight as well as in colour, so that the bar reads
// the same without colours.
func Bar(st Styles, share float64, w int) string {
	if w <= 0 {
		return ""
	}
	full := int(share*float64(w) + 0.5)
	full = min(max(full, 0), w)
	return st.Bar.Render(strings.Repeat("━", full)) + st.Rule.Render(strings.Repeat("─", w-full))
}
