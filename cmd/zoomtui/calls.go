package main

import (
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"zoomtui/internal/api"
	"zoomtui/internal/calls"
)

// callsWithin is how old a call gets before the next one takes it to the disk. A
// command is over before; the dashboard's calls are kept though it runs for days.
const callsWithin = time.Minute

// callLog is what is remembered of a profile's requests.
func (c *cli) callLog(profile string) *calls.Log {
	return calls.Open(filepath.Join(c.paths.State, "calls"), profile)
}

// callKeeper takes the calls of one recorder to the log of the profile. Without
// any there is no work at all, and no file is looked at: `token` mostly asks nobody.
type callKeeper struct {
	next     http.RoundTripper
	recorder *api.Recorder
	log      *calls.Log
	clock    func() time.Time

	mu    sync.Mutex
	saved int // number of the last call that is in the log
}

// newCallKeeper puts a recorder before next whose calls are kept.
func newCallKeeper(next http.RoundTripper, log *calls.Log, options api.RecorderOptions) *callKeeper {
	k := &callKeeper{next: next, log: log, clock: options.Clock}
	k.recorder = api.NewRecorder(k, options)
	return k
}

// RoundTrip implements http.RoundTripper. The recorder learns of the call after it.
func (k *callKeeper) RoundTrip(r *http.Request) (*http.Response, error) {
	k.keepUntil(k.clock().Add(-callsWithin))
	return k.next.RoundTrip(r) // a RoundTripper passes errors on
}

// close takes what is left to the log.
func (k *callKeeper) close() { k.keepUntil(time.Time{}) }

// keepUntil takes the calls that were begun before a time to the log; the zero
// time means all. The log is a help for a person who asks for one: that it cannot
// be written costs nothing and is not told.
func (k *callKeeper) keepUntil(before time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.recorder.Total() == k.saved {
		return
	}
	var done []calls.Call
	for _, call := range k.recorder.Calls() {
		if call.Seq <= k.saved {
			continue
		}
		if !before.IsZero() && call.At.After(before) { // its answer may still be read
			break
		}
		k.saved = call.Seq
		if !call.OtherToken { // which tells nothing of this sign-in
			done = append(done, keptCall(call))
		}
	}
	if len(done) > 0 {
		_ = k.log.Append(done...)
	}
}

// keptCall is what is kept of a call.
func keptCall(c api.Call) calls.Call {
	return calls.Call{
		At: c.At, Method: c.Method, Host: c.Host, Path: c.Path, Status: c.Status, ZoomCode: c.ZoomCode,
		TrackingID: c.TrackingID, Millis: c.Duration.Milliseconds(), Failed: c.Err,
	}
}
