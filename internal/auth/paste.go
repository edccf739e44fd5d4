package auth

import (
	"net/netip"
	"net/url"
	"strings"
	"unicode"

	"zoomtui/internal/bounce"
)

// maxPaste bounds what is looked at of a pasted text, in bytes: an address of the
// greatest length with all that terminals and mail programs put in.
const maxPaste = 64 << 10

// opPaste begins the text of an error about a paste.
const opPaste = "read paste"

// shortestCode is the shortest bare code that is taken for one.
const shortestCode = 8

// pasted is what a sign-in expects of a paste.
type pasted struct {
	states    *states
	redirect  string // redirect_uri of this sign-in
	oauthBase string
	stray     string // the sentence for a state that is not one of states; empty: that of an older link
}

// olderLink is the sentence for an answer to another sign-in.
const olderLink = "this address belongs to another sign-in, that of an older link; use the link that is shown now"

// parse reads what a person copied: the whole address that the browser ended on,
// its query, or the code alone, with quotes, blanks, line breaks or a shell's
// backslashes in it. State is checked whenever it is there. The error, of kind
// [ErrPaste], [ErrDeclined] or [ErrRefused], is a sentence for just this mistake.
func (p pasted) parse(text string) (authAnswer, error) {
	a, err := p.read(text)
	if err != nil {
		return authAnswer{}, err
	}
	return p.check(a)
}

// read is parse without the last step, which judges the answer.
func (p pasted) read(text string) (authAnswer, error) {
	if len(text) > maxPaste {
		return authAnswer{}, pasteError("the pasted text is too long to be an address")
	}
	s := squeeze(text)
	switch {
	case s == "":
		return authAnswer{}, pasteError("nothing was pasted")
	case !strings.Contains(s, "code=") && !strings.Contains(s, "error=") && isProse(sentence(text)):
		return authAnswer{}, notAnAnswer()
	case strings.Contains(s, "://") || hostLike(s):
		return p.address(s)
	case strings.Contains(s, "="):
		return p.query(s[strings.Index(s, "?")+1:])
	default:
		return bareCode(s)
	}
}

// whole tells a paste that needs no Enter: nothing can be missing from it. Zoom
// writes the state last, so an answer is complete when its state is: one that is
// expected, or one of another sign-in that is as long as ours are.
func (p pasted) whole(text string) bool {
	a, err := p.read(text)
	if err != nil || !a.whole() {
		return false
	}
	return p.states.has(a.state) || stateLike(a.state) && !p.states.cutOff(a.state)
}

func (p pasted) address(s string) (authAnswer, error) {
	u, err := url.Parse(withScheme(s))
	if err != nil || u.Host == "" {
		return authAnswer{}, pasteError("this is not a whole address; copy all of the address bar")
	}
	a, ok := parseAuthAnswer(u.RawQuery)
	switch {
	case ok && a.whole() && p.states.has(a.state):
		return a, nil // the state says that it is ours, wherever the browser ended
	case p.isLink(u):
		return authAnswer{}, pasteError("this is the sign-in link itself; open it, press Allow, and paste the address that the browser ends on")
	case p.isZoom(u):
		return authAnswer{}, pasteError("this is still Zoom's own page; press Allow there, and paste the address that comes after it")
	case !p.isOurs(u):
		return authAnswer{}, pasteError("this address is neither Zoom's nor ours; ours begins with %s", p.redirect)
	case !ok:
		return authAnswer{}, pasteError("this address is damaged; copy all of the address bar once more")
	}
	return a, nil
}

// withScheme puts in what browsers hide, and cuts off what a person copied along
// before the address ("Location:").
func withScheme(s string) string {
	if hostLike(s) {
		return "http://" + s
	}
	for _, scheme := range []string{"https://", "http://"} {
		if i := strings.Index(strings.ToLower(s), scheme); i >= 0 {
			return s[i:]
		}
	}
	return s
}

func (p pasted) query(s string) (authAnswer, error) {
	a, ok := parseAuthAnswer(s)
	if !ok {
		return authAnswer{}, pasteError("this text is damaged; copy all of the address bar once more")
	}
	return a, nil
}

// check is the last step: is it an answer, and one to this sign-in?
func (p pasted) check(a authAnswer) (authAnswer, error) {
	switch {
	case !a.hasState || p.states.has(a.state):
	case p.states.cutOff(a.state):
		return authAnswer{}, pasteError("the end of this address is missing: it is cut off within the state; copy all of the address bar")
	case p.stray != "":
		return authAnswer{}, pasteError("%s", p.stray)
	default:
		return authAnswer{}, pasteError(olderLink)
	}
	if err := a.failure(opPaste); err != nil {
		return authAnswer{}, err
	}
	if a.code == "" {
		return authAnswer{}, pasteError("there is no code in this address; press Allow on Zoom's page first")
	}
	return a, nil
}

func (p pasted) isLink(u *url.URL) bool {
	return p.isZoom(u) && (u.Query().Has("code_challenge") || strings.HasSuffix(u.Path, "/oauth/authorize"))
}

func (p pasted) isZoom(u *url.URL) bool {
	base, err := url.Parse(p.oauthBase)
	return zoomHost(u) || err == nil && strings.EqualFold(u.Host, base.Host)
}

// isOurs compares the host with the redirect URI's; a bounce page leads on to this
// machine's own address, in the network as well.
func (p pasted) isOurs(u *url.URL) bool {
	redirect, err := url.Parse(p.redirect)
	if err != nil {
		return false
	}
	if strings.EqualFold(u.Hostname(), redirect.Hostname()) {
		return true
	}
	addr, err := netip.ParseAddr(u.Hostname())
	return numericLoopback(u.Hostname()) || err == nil && addr.IsPrivate() && u.Path == bounce.Path
}

// bareCode reads a code alone.
func bareCode(s string) (authAnswer, error) {
	switch {
	case strings.HasPrefix(s, "eyJ") || strings.Count(s, ".") >= 2:
		return authAnswer{}, pasteError("this is a token, not the code of a sign-in; do not paste tokens anywhere")
	case strings.ContainsFunc(s, notCode):
		return authAnswer{}, notAnAnswer()
	case len(s) < shortestCode:
		return authAnswer{}, pasteError("this is too short to be a code; copy all of the address bar")
	case len(s) > maxCode:
		return authAnswer{}, pasteError("this is too long to be a code")
	}
	return authAnswer{code: Secret(s)}, nil
}

// notAnAnswer is for words, such as the error on Zoom's page.
func notAnAnswer() *Error {
	return pasteError("this is neither an address with a code nor a code; if it is an error on Zoom's page, \"zoomtui explain\" tells what it means")
}

// isProse tells words from a code with a blank in it: a code of Zoom's is long
// and random, so two pieces without a single digit are words.
func isProse(pieces []string) bool {
	return len(pieces) >= 3 || len(pieces) == 2 && !strings.ContainsAny(strings.Join(pieces, ""), "0123456789")
}

// sentence gives the pieces between blanks on one line. A code that a terminal has
// wrapped has breaks instead.
func sentence(text string) []string {
	var found []string
	for line := range strings.Lines(text) {
		pieces := strings.Fields(line)
		if len(pieces) > 1 {
			found = append(found, pieces...)
		}
	}
	return found
}

// notCode tells characters that are in no authorization code: everything but
// RFC 3986's unreserved ones.
func notCode(r rune) bool {
	letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	return !letter && !strings.ContainsRune("-._~", r)
}

// squeeze takes out what terminals, mail programs and shells put in: bracketed
// paste marks, blanks, line breaks, invisible characters, quotes around,
// backslashes before ?, = and &, and &amp;.
func squeeze(text string) string {
	text = strings.NewReplacer("\x1b[200~", "", "\x1b[201~", "", "&amp;", "&", "\\", "").Replace(text)
	text = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, text)
	return strings.TrimRight(strings.Trim(text, "\"'`<>()[]{},;“”„‘’«»"), ".") // the end of a sentence
}

// hostLike tells an address that was copied without its scheme.
func hostLike(s string) bool {
	host, _, found := strings.Cut(s, "/")
	if !found || strings.ContainsAny(host, "?=&") {
		return false
	}
	return strings.ContainsAny(host, ".:") && !strings.HasSuffix(host, ":")
}

func pasteError(format string, args ...any) *Error {
	e := usage(format, args...)
	e.Kind, e.Op = ErrPaste, opPaste
	return e
}
