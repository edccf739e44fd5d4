package explain

import (
	"strconv"
	"strings"
)

// readNumbers takes the HTTP status out of a text, and Zoom's number where the form
// of an answer has not told it. Zoom's page prints its number with a comma: (4,700).
func (f *textFacts) readNumbers(words string) {
	codes := f.Place == "" && !f.callback
	before, earlier := "", ""
	list := strings.Fields(words)
	for i, word := range list {
		if label, value, joined := cutLabel(word); joined {
			before, earlier, word = label, before, value
		}
		n, ok := zoomNumber(word)
		name := labelName(before)
		body := i+1 < len(list) && strings.HasPrefix(list[i+1], "{") // GET /x 400 {"code":…
		switch {
		case !ok:
		case n < 600 && strings.HasPrefix(name, "http/"): // the last one: a proxy or a redirect has one of its own before
			f.HTTPStatus = n
		case n < 600 && ((i == 0 || body) && f.HTTPStatus == 0 || namesStatus(name, labelName(earlier))):
			if f.HTTPStatus == 0 {
				f.HTTPStatus = n
			}
		case !codes || f.Code != 0:
		case n >= 4700 && n < 4800,
			len(list) == 1 || strings.HasSuffix(name, "code") || name == "error" || strings.HasPrefix(word, "(") || i == 1 && f.HTTPStatus != 0:
			f.Code = n
		}
		before, earlier = word, before
	}
	if len(list) == 1 && codes && f.HTTPStatus != 0 && (f.HTTPStatus < 400 || f.HTTPStatus == 429) {
		f.Code, f.HTTPStatus = f.HTTPStatus, 0 // alone, 124 and 300 are numbers of the API
	}
}

// cutLabel parts "code:4711" and "status=400".
func cutLabel(word string) (label, value string, ok bool) {
	if label, value, ok = strings.Cut(word, ":"); ok {
		return label, value, value != ""
	}
	label, value, ok = strings.Cut(word, "=")
	return label, value, ok && value != "" && strings.Trim(strings.ToLower(label), "abcdefghijklmnopqrstuvwxyz_") == ""
}

// labelName is the name of a number, in small letters.
func labelName(label string) string { return strings.ToLower(strings.Trim(label, "{[,:=\"'(\\")) }

// namesStatus tells the names of an HTTP status: "status", "http_status", "status code".
func namesStatus(name, before string) bool {
	return strings.HasPrefix(name, "http") || strings.HasPrefix(name, "status") || name == "code" && before == "status"
}

// zoomNumber reads a word that is a number, in brackets or with a comma as Zoom's
// page prints it.
func zoomNumber(word string) (int, bool) {
	word = strings.Trim(word, `()[]"'.,;:=?!}`)
	if i := len(word) - 4; i > 0 && word[i] == ',' {
		word = word[:i] + word[i+1:]
	}
	n, err := strconv.Atoi(word)
	return n, err == nil && n >= 100 && n < 100_000 && word[0] != '+'
}

// isNumber tells a text that is a number and nothing else.
func isNumber(words string) bool {
	_, ok := zoomNumber(words)
	return ok
}
