package auth

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// DeviceCode is what a person needs on another device, whichever it is.
type DeviceCode struct {
	UserCode    string    // letters, digits and dashes, to type; Zoom's have 8 characters
	URI         string    // where to type it; https, or http on this machine
	CompleteURI string    // the same with the code in it, for a QR code; empty: Zoom gave none of the same host
	Expires     time.Time // of the code or of the sign-in, whichever is earlier, by this machine's clock
}

// Device is a short code that is polled for beside the other ways of a [Login].
type Device struct {
	login  *Login
	code   DeviceCode
	secret Secret // device_code, for the polls
	pace   pace
	leave  context.CancelFunc
	done   chan struct{}
	err    error // set before done is closed
}

// pollPatience is how long a poll waits for another process that holds the
// store's lock: a browser that comes meanwhile has to wait as well, and there will
// be another poll.
const pollPatience = 200 * time.Millisecond

// troubleTold is how often in a row polls must fail before it is told: one that
// was lost is no news.
const troubleTold = 2

// Device asks Zoom for a short code (RFC 8628) and begins to poll for it. ctx is
// for the question alone; the polls end with the sign-in, or when another short
// code is asked for. An error leaves the other ways as they are; it is of place
// [zoomtui/internal/explain.PlaceDevice] when Zoom refused, most often because the
// app is not switched on for devices. An app without a secret is an error of kind
// [ErrUsage]: Zoom is not asked.
func (l *Login) Device(ctx context.Context) (*Device, error) {
	if l.app.Kind != Confidential {
		e := usage("a short code needs an app with a client secret")
		e.Op = opDevice
		return nil, e
	}
	l.replaceDevice(nil)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(l.leaving, cancel)()
	if over, _ := l.outcome(); over {
		return nil, closedDevice("the sign-in is over")
	}
	answer, err := l.endpoint.deviceCode(ctx, l.opts.Scope)
	if err != nil {
		return nil, err
	}
	d := &Device{
		login: l, secret: answer.code, pace: pace{interval: answer.interval}, done: make(chan struct{}),
		code: DeviceCode{
			UserCode: answer.userCode, URI: answer.uri, CompleteURI: answer.complete,
			Expires: earlier(l.clock.local().Add(answer.life), l.Expires()),
		},
	}
	if !l.replaceDevice(d) {
		return nil, closedDevice("the sign-in is over")
	}
	return d, nil
}

// replaceDevice gives up the short code before, and begins to poll for this one
// unless it is nil. false: the sign-in is over.
func (l *Login) replaceDevice(d *Device) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.device != nil {
		l.device.leave()
		l.device = nil
	}
	if d == nil || l.over {
		return false
	}
	polling, leave := context.WithCancel(l.leaving)
	d.leave, l.device = leave, d
	l.tasks.Go(func() {
		defer leave()
		defer close(d.done)
		d.err = d.poll(polling)
	})
	return true
}

// Format writes a line without secrets; see [Secret].
func (d *Device) Format(f fmt.State, _ rune) { writeLine(f, "device{uri:%s}", d.code.URI) }

// Code is what to show.
func (d *Device) Code() DeviceCode { return d.code }

// Wait returns nil when this short code has signed in, and otherwise why it never
// will: kinds [ErrDeclined], [ErrDeviceExpired], [ErrClosed] (another way was
// faster, another short code was asked for, or the sign-in ended), or what Zoom
// refused. It returns early only when ctx ends, with an error that wraps its own;
// the polls go on then.
func (d *Device) Wait(ctx context.Context) error {
	select {
	case <-d.done:
		return d.err
	case <-ctx.Done():
		return fmt.Errorf("wait for the short code: %w", ctx.Err())
	}
}

// errGoOn is for a poll after which another follows.
var errGoOn = errors.New("no answer yet")

// poll asks until there is an answer. What may pass (the network, a store that
// cannot be written) ends nothing.
func (d *Device) poll(ctx context.Context) error {
	l := d.login
	for {
		left := d.code.Expires.Sub(l.clock.local())
		l.opts.pause(ctx, min(d.pace.next(), max(left, 0)))
		switch {
		case ctx.Err() != nil:
			return closedDevice("the short code was given up")
		case !l.clock.local().Before(d.code.Expires):
			return &Error{
				Kind: ErrDeviceExpired, Op: opPoll, OAuth: oauthExpired, At: l.clock.local(),
				Cause: "nobody entered the short code in time",
			}
		}
		if err := d.once(ctx); !errors.Is(err, errGoOn) {
			return err
		}
	}
}

// once is one poll. Its answer may be the only copy of tokens, so it is asked for
// and kept as that of a code; and since one that somebody brought must not wait
// for it, a poll that would get in its way is left out.
func (d *Device) once(ctx context.Context) error {
	l := d.login
	if !l.exchanging.TryLock() {
		return errGoOn
	}
	defer l.exchanging.Unlock()
	if over, _ := l.outcome(); over || ctx.Err() != nil {
		return closedDevice("the short code was given up")
	}
	result, reached, err := l.trade(question{way: WayDevice, patience: pollPatience, ask: func(ctx context.Context) (Grant, error) {
		return l.endpoint.deviceToken(ctx, d.secret)
	}})
	switch {
	case err == nil:
		l.notify(LoginEvent{Kind: EventSaved, Way: WayDevice})
		l.finish(result, nil)
		return nil
	case reached == stageGranted:
		l.notify(LoginEvent{Kind: EventFailed, Way: WayDevice, Err: err})
		l.finish(Result{}, err)
		return err
	}
	return d.after(err, reached)
}

// after decides what a poll without tokens means.
func (d *Device) after(err error, reached stage) error {
	l := d.login
	if d.pace.heed(err, reached, l.clock.local()) {
		if d.pace.troubles == troubleTold && l.leaving.Err() == nil {
			l.notify(LoginEvent{Kind: EventFailed, Way: WayDevice, Err: err, Open: true})
		}
		return errGoOn
	}
	return err
}

func closedDevice(cause string) *Error {
	return &Error{Kind: ErrClosed, Op: opPoll, Cause: cause}
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
