package explain

import (
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"zoomtui/internal/scope"
)

// Bounds for a pasted text, in bytes.
const (
	maxText   = 128 << 10 // read at all
	maxWords  = 4000      // kept as its words
	maxSearch = 32        // opening braces that are tried as the start of a JSON object
	maxDepth  = 4         // objects within objects
)

// textFacts is what could be read in a pasted text.
type textFacts struct {
	Facts
	said     string // what has been said, with its line ends: a window may have broken a name there
	refused  string // the return address that Zoom's page names
	callback bool   // it is the address of a sign-in that Zoom has agreed to
	inQuery  bool   // a call of the token endpoint with its parameters in the address
	page     bool   // it is a web page
	command  bool   // it is the call itself, with no more than its words
}

// readText reads a pasted text. Class and, unless the form tells it, Place are
// left open. Times are given in a zone. Secrets go first: a text is repeated in
// many places, and a command holds what gives access.
func readText(text string, zone *time.Location) textFacts {
	text = text[:min(len(text), maxText)]
	f := textFacts{page: isPage(text)}
	if f.page || strings.Contains(text, "</") {
		text = withoutTags(text)
	}
	text = scope.WithoutSecrets(scope.Readable(text))
	object := jsonIn(text)
	f.readObject(object, 0)
	words := flatten(text)
	f.readGrant(words)
	f.readAddress(words)
	f.readNumbers(words)
	if f.Place == "" && !f.callback {
		f.readNames(words)
	}
	if f.said == "" && !f.callback {
		f.said = text
	}
	if understood := object != nil && (f.Code != 0 || f.OAuth != ""); f.Message == "" && !f.callback && !understood && !isNumber(words) {
		f.Message = words[:min(len(words), maxWords)]
	}
	f.readRefused(words)
	if f.TrackingID == "" {
		f.TrackingID = trackingIn(words)
	}
	f.readHeaders(text, zone)
	for _, name := range scope.NamedScopes(f.said) {
		if !slices.Contains(f.MissingScopes, name) { // our own JSON names them twice
			f.MissingScopes = append(f.MissingScopes, name)
		}
	}
	return f
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
