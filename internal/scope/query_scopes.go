package scope

import "strings"

// Bounds for a list of names that comes from outside.
const (
	maxNames     = 50
	maxScopeName = 200 // bytes
)

// NamedScopes reads the scopes that a message of Zoom's names when a token has none
// of them; nil: it names none. They are foreign text.
//
//	Invalid access token, does not contain scopes:[user:read:user, user:read:user:admin].
//
// Numbers and wording differ between products (4711, 104, 4700, "required
// scopes"), the list does not. A name can hold a blank, so only commas part the
// names; one that the width of a terminal has broken is joined. A message that was
// cut off before the bracket closes gives what it has.
// Source: https://developers.zoom.us/docs/api/errors
func NamedScopes(message string) []string {
	small := lower(message)
	for from := 0; ; {
		at := strings.Index(small[from:], "scope")
		if at < 0 {
			return nil
		}
		from += at + len("scope")
		rest := strings.TrimPrefix(small[from:], "s")
		list := strings.TrimLeft(rest, " :\t\n=\"\\")
		if strings.HasPrefix(list, "[") {
			return splitNames(message[len(small)-len(list)+1:])
		}
		if list, ok := strings.CutPrefix(strings.TrimLeft(rest, " "), ":"); ok {
			line, _, _ := strings.Cut(message[len(small)-len(list):], "\n")
			if names := bareNames(line); names != nil {
				return names
			}
		}
	}
}

// splitNames reads names up to the closing bracket.
func splitNames(text string) []string {
	list, _, _ := strings.Cut(text, "]")
	list = list[:min(len(list), maxNames*maxScopeName)]
	var names []string
	for name := range strings.SplitSeq(list, ",") {
		name = strings.Trim(unwrap(name), " \t\r\n\"'.\\")
		if name != "" && len(name) <= maxScopeName && len(names) < maxNames {
			names = append(names, withoutSecrets(name))
		}
	}
	return names
}

// unwrap joins what the width of a terminal has broken.
func unwrap(name string) string {
	before, after, broken := strings.Cut(strings.TrimSpace(name), "\n")
	for broken {
		before += strings.TrimLeft(after, " \t")
		before, after, broken = strings.Cut(before, "\n")
	}
	return before
}

// bareNames reads a list without brackets; what holds blanks, or neither a colon
// nor an underscore, is prose.
func bareNames(line string) []string {
	var names []string
	for _, name := range splitNames(line) {
		if strings.ContainsAny(name, ":_") && !strings.ContainsAny(name, " [") {
			names = append(names, name)
		}
	}
	return names
}

// lower makes ASCII letters small, and so keeps every offset as it is.
func lower(text string) string {
	small := []byte(text)
	for i, c := range small {
		if c >= 'A' && c <= 'Z' {
			small[i] = c + 'a' - 'A'
		}
	}
	return string(small)
}
