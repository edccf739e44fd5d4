package explain

import (
	"path"
	"strings"
)

// localFailure keeps of a text what its failure of this machine is about: the line
// that says it, the host of Zoom's, the file.
func (f *textFacts) localFailure(phrase string) {
	f.Cause, f.Message = f.Message, ""
	for line := range strings.Lines(f.said) {
		if strings.Contains(strings.ToLower(line), phrase) {
			f.Cause = flatten(line)
			break
		}
	}
	f.Host = hostIn(f.said)
	f.Path = pathIn(f.Cause)
}

// hostIn finds a host of Zoom's in a text; empty: it names none.
func hostIn(text string) string {
	notHost := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '.' && r != '-'
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), notHost) {
		word = strings.Trim(word, ".")
		for _, zone := range []string{"zoom.us", "zoomgov.com"} {
			if word == zone || strings.HasSuffix(word, "."+zone) {
				return word
			}
		}
	}
	return ""
}

// pathIn finds the file that a line names; empty: it names none.
func pathIn(line string) string {
	for word := range strings.FieldsSeq(line) {
		word = strings.Trim(word, "\"'`,:;()[]")
		if strings.HasPrefix(word, "/") && path.Clean(word) == word && word != "/" {
			return word
		}
	}
	return ""
}
