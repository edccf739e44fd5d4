package kit

// Warning wraps a sentence that one must not miss: a mark before its first
// line, in a colour and in shape.
func Warning(st Styles, text string, w int) []string {
	lines := Wrap(text, w-4)
	for i, l := range lines {
		lines[i] = "   " + l
		if i == 0 {
			lines[i] = " " + st.Warn.Render("✗") + " " + l
		}
	}
	return lines
}
