package sandbox

import (
	"slices"
	"time"
)

// refreshTTL is the life of a refresh token; each refresh gives a new one.
// Source: https://developers.zoom.us/docs/integrations/oauth/
const refreshTTL = 90 * 24 * time.Hour

// authCode is an authorization code that was not redeemed yet.
type authCode struct {
	clientID    string
	redirectURI string
	challenge   string
	method      string
	userID      string
	scopes      []string
	expires     time.Time
}

// grant is what a person (or, for an s2s app, an administrator) gave to an app.
type grant struct {
	id       string
	clientID string
	userID   string // empty for client_credentials: the app speaks for itself
	kind     string
	scopes   []string
	revoked  bool
}

// accessToken is an access token that was handed out.
type accessToken struct {
	grant   *grant
	expires time.Time
}

// refreshToken is a refresh token that works.
type refreshToken struct {
	grant   *grant
	expires time.Time
}

// ledger is the book of grants and tokens. Server.mu guards it.
type ledger struct {
	grants  []*grant
	access  map[string]*accessToken
	refresh map[string]refreshToken
}

func newLedger() ledger {
	return ledger{access: map[string]*accessToken{}, refresh: map[string]refreshToken{}}
}

// open enters a new grant of a user. Earlier grants of the same user and app end, as "with multiple
// authorizations, the last token issued is considered valid" (error 4741).
func (l *ledger) open(g *grant) {
	for _, old := range slices.Clone(l.grants) { // revoke changes the list
		if old.clientID == g.clientID && old.userID == g.userID {
			l.revoke(old)
		}
	}
	l.add(g)
}

// add enters a grant beside those there are: s2s tokens live side by side.
func (l *ledger) add(g *grant) {
	g.id = randomText(lettersAndDigits, 32)
	l.grants = append(l.grants, g)
}

// revoke ends a grant; its access tokens stay known, to be refused.
func (l *ledger) revoke(g *grant) {
	g.revoked = true
	prune(l.refresh, func(t refreshToken) bool { return t.grant == g })
	l.grants = slices.DeleteFunc(l.grants, func(o *grant) bool { return o == g })
}

// forget drops access tokens that ended a day ago, and grants without any token.
func (l *ledger) forget(now time.Time) {
	prune(l.access, func(t *accessToken) bool { return now.Sub(t.expires) > 24*time.Hour })
	prune(l.refresh, func(t refreshToken) bool { return !now.Before(t.expires) })
	alive := map[*grant]bool{}
	for _, t := range l.access {
		alive[t.grant] = true
	}
	for _, t := range l.refresh {
		alive[t.grant] = true
	}
	l.grants = slices.DeleteFunc(l.grants, func(g *grant) bool { return !alive[g] })
}

// tokenAnswer is the success body of the token endpoint.
// Source: https://developers.zoom.us/docs/integrations/oauth/ and
// https://developers.zoom.us/changelog/platform/api_url_access_token_response/
type tokenAnswer struct {
	AccessToken  string  `json:"access_token"`
	TokenType    string  `json:"token_type"`
	RefreshToken string  `json:"refresh_token,omitempty"`
	ExpiresIn    int     `json:"expires_in"`
	Scope        *string `json:"scope,omitempty"` // nil: it is not told
	APIURL       string  `json:"api_url"`
}

// issue makes an access token for a grant and, if wanted, a refresh token. The caller holds s.mu.
func (s *Server) issue(g *grant, withRefresh bool) (tokenAnswer, error) {
	now := s.now()
	expires := now.Add(s.opts.AccessTTL)
	access, err := s.signer.token(g, typeAccess, now, expires)
	if err != nil {
		return tokenAnswer{}, err
	}
	answer := tokenAnswer{
		AccessToken: access, TokenType: "bearer", ExpiresIn: int(s.opts.AccessTTL / time.Second),
		APIURL: s.url,
	}
	if !s.on[faultNoScopeTold] {
		told := scopeString(g.scopes)
		answer.Scope = &told
	}
	if withRefresh {
		answer.RefreshToken, err = s.signer.token(g, typeRefresh, now, now.Add(refreshTTL))
		if err != nil {
			return tokenAnswer{}, err
		}
		s.ledger.refresh[answer.RefreshToken] = refreshToken{grant: g, expires: now.Add(refreshTTL)}
	}
	s.ledger.access[access] = &accessToken{grant: g, expires: expires}
	s.ledger.forget(now)
	return answer, nil
}
