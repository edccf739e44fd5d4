package explain

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Pasted explains a text that somebody has copied from a browser, a log or an
// answer of Zoom's: JSON, a web page, plain words or a bare number. redirectURI is
// what this program sends to Zoom, for the error about it; call is the call of the
// API that the text names, as "GET /users/me/meetings", or empty. False means that
// nothing in the text is known; the Problem then says what was understood. Times are
// given in a zone, the reader's own. No secret of the text is repeated.
func Pasted(text, redirectURI, call string, zone *time.Location) (Problem, bool) {
	f := readText(text, zone)
	if f.Op == "" && f.Place != PlaceToken && f.Place != PlaceDevice {
		f.Op = call
	}
	if f.callback && f.OAuth == "" {
		return callbackProblem(), true
	}
	r, ok := f.row()
	if f.command = isCommand(f.Message); f.command {
		f.Message = "" // the pasted call with its headers, not what Zoom has said
	}
	if !ok {
		return f.unknown(), false
	}
	p := r.problem(f.Facts)
	if f.Place == PlaceToken && slices.Contains(r.codes, 4709) && redirectURI != "" {
		p.Why += " This profile sends " + tame(redirectURI, 2*maxMessage) + "."
	}
	if f.Place == PlaceBrowser && (slices.Contains(r.codes, 4700) || f.refused != "") {
		p = f.redirectProblem(redirectURI)
	}
	return p, true
}

// row finds what is known of a text: in the table of the place that its form
// tells, else by its words, the number, the OAuth error and the status, in this
// order. The facts then say where it belongs.
func (f *textFacts) row() (row, bool) {
	if r := tokenQueryRow(); f.inQuery && f.inForm() {
		return r, true
	}
	if f.Place != "" {
		if r, ok := f.inPlace(); ok {
			return r, true
		}
	}
	for _, by := range []func() (row, bool){f.byWords, f.byNumber, f.byScopes, f.byOAuth, f.byStatus, f.byPage} {
		if r, ok := by(); ok {
			return r, true
		}
	}
	return row{}, false
}

// inForm tells an answer of the token endpoint that says no more than that it did
// not find the parameters of the form.
func (f *textFacts) inForm() bool {
	return f.OAuth == "unsupported_grant_type" || f.Code == 4705 || f.Code == 4706 || f.OAuth == "" && f.Code == 0
}

// inPlace searches the table of the place that the form tells. The numbers from
// 4700 on mean one thing at the token endpoint and another at the API, and both are
// seen in JSON of either form: there the words of another table go before.
func (f *textFacts) inPlace() (row, bool) {
	r, ok := find(rowsFor(f.Facts), f.Facts)
	if !ok || f.Code < 4700 || f.Code >= 4800 || containsAny(strings.ToLower(f.Message), r.says) {
		return r, ok
	}
	if other, found := f.byWords(); found {
		return other, true
	}
	return r, true
}

// textTable is the rows of a place, without those of the others that rowsFor adds.
type textTable struct {
	place Place
	class Class // of all its rows; Other: of several
	rows  []row
}

// textTables are all tables, those first that win between equals.
func textTables() []textTable {
	return []textTable{
		{PlaceBrowser, Other, browserRows()},
		{PlaceAPI, Other, apiRows()},
		{PlaceToken, Other, tokenRows()},
		{PlaceDevice, Other, deviceRows()},
		{PlaceLocal, Other, slices.Concat(connectionRows(), callbackRows())},
		{PlaceLocal, Store, storeRoomRows()},
	}
}

// minPhrase is the shortest piece of a sentence that counts as recognised.
const minPhrase = 6

// byWords searches the table that knows the longest piece of the text.
func (f *textFacts) byWords() (row, bool) {
	text := strings.ToLower(f.Message)
	var best textTable
	longest := ""
	for _, table := range textTables() {
		if table.place == PlaceDevice && !containsAny(text, []string{"device", "short code", "user code"}) {
			continue // their words alone (expired, declined) say too little
		}
		if phrase := table.longestIn(text, f.Facts); len(phrase) > max(len(longest), minPhrase-1) {
			best, longest = table, phrase
		}
	}
	if longest == "" {
		return row{}, false
	}
	f.Place, f.Class = best.place, best.class
	if best.place == PlaceLocal {
		f.localFailure(longest)
	}
	return findIn(best.rows, f.Facts)
}

// longestIn is the longest piece of a row that is part of a text.
func (t textTable) longestIn(text string, f Facts) string {
	f.Place, f.Class = t.place, t.class
	longest := ""
	for _, r := range t.rows {
		phrases := r.says
		if t.place == PlaceLocal {
			phrases = r.cause
		}
		for _, phrase := range phrases {
			if len(phrase) > len(longest) && strings.Contains(text, phrase) && r.allows(f) {
				longest = phrase
			}
		}
	}
	return longest
}

// byNumber takes the row of Zoom's number. Where a number means several things,
// it is the one that people see most: 4700 to 4709 on the page in the browser,
// 4711 from the API.
func (f *textFacts) byNumber() (row, bool) {
	if f.Code == 0 {
		return row{}, false
	}
	for _, table := range textTables() {
		facts := f.Facts
		facts.Place = table.place
		for _, r := range table.rows {
			if slices.Contains(r.codes, f.Code) && r.allows(facts) {
				f.Place = table.place
				return r, true
			}
		}
	}
	return row{}, false
}

// byOAuth takes the row of an error name of RFC 6749 or RFC 8628.
func (f *textFacts) byOAuth() (row, bool) {
	if f.OAuth == "" {
		return row{}, false
	}
	f.Place = PlaceToken
	if slices.Contains(deviceErrors(), f.OAuth) {
		f.Place = PlaceDevice
	}
	return find(rowsFor(f.Facts), f.Facts)
}

// byScopes takes the row of a missing scope for a text that names scopes, whatever
// typing mistakes there are in the words before them.
func (f *textFacts) byScopes() (row, bool) {
	if len(f.MissingScopes) == 0 {
		return row{}, false
	}
	f.Place = PlaceAPI
	return find(apiTokenRows(), Facts{Place: PlaceAPI, Code: codeNoScope, MissingScopes: f.MissingScopes})
}

// byStatus takes the row of an HTTP status that says something by itself.
func (f *textFacts) byStatus() (row, bool) {
	if f.HTTPStatus < 500 && !slices.Contains([]int{401, 403, 404, 407, 408, 429}, f.HTTPStatus) {
		return row{}, false
	}
	facts := Facts{Place: PlaceAPI, HTTPStatus: f.HTTPStatus, RetryAt: f.RetryAt}
	if f.page && f.HTTPStatus != 407 && f.HTTPStatus != 429 {
		facts.Cause = webPage // Zoom answers with data
	}
	r, ok := find(rowsFor(facts), facts)
	if ok {
		f.Place = PlaceAPI
	}
	return r, ok
}

// webPage is the cause that answerRows know a web page by.
const webPage = "web page"

// byPage takes the row of a web page in place of an answer, for one that looks like
// that of a proxy. One of Zoom's own pages is known by its words.
func (f *textFacts) byPage() (row, bool) {
	if !f.page || !asksToPass(f.Message) {
		return row{}, false
	}
	f.Place = PlaceAPI
	return find(answerRows(), Facts{Place: PlaceAPI, Cause: webPage})
}

// redirectProblem explains a refused return address, and says when it is another
// one than ours.
func (f *textFacts) redirectProblem(ours string) Problem {
	ours, theirs := tame(ours, 2*maxMessage), tame(f.refused, 2*maxMessage)
	p := redirectProblem(ours)
	if theirs != "" && !sameRedirect(theirs, ours) {
		p = redirectProblem(theirs)
		p.Why = "Zoom refused " + theirs + ", and wants it letter by letter in both fields of the app: OAuth Redirect URL and OAuth Allow List. " +
			"It is not the address of this profile, which sends " + ours + "."
	}
	class := p.Facts.Class
	p.Facts = f.Facts
	p.Facts.Class = class
	return p
}

// sameRedirect compares return addresses as Zoom does: letter by letter, except
// that the port of a numeric loopback address does not count.
func sameRedirect(a, b string) bool {
	u, errA := url.Parse(a)
	v, errB := url.Parse(b)
	if errA != nil || errB != nil || u.Scheme != "http" || u.Hostname() != "127.0.0.1" && u.Hostname() != "::1" {
		return a == b
	}
	return u.Scheme == v.Scheme && u.Hostname() == v.Hostname() && u.EscapedPath() == v.EscapedPath() && u.RawQuery == v.RawQuery
}

// callbackProblem is for the address of a sign-in that Zoom has agreed to.
func callbackProblem() Problem {
	return Problem{
		What: "That is no error: Zoom has said yes, and the code for the sign-in stands in this address.",
		Why:  "The browser could not reach the sign-in that waits, because that is on another machine. The code is good for five minutes.",
		Next: []Step{
			{"Paste the whole address where the sign-in waits, or hand it in from a second shell.", ActionPaste},
			{"Show it to nobody else: whoever has it first may use it.", ActionNone},
		},
		Facts: Facts{Place: PlaceBrowser, Class: SignIn},
	}
}

// unknown says what was understood of a text that is in no table.
func (f *textFacts) unknown() Problem {
	var understood []string
	if f.page {
		understood = append(understood, "a web page")
	}
	if f.command {
		understood = append(understood, "a command or a header, which is not repeated here")
	}
	if f.HTTPStatus != 0 {
		understood = append(understood, "HTTP status "+strconv.Itoa(f.HTTPStatus))
	}
	if f.Code != 0 {
		understood = append(understood, "number "+strconv.Itoa(f.Code))
	}
	if f.OAuth != "" {
		understood = append(understood, "error "+quoted(f.OAuth, maxName))
	}
	if words := strings.TrimRight(quoted(f.Message, maxMessage), ". "); words != "" {
		understood = append(understood, `the words "`+words+`"`)
	}
	f.Class = Empty
	p := Problem{
		What:  "This is none of the errors that are known here.",
		Why:   "There was nothing to read in it.",
		Next:  []Step{{"Paste more of it: the whole page, or the whole answer with its number and words.", ActionNone}},
		Facts: f.Facts,
	}
	if len(understood) > 0 {
		p.Why = "Understood was: " + strings.Join(understood, ", ") + "."
	}
	return p
}
