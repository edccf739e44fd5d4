package main

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"

	"zoomtui/internal/api"
	"zoomtui/internal/explain"
	"zoomtui/internal/scope"
	"zoomtui/internal/ui/requests"
)

// keptBodies is how many bytes of bodies the dashboard keeps, so that one answer
// of 50 MB fits.
const keptBodies = 64 << 20

// traffic is what the requests tab is given.
type traffic struct {
	*opened
	demo bool
}

// Catalogue gives the table of operations.
func (t traffic) Catalogue() (*scope.Catalogue, error) { return t.cli.table.get() }

// Calls gives the calls that the recorder remembers, unless nothing has changed.
func (t traffic) Calls(seen int) (list []requests.Call, state int, changed bool) {
	state = t.recorder.Changes()
	if state == seen {
		return nil, state, false
	}
	calls := t.recorder.Calls()
	list = make([]requests.Call, 0, len(calls))
	for _, c := range slices.Backward(calls) {
		list = append(list, shownCall(c))
	}
	return list, state, true
}

// Exchange gives one call with what is kept of it.
func (t traffic) Exchange(seq int) (requests.Exchange, bool) {
	x, ok := t.recorder.Exchange(seq)
	if !ok {
		return requests.Exchange{}, false
	}
	shown := requests.Exchange{
		Call: shownCall(x.Call), URL: x.URL, RequestHeader: fields(x.RequestHeader), RequestBody: x.RequestBody, RequestNote: x.RequestNote,
		Header: fields(x.Header), Body: x.Body, BodyNote: x.BodyNote,
	}
	if !x.OtherToken { // whose refusal asks nothing of this sign-in
		shown.Err = t.failure(x)
	}
	shown.Again, shown.NotAgain = again(x)
	return shown, true
}

func shownCall(c api.Call) requests.Call {
	return requests.Call{
		Seq: c.Seq, At: c.At, Method: c.Method, Host: c.Host, Path: c.Path, Step: c.Step, OtherToken: c.OtherToken, Status: c.Status,
		ZoomCode: c.ZoomCode, Took: c.Duration, TrackingID: c.TrackingID, RateCategory: c.RateCategory,
		RateRemaining: c.RateRemaining, RateLimit: c.RateLimit, Bytes: c.Bytes, Failed: c.Err, Reading: c.Reading,
	}
}

// fields are the lines of a header in order.
func fields(h http.Header) []requests.Field {
	var out []requests.Field
	for name, values := range h {
		for _, v := range values {
			out = append(out, requests.Field{Name: name, Value: v})
		}
	}
	slices.SortStableFunc(out, func(a, b requests.Field) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

// CheckAddress compares an address with that of the profile's API, as zoomtui api does.
// The demo answers in Zoom's place, so that what Zoom's documents show can be pasted.
func (t traffic) CheckAddress(ctx context.Context, address string) error {
	if t.demo && address == "https://api.zoom.us" {
		return nil
	}
	wrong, err := t.addressFault(ctx, address)
	if wrong != nil {
		return &requests.Refused{Words: strings.TrimSpace(wrong.what + " " + wrong.why)}
	}
	return err
}

// headBytes is as much of an answer as is read to say what is wrong with it.
const headBytes = 64 << 10

// Send makes one call; its answer stays in the recorder.
func (t traffic) Send(ctx context.Context, r requests.Request) (int, error) {
	var seq atomic.Int64 // of the newest: a call that Zoom refused may have been made once more with a new token
	ctx = api.WithSeq(ctx, func(n int) { seq.Store(int64(n)) })
	client := t.client()
	a, err := client.Open(ctx, api.Request{Method: r.Method, Path: r.Path, Body: r.Body})
	if err != nil {
		return 0, err
	}
	defer a.Body.Close()
	var head prefix
	if _, err := io.Copy(&head, a.Body); err != nil {
		return int(seq.Load()), err
	}
	if err := a.Body.Close(); err != nil { // the recorder has all of it from here on
		return int(seq.Load()), err
	}
	return int(seq.Load()), client.Failure(a, head)
}

// prefix keeps the first bytes that are written to it.
type prefix []byte

// Write implements io.Writer.
func (p *prefix) Write(b []byte) (int, error) {
	if room := headBytes - len(*p); room > 0 {
		*p = append(*p, b[:min(room, len(b))]...)
	}
	return len(b), nil
}

// errPreview ends a call that is only looked at.
var errPreview = errors.New("this call is not sent")

// Preview makes the call up to the point where it would leave.
func (t traffic) Preview(ctx context.Context, r requests.Request) (requests.Preview, error) {
	var p requests.Preview
	_, err := t.clientOver(tripFunc(func(req *http.Request) (*http.Response, error) {
		req = req.Clone(ctx)
		req.Header.Set("Authorization", "Bearer [redacted]")
		p = requests.Preview{Method: req.Method, URL: req.URL.String(), Header: fields(req.Header), Body: r.Body}
		return nil, errPreview
	})).Open(ctx, api.Request{Method: r.Method, Path: r.Path, Body: r.Body})
	if errors.Is(err, errPreview) {
		return p, nil
	}
	return p, err
}

// tripFunc is an http.RoundTripper.
type tripFunc func(*http.Request) (*http.Response, error)

// RoundTrip implements http.RoundTripper.
func (f tripFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// TokenCommand is how a shell gets the token of the profile.
func (t traffic) TokenCommand() (command, note string) {
	words := []string{"zoomtui"}
	if file := t.cli.flags.config; file != "" {
		if whole, err := filepath.Abs(file); err == nil {
			file = whole
		}
		words = append(words, "--config", explain.ShellWord(file))
	}
	switch cfg, err := t.cli.loadConfig(); {
	case t.demo:
		note = "it works with a real profile only: no shell has the demo's token"
	case t.fixed:
		note = "the shell needs ZOOM_ACCESS_TOKEN as it is set here"
	case err != nil || cfg.Default() != t.profile.Name:
		words = append(words, "--profile", explain.ShellWord(t.profile.Name))
	}
	return strings.Join(append(words, "token"), " "), note
}
