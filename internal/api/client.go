// Package api speaks Zoom's REST API: typed calls that read, errors that
// explain themselves, retries with a limit, paging as an iterator, and a
// recorder of the traffic.
//
// It does not know how the access token is got: the Transport of the given
// http.Client adds the Authorization header and renews the token after a 401.
// A token goes to the configured host only, see [CheckBase], and never across
// a redirect.
//
// Sources: https://developers.zoom.us/docs/api/ and the API Hub's OpenAPI
// documents.
package api

import (
	"context"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	callLimit = 20 * time.Second // for one attempt, from the request to the end of the body
	maxBody   = 16 << 20         // bytes of an answer, after decompression
)

// Options are what a [Client] needs. Only Base is required.
type Options struct {
	// Base gives the API's address without /v2, e.g. https://api.zoom.us. It is
	// asked at each call, as it comes with the token (api_url).
	Base func(context.Context) (string, error)
	// User is whose profile and meetings are asked for: an id or an e-mail
	// address. Empty is "me", the owner of the token; a Server-to-Server app
	// should name a user, as Zoom does not promise "me" to it.
	// Source: https://developers.zoom.us/docs/api/using-zoom-apis/
	User string
	// Hosts are the configured hosts or base addresses that are allowed beside
	// Zoom's own and loopback, see [CheckBase].
	Hosts []string
	// HTTP sends the calls; its Transport adds the bearer token. Nil is a plain
	// client. Its redirect rule and its cookies are not used.
	HTTP *http.Client
	// Clock is the time of day for error facts; its Location is the one that
	// RetryAt is given in. Nil is time.Now.
	Clock func() time.Time
	// Rand gives the jitter of a retry, in [0, 1). Nil is math/rand.
	Rand func() float64
	// UserAgent is the header of that name; empty leaves Go's own.
	UserAgent string
}

// Client calls Zoom's REST API. It is safe for concurrent use and never
// changes.
type Client struct {
	base      func(context.Context) (string, error)
	user      string // a path segment
	hosts     []string
	http      *http.Client
	clock     func() time.Time
	rand      func() float64
	sleep     func(context.Context, time.Duration) error
	userAgent string
}

// New makes a client.
func New(o Options) *Client {
	c := &Client{
		base: o.Base, user: userSegment(o.User), hosts: o.Hosts, clock: o.Clock, rand: o.Rand,
		sleep: sleep, userAgent: o.UserAgent,
	}
	if c.clock == nil {
		c.clock = time.Now
	}
	if c.rand == nil {
		c.rand = rand.Float64
	}
	own := http.Client{}
	if o.HTTP != nil {
		own = *o.HTTP
	}
	// Following would hand the bearer, which the Transport adds to every
	// request, to whatever host the answer names.
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	own.Jar = nil
	c.http = &own
	return c
}

// userSegment makes a segment of a path from an id or an e-mail address. A plus
// sign, legal in a path, is escaped as well: some servers read it as a blank.
func userSegment(user string) string {
	user = strings.TrimSpace(user)
	if user == "" {
		return "me"
	}
	return strings.ReplaceAll(url.PathEscape(user), "+", "%2B")
}

// userPath is the path of the user's profile, or of what lies below it.
func (c *Client) userPath(rest string) string { return "/users/" + c.user + rest }

// sleep waits for d, or until the context ends.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
