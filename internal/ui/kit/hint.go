package kit

import (
	"strings"

	"charm.land/bubbles/v2/key"
)

// Hint draws one binding as "key what it does".
func Hint(st Styles, b key.Binding) string {
	h := b.Help()
	return st.Key.Render(h.Key) + " " + st.Dim.Render(h.Desc)
}

// HintAs draws a binding with other words than its own, where the place makes
// them clearer.
func HintAs(st Styles, b key.Binding, words string) string {
	return st.Key.Render(b.Help().Key) + " " + st.Dim.Render(words)
}

// Footer draws as many of the bindings as w cells hold, whole ones only, with
// right at the right edge. The first ones are the most important.
func Footer(st Styles, bindings []key.Binding, right string, w int) string {
	room := w - Width(right) - 2
	var b strings.Builder
	used := 0
	for _, k := range bindings {
		if !k.Enabled() {
			continue
		}
		item := Hint(st, k)
		need := Width(item) + 2
		if used+need > room {
			continue
		}
		if used == 0 {
			b.WriteString(" ")
		} else {
			b.WriteString("  ")
		}
		b.WriteString(item)
		used += need
	}
	return Spread(b.String(), right, w)
}
