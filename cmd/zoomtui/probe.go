package main

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"zoomtui/internal/api"
	"zoomtui/internal/explain"
	"zoomtui/internal/scope"
	"zoomtui/internal/term"
)

// tryLimit is how long one call of a probe may take, repetitions included.
const tryLimit = 20 * time.Second

// How much of what Zoom says of a probe is kept, in characters.
const (
	maxTracking = 200
	maxSaid     = 1000
	maxName     = 200
)

// errNotReading is why a call is not probed.
var errNotReading = errors.New("only reading calls are probed")

// try makes one read-only call of the probe with the profile's token. Whoever makes
// several stops after one for which [scope.Outcome.Stops] tells true.
func (o *opened) try(ctx context.Context, app scope.App, p scope.Probe) scope.Outcome {
	out, _ := o.probe(ctx, app, p) // why there was no answer is in it
	return out
}

// probe is try with the failure itself: nil for an answer that tells something of
// scopes.
func (o *opened) probe(ctx context.Context, app scope.App, p scope.Probe) (scope.Outcome, error) {
	out := scope.Outcome{Probe: p, Says: scope.Unknown, Zoom: scope.Unknown}
	catalogue, err := o.cli.table.get()
	if err == nil && p.Endpoint.Method != http.MethodGet {
		err = errNotReading
	}
	if err != nil {
		out.Failed = err.Error()
		return out, err
	}
	ctx, cancel := context.WithTimeout(ctx, tryLimit)
	defer cancel()
	begun := o.source.Elapsed()
	answer, err := o.client().Do(ctx, api.Request{Method: http.MethodGet, Path: o.probePath(p)})
	took := o.source.Elapsed() - begun
	live := &scope.Live{Status: answer.Status, TrackingID: term.Clean(answer.Header.Get("X-Zm-Trackingid"), maxTracking), At: o.source.Now()}
	why := ""
	if err != nil {
		problem := explain.Of(err)
		if live = liveAnswer(problem.Facts); problem.Facts.Place != explain.PlaceAPI || live.Status == 0 { // no token to ask with, or no answer
			live, why = nil, clean(problem.What)
		}
	}
	out = catalogue.Outcome(p, app, live)
	out.Took, out.Failed = took, why
	if why != "" || saysNothing(out) {
		return out, err
	}
	return out, nil
}

// saysNothing tells an answer that is about the moment or the token, not about the
// call.
func saysNothing(o scope.Outcome) bool {
	switch o.Reason {
	case scope.ReasonRate, scope.ReasonServer, scope.ReasonToken:
		return true
	}
	return o.Status >= http.StatusInternalServerError
}

// liveAnswer is an answer of Zoom's as a verdict takes it.
func liveAnswer(f explain.Facts) *scope.Live {
	live := scope.Live{
		Status: f.HTTPStatus, Code: f.Code, Message: term.Clean(f.Message, maxSaid),
		TrackingID: term.Clean(f.TrackingID, maxTracking), At: f.At,
	}
	for _, name := range f.MissingScopes {
		if name = term.Clean(name, maxName); !strings.Contains(name, "eyJ") { // a token is no name
			live.Scopes = append(live.Scopes, name)
		}
	}
	return &live
}

// probePath is the path to call. A Server-to-Server app is asked for the user that
// it shows: Zoom does not promise "me" to it.
func (o *opened) probePath(p scope.Probe) string {
	user := o.shownUserID()
	if user == "" || !strings.HasPrefix(p.Endpoint.Path, "/users/{") {
		return p.Path
	}
	rest, ok := strings.CutPrefix(p.Path, "/users/me")
	if !ok {
		return p.Path
	}
	return "/users/" + strings.ReplaceAll(url.PathEscape(user), "+", "%2B") + rest
}
