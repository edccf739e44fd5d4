package explain

import "strings"

// Bounds for a list of names that comes from outside.
const (
	maxScopes    = 50
	maxScopeName = 200 // bytes
)

// NamedScopes reads the scopes that a message of Zoom's names when a token has none
// of them; nil: it names none.
//
//	Invalid access token, does not contain scopes:[user:read:user, user:read:user:admin].
//
// Numbers and wording differ between products (4711, 104, 4700, "required
// scopes"), the list does not. A name can hold a blank ("contact_center:write:queue
// disposition:admin"), so only commas part the names; one that the width of a
// terminal has broken is joined. A message that was cut off before the bracket
// closes gives what it has. The names are foreign text. Package scope reads pasted
// texts in the same way, and one table of cases holds for both.
// Source: https://developers.zoom.us/docs/api/errors
func NamedScopes(message string) []string {
	small := lowered(message)
	for from := 0; ; {
		at := strings.Index(small[from:], "scope")
		if at < 0 {
			return nil
		}
		from += at + len("scope")
		rest := strings.TrimPrefix(small[from:], "s")
		list := strings.TrimLeft(rest, " :\t\n=\"\\")
		if strings.HasPrefix(list, "[") {
			return bracketed(message[len(small)-len(list)+1:])
		}
		if list, ok := strings.CutPrefix(strings.TrimLeft(rest, " "), ":"); ok {
			line, _, _ := strings.Cut(message[len(small)-len(list):], "\n")
			if names := bare(line); names != nil {
				return names
			}
		}
	}
}

// bracketed reads names up to the closing bracket.
func bracketed(text string) []string {
	list, _, _ := strings.Cut(text, "]")
	list = list[:min(len(list), maxScopes*maxScopeName)]
	var names []string
	for name := range strings.SplitSeq(list, ",") {
		var whole strings.Builder
		for line := range strings.SplitSeq(strings.TrimSpace(name), "\n") {
			whole.WriteString(strings.TrimLeft(line, " \t"))
		}
		name = strings.Trim(whole.String(), " \t\r\n\"'.\\")
		if name != "" && len(name) <= maxScopeName && len(names) < maxScopes {
			names = append(names, name)
		}
	}
	return names
}

// bare reads a list without brackets; what holds blanks, or neither a colon nor an
// underscore, is prose.
func bare(line string) []string {
	var names []string
	for _, name := range bracketed(line) {
		if strings.ContainsAny(name, ":_") && !strings.ContainsAny(name, " [") {
			names = append(names, name)
		}
	}
	return names
}

// lowered makes ASCII letters small, and so keeps every offset as it is.
func lowered(text string) string {
	small := []byte(text)
	for i, c := range small {
		if c >= 'A' && c <= 'Z' {
			small[i] = c + 'a' - 'A'
		}
	}
	return string(small)
}
