package config

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

// quote writes a value as a TOML text of one line: between apostrophes where
// that saves escaping, as a command line with quotation marks stays readable then.
func quote(value string) (string, error) {
	if !utf8.ValidString(value) {
		return "", fmt.Errorf("the value is not UTF-8 text")
	}
	plain := !strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f })
	if plain && strings.ContainsAny(value, `"\`) && !strings.Contains(value, "'") {
		return "'" + value + "'", nil
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range value {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String(), nil
}

// unquote reads a text in quotation marks as the parser does.
func unquote(text string) (string, error) {
	var v struct{ V string }
	if _, err := toml.Decode("V = "+text, &v); err != nil {
		return "", errNotRead
	}
	return v.V, nil
}

// quoteKey writes one name of a dotted key.
func quoteKey(name string) string {
	bare := name != ""
	for i := range len(name) {
		bare = bare && bareKey(name[i])
	}
	if bare {
		return name
	}
	return `"` + name + `"` // the names of profiles hold nothing that needs escaping
}
