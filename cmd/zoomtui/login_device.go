package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"zoomtui/internal/auth"
)

// deviceEvent is a line of `login --device --json`.
type deviceEvent struct {
	Event                   string    `json:"event"`
	UserCode                string    `json:"user_code"`
	VerificationURI         string    `json:"verification_uri"`
	VerificationURIComplete string    `json:"verification_uri_complete"`
	ExpiresAt               time.Time `json:"expires_at"`
}

// askDevice asks Zoom for a short code. An app that may not use one is told
// about, and the other ways go on.
func (s *signIn) askDevice(ctx context.Context) {
	device, err := s.auth.Device(ctx)
	if err != nil {
		if ctx.Err() == nil {
			s.tellTrouble("device-refused", err)
		}
		return
	}
	s.device, s.deviceDone = device, make(chan error, 1)
	done := s.deviceDone
	go func() { done <- device.Wait(ctx) }()
	s.tellDevice()
}

// onDevice takes the end of a short code. One that ran out is replaced; a person
// who declined has said no, and is not asked on.
func (s *signIn) onDevice(ctx context.Context, err error) (over bool) {
	s.device, s.deviceDone = nil, nil
	switch {
	case err == nil, errors.Is(err, auth.ErrClosed), ctx.Err() != nil:
		return false
	case errors.Is(err, auth.ErrDeclined):
		s.refused = err
		return true
	case errors.Is(err, auth.ErrDeviceExpired):
		if !s.opts.json {
			s.cli.say("The short code ran out. Here is a new one.")
		}
		s.askDevice(ctx)
		return false
	default:
		s.tellTrouble("device-refused", err)
		return false
	}
}

// tellDevice shows the short code.
func (s *signIn) tellDevice() {
	code := s.device.Code()
	if s.opts.json {
		_ = printEvent(s.cli.out, deviceEvent{ // the wait goes on even if nobody reads this
			"device", code.UserCode, code.URI, code.CompleteURI, code.Expires.UTC().Truncate(time.Second),
		})
		return
	}
	s.cli.say("%s", s.deviceText(code))
}

// deviceText is the short code in words, with the QR code of its link.
func (s *signIn) deviceText(code auth.DeviceCode) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\nOr on a phone or any other device open  %s\nand type  %s\n", clean(code.URI), clean(code.UserCode))
	if code.CompleteURI != "" {
		if picture := s.code(code.CompleteURI, aroundShort); picture != "" {
			b.WriteString("\n" + picture)
		}
	}
	fmt.Fprintf(&b, "The code is good until %s.\n", s.clockTime(code.Expires))
	return b.String()
}

// tellTrouble says that one of the ways does not work; the others go on.
func (s *signIn) tellTrouble(event string, err error) {
	p := s.cli.problem(err)
	if s.opts.json {
		_ = printEvent(s.cli.out, struct { // as above
			Event string `json:"event"`
			problemJSON
		}{event, errorJSON(p)})
		return
	}
	_ = s.cli.tell(p)
	s.cli.say("The other ways go on.")
}

// clockTime is a moment as the person's clock shows it.
func (s *signIn) clockTime(t time.Time) string { return t.In(s.profile.Location()).Format("15:04") }
