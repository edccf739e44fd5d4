package kit

import "strings"

// NameRows breaks the name of a scope into rows of w cells, between its parts: a row
// but the last ends in a colon, so that nobody takes a piece for the whole. Several
// names, with · between them, break there first.
func NameRows(text string, w int) []string {
	var rows []string
	for i, name := range strings.SplitAfter(text, " · ") {
		last := len(rows) - 1
		if i > 0 && Width(rows[last]+strings.TrimRight(name, " ")) <= w {
			rows[last] += name
			continue
		}
		for j, part := range strings.SplitAfter(name, ":") {
			last = len(rows) - 1
			if j > 0 && Width(rows[last]+strings.TrimRight(part, " ")) <= w {
				rows[last] += part
				continue
			}
			rows = append(rows, Chop(part, w)...)
		}
	}
	for i, row := range rows {
		rows[i] = strings.TrimRight(row, " ")
	}
	return rows
}
