package auth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"time"

	"zoomtui/internal/bounce"
)

// opFinish begins the text of an error about a sign-in in another terminal.
const opFinish = "finish the sign-in"

// dialLimit is how long a connection to this machine itself may take.
const dialLimit = 2 * time.Second

// FinishOptions is what [Finish] needs.
type FinishOptions struct {
	PendingDir  string           // as in [LoginOptions]
	HTTP        *http.Client     // its Transport is used, without its proxy; nil: a plain one
	Clock       func() time.Time // the machine's clock; nil: [time.Now]
	RedirectURI string           // of the profile, for the words of errors; empty: [DefaultRedirectURI]
	OAuthBase   string           // the same; empty: [DefaultOAuthBase]
}

// Finished is a sign-in that another process has completed.
type Finished struct {
	Profile string // whose sign-in it is
}

// Finish completes a sign-in that waits in another process of this user with the
// text that a person copied, in all the forms of [Login.Paste]. It brings the
// answer to the listener of that process, which alone has the PKCE verifier, and
// waits at most 25 s for what comes of it. The sign-in that waits is the one whose
// state is in the text; a bare code is enough when only one waits. Nothing is
// stored here, and a wrong text destroys nothing there.
//
// Kinds of error: [ErrNoneWaiting], [ErrLinkExpired], [ErrPaste], [ErrDeclined],
// [ErrStoreMode] for a directory of notes that is open to others, and whatever the
// other process met, with the same explanation as there.
func Finish(ctx context.Context, o FinishOptions, text string) (Finished, error) {
	f := newFinisher(o)
	notes, err := findNotes(o.PendingDir)
	if err != nil {
		return Finished{}, err
	}
	if len(notes) == 0 {
		return Finished{}, noneWaiting()
	}
	a, err := f.reader(notes).parse(text)
	if err != nil {
		return Finished{}, err
	}
	target, err := f.choose(ctx, notes, a)
	if err != nil {
		return Finished{}, err
	}
	return f.bring(ctx, target, a)
}

// finisher is one call of [Finish].
type finisher struct {
	opts  FinishOptions
	http  *http.Client
	clock *clock
}

func newFinisher(o FinishOptions) *finisher {
	app := App{Kind: Public, RedirectURI: o.RedirectURI, OAuthBase: o.OAuthBase}.withDefaults()
	o.RedirectURI, o.OAuthBase = app.RedirectURI, app.OAuthBase
	var transport http.RoundTripper = &http.Transport{DisableKeepAlives: true}
	if o.HTTP != nil && o.HTTP.Transport != nil {
		transport = o.HTTP.Transport
	}
	if own, ok := transport.(*http.Transport); ok {
		own = own.Clone()
		own.Proxy, own.DisableKeepAlives = nil, true // the code must not leave this machine
		transport = own
	}
	return &finisher{opts: o, clock: newClock(o.Clock, nil), http: &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Timeout:       pageWait,
	}}
}

// reader reads what was pasted; it knows the states of all sign-ins that wait. A
// note has that of the sign-in's own link, and a person may bring the answer to
// another one, of [Login.LinkTo].
func (f *finisher) reader(notes []*note) pasted {
	known := &states{loosely: true}
	for _, n := range notes {
		known.list = append(known.list, n.state.Reveal())
	}
	return pasted{
		states: known, redirect: f.opts.RedirectURI, oauthBase: f.opts.OAuthBase,
		stray: "this address is not of a sign-in that waits on this machine: it comes from an older link, or the sign-in is over; use the link that is shown where it waits",
	}
}

// choose gives the sign-in that an answer is for.
func (f *finisher) choose(ctx context.Context, notes []*note, a authAnswer) (*note, error) {
	now := f.clock.local()
	if a.hasState {
		for _, n := range notes {
			switch {
			case !sameSignIn(n.state, a.state):
			case n.expired(now):
				n.remove()
				return nil, f.tooOld(now)
			default:
				return n, nil
			}
		}
	}
	waiting := slices.DeleteFunc(slices.Clone(notes), func(n *note) bool { return n.expired(now) || n.deserted(ctx) })
	for _, n := range notes {
		if !slices.Contains(waiting, n) {
			n.remove()
		}
	}
	switch {
	case len(waiting) > 1:
		return nil, pasteError("%d sign-ins wait on this machine, and a code alone does not tell for which it is; paste the whole address", len(waiting))
	case len(waiting) == 1:
		return waiting[0], nil
	case slices.ContainsFunc(notes, func(n *note) bool { return n.expired(now) }):
		return nil, f.tooOld(now)
	}
	return nil, noneWaiting()
}

func (f *finisher) tooOld(now time.Time) error {
	return &Error{
		Kind: ErrLinkExpired, Op: opFinish, At: now,
		Cause: "the sign-in link ran out: a link is waited for " + linkLife.String() + "; begin again where it waited",
	}
}

func noneWaiting() error {
	return &Error{
		Kind: ErrNoneWaiting, Op: opFinish,
		Cause: "no sign-in is waiting in another terminal of this user; begin one there, open its link, and bring the address of the browser's last page here",
	}
}

// addresses are where the listener of a sign-in may be: the note names the port.
func (n *note) addresses() []netip.AddrPort {
	var all []netip.AddrPort
	for _, addr := range loopbacks() {
		all = append(all, netip.AddrPortFrom(addr, n.port))
	}
	return all
}

// deserted tells that nobody listens at the port of a note; a process that was
// killed leaves its note behind.
func (n *note) deserted(ctx context.Context) bool {
	return !slices.ContainsFunc(n.addresses(), func(at netip.AddrPort) bool { return !deserted(ctx, at) })
}

// bring hands the answer to the listener of a sign-in and reads what came of it.
func (f *finisher) bring(ctx context.Context, n *note, a authAnswer) (Finished, error) {
	for _, at := range n.addresses() {
		if deserted(ctx, at) {
			continue
		}
		answer, err := f.ask(ctx, at, url.Values{"code": {a.code.Reveal()}, "state": {n.state.Reveal()}})
		switch {
		case errors.Is(err, errNotOurs):
			continue // another program's; ours may have the port at the other address
		case err != nil:
			return Finished{}, err
		}
		return f.read(answer)
	}
	if err := ctx.Err(); err != nil {
		return Finished{}, fmt.Errorf("%s: %w", opFinish, err)
	}
	n.remove()
	return Finished{}, noneWaiting()
}

// errNotOurs is for an answer of something that is not the sign-in that waits.
var errNotOurs = errors.New("not the sign-in that waits")

// ask makes the request. Its address holds the code, so no error repeats it.
func (f *finisher) ask(ctx context.Context, at netip.AddrPort, query url.Values) (callbackJSON, error) {
	address := url.URL{Scheme: "http", Host: at.String(), Path: bounce.Path, RawQuery: query.Encode()}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return callbackJSON{}, errNotOurs
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "zoomtui")
	resp, err := f.http.Do(req)
	if err != nil {
		return callbackJSON{}, f.unanswered(ctx, at, err)
	}
	defer func() { _ = resp.Body.Close() }() // only read
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return callbackJSON{}, f.unanswered(ctx, at, err)
	}
	return readCallbackJSON(data)
}

// readCallbackJSON reads the answer of a listener; one that does not know the
// state is not the sign-in that is meant.
func readCallbackJSON(data []byte) (callbackJSON, error) {
	var answer callbackJSON
	fields, ok := readFields(data)
	_, says := fields["signed_in"]
	if !ok || !says || json.Unmarshal(data, &answer) != nil || answer.Profile == "" {
		return callbackJSON{}, errNotOurs
	}
	return answer, nil
}

func (f *finisher) unanswered(ctx context.Context, at netip.AddrPort, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w", opFinish, ctx.Err())
	}
	return &Error{
		Kind: ErrNetwork, Op: opFinish, Host: at.String(), At: f.clock.local(),
		Cause: words(bareNetwork(err)) + "; the terminal that waits shows how it ended",
	}
}

// read tells what became of the sign-in.
func (f *finisher) read(answer callbackJSON) (Finished, error) {
	switch {
	case answer.SignedIn:
		return Finished{Profile: words(answer.Profile)}, nil
	case answer.UnderWay || answer.Error == nil:
		return Finished{}, &Error{
			Kind: ErrNetwork, Op: opFinish, At: f.clock.local(),
			Cause: "no answer in time (deadline exceeded): Zoom is still being asked; the terminal that waits shows how it ends",
		}
	}
	return Finished{}, relay(*answer.Error)
}

// deserted tells that nobody listens at an address of this machine. Who was only
// too busy to answer, or was not waited for, may be there.
func deserted(ctx context.Context, at netip.AddrPort) bool {
	dialer := net.Dialer{Timeout: dialLimit}
	conn, err := dialer.DialContext(ctx, "tcp", at.String())
	if err == nil {
		_ = conn.Close() // nothing was said
		return false
	}
	return ctx.Err() == nil && !os.IsTimeout(err)
}
