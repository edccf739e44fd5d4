package kit

import "zoomtui/internal/term"

// LinkRows is a link from column 0, cut only where the window ends; every row
// is a hyperlink to the whole (OSC 8), so that a click on any row works.
func LinkRows(url string, w int) []string {
	rows := Chop(url, w)
	for i, r := range rows {
		rows[i] = term.Hyperlink(url, r)
	}
	return rows
}

// Indented wraps a sentence and sets it in by n cells.
func Indented(text string, n, w int) []string {
	return indent(Wrap(text, w-n-1), n, nil)
}

// IndentedDim is Indented for secondary words.
func IndentedDim(st Styles, text string, n, w int) []string {
	return indent(Wrap(text, w-n-1), n, &st.Dim)
}

func indent(lines []string, n int, pen *Pen) []string {
	for i, l := range lines {
		if pen != nil {
			l = pen.Render(l)
		}
		lines[i] = Fit("", n) + l
	}
	return lines
}
