package auth

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// impossibleCode is an authorization code that no Zoom ever gave: to find out
// whether it takes the app's id and secret, Zoom is shown a code that it must
// refuse.
const impossibleCode = "zoomtui-asks-whether-this-app-is-known"

// CheckApp asks Zoom whether it knows an app, without signing anybody in and
// without storing anything; o.Store may be nil. What Zoom refuses is told by the
// kind of the error: [ErrClientID], [ErrClientSecret], [ErrClient] where Zoom does
// not tell these two apart, [ErrAccountID], [ErrRedirectURI]. nil: nothing was
// refused, as far as can be found out without a person; Zoom does not always say
// whether a return address is registered. An error of the classes network and rate
// limit says that nothing was found out.
//
// It shows the token endpoint a code that cannot exist (invalid_client or
// invalid_grant: RFC 6749 section 5.2), and looks at the authorize page, which
// complains in words of its own.
// Source: https://developers.zoom.us/docs/integrations/oauth-error-messages/
func CheckApp(ctx context.Context, o Options) error {
	e, err := NewEndpoint(o)
	if err != nil {
		return err
	}
	if e, err = e.holding(ctx); err != nil {
		return err
	}
	if e.app.Kind == S2S {
		return e.checkAccount(ctx)
	}
	page := e.lookAtLink(ctx, e.app.ClientID)
	if page.verdict == linkIDRefused {
		return page.err
	}
	_, err = e.Exchange(ctx, impossibleCode, e.trialAuthorization())
	if refusal := e.aboutRedirect(err); refusal != nil {
		return refusal
	}
	switch kindOf(err) {
	case ErrClient:
		return e.whichOfTwo(ctx, page, err)
	case ErrCodeRefused:
	default:
		return err
	}
	return page.err
}

// checkAccount fetches a token of a Server-to-Server app, and drops it: such
// tokens live side by side. How Zoom refuses a wrong account is not documented; its
// developer forum shows invalid_request.
func (e *Endpoint) checkAccount(ctx context.Context) error {
	_, err := e.AccountCredentials(ctx)
	refusal, ok := errors.AsType[*Error](err)
	switch {
	case !ok:
		return err
	case refusal.Kind == ErrClient:
		refusal.Cause = "client id and client secret do not fit together; Zoom does not say which of them is wrong"
	case refusal.Kind == ErrRefused && refusal.OAuth == "invalid_request":
		refusal.Kind = ErrAccountID
		refusal.Cause = "Zoom knows the app, and not with this account id: copy it from the app's own App Credentials page"
	}
	return err
}

// whichOfTwo finds out whether invalid_client means the id or the secret: the
// authorize page knows the id alone. That it does not complain means something
// only if it complains about an id that cannot exist.
func (e *Endpoint) whichOfTwo(ctx context.Context, page linkPage, err error) error {
	refusal, ok := errors.AsType[*Error](err)
	if !ok {
		return err
	}
	known := page.verdict == linkRedirectRefused ||
		page.verdict == linkShown && e.lookAtLink(ctx, impossibleID).verdict == linkIDRefused
	switch {
	case known && e.app.Kind == Public:
		refusal.Kind = ErrClientSecret
		refusal.Cause = "Zoom knows this client id, and wants a client secret with it: either the app is confidential, or its Public Client ID belongs here"
	case known:
		refusal.Kind = ErrClientSecret
		refusal.Cause = "Zoom knows this client id, and does not accept the client secret with it: copy the secret from the same tab of App Credentials"
	case e.app.Kind == Public:
		refusal.Kind = ErrClientID
		refusal.Cause = "Zoom does not know this id as a Public Client ID"
	default:
		refusal.Cause = "client id and client secret do not fit together; Zoom does not say which of them is wrong"
	}
	return refusal
}

// trialAuthorization is the question of a sign-in that nobody will answer.
func (e *Endpoint) trialAuthorization() Authorization {
	return Authorization{RedirectURI: e.app.RedirectURI, State: newState(), Verifier: newVerifier()}
}

// aboutRedirect turns a refusal of the token endpoint that is about the return
// address into one of that kind; nil for any other error. Zoom's number for it is
// 4709; how it stands in the answer is not documented.
func (e *Endpoint) aboutRedirect(err error) error {
	refusal, ok := errors.AsType[*Error](err)
	if !ok || refusal.Code != codeMismatch && !strings.Contains(strings.ToLower(refusal.Message), "redirect uri mismatch") {
		return nil
	}
	refusal.Kind, refusal.Cause = ErrRedirectURI, e.refusedRedirect()
	return refusal
}

// refusedRedirect names our exact string, as Zoom compares letter by letter.
func (e *Endpoint) refusedRedirect() string {
	return fmt.Sprintf("the return address %s is not registered with the app, or not allowed for its kind", e.app.RedirectURI)
}
