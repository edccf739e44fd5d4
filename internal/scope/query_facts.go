package scope

import (
	"strconv"
	"strings"
)

// statusIn finds the HTTP status that a text names: the last status line (a
// redirect or a proxy has one of its own before), or a key of a log. 0: none.
func statusIn(text string) int {
	small, status := lower(text), 0
	for line := range strings.Lines(small) {
		at := strings.Index(line, "http/")
		for ; at >= 0; at = next(line, "http/", at) {
			// The version, then the number: "HTTP/1.1 400". A request line ends
			// after the version.
			fields := strings.Fields(line[at:min(len(line), at+40)])
			if len(fields) > 1 {
				status = statusNumber(fields[1], status)
			}
		}
	}
	if status != 0 {
		return status
	}
	for _, key := range []string{"status code", "status_code", "statuscode", "http_status", "status", "http"} {
		for at := strings.Index(small, key); at >= 0; at = next(small, key, at) {
			value := strings.TrimLeft(small[at+len(key):min(len(small), at+len(key)+12)], " \t\"':=\\")
			if n := statusNumber(value[:min(3, len(value))], 0); n >= 400 && !digitAt(value, 3) {
				return n
			}
		}
	}
	return 0
}

// next is the place of the next key after the one at a place; -1: none.
func next(text, key string, at int) int {
	from := at + len(key)
	if i := strings.Index(text[from:], key); i >= 0 {
		return from + i
	}
	return -1
}

func statusNumber(word string, otherwise int) int {
	n, err := strconv.Atoi(strings.Trim(word, "\",;"))
	if err != nil || n < 100 || n > 599 {
		return otherwise
	}
	return n
}

// codeIn finds Zoom's number in a text that is no JSON: after the word "code", or
// the ones that mean a missing scope wherever they stand. 0: none.
func codeIn(text string) int {
	small := lower(text)
	for at := strings.Index(small, "code"); at >= 0; at = next(small, "code", at) {
		if before := strings.TrimRight(small[:at], " _-"); strings.HasSuffix(before, "status") {
			continue
		}
		value := strings.TrimLeft(small[at+len("code"):min(len(small), at+20)], " \t\"':=(\\")
		end := 0
		for digitAt(value, end) || end > 0 && end < len(value) && value[end] == ',' && digitAt(value, end+1) {
			end++
		}
		if n, err := strconv.Atoi(strings.ReplaceAll(value[:end], ",", "")); err == nil && n >= 100 {
			return n
		}
	}
	for _, known := range []string{"4711", "4700", "2300", "104", "124"} {
		for at := strings.Index(small, known); at >= 0; at = next(small, known, at) {
			if !letterAt(small, at-1) && !letterAt(small, at+len(known)) {
				n, _ := strconv.Atoi(known)
				return n
			}
		}
	}
	return 0
}

// letterAt tells whether a letter or digit stands there, or a point or sign that
// makes the number beside it part of something else.
func letterAt(text string, at int) bool {
	return at >= 0 && at < len(text) && (digitAt(text, at) || text[at] >= 'a' && text[at] <= 'z' || strings.IndexByte("_-/=%", text[at]) >= 0)
}

func digitAt(text string, at int) bool {
	return at >= 0 && at < len(text) && text[at] >= '0' && text[at] <= '9'
}

// maxTracking bounds a tracking id, in bytes.
const maxTracking = 200

// trackingIn finds the value of x-zm-trackingid: v=2.0;clid=us02;rid=WEB_….
func trackingIn(text string) string {
	at := strings.Index(text, ";clid=")
	if at < 0 {
		return ""
	}
	start := strings.LastIndexAny(text[:at], " \t\n\"'(:") + 1
	id := text[start:]
	if end := strings.IndexAny(id, " \t\n\"'),\\}"); end >= 0 {
		id = id[:end]
	}
	if !strings.HasPrefix(id, "v=") || len(id) > maxTracking {
		return ""
	}
	return id
}
