package auth

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// codeToken is Zoom's number for an access token that is expired or invalid; it
// comes with HTTP 401. Source: https://developers.zoom.us/docs/api/errors/
const codeToken = 124

// maxPeek is how much of a 401's body is looked at, in bytes.
const maxPeek = 64 << 10

// secondRefusal is how soon a second 401 does not lead to a second refresh: a
// token that was just fetched is not mended by fetching another.
const secondRefusal = 10 * time.Second

// Transport adds the access token to requests for Zoom's hosts and the app's own
// bases, and to no others: a redirect to a stranger arrives there without it. A
// request that has an Authorization header keeps it. After a 401 with code 124
// the token is renewed once and the request repeated once, if its body can be
// sent again. nil is [http.DefaultTransport]. Errors of the [Source] come out as
// they are, inside the *url.Error of package net/http.
func (s *Source) Transport(base http.RoundTripper) http.RoundTripper {
	if base == nil {
		base = http.DefaultTransport
	}
	return &transport{source: s, base: base}
}

type transport struct {
	source *Source
	base   http.RoundTripper
}

// RoundTrip does not change req, as package net/http wants it.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if !t.source.mayCarry(req.URL) || req.Header.Get("Authorization") != "" {
		return t.base.RoundTrip(req) // a RoundTripper passes errors on
	}
	token, err := t.source.Token(req.Context())
	if err != nil {
		closeBody(req)
		return nil, err
	}
	resp, err := t.send(req, token)
	if err != nil || resp.StatusCode != http.StatusUnauthorized || t.source.static != nil || !saysToken(resp) {
		return resp, err
	}
	newer, err := t.source.afterRefusal(req.Context(), token)
	if err != nil {
		_ = resp.Body.Close() // of a refusal that nobody reads
		return nil, err
	}
	again, ok := replay(req)
	if !ok || newer.AccessToken == token.AccessToken {
		return resp, nil
	}
	_ = resp.Body.Close() // of a refusal that nobody reads
	return t.send(again, newer)
}

func (t *transport) send(req *http.Request, token Token) (*http.Response, error) {
	own := req.Clone(req.Context())
	own.Header.Set("Authorization", "Bearer "+token.AccessToken.Reveal())
	sent := t.source.clock.moment()
	resp, err := t.base.RoundTrip(own)
	if err != nil {
		return nil, err // a RoundTripper passes errors on
	}
	t.source.clock.learn(resp.Header, sent, t.source.clock.moment())
	return resp, nil
}

// mayCarry tells the hosts that may see the access token.
func (s *Source) mayCarry(u *url.URL) bool {
	if u.Scheme == "https" && zoomHost(u) {
		return true
	}
	for _, raw := range []string{s.app.APIBase, s.app.OAuthBase} {
		base, err := url.Parse(raw)
		if raw != "" && err == nil && base.Scheme == u.Scheme && strings.EqualFold(base.Host, u.Host) {
			return true
		}
	}
	return false
}

// afterRefusal gives the token to try after the API refused one: a newer one
// that is stored already, else a refreshed one, else the same again.
func (s *Source) afterRefusal(ctx context.Context, used Token) (Token, error) {
	s.mu.Lock()
	twice := s.after == used.AccessToken && s.clock.zoom().Sub(used.ObtainedAt) < secondRefusal
	s.mu.Unlock()
	if twice {
		return used, nil
	}
	t, err := s.TokenWith(ctx, TokenRequest{rejected: used.AccessToken})
	if err != nil {
		return Token{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.after = t.AccessToken
	return t, nil
}

// saysToken tells whether a 401 is about the access token, and leaves the body
// as it was.
func saysToken(resp *http.Response) bool {
	head, err := io.ReadAll(io.LimitReader(resp.Body, maxPeek))
	resp.Body = &rejoined{Reader: io.MultiReader(bytes.NewReader(head), resp.Body), Closer: resp.Body}
	if err != nil {
		return false
	}
	f, ok := readFields(head)
	return ok && f.code("code") == codeToken
}

// rejoined is a body whose beginning has been read.
type rejoined struct {
	io.Reader
	io.Closer
}

// replay gives the request once more, if its body can be had again.
func replay(req *http.Request) (*http.Request, bool) {
	if req.Body == nil || req.Body == http.NoBody {
		return req, true
	}
	if req.GetBody == nil {
		return nil, false
	}
	body, err := req.GetBody()
	if err != nil {
		return nil, false
	}
	again := req.Clone(req.Context())
	again.Body = body
	return again, true
}

// closeBody closes the body of a request that is not sent, as a RoundTripper must.
func closeBody(req *http.Request) {
	if req.Body != nil {
		_ = req.Body.Close()
	}
}
