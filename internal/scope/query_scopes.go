package scope

import (
	"slices"
	"strings"
)

// Bounds for a list of names that comes from outside.
const (
	maxNames     = 50
	maxScopeName = 200 // bytes
	maxLists     = 50  // that turn out to be none
)

// NamedScopes reads the scopes that a message of Zoom's names when a token has none
// of them; nil: it names none. They are foreign text.
//
//	Invalid access token, does not contain scopes:[user:read:user, user:read:user:admin].
//
// Numbers and wording differ between products (4711, 104, 4700, "required
// scopes"), the list does not; programs that pass it on give it brackets of their
// own: (…), {…}. A name can hold a blank, so only commas part the names; one that the
// width of a terminal has broken is joined. A message that was cut off before the
// bracket closes gives what it has.
// Source: https://developers.zoom.us/docs/api/errors
func NamedScopes(message string) []string {
	small := lower(message)
	for from, lists := 0, 0; lists < maxLists; {
		at := strings.Index(small[from:], "scope")
		if at < 0 {
			return nil
		}
		from += at + len("scope")
		list := message[from+beforeList(small[from:]):]
		if closing, length := bracket(list); length > 0 {
			lists++
			names := splitNames(list[length:], closing)
			if closing != "]" {
				names = plausible(names)
			}
			if names != nil || closing == "]" {
				return names
			}
			continue
		}
		rest := strings.TrimLeft(strings.TrimPrefix(small[from:], "s"), " ")
		if list, ok := strings.CutPrefix(rest, ":"); ok {
			lists++
			line, _, _ := strings.Cut(message[len(small)-len(list):], "\n")
			if names := plausible(splitNames(line, "]")); names != nil {
				return names
			}
		}
	}
	return nil
}

// beforeList is the length of what stands between the word "scope" and its list.
func beforeList(rest string) int {
	list := strings.TrimPrefix(rest, "s")
	return len(rest) - len(strings.TrimLeft(list, " :\t\r\n=\"\\"))
}

// bracket is the bracket that closes a list which a text begins with, and the length
// of the opening one; 0: it begins with none.
func bracket(text string) (closing string, length int) {
	for _, pair := range [][2]string{{"[", "]"}, {"(", ")"}, {"{", "}"}, {"<", ">"}, {"‹", "›"}, {"«", "»"}, {"【", "】"}, {"［", "］"}, {"（", "）"}} {
		if strings.HasPrefix(text, pair[0]) {
			return pair[1], len(pair[0])
		}
	}
	return "", 0
}

// splitNames reads names up to the closing bracket. What programs print where there
// is no value is no name.
func splitNames(text, closing string) []string {
	const around = " \t\r\n\"'`*.\\()[]{}<>‹›«»【】［］（）"
	list, _, _ := strings.Cut(text[:min(len(text), maxNames*maxScopeName)], closing)
	var names []string
	for name := range strings.SplitSeq(list, ",") {
		name = strings.Trim(unwrap(name), around)
		if slices.Contains([]string{"", "null", "nil", "None", "none", "undefined"}, name) {
			continue
		}
		if len(name) <= maxScopeName && len(names) < maxNames {
			names = append(names, WithoutSecrets(name))
		}
	}
	return names
}

// unwrap joins what the width of a terminal has broken.
func unwrap(name string) string {
	name = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(name)
	before, after, broken := strings.Cut(strings.TrimSpace(name), "\n")
	for broken {
		before += strings.TrimLeft(after, " \t")
		before, after, broken = strings.Cut(before, "\n")
	}
	return before
}

// plausible are the names of a list that is not in square brackets: what holds
// blanks, or neither a colon nor an underscore, is prose.
func plausible(names []string) []string {
	var kept []string
	for _, name := range names {
		if strings.ContainsAny(name, ":_") && !strings.ContainsAny(name, " []{}()<>") {
			kept = append(kept, name)
		}
	}
	return kept
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
