package explain

import "strings"

// ShellWord writes a value as one word of a POSIX shell, quoted if it needs that:
// for command lines to paste and for lines that set the environment. Only what no
// shell gives a meaning to goes unquoted, so not ~ and = either (zsh expands =cmd).
func ShellWord(value string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("/._-+:@%", r)
	}
	if value != "" && strings.IndexFunc(value, func(r rune) bool { return !plain(r) }) < 0 {
		return value
	}
	return "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
}
