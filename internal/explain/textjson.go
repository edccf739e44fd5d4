package explain

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// jsonIn finds the first JSON object in a text that has a key of an error, also one
// that a log has escaped or the width of a window has broken. nil: there is none.
func jsonIn(text string) map[string]json.RawMessage {
	for _, text := range []string{text, withoutBreaks(text), strings.ReplaceAll(text, `\"`, `"`)} {
		rest := text
		for range maxSearch {
			at := strings.IndexByte(rest, '{')
			if at < 0 {
				break
			}
			var object map[string]json.RawMessage
			err := json.NewDecoder(strings.NewReader(rest[at:])).Decode(&object)
			if err == nil && slices.ContainsFunc(errorKeys(), func(key string) bool { return object[key] != nil }) {
				return object
			}
			rest = rest[at+1:]
		}
	}
	return nil
}

// withoutBreaks escapes the line ends and tabs inside of strings, from the first
// object on: JSON has none there, a window that was copied has.
func withoutBreaks(text string) string {
	start := strings.IndexByte(text, '{')
	if start < 0 || !strings.ContainsAny(text[start:], "\n\t") {
		return text
	}
	var b strings.Builder
	b.WriteString(text[:start])
	inside := false
	for i := start; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text):
			b.WriteByte(c)
			i++
			b.WriteByte(text[i])
		case c == '\n' && inside:
			b.WriteString(`\n`)
		case c == '\t' && inside:
			b.WriteString(`\t`)
		default:
			inside = inside != (c == '"')
			b.WriteByte(c)
		}
	}
	return b.String()
}

func errorKeys() []string {
	return []string{
		"errorCode", "errorMessage", "error", "reason", "error_description", "code", "message", "errors",
		"zoom_code", "zoom_message",
	}
}

// readObject takes the facts out of an error of Zoom's in one of its spellings,
// or of our own. What is there already stays.
func (f *textFacts) readObject(object map[string]json.RawMessage, depth int) {
	if depth > maxDepth || object == nil {
		return
	}
	number := func(keys ...string) int {
		n, _ := strconv.Atoi(strings.ReplaceAll(member(object, keys...), ",", ""))
		return n
	}
	if f.Code == 0 {
		f.Code = number("errorCode", "code", "error_code", "zoom_code")
	}
	if n := number("http_status", "status", "statusCode"); f.HTTPStatus == 0 && n >= 100 && n < 600 {
		f.HTTPStatus = n
	}
	if name := member(object, "error"); f.OAuth == "" && isErrorName(name) {
		f.OAuth = name
	}
	if f.Message == "" {
		f.said = member(object, "errorMessage", "reason", "error_description", "message", "zoom_message")
		f.Message = flatten(f.said)
	}
	if f.TrackingID == "" {
		f.TrackingID = member(object, "tracking_id")
	}
	f.readLists(object)
	f.readPlace(object)
	for _, key := range []string{"error", "result"} {
		var inner map[string]json.RawMessage
		if json.Unmarshal(object[key], &inner) == nil && inner != nil {
			f.readObject(inner, depth+1)
		}
	}
}

// readLists takes the fields of a validation error, and our own list of scopes.
func (f *textFacts) readLists(object map[string]json.RawMessage) {
	var fields []struct{ Field, Message string }
	if json.Unmarshal(object["errors"], &fields) == nil {
		for _, field := range fields[:min(len(fields), 8)] {
			f.Message = strings.TrimSpace(f.Message + " " + flatten(field.Field+": "+field.Message))
		}
	}
	var scopes []string
	if json.Unmarshal(object["missing_scopes"], &scopes) == nil {
		f.MissingScopes = scopes[:min(len(scopes), maxSearch)]
	}
}

// readPlace tells by the spelling who has answered: the authorize page in the
// browser, the token endpoint, or the API.
func (f *textFacts) readPlace(object map[string]json.RawMessage) {
	has := func(key string) bool { return object[key] != nil }
	switch {
	case f.Place != "":
	case f.Code == 4700 && f.Message == "" && !has("message"):
		f.Place = PlaceToken // the page in the browser always says something
	case f.OAuth == "" && (has("errorCode") || has("errorMessage")):
		f.Place = PlaceBrowser
	case slices.Contains(deviceErrors(), f.OAuth):
		f.Place = PlaceDevice
	case f.OAuth != "" || has("reason"):
		f.Place = PlaceToken
	case f.Code != 0 && (has("message") || has("zoom_message") && f.Code < 4700):
		f.Place = PlaceAPI
	}
}

// member gives the first of the keys that holds a text or a number.
func member(object map[string]json.RawMessage, keys ...string) string {
	for _, key := range keys {
		var s string
		if json.Unmarshal(object[key], &s) == nil && s != "" {
			return s
		}
		var n json.Number
		if json.Unmarshal(object[key], &n) == nil && n != "" {
			return n.String()
		}
	}
	return ""
}

// isErrorName tells the form of an error name of RFC 6749 section 5.2, as zoom
// spells it: one word of small letters.
func isErrorName(name string) bool {
	return name != "" && len(name) <= 60 && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_") == ""
}
