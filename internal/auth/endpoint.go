package auth

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// callLimit is how long one request to Zoom may take.
const callLimit = 20 * time.Second

// Endpoint is Zoom's authorize, token and revoke endpoints for one app. Package
// oauth2 builds the requests; reading the answers is done here, see [Grant].
//
// A public app is named by client_id in the body and sends no Authorization
// header; the others send Basic (RFC 6749 section 2.3.1). The style is fixed:
// package oauth2 would otherwise try both, and a code works once.
type Endpoint struct {
	app       App
	http      http.RoundTripper
	clock     *clock
	userAgent string
	limit     time.Duration
}

// NewEndpoint gives the endpoints of o.App. The error is that of [App.Validate].
func NewEndpoint(o Options) (*Endpoint, error) { return newEndpoint(o, newClock(o.Clock, o.Elapsed)) }

func newEndpoint(o Options, c *clock) (*Endpoint, error) {
	if err := o.App.Validate(); err != nil {
		return nil, err
	}
	e := &Endpoint{
		app: o.App.withDefaults(), http: http.DefaultTransport,
		clock: c, userAgent: o.UserAgent, limit: callLimit,
	}
	if o.HTTP != nil && o.HTTP.Transport != nil {
		e.http = o.HTTP.Transport
	}
	if e.userAgent == "" {
		e.userAgent = "zoomtui"
	}
	return e, nil
}

// Authorization is one question to a person: may this app act for you?
type Authorization struct {
	RedirectURI string // where the browser is sent back to, with the port that is listened on
	Scope       string // empty: the scopes of the app, which is what Zoom wants
	State       Secret // 128 random bits; comes back with the code
	Verifier    Secret // PKCE; only its hash is in the URL (RFC 7636)
}

// AuthCodeURL is the link to open. It is 252 bytes long for a client id of 22
// characters and [DefaultRedirectURI] at zoom.us: a version 10 QR code, level L,
// which has room for 271. scope is left out unless it is asked for, because Zoom
// has refused links with it ("Invalid scope") and takes the app's own.
func (e *Endpoint) AuthCodeURL(a Authorization) string {
	config := e.config("", a.RedirectURI)
	config.Scopes = strings.Fields(a.Scope)
	return config.AuthCodeURL(a.State.Reveal(), oauth2.S256ChallengeOption(a.Verifier.Reveal()))
}

// Exchange trades an authorization code for tokens. A code works once and for
// five minutes; kind [ErrCodeRefused] when Zoom does not take it.
func (e *Endpoint) Exchange(ctx context.Context, code Secret, a Authorization) (Grant, error) {
	return e.ask(ctx, opExchange, []Secret{code, a.Verifier, a.State}, func(ctx context.Context, secret Secret) error {
		config := e.config(secret, a.RedirectURI)
		_, err := config.Exchange(ctx, code.Reveal(), oauth2.VerifierOption(a.Verifier.Reveal()))
		return err // read by ask, never given out: it holds the body
	})
}

// Refresh trades a refresh token for new tokens. Kind [ErrGrantEnded] when Zoom
// no longer takes it. It is not repeated here, whatever happens.
func (e *Endpoint) Refresh(ctx context.Context, refresh Secret) (Grant, error) {
	return e.ask(ctx, opRefresh, []Secret{refresh}, func(ctx context.Context, secret Secret) error {
		config := e.config(secret, "")
		_, err := config.TokenSource(ctx, &oauth2.Token{RefreshToken: refresh.Reveal()}).Token()
		return err // as above
	})
}

// AccountCredentials fetches an access token of a Server-to-Server app.
// Source: https://developers.zoom.us/docs/internal-apps/s2s-oauth/
func (e *Endpoint) AccountCredentials(ctx context.Context) (Grant, error) {
	return e.ask(ctx, opAccount, nil, func(ctx context.Context, secret Secret) error {
		return e.present(ctx, secret, url.Values{"grant_type": {"account_credentials"}, "account_id": {e.app.AccountID}})
	})
}

// present makes one request for a grant type that package oauth2 does not know;
// its client credentials grant allows another grant_type in its place.
func (e *Endpoint) present(ctx context.Context, secret Secret, params url.Values) error {
	config := clientcredentials.Config{
		ClientID: e.app.ClientID, ClientSecret: secret.Reveal(),
		TokenURL: e.tokenURL(), AuthStyle: e.style(), EndpointParams: params,
	}
	_, err := config.Token(ctx)
	return err // read by ask, never given out: it holds the body
}

func (e *Endpoint) config(secret Secret, redirectURI string) *oauth2.Config {
	return &oauth2.Config{
		ClientID: e.app.ClientID, ClientSecret: secret.Reveal(), RedirectURL: redirectURI,
		Endpoint: oauth2.Endpoint{
			AuthURL: e.app.OAuthBase + "/oauth/authorize", TokenURL: e.tokenURL(), AuthStyle: e.style(),
		},
	}
}

// style is how the app proves who it is.
func (e *Endpoint) style() oauth2.AuthStyle {
	if e.app.Kind == Public {
		return oauth2.AuthStyleInParams
	}
	return oauth2.AuthStyleInHeader
}

func (e *Endpoint) tokenURL() string { return e.app.OAuthBase + "/oauth/token" }

// secret asks for the client secret; a public app has none.
func (e *Endpoint) secret(ctx context.Context) (Secret, error) {
	if e.app.Kind == Public {
		return "", nil
	}
	secret, err := e.app.Secret(ctx)
	if err != nil {
		return "", fmt.Errorf("read client secret: %w", err)
	}
	if secret == "" {
		return "", usage("client_secret is empty: an app of kind %s needs one", e.app.Kind)
	}
	return secret, nil
}

// holding gives the same endpoints with the client secret fetched, as ctx allows.
// Fetching it may run a command that asks a person, which must neither happen
// while the token store is locked nor go on after everybody has left.
func (e *Endpoint) holding(ctx context.Context) (*Endpoint, error) {
	if e.app.Kind == Public {
		return e, nil
	}
	secret, err := e.secret(ctx)
	if err != nil {
		return nil, err
	}
	own := *e
	own.app.Secret = func(context.Context) (Secret, error) { return secret, nil }
	return &own, nil
}

// basic is the secret as an Authorization header writes it, for masking.
func (e *Endpoint) basic(secret Secret) Secret {
	pair := url.QueryEscape(e.app.ClientID) + ":" + url.QueryEscape(secret.Reveal())
	return Secret(base64.StdEncoding.EncodeToString([]byte(pair)))
}

// ask makes one request through package oauth2 and reads the answer itself. What
// package oauth2 says of it does not matter, and its error is never given out:
// it holds the body.
func (e *Endpoint) ask(ctx context.Context, op string, secrets []Secret, call func(context.Context, Secret) error) (Grant, error) {
	secret, err := e.secret(ctx)
	if err != nil {
		return Grant{}, err
	}
	x := &exchange{base: e.http, clock: e.clock, userAgent: e.userAgent}
	limited, cancel := context.WithTimeout(ctx, e.limit)
	defer cancel()
	err = call(context.WithValue(limited, oauth2.HTTPClient, x.client()), secret)
	if x.status == 0 {
		return Grant{}, e.noAnswer(ctx, op, x, err)
	}
	if f, ok := readFields(x.body); ok && x.status >= 200 && x.status < 300 {
		if g, ok := f.grant(loopback(e.baseHost())); ok {
			g.ReceivedAt = e.clock.zoomAt(x.received).Truncate(time.Second)
			g.TrackingID = words(x.header.Get("x-zm-trackingid"))
			return g, nil
		}
	}
	return Grant{}, refusal(op, x, append(secrets, secret, e.basic(secret)))
}

// noAnswer tells a caller who left from a network that failed.
func (e *Endpoint) noAnswer(ctx context.Context, op string, x *exchange, err error) error {
	if err == nil {
		err = errors.New("no answer")
	}
	if x.host == "" {
		x.host, x.sent = e.baseHost(), e.clock.moment()
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return fmt.Errorf("%s: %w", op, ctx.Err())
	}
	return unanswered(op, x, x.sendError(err))
}

func (e *Endpoint) baseHost() string {
	u, err := url.Parse(e.app.OAuthBase)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// Revoke ends a token at Zoom (RFC 7009); with an access token, Zoom ends the
// refresh token of the same sign-in too.
// Source: https://developers.zoom.us/docs/integrations/oauth/
func (e *Endpoint) Revoke(ctx context.Context, token Secret) error {
	x, masks, err := e.post(ctx, opRevoke, "/oauth/revoke", url.Values{"token": {token.Reveal()}})
	if err != nil {
		return err
	}
	f, ok := readFields(x.body)
	if x.status >= 200 && x.status < 300 && (len(x.body) == 0 || ok && f.text("error") == "") {
		return nil
	}
	return refusal(opRevoke, x, append(masks, token))
}

// post sends a form to an endpoint that gives no tokens, with the app's proof of
// who it is. masks are the secrets that were sent along.
func (e *Endpoint) post(ctx context.Context, op, path string, form url.Values) (x *exchange, masks []Secret, err error) {
	secret, err := e.secret(ctx)
	if err != nil {
		return nil, nil, err
	}
	if e.app.Kind == Public {
		form.Set("client_id", e.app.ClientID)
	}
	limited, cancel := context.WithTimeout(ctx, e.limit)
	defer cancel()
	req, err := http.NewRequestWithContext(limited, http.MethodPost, e.app.OAuthBase+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, nil, usage("oauth_base is not an address")
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if e.app.Kind != Public {
		req.SetBasicAuth(url.QueryEscape(e.app.ClientID), url.QueryEscape(secret.Reveal()))
	}
	x, err = e.send(ctx, op, req)
	return x, []Secret{secret, e.basic(secret)}, err
}

// send makes one request and keeps the answer, whatever it says. ctx is the
// caller's, who may have left; the request has a time limit of its own.
func (e *Endpoint) send(ctx context.Context, op string, req *http.Request) (*exchange, error) {
	x := &exchange{base: e.http, clock: e.clock, userAgent: e.userAgent}
	resp, err := x.client().Do(req)
	if err != nil {
		return nil, e.noAnswer(ctx, op, x, err)
	}
	_ = resp.Body.Close() // a reader over memory by now
	return x, nil
}
