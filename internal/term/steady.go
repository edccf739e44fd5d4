package term

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Steady gives text that takes the same number of cells in every terminal.
// Terminals without Unicode's grapheme clusters (mode 2027) count the parts of
// a joined emoji one by one, and a row with such a text moves everything that
// stands right of it. Each cluster that is counted differently is replaced by
// its first character: a family becomes a man, a rainbow flag a white one.
//
// It expects cleaned text (see [Clean]) and is idempotent.
func Steady(s string) string {
	if isPlainASCII(s) || ansi.StringWidth(s) == ansi.StringWidthWc(s) && !strings.ContainsAny(s, joiners) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		cluster, width := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		s = s[len(cluster):]
		if width == ansi.StringWidthWc(cluster) {
			b.WriteString(cluster)
			continue
		}
		base, size := utf8.DecodeRuneInString(cluster)
		if first := cluster[:size]; ansi.StringWidth(first) == ansi.StringWidthWc(first) {
			b.WriteRune(base)
			continue
		}
		b.WriteRune(utf8.RuneError)
	}
	return b.String()
}
