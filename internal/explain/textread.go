package explain

import (
	"encoding/json"
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"zoomtui/internal/scope"
)

// Bounds for a pasted text, in bytes.
const (
	maxText   = 64 << 10 // read at all
	maxWords  = 4000     // kept as its words
	maxSearch = 32       // opening braces that are tried as the start of a JSON object
	maxDepth  = 4        // objects within objects
)

// textFacts is what could be read in a pasted text.
type textFacts struct {
	Facts
	refused  string // the return address that Zoom's page names
	callback bool   // it is the address of a sign-in that Zoom has agreed to
	inQuery  bool   // a call of the token endpoint with its parameters in the address
}

// readText reads a pasted text. Class and, unless the form tells it, Place are
// left open.
func readText(text string) textFacts {
	text = strings.ToValidUTF8(text[:min(len(text), maxText)], "")
	text = strings.NewReplacer("’", "'", "‘", "'", "\u00a0", " ").Replace(text)
	if strings.Contains(text, "</") || strings.Contains(text, "/>") || strings.Contains(strings.ToLower(text), "<!doctype") {
		text = withoutMarkup(text)
	}
	var f textFacts
	if object := jsonIn(text); object != nil {
		f.readObject(object, 0)
	}
	words := flatten(text)
	f.readGrant(words)
	f.readAddress(words)
	if f.Place == "" && !f.callback {
		f.readNumbers(words)
		f.readNames(words)
	}
	said := f.Message
	if f.Message == "" && !f.callback {
		f.Message = words[:min(len(words), maxWords)]
		said = text // with its line ends, at which a window may have broken a name
	}
	f.readRefused(words)
	if f.TrackingID == "" {
		f.TrackingID = trackingIn(words)
	}
	for _, name := range scope.NamedScopes(said) {
		if !slices.Contains(f.MissingScopes, name) { // our own JSON names them twice
			f.MissingScopes = append(f.MissingScopes, name)
		}
	}
	return f
}

// withoutMarkup keeps what a browser would show of a web page.
func withoutMarkup(page string) string {
	var b strings.Builder
	small := lowered(page)
	at := 0
	for at < len(page) {
		start := strings.IndexByte(page[at:], '<')
		if start < 0 {
			break
		}
		b.WriteString(page[at:at+start] + " ")
		at += start + 1
		end := ">"
		for _, hidden := range []string{"script", "style"} {
			if strings.HasPrefix(small[at:], hidden) {
				end = "</" + hidden
			}
		}
		if length := strings.Index(small[at:], end); length >= 0 {
			at += length + len(end)
		}
	}
	return html.UnescapeString(b.String() + page[at:])
}

// jsonIn finds the first JSON object in a text that has a key of an error, also
// one that a log has escaped.
func jsonIn(text string) map[string]json.RawMessage {
	for _, text := range []string{text, strings.ReplaceAll(text, `\"`, `"`)} {
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

func errorKeys() []string {
	return []string{
		"errorCode", "errorMessage", "error", "reason", "error_description", "code", "message", "errors",
		"zoom_code", "zoom_message",
	}
}

// readObject takes the facts out of an error of Zoom's in one of its spellings,
// or of our own. What is there already stays.
func (f *textFacts) readObject(object map[string]json.RawMessage, depth int) {
	if depth > maxDepth {
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
		f.Message = flatten(member(object, "errorMessage", "reason", "error_description", "message", "zoom_message"))
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

// readAddress reads the address that a browser ended on.
func (f *textFacts) readAddress(words string) {
	for word := range strings.FieldsSeq(words) {
		_, query, found := strings.Cut(word, "?")
		if !found || len(query) > maxWords {
			continue
		}
		values, err := url.ParseQuery(strings.Trim(query, `"'<>),.`))
		switch {
		case err != nil:
		case values.Get("code") != "" && values.Get("state") != "":
			f.callback, f.Message = true, ""
			return
		case isErrorName(values.Get("error")) && f.OAuth == "":
			f.OAuth, f.Place = values.Get("error"), PlaceToken
			f.Message = flatten(values.Get("error_description"))
			return
		}
	}
}

// readNumbers takes Zoom's number and the HTTP status out of plain words. Zoom's
// page prints its number with a comma: (4,700).
func (f *textFacts) readNumbers(words string) {
	before := ""
	list := strings.Fields(words)
	for i, word := range list {
		label, value, joined := strings.Cut(word, ":")
		if joined && value != "" {
			before, word = label, value
		}
		n, ok := zoomNumber(word)
		status := ok && n >= 100 && n < 600
		name := strings.ToLower(strings.Trim(before, `:="'(`))
		switch {
		case !ok:
		case n >= 4700 && n < 4800 && f.Code == 0:
			f.Code = n
		case status && f.HTTPStatus == 0 && (i == 0 || strings.HasPrefix(name, "http") || name == "status"):
			f.HTTPStatus = n
		case f.Code == 0 && (len(list) == 1 || strings.HasSuffix(name, "code") || name == "error" || strings.HasPrefix(word, "(") || i == 1 && f.HTTPStatus != 0):
			f.Code = n
		}
		before = word
	}
	if len(list) == 1 && f.HTTPStatus != 0 && (f.HTTPStatus < 400 || f.HTTPStatus == 429) {
		f.Code, f.HTTPStatus = f.HTTPStatus, 0 // alone, 124 and 300 are numbers of the API
	}
}

// zoomNumber reads a word that is a number, in brackets or with a comma as Zoom's
// page prints it.
func zoomNumber(word string) (int, bool) {
	word = strings.Trim(word, `()[]"'.,;:=?!`)
	if i := len(word) - 4; i > 0 && word[i] == ',' {
		word = word[:i] + word[i+1:]
	}
	n, err := strconv.Atoi(word)
	return n, err == nil && n >= 100 && n < 100_000 && word[0] != '+'
}

// readNames looks for an error name of OAuth among the words.
func (f *textFacts) readNames(words string) {
	notName := func(r rune) bool { return r != '_' && !unicode.IsLetter(r) }
	for _, word := range strings.FieldsFunc(strings.ToLower(words), notName) {
		if slices.Contains(oauthErrors(), word) || slices.Contains(deviceErrors(), word) {
			f.OAuth = word
			return
		}
	}
}

// oauthErrors are the error names of RFC 6749 sections 4.1.2.1 and 5.2.
func oauthErrors() []string {
	return []string{
		"invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type",
		"invalid_scope", "access_denied", "server_error", "temporarily_unavailable",
	}
}

// deviceErrors are the error names that RFC 8628 section 3.5 adds.
func deviceErrors() []string { return []string{"authorization_pending", "slow_down", "expired_token"} }

// readRefused finds the return address that Zoom's page names: "Invalid redirect:
// http://localhost:3000/ (4,700)".
func (f *textFacts) readRefused(words string) {
	at := strings.Index(strings.ToLower(words), "invalid redirect")
	if at < 0 || len(words) != len(strings.ToLower(words)) {
		return
	}
	for word := range strings.FieldsSeq(words[at:]) {
		word = strings.Trim(word, `"'<>(),;`)
		if strings.HasPrefix(word, "http://") || strings.HasPrefix(word, "https://") {
			f.refused = word
			return
		}
	}
}

// trackingIn finds the value of x-zm-trackingid: v=2.0;clid=us02;rid=WEB_….
func trackingIn(words string) string {
	for word := range strings.FieldsSeq(words) {
		if at := strings.Index(word, "v="); at >= 0 && strings.Contains(word[at:], ";clid=") {
			return strings.Trim(word[at:], `"',`)
		}
	}
	return ""
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
